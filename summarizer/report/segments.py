"""Cuts an article at every place where an item begins or ends, so that items may overlap in any way.

A sweep over sorted boundaries: n log n in the items, whatever they are. Nothing is lost: the segments of a range,
joined, are the range.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from summarizer.clean import clean_text
from summarizer.report.shown import Role, Segment
from summarizer.value import Span

DEPTH: Final = 32
"""Items told of one segment, the innermost. Real briefs nest three deep; one made to hurt (five thousand quotations,
each within the last) would otherwise make a page that grows with the square of it."""

_LINE: Final = re.compile(r"[^\n]+|\n")
_LINE_END: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")

_STEERING: Final = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
"""Control characters and marks that turn text round. No news has them by chance; zero-width blanks it often has."""


class Cover(NamedTuple):
    """A place of an item."""

    start: int
    end: int
    path: str
    rank: int
    """Of its grade; the worst is 0."""


class _Stretch(NamedTuple):
    start: int
    end: int
    role: Role


def segments_of(text: str, ranges: Sequence[Span], covers: Iterable[Cover]) -> tuple[Segment, ...]:
    """Return the ranges of `text` in their order, cut at all boundaries of `covers` and of the layout.

    Ranges that the text does not have, and those that repeat a part of an earlier one, are left out; without any the
    whole text is meant. Where more than DEPTH items cover one place, the innermost are told.
    """
    kept = _apart(ranges, len(text)) or [Span(0, len(text))]
    cuts, active = _sweep(covers)
    segments: list[Segment] = []
    for number, found in enumerate(kept):
        if number and segments and segments[-1].role != "paragraph":
            segments.append(Segment(text="", start=found.start, role="paragraph"))  # ranges are lines of their own
        for stretch in _layout(text, found):
            segments.extend(_cut(text, stretch, cuts, active))
    return tuple(segments)


def _apart(ranges: Iterable[Span], length: int) -> list[Span]:
    """Return the ranges within the text that share no character with an earlier one."""
    starts: list[Span] = []
    kept: list[Span] = []
    for start, end in ranges:
        found = Span(max(0, start), min(end, length))
        if found.start >= found.end:
            continue
        place = bisect_left(starts, found)
        before = place and starts[place - 1].end > found.start
        behind = place < len(starts) and starts[place].start < found.end
        if not (before or behind):
            starts.insert(place, found)
            kept.append(found)
    return kept


def _sweep(covers: Iterable[Cover]) -> tuple[list[int], list[tuple[str, ...]]]:
    """Return the boundaries in order, and for each the items that cover what follows it."""
    sound = sorted({cover for cover in covers if cover.start < cover.end})
    closing = sorted(sound, key=lambda cover: cover.end)
    cuts = sorted({place for cover in sound for place in (cover.start, cover.end)})
    open_now: list[tuple[int, int, str, int]] = []
    active: list[tuple[str, ...]] = []
    opened = closed = 0
    for cut in cuts:
        while closed < len(closing) and closing[closed].end <= cut:
            key = _key(closing[closed])
            del open_now[bisect_left(open_now, key)]
            closed += 1
        while opened < len(sound) and sound[opened].start <= cut:
            insort(open_now, _key(sound[opened]))
            opened += 1
        active.append(tuple(dict.fromkeys(path for _, _, path, _ in open_now[:DEPTH])))
    return cuts, active


def _key(cover: Cover) -> tuple[int, int, str, int]:
    """Return what sorts the covers of one place: the innermost first, of equals the worst."""
    return cover.end - cover.start, cover.rank, cover.path, cover.start


def _cut(text: str, stretch: _Stretch, cuts: Sequence[int], active: Sequence[tuple[str, ...]]) -> Iterator[Segment]:
    """Yield a stretch of one role, cut at the boundaries within it."""
    at = stretch.start
    place = bisect_right(cuts, at)
    while at < stretch.end:
        end = min(cuts[place], stretch.end) if place < len(cuts) else stretch.end
        paths = active[place - 1] if place else ()
        yield Segment(text=text[at:end], start=at, role=stretch.role, paths=paths)
        at = end
        place += 1


def _layout(text: str, span: Span) -> Iterator[_Stretch]:
    """Yield a range as stretches of one role each, without a gap; which characters a reader needs, cleaning says."""
    clean = clean_text(text[span.start : span.end])
    ends = [*(run.clean for run in clean.runs[1:]), len(clean.text)][: len(clean.runs)]
    at = span.start
    for run, end in zip(clean.runs, ends, strict=True):
        start = span.start + run.raw
        yield from _between(text, at, start)
        words = clean.text[run.clean : end]
        at = start
        for part in _LINE.findall(words):
            if part == "\n":
                yield _Stretch(at, at + 1, "paragraph")
            else:
                yield from _words(text, at, at + len(part))
            at += len(part)
    yield from _between(text, at, span.end)


def _between(text: str, start: int, end: int) -> Iterator[_Stretch]:
    """Yield characters that are not kept: layout, but those that steer what is seen are shown."""
    at = start
    for found in _STEERING.finditer(text, start, end):
        if found.start() > at:
            yield _Stretch(at, found.start(), "layout")
        yield _Stretch(*found.span(), "text")
        at = found.end()
    if at < end:
        yield _Stretch(at, end, "layout")


def _words(text: str, start: int, end: int) -> Iterator[_Stretch]:
    """Yield kept characters; a line end among them stands for a space."""
    at = start
    for found in _LINE_END.finditer(text, start, end):
        if found.start() > at:
            yield _Stretch(at, found.start(), "text")
        yield _Stretch(*found.span(), "blank")
        at = found.end()
    if at < end:
        yield _Stretch(at, end, "text")
