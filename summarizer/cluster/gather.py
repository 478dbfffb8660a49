"""Brings together documents that lie far apart in the archive: a shuffle, of those alone that are wanted.

Some tasks each read a stretch of the archive and sort what is wanted of it into buckets; whoever works on a bucket
takes its share of each. With few and large stretches the shares are large too, and so lie in Ray's shared memory or on
its disks, not with the driver, which keeps what is smaller than 100 kB.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from summarizer.article import Document
from summarizer.cluster.packages import package
from summarizer.cluster.parts import Part
from summarizer.cluster.reading import FileWatch, Item, ReadingTold, item_of, results_of
from summarizer.cluster.survey import Survey

_BUCKET_CHARS: Final = 20_000_000
"""Of a bucket: 60 MB pickled, in one task's memory some hundreds with what is made of it."""
_ERRANDS: Final = 200
"""Stretches at most: a full bucket's shares are then 300 kB."""


class Wanted(NamedTuple):
    """A document that is wanted."""

    row: int
    """Its row in the survey."""
    bucket: int


class Errand(NamedTuple):
    """What one task reads."""

    parts: tuple[Part, ...]
    wanted: dict[int, dict[str, Wanted]]
    """By part, then by the documents' keys."""
    poison: dict[int, tuple[str, ...]]


Thing = TypeVar("Thing")
Share = list[tuple[int, Item]]
"""Documents of a bucket, by their rows."""


def bucketed(things: Sequence[Thing], rows_of: Callable[[Thing], Iterable[int]], survey: Survey) -> list[list[Thing]]:
    """Put things that need the documents of some rows into buckets; neighbours stay together."""
    arrow, compute = package("pyarrow"), package("pyarrow.compute")
    chars = survey.rows["chars"]
    buckets: list[list[Thing]] = []
    size = _BUCKET_CHARS
    for thing in things:
        if size >= _BUCKET_CHARS:
            buckets.append([])
            size = 0
        buckets[-1].append(thing)
        size += compute.sum(chars.take(arrow.array(rows_of(thing), type=arrow.int64()))).as_py() or 0
    return buckets


def errands_of(survey: Survey, parts: Sequence[Part], bucket_of: Mapping[int, int]) -> Iterator[Errand]:
    """Yield who reads what, so that all rows of `bucket_of` are brought to their buckets."""
    arrow = package("pyarrow")
    rows = sorted(bucket_of)
    chosen = survey.rows.select(["part", "key"]).take(arrow.array(rows, type=arrow.int64()))
    by_number = {part.number: part for part in parts}
    wanted: dict[int, dict[str, Wanted]] = {}
    numbers = sorted(set(chosen["part"].to_pylist()))
    stretch = -(-len(numbers) // _ERRANDS)
    ends = set(numbers[stretch - 1 :: stretch])
    for row, number, key in zip(rows, chosen["part"].to_pylist(), chosen["key"].to_pylist(), strict=True):
        if wanted and number not in wanted and max(wanted) in ends:
            yield _errand(by_number, wanted, survey)
            wanted = {}
        wanted.setdefault(number, {})[key.hex()] = Wanted(row, bucket_of[row])
    if wanted:
        yield _errand(by_number, wanted, survey)


def run_errand(errand: Errand, buckets: int, told: ReadingTold) -> list[Share]:
    """Return what is wanted for each bucket."""
    shares: list[Share] = [[] for _ in range(buckets)]
    for part in errand.parts:
        left = dict(errand.wanted[part.number])
        for path, found in results_of(part, told, errand.poison.get(part.number, ()), FileWatch(lambda _: None)):
            item = item_of(found, path)
            wanted = left.pop(item.key, None)
            if wanted is not None and isinstance(found, Document):
                shares[wanted.bucket].append((wanted.row, item))
            if not left:
                break
    return shares


def together(shares: Iterable[Any]) -> dict[int, Item]:
    """Return the documents of a bucket by their rows."""
    return {row: item for share in shares for row, item in share}


def _errand(parts: Mapping[int, Part], wanted: dict[int, dict[str, Wanted]], survey: Survey) -> Errand:
    poison = {number: files for number, files in survey.poison.items() if number in wanted}
    return Errand(tuple(parts[number] for number in sorted(wanted)), wanted, poison)
