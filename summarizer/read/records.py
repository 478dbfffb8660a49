"""Reads articles out of tables and of JSON Lines, record by record, so that a file may be larger than the memory.

The charset is found on the first megabyte; what does not fit it later is kept as it is (`surrogateescape`) and decoded
record by record, so that a damaged one fails alone.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple

from summarizer.charset import decode
from summarizer.errors import ReadError
from summarizer.read.dates import iso_day
from summarizer.read.fields import Columns, Fields, columns_of
from summarizer.read.found import Found
from summarizer.read.limits import MAX_BYTES
from summarizer.read.source import Source, rewound

_SAMPLE_BYTES: Final = 1_000_000
_DELIMITERS: Final = (",", "\t", ";", "|")
_LONGEST_ID: Final = 200
_JSON_LINES: Final = "application/jsonl"
_CUT_ANYWHERE: Final = ("utf-8", "utf-8-sig", "gb18030", "big5hkscs")
"""Codecs in which a line end is one byte that is part of no character, and nothing depends on what stood before it."""
_FIRST_LINES: Final = 100
"""Lines among which the first record of a large file is looked for: each that is damaged may have any length."""


class Record(NamedTuple):
    """One article of a file of records."""

    path: str
    """The file's name and, behind #, the record's id or else its number."""
    found: Found


class Opening(NamedTuple):
    """What the beginning of a JSON Lines file says of all that follows, for whoever begins to read in its middle."""

    codec: str
    columns: Columns
    lines: int = 0
    """Lines before the one at which reading begins."""


def opening_of(source: Source, fields: Fields) -> Opening | None:
    """Return how a JSON Lines file is read; None where it cannot be read from its middle, or that does not show.

    Raises ReadError where `json_records` does.
    """
    lines = _Lines(source, _JSON_LINES)
    if lines.codec not in _CUT_ANYWHERE:
        return None
    for line in islice(lines, _FIRST_LINES):
        try:
            values = None if isinstance(line, ReadError) else _object(lines.whole(line, source.shown), source.shown)
        except ReadError:
            continue
        if values is not None:
            return Opening(lines.codec, columns_of(list(values), fields, source.shown))
    return None


def json_records(source: Source, fields: Fields, opening: Opening | None = None) -> Iterator[Record | ReadError]:
    """Yield the records of a JSON Lines file, or with its `opening` of a part of it, whose first byte begins a line.

    Raises ReadError where the first one has no text under a known name.
    """
    lines = _Lines(source, _JSON_LINES, opening)
    columns: Columns | None = None if opening is None else opening.columns
    for line in lines:
        lines.new_record()
        name = f"line {lines.count} of {source.shown}"
        try:
            if isinstance(line, ReadError):
                raise line
            values = _object(lines.whole(line, name), name)
        except ReadError as error:
            yield error
            continue
        if columns is None:
            columns = columns_of(list(values), fields, source.shown)
        try:
            yield _record(values, columns, fields, source, lines)
        except ReadError as error:
            yield error
    if lines.full == 0 and opening is None:
        raise ReadError(f"{source.shown} is empty: give a file with records")


def csv_records(source: Source, fields: Fields) -> Iterator[Record | ReadError]:
    """Yield the rows of a table whose first row names the columns. Raises ReadError where it cannot be read on."""
    tabbed = source.path.lower().endswith(".tsv")
    lines = _Lines(source, "text/tab-separated-values" if tabbed else "text/csv")
    # A setting of the whole process, and the only way to read a cell of more than 131,072 characters.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    strings = lines.strings()
    head = next(strings, "")
    if not head.strip():
        raise ReadError(f"{source.shown} is empty: give a table whose first row names the columns")
    delimiter = "\t" if tabbed else max(_DELIMITERS, key=head.count)
    rows = csv.reader(_before(head, strings), delimiter=delimiter)
    try:
        names = [lines.whole(cell, source.shown).strip().lstrip("\ufeff") for cell in next(rows)]
        columns = columns_of(names, fields, source.shown)
        lines.new_record()
        for row in rows:
            name = f"line {lines.count} of {source.shown}"
            try:
                if row:
                    values = {key: lines.whole(cell, name) for key, cell in zip(names, row, strict=False)}
                    yield _record(values, columns, fields, source, lines)
            except ReadError as error:
                yield error
            lines.new_record()
        if lines.full == 1:
            raise ReadError(f"{source.shown} is empty: there is no row under the names of its columns")
    except csv.Error as error:
        raise ReadError(
            f"line {lines.count} of {source.shown} does not fit a table ({error}): check its quotation marks"
        ) from error


def _before(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


class _Lines:
    """The lines of a file as text, none longer than a document may be; blank ones are left out."""

    def __init__(self, source: Source, media_type: str, opening: Opening | None = None) -> None:
        sample, stream = (b"", source.stream) if opening is not None else rewound(source, _SAMPLE_BYTES)
        decoded = decode(_to_line_end(sample)) if sample else None
        if sample and decoded is None:
            raise ReadError(f"cannot tell how {source.shown} is encoded; it may be damaged: save it anew in UTF-8")
        self.codec = opening.codec if opening is not None else decoded.encoding if decoded else "utf-8"
        self._text = io.TextIOWrapper(
            io.BufferedReader(stream),  # type: ignore[type-var]  # a raw stream by another name
            self.codec,
            "strict" if self.codec.startswith("utf-16") else "surrogateescape",
            newline="\n",
        )
        self._shown = source.shown
        self.media_type = media_type
        self.count = 0 if opening is None else opening.lines
        """Lines so far."""
        self.full = 0
        """Of these, lines that are not blank."""
        self._of_record = 0
        """Characters since the record began."""

    def new_record(self) -> None:
        """Begin to count the characters of a record."""
        self._of_record = 0

    def __iter__(self) -> Iterator[str | ReadError]:
        """Yield each line, or why it cannot be had."""
        while line := self._next():
            if len(line) > MAX_BYTES:
                yield self._too_long()
            elif line.strip():
                yield line

    def strings(self) -> Iterator[str]:
        """Yield the lines of a table, blank ones too: they may stand in a cell. Raises ReadError for a long record."""
        while line := self._next():
            self._of_record += len(line)
            if self._of_record > MAX_BYTES:
                raise self._too_long()
            yield line

    def _next(self) -> str:
        try:
            line = self._text.readline(MAX_BYTES + 1)
            self.count += bool(line)
            self.full += bool(line.strip())
            rest = line
            while len(rest) > MAX_BYTES:  # to the end of the line, so that the next one is a record again
                rest = self._text.readline(MAX_BYTES + 1)
        except UnicodeError as error:
            raise ReadError(f"line {self.count + 1} of {self._shown} is not {self.codec}: save it anew") from error
        return line

    def _too_long(self) -> ReadError:
        return ReadError(
            f"line {self.count} of {self._shown} makes a record of more than {MAX_BYTES:,} characters: "
            "split it, or close its quotation marks"
        )

    def whole(self, words: str, name: str) -> str:
        """Return words with the bytes in them decoded that the file's charset does not know."""
        try:
            # What cannot be encoded is such a byte. Of 800 characters this takes 2 µs, a loop over them 60.
            words.encode("utf-8")
        except UnicodeEncodeError:
            return self._mended(words, name)
        return words

    def _mended(self, words: str, name: str) -> str:
        decoded = decode(words.encode(self.codec.removesuffix("-sig"), "surrogateescape"))
        if decoded is None:
            raise ReadError(f"{name} is damaged: it has bytes that are no {self.codec}; save it anew")
        return decoded.text


