"""Cuts the words around a number to the room that is left for them: what a reader needs to see that it is right.

The number itself is never cut, nor is a Latin word or another number; cut ends are marked with an ellipsis.
"""

import re
from typing import Final, NamedTuple

from rich.cells import cell_len

from summarizer.terminal import pieces, printable, rows
from summarizer.value import Span

_DOTS: Final = "…"
_TOLD_BY: Final = 60
"""Characters before a number that tell it from the same number elsewhere in its sentence."""
_REACH: Final = 200
"""Characters on either side that are taken from a text without full stops; more than a row of any terminal has."""
_STOP: Final = re.compile(r"[。！？\f]|[.!?]\s")
"""Blank lines are no stop: in pages as they were extracted they stand between any two lines."""
_CLAUSE: Final = re.compile(r"[，。；：、！？]\s*|[,;:]\s+")
_PAUSES: Final = " ，；：、,;:"
_NUMERAL: Final = r"[\d零〇一二两兩三四五六七八九十百千万萬亿億.,$¥￥]"
_NUMERAL_LAST: Final = re.compile(rf"{_NUMERAL}+\s*\Z")
_LONGEST_NUMERAL: Final = 16
_GAP: Final = re.compile(r"\s+")
_LAST_LATIN: Final = "\u024f"
_BEFORE, _OF = 2, 3
"""Of the room, two parts in three go to what stands before a number: its label does."""


class Passage(NamedTuple):
    """Words in one line, and the place in them that they are shown for."""

    words: str
    start: int = 0
    end: int = 0
    """As `start` where no place is meant; the words are then shown from their head."""

    @property
    def number(self) -> str:
        """The words that are never cut."""
        return self.words[self.start : self.end]

    def bracketed(self) -> "Passage":
        """Return the passage with its place in brackets, for where there are no other means to mark it."""
        if self.start == self.end:
            return self
        words = f"{self.words[: self.start]}[{self.number}]{self.words[self.end :]}"
        return Passage(words, self.start, self.end + 2)


def in_line(words: str) -> str:
    """Return words on one line, and nothing in them that steers a terminal.

    A line end between two Chinese characters stands for nothing, elsewhere for a blank.
    """

    def bridge(gap: re.Match[str]) -> str:
        beside = words[max(0, gap.start() - 1) : gap.start()], words[gap.end() : gap.end() + 1]
        return "" if "\n" in gap[0] and min(beside) > _LAST_LATIN else " "

    return printable(_GAP.sub(bridge, words))


def passage_at(text: str, span: Span) -> Passage:
    """Return the sentence of a text as read that a span of it stands in."""
    floor, ceiling = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    head = _DOTS if floor else ""
    for stop in _STOP.finditer(text, floor, span.start):
        floor, head = stop.end(), ""
    end = _STOP.search(text, span.end, ceiling)
    tail = _DOTS if end is None and ceiling < len(text) else ""
    before = head + in_line(text[floor : span.start].lstrip())
    number = in_line(text[span.start : span.end])
    after = in_line(text[span.end : end.end() if end else ceiling].rstrip()) + tail
    return Passage(before + number + after, len(before), len(before) + len(number))


def find_span(sentence: str, text: str, span: Span) -> Passage | None:
    """Return a sentence with the place of what a span of the text as read holds; None where it holds no such words."""
    return find_passage(sentence, text[span.start : span.end], text[max(0, span.start - _TOLD_BY) : span.start])


def find_passage(sentence: str, printed: str, before: str = "") -> Passage | None:
    """Return a sentence with the place where a number is printed in it; None where it is not.

    White space does not count. Of several places that one is taken which stands behind the words that `before` ends in.
    """
    words = in_line(sentence)
    kept = [place for place, char in enumerate(words) if not char.isspace()]
    flat, wanted, lead = "".join(words.split()), "".join(in_line(printed).split()), "".join(before.split())
    if not wanted:
        return None
    found = [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", flat)]
    if not found:
        return None

    def likeness(at: int) -> tuple[bool, int]:
        """Whether the number is no part of a longer one, and how many characters before it are the same."""
        cut = (wanted[0].isdigit() and flat[:at][-1:].isdigit()) or (
            wanted[-1].isdigit() and flat[at + len(wanted) :][:1].isdigit()
        )
        same = 0
        while same < min(at, len(lead)) and flat[at - same - 1] == lead[-same - 1]:
            same += 1
        return not cut, same

    best = max(found, key=likeness)
    return Passage(words, kept[best], kept[best + len(wanted) - 1] + 1)


def fit(passage: Passage, width: int, height: int = 1) -> Passage:
    """Return a passage cut so that it takes no more than `height` rows, unless its number alone takes more."""
    room = width * height
    while True:
        shown = _cut(passage, room)
        if room <= width or sum(1 for _ in rows(shown.words, width)) <= height:
            return shown
        room -= 1


def _cut(passage: Passage, room: int) -> Passage:
    """Return as much around a passage's number as `room` columns hold."""
    words, start, end = passage
    if cell_len(words) <= room:
        return passage
    ends = (start > 0) + (end < len(words))
    spare = room - cell_len(passage.number) - ends * cell_len(_DOTS)
    behind = cell_len(words[end:])
    floor = _reach_back(words, start, max(spare * _BEFORE // _OF, spare - behind))
    ceiling = _reach_on(words, end, spare - cell_len(words[floor:start]), broken=start == end)
    floor = _reach_back(words, start, spare - cell_len(words[end:ceiling]))  # what was too little for a word behind it
    return _dotted(words, Span(floor, ceiling), Span(start, end), room)


def _reach_on(words: str, end: int, room: int, *, broken: bool) -> int:
    """Return how far behind `end` the words go that fit the room; where none does, a word may be `broken`."""
    ceiling = end
    for piece in pieces(words, end):
        if cell_len(words[end : piece.end()]) > room:
            break
        ceiling = piece.end()
    if ceiling < len(words) and not _CLAUSE.match(words, ceiling):
        ceiling = end + len(_NUMERAL_LAST.sub("", words[end:ceiling]))  # half a number is another number
    if broken and ceiling == end:
        fits = (place for place in range(end, len(words)) if cell_len(words[end : place + 1]) > room)
        ceiling = next(fits, len(words))
    return ceiling


def _reach_back(words: str, start: int, room: int) -> int:
    """Return how far before `start` the words go that fit the room, from the head of a clause where one is near.

    Where the words would begin within another number, they begin at the next clause, near or not.
    """
    floor = start
    for piece in reversed(list(pieces(words, 0, start))):
        if cell_len(words[piece.start() : start]) > room:
            break
        floor = piece.start()
    if floor:
        halved = _NUMERAL_LAST.search(words, max(0, floor - _LONGEST_NUMERAL), floor)
        clause = _CLAUSE.search(words, floor, start if halved else floor + (start - floor) // _OF)
        floor = clause.end() if clause else floor
    return floor


def _dotted(words: str, kept: Span, number: Span, room: int) -> Passage:
    """Return the words that are kept, an ellipsis at each end that was cut where there is room for it."""
    before = words[kept.start : number.start].lstrip() if kept.start else words[: number.start]
    after = words[number.end : kept.end].rstrip(_PAUSES) if kept.end < len(words) else words[number.end :]
    shown = words[number.start : number.end]
    used = cell_len(before + shown + after)
    if kept.end < len(words) and used + cell_len(_DOTS) <= room:
        after, used = after + _DOTS, used + cell_len(_DOTS)
    if kept.start and used + cell_len(_DOTS) <= room:
        before = _DOTS + before
    return Passage(before + shown + after, len(before), len(before) + len(shown))
