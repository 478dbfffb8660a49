"""What passes between the briefers and the desk: plain values that can be pickled."""

from decimal import Decimal
from typing import NamedTuple

from summarizer.extract.gate import Attempt


class Want(NamedTuple):
    """An article that is to be drafted."""

    key: int
    """What tells it from all others of the archive; the same when its chunk is tried again."""
    tokens: int
    """About how many its first request takes."""
    drafts: bool = True
    """False where its draft is there already, and for a page that is to be split first: what that costs is asked for
    request by request."""


class Ended(NamedTuple):
    """An article, or a document that could not be split, that is finished and kept."""

    key: int
    status: str
    """`verified` or `flagged`; `failed` where there is no brief; `split` for a page whose articles are known now."""
    attempts: tuple[Attempt, ...] = ()
    cost: Decimal | None = None
    """None where nothing was paid or the price is unknown."""
    currency: str | None = None
    message: str | None = None
    """Why it failed."""
    passing: bool = False
    """Whether the state of the service was to blame."""
    hopeless: bool = False
    """Whether every further question would fail alike; then it is not finished and nothing is kept."""
    repeats: bool = False
    """Whether the draft was another article's."""


class Report(NamedTuple):
    """What a briefer says to the desk; many things at once, for a call takes a millisecond."""

    worker: str
    wants: tuple[Want, ...]
    """The next articles that it has places for."""
    asks: tuple[int, ...]
    """Tokens of further requests of articles under way, which wait."""
    troubles: tuple[Attempt, ...]
    """Requests that were not answered well."""
    ended: tuple[Ended, ...]
    in_flight: int


class Leave(NamedTuple):
    """What the desk answers."""

    jobs: tuple[int, ...]
    """Tokens set aside for each of the first of the wants; these may be sent."""
    asks: tuple[int, ...]
    """The same for the first of the asks."""
    places: int
    """How many articles the briefer may have in flight."""
    wait: float
    """Seconds after which to ask again for what was not granted."""
    stop: str | None
    """Why nothing more is to be begun."""
