"""What a text must pass before it meets a terminal: nothing in it steers, and its lines break where Chinese may break.

rich breaks lines at blanks alone, and counts on text that was made for a terminal; news was not.
"""

import re
from collections.abc import Iterator
from typing import Final

_PIECE: Final = re.compile(r"[“‘（《「『]*(?:[!-~]+|[^\s!-~])[，。、；：！？”’）》」』…\]]*|\s+")
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


def rows(words: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield where each row of printable words begins and ends; what is wider than a row stands on one of its own."""
    from rich.cells import cell_len

    start = used = 0
    for piece in _PIECE.finditer(words):
        size = cell_len(piece[0])
        if used and used + size > width:
            yield start, piece.start()
            start, used = piece.start(), 0
            if piece[0].isspace():
                start = piece.end()
                continue
        used += size
    yield start, len(words)
