"""Makes readable text of text as read, and keeps the way back for every character."""

import re
from collections.abc import Iterable, Iterator

from summarizer.article import CleanText, Run
from summarizer.byline import is_credit, opens_report
from summarizer.clean.doubled import undouble
from summarizer.clean.fold import DROPPED, fold
from summarizer.clean.wrap import PrintedLine, display_width, separators

_LINE = re.compile(r"[^\n]+")
_STRETCH = re.compile(r"[^ \0]+|[ \0]+")


def clean_text(text: str) -> CleanText:
    r"""Return `text` folded, unwrapped, with one '\n' between paragraphs and no blank lines.

    Each clean character is a folded character of `text`, or a space or '\n' that stands for white space there;
    `runs` gives its offset in `text`. Of glyphs printed twice the first stands. Linear in the length of `text`.
    """
    lines = list(_printed_lines(text, fold(text)))
    return _assemble(_stretches(lines))


def _printed_lines(text: str, folded: str) -> Iterator[PrintedLine]:
    line_end = -1  # of the last line that was not blank
    for match in _LINE.finditer(folded):
        bare = match[0].strip(" " + DROPPED)
        if not bare:
            continue
        start = match.start() + match[0].index(bare[0])
        margin = text[match.start() : start]
        pieces = _pieces(start, bare)
        line = "".join(piece for _, piece in pieces)
        kept = undouble(line)
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
            after_blank=line_end >= 0 and match.start() - line_end > 1,
            alone=kept is not None or is_credit(line),
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
