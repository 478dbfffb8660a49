"""Cuts large files into ranges that many tasks read: JSON Lines at line ends, Parquet between row groups.

Documents are named as where one reads it all: without an id by the number of their line, so the lines before each range
are counted. That pass looks for line ends alone, at 2.7 GB/s on one core where documents are read at 9 MB/s, and tells
in the same go where the first line of each range begins. Tables in CSV are left whole, for a line end in quotation
marks is none, and only who has read all before it can tell; so is what is compressed, or in UTF-16.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from summarizer.cluster.files import opened_stretch, place_of
from summarizer.cluster.packages import package
from summarizer.cluster.parts import File, Range, is_parquet
from summarizer.errors import ReadError
from summarizer.read import Fields
from summarizer.read.formats import format_of
from summarizer.read.records import Opening, opening_of
from summarizer.read.source import source_of

_BYTES: Final = 64_000_000
"""Of a range of lines: some 30,000 articles, 7 s of reading on one core; of Parquet what its row groups unpack to."""
_PARQUET_BYTES: Final = 16_000_000
"""Of a Parquet file that is looked at: articles unpack to some four times that."""

One = TypeVar("One")
Came = TypeVar("Came")


class Many(Protocol):
    """Has something done for each of many, wherever there is room."""

    def __call__(self, do: Callable[[One], Came], each: Sequence[One]) -> list[Came]:
        """Return what came of each, in their order."""
        ...


def in_turn(do: Callable[[One], Came], each: Sequence[One]) -> list[Came]:
    """Do it here."""
    return [do(one) for one in each]


def cut_up(files: Sequence[File], fields: Fields, many: Many = in_turn, size: int = _BYTES) -> list[File]:
    """Return files, the large ones in ranges of about `size` bytes; what cannot be looked at stays as it is."""
    large = [file for file in files if file.size > (min(size, _PARQUET_BYTES) if is_parquet(file.path) else size)]
    looks = dict(zip(large, many(_look, [(file, fields) for file in large]), strict=True))
    stretches = {
        file: [_Stretch(file, *ends) for ends in pairwise(_even(file.size, size))]
        for file, look in looks.items()
        if look.opening is not None
    }
    told = iter(many(_count, [stretch for some in stretches.values() for stretch in some]))
    counts = {file: [next(told) for _ in some] for file, some in stretches.items()}
    found: list[File] = []
    for file in files:
        look = looks.get(file, _Look(None, ()))
        starts = [_Start(0, 0)]
        end = file.size
        if look.opening is not None:
            starts += _line_starts(counts[file], file.size)
        elif look.groups:
            starts += _group_starts(look.groups, size)
            end = len(look.groups)
        found += _ranges(file, starts, end, look.opening) if len(starts) > 1 else [file]
    return found


class _Look(NamedTuple):
    opening: Opening | None
    """Of a file of lines."""
    groups: tuple[tuple[int, int], ...]
    """Rows and bytes of the row groups of a Parquet file."""


class _Stretch(NamedTuple):
    file: File
    first: int
    last: int


class _Count(NamedTuple):
    lines: int
    """Line ends in a stretch."""
    first: int | None
    """Where the first of them stands."""


class _Start(NamedTuple):
    place: int
    records: int
    """Lines or rows before it."""


def _look(told: tuple[File, Fields]) -> _Look:
    file, fields = told
    try:
        if is_parquet(file.path):
            return _Look(None, _row_groups(file))
        with opened_stretch(file, 0, file.size) as stream:
            source = source_of(file.path, stream)
            if format_of(source, records=fields.named()) == "jsonl":
                return _Look(opening_of(source, fields), ())
    except (ReadError, OSError, ValueError, package("pyarrow").ArrowException):  # whoever reads it says why
        pass
    return _Look(None, ())


def _row_groups(file: File) -> tuple[tuple[int, int], ...]:
    files, path = place_of(file)
    with files.open_input_file(path) as stream:
        told = package("pyarrow.parquet").ParquetFile(stream).metadata
        groups: list[Any] = [told.row_group(number) for number in range(told.num_row_groups)]
        return tuple((group.num_rows, group.total_byte_size) for group in groups)


def _count(stretch: _Stretch) -> _Count | None:
    """Return how many lines end in a stretch of a file; None where it cannot be read."""
    lines, first, place = 0, None, stretch.first
    try:
        with opened_stretch(*stretch) as stream:
            while block := stream.read1():
                if first is None and (found := block.find(b"\n")) >= 0:
                    first = place + found
                lines += block.count(b"\n")
                place += len(block)
    except (ReadError, OSError):
        return None
    return _Count(lines, first)


def _line_starts(counts: Sequence[_Count | None], size: int) -> Iterator[_Start]:
    """Yield where ranges of lines begin, behind the first: each where the first line does that begins in a stretch."""
    whole = [count for count in counts if count is not None]
    if len(whole) < len(counts):
        return
    before = accumulate(count.lines for count in whole)
    for count, lines in zip(whole[1:], before, strict=False):
        if count.first is not None and count.first + 1 < size:
            yield _Start(count.first + 1, lines + 1)


def _group_starts(groups: Sequence[tuple[int, int]], size: int) -> Iterator[_Start]:
    """Yield where ranges of row groups begin, behind the first."""
    taken = rows = 0
    for place, (count, unpacked) in enumerate(groups):
        if taken and taken + unpacked > size:
            yield _Start(place, rows)
            taken = 0
        taken += unpacked
        rows += count


def _ranges(file: File, starts: Sequence[_Start], end: int, opening: Opening | None) -> Iterator[File]:
    ends = [*(start.place for start in starts[1:]), end]
    for number, (start, last) in enumerate(zip(starts, ends, strict=True), start=1):
        yield file._replace(
            size=file.size // len(starts),
            range=Range(number, len(starts), start.place, last, start.records, opening),
        )


def _even(size: int, about: int) -> list[int]:
    """Return the ends of stretches of the same length."""
    count = -(-size // about)
    return [size * place // count for place in range(count + 1)]
