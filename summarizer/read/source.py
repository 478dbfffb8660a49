"""A stream of bytes on its way to a reader: its name, its first bytes, and what may be done with it."""

import io
from typing import BinaryIO, NamedTuple

from summarizer.errors import ReadError
from summarizer.read.limits import MAX_BYTES, Budget

HEAD_BYTES = 4096
"""Bytes that are looked at to tell the format."""

_CHUNK_BYTES = 1 << 20


class Source(NamedTuple):
    """Bytes to read, from their beginning."""

    path: str
    """Its name in documents and messages: `news.zip!/a.txt`; `-` is standard input, empty a text without a name."""
    stream: BinaryIO
    head: bytes
    size: int | None = None
    """Bytes in all, where a file system says so."""
    depth: int = 0
    """Archives around it."""

    @property
    def shown(self) -> str:
        """Its name for messages."""
        return shown(self.path)


def shown(path: str | None) -> str:
    """Return how messages name an input."""
    if not path:
        return "the text"
    return "standard input" if path == "-" else repr(path)


def source_of(path: str, stream: BinaryIO, *, size: int | None = None, depth: int = 0) -> Source:
    """Return `stream` with its first bytes looked at and put back."""
    head = _up_to(stream, HEAD_BYTES)
    if isinstance(stream, io.BytesIO) or (depth == 0 and stream.seekable()):
        stream.seek(0)
        return Source(path, stream, head, size, depth)
    return Source(path, as_binary(_Chained(head, stream)), head, size, depth)


def rewound(source: Source, count: int) -> tuple[bytes, BinaryIO]:
    """Return the first bytes of a source, and a stream that begins with them again."""
    sample = _up_to(source.stream, count)
    return sample, as_binary(_Chained(sample, source.stream))


def read_all(source: Source, limit: int = MAX_BYTES) -> bytes:
    """Read to the end, but never more than one byte over the limit: a pipe may have no end. Raises ReadError."""
    if source.size is not None and source.size > limit:
        raise too_large(source.shown, source.size, limit)
    content = _up_to(source.stream, limit + 1)
    if len(content) > limit:
        raise too_large(source.shown, None, limit)
    return content


def too_large(name: str, size: int | None, limit: int = MAX_BYTES) -> ReadError:
    """Return the error for an input over its limit."""
    known = "more than" if size is None else f"{size:,} bytes, over"
    return ReadError(f"{name} is too large: {known} the limit of {limit:,} bytes; split it into articles")


def _up_to(stream: BinaryIO, count: int) -> bytes:
    chunks: list[bytes] = []
    while count > 0:
        chunk = stream.read(min(_CHUNK_BYTES, count))
        if not chunk:
            break
        chunks.append(chunk)
        count -= len(chunk)
    return b"".join(chunks)


def as_binary(raw: io.RawIOBase) -> BinaryIO:
    """Return a raw stream under the type that readers ask for; unlike a buffered one it takes no byte too many."""
    return raw  # type: ignore[return-value]  # it has all that is used of a BinaryIO


class _Chained(io.RawIOBase):
    """A stream whose first bytes were already taken."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if size is None or size < 0:
            taken, self._head = self._head, b""
            return taken + self._rest.read()
        if not self._head:
            return self._rest.read(size)
        taken, self._head = self._head[:size], self._head[size:]
        return taken

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # what BufferedReader gives
        content = self.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)


class Counted(io.RawIOBase):
    """A pipe that notes how much was taken from it, as nothing else tells its size."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        """Return True, as a stream to read from must."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Read bytes."""
        content = self._stream.read(size)
        self._budget.taken += len(content)
        return content
