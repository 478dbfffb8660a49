"""What passes between the run and its workers: plain values that can be pickled.

A worker gets jobs and grants, and sends back questions for a grant, requests that went wrong, and outcomes.
"""

from typing import NamedTuple

from summarizer.article import Document
from summarizer.extract.extraction import Spent
from summarizer.extract.gate import Attempt
from summarizer.split import Piece
from summarizer.store.flatten import FlatBrief
from summarizer.store.intake import POSITIONS, NewArticle
from summarizer.store.work import Failure, Known


class Given(NamedTuple):
    """A brief whose draft serves a job, so that nobody is asked for one."""

    brief: str
    """JSON."""
    article: int
    """Its article."""
    document: Document | None
    piece: Piece | None
    """Where its article stands; None, None where it is the very article of the job."""


class BriefJob(NamedTuple):
    """An article to be briefed."""

    article: int
    document: Document
    piece: Piece | None
    """Its lines on a page; None where it is the whole document."""
    spent: Spent
    """What was paid for it before: the split of its page."""
    given: Given | None = None
    reserved: int = 0
    """Tokens that are granted for the first request; 0 where each request asks for its grant."""

    @property
    def key(self) -> int:
        """What tells it from all other jobs: an article's id, or a document's as that of its article 0."""
        return self.article

    @property
    def place(self) -> tuple[int, int]:
        """Document and position."""
        return divmod(self.article, POSITIONS)


class SplitJob(NamedTuple):
    """A document whose articles are to be found."""

    document_id: int
    document: Document

    @property
    def key(self) -> int:
        """See BriefJob."""
        return self.document_id * POSITIONS

    @property
    def place(self) -> tuple[int, int]:
        """Document and position 0."""
        return self.document_id, 0


Job = BriefJob | SplitJob


class Briefed(NamedTuple):
    """A brief."""

    article: int
    known: Known
    flat: FlatBrief
    attempts: tuple[Attempt, ...]

    @property
    def key(self) -> int:
        """Of its job."""
        return self.article


class Unfit(NamedTuple):
    """The draft of the article that this one repeats does not do for it; it needs one of its own."""

    article: int

    @property
    def key(self) -> int:
        """Of its job."""
        return self.article


class SplitUp(NamedTuple):
    """The articles of a document."""

    document_id: int
    articles: tuple[NewArticle, ...]
    spent: Spent
    attempts: tuple[Attempt, ...]

    @property
    def key(self) -> int:
        """Of its job."""
        return self.document_id * POSITIONS


class Failed(NamedTuple):
    """A job that gave nothing."""

    document_id: int
    position: int
    """Of the article; 0 for the document."""
    failure: Failure
    hopeless: bool
    """Whether every further question would meet the same."""
    attempts: tuple[Attempt, ...]

    @property
    def key(self) -> int:
        """Of its job."""
        return self.document_id * POSITIONS + self.position


class Postponed(NamedTuple):
    """A job that goes on once a question of it is answered; it is then done anew, from its start."""

    document_id: int
    position: int
    """Of the article; 0 for the document."""
    body: str
    """The question: the JSON body of a request."""

    @property
    def key(self) -> int:
        """Of its job."""
        return self.document_id * POSITIONS + self.position


Outcome = Briefed | Unfit | SplitUp | Failed | Postponed


class Ask(NamedTuple):
    """A thread of a worker waits until it may send a request of about so many tokens."""

    ticket: int
    tokens: int


class Trouble(NamedTuple):
    """A request that was not answered well, told at once so that all workers heed it."""

    attempt: Attempt


class Ready(NamedTuple):
    """A worker process has started and can work."""


class Grant(NamedTuple):
    """The request with this ticket may be sent."""

    ticket: int
    reserved: int
    """Tokens set aside for it."""
