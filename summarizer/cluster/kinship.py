"""Finds in a survey the groups of articles that may be printings of one telling: those that must be compared.

Two articles are kin where they have one content, or as many marks in common as the rule asks for (one or two). Groups
are what kinship connects: the rule looks at nothing outside its article's group. To share two marks is to share a pair
of them, so pairs are looked up like marks, and no mark that a million articles have makes a million times a million
comparisons. All is sorting of columns, by shards; only what is shared passes through Python, some 10 µs an article.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import Any, Final, NamedTuple

from summarizer.cluster.packages import package
from summarizer.cluster.shelf import one_array
from summarizer.cluster.survey import ARTICLE
from summarizer.store.intake import least_in_common

_SHARD: Final = 1 << 22
"""Values that are sorted at once, some 150 MB of work space."""
_BATCH: Final = 1 << 16


class _Column(NamedTuple):
    """Values, and whose they are."""

    values: Any
    """A pyarrow array of whole numbers."""
    rows: Any


def groups_in(survey: Any) -> list[list[int]]:  # noqa: ANN401 - a pyarrow table
    """Return the groups of more than one article, each as ascending numbers of rows of the survey."""
    arrow, compute = package("pyarrow"), package("pyarrow.compute")
    numbers = arrow.array(range(len(survey)), type=arrow.int32())
    of_articles = compute.equal(one_array(survey["kind"]), ARTICLE)
    kin = _Kin(len(survey))
    contents = _Column(one_array(survey["content"]).filter(of_articles), numbers.filter(of_articles))
    for shared in _shared(contents):
        kin.connect(shared)
    marks = one_array(survey["marks"])
    marked = _Column(compute.list_flatten(marks), compute.list_parent_indices(marks).cast(arrow.int32()))
    common = list(_shared(marked))
    single, pairs = _needed(common, compute.list_value_length(marks))
    if single:
        wanted = arrow.array(sorted(single), type=arrow.int64())
        for shared in common:
            chosen = compute.is_in(shared.values, value_set=wanted)
            kin.connect(_Column(shared.values.filter(chosen), shared.rows.filter(chosen)))
    for shared in _shared(pairs):
        kin.connect(shared)
    return kin.groups()


def _shared(column: _Column) -> Iterator[_Column]:
    """Yield what occurs more than once, sorted by value."""
    arrow, compute = package("pyarrow"), package("pyarrow.compute")
    shards = 1
    while len(column.values) > shards * _SHARD:
        shards *= 2
    for shard in range(shards):
        mine = compute.equal(compute.bit_wise_and(column.values, shards - 1), shard)
        values, rows = column.values.filter(mine), column.rows.filter(mine)
        if len(values) < 2:
            continue
        order = compute.sort_indices(values)
        values, rows = values.take(order), rows.take(order)
        as_next = compute.equal(values.slice(1), values.slice(0, len(values) - 1))
        last = arrow.array([False])
        twice = compute.or_(arrow.concat_arrays([as_next, last]), arrow.concat_arrays([last, as_next]))
        yield _Column(values.filter(twice), rows.filter(twice))


def _needed(common: list[_Column], lengths: Any) -> tuple[set[int], _Column]:  # noqa: ANN401 - a pyarrow array
    """Return the marks of which one alone makes kin of some article, and pairs of marks that articles have."""
    arrow, compute = package("pyarrow"), package("pyarrow.compute")
    values, rows = array("q"), array("i")
    single: set[int] = set()
    if common:
        every = _Column(*(arrow.concat_arrays(column) for column in zip(*common, strict=True)))
        order = compute.sort_indices(every.rows)
        by_row = _Column(every.values.take(order), every.rows.take(order))
        needs = lengths.take(by_row.rows)
        for row, length, marks in _marks_of_rows(by_row, needs):
            if least_in_common(length) == 1:
                single.update(marks)
            for pair in combinations(sorted(marks), 2):
                values.append(hash(pair))
                rows.append(row)
    told = (
        arrow.Array.from_buffers(kind, len(column), [None, arrow.py_buffer(column)])
        for kind, column in ((arrow.int64(), values), (arrow.int32(), rows))
    )
    return single, _Column(*told)


def _marks_of_rows(by_row: _Column, lengths: Any) -> Iterator[tuple[int, int, list[int]]]:  # noqa: ANN401 - a pyarrow array
    """Yield each row that has shared marks: its number, how many marks it has in all, and those shared."""
    known: tuple[int, int] | None = None
    marks: list[int] = []
    for row, length, mark in _cells(by_row.rows, lengths, by_row.values):
        if known is not None and known[0] != row:
            yield *known, marks
            marks = []
        known = row, length
        marks.append(mark)
    if known is not None:
        yield *known, marks


def _cells(*columns: Any) -> Iterator[tuple[int, ...]]:  # noqa: ANN401 - pyarrow arrays
    for first in range(0, len(columns[0]), _BATCH):
        yield from zip(*(column.slice(first, _BATCH).to_pylist() for column in columns), strict=True)


class _Kin:
    """Rows and what connects them: a forest in which each row knows one that it is kin to."""

    def __init__(self, rows: int) -> None:
        self._to = array("i", range(rows))

    def connect(self, shared: _Column) -> None:
        """Make kin of all that have the same value; they stand side by side."""
        for (value, row), (other, next_row) in pairwise(_cells(shared.values, shared.rows)):
            if value == other:
                self._unite(row, next_row)

    def groups(self) -> list[list[int]]:
        """Return the groups of more than one."""
        found: dict[int, list[int]] = {}
        for row in self._connected():
            found.setdefault(self._root(row), []).append(row)
        return [found[root] for root in sorted(found)]

    def _connected(self) -> Iterable[int]:
        roots = {self._root(row) for row, to in enumerate(self._to) if row != to}
        return (row for row, to in enumerate(self._to) if row != to or row in roots)

    def _root(self, row: int) -> int:
        to = self._to
        while to[row] != row:
            to[row] = to[to[row]]
            row = to[row]
        return row

    def _unite(self, one: int, other: int) -> None:
        roots = sorted((self._root(one), self._root(other)))
        self._to[roots[1]] = roots[0]
