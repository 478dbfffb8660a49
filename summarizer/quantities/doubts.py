"""Says what else a number could be, where its words allow a second reading and the context does not settle it.

A doubt is a remark for the reader of a brief, in a few words of English; it changes neither value nor kind. Most
numbers have none.
"""

import re
from typing import Final

from summarizer.quantities import tables
from summarizer.quantities.readings import Reading
from summarizer.value import Kind

_DIGITS: Final = "一二三四五六七八九"
_TRADITIONAL: Final = re.compile(r"[億萬園區國臺灣業產額個]")
"""Characters that only a traditional text has."""

TAIWAN_DOLLARS: Final = "could be Taiwan dollars: the text is in traditional characters and names no currency"
_SPECIFICATION: Final = "could be the name of a specification, not a measure"
_MEASURE: Final = "could be a measure, not the name of a specification"
_ARTICLE: Final = "could be an indefinite article, not a count"
_ONE: Final = "could count one"
_DIGIT_BY_DIGIT: Final = "could be two digits read one by one ({})"
_STRETCH: Final = "could be a stretch of the calendar, not a measured span"
_SPAN: Final = "could be a measured span"
_THROUGHOUT: Final = "could be the span throughout which something went on"
_OVER: Final = "over "
_NOUN: Final = "could count the noun behind it"


def doubt_of(text: str, start: int, end: int, reading: Reading, kind: Kind) -> str | None:
    """Return what else the number at `[start, end)` of folded text could be; None where nothing speaks for it."""
    unit = reading.unit
    if kind == "duration" and unit is not None and unit.startswith("en:"):
        return doubt_of_span(text, start)
    if reading.plain_one:
        return _ARTICLE if kind == "count" else _ONE if kind == "idiom" else None
    if unit in tables.SPECIFICATION_UNITS and kind in ("measure", "name"):
        return _SPECIFICATION if kind == "measure" else _MEASURE
    if reading.numeral.is_range and _is_loose_pair(text, start):
        digits = "".join(str(_DIGITS.index(char) + 1) for char in text[start : start + 2])
        return _DIGIT_BY_DIGIT.format(digits)
    if unit in tables.DURATIONS:
        if kind == "duration" and text[start] == "半":
            return _STRETCH
        return _SPAN if kind in ("date", "name") else None
    if unit is None and not reading.scaled:
        return _NOUN if kind == "name" and "一" <= text[end : end + 1] <= "鿿" else None
    return None


def doubt_of_span(text: str, start: int) -> str | None:
    """Return what else a span of time in English could be: over three years is more than three, or throughout them."""
    return _THROUGHOUT if text[max(0, start - len(_OVER)) : start].lower() == _OVER else None


def _is_loose_pair(text: str, start: int) -> bool:
    """Whether two digits that are no neighbours stand side by side: 三五, which is 3 to 5 or 35."""
    pair = text[start : start + 2]
    return (
        len(pair) == 2
        and all(char in _DIGITS for char in pair)
        and _DIGITS.index(pair[1]) == _DIGITS.index(pair[0]) + 2
    )


def is_traditional(text: str) -> bool:
    """Whether a text is in traditional characters."""
    return _TRADITIONAL.search(text) is not None
