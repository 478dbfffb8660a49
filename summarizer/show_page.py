"""Shows how a page was split: coloured by article on a terminal, a line of JSON for each article in a pipe."""

import json
from bisect import bisect_right
from collections.abc import Sequence
from typing import IO, Final

from summarizer.article import Article, Document
from summarizer.clean import line_bounds
from summarizer.export import Format
from summarizer.split import Piece, Printed
from summarizer.terminal import columns, printable

_COLOURS: Final = ("cyan", "green", "yellow", "magenta", "blue", "red", "bright_cyan", "bright_green", "bright_magenta")
_GUTTER: Final = 4


def write_pieces(document: Document, pieces: Sequence[Piece], stream: IO[str], form: Format) -> None:
    """Write the pieces of a page: title, byline, kind, ranges `[start, end)` of the text as read, lines, confidence."""
    if form == "text":
        _write_page(document.text, pieces, stream)
        return
    printed = Printed(document.text)
    feeds = [place for place, char in enumerate(document.text) if char == "\f"]
    rows = [_row(piece, printed, feeds) for piece in pieces]
    _write_rows(rows, stream, form)


def write_article(article: Article, stream: IO[str], form: Format) -> None:
    """Write the one article of a document that is no page."""
    row: dict[str, object] = {
        "title": article.title,
        "byline": article.byline,
        "kind": "article",
        "ranges": [list(span) for span in article.ranges],
        "lines": [[1, len(line_bounds(article.document.text))]],
        "pages": list(range(1, article.document.text.count("\f") + 2)),
        "confidence": 1.0,
    }
    if form == "text":
        stream.write(f"one article: {printable(article.title or '(no title)')}\n")
    else:
        _write_rows([row], stream, form)


def _row(piece: Piece, printed: Printed, feeds: Sequence[int]) -> dict[str, object]:
    ranges = printed.lay_out(piece.lines).ranges
    return {
        "title": piece.title,
        "byline": piece.byline,
        "kind": piece.kind,
        "ranges": [list(span) for span in ranges],
        "lines": [list(printed.lines_of(span)) for span in ranges],
        "pages": sorted({bisect_right(feeds, span.start) + 1 for span in ranges}),
        "confidence": piece.confidence,
    }


def _write_rows(rows: Sequence[dict[str, object]], stream: IO[str], form: Format) -> None:
    if form == "json":
        stream.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write_page(text: str, pieces: Sequence[Piece], stream: IO[str]) -> None:
    """Write the legend, then the page line by line, each with the number of its article."""
    from rich.console import Console  # late: 100 ms that JSON output need not pay
    from rich.text import Text

    console = Console(file=stream, width=max(columns(), 20), highlight=False)
    owner = {line: place for place, piece in enumerate(pieces) for line in piece.lines}
    with console.capture() as captured:  # rich ends the whole process where its own write meets a closed pipe
        for place, piece in enumerate(pieces):
            told = " · ".join(part for part in (piece.title, piece.byline) if part) or f"({piece.kind})"
            head = f"{_number(place, piece):>3} {piece.kind}, {piece.confidence:.0%}: "
            console.print(Text(head + printable(told), style=_style(place, piece)))
        console.print()
        for line, (start, end) in enumerate(line_bounds(text)):
            words = text[start:end]
            if line in owner:
                place = owner[line]
                row = f"{_number(place, pieces[place]):>3} {printable(words.strip())}"
                console.print(Text(row, style=_style(place, pieces[place])))
    stream.write(captured.get())


def _number(place: int, piece: Piece) -> str:
    return "·" if piece.kind == "furniture" else str(place + 1)


def _style(place: int, piece: Piece) -> str:
    return "dim" if piece.kind == "furniture" else _COLOURS[place % len(_COLOURS)]
