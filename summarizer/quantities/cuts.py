"""Digits that a line end or a stray blank of the extraction cuts: 2\\n89.6亿元, 19. 3%, 1 860亿元.

Here only what the pieces would make together; that they are one number, a unit behind them must prove.
"""

import re
from collections.abc import Iterator

from summarizer.quantities import grammar

_PIECE = re.compile(r"[\d.,]+")
_TOUCHES = re.compile(r"[一-鿿约$¥≈>＞<（(:+-]")
"""What may touch the first digit of a number that a line end or a blank cuts."""
_NOUN_BREAK = re.compile(r"[一-鿿][\n ]")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?!\d)")
_POINT_APART = re.compile(r"(?:\d{1,4}\. ?\d{1,2}\s?(?:[%‰]|个?百分点)|\d{2,4}\. ?\d{1,2}\s?[万亿])")
"""19. 3%, 12. 5亿元: what a blank behind the point cuts; 1. 5万亩 may be the first item of a list."""
_THOUSANDS_APART = re.compile(r"[1-9]\d{0,2}(?:, 000)+$")
"""28, 000: noughts count nothing, so the comma parts no two numbers."""
_ALONE = re.compile(r"(?:19|20)\d\d|0\d*")
"""Digits that are a number by themselves: 2023 35家."""


def numerals_of(text: str, cut: re.Match[str]) -> Iterator[tuple[int, str]]:
    """Yield what the pieces of a match of `grammar.CUT` may spell, with where it ends: most pieces first.

    A Chinese character must touch the first digit: a column of numbers, or numbers between blanks, are several.
    """
    pieces = list(_PIECE.finditer(text, cut.start(), cut.end()))
    if not _may_be_cut(text, cut.start(), pieces[0].group(), cut.group()):
        return
    for last in range(len(pieces) - 1, 0, -1):
        digits = "".join(piece.group() for piece in pieces[: last + 1]).rstrip(".,")
        if grammar.WHOLE.fullmatch(digits) is not None:
            yield pieces[last].end(), digits


def _may_be_cut(text: str, start: int, first: str, whole: str) -> bool:
    """Whether digits at `start` may be the head of a number that goes on behind a break."""
    if _ALONE.fullmatch(first):
        return False
    if not start or _TOUCHES.match(text[start - 1]) or _THOUSANDS_APART.match(whole):
        return True
    wraps = _NOUN_BREAK.match(text, start - 2) is not None
    if text[start - 1] == " ":
        return wraps and (_GROUPED.match(whole) is not None or _POINT_APART.match(text, start) is not None)
    return wraps and len(first) > 2 and first.endswith(".")
