"""One input of a batch run, or what is passed over: how it is named, and the documents that it holds."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, Literal, NamedTuple

from summarizer.article import Document
from summarizer.errors import ReadError
from summarizer.read import Fields, read_results

STDIN: Final = "-"

_REPLACED: Final = {0xD800 + code: f"\\u{0xD800 + code:04x}" for code in range(0x800)} | {
    0xDC00 + byte: f"\\x{byte:02x}" for byte in range(0x80, 0x100)
}

Cause = Literal["hidden", "litter", "kind", "left out", "repeated", "loop", "special", "no match", "unreadable"]


class Input(NamedTuple):
    """One file to read, or standard input."""

    path: str
    """Its name, as documents and stores have it: relative where given so, with forward slashes on all systems, bytes
    of names that are no Unicode as `\\xb5`. The same file under the same source has the same one in every run."""
    location: str
    """What the system opens; it differs from `path` for names that are no Unicode, and on Windows."""
    size: int | None
    """Bytes; None for standard input and pipes."""
    modified_ns: int | None
    """Time of the last change in nanoseconds since 1970; None for standard input and pipes."""


class Skipped(NamedTuple):
    """What is not read."""

    path: str
    """Its name, as in `Input`; a pattern or another source as given."""
    reason: str
    """Goes on behind the path to a sentence of one line: `is hidden`."""
    cause: Cause

    @property
    def is_trouble(self) -> bool:
        """Whether somebody may have wanted it read: it cannot be, or was asked for and is not there."""
        return self.cause in ("no match", "unreadable")


def documents(
    source: Input, *, published: str | None = None, fields: Fields | None = None, stdin: BinaryIO | None = None
) -> Iterator[Document | ReadError]:
    """Return the documents of one input as they are read; what cannot be read is an error in its place, never raised.

    `published`, `fields` and `stdin` are those of `summarizer.read.read_documents`. An input that changes while it is
    read ends with an error that says so. Raises ReadError at once, before anything is read, for a date that is none.
    """
    location = "-" if source.path == STDIN else source.location
    results = read_results(location, name=source.path, stdin=stdin, published=published, fields=fields)
    return results if source.modified_ns is None else _watched(results, source)


def _watched(results: Iterator[Document | ReadError], source: Input) -> Iterator[Document | ReadError]:
    before = _stamp(source.location)
    yield from results
    after = _stamp(source.location)
    if before is not None and after is not None and before != after:  # one that vanished had been opened, and was read
        yield ReadError(f"{source.path!r} changed while it was read, so a part may be torn: run again when it rests")


def _stamp(location: str) -> tuple[int, int] | None:
    try:
        status = Path(location).stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def shown(location: str) -> str:
    """Return a path as any store and terminal can hold it, the same on all systems."""
    path = location if os.sep == "/" else location.replace(os.sep, "/")
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return path.translate(_REPLACED)
    return path
