"""Reads one line as a line that dates a text: a label with a date, a masthead, a source line, a date alone.

A line with a date in it is read by taking away what such lines hold; where words are left, it is something else.
"""

import re
from datetime import date
from typing import Final, Literal, NamedTuple

from summarizer.byline import byline_of_line
from summarizer.dateline.days import WEEKDAY, days_in, weekday_of
from summarizer.dateline.outlets import ENGLISH, SOURCE, paper_beside, source_of

Form = Literal["label", "marked", "bare", "update"]

_TIMES: Final = r"(?:[时時][间間]|日期)"
_START: Final = r"(?:^|[ |(\[【])"
_LABEL: Final = re.compile(
    rf"{_START}(?:(?:[发發][布佈表稿]|刊[发發登]|出版|[见見][报報]|[登上][载載线線]){_TIMES}[: ]?"
    r"|(?:[发發][布佈表稿]|刊[发發登])[于於在]?:"
    r"|(?i:Published(?: on| at| date)?|Publication date|Date published|Posted(?: on)?):?) ?$"
)
_UPDATE: Final = re.compile(
    rf"{_START}(?:(?:最[后後近])?(?:更新|修改|[编編][辑輯])(?:{_TIMES}|[于於])?:?"
    r"|(?i:(?:last )?updated(?: on| at)?):?) ?$"
)
_PLAIN_LABEL: Final = re.compile(rf"{_START}(?:{_TIMES}|(?i:date)) ?:")
"""时间：2023-07-03 is no proof alone: an invitation says so too. It may stand before the date of a line."""

_TIME: Final = re.compile(
    r"T?(?<![0-9:])[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?(?:Z|[+-][01][0-9]:?[0-5][0-9])?(?![0-9:])"
    r"(?: ?(?:[AaPp]\.?[Mm]\b\.?|(?:GMT|UTC|CST|BJT)\b(?:[+-][0-9]{1,2})?))?|[0-2]?[0-9][时時][0-5]?[0-9]分"
)
_LUNAR: Final = re.compile(
    r"(?:[农農旧舊夏][历曆])?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
    r"(?:[^ ]{1,8}月)?(?:初?[一二三四五六七八九十廿]{1,3})?(?=[ \x01-\x05]|$)|[农農][历曆][^ ]{2,10}"
)
_EDITION: Final = re.compile(
    r"第? ?[A-Z]?[0-9]{1,3} ?版(?![\u4e00-\u9fff])|第[一二三四五六七八九十]{1,3}版|(?<![\w-])[A-D][0-9]{1,2}(?![\w-])"
    r"|(?<!\w)(?i:page|p\.) ?[0-9]{1,3}(?!\w)"
)
_HAN_NAME: Final = r"[\u4e00-\u9fff·]{2,4}(?![\u4e00-\u9fff])"
_FURNITURE: Final = re.compile(
    r"(?:字[体體号號]|[浏瀏][览覽](?:[次量][数數]?)?|[点點][击擊](?:[数數量率])?|[阅閱][读讀](?:量|[数數])?|人[气氣]"
    r"|[访訪][问問]量|[评評][论論]) ?: ?[\[(]?(?:[大中小](?: [大中小]){0,2}|[0-9]{1,9}[次人]?)?[\])]?"
    r"|(?<![^\s\x01-\x05(\[【|])(?:[大中小]|打印(?:本[页頁])?|分享(?:到)?|收藏|[关關][闭閉])(?![^\s)\]】|])"
    r"|(?:Editors?|[责責]任[编編][辑輯]|[责責美][编編]|[编編][辑輯审審]|[审審]核|校[对對]|版式|制[图圖]|[图圖]片?"
    rf"|[摄攝]影|[监監]制|[一二三][审審]) ?[:/] ?(?:{_HAN_NAME}|[A-Z]?[a-z]{{1,20}}(?: [A-Z][a-z]{{1,20}}){{0,2}})"
    r"|(?:[国國][内內])?[统統]一(?:[连連][续續]出版物|刊)[号號] ?:? ?CN ?[0-9]{2}-[0-9]{4}"
)
"""What sites and papers put into such lines besides: counters and buttons, editors, numbers of the licence."""
_ISSUE: Final = re.compile(
    r"[总總]?第 ?[0-9]{1,6} ?[期号號](?![\u4e00-\u9fff])|今日[0-9]{1,3}版|(?<!\w)(?i:vol\.|no\.) ?[0-9]{1,5}(?!\w)"
)
_ENGLISH_BYLINE: Final = re.compile(
    r"\b(?:By|BY) [A-Z][\w.'’]{0,20}(?: [\w.'’-]{1,20}){0,7}(?:, [A-Z]\w{1,20})?(?= *[|\x01]|$)"
)
_ROLE_COLON: Final = re.compile(r"([记記]者|通[讯訊][员員]|撰稿人?) ?[:/] ?")
_FROM: Final = re.compile(r"/[\u4e00-\u9fff]{2,8}(?:报道|報導|報道|电|電)")
_SECTION: Final = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:要[闻聞]|新[闻聞]|[综綜]合|[头頭]版|[时時]政|[专專][题題版刊]|特刊|[经經][济濟]|[产產][业業]|[导導][读讀])"
)
_SPLIT: Final = re.compile(r"[\s|()\[\]【】<>_,\x01-\x05]+|--+|[—–]+")
_CLAUSE: Final = re.compile(r",\s*[\u4e00-\u9fff]|[\u4e00-\u9fff]\s*,|[,、;:]$")
_FREE: Final = re.compile(r"[\u4e00-\u9fffA-Za-z·、 ]{1,40}")
_PAGE: Final = re.compile(r"[·.]*0?[0-9]{1,2}[·.]*")

