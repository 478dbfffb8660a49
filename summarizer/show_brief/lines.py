"""Lines for a terminal: words in styles, folded to a width, set side by side; written plain where there are no styles.

rich's own tables and paragraphs break lines at blanks alone, or anywhere; Chinese needs the rules of `terminal.rows`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from summarizer.show_brief.excerpts import Passage
from summarizer.terminal import columns, rows

GAP: Final = 2
"""Blanks between columns."""
INDENT: Final = 3
"""Of what stands under a line that begins with a mark."""
LEAST_COLUMNS: Final = 20
"""A narrower terminal breaks lines itself."""


class Paper:
    """What is written on: how wide it is, and whether it takes styles."""

    def __init__(self, stream: IO[str]) -> None:
        self.width = max(columns(), LEAST_COLUMNS)
        self._stream = stream
        self._console = Console(file=stream, width=self.width, highlight=False)
        # Windows' old console has colours, but no escape codes.
        self.styled = self._console.color_system not in (None, "windows")

    def write(self, lines: Iterable[Text]) -> None:
        """Write lines, in styles where the stream is a terminal that has them (or the user forces them)."""
        if not self.styled:
            self._stream.writelines(f"{line.plain}\n" for line in lines)
            return
        with self._console.capture() as captured:  # rich ends the whole process where its own write meets a closed pipe
            for line in lines:
                self._console.print(line, soft_wrap=True)
        self._stream.write(captured.get())


def folded(text: Text, width: int) -> list[Text]:
    """Return the rows of a text, broken where Chinese may be broken, without the blanks at their ends."""
    if cell_len(text.plain) <= width:
        return [text]
    bounds = list(rows(text.plain, width))
    # All at once, for rich copies the whole text for each slice; between two rows is what was skipped, if only nothing.
    parts = text.divide([bound for row in bounds for bound in row])[1::2]
    for part in parts:
        part.rstrip()
    return list(parts)


def paragraph(text: Text, width: int, indent: int = 0, mark: Text | None = None) -> Iterator[Text]:
    """Yield the rows of a text under an indent; a mark stands before the first."""
    for place, row in enumerate(folded(text, max(1, width - indent))):
        head = mark if mark is not None and not place else Text()
        yield side_by_side([(head, indent), (row, 0)], gap=0)


def side_by_side(cells: Sequence[tuple[Text, int]], gap: int = GAP) -> Text:
    """Return one line of cells, each padded to its width but for the last; nothing at its end is blank."""
    line = Text()
    for place, (cell, width) in enumerate(cells):
        line.append_text(cell)
        if place < len(cells) - 1:
            line.append(" " * (max(0, width - cell_len(cell.plain)) + gap))
    line.rstrip()
    return line


def shown(passage: Passage, around: str, number: str) -> Text:
    """Return a passage with the words around its number in one style and the number in another."""
    words, start, end = passage
    return Text.assemble((words[:start], around), (words[start:end], number), (words[end:], around))
