"""How a run on a cluster stands: what was found, how articles ended, what they cost, and when the service is given up.

What `archive.books` counts on one machine, without a store.
"""

from decimal import Decimal
from typing import Final

from summarizer.archive.line import Seen
from summarizer.archive.progress import Progress
from summarizer.cluster.leave import Ended

_PATIENCE: Final = 20
"""Articles in a row that a busy service fails, before the run is stopped; as of one machine (`archive.books`)."""


class Count:
    """Kept by the desk, for one run."""

    def __init__(self, parts: int) -> None:
        """Begin to count; `parts` are to be read."""
        self._all_parts = parts
        self.progress = Progress(Seen(0, 0, 0, 0, complete=not parts))
        self._chunks: set[str] = set()
        self._parts: set[int] = set()
        self._busy_in_a_row = 0

    def found(self, chunk: str, articles: int, troubles: tuple[str, ...]) -> None:
        """Note a piece of the archive that was read, once however often."""
        if chunk not in self._chunks:
            self._chunks.add(chunk)
            seen = self.progress.seen
            seen = seen._replace(articles=seen.articles + articles)
            for trouble in troubles:
                seen = seen.with_trouble(trouble)
            self.progress = self.progress._replace(seen=seen)

    def split(self, more: int) -> None:
        """Note that a document has so many articles more than one."""
        seen = self.progress.seen
        self.progress = self.progress._replace(seen=seen._replace(articles=seen.articles + more))

    def linked(self, repeats: int) -> None:
        """Note how many of the articles found repeat others."""
        self.progress = self.progress._replace(seen=self.progress.seen._replace(repeats=repeats))

    def ended(self, part: int) -> None:
        """Note that a part was read to its end."""
        self._parts.add(part)
        seen = self.progress.seen._replace(complete=len(self._parts) >= self._all_parts)
        self.progress = self.progress._replace(seen=seen)

    def take(self, ended: Ended, concurrency: int) -> str | None:
        """Note what came of an article; return why every further question would fail alike, where it would."""
        self._pay(ended)
        progress = self.progress
        if ended.hopeless:
            return ended.message or "the service refuses"
        if ended.status == "split":
            return None
        if ended.status == "failed":
            self.progress = progress._replace(failed=progress.failed + 1, last_failure=ended.message)
            return self._lose_patience(ended, concurrency) if ended.passing else None
        self._busy_in_a_row = 0
        verified = ended.status == "verified"
        self.progress = progress._replace(
            verified=progress.verified + verified,
            flagged=progress.flagged + (not verified),
            repeats=progress.repeats + ended.repeats,
        )
        return None

    def _lose_patience(self, ended: Ended, concurrency: int) -> str | None:
        self._busy_in_a_row += 1
        none_yet = self.progress.verified + self.progress.flagged == 0
        if self._busy_in_a_row < (min(_PATIENCE, concurrency) if none_yet else _PATIENCE):
            return None
        return (
            f"{self._busy_in_a_row} articles in a row had no answer, the last: {ended.message}; run the same command "
            "again when the service is back, what is done stays done"
        )

    def _pay(self, ended: Ended) -> None:
        known = self.progress
        spent = known.spent if ended.cost is None else (known.spent or Decimal(0)) + ended.cost
        self.progress = known._replace(
            prompt=known.prompt + sum(attempt.prompt for attempt in ended.attempts),
            completion=known.completion + sum(attempt.completion for attempt in ended.attempts),
            spent=spent,
            currency=ended.currency or known.currency,
        )
