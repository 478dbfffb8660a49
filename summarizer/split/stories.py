"""Cuts the prose of a page into stories: where one article's paragraphs end and the next one's begin.

Each gap between two paragraphs is evidence for or against an end (a byline between them, 本报讯, an open sentence), and
a story keeps to its park and its words. The best cut is found exactly, over all cuts, by dynamic programming; stories
are at most `_LONGEST` paragraphs, so a page of any length costs its length.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple

from summarizer.split.likeness import bigrams
from summarizer.split.units import Unit

_LONGEST: Final = 80
"""Paragraphs; the longest article of the pages seen has 34."""
_WINDOW: Final = 3
"""Paragraphs on either side of a gap whose words are compared."""
_NEW_STORY: Final = 1.0
"""What a further story costs: two of the weak signs are needed."""
_OPENS, _SIGNED, _TONGUE, _BYLINE, _FURNITURE = 6.0, 5.0, 5.0, 4.0, 2.0
_NAMED, _HEADLINE, _SUBHEAD, _ADJACENT, _OPEN = 3.0, 1.0, -0.5, -1.0, -9.0
"""Signs at a gap: 本报讯 behind it, an author's name before it, another language behind it, a byline or furniture in
it, a headline that names a park or is a shadow, a long or a second line, a short line alone in it, nothing in it, a
sentence that goes on behind it."""
_LIST_END: Final = -2.0
"""A paragraph without a full stop before a headline or byline: the last item of a list, or a sentence that they cut."""
_ROW: Final = re.compile(r"第?\d{1,2}[名位、.．]")
"""A row of a ranking: 第1名 锦川高新区 28.4万元/亩."""
_SAME_PARK: Final = -2.5
"""The same park is named on both sides of a gap."""
_FOREIGN: Final = 2.5
"""What a paragraph costs that names other parks than its story's, and not that one."""
_COHESION: Final = 8.0
_USUAL: Final = 0.035
"""Likeness of the words on both sides of a gap inside an article; below it the gap may be an end."""
_SUBHEAD_CHARS: Final = 18

PICTURED: Final = 0.7
"""Confidence of a picture story, whose ends nothing shows."""


class Story(NamedTuple):
    """Paragraphs of one article, in the order of the page."""

    units: tuple[int, ...]
    """Places of its prose in the page's units."""
    park: str | None
    """The park that most of its paragraphs name."""
    confidence: float
    """From 0 to 1: how clearly its two ends are ends."""
    picture: bool = False
    """True for a picture story: a caption that tells it all."""


def find_stories(units: Sequence[Unit]) -> list[Story]:
    """Return the stories of a page; every prose unit is in exactly one."""
    prose = [place for place, unit in enumerate(units) if unit.kind == "prose"]
    if not prose:
        return []
    gaps = [_gap(units, one, other) for one, other in pairwise(prose)]
    alike = _likenesses(units, prose)
    gaps = [sign + _COHESION * (_USUAL - likeness) for sign, likeness in zip(gaps, alike, strict=True)]
    cuts = _best_cuts([units[place] for place in prose], gaps)
    stories = []
    for start, end in zip([0, *cuts], [*cuts, len(prose)], strict=True):
        park = _main_park([units[place] for place in prose[start:end]])
        edges = [gaps[at - 1] for at in (start, end) if 0 < at < len(prose)]
        inside = gaps[start : end - 1]
        sure = min([1.0, *(0.5 + edge / 10 for edge in edges), *(0.9 - gap / 8 for gap in inside)])
        stories.append(Story(tuple(prose[start:end]), park, round(max(0.05, sure), 2)))
    return stories


def _gap(units: Sequence[Unit], one: int, other: int) -> float:
    """Return the sign that the units between two paragraphs, and their own ends, give for an end of a story."""
    between = units[one + 1 : other]
    before, behind = units[one], units[other]
    sign = _ADJACENT if not between else 0.0
    if before.is_open and not behind.opens:
        if all(unit.kind in ("caption", "furniture") for unit in between):
            return _OPEN
        sign += _LIST_END
    if behind.opens:
        sign += _OPENS
    if before.is_signed:
        sign += _SIGNED
    if before.is_latin != behind.is_latin:
        sign += _TONGUE
    if any(unit.kind == "byline" for unit in between):
        sign += _BYLINE
    if _parks_near(units, one, -1) & _parks_near(units, other, 1):
        sign += _SAME_PARK
    if any(unit.kind == "furniture" for unit in between):
        sign += _FURNITURE
    headings = [unit for unit in between if unit.kind == "heading" and not _ROW.match(unit.text)]
    if headings:
        named = any(unit.doubled or unit.parks for unit in headings)
        long = any(len(unit.text) > _SUBHEAD_CHARS for unit in headings)
        several = len(headings) > 1
        sign += _NAMED * named + _HEADLINE * long + _HEADLINE * several if named or long or several else _SUBHEAD
    return sign


def _parks_near(units: Sequence[Unit], at: int, step: int) -> frozenset[str]:
    """Return the parks that the nearest paragraph names that names any, of three in one direction."""
    looked = 0
    while 0 <= at < len(units) and looked < _WINDOW:
        if units[at].kind == "prose":
            if units[at].parks:
                return units[at].parks
            looked += 1
        at += step
    return frozenset()


def _likenesses(units: Sequence[Unit], prose: Sequence[int]) -> Iterator[float]:
    """Yield for each gap the share of bigrams that the paragraphs before and behind it have in common.

    Only the bigrams of a window are held: those of a whole newspaper would take fifty times its text.
    """
    window: deque[frozenset[str]] = deque(maxlen=2 * _WINDOW)
    ahead = (bigrams(units[place].text) for place in prose)
    window.extend(islice(ahead, _WINDOW))
    at = 0  # of the first paragraph behind the gap, in the window
    for _ in range(len(prose) - 1):
        following = next(ahead, None)
        at += 1
        if following is not None:
            at -= len(window) == window.maxlen
            window.append(following)
        elif at > _WINDOW:
            window.popleft()
            at -= 1
        yield _likeness(list(window)[:at], list(window)[at:])


def _likeness(before: Sequence[frozenset[str]], behind: Sequence[frozenset[str]]) -> float:
    left, right = frozenset[str]().union(*before), frozenset[str]().union(*behind)
    smaller = min(len(left), len(right))
    return len(left & right) / (2 * smaller) if smaller else 0.0


def _main_park(units: Sequence[Unit]) -> str | None:
    named = Counter(park for unit in units for park in sorted(unit.parks))
    return named.most_common(1)[0][0] if named else None


def _best_cuts(prose: Sequence[Unit], gaps: Sequence[float]) -> list[int]:
    """Return where stories begin, the first one apart."""
    best = [0.0] + [float("-inf")] * len(prose)
    origin = [0] * (len(prose) + 1)
    for end in range(1, len(prose) + 1):
        counts: dict[str, int] = {}
        naming = most = 0
        for start in range(end - 1, max(-1, end - 1 - _LONGEST), -1):
            for park in prose[start].parks:
                counts[park] = counts.get(park, 0) + 1
                most = max(most, counts[park])
            naming += bool(prose[start].parks)
            foreign = naming - most  # paragraphs that name parks, and not the one that most of them name
            edge = gaps[start - 1] if start else 0.0
            score = best[start] + edge - _NEW_STORY - _FOREIGN * foreign
            if score > best[end]:
                best[end], origin[end] = score, start
    cuts, at = [], len(prose)
    while at > 0:
        at = origin[at]
        cuts.append(at)
    return sorted(cuts)[1:]
