"""What the words of a period mean in days, against a publication date and the period that stands before.

Each form has a pattern and a function; the words come without blanks, with one kind of dash. A form that the date, or
the context, does not settle yields None: an unresolved period is honest, a guessed one is not.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple

from summarizer.quantities.numerals import parse_chinese
from summarizer.quantities.tables import NUMERAL_CHARS

Days = tuple[date, date]
_NUMERAL_CHARS: Final = frozenset(NUMERAL_CHARS)


class Context(NamedTuple):
    """What is known where a period stands."""

    published: date | None
    before: Days | None = None
    """Days of the last resolved period before it, which 同期 and 上年 look back to."""
    ahead: bool = False
    """Whether a word of the future stands by it (将于10月)."""


class Year(NamedTuple):
    """The year that a period's words name, and whether it had to be inferred."""

    number: int | None
    """None where neither words nor publication date give one."""
    inferred: bool
    said: bool
    """Whether the words name a year at all, in figures or by 今年."""


_SHIFTS: Final = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2}
_BY_CONTEXT: Final = {"上年": -1, "上一年": -1, "前一年": -1, "后一年": 1}
"""Years told from the period that stands before, else from the publication."""
_YEAR: Final = re.compile(
    r"(?P<roc>民国(?:\d{1,3}|[一二三四五六七八九十百]{1,4})|1[0-3]\d)年度?"
    r"|(?P<year>\d{4}|[〇零○一二三四五六七八九]{4})(?:年度|财年|学年|年)"
    r"|(?P<near>今年|本年|去年|前年|明年|后年)度?|(?P<context>上一年|前一年|后一年|上年)度?"
)
ROC: Final = 1911
"""民國1年 is 1912."""


def read_year(words: str, context: Context) -> tuple[Year, str]:
    """Return the year at the head of the words, and what stands behind it."""
    match = _YEAR.match(words)
    published = context.published
    if match is None:
        return Year(published.year if published else None, True, False), words
    rest = words[match.end() :]
    if match["roc"]:
        return Year(ROC + small(match["roc"].removeprefix("民国")), False, True), rest
    if match["year"]:
        number = small(match["year"])
        return Year(number if 1000 <= number <= 2999 else None, False, True), rest
    shift = _SHIFTS.get(match["near"] or "")
    base = published.year if published else None
    if shift is None:
        shift = _BY_CONTEXT[match["context"]]
        if context.before is not None:
            base = context.before[1].year
    return Year(None if base is None else base + shift, True, True), rest


def small(words: str) -> int:
    """Return a number in either writing; 0 where it is none."""
    if words.isascii() and words.isdigit():
        return int(words)
    numeral = parse_chinese(words) if set(words) <= _NUMERAL_CHARS else None
    return int(numeral.low) if numeral else 0


def months(year: int, first: int, last: int) -> Days | None:
    """Return the days of the months from `first` to `last`; None where there are no such months."""
    if not 1 <= first <= last <= 12:
        return None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def day(year: int, month: int, number: int) -> date | None:
    """Return a day of the calendar; None where it has none such."""
    if not 1 <= month <= 12 or not 1 <= number <= monthrange(year, month)[1]:
        return None
    return date(year, month, number)


def back(when: date, years: int) -> date:
    """Return the same day of another year, the last of its month where that year lacks it."""
    year = max(1, when.year - years)
    return when.replace(year=year, day=min(when.day, monthrange(year, when.month)[1]))


def months_back(when: date, count: int) -> date:
    """Return the same day `count` months before, the last of its month where that lacks it."""
    year, month = divmod(when.year * 12 + when.month - 1 - count, 12)
    return date(year, month + 1, min(when.day, monthrange(year, month + 1)[1]))


def weekday_near(number: int, published: date, ahead: bool) -> Days:
    """Return the last day of that name up to the publication, or the next where the future is meant."""
    passed = (published.weekday() - number) % 7
    found = published + timedelta(days=(7 - passed) if ahead else -passed)
    return found, found


_QUARTER: Final = re.compile(
    r"(?:第?(?P<one>[一二三四1-4])季度?|(?P<first>首)季度?|(?P<last>末)季|[前首](?P<upto>[一二两三123])个?季度?)[末底]?"
)
_UPTO: Final = re.compile(r"前(?P<upto>.{1,3}?)个?月")
_MONTHS: Final = re.compile(
    r"(?P<first>[^月]{1,3}?)(?:月?(?:份)?[-、](?P<last>[^月]{1,3}))?月(?P<edge>份|底|末|初|中旬|上旬|下旬)?"
    r"(?:(?P<day>[^日号]{1,3}?)(?:[日号]?[-、](?:(?P<month>[^月]{1,3})月)?(?P<till>[^日号]{1,3}?))?[日号].{0,12})?"
)
_TENS: Final = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}


def part_of_year(words: str, year: int) -> Days | None:
    """Return the days of the part of `year` that Chinese words name; the whole year for none."""
    if words in ("", "全年"):
        return months(year, 1, 12)
    if words in ("年底", "年末", "底", "末"):
        return date(year, 12, 31), date(year, 12, 31)
    if words in ("年初", "初"):
        return date(year, 1, 1), date(year, 1, 1)
    if words in ("上半年", "下半年"):
        return months(year, 1, 6) if words[0] == "上" else months(year, 7, 12)
    quarter = _QUARTER.fullmatch(words)
    if quarter:
        found = _quarter(quarter, year)
        return (found[1], found[1]) if found and words[-1] in "末底" and not quarter["last"] else found
    upto = _UPTO.fullmatch(words)
    if upto:
        return months(year, 1, small(upto["upto"]))
    match = _MONTHS.fullmatch(words)
    return None if match is None else _in_months(match, year)


def _quarter(match: re.Match[str], year: int) -> Days | None:
    if match["upto"]:
        return months(year, 1, 3 * small(match["upto"]))
    number = 1 if match["first"] else 4 if match["last"] else small(match["one"])
    return months(year, 3 * number - 2, 3 * number)


def _in_months(match: re.Match[str], year: int) -> Days | None:
    """Return the days of 6月, 1-5月, 6月底, 9月下旬, 7月18日, 5月28日至6月3日."""
    first = small(match["first"])
    last = small(match["last"]) if match["last"] else first
    whole = months(year, first, last)
    if whole is None:
        return None
    if match["day"]:
        start = day(year, first, small(match["day"]))
        end = (
            day(year, small(match["month"]) if match["month"] else first, small(match["till"]))
            if match["till"]
            else start
        )
        return (start, end) if start and end and start <= end else None
    edge = match["edge"]
    if edge in ("底", "末"):
        return whole[1], whole[1]
    if edge == "初":
        return whole[0], whole[0]
    if edge in _TENS:
        start_day, end_day = _TENS[edge]
        return whole[0].replace(day=start_day), whole[0].replace(day=min(end_day, whole[1].day))
    return whole
