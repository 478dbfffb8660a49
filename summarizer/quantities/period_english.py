"""What English words for a period mean in days: first half of 2024, January to May, end of June, July 18, Thursday."""

import re
from datetime import date, timedelta
from typing import Final

from summarizer.quantities.numerals import parse_english
from summarizer.quantities.period_days import Context, Days, back, day, months, months_back, weekday_near

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d|this year|last year|the year)"
_OF: Final = rf"(?:,? (?:of |in )?{_YEAR})?"
_COUNT: Final = r"(?P<count>[a-z]+|\d{1,2})"
_ORDER: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}

_FORMS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("half", rf"(?P<order>first|second) half{_OF}"),
        ("quarter", rf"(?P<order>first|second|third|fourth|final|last(?= quarter .)) quarter{_OF}"),
        (
            "short",
            r"(?P<kind>[qh])(?P<number>[1-4]) (?:of )?(?P<year>\d{4})|(?P<year2>\d{4}) ?(?P<kind2>[qh])"
            r"(?P<number2>[1-4])",
        ),
        ("upto", rf"first {_COUNT} (?P<unit>months|quarters){_OF}"),
        ("recent", rf"(?:past|last) {_COUNT} (?P<unit>years|months|weeks)"),
        (
            "end",
            rf"(?:end(?: of |-)(?:(?P<month>{_NAME})(?: (?P<of>\d{{4}}))?|{_YEAR}|(?P<near>this month"
            rf"|last month))|year-end(?: (?P<at>\d{{4}}))?)",
        ),
        (
            "day",
            rf"(?P<month>{_NAME}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: ?(?:-|–|to) ?(?:(?P<until>{_NAME}) )?"
            rf"(?P<last>\d{{1,2}}))?(?:,? (?P<year>\d{{4}}))?",
        ),
        ("day", rf"(?P<day>\d{{1,2}}) (?P<month>{_NAME})(?: (?P<year>\d{{4}}))?"),
        ("months", rf"(?P<month>{_NAME}) ?(?:-|–|to|and|through) ?(?P<last>{_NAME})(?: (?:of )?(?P<year>\d{{4}}))?"),
        ("months", rf"(?P<month>{_NAME})(?: (?:of )?{_YEAR})?"),
        ("years", r"(?P<from>\d{4}) ?(?:-|–|to) ?(?P<to>\d{4})"),
        ("year", r"(?:by |in |of |fiscal |fiscal year |fy ?)?(?P<year>\d{4})"),
        ("tens", r"(?P<tens>(?:19|20)\d)0s"),
        ("plan", r"(?P<plan>1[0-9])th five-year plan(?: period)?(?: \(.*\))?"),
        ("near", r"(?P<which>so far this|last|this|next) (?P<unit>year|month|week|quarter)"),
        ("weekday", r"(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day"),
        ("daynear", r"(?P<when>yesterday|today|tomorrow)"),
    )
)


def days_of(words: str, context: Context) -> tuple[Days | None, bool]:
    """Return the days of English words on one line, and whether the publication date was needed."""
    plain = words.lower().removeprefix("by ").removeprefix("the ")
    for name, form in _FORMS:
        match = form.fullmatch(plain)
        if match is not None:
            found = {key: value for key, value in match.groupdict().items() if value is not None}
            return _READ[name](found, context)
    return None, False


def _year(found: dict[str, str], context: Context) -> tuple[int | None, bool]:
    """Return the year said, and whether it was inferred."""
    words = found.get("year") or found.get("of") or found.get("at")
    if words is not None and words.isdigit():
        return int(words), False
    if context.published is None:
        return None, True
    return context.published.year - (words == "last year"), True


def _dated(found: dict[str, str], context: Context, days: Days | None, inferred: bool) -> tuple[Days | None, bool]:
    """Move a part of the year that is still to come to the year before, unless the words name one."""
    named = any(key in found for key in ("year", "of", "at"))
    if days is None or named or context.published is None or context.ahead or days[0] <= context.published:
        return days, inferred
    return (back(days[0], 1), back(days[1], 1)), inferred


