"""The scanner: one pass over a text, every number found, read and given its kind.

grammar.py finds, readings.py reads, judge.py and kinds.py judge; this module only puts their answers together. Pure and
linear: each step consumes what it matched, and looks back or ahead over a bounded number of characters.
"""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from summarizer.quantities import cuts, english, english_words, grammar
from summarizer.quantities.dates import date_at
from summarizer.quantities.doubts import doubt_of_span
from summarizer.quantities.folding import NARROW, fold_text
from summarizer.quantities.judge import judge, qualifier_of, share
from summarizer.quantities.plain import read_plain
from summarizer.quantities.quantity import Quantity
from summarizer.quantities.ranges import join_range
from summarizer.quantities.readings import Reading, behind_run, read_arabic, read_chinese
from summarizer.quantities.yuan import in_currency
from summarizer.value import Kind

_Reader = Callable[[str, int, int], Quantity | None]
_NUMBER_ENDS = frozenset("0123456789万亿")
_LATIN = re.compile(r"[A-Za-z]")
_LIST_MARKS = frozenset({"、", "和", "及", "与", "或"})
_AROUND = 100
"""Characters around a cut number that decide what it is."""
_SHORT_CHARS = 200
"""Texts up to this length (labels, claims) are searched for number words even where they are one word."""
_DATES_BEFORE = frozenset("前首近去的来后上下")
"""What before a numeral, like white space, can make a date of it."""
_ENGLISH_TEXT = re.compile(r"[a-z] [a-z]")


def scan(text: str, *, yuan: str | None = None) -> list[Quantity]:
    """Return every number of `text` in order, dates, names and idioms with their kinds among them.

    Offsets are `[start, end)` in characters of `text`, raw (hard-wrapped, full width) or clean. Pure; never
    raises; linear in the length of the text. `yuan` is the currency of a bare 元; by default the text itself says
    (`yuan_of`).
    """
    folded = fold_text(grammar.WIDE_SEPARATOR.sub(",", text) if grammar.WIDE_DIGIT.search(text) else text)
    found = _find(folded)
    titles = [match.span() for match in grammar.TITLE.finditer(folded)]
    found = in_currency(found, text, yuan)
    found = _name_inside(_share_units(folded, found), titles)
    return [one if text[one.start : one.end] == one.text else _as_printed(one, text) for one in found]


def _share_units(folded: str, found: list[Quantity]) -> list[Quantity]:
    """Give the numbers of a list the unit that only its last one prints: 分别增长8.1、9.2和10.3个百分点."""
    shared = found
    for place in range(len(found) - 2, -1, -1):
        one, following = shared[place], shared[place + 1]
        if one.unit is not None or one.value is None or not following.is_fact or following.unit is None:
            continue
        if (
            folded[one.end : following.start] in _LIST_MARKS
            and one.kind in ("count", "name")
            and one.text[-1] in _NUMBER_ENDS
            and not _LATIN.match(folded[one.start - 1 : one.start])  # M9、3家
        ):
            if shared is found:
                shared = list(found)
            shared[place] = one._replace(unit=following.unit, kind=following.kind)
    return shared


def _find(folded: str) -> list[Quantity]:
    """Return the numbers of folded text in order, number words of English among them."""
    found: list[Quantity] = []
    words = deque(_english_words(folded))
    search = grammar.START.search
    floor = place = 0
    while (match := search(folded, place)) is not None:  # not finditer: most starts stand inside a number just read
        start = match.start()
        while words and words[0].start() < start:
            floor = _take(_read_word(folded, words.popleft(), floor), found, floor)
        if start < floor:
            place = floor
            continue
        quantity = _read(folded, start, floor)
        if quantity is None:
            place = behind_run(folded, start)
        else:
            found.append(quantity)
            floor = quantity.end
            place = max(floor, start + 1)
    for word in words:
        floor = _take(_read_word(folded, word, floor), found, floor)
    return found


def _take(quantity: Quantity | None, found: list[Quantity], floor: int) -> int:
    """Keep the quantity, if there is one, and return where the next may begin."""
    if quantity is None:
        return floor
    found.append(quantity)
    return quantity.end


def _read_word(folded: str, word: re.Match[str], floor: int) -> Quantity | None:
    if word.start() < floor:
        return None
    quantity = english_words.read_word_number(folded, word)
    if quantity is None:
        return None
    if quantity.qualifier == "range":
        return quantity
    after = english.bound_behind(folded, quantity.end)
    doubt = doubt_of_span(folded, quantity.start) if quantity.kind == "duration" else None
    return quantity._replace(qualifier=qualifier_of(folded, quantity.start, floor, after), doubt=doubt)


def _name_inside(found: list[Quantity], titles: list[tuple[int, int]]) -> list[Quantity]:
    """Make names of the facts that stand inside the title of a document; both lists are in order."""
    if not titles:
        return found
    starts = [start for start, _ in titles]
    marked = []
    for quantity in found:
        place = bisect_right(starts, quantity.start) - 1
        inside = place >= 0 and quantity.start < titles[place][1]
        marked.append(quantity._replace(kind="name") if inside and quantity.is_fact else quantity)
    return marked


def _english_words(folded: str) -> list[re.Match[str]]:
    """Return the number words of English text; a Chinese text has too few Latin words to pay for the search."""
    if len(folded) > _SHORT_CHARS and _ENGLISH_TEXT.search(folded) is None:
        return []
    return english_words.number_words(folded)


def _as_printed(quantity: Quantity, text: str) -> Quantity:
    """Put the words of the text as given in the place of the folded ones."""
    printed, unit = text[quantity.start : quantity.end], quantity.unit
    if unit is not None and not unit.isascii():
        squeezed = "".join(printed.split())
        unit = squeezed[-len(unit) :] if len(squeezed) >= len(unit) and NARROW.apply(squeezed).endswith(unit) else unit
    return quantity._replace(text=printed, unit=unit)


