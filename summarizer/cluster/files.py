"""Reads one file of any kind, or a range of a large one, from this machine or from elsewhere.

What is wrong with a file's content is yielded as an error in its place: the file was read. Where it does not open, or
breaks off because of a disk or a network, the error is raised: of what stood behind that place nothing is known.
"""

import errno
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from summarizer.article import Document
from summarizer.cluster.packages import package
from summarizer.cluster.parts import File, is_parquet
from summarizer.cluster.shelf import resolved, why
from summarizer.errors import ReadError
from summarizer.read import Fields, read_results
from summarizer.read.found import document_of
from summarizer.read.records import Opening, Record, json_records
from summarizer.read.source import Source, as_binary, source_of

Results = Iterator[Document | ReadError]

_PARQUET_ROWS: Final = 256
_MEDIA_TYPE: Final = "application/vnd.apache.parquet"
_BLOCK: Final = 1 << 22
"""Bytes that are taken at once: over a network each taking is a request."""


def read_file(file: File, published: str | None, fields: Fields | None) -> Results:
    """Yield the documents of a file of any kind, from this machine or from elsewhere.

    Raises ReadError for a file that does not open, or breaks off.
    """
    if is_parquet(file.path):
        yield from _read_parquet(file, published, fields or Fields())
    elif file.range is not None and file.range.opening is not None:
        yield from _read_lines(file, file.range.opening, published, fields or Fields())
    elif file.root is None:
        yield from _unbroken(read_results(file.location, name=file.path, published=published, fields=fields))
    else:
        yield from _read_elsewhere(file, published, fields)


def _read_elsewhere(file: File, published: str | None, fields: Fields | None) -> Results:
    """Yield the documents of a file of any kind but Parquet, that lies below a URL."""
    try:
        files, path = place_of(file)
        # Left to itself, pyarrow unpacks what ends in .gz, and takes each small piece by a request of its own.
        with files.open_input_stream(path, compression=None, buffer_size=_BLOCK) as stream:
            taken = as_binary(_Numbered(stream))
            yield from _unbroken(read_results("-", name=file.path, stdin=taken, published=published, fields=fields))
    except OSError as error:
        raise ReadError(f"cannot read {file.path!r}: {why(error)}") from error


def _unbroken(results: Results) -> Results:
    """Yield results. Raises ReadError in place of one that tells of no fault of the content."""
    for result in results:
        if isinstance(result, ReadError) and _broke_off(result):
            raise result
        yield result


def _broke_off(error: ReadError) -> bool:
    """Return whether a system's error is the cause; of damage, zlib and its like raise OSErrors without a number.

    EINVAL is none of a disk: damaged archives name places that cannot be.
    """
    cause = error.__cause__
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno not in (None, errno.EINVAL):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


class _Numbered(io.RawIOBase):
    """A stream whose errors have a number, as those of this machine's files do; pyarrow's have none."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - a pyarrow file
        self._stream = stream

    def readable(self) -> bool:
        """Return True, as a stream to read from must."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Read bytes. Raises OSError."""
        try:
            content: bytes = self._stream.read(size)
        except OSError as error:
            raise OSError(error.errno or errno.EIO, why(error) or type(error).__name__) from error
        return content


def _read_lines(file: File, opening: Opening, published: str | None, fields: Fields) -> Results:
    """Yield the documents of a range of a file of lines, named as those of the whole file are."""
    assert file.range is not None
    try:
        with opened_stretch(file, file.range.first, file.range.last) as stretch:
            source = Source(file.path, stretch, b"")
            yield from _records(json_records(source, fields, opening._replace(lines=file.range.records)), published)
    except OSError as error:
        raise ReadError(f"cannot read {file.shown}: {why(error)}") from error


def _records(records: Iterator[Record | ReadError], published: str | None) -> Results:
    """Yield the documents of records, and at its place what is wrong with the content."""
    try:
        for record in records:
            yield record if isinstance(record, ReadError) else _document(record, published)
    except ReadError as error:
        yield error


def place_of(file: File) -> tuple[Any, str]:
    """Return the file system in which a file lies, and its path there. Raises OSError and ReadError."""
    if file.root is None:
        return resolved(file.location)
    files, _ = resolved(file.root)
    return files, file.location


@contextmanager
def opened_stretch(file: File, first: int, last: int) -> Iterator[io.BufferedReader]:
    """Yield the bytes of a file from one place to another as a stream. Raises OSError and ReadError."""
    files, path = place_of(file)
    with files.open_input_file(path) as whole:
        yield io.BufferedReader(_Stretch(whole, first, last), _BLOCK)


class _Stretch(io.RawIOBase):
    """The bytes of a file from one place to another."""

    def __init__(self, whole: Any, first: int, last: int) -> None:  # noqa: ANN401 - a pyarrow file
        whole.seek(first)
        self._whole, self._left = whole, last - first

    def readable(self) -> bool:
        """Return True, as a stream to read from must."""
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - a writable buffer
        """Read bytes."""
        content = self._whole.read(min(len(buffer), self._left))
        self._left -= len(content)
        buffer[: len(content)] = content
        return len(content)


def _read_parquet(file: File, published: str | None, fields: Fields) -> Results:
    """Yield the documents of a Parquet file, a row each; the columns are named as those of other tables.

    Of damage behind its beginning pyarrow tells as it does of a network: both count as broken off.
    """
    try:
        files, path = place_of(file)
        with files.open_input_file(path) as stream:
            yield from _rows(stream, file, published, fields)
    except (OSError, ValueError) as error:
        raise _perhaps_damaged(file, error) from error


def _rows(stream: Any, file: File, published: str | None, fields: Fields) -> Results:  # noqa: ANN401 - a pyarrow file
    """Yield the documents of an open Parquet file. Raises OSError."""
    groups = None if file.range is None else range(file.range.first, file.range.last)
    count = 0 if file.range is None else file.range.records
    try:
        table = package("pyarrow.parquet").ParquetFile(stream)
        for batch in table.iter_batches(batch_size=_PARQUET_ROWS, row_groups=groups):
            rows = [_with_id(row, number, fields) for number, row in enumerate(batch.to_pylist(), start=count + 1)]
            yield from _documents(rows, file, published, fields)
            count += len(rows)
    except ReadError as error:
        yield error
    except ValueError as error:  # pyarrow's own are ValueErrors
        yield _perhaps_damaged(file, error)


def _perhaps_damaged(file: File, error: Exception) -> ReadError:
    return ReadError(f"cannot read {file.path!r}: {why(error)}; it may be damaged")


def _documents(rows: list[dict[str, Any]], file: File, published: str | None, fields: Fields) -> Results:
    """Yield the documents of rows, which are read by the rules of JSON Lines."""
    lines = b"".join(json.dumps(row, ensure_ascii=False, default=_plain).encode() + b"\n" for row in rows)
    source = source_of(file.path, io.BytesIO(lines), size=len(lines))
    for record in json_records(source, fields):
        if isinstance(record, ReadError):
            yield record
        else:
            yield _document(record._replace(found=record.found._replace(media_type=_MEDIA_TYPE)), published)


def _document(record: Record, published: str | None) -> Document | ReadError:
    try:
        return document_of(record.found, record.found.text.encode(errors="replace"), record.path, published)
    except ReadError as error:
        return error


def _with_id(row: dict[str, Any], number: int, fields: Fields) -> dict[str, Any]:
    """Return a row that names itself: by its number in the file, where it has no id."""
    named = next((name for name in row if name == fields.id or (fields.id is None and name.casefold() == "id")), "id")
    return row if row.get(named) is not None else {**row, named: number}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)
