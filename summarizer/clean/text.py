"""Makes readable text of text as read, and keeps the way back for every character."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from summarizer.article import CleanText, Run
from summarizer.byline import is_credit, is_imprint, opens_report
from summarizer.clean.doubled import undouble
from summarizer.clean.fold import DROPPED, fold
from summarizer.clean.wrap import PrintedLine, display_width, separators

_LINE = re.compile(r"[^\n]+")
_BLANK = " " + DROPPED
_STRETCH = re.compile(r"[^ \0]+|[ \0]+")


def clean_text(text: str) -> CleanText:
    r"""Return `text` folded, unwrapped, with one '\n' between paragraphs and no blank lines.

    Each clean character is a folded character of `text`, or a space or '\n' that stands for white space there;
    `runs` gives its offset in `text`. Of glyphs printed twice the first stands. Linear in the length of `text`.
    """
    lines = list(_printed_lines(text, fold(text)))
    return _assemble(_stretches(lines))


class Paragraph(NamedTuple):
    """Printed lines that belong together."""

    text: str
    """Folded, on one line."""
    lines: tuple[int, ...]
    """Their numbers in the text as read, from 0, blank lines counted."""
    doubled: bool
    """True where glyphs stand printed twice."""
    width: int
    """Of its widest line, in half characters."""


def paragraphs_of(text: str) -> list[Paragraph]:
    """Return the paragraphs of `text` with the lines on which they are printed; every line not blank is in one."""
    lines = list(_printed_lines(text, fold(text)))
    numbers = _numbers(text, lines)
    found: list[Paragraph] = []
    current, at = "", list[int]()
    doubled, width = False, 0
    for line, number, separator in zip(lines, numbers, [*separators(lines), "\n"], strict=False):
        current += line.text + separator
        at.append(number)
        doubled = doubled or line.doubled
        width = max(width, line.width)
        if separator == "\n":
            found.append(Paragraph(current.rstrip("\n"), tuple(at), doubled, width))
            current, at, doubled, width = "", [], False, 0
    return found


def line_bounds(text: str) -> list[tuple[int, int]]:
    """Return where each line of `text` begins and ends, its line end left out; a form feed ends a line too."""
    bounds, start = [], 0
    for line in text.splitlines(keepends=True):
        bounds.append((start, start + len(line.rstrip(_LINE_ENDS))))
        start += len(line)
    return bounds


_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def _numbers(text: str, lines: list[PrintedLine]) -> list[int]:
    """Return the number of the line on which each printed line stands."""
    starts = [start for start, _ in line_bounds(text)]
    return [bisect_right(starts, line.pieces[0][0]) - 1 for line in lines]


def _printed_lines(text: str, folded: str) -> Iterator[PrintedLine]:
    line_end = -1  # of the last line that was not blank
    shadow = False
    for match in _LINE.finditer(folded):
        printed = match[0]
        bare = printed.strip(_BLANK)
        if not bare:
            continue
        line_start = match.start()
        start = line_start + printed.index(bare[0])
        margin = text[line_start:start]
        pieces = _pieces(start, bare)
        line = bare if len(pieces) == 1 else "".join(piece for _, piece in pieces)
        kept = undouble(line, beside_shadow=shadow)
        shadow = kept is not None
        if kept is not None:
            places = [raw + step for raw, piece in pieces for step in range(len(piece))]
            pieces = tuple((places[index], line[index]) for index in kept)
            line = "".join(piece for _, piece in pieces)
        yield PrintedLine(
            pieces=pieces,
            text=line,
            end=match.end(),
            width=display_width(line),
            indented=len(margin) >= 2 or margin in ("\u3000", "\t"),
            after_blank=line_end >= 0 and line_start - line_end > 1,
            alone=kept is not None or is_credit(line) or is_imprint(line),
            doubled=kept is not None,
            opens=opens_report(line),
        )
        line_end = match.end()


def _pieces(start: int, bare: str) -> tuple[tuple[int, str], ...]:
    """Cut out what is dropped and make each gap one space; offsets count from the head of the text."""
    if DROPPED not in bare and "  " not in bare:
        return ((start, bare),)
    pieces: list[tuple[int, str]] = []
    for match in _STRETCH.finditer(bare):
        stretch = match[0]
        if stretch[0] not in (" ", DROPPED):
            pieces.append((start + match.start(), stretch))
        elif " " in stretch:
            pieces.append((start + match.start() + stretch.index(" "), " "))
    return tuple(pieces)


def _stretches(lines: list[PrintedLine]) -> Iterator[tuple[int, str]]:
    between = [*separators(lines), ""]
    for line, separator in zip(lines, between, strict=False):  # no lines, and still one end
        yield from line.pieces
        if separator:
            yield line.end, separator


def _assemble(stretches: Iterable[tuple[int, str]]) -> CleanText:
    parts: list[str] = []
    runs: list[Run] = []
    clean = 0
    expected = -1  # raw offset behind the last character
    for raw, stretch in stretches:
        if raw != expected:
            runs.append(Run(clean=clean, raw=raw))
        parts.append(stretch)
        clean += len(stretch)
        expected = raw + len(stretch)
    return CleanText(text="".join(parts), runs=tuple(runs))