def _read(text: str, start: int, floor: int) -> Quantity | None:
    """Read the number that begins at `start`, whole where a line end cuts it; nothing before `floor` counts."""
    plain = grammar.PLAIN.match(text, start)
    if plain is not None:
        return _read_digits(text, start, floor, plain)
    if text[start].isascii():
        cut = grammar.CUT.match(text, start)
        whole = None if cut is None else _read_cut(text, cut, floor)
    else:
        cut = grammar.CUT_RUN.match(text, start) if "\n" in text[start + 1 : start + 13] else None
        whole = None if cut is None else _joined(text, start, cut.end(), cut.group().replace("\n", ""), floor)
    return whole or _read_whole(text, start, floor)


def _read_digits(text: str, start: int, floor: int, plain: re.Match[str]) -> Quantity | None:
    """Read Western digits that are whole and can be no identifier or name; a date only where PLAIN says so."""
    left = text[start - 1 : start]
    if plain.lastindex is not None or left in _DATES_BEFORE or left.isspace():
        found = _date(text, start, floor) or (_fraction(text, start, floor) if text[plain.end()] == "分" else None)
        if found is not None:
            return found
    return read_plain(text, start, floor) or _weigh(text, start, floor, read_arabic(text, start))


def _read_cut(text: str, cut: re.Match[str], floor: int) -> Quantity | None:
    """Read digits that a line end or a blank cuts as one number, where they make one and a unit stands behind it."""
    for end, digits in cuts.numerals_of(text, cut):
        found = _joined(text, cut.start(), end, digits, floor)
        if found is not None:
            return found
    return None


def _joined(text: str, start: int, end: int, numeral: str, floor: int) -> Quantity | None:
    """Read `text` as if `numeral` stood in `[start, end)`; None unless a unit or the rest of a date follows."""
    left = max(floor, start - _AROUND)
    window = text[left:start] + numeral + text[end : end + _AROUND]
    found = _read_whole(window, start - left, 0)
    behind = start - left + len(numeral)
    if found is None or found.end <= behind or (found.unit is None and found.kind not in ("date", "count")):
        return None
    return found._replace(start=found.start + left, end=found.end - behind + end)


def _read_whole(text: str, start: int, floor: int) -> Quantity | None:
    western = text[start].isascii()
    if not western and grammar.IN_WORD.match(text, start):
        return _idiom(text, start, floor)
    for read in _WESTERN if western else _readers(text, start):
        quantity = read(text, start, floor)
        if quantity is not None:
            return quantity
    found = read_plain(text, start, floor)
    return found or _weigh(text, start, floor, (read_arabic if western else read_chinese)(text, start))


def _weigh(text: str, start: int, floor: int, reading: Reading | None) -> Quantity | None:
    """Return what a reading is with the range that it may begin and the words around it."""
    if reading is None:
        return None
    reading = join_range(text, start, reading)
    if reading.unit is None and not text[start].isascii() and reading.end - start < 2:  # a lone 三 before a dash
        return None
    return judge(text, start, floor, reading)


def _readers(text: str, start: int) -> tuple[_Reader, ...]:
    """Return what is asked before a Chinese numeral is taken for a quantity; dates only where one is possible."""
    left = text[start - 1 : start]
    plain = left not in _DATES_BEFORE and not left.isspace() and grammar.PLAIN_RUN.match(text, start)
    return _IDIOM if plain else _CHINESE


def _plain(text: str, start: int, end: int, kind: Kind) -> Quantity:
    return Quantity(start, end, text[start:end], None, None, None, None, "exact", kind)


def _date(text: str, start: int, floor: int) -> Quantity | None:
    place = date_at(text, start, floor)
    return None if place is None else _plain(text, *place, "date")


def _idiom(text: str, start: int, floor: int) -> Quantity | None:
    match = grammar.SLOGAN.match(text, start)
    return None if match is None else _plain(text, start, match.end(), "idiom")


def _name(text: str, start: int, floor: int) -> Quantity | None:
    match = grammar.PLUS_NAME.match(text, start)
    return None if match is None else _plain(text, start, match.end(), "name")


def _identifier(text: str, start: int, floor: int) -> Quantity | None:
    match = grammar.IDENTIFIER.match(text, start)
    return None if match is None else _plain(text, start, match.end(), "identifier")


def _fraction(text: str, start: int, floor: int) -> Quantity | None:
    if text[start] == "翻":
        doubled = grammar.DOUBLED.match(text, start)
        if doubled is None:
            return None
        qualifier = qualifier_of(text, start, floor, None)
        return Quantity(start, doubled.end(), doubled.group(), Decimal(1), None, None, "番", qualifier, "ratio")
    half = grammar.HALF.match(text, start) if text[start] in "一半" else None
    if half is not None:
        after = grammar.AFTER.match(text, half.end())
        qualifier = qualifier_of(text, start, floor, after.group() if after else None)
        return Quantity(start, half.end(), half.group(), Decimal("0.5"), None, None, None, qualifier, "ratio")
    match = grammar.SLASHED.match(text, start) if text[start].isascii() else None
    match = match or grammar.FRACTION.match(text, start)
    if match is None or text[max(floor, start - 1) : start] == "/":
        return None
    return share(text, start, floor, match)


_WESTERN: Final[tuple[_Reader, ...]] = (_identifier, _date, _fraction, _name)
_CHINESE: Final[tuple[_Reader, ...]] = (_idiom, _date, _fraction)
_IDIOM: Final[tuple[_Reader, ...]] = (_idiom,)
"""What is asked, in this order, before a numeral is taken for a quantity."""
