"""When two tellings of one thing count as the same: values, units, periods, parks, labels, policies, quotes.

Every question of the evaluation that is not plain equality is decided here and nowhere else, with the measurement that
set it, so that a figure can be understood without reading how it was counted.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from summarizer.quantities import fold, fold_period, has_dates, resolve, same_unit, scan
from summarizer.verify.evidence import fold_words
from summarizer.verify.parks import same_park as same_park

LABEL_LEAST: Final = 0.25
"""Least likeness of two labels that may be one. Of 255 labels that the recorded model gave, each beside gold's own
for the same number, 98 % reach it, of 269 cut from the sentence by the rules 93 %."""
RIVAL_LEAD: Final = 0.1
"""By how much gold's label of another number of the same unit must be liker, for a label to count as that one's. With
it 98 % of the model's and 91 % of the rules' labels stay right, and of labels exchanged between neighbours of one
unit 89 % and 86 % are found wrong; without it, 50 and 60 %."""
_FRACTION_PLACES: Final = 4
"""三分之一 is written 0.3333 in gold; the program keeps more places."""
_BRACKETS: Final = re.compile(r"[（(\[【][^（）()\[\]【】]*[）)\]】]")
_WORD: Final = re.compile(r"[a-z]+(?:[-'’][a-z]+)*|[0-9]+")
_HAN: Final = re.compile(r"[㐀-鿿]+")
_FILLING: Final = frozenset({"of", "the", "a", "an", "in", "by", "for", "to", "and", "on", "at", "with", "s"})
_STAND_IN: Final = date(2000, 12, 31)
"""A day against which words without a year are read, to see which part of a year they mean."""
_WHOLE_YEAR: Final = "全年"
_QUOTE_ENDS: Final = "。！？，、；：…,.!?;: "
_QUOTE_LEAST: Final = 0.5
"""Least share of the longer of two quotes that the shorter must hold to be the same quote, cut short."""


def same_value(wanted: tuple[Decimal | None, ...], told: tuple[Decimal | None, ...]) -> bool:
    """Whether two (value, low, high) are equal; a fraction that gold writes with four places, at those places."""
    return all(_same_number(one, other) for one, other in zip(wanted, told, strict=True))


def _same_number(wanted: Decimal | None, told: Decimal | None) -> bool:
    if wanted is None or told is None or wanted == told:
        return wanted is told or wanted == told
    places = -int(wanted.as_tuple().exponent)
    return places >= _FRACTION_PLACES and abs(wanted - told) <= Decimal(1).scaleb(-places)


def unit_agrees(wanted: str | None, told: str | None, text: str = "") -> bool:
    """Whether two units are the same, in whatever writing.

    A brief without one is right where gold has none, or has one that is not printed beside the number `text` (three of
    them), which the program does not claim to see.
    """
    if wanted is not None and told is not None:
        return same_unit(told, wanted)
    if wanted is None or not text:
        return wanted is told
    read = scan(text)
    return len(read) == 1 and read[0].unit is None


class Calendar(NamedTuple):
    """What gold says of the time of its article."""

    published: date | None
    reported: str | None = None
    """The period that the article reports on, whose year 全年 is."""

    def days(self, words: str) -> tuple[date, date] | None:
        """Return first and last day of a period; None where they cannot be told."""
        for form in (words, words[:1].lower() + words[1:]):
            if (dates := resolve(form, self.published)) is not None:
                return dates[:2]
        if fold(words) != _WHOLE_YEAR or self.reported is None or self.reported == words:
            return None
        around = resolve(self.reported, self.published)
        year = None if around is None else resolve(_WHOLE_YEAR, self.published, around)
        return None if year is None else year[:2]


def same_period(
    wanted: str | None, told: str | None, calendar: Calendar, days: tuple[date, date] | None = None
) -> bool:
    """Whether two namings of a period mean the same time; `days` are those that the brief itself gives.

    The same words, folded, do. Else the days decide where both have some; where one has none for want of a year
    (前三季度, 2024年前三季度), the part of the year. Words from which no day follows whatever the year (目前, 近日,
    累计) say no more than none at all.
    """
    if wanted is not None and told is not None and _same_words(wanted, told):
        return True
    left = None if wanted is None else calendar.days(wanted)
    right = days or (None if told is None else calendar.days(told))
    if left is not None and right is not None:
        return left == right
    if not _datable(wanted, left) and not _datable(told, right):
        return True
    return wanted is not None and told is not None and _same_part_of_year(wanted, told)


def _same_words(one: str, other: str) -> bool:
    return fold(one) == fold(other) or fold_period(one) == fold_period(other) != ""


def _datable(words: str | None, days: tuple[date, date] | None) -> bool:
    return days is not None or (words is not None and has_dates(words))


def _same_part_of_year(one: str, other: str) -> bool:
    left, right = fold_period(one), fold_period(other)
    if not (left and right) or not (left in right or right in left):
        return False
    first, second = resolve(one, _STAND_IN), resolve(other, _STAND_IN)
    if first is None or second is None:
        return False
    return [(day.month, day.day) for day in first[:2]] == [(day.month, day.day) for day in second[:2]]


def label_likeness(one: str, other: str) -> float:
    """Return which share of the shorter label's parts stands in the longer, from 0 to 1.

    Parts are pairs of neighbouring Chinese characters (新签约项目数: 新签 签约 约项 项目 目数) and words of other
    languages; blanks, width, quotation marks, the traditional forms that the number grammar knows, and remarks in
    brackets do not count.
    """
    short, long = sorted((_parts(one), _parts(other)), key=len)
    if not short:
        return 1.0 if not long else 0.0
    return len(short & long) / len(short)


def alike_label(wanted: str, told: str, rivals: Iterable[str] = ()) -> bool:
    """Whether a label is gold's in other words, and not rather one of `rivals`, gold's labels of other numbers.

    It is where it has LABEL_LEAST of likeness, and no rival shares RIVAL_LEAD more of both labels' parts with it.
    """
    if label_likeness(wanted, told) < LABEL_LEAST:
        return False
    own = _shared(wanted, told)
    return not any(_shared(rival, told) > own + RIVAL_LEAD for rival in rivals)


def _shared(one: str, other: str) -> float:
    """Return which share of the parts of both labels is in common (Dice), so that a longer label is not the better."""
    left, right = _parts(one), _parts(other)
    return 2 * len(left & right) / max(1, len(left) + len(right))


@lru_cache(maxsize=8192)  # each label of an article is held against each of gold's
def _parts(label: str) -> frozenset[str]:
    spaced = _BRACKETS.sub(" ", label)
    words = {_stem(word) for word in _WORD.findall(spaced.lower().replace("’", "'"))} - _FILLING
    stretches = _HAN.findall(fold_words(spaced))
    pairs = {stretch[place : place + 2] for stretch in stretches for place in range(max(1, len(stretch) - 1))}
    return frozenset(words | pairs)


def _stem(word: str) -> str:
    return word.removesuffix("'s").removesuffix("s") if len(word) > 3 else word


def same_policy(one: str, other: str) -> bool:
    """Whether two names mean one policy: equal without 《》 and quotation marks, or the one holds the other."""
    left, right = (fold_words(name).strip("《》<>") for name in (one, other))
    short, long = sorted((left, right), key=len)
    return bool(short) and (short == long or (len(short) >= 4 and short in long))


def same_quote(one: str, other: str) -> bool:
    """Whether two quotes are the same words, the one perhaps cut by less than half at its head or tail."""
    left, right = (fold_words(text).strip(_QUOTE_ENDS) for text in (one, other))
    short, long = sorted((left, right), key=len)
    return bool(short) and short in long and len(short) >= _QUOTE_LEAST * len(long)


def verbatim(one: str, other: str) -> bool:
    """Whether two quotes are equal but for marks at their ends, width, blanks and quotation marks."""
    return fold_words(one).strip(_QUOTE_ENDS) == fold_words(other).strip(_QUOTE_ENDS)


def same_speaker(wanted: str | None, told: str | None) -> bool:
    """Whether two speakers are one: the name alone, or with an office before or behind it."""
    if wanted is None or told is None:
        return wanted is told
    short, long = sorted((fold_words(wanted).lower(), fold_words(told).lower()), key=len)
    return bool(short) and short in long
