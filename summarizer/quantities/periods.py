"""Finds the periods that an article names and resolves them to dates.

Words with a year of their own (2022年, 2022年上半年) resolve by themselves. Words without one (上半年, 1-5月, 今年以来)
resolve only against a publication date and are then marked as inferred; without one they stay words.
"""

import re
from calendar import monthrange
from datetime import date
from typing import Final, NamedTuple

from summarizer.quantities import tables
from summarizer.quantities.grammar import DIGIT_YEAR, GAP
from summarizer.quantities.numerals import parse_chinese

_DASH = r"(?:[-—~至到]|–|——)"
_CJK_YEAR = r"[〇零○一二三四五六七八九]{4}"
_YEAR_WORD = (
    rf"(?:(?P<year>{DIGIT_YEAR}|{_CJK_YEAR}){GAP}(?:年度|财年|年)|(?P<relative>今年|本年度?|去年|上年|前年|明年))"
)
_N = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_PART = (
    rf"(?:(?P<half>[上下]半年)|第?(?P<quarter>[一二三四1-4])季度|(?<!提)前(?P<quarters>[一二两三1-3])个?季度|首季"
    rf"|(?<!提)前(?P<months>{_N}){GAP}个?月"
    rf"|(?P<month>{_N})(?:{GAP}月?(?:份)?{GAP}{_DASH}{GAP}(?P<last>{_N}))?"
    rf"{GAP}月(?:份)?(?P<edge>底|末|初)?(?:{GAP}(?P<day>{_N}){GAP}[日号])?"
    rf"|年底|年末|年初|全年)"
)
_SPAN_OF_YEARS = rf"(?P<from>{DIGIT_YEAR}){GAP}(?:年{GAP})?{_DASH}{GAP}(?P<to>{DIGIT_YEAR}){GAP}年"
_VAGUE = (
    r"近年来|近几年来?|[最]?近[一两三四五六七八九十\d]{1,2}年来?|近日|日前|目前|截至目前|当前|现有|如今|同期"
    r"|上年同期|去年同期|近期|连续多年|连续[一两二三四五六七八九十\d]{1,3}年"
    r"|[“「『]?十[一二三四五六]五[”」』]?(?:时期|期间|末|以来)?|(?:昨|今|本|上)[日月]"
)
_ENGLISH = (
    rf"(?:the )?(?P<ehalf>first|second) half(?: of (?:the year|(?P<hyear>{DIGIT_YEAR})))?"
    rf"|(?:the )?(?P<equarter>first|second|third|fourth) quarter(?: of (?P<qyear>{DIGIT_YEAR}))?"
    rf"|(?:last|this|next) year|by (?:the end of )?(?P<byyear>{DIGIT_YEAR})"
    rf"|(?<=in )(?P<inyear>{DIGIT_YEAR})|(?<=of )(?P<ofyear>{DIGIT_YEAR})"
)
_IN_YEAR = rf"{GAP}(?:{_PART}|[底末])"
_BARE_PART = _PART.replace("?P<", "?P<bare_")
_UNTIL = rf"截至{GAP}(?:{_YEAR_WORD}{_IN_YEAR}|{_PART.replace('?P<', '?P<alone_')})"
MENTION: Final = re.compile(
    rf"{_UNTIL}|{_SPAN_OF_YEARS}".replace("?P<", "?P<until_")
    + rf"|{_YEAR_WORD}(?:{_IN_YEAR}|以来|同期)?|{_BARE_PART}(?:以来)?|{_VAGUE}|{_ENGLISH}"
)
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4}


class PeriodMention(NamedTuple):
    """Words of a text that name a period."""

    start: int
    """Offset of the first character in the text searched."""
    end: int
    text: str


class Dates(NamedTuple):
    """First and last day of a period."""

    start: date
    end: date
    inferred: bool
    """Whether the publication date was needed."""


def find_periods(text: str) -> list[PeriodMention]:
    """Return every period that `text` names, in order; linear, pure."""
    folded = text.translate(tables.FOLD)
    return [
        PeriodMention(match.start(), match.end(), text[match.start() : match.end()])
        for match in MENTION.finditer(folded)
    ]


def resolve(words: str, published: date | None) -> Dates | None:
    """Return the dates that `words` stand for, or None where they (and the publication date) do not settle it."""
    match = MENTION.search(words.translate(tables.FOLD))
    if match is None or "同期" in match.group():  # the same months of another year: the context must say which
        return None
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    plain = {
        name.removeprefix("until_").removeprefix("alone_").removeprefix("bare_"): value
        for name, value in groups.items()
    }
    if "from" in plain:
        return Dates(date(int(plain["from"]), 1, 1), date(int(plain["to"]), 12, 31), False)
    year, inferred = _year(plain, published)
    if year is None:
        return None
    if plain.get("relative") in ("今年", "本年", "本年度") and "以来" in match.group() and published is not None:
        return Dates(date(year, 1, 1), published, True)
    span = _part(plain, year, match.group())
    if span is None:
        return None
    first, last = span
    if inferred and published is not None and "relative" not in plain and first > published:
        first, last = _back_one_year(first), _back_one_year(last)
    if match.group().startswith("截至"):
        first = last
    return Dates(first, last, inferred)


