"""What the words of stretches and near days mean: 2021-2023年, “十四五”期间, 近三年, 上世纪90年代, 昨日, 上月, 18日."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from summarizer.quantities.period_days import ROC, Context, Days, back, day, months, months_back, small, weekday_near

_SPAN_OF_YEARS: Final = re.compile(
    r"(?P<from>\d{4})年?-(?P<to>\d{4})年度?|(?:民国)?(?P<rfrom>1[0-3]\d)年-(?P<rto>1[0-3]\d)年"
)
_PLAN: Final = re.compile(r"[“「『]?第?十(?P<number>[一二三四五六])(?:五[”」』]?|个五年规划)(?P<part>.*)")
_RECENT: Final = re.compile(r"(?:最近|过去的?|近)(?P<count>.{1,3}?)(?P<unit>个?季度|年|个月|天|周)[间里来]?")
_CENTURY: Final = re.compile(
    r"(?:(?P<turn>上个?|本)|(?P<number>.{1,3}))世纪(?:(?P<tens>[1-9]0|[一二三四五六七八九]十)年代(?P<edge>初|末"
    r"|中期)?)?"
)
_FIGURES: Final = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_DAY: Final = re.compile(r"(?P<day>[^月日号]{1,3})[日号].{0,12}")
_NEAR_DAYS: Final = {"今": 0, "昨": -1, "前日": -2, "前天": -2, "明": 1, "后天": 2}
_WEEK: Final = re.compile(r"(?P<week>[上本下这])?(?:周|星期)(?P<day>[一二三四五六日天末])?")
_MONTH_NEAR: Final = re.compile(r"(?P<which>[上本下])个?月(?P<edge>[底末初])?")


def span_of_years(words: str) -> Days | None:
    """Return the days of 2021-2023年, 112年-115年."""
    match = _SPAN_OF_YEARS.fullmatch(words)
    if match is None:
        return None
    shift = 0 if match["from"] else ROC
    first, last = int(match["from"] or match["rfrom"]) + shift, int(match["to"] or match["rto"]) + shift
    return (date(first, 1, 1), date(last, 12, 31)) if 1000 <= first <= last else None


def plan(words: str, context: Context) -> tuple[Days | None, bool] | None:
    """Return the days of a five-year plan or a part of it, and whether the publication date was needed."""
    match = _PLAN.fullmatch(words)
    if match is None:
        return None
    last = 2005 + 5 * small(match["number"])
    first, part = last - 4, match["part"]
    if part == "以来":
        return ((date(first, 1, 1), context.published) if context.published else None), True
    if part == "末":
        return (date(last, 12, 31), date(last, 12, 31)), False
    if part.startswith("前"):
        return (date(first, 1, 1), date(first + small(part[1]) - 1, 12, 31)), False
    year = {"开局之年": first, "收官之年": last}.get(part)
    return ((date(year, 1, 1), date(year, 12, 31)) if year else (date(first, 1, 1), date(last, 12, 31))), False


def century(words: str) -> Days | None:
    """Return the days of a century or of ten years of it; 上世纪 is the twentieth."""
    match = _CENTURY.fullmatch(words)
    if match is None or match["edge"] or (not match["tens"] and match["number"] is None):
        return None
    number = {"上": 20, "上个": 20, "本": 21}.get(match["turn"] or "", 0) or small(match["number"])
    if not 1 <= number <= 30 or (not match["tens"]):
        return None  # the days of a whole century are no period of the news
    first = 100 * (number - 1) + small(match["tens"])
    return date(first, 1, 1), date(first + 9, 12, 31)


def figures(words: str) -> Days | None:
    """Return the day of 2023-07-03, 2023.7.3."""
    match = _FIGURES.fullmatch(words)
    found = day(*(int(part) for part in match.groups())) if match else None
    return (found, found) if found else None


def recent(words: str, published: date) -> Days | None:
    """Return the stretch of 近三年, 过去两个月, which ends with the publication."""
    match = _RECENT.fullmatch(words)
    if match is None:
        return None
    half, unit = match["count"] == "半", match["unit"]
    count = small(match["count"])
    if unit == "年" and half:
        return months_back(published, 6), published
    if not 0 < count < 200:
        return None
    if unit in ("天", "周"):
        return published - timedelta(days=count * (7 if unit == "周" else 1)), published
    if unit == "年":
        return back(published, count), published
    return months_back(published, count * (3 if "季" in unit else 1)), published


def near(words: str, context: Context) -> Days | None:
    """Return the days of 昨日, 本周, 上月, 18日, 前一季, counted from the publication or from the period before."""
    published = context.published
    if words in ("前一季", "前一季度", "上一季", "上一季度", "上季", "上季度"):
        return _quarter_before(context.before[0] if context.before else published)
    if published is None:
        return None
    shift = _NEAR_DAYS.get(words[:2], _NEAR_DAYS.get(words[:1]))
    if shift is not None and not words.startswith(("今年", "明年")):
        found = published + timedelta(days=shift)
        return found, found
    month = _MONTH_NEAR.fullmatch(words)
    if month:
        whole = _month_near(month["which"], published)
        edge = {"底": 1, "末": 1, "初": 0}.get(month["edge"] or "")
        return whole if edge is None else (whole[edge], whole[edge])
    week = _WEEK.fullmatch(words)
    if week:
        return _week(week, published, context.ahead)
    number = _DAY.fullmatch(words)
    return _day_of_month(small(number["day"]), context) if number else None


def _quarter_before(when: date | None) -> Days | None:
    if when is None:
        return None
    year, quarter = divmod(when.year * 4 + (when.month - 1) // 3 - 1, 4)
    return months(year, 3 * quarter + 1, 3 * quarter + 3)


def _month_near(which: str, published: date) -> Days:
    year, month = divmod(published.year * 12 + published.month - 1 + {"上": -1, "本": 0, "下": 1}[which], 12)
    return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])


def _week(match: re.Match[str], published: date, ahead: bool) -> Days | None:
    monday = published - timedelta(days=published.weekday())
    which, weekday = match["week"], match["day"]
    if weekday is None or weekday == "末":
        if which is None or weekday == "末":
            return None
        monday += timedelta(days={"上": -7, "下": 7}.get(which, 0))
        return monday, monday + timedelta(days=6)
    number = "一二三四五六日".find(weekday.replace("天", "日"))
    if which is None:
        return weekday_near(number, published, ahead)
    found = monday + timedelta(days=number + {"上": -7, "下": 7}.get(which, 0))
    return found, found


def _day_of_month(number: int, context: Context) -> Days | None:
    """Return the day of 18日: of the publication's month, of the month before where it is still to come."""
    published = context.published
    if published is None:
        return None
    found = day(published.year, published.month, number)
    if found is None or (found > published and not context.ahead):
        earlier = published.replace(day=1) - timedelta(days=1)
        found = day(earlier.year, earlier.month, number)
    return (found, found) if found else None


_SPAN_OF_MONTHS: Final = re.compile(
    r"(?P<from>\d{4})年(?P<first>.{1,3})月(?:份|底)?-(?P<to>\d{4})年(?P<last>.{1,3})月(?:份|底)?"
)


def span_of_months(words: str) -> Days | None:
    """Return the days of 2023年9月-2024年3月."""
    match = _SPAN_OF_MONTHS.fullmatch(words)
    if match is None:
        return None
    first = months(int(match["from"]), small(match["first"]), small(match["first"]))
    last = months(int(match["to"]), small(match["last"]), small(match["last"]))
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None
