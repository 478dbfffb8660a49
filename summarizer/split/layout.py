"""Puts the lines of one piece together as a text of its own, and keeps the way back to the page as read."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from summarizer.article import CleanText, Run
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


def lay_out(page: str, lines: Sequence[int]) -> Layout:
    """Return the layout of the lines with these numbers (from 0) of a page, in the order given.

    Lines that follow each other, blank ones between them apart, make one range; ranges are parted as the page parts its
    lines, so that a sentence that a caption cut in two is whole again.
    """
    bounds = _bounds(page)
    spaced = sum(not page[start:end].strip() for start, end in bounds) > _SPACED * len(bounds)
    groups: list[list[int]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        if last is not None and line > last and not any(page[s:e].strip() for s, e in bounds[last + 1 : line]):
            groups[-1].append(line)
        else:
            groups.append([line])
    text, starts, ranges = "", [], []
    for group in groups:
        if text:
            text += "\n\n" if spaced else "\n"
        starts.append(len(text))
        start, end = bounds[group[0]][0], bounds[group[-1]][1]
        text += page[start:end]
        ranges.append(Span(start, end))
    return Layout(text, tuple(starts), tuple(ranges))


_SPACED = 0.4
"""Share of blank lines from which a page has one behind every line."""


def _bounds(page: str) -> list[tuple[int, int]]:
    """Return where each line begins and ends, its line end left out; lines end as `clean` ends them."""
    bounds, start = [], 0
    for line in page.split("\n"):
        bounds.append((start, start + len(line)))
        start += len(line) + 1
    return bounds
