"""Tells the numerals of dates from those of quantities: 2023年, 1-5月, 近三年, 民國112年, 上一年度, July 18.

What a date means in days is the periods' part; here only its place matters, so that no date is read as a fact.
"""

import re

from summarizer.quantities import english, grammar

_RECENT = re.compile(
    rf"(?:\d{{1,3}}|[一二两三四五六七八九十几]{{1,3}}){grammar.GAP}(?:多?年|个?季度|个月|天|周)来?(?![的]?时间|历程)"
)
_RECENT_BEFORE = re.compile(
    r"(?:(?<![历用耗经长达满续超有足将过])(?<!用了)(?<!花了)(?<!存续)近|过去的?|未来|今后|往后|最近)\s?$"
)
_RECENT_ENDS = "近去的来后 \n"
"""What makes a stretch of the calendar of a span of time: 近三年, 未来五年; but not in 历时近三年."""
_ROC_YEAR = re.compile(rf"(?:\d{{1,3}}|[一二三四五六七八九十百]{{1,4}}){grammar.GAP}年")
"""民國112年."""
_TURN = re.compile(rf"一{grammar.GAP}(?:年度?|季度|个?月|周|天)(?!级)")
"""上一年度, 前一个月."""


def date_at(text: str, start: int, floor: int) -> tuple[int, int] | None:
    """Return where the date begins and ends that holds the numeral at `start`; None where there is none."""
    left = text[max(floor, start - 1) : start]
    if text[start] == "半":
        is_half_year = left in ("上", "下") and text.startswith("年", start + 1)
        return (start - 1, start + 2) if left and is_half_year else None
    if text[start] == "一" and left and left in "上前下":
        turn = _TURN.match(text, start)
        return None if turn is None else (start - 1, turn.end())
    match = _date_match(text, start, floor, left)
    return None if match is None else (start, match.end())


def _date_match(text: str, start: int, floor: int, left: str) -> re.Match[str] | None:
    """Return what reads as a date at `start`, in the order of certainty."""
    if left == "国" and text[start - 2 : start - 1] == "民":
        return _ROC_YEAR.match(text, start)
    if left in ("前", "首"):
        return None if text[max(floor, start - 2) : start - 1] == "提" else grammar.FIRST_PART.match(text, start)
    if not (left and left in "第.0123456789"):
        match = grammar.DATE.match(text, start)
        if match is None and text[start].isascii():
            match = english.DAY_OR_TIME.match(text, start)
        if match is not None:
            return match
        if _is_late_year(text, start):
            return grammar.LATE_YEAR.match(text, start)
    if left.isspace() and english.MONTH_BEFORE.search(text, max(floor, start - 12), start):
        match = english.DATE.match(text, start)
        if match is not None:
            return match
    if not left or left not in _RECENT_ENDS or not _RECENT_BEFORE.search(text[max(0, start - 4) : start]):
        return None
    return _RECENT.match(text, start)


def _is_late_year(text: str, start: int) -> bool:
    """Whether a bare four-digit number is a year: nothing that it counts stands behind it."""
    if grammar.LATE_YEAR.match(text, start) is None:
        return False
    arabic = grammar.NUMBER.match(text, start)
    if arabic is not None and (arabic.group("unit") or arabic.group("scale") or arabic.group("more")):
        return False
    spaced = english.DIGIT_TAIL.match(text, start)
    return spaced is None or not (spaced.group("unit") or spaced.group("noun") or spaced.group("scale"))
