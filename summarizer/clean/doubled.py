"""Undoes shadow headlines, whose glyphs a PDF holds twice.

Two layers of one headline come out either glyph by glyph (科科技技) or fragment by fragment (科技兴园科技兴园), often
mixed within a line, and every number in them would be read as another one.
"""

import re

_MAX_CHARS = 200  # no headline is longer; also bounds the work on hostile lines
_MIN_PAIRS = 3
_SURE_FRAGMENT = 4
"""Glyphs of a fragment that no plain words repeat at once (研究研究 does with two); shorter ones (招商招商) are taken
where the line shows a sure one, or a punctuation mark printed twice."""
_MIN_WORDS = 7
"""Pairs that a line needs which shows no other sign of a shadow: 高高兴兴快快乐乐 and 爷爷奶奶爸爸 are plain words."""

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def undouble(line: str, *, beside_shadow: bool = False) -> list[int] | None:
    """Return the places in `line` of the glyphs to keep, spaces included; None where the line is not doubled.

    Doubled means: spaces apart, the whole line falls into glyphs and fragments printed twice in a row, and shows
    that by more than reduplicated words. Beside a line that is doubled (`beside_shadow`) it need not show more:
    业园业园 is the rest of a headline.
    """
    if len(line) > _MAX_CHARS or "。" in line:  # a sentence said twice is no headline
        return None
    first = line.lstrip(" ")[:1]
    if not first or line.count(first) < 2:  # most lines: the first glyph does not even stand there again
        return None
    places = [place for place, char in enumerate(line) if char != " "]
    glyphs = "".join(line[place] for place in places)
    if len(glyphs) < (2 if beside_shadow else 2 * _MIN_PAIRS) or len(glyphs) % 2:
        return None
    kept = _first_prints(glyphs, beside_shadow=beside_shadow)
    if kept is None:
        return None
    wanted = {places[index] for index in kept}
    return [place for place, char in enumerate(line) if char == " " or place in wanted]


def _first_prints(glyphs: str, *, beside_shadow: bool) -> list[int] | None:
    kept: list[int] = []
    sure = False
    only_single = True
    start = 0
    while start < len(glyphs):
        length = _repeat(glyphs, start)
        if length == 0:
            return None
        sure = sure or length >= _SURE_FRAGMENT or _CHINESE.match(glyphs[start]) is None
        only_single = only_single and length == 1
        kept.extend(range(start, start + length))
        start += 2 * length
    if beside_shadow:
        return kept if _CHINESE.search(glyphs) else None
    chinese = {glyphs[index] for index in kept if _CHINESE.match(glyphs[index])}
    # A rule of dashes or a number such as 112200 is made of pairs too.
    if len(chinese) < _MIN_PAIRS or not (sure or (only_single and len(kept) >= _MIN_WORDS)):
        return None
    return kept


def _repeat(glyphs: str, start: int) -> int:
    """Return the length of the shortest fragment at `start` that follows itself at once; 0 where there is none."""
    again = glyphs.find(glyphs[start], start + 1)
    while again >= 0:
        length = again - start
        if glyphs[start:again] == glyphs[again : again + length]:
            return length
        again = glyphs.find(glyphs[start], again + 1)
    return 0
