"""What a text must pass before it meets a terminal: nothing in it steers, and its lines break where Chinese may break.

rich breaks lines at blanks alone, and counts on text that was made for a terminal; news was not.
"""

import re
import sys
from collections.abc import Iterator
from typing import Final

_CLINGS: Final = r"，。、；：！？”’）》」』…\]\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f"
"""What never begins a line: closing punctuation, accents and what selects the form of a character."""
_PIECE: Final = re.compile(rf"[“‘（《「『]*(?:[!-~]+|[^\s!-~])[{_CLINGS}]*|\s+")
"""What a line is broken between: a Latin word or a Chinese character, with the punctuation that clings to it."""
_PIPE_COLUMNS: Final = 100
"""A pipe has no width; a common one for reading."""


def columns() -> int:
    """Return the width of the terminal, or a common one where there is none."""
    import shutil  # late, with its archive formats: JSON output need not pay for them

    return shutil.get_terminal_size((_PIPE_COLUMNS, 24)).columns


def printable(words: str) -> str:
    """Put a blank for what steers a terminal: escape codes, line breaks, marks that reverse text. As long as before."""
    if words.isprintable():
        return words
    return "".join(char if char.isprintable() else " " for char in words)


def pieces(words: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
    """Return the words and characters that a line may be broken between, blanks among them."""
    return _PIECE.finditer(words, start, end)


def rows(words: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield where each row of printable words begins and ends; a word that is wider than a row is broken."""
    from rich.cells import cell_len

    start = used = 0
    for piece in pieces(words):
        size = cell_len(piece[0])
        if used and used + size > width:
            yield start, piece.start()
            start, used = piece.start(), 0
            if piece[0].isspace():
                start = piece.end()
                continue
        if size <= width or piece[0].isspace():
            used += size
            continue
        for place, char in enumerate(piece[0], piece.start()):
            size = cell_len(char)
            if used and used + size > width:
                yield start, place
                start, used = place, 0
            used += size
    yield start, len(words)
