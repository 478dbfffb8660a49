"""Puts the lines of one piece together as a text of its own, and keeps the way back to the page as read."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from summarizer.article import CleanText, Run
from summarizer.clean import line_bounds
from summarizer.value import Span


class Layout(NamedTuple):
    """The lines of a piece in reading order."""

    text: str
    starts: tuple[int, ...]
    """Where each range begins in `text`."""
    ranges: tuple[Span, ...]
    """The same ranges in the page as read."""

    def relocate(self, clean: CleanText) -> CleanText:
        """Return `clean`, made of `text`, with offsets of the page as read."""
        runs: list[Run] = []
        ends = [*(run.clean for run in clean.runs[1:]), len(clean.text)]
        for run, end in zip(clean.runs, ends, strict=True):
            at, place = run.clean, run.raw
            while at < end:
                number = bisect_right(self.starts, place) - 1
                limit = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
                length = min(end - at, max(1, limit - place))
                runs.append(Run(clean=at, raw=self.ranges[number].start + place - self.starts[number]))
                at, place = at + length, place + length
        return CleanText(text=clean.text, runs=tuple(runs))


class Printed:
    """A page by its lines: looked up once for all its pieces, and not before one of them is asked for."""

    def __init__(self, page: str) -> None:
        self._page = page

    @cached_property
    def _bounds(self) -> list[tuple[int, int]]:
        return line_bounds(self._page)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._bounds]

    @cached_property
    def _blank(self) -> list[bool]:
        return [not self._page[start:end].strip() for start, end in self._bounds]

    @cached_property
    def _apart(self) -> str:
        """What parts the lines of the page."""
        return "\n\n" if sum(self._blank) > _SPACED * len(self._blank) else "\n"

    def line(self, number: int) -> str:
        """Return line `number` (from 0) as printed."""
        start, end = self._bounds[number]
        return self._page[start:end]

    def lay_out(self, lines: Sequence[int]) -> Layout:
        """Return the layout of the lines with these numbers (from 0), in the order given.

        Lines that follow each other, blank ones between them apart, make one range; ranges are parted as the page parts
        its lines, so that a sentence that a caption cut in two is whole again.
        """
        groups: list[list[int]] = []
        for line in lines:
            last = groups[-1][-1] if groups else None
            if last is not None and line > last and all(self._blank[last + 1 : line]):
                groups[-1].append(line)
            else:
                groups.append([line])
        parts, starts, ranges, length = [], [], [], 0
        for group in groups:
            start, end = self._bounds[group[0]][0], self._bounds[group[-1]][1]
            starts.append(length)
            ranges.append(Span(start, end))
            parts.append(self._page[start:end])
            length += end - start + len(self._apart)
        return Layout(self._apart.join(parts), tuple(starts), tuple(ranges))

    def lines_of(self, span: Span) -> tuple[int, int]:
        """Return the first and last line of a range, counted from 1."""
        return bisect_right(self._starts, span.start), bisect_right(self._starts, max(span.start, span.end - 1))


_SPACED = 0.4
"""Share of blank lines from which a page has one behind every line."""
