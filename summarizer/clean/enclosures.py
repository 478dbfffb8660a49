"""Finds quotations and brackets, inside which no sentence ends."""

import re
from typing import NamedTuple

_PAIRED = {"“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "【": "】", "[": "]"}
_OPENERS = {closer: opener for opener, closer in _PAIRED.items()}
_QUOTES = '“‘「『"'
_MARK = re.compile("[" + re.escape("".join(_PAIRED) + "".join(_OPENERS) + '"') + "]")

MAX_CHARS = 600
"""A longer quotation or bracket counts as never closed; so a mark that was lost costs one page of text at most."""

_MAX_DEPTH = 12
"""Open marks that are looked through for a partner: keeps hostile text linear, and prose nests four deep."""


class Enclosure(NamedTuple):
    """A quotation or bracket with both its marks; offsets in the paragraph."""

    start: int
    end: int
    """Offset behind the closing mark."""
    quotation: bool


def enclosures(paragraph: str) -> list[Enclosure]:
    """Return the outermost quotations and brackets of a paragraph, in order; marks without a partner are ignored."""
    found: list[Enclosure] = []
    opened: list[tuple[str, int]] = []
    for match in _MARK.finditer(paragraph):
        mark, place = match[0], match.start()
        opener = '"' if mark == '"' else _OPENERS.get(mark)
        depth = _partner(opened, opener, place) if opener is not None else None
        if depth is not None:
            start = opened[depth][1]
            del opened[depth:]
            while found and found[-1].start > start:  # it lies inside
                found.pop()
            found.append(Enclosure(start, place + 1, mark in '”’」』"'))
        elif mark in _QUOTES or mark in _PAIRED:
            opened = [*opened[1 - _MAX_DEPTH :], (mark, place)]
    return found


def _partner(opened: list[tuple[str, int]], opener: str | None, place: int) -> int | None:
    """Return the index in `opened` of the nearest mark that the closing mark at `place` closes."""
    for depth in range(len(opened) - 1, -1, -1):
        mark, start = opened[depth]
        if place - start >= MAX_CHARS:
            return None
        if mark == opener:
            return depth
    return None
