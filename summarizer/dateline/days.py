"""Reads a full day (year, month, day) where newspapers and sites print one: on mastheads, date lines and datelines.

Only forms that can be read in one way: 03/07/2023 is the third of July to some and the seventh of March to others. Each
pattern is bounded and starts at a digit, a numeral or the name of a month, so that reading is linear.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

PLAUSIBLE_YEARS: Final = range(1949, 2101)
"""Years that a report about a high-tech park can have been published in; fixed, as a clock would change old briefs."""

_REPUBLIC: Final = 1911
"""The year before the first of the Republic's calendar, which Taiwan counts by."""
_DIGITS: Final = {char: str(number % 10) for number, char in enumerate("〇一二三四五六七八九零")} | {"○": "0"}
_NUMERALS: Final = "".join(_DIGITS)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
"""The name of a month in English, `Jul.` and `Sept` too."""

DAY: Final = re.compile(
    r"(?<![0-9])(?P<y1>[0-9]{4}) ?年 ?(?P<m1>[0-9]{1,2}) ?月 ?(?P<d1>[0-9]{1,2}) ?[日号號]"
    r"|(?<![0-9./-])(?P<y2>[0-9]{4}) ?(?P<s2>[-/.]) ?(?P<m2>[0-9]{1,2}) ?(?P=s2) ?(?P<d2>[0-9]{1,2})(?![0-9/-])"
    r"|(?:中[华華])?民[国國] ?(?P<y3>[0-9]{1,3}|元) ?年 ?(?P<m3>[0-9]{1,2}) ?月 ?(?P<d3>[0-9]{1,2}) ?日"
    rf"|(?P<y4>[{_NUMERALS}]{{4}})年(?P<m4>[{_NUMERALS}十]{{1,3}})月(?P<d4>[{_NUMERALS}十廿卅]{{1,3}})日"
    rf"|(?i:\b(?P<m5>{MONTH}) ?(?P<d5>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:, ?| )(?P<y5>[0-9]{{4}})(?![0-9]))"
    rf"|(?i:(?<![0-9])(?P<d6>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<m6>{MONTH}),? (?P<y6>[0-9]{{4}})(?![0-9]))"
)
"""2023年7月3日, 2023-07-03, 民國112年7月3日, 二〇二三年七月三日, July 3, 2023, 3 July 2023."""

WEEKDAY: Final = re.compile(
    r"(?:星期|[周週]|[礼禮]拜) ?(?P<han>[一二三四五六日天])(?![\u4e00-\u9fff])"
    r"|\b(?P<latin>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:(?:s|nes|rs|ur)?day\b|(?:s|nes|rs|ur)?[.,])"
)
"""星期一, 周一, Monday; Sun alone is a name more often than a day, so short forms need their point or comma."""
_HAN_WEEK: Final = {char: number for number, char in enumerate("一二三四五六日")} | {"天": 6}
_LATIN_WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class PrintedDay(NamedTuple):
    """A full day and where it stands."""

    start: int
    end: int
    day: date | None
    """None where there is no such day, or none that news can have."""


def days_in(words: str) -> Iterator[PrintedDay]:
    """Yield the full days of a line in their order."""
    for match in DAY.finditer(words):
        yield PrintedDay(match.start(), match.end(), _day_of(match))


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day; None where the calendar has no such day, or no news of it (`PLAUSIBLE_YEARS`)."""
    try:
        return date(year, month, day) if year in PLAUSIBLE_YEARS else None
    except ValueError:
        return None


def weekday_of(match: re.Match[str]) -> int:
    """Return what WEEKDAY matched as Python counts: Monday is 0."""
    return _HAN_WEEK[match["han"]] if match["han"] else _LATIN_WEEK.index(match["latin"].lower())


def _day_of(match: re.Match[str]) -> date | None:
    year, month, day = next(
        (match[f"y{form}"], match[f"m{form}"], match[f"d{form}"]) for form in "123456" if match[f"y{form}"]
    )
    if match["y4"]:
        return day_of(int("".join(_DIGITS[char] for char in year)), _numeral(month), _numeral(day))
    if match["y3"]:
        return day_of(_REPUBLIC + (1 if year == "元" else int(year)), int(month), int(day))
    return day_of(int(year), int(month) if month.isdigit() else 1 + _MONTHS.index(month[:3].lower()), int(day))


def _numeral(words: str) -> int:
    """Return 七, 十, 十一, 二十一, 廿一, 三〇 as a number; 0, which no month and no day is, for what is none."""
    words = words.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int("".join(_DIGITS[char] for char in words))
    if "十" in tens or len(tens) > 1 or len(ones) > 1:
        return 0
    return 10 * int(_DIGITS[tens] if tens else 1) + int(_DIGITS[ones] if ones else 0)
