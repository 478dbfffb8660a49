"""Puts the lines of a PDF page in reading order where it was drawn row by row across its columns.

Most programs write a column to its end before the next, and then the order of the file is the best there is: it knows
what sorting by place cannot, whose box a line stands in. Some write each row of the page across all columns, and every
sentence is cut by its neighbours'. Only such pages are sorted, by cutting them along their white gutters (the recursive
XY cut, Nagy and Seth 1984).
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple


class Box(NamedTuple):
    """A run of text on one line, in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    text: str

    @property
    def glyph(self) -> float:
        """The width of one of its characters, a Latin one for half."""
        halves = sum(1 if char.isascii() else 2 for char in self.text.strip())
        return 2 * (self.right - self.left) / max(1, halves)


_ACROSS: Final = 0.3
"""Share of boxes that follow their left neighbour on the same line; 0 to 0.02 on the eight pages composed, 0.66 on a
page of three columns that is drawn by rows."""
_LEVEL, _APART = 3.0, 5.0
"""Points by which two boxes on one line may differ in height, and by which two columns stand apart at least."""
_GUTTER: Final = 0.6
"""Least width of a gutter, in characters of the text beside it."""
_SAME_LINE: Final = 0.5
"""Greatest difference of two boxes' feet on one line, in characters."""
_FILLED: Final = 0.6
"""Share of a column's lines that reach its right edge, give or take two characters: prose, not the cells of a table."""
_NARROWEST: Final = 8
"""Characters of a line of the narrowest column of prose; newspapers' have 10 to 20, the cells of tables fewer."""
_FEWEST: Final = 6
"""Boxes of a page worth sorting, and lines of its longest column."""


def drawn_by_rows(places: Sequence[tuple[float, float, float]]) -> bool:
    """Tell whether boxes, given as (left, bottom, right) in the order of the file, follow each other along lines."""
    if len(places) < _FEWEST:
        return False
    follows = [abs(one[1] - other[1]) < _LEVEL and other[0] - one[2] > _APART for one, other in pairwise(places)]
    return sum(follows) > _ACROSS * len(places)


def reading_order(boxes: Sequence[Box]) -> list[list[Box]] | None:
    """Return the lines of a page drawn by rows, each of one or more boxes; None where they are no columns of prose."""
    glyph = sorted(box.glyph for box in boxes)[len(boxes) // 2]
    columns = _cut(_rows(boxes, glyph), glyph)
    longest = max(columns, key=len)
    if len(longest) < _FEWEST or not _is_prose(longest, glyph):
        return None
    return [row for column in columns for row in column]


def _on_line(one: Box, other: Box, glyph: float) -> bool:
    return abs(one.bottom - other.bottom) < _SAME_LINE * glyph


def _rows(boxes: Sequence[Box], glyph: float) -> list[list[Box]]:
    """Return the boxes by line, from the top, each from the left."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: -box.bottom):
        if rows and _on_line(rows[-1][0], box, glyph):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.left) for row in rows]


def _cut(rows: list[list[Box]], glyph: float) -> list[list[list[Box]]]:
    """Return the columns of some rows in reading order.

    From the top as many rows as share a gutter are cut into columns along it; rows that share none with the next one
    (a headline over two columns) stand as they are.
    """
    columns: list[list[list[Box]]] = []
    at = 0
    while at < len(rows):
        end, gutters = _shared(rows, at, glyph)
        if not gutters:
            columns.append(rows[at:end])
        else:
            for left, right in zip([float("-inf"), *gutters], [*gutters, float("inf")], strict=True):
                part = [[box for box in row if left <= box.left < right] for row in rows[at:end]]
                columns.append([row for row in part if row])
        at = end
    return [column for column in columns if column]


def _shared(rows: list[list[Box]], at: int, glyph: float) -> tuple[int, list[float]]:
    """Return how far the rows from `at` on share their gutters, and where these are."""
    gaps = _gaps(rows[at], glyph)
    end = at + 1
    while end < len(rows):
        common = _common(gaps, rows[end], glyph)
        if bool(common) != bool(gaps) or len(common) < len(gaps):
            break
        gaps, end = common, end + 1
    return end, [(left + right) / 2 for left, right in gaps]


def _gaps(row: list[Box], glyph: float) -> list[tuple[float, float]]:
    return [(one.right, other.left) for one, other in pairwise(row) if other.left - one.right > _GUTTER * glyph]


def _common(gaps: list[tuple[float, float]], row: list[Box], glyph: float) -> list[tuple[float, float]]:
    """Return what a further row leaves of some gutters; where there were none, its own."""
    if not gaps:
        return _gaps(row, glyph)
    left_over = []
    for left, right in gaps:
        for box in row:
            if box.left < right and box.right > left:  # it stands in the gutter, or reaches into it
                left, right = (max(left, box.right), right) if box.left <= left else (left, min(right, box.left))
        if right - left > _GUTTER * glyph:
            left_over.append((left, right))
    return left_over


def _is_prose(column: list[list[Box]], glyph: float) -> bool:
    edge = max(row[-1].right for row in column)
    width = edge - min(row[0].left for row in column)
    filled = sum(edge - row[-1].right < 2 * glyph for row in column)
    return width >= _NARROWEST * glyph and filled >= _FILLED * len(column)
