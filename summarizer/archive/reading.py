"""Walks and reads the archive on a thread of its own, ahead of the work, and hands over what it finds in order.

Texts are fingerprinted here too, so that the thread that writes the store has nothing to compute.
"""

import hashlib
import threading
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from summarizer.archive.alive import is_lock
from summarizer.archive.walk import Input, Skipped, documents, walk
from summarizer.archive.work import new_article
from summarizer.article import Document
from summarizer.errors import ReadError
from summarizer.pages import needs_split
from summarizer.read import Fields
from summarizer.settings import Split
from summarizer.store.intake import NewArticle

_AHEAD: Final = 256
"""Documents read and not yet stored: some megabytes, and a tenth of a second's work."""


class Started(NamedTuple):
    """The reading of an input begins."""

    found: Input


class Read(NamedTuple):
    """A document of the input that was started last."""

    document: Document
    article: NewArticle | None
    """The one that it is; None where it must be split first."""


class Unreadable(NamedTuple):
    """Something of that input that cannot be read."""

    reason: str


class Ended(NamedTuple):
    """That input was read to its end."""

    found: Input


class Unchanged(NamedTuple):
    """An input that the store holds as it is."""

    found: Input


class Over(NamedTuple):
    """There is nothing more."""

    error: BaseException | None
    """What ended it before its time."""


News = Started | Read | Unreadable | Ended | Unchanged | Skipped | Over


class Reading(NamedTuple):
    """What to read, and how."""

    sources: Sequence[str]
    published: str | None
    fields: Fields | None
    split: Split
    store: str
    """Path of the store, which is no input."""

    @property
    def key(self) -> str:
        """The hash of all that changes what is read from an input: with another, it is read anew."""
        told = f"{self.published}|{self.fields.model_dump_json() if self.fields else ''}|{self.split}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]


class Reader:
    """The thread. `tell` is called for all news in order; `taken` must be called for each once it is stored."""

    def __init__(self, reading: Reading, unchanged: Callable[[Input], bool], tell: Callable[[News], object]) -> None:
        self._reading, self._unchanged, self._tell = reading, unchanged, tell
        self._room = threading.Semaphore(_AHEAD)
        self._stopped = False
        self._thread = threading.Thread(target=self._run, daemon=True, name="reader")

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def taken(self) -> None:
        """Make room for the next piece of news."""
        self._room.release()

    def stop(self) -> None:
        """End it at the next document."""
        self._stopped = True
        self._room.release()

    def _say(self, news: News) -> bool:
        """Hand news over once there is room; return whether to go on."""
        self._room.acquire()
        if not self._stopped:
            self._tell(news)
        return not self._stopped

    def _run(self) -> None:
        error: BaseException | None = None
        try:
            self._read_all()
        except BaseException as caught:  # noqa: BLE001  # it is raised again where the run hears of it
            error = caught
        self._say(Over(error))

    def _read_all(self) -> None:
        for found in walk(self._reading.sources, leave_out=[self._reading.store]):
            if isinstance(found, Skipped):
                going = is_lock(self._reading.store, found.path) or self._say(found)
            elif self._unchanged(found):
                going = self._say(Unchanged(found))
            else:
                going = self._read(found)
            if not going:
                return

    def _read(self, found: Input) -> bool:
        if not self._say(Started(found)):
            return False
        for document in documents(found, published=self._reading.published, fields=self._reading.fields):
            if isinstance(document, ReadError):
                going = self._say(Unreadable(str(document)))
            else:
                going = self._say(Read(document, self._article(document)))
            if not going:
                return False
        return self._say(Ended(found))

    def _article(self, document: Document) -> NewArticle | None:
        return None if needs_split(document, self._reading.split) else new_article(document.text)
