"""How a chunk stands: which of its documents are under way, and what is left of it."""

import threading
from collections.abc import Iterator

from summarizer.archive.jobs import BriefJob, Failed, Job, SplitJob, SplitUp
from summarizer.archive.work import NOTHING_SPENT, piece_from
from summarizer.article import Document
from summarizer.cluster.again import remaining, settled, starts_of
from summarizer.cluster.desk import Begun, is_suspect, poison_of
from summarizer.cluster.journal import Journal, Row
from summarizer.cluster.leave import told_key
from summarizer.cluster.outcomes import Place
from summarizer.cluster.reading import Chunk, Item, Start
from summarizer.pages import needs_split
from summarizer.settings import Split
from summarizer.store.intake import POSITIONS
from summarizer.store.work import Failure


class ChunkSheet:
    """A chunk under way."""

    def __init__(self, chunk: Chunk, journal: Journal, begun: Begun) -> None:
        self.chunk, self.journal, self.begun = chunk, journal, begun
        self.suspect = is_suspect(begun)
        self.poison = poison_of(begun)
        self.pending = 0
        """Jobs not finished."""
        self.rows: list[Row] = []
        """Finished and not in the journal yet."""
        self.finished: list[Row] = []
        """What earlier tries in this run have finished, once `todo` was asked."""
        self.over = threading.Event()
        self.error: BaseException | None = None

    def todo(self) -> list[Item]:
        """Return of the items what no earlier try of this chunk in this run has finished."""
        if not self.begun.tries:
            return list(self.chunk.items)
        rows: dict[str, list[Row]] = {}
        self.finished = self.journal.load()
        for row in self.finished:
            rows.setdefault(row.key, []).append(row)
        found = (remaining(item, rows.get(item.key, ()), settled) for item in self.chunk.items)
        return [item for item in found if item is not None]


class DocumentSheet:
    """A document under way; its jobs are known by its serial number in this process."""

    def __init__(self, chunk: ChunkSheet, item: Item, serial: int) -> None:
        assert isinstance(item.found, Document)  # what is unreadable has no sheet
        self.chunk, self.item, self.serial = chunk, item, serial
        self.document = item.found
        self._starts = {start.position: start for start in item.starts}
        self.articles = item.articles

    def first_jobs(self, split: Split) -> tuple[Job | Failed, ...]:
        """Return the jobs that the document begins with, as `archive.reading` decides; Failed where it is settled."""
        if self.item.key in self.chunk.poison:
            why = Failure("internal", "worker processes died over it", passing=False)
            return tuple(self._failed(position, why) for position in self._starts or (1,))
        if self._starts:
            return tuple(self._begun(start) for start in self._starts.values())
        if needs_split(self.document, split):
            return (SplitJob(self.serial, self.document),)
        return (BriefJob(self.serial * POSITIONS + 1, self.document, None, NOTHING_SPENT),)

    def further_jobs(self, outcome: SplitUp) -> Iterator[BriefJob]:
        """Return the jobs of the articles that a split has found; the first bears what the split cost."""
        self._starts = {start.position: start for start in starts_of(outcome.articles, outcome.spent)}
        self.articles = len(outcome.articles)
        return map(self._brief_job, self._starts.values())

    def job_of_its_own(self, position: int) -> BriefJob:
        """Return the job of an article whose given draft does not fit it: one is made for it alone."""
        start = self._starts[position]._replace(given=None, same_as=None, likeness=None)
        self._starts[position] = start
        return self._brief_job(start)

    def repeats(self, position: int) -> bool:
        """Return whether an article has the draft of another, or its failure."""
        start = self._starts.get(position)
        if start is None or start.same_as is None:
            return False
        return start.failure is not None or (start.given is not None and start.given.document is not None)

    def place(self, position: int) -> Place:
        """Return which article of the archive stands at a position."""
        start = self._starts.get(position, Start(position))
        return Place(self.item, position, self.articles if position else 1, start.new, start.same_as, start.likeness)

    def key(self, position: int) -> int:
        """Return by what the desk knows an article: the same in whatever process."""
        return told_key(self.item.key, position)

    def _begun(self, start: Start) -> Job | Failed:
        if start.failure is not None:
            return self._failed(start.position, start.failure)
        return self._brief_job(start)

    def _failed(self, position: int, failure: Failure) -> Failed:
        return Failed(self.serial, position, failure, hopeless=False, attempts=())

    def _brief_job(self, start: Start) -> BriefJob:
        piece = None if start.new is None else piece_from(start.new.piece)
        return BriefJob(self.serial * POSITIONS + start.position, self.document, piece, start.spent, start.given)
