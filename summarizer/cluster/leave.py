"""What passes between the briefers and the desk: plain values that can be pickled."""

from decimal import Decimal
from typing import Literal, NamedTuple

from summarizer.extract.gate import Attempt
from summarizer.store.intake import POSITIONS


class Want(NamedTuple):
    """An article that is to be drafted."""

    key: int
    """What tells it from all others of the archive; the same when its chunk is tried again."""
    tokens: int
    """About how many its first request takes."""
    kind: Literal["draft", "split", "given"] = "draft"
    """`split`: a page that is to be split first; what that takes is asked for request by request. `given`: its draft is
    there already, so nobody is asked."""


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
    again: bool = False
    """Whether it may have been told before: by a worker that died, which of its reports arrived nobody knows."""


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
    """Articles under way or about to be, without the `wants`."""


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


def told_key(document: str, position: int) -> int:
    """Return by what the desk knows an article of the document with this key: the same in whatever process."""
    return int(document[:16], 16) * POSITIONS + position
