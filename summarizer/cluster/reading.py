"""Reads a part of the archive on whatever machine has room, and yields chunks of documents to be briefed.

A file that cannot be read costs its own row. So does one whose reader fails in a way that nobody foresaw, and one that
kills the process outright: the desk is told of each file before it is opened, and once two processes have died, each
further try leaves out what was open when the last one did, and all that was found so before.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final, NamedTuple

from summarizer.archive.jobs import Given
from summarizer.archive.work import NOTHING_SPENT
from summarizer.article import Document
from summarizer.cluster.desk import Begun, poison_of
from summarizer.cluster.files import Results, read_file
from summarizer.cluster.finished import digest, keys_of
from summarizer.cluster.parts import File, Part
from summarizer.errors import ReadError
from summarizer.extract.extraction import Spent
from summarizer.read import Fields
from summarizer.store.intake import Likeness, NewArticle
from summarizer.store.work import Failure

CHUNK: Final = 64
"""Documents of a chunk: half a megabyte at most times, a minute's work of a slow service, a second's of a quick one."""
CHUNK_CHARS: Final = 2_000_000


class Unreadable(NamedTuple):
    """An input, or a part of one, that gave no document."""

    path: str
    reason: str


class Start(NamedTuple):
    """An article with which something is known beforehand: it need not be found on its page, or asked for."""

    position: int
    """From 1 in its document."""
    new: NewArticle | None = None
    """As it was found on its page; None where it is the document."""
    given: Given | None = None
    """A brief whose draft serves it; None: it is to be drafted."""
    failure: Failure | None = None
    """Why it gives no brief, where that is settled."""
    same_as: int | None = None
    """Id of the article that it repeats."""
    likeness: Likeness | None = None
    spent: Spent = NOTHING_SPENT
    """What was paid for it before: the split of its page."""


class Item(NamedTuple):
    """Something that is to end as a row at least."""

    key: str
    document_key: str
    found: Document | Unreadable
    input: str = ""
    """Path of the file that it came from."""
    starts: tuple[Start, ...] = ()
    """What is to be done of it, where that is known; else all, from the beginning."""
    articles: int = 1
    """How many rows it has in all, where `starts` are known."""


class Chunk(NamedTuple):
    """What is briefed together."""

    key: str
    """Hash of the keys of its items: the same when it is read again."""
    items: tuple[Item, ...]


class ReadingTold(NamedTuple):
    """How parts are read."""

    published: str | None
    fields: Fields | None
    read: "Reader | None" = None
    """In place of our own readers."""


LeftOf = Callable[[Item], Item | None]
"""Returns what is to be done of an item; None where that is nothing."""
Reader = Callable[[File, str | None, Fields | None], Results]


class Watcher(NamedTuple):
    """The desk, as a reading task speaks to it."""

    begin: Callable[[str], Begun]
    announce: Callable[[str, str | None], object]
    found: Callable[[str, int, tuple[str, ...]], bool]
    """Returns whether to read on."""
    ended: Callable[[int], object]


def read_part(
    part: Part, told: ReadingTold, left_of: LeftOf, watcher: Watcher, elsewhere: frozenset[str] = frozenset()
) -> Iterator[Chunk]:
    """Yield the chunks of a part: of each item what is left of it; none that is read when nobody wants more.

    A document that stands there twice is one item; those of the keys `elsewhere` are done in other parts.
    """
    name = f"part {part.number}"
    if not watcher.found(name, 0, ()):  # most parts are small, and this is where they end
        return
    poison = poison_of(watcher.begin(name))
    items: list[Item] = []
    size = 0
    met = set(elsewhere)
    for path, found in results_of(part, told, poison, FileWatch(lambda shown: watcher.announce(name, shown))):
        whole = item_of(found, path)
        if whole.key in met:
            continue
        met.add(whole.key)
        item = left_of(whole)
        if item is None:
            continue
        size += len(found.text) if isinstance(found, Document) else 0
        items.append(item)
        if len(items) >= CHUNK or size >= CHUNK_CHARS:
            chunk, items, size = chunk_of(items), [], 0
            if not _told(chunk, watcher):
                return
            yield chunk
    if items:
        chunk = chunk_of(items)
        if not _told(chunk, watcher):
            return
        yield chunk
    watcher.announce(name, None)
    watcher.ended(part.number)


class FileWatch(NamedTuple):
    """Who is told of each file, or range of one, by what messages call it."""

    begins: Callable[[str], object]
    ends: Callable[[str], object] = lambda _: None
    """Called where it was read to its end, whatever of its content could not be read."""


def results_of(
    part: Part, told: ReadingTold, poison: Collection[str], watch: FileWatch
) -> Iterator[tuple[str, Document | Unreadable]]:
    """Yield what is found, each with the path of its file."""
    read = told.read or read_file
    for file in part.files:
        if file.shown in poison:
            reason = f"{file.shown} kills the process that reads it: look at the file, or leave it out"
            yield file.path, Unreadable(file.path, reason)
            continue
        watch.begins(file.shown)
        try:
            for found in read(file, told.published, told.fields):
                yield file.path, Unreadable(file.path, str(found)) if isinstance(found, ReadError) else found
            watch.ends(file.shown)
        except ReadError as error:  # it did not open, or broke off
            yield file.path, Unreadable(file.path, str(error))
        except Exception as error:  # noqa: BLE001  # one file's surprise must not end a run over a million
            reason = " ".join(f"{type(error).__name__}: {error}".split())[:500]
            yield file.path, Unreadable(file.path, f"reading {file.shown} failed: {reason}")


def item_of(found: Document | Unreadable, path: str) -> Item:
    """Return the item of what was found in the file at `path`."""
    if isinstance(found, Unreadable):
        key = digest("unreadable", *found)
        return Item(key, key, found, path)
    return Item(*keys_of(found), found, path)


def chunk_of(items: Sequence[Item]) -> Chunk:
    """Return items as a chunk."""
    return Chunk(digest(*(item.key for item in items)), tuple(items))


def _told(chunk: Chunk, watcher: Watcher) -> bool:
    troubles = tuple(item.found.reason for item in chunk.items if isinstance(item.found, Unreadable))
    articles = sum(len(item.starts) or 1 for item in chunk.items)
    return watcher.found(chunk.key, articles - len(troubles), troubles)
