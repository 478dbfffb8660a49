"""Reads datelines: who filed a report, and on what day, at the head of a line (新华社北京2023年7月3日电, 本报讯).

Most name month and day alone; then there is a day only where the dateline itself prints exactly one year.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from summarizer.dateline.days import DAY, MONTH, PLAUSIBLE_YEARS, day_of, days_in
from summarizer.dateline.outlets import is_named

_BRACKET: Final = r"(?: ?[（(【][^（()）【】\n]{0,60}[）)】])?"
_LINE: Final = re.compile(
    r"^[ \t\u3000]*[【\[(（▶■●□]?[据據]?(?P<agency>[\u4e00-\u9fff]{1,10}?(?:[社网網报報刊]|[视視][台臺]))"
    r"(?P<place>[^\n，。、；：:,;“”]{0,40}?)(?P<wire>[电電讯訊]|消息)"
    rf"(?=$|[ \t\u3000（(【】\])）:：“「\n]|[记記]者|[题題]|[综綜]合)(?P<behind>[】\])）]?{_BRACKET})",
    re.MULTILINE,
)
_AGENCY: Final = re.compile(
    r"新[华華]社|[\u4e00-\u9fff]{0,4}(?:通[讯訊]社|新[闻聞]社)|中[新央通]社|法新社|路透社|美[联聯]社|共同社"
)
"""Who files from a place without naming the day (新华社北京电); 园区社会用电 is no dateline."""
_FILED: Final = re.compile(
    r"\s*$|[ \t\u3000]*(?:[（(【]|\n(?![ \t\u3000]*[，,、上下晚起至到在。]))"
    r"|[ \t\u3000]+(?:[记記]者|通[讯訊][员員])(?![从從在了获獲随隨就])"
)
"""What may follow the day behind 本报讯: the names of reporters or the end of the line. A comma begins the report."""
_MONTH_DAY: Final = re.compile(r"([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日")
_YEAR: Final = re.compile(r"(?<![0-9])([0-9]{4})(?![0-9])")
_ENGLISH: Final = re.compile(
    rf"^[ \t]*[A-Z][A-Za-z .,'’-]{{1,40}}?, ?(?P<day>{MONTH} [0-9]{{1,2}}(?:, ?[0-9]{{4}})?)"
    r" ?(?P<who>\([A-Z][\w .]{1,30}\)|/[A-Z][\w -]{1,30}/)? ?(?:--|[—–-]|(?<=[)/]) )",
    re.MULTILINE,
)
_NARROW: Final = str.maketrans("０１２３４５６７８９\u3000\xa0\t", "0123456789   ")


class Filed(NamedTuple):
    """A dateline."""

    day: date | None
    outlet: str | None
    """The agency, or the paper that names itself; 本报 names nobody."""


def datelines(text: str) -> Iterator[Filed]:
    """Yield the datelines at the heads of lines."""
    for match in _LINE.finditer(text):
        agency = match["agency"]
        if is_named(agency) and (_names_day(match["place"]) or _AGENCY.fullmatch(agency)):
            yield Filed(_day(match, text), None if agency[0] in "本我" else agency)
    for match in _ENGLISH.finditer(text):
        yield Filed(_only(match["day"]), (match["who"] or "").strip("()/ ") or None)


def _names_day(place: str) -> bool:
    """Whether what stands between agency and 电 is nothing, or has a day in it."""
    return not place.strip() or _MONTH_DAY.search(place.translate(_NARROW)) is not None


def _day(match: re.Match[str], text: str) -> date | None:
    head = match[0].translate(_NARROW)
    if DAY.search(head):
        return _only(head)
    within = _MONTH_DAY.search(match["place"].translate(_NARROW))
    if within is not None:
        years = {int(year) for year in _YEAR.findall(head) if int(year) in PLAUSIBLE_YEARS}
        return day_of(years.pop(), int(within[1]), int(within[2])) if len(years) == 1 else None
    behind = text[match.end() : match.end() + 60].translate(_NARROW).lstrip(" ")
    found = DAY.match(behind)
    return _only(found[0]) if found is not None and _FILED.match(behind, found.end()) else None


def _only(words: str) -> date | None:
    """Return the one full day of the words."""
    days = {found.day for found in days_in(words)}
    return days.pop() if len(days) == 1 else None