def _parts(found: dict[str, str], context: Context, first: int, last: int) -> tuple[Days | None, bool]:
    year, inferred = _year(found, context)
    return _dated(found, context, months(year, first, last) if year else None, inferred)


def _half(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    return _parts(found, context, *((1, 6) if found["order"] == "first" else (7, 12)))


def _quarter(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    number = _ORDER[found["order"]]
    return _parts(found, context, 3 * number - 2, 3 * number)


def _short(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    year, number = int(found.get("year") or found["year2"]), int(found.get("number") or found["number2"])
    size = 3 if (found.get("kind") or found["kind2"]) == "q" else 6
    return months(year, size * (number - 1) + 1, size * number), False


def _count(words: str) -> int:
    value = int(words) if words.isdigit() else parse_english(words)
    return int(value or 0)


def _upto(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    return _parts(found, context, 1, _count(found["count"]) * (3 if found["unit"] == "quarters" else 1))


def _recent(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    published, count = context.published, _count(found["count"])
    if published is None or not 0 < count < 100:
        return None, True
    if found["unit"] == "weeks":
        return (published - timedelta(weeks=count), published), True
    return (back(published, count) if found["unit"] == "years" else months_back(published, count), published), True


def _month(words: str) -> int:
    return _MONTHS.index(words[:3]) + 1


def _end(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    near = found.get("near")
    if near and context.published:
        days: Days | None = months(context.published.year, context.published.month, context.published.month)
        if near == "last month":
            last = context.published.replace(day=1) - timedelta(days=1)
            days = last, last
        return (days[1], days[1]) if days else None, True
    year, inferred = _year(found, context)
    month = _month(found["month"]) if "month" in found else 12
    days = months(year, month, month) if year else None
    days, inferred = _dated(found, context, days, inferred) if "month" in found else (days, inferred)
    return (days[1], days[1]) if days else None, inferred


def _day(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    year, inferred = _year(found, context)
    if year is None:
        return None, True
    month = _month(found["month"])
    first = day(year, month, int(found["day"]))
    until = _month(found["until"]) if "until" in found else month
    last = day(year, until, int(found["last"])) if "last" in found else first
    return _dated(found, context, (first, last) if first and last and first <= last else None, inferred)


def _months_named(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    first = _month(found["month"])
    return _parts(found, context, first, _month(found["last"]) if "last" in found else first)


def _years(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    first, last = int(found["from"]), int(found["to"])
    return ((date(first, 1, 1), date(last, 12, 31)) if first <= last else None), False


def _whole_year(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    return months(int(found["year"]), 1, 12), False


def _tens(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    first = int(found["tens"]) * 10
    return (date(first, 1, 1), date(first + 9, 12, 31)), False


def _plan(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    last = 1955 + 5 * int(found["plan"])
    return (date(last - 4, 1, 1), date(last, 12, 31)), False


def _near(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    published, which, unit = context.published, found["which"], found["unit"]
    if published is None:
        return None, True
    shift = {"last": -1, "next": 1}.get(which, 0)
    if which.startswith("so far"):
        return (date(published.year, 1, 1), published), True
    if unit == "year":
        return months(published.year + shift, 1, 12), True
    if unit == "week":
        monday = published - timedelta(days=published.weekday() - 7 * shift)
        return (monday, monday + timedelta(days=6)), True
    size = 3 if unit == "quarter" else 1
    year, place = divmod(published.year * (12 // size) + (published.month - 1) // size + shift, 12 // size)
    return months(year, size * place + 1, size * place + size), True


def _weekday(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    names = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
    if context.published is None:
        return None, True
    return weekday_near(names.index(found["weekday"]), context.published, context.ahead), True


def _day_near(found: dict[str, str], context: Context) -> tuple[Days | None, bool]:
    if context.published is None:
        return None, True
    when = context.published + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(found["when"], 0))
    return (when, when), True


_READ: Final = {
    "half": _half,
    "quarter": _quarter,
    "short": _short,
    "upto": _upto,
    "recent": _recent,
    "end": _end,
    "day": _day,
    "months": _months_named,
    "years": _years,
    "year": _whole_year,
    "tens": _tens,
    "plan": _plan,
    "near": _near,
    "weekday": _weekday,
    "daynear": _day_near,
}