def _year(plain: dict[str, str], published: date | None) -> tuple[int | None, bool]:
    """Return the year meant and whether the publication date supplied it."""
    for name in ("year", "hyear", "qyear", "byyear", "inyear", "ofyear"):
        if name in plain:
            numeral = parse_chinese(plain[name]) if not plain[name].isdigit() else None
            year = int(numeral.low) if numeral else int(plain[name])
            return (year if year > 0 else None), False
    if published is None or not plain:
        return None, True
    shift = {"去年": -1, "上年": -1, "前年": -2, "明年": 1}.get(plain.get("relative", ""), 0)
    return published.year + shift, True


def _part(plain: dict[str, str], year: int, words: str) -> tuple[date, date] | None:
    """Return the days of the part of `year` that the words name; the whole year where they name none."""
    half = plain.get("half") or plain.get("ehalf")
    if half:
        return _months(year, 1, 6) if half in ("上半年", "first") else _months(year, 7, 12)
    if "quarter" in plain or "equarter" in plain:
        quarter = _ORDER.get(plain.get("equarter", "")) or _small(plain["quarter"])
        return _months(year, 3 * quarter - 2, 3 * quarter)
    if "quarters" in plain:
        return _months(year, 1, 3 * _small(plain["quarters"]))
    if "months" in plain:
        months = _small(plain["months"])
        return _months(year, 1, months) if 1 <= months <= 12 else None
    if "month" not in plain:
        if words.endswith(("年底", "年末")):
            return date(year, 12, 31), date(year, 12, 31)
        return date(year, 1, 1), date(year, 12, 31)
    month, last = _small(plain["month"]), _small(plain.get("last", plain["month"]))
    if not 1 <= month <= last <= 12:
        return None
    if "day" in plain:
        day = _small(plain["day"])
        return (date(year, month, day),) * 2 if 1 <= day <= monthrange(year, month)[1] else None
    return _months(year, month, last)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _small(words: str) -> int:
    """Return a number below 100 in either writing; 0 where it is none."""
    if words.isdigit():
        return int(words)
    numeral = parse_chinese(words)
    return int(numeral.low) if numeral else 0


def _back_one_year(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


_SAME_YEAR: Final = re.compile(r"以来|期间|时期|截至|全年|份|the\s|in\s")
STAND_IN: Final = date(2000, 12, 31)
"""A stand-in publication date, to tell words that mean dates (上半年) from words that never do (近年来)."""


def has_dates(words: str) -> bool:
    """Whether the words mean days of the calendar, given a year."""
    return resolve(words, STAND_IN) is not None


def fold_period(words: str) -> str:
    """Return a period's words without blanks, with one kind of dash, without the parts that do not change it."""
    plain = _SAME_YEAR.sub("", "".join(words.translate(tables.FOLD).lower().split(" ")))
    return re.sub(r"[-—–~至到]+", "-", "".join(plain.split()).replace("年度", "年"))


def agree(one: str, other: str, published: date | None) -> bool:
    """Whether `one` may be told of what the text calls `other`: its words stand there, or both mean the same days.

    A year may be added (2023年上半年 for 上半年), a part may not: 2022年上半年 is more than 2022年 says.
    """
    if _hold(one, other) and (fold_period(one) in fold_period(other) or not _other_days(one, other)):
        return True
    left, right = resolve(one, published), resolve(other, published)
    return left is not None and right is not None and left[:2] == right[:2]


def _hold(one: str, other: str) -> bool:
    """Whether the words of one naming hold those of the other."""
    left, right = fold_period(one), fold_period(other)
    return bool(left and right) and (left in right or right in left)


def _other_days(one: str, other: str) -> bool:
    """Whether the days of `one`, in whichever year, are not those of `other`."""
    left, right = resolve(one, STAND_IN), resolve(other, STAND_IN)
    if left is None or right is None:
        return False
    return [(day.month, day.day) for day in left[:2]] != [(day.month, day.day) for day in right[:2]]


def differ(one: str, other: str) -> bool:
    """Whether two namings certainly mean different days; a missing year is taken as the same year."""
    if _hold(one, other):
        return False
    left, right = resolve(one, None), resolve(other, None)
    if left is not None and right is not None:
        return left[:2] != right[:2]
    return _other_days(one, other)