def _to_line_end(sample: bytes) -> bytes:
    """Return a sample without the line that it cuts, so that no character is cut; of UTF-16 whole characters."""
    if len(sample) < _SAMPLE_BYTES or b"\0" in sample:
        return sample[: len(sample) // 4 * 4] if len(sample) == _SAMPLE_BYTES else sample
    return sample[: sample.rfind(b"\n") + 1] or sample


def _object(line: str, name: str) -> dict[str, object]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        raise ReadError(f"{name} is no JSON ({reason}): one object is needed on each line") from error
    if not isinstance(values, dict):
        raise ReadError(f"{name} is no JSON object: one object is needed on each line")
    return values


def _record(values: Mapping[str, object], columns: Columns, fields: Fields, source: Source, lines: _Lines) -> Record:
    name = f"line {lines.count} of {source.shown}"
    text = values.get(columns.text)
    if not isinstance(text, str) or not text.strip():
        what = "is empty" if text in (None, "") or isinstance(text, str) else "is no text"
        raise ReadError(f"{name} holds no article: its {columns.text!r} {what}")
    told = _words(values, columns.date)
    published = iso_day(told) if told else None
    if told and published is None and fields.date is not None:
        raise ReadError(f"{name} has no date in {columns.date!r}: {told[:40]!r}; write it as YYYY-MM-DD")
    label = " ".join((_words(values, columns.id) or str(lines.count)).split())[:_LONGEST_ID]
    return Record(
        f"{source.path}#{label}",
        Found(text, lines.codec, lines.media_type, title=_words(values, columns.title), published=published),
    )


def _words(values: Mapping[str, object], key: str | None) -> str | None:
    value = values.get(key) if key is not None else None
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None
