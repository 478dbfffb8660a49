"""Reads a part of the archive on whatever machine has room, and yields chunks of documents to be briefed.

A file that cannot be read costs its own row. So does one whose reader fails in a way that nobody foresaw, and one that
kills the process outright: the desk is told of each file before it is opened, and the next try leaves out the one
that was open when two processes died.
"""

import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from summarizer.archive.jobs import Given
from summarizer.archive.work import NOTHING_SPENT
from summarizer.article import Document
from summarizer.cluster.desk import Begun, is_poison
from summarizer.cluster.finished import digest, keys_of
from summarizer.cluster.packages import package
from summarizer.cluster.parts import File, Part, is_parquet
from summarizer.cluster.shelf import is_url, resolved
from summarizer.errors import ReadError
from summarizer.extract.extraction import Spent
from summarizer.read import Fields, read_results
from summarizer.read.found import document_of
from summarizer.read.records import json_records
from summarizer.read.source import source_of
from summarizer.store.intake import Likeness, NewArticle
from summarizer.store.work import Failure

CHUNK: Final = 64
"""Documents of a chunk: half a megabyte at most times, a minute's work of a slow service, a second's of a quick one."""
_CHUNK_CHARS: Final = 2_000_000
_PARQUET_ROWS: Final = 256
_MEDIA_TYPE: Final = "application/vnd.apache.parquet"


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
Results = Iterator[Document | ReadError]
Reader = Callable[[File, str | None, Fields | None], Results]


class Watcher(NamedTuple):
    """The desk, as a reading task speaks to it."""

    begin: Callable[[str], Begun]
    announce: Callable[[str, str | None], object]
    found: Callable[[str, int, tuple[str, ...]], bool]
    ended: Callable[[int], object]


def read_part(part: Part, told: ReadingTold, left_of: LeftOf, watcher: Watcher) -> Iterator[Chunk]:
    """Yield the chunks of a part: of each item what is left of it."""
    name = f"part {part.number}"
    begun = watcher.begin(name)
    poison = begun.last if is_poison(begun) else None
    items: list[Item] = []
    size = 0
    for path, found in _found(part, told, poison, lambda path: watcher.announce(name, path)):
        item = left_of(_item(found, path))
        if item is None:
            continue
        size += len(found.text) if isinstance(found, Document) else 0
        items.append(item)
        if len(items) >= CHUNK or size >= _CHUNK_CHARS:
            chunk, items, size = _chunk(items), [], 0
            if not _told(chunk, watcher):
                return
            yield chunk
    if items:
        chunk = _chunk(items)
        _told(chunk, watcher)
        yield chunk
    watcher.announce(name, None)
    watcher.ended(part.number)


def _found(
    part: Part, told: ReadingTold, poison: str | None, announce: Callable[[str], object]
) -> Iterator[tuple[str, Document | Unreadable]]:
    """Yield what is found, each with the path of its file."""
    read = told.read or read_file
    for file in part.files:
        if file.path == poison:
            reason = f"{file.path!r} kills the process that reads it: look at the file, or leave it out"
            yield file.path, Unreadable(file.path, reason)
            continue
        announce(file.path)
        try:
            for found in read(file, told.published, told.fields):
                yield file.path, Unreadable(file.path, str(found)) if isinstance(found, ReadError) else found
        except Exception as error:  # noqa: BLE001  # one file's surprise must not end a run over a million
            reason = " ".join(f"{type(error).__name__}: {error}".split())[:500]
            yield file.path, Unreadable(file.path, f"reading {file.path!r} failed: {reason}")


def _item(found: Document | Unreadable, path: str) -> Item:
    if isinstance(found, Unreadable):
        key = digest("unreadable", *found)
        return Item(key, key, found, path)
    return Item(*keys_of(found), found, path)


def _chunk(items: list[Item]) -> Chunk:
    return Chunk(digest(*(item.key for item in items)), tuple(items))


def _told(chunk: Chunk, watcher: Watcher) -> bool:
    troubles = tuple(item.found.reason for item in chunk.items if isinstance(item.found, Unreadable))
    articles = sum(len(item.starts) or 1 for item in chunk.items)
    return watcher.found(chunk.key, articles - len(troubles), troubles)


def read_file(file: File, published: str | None, fields: Fields | None) -> Results:
    """Yield the documents of a file of any kind, from this machine or from elsewhere."""
    if is_parquet(file.path):
        yield from _read_parquet(file, published, fields or Fields())
    elif not is_url(file.location):
        yield from read_results(file.location, name=file.path, published=published, fields=fields)
    else:
        try:
            files, path = resolved(file.location)
            with files.open_input_stream(path) as stream:
                yield from read_results("-", name=file.path, stdin=stream, published=published, fields=fields)
        except OSError as error:
            yield ReadError(f"cannot read {file.path!r}: {' '.join(str(error).split())}")


def _read_parquet(file: File, published: str | None, fields: Fields) -> Results:
    """Yield the documents of a Parquet file, a row each; the columns are named as those of other tables."""
    try:
        files, path = resolved(file.location)
        with files.open_input_file(path) as stream:
            count = 0
            for batch in package("pyarrow.parquet").ParquetFile(stream).iter_batches(batch_size=_PARQUET_ROWS):
                rows = [_with_id(row, number, fields) for number, row in enumerate(batch.to_pylist(), start=count + 1)]
                yield from _documents(rows, file, published, fields)
                count += len(rows)
    except ReadError as error:
        yield error
    except (OSError, ValueError) as error:  # pyarrow's own are ValueErrors
        yield ReadError(f"cannot read {file.path!r}: {' '.join(str(error).split())}; it may be damaged")


def _documents(rows: list[dict[str, Any]], file: File, published: str | None, fields: Fields) -> Results:
    """Yield the documents of rows, which are read by the rules of JSON Lines."""
    lines = b"".join(json.dumps(row, ensure_ascii=False, default=_plain).encode() + b"\n" for row in rows)
    source = source_of(file.path, io.BytesIO(lines), size=len(lines))
    for record in json_records(source, fields):
        if isinstance(record, ReadError):
            yield record
            continue
        found = record.found._replace(media_type=_MEDIA_TYPE)
        try:
            yield document_of(found, found.text.encode(errors="replace"), record.path, published)
        except ReadError as error:
            yield error


def _with_id(row: dict[str, Any], number: int, fields: Fields) -> dict[str, Any]:
    """Return a row that names itself: by its number in the file, where it has no id."""
    named = next((name for name in row if name == fields.id or (fields.id is None and name.casefold() == "id")), "id")
    return row if row.get(named) is not None else {**row, named: number}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)
