"""What a run works with, and what it gives: apart from the run, so that a survey and the callers need not import it."""

import queue
from typing import NamedTuple

from summarizer.archive.books import Books
from summarizer.archive.crew import Crew, Message
from summarizer.archive.governor import Governor
from summarizer.archive.jobs import Job
from summarizer.archive.line import Line
from summarizer.archive.purse import Purse
from summarizer.archive.reading import News, Reader
from summarizer.store import Store
from summarizer.store.work import Failure


class Finished(NamedTuple):
    """An article at its end."""

    article: int
    """Its id in the store."""
    status: str
    """verified, flagged, failed (nothing to extract), or error (no brief)."""
    brief: str | None
    """The brief as JSON; None where there is none."""
    failure: Failure | None


class Flying(NamedTuple):
    """A job on its way."""

    job: Job
    deaths: int
    """Worker processes that have died over it."""


class Hall(NamedTuple):
    """What a run works with."""

    store: Store
    run: int
    recipe: int
    line: Line
    crew: Crew
    reader: Reader
    governor: Governor
    purse: Purse
    books: Books
    inbox: "queue.SimpleQueue[Message | News]"
    asks: bool
    """Whether jobs ask a service."""