_DAY, _WEEKDAY, _EDITION_MARK, _TIME_MARK, _OTHER_MARK = "\x01\x02\x03\x04\x05"


class DateLine(NamedTuple):
    """A line that dates a text."""

    day: date
    form: Form
    outlet: str | None = None
    """A paper's name in it."""
    masthead: bool = False
    """Whether it has a weekday or an edition, as lines of newspapers have."""


def read_date_line(line: str) -> DateLine | None:
    """Return the date of a normalised line; None where it has none, several, an impossible one, or further words."""
    days = list(days_in(line))
    if not days:
        return None
    labelled = {found.day for found in days if _LABEL.search(line, 0, found.start)}
    updates = {found.start: match for found in days if (match := _UPDATE.search(line, 0, found.start))}
    others = {found.day for found in days if found.start not in updates}
    rest = line
    for found in reversed(days):  # from behind, so that the places before stay
        update = updates.get(found.start)
        rest = rest[: update.start() if update else found.start] + (" " if update else _DAY) + rest[found.end :]
    left = _taken_away(rest)
    if labelled or not others:
        dated = _dated(line, labelled or {found.day for found in days}, "label" if labelled else "update")
    elif left.is_text:
        dated = None
    else:
        dated = _dated(line, others, "marked" if left.marked else "bare")
    return None if dated is None else dated._replace(outlet=left.outlet, masthead=left.masthead)


def _dated(line: str, days: set[date | None], form: Form) -> DateLine | None:
    """Return the line with its one day; a weekday that it prints must be that day's."""
    if len(days) != 1:
        return None
    day = days.pop()
    weekdays = {weekday_of(match) for match in WEEKDAY.finditer(line)}
    if day is None or (weekdays and weekdays != {day.weekday()}):
        return None
    return DateLine(day, form)


class _Left(NamedTuple):
    """What a line is that had a date in it."""

    is_text: bool
    """Whether it goes on in words of its own."""
    marked: bool
    """Whether it holds more than the date."""
    masthead: bool
    outlet: str | None


def _taken_away(rest: str) -> _Left:
    """Take away from a line, whose date is a mark already, what such lines hold besides."""
    outlets = set() if source_of(rest) else {match[0] for match in ENGLISH.finditer(rest)}
    rest = _masked(rest)
    left: list[str] = []
    for piece in _SPLIT.split(rest):
        name = paper_beside(piece)
        if name is not None:
            outlets.add(name)
        elif _WEEKDAY in rest and _PAGE.fullmatch(piece):
            rest += _EDITION_MARK
        elif piece.strip("-·/:.") and _SECTION.fullmatch(piece) is None:
            left.append(piece)
    words = " ".join(left)
    is_byline = bool(words) and byline_of_line(_FROM.sub("", _ROLE_COLON.sub(r"\1 ", words))) is not None
    is_section = _EDITION_MARK in rest and _FREE.fullmatch(words) is not None
    masthead = _WEEKDAY in rest or _EDITION_MARK in rest
    return _Left(
        is_text=_CLAUSE.search(rest) is not None or bool(words and not is_byline and not is_section),
        marked=masthead or is_byline or bool(outlets) or _TIME_MARK in rest or _OTHER_MARK in rest,
        masthead=masthead,
        outlet=outlets.pop() if len(outlets) == 1 else None,
    )


def _masked(rest: str) -> str:
    """Put a mark for what lines that date a text hold besides the date and names."""
    rest = SOURCE.sub(f" {_OTHER_MARK} ", rest)
    rest = _ENGLISH_BYLINE.sub(f" {_OTHER_MARK} ", rest)
    rest = ENGLISH.sub(f" {_OTHER_MARK} ", rest)
    rest = WEEKDAY.sub(f" {_WEEKDAY} ", rest)
    rest = _ISSUE.sub(f" {_OTHER_MARK} ", rest)
    rest = _EDITION.sub(f" {_EDITION_MARK} ", rest)
    rest = _TIME.sub(f" {_TIME_MARK} ", rest)
    rest = _LUNAR.sub(" ", rest)
    rest = _PLAIN_LABEL.sub(" ", rest)
    rest = _FURNITURE.sub(" ", rest)
    return rest.replace("》", "》 ").strip()
