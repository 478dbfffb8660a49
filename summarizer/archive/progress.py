"""How a run stands: what a progress bar shows and a finished run reports."""

from decimal import Decimal
from typing import NamedTuple

from summarizer.archive.line import Seen


class AtProvider(NamedTuple):
    """How the questions stand that go to a provider in batches."""

    batches: int
    """Under way."""
    sent: int
    """Questions sent, those of earlier runs among them that were under way when this one began."""
    done: int
    """Those of them that the provider is done with."""


class Progress(NamedTuple):
    """A moment of a run. Counts are those of this run alone."""

    seen: Seen
    verified: int = 0
    flagged: int = 0
    """Briefs to which the check objects, those without any item among them."""
    failed: int = 0
    """Articles, and documents that could not be split, without a brief."""
    repeats: int = 0
    """Briefs from another article's draft."""
    in_flight: int = 0
    concurrency: int = 0
    """Jobs that may be in flight at once."""
    prompt: int = 0
    """Tokens of this run's requests."""
    completion: int = 0
    spent: Decimal | None = None
    """Money of this run; None where the price is unknown."""
    currency: str | None = None
    seconds: float = 0.0
    last_failure: str | None = None
    at_provider: AtProvider | None = None
    """None for live runs."""

    @property
    def done(self) -> int:
        """Articles that are finished, one way or the other."""
        return self.verified + self.flagged + self.failed

    @property
    def left(self) -> int:
        """Articles found and not finished."""
        return max(0, self.seen.articles - self.done)

    @property
    def per_second(self) -> float:
        """Articles finished a second."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Return the time that the rest takes at this rate; None while the archive is still being walked."""
        if not self.seen.complete or self.per_second == 0:
            return None
        return self.left / self.per_second
