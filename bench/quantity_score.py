"""Scores readers of numbers with different notions side by side; each is asked only what it can answer.

`found` counts a fact that any reading touches: libraries leave out units or take qualifiers in, so only the first
column judges the span. Of several readings that touch a fact the best counts, for every reader alike.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from bench.accuracy import Period, ours
from bench.eval_set import Mark, Passage
from summarizer.value import FACT_KINDS

_CLOSE: Final = Decimal("1e-9")
"""Relative; some libraries reckon in floats."""
_DECIMALS: Final = 4
"""Places to which the evaluation set tells fractions."""
_VAGUE: Final = frozenset("几幾数數")
_WIDE: Final = 2
"""How far beyond ours the upper end of a vague number may lie."""
_CHINESE: Final = frozenset("〇零一二两兩三四五六七八九十百千万萬亿億半廿")
_BLANK: Final = re.compile(r"\n|(?<![A-Za-z0-9])[ \u3000]|[ \u3000](?![A-Za-z0-9])")
_NARROW: Final = {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), 0xFF05, 0xFF0E)}


class Found(NamedTuple):
    """A number as some reader gives it."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    units: frozenset[str] | None
    """All names of its unit, normalised; None from a reader without units."""
    kind: str | None
    qualifier: str | None


class Part(NamedTuple):
    """A part of the evaluation set, with the numbers that are judged in it."""

    title: str
    passages: Sequence[Passage]
    wanted: Callable[[str, str | None], bool]
    """Whether the words and the kind of a mark or a reading belong to the part."""
    readers: tuple[str, ...]


def everything(words: str, kind: str | None) -> bool:
    """Take every number."""
    return True


def in_characters(words: str, kind: str | None) -> bool:
    """Take numbers written with Chinese numerals, in whole or in part."""
    return not _CHINESE.isdisjoint(words)


def money(words: str, kind: str | None) -> bool:
    """Take money."""
    return kind == "money"


def normal(unit: str) -> str:
    """Return a unit without white space, case, the British metre and the plural."""
    plain = "".join(unit.lower().replace("_", "").split()).replace("metre", "meter")
    return plain.removesuffix("s") or plain


def joined(text: str) -> tuple[str, list[int]]:
    """Return a passage as other libraries like it best, and the place in `text` of each of its characters.

    Line ends and the blanks beside Chinese go (in English a blank takes their place), full-width digits become narrow.
    """
    english = not any("一" <= char <= "鿿" for char in text)
    gone = set() if english else {match.start() for match in _BLANK.finditer(text)}
    kept = [(char, place) for place, char in enumerate(text) if place not in gone]
    narrow = "".join(_NARROW.get(char, char) for char, _ in kept)
    return narrow.replace("\n", " "), [place for _, place in kept]


def our_readings(text: str) -> list[Found]:
    """Return what our scanner takes for facts."""
    return [
        Found(*reading[:4], frozenset({normal(reading.unit or "-")}), reading.kind, reading.qualifier)
        for reading in ours(text)
        if reading.kind in FACT_KINDS
    ]


def their_readings(items: list[dict[str, Any]] | None) -> list[Found]:
    """Return the readings of a worker's answer; none where the library broke."""
    return [
        Found(
            item["start"],
            item["end"],
            _number(item["low"]),
            _number(item["high"]),
            None if item["units"] is None else frozenset(map(normal, item["units"])),
            item["kind"],
            None,
        )
        for item in items or ()
    ]


def _number(told: str | None) -> Decimal | None:
    """Return a value; None for what is no number, such as the `-inf` of an open range."""
    try:
        value = Decimal(told or "")
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def their_periods(items: list[dict[str, Any]] | None) -> list[Period]:
    """Return the periods of a worker's answer."""
    return [Period(item["start"], item["end"], _days(item["days"])) for item in items or ()]


def _days(days: list[str]) -> tuple[date, date] | None:
    try:
        return date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    except ValueError:
        return None


class Judged(NamedTuple):
    """How one reading stands to one mark; the order is that of what counts most."""

    everything: bool
    value: bool
    unit: bool
    span: bool


def _judge(mark: Mark, found: Found, unitless: frozenset[str]) -> Judged:
    value = _right(mark, found)
    asked = found.units is not None and mark.kind not in unitless
    unit = found.units is not None and normal(mark.unit or "-") in found.units
    span = (found.start, found.end) == (mark.start, mark.end)
    told = found.qualifier is None or (found.qualifier == mark.qualifier and found.kind == mark.kind and span)
    return Judged(value and (unit or not asked) and told, value, unit, span)


def _right(mark: Mark, found: Found) -> bool:
    """Whether the value is right: 7亿多 may be 7 to 8亿 and 数亿 1 to 10亿, and 三成 3 to one who knows no units."""
    low, high = found.low, found.high
    if mark.qualifier == "at_least" and found.qualifier is None:
        high = low
    vague = found.qualifier is None and not _VAGUE.isdisjoint(mark.text)
    if vague and low is not None and high is not None and mark.low is not None and mark.high is not None and low < high:
        return low <= mark.low <= mark.high <= high <= _WIDE * mark.high
    if found.units is None and mark.text.endswith("成") and low is not None and high is not None:
        low, high = 10 * low, 10 * high
    return _same(mark, low, mark.low) and _same(mark, high, mark.high)


def _same(mark: Mark, read: Decimal | None, told: Decimal | None) -> bool:
    if read is None or told is None:
        return read is told
    if mark.kind == "ratio" and mark.unit is None:
        return round(read, _DECIMALS) == round(told, _DECIMALS)
    return abs(read - told) <= _CLOSE * abs(told)


def score_numbers(part: Part, readings: Sequence[list[Found]], unitless: frozenset[str]) -> Counter[str]:
    """Hold the readings of the passages of a part against their marks."""
    counts: Counter[str] = Counter()
    for passage, found in zip(part.passages, readings, strict=True):
        facts = [mark for mark in passage.marks if mark.is_fact]
        for mark in facts:
            if not part.wanted(mark.text, mark.kind):
                continue
            counts["facts"] += 1
            counts["with unit"] += mark.kind not in unitless
            near = [_judge(mark, one, unitless) for one in found if one.start < mark.end and mark.start < one.end]
            if near:
                best = max(near)
                counts["found"] += 1
                counts["value"] += best.value
                counts["unit"] += best.unit and mark.kind not in unitless
                counts["all right"] += best.everything
                counts["span"] += any(one.span for one in near)
        for one in found:
            touches = any(one.start < mark.end and mark.start < one.end for mark in facts)
            counts["false"] += not touches and part.wanted(passage.text[one.start : one.end], one.kind)
    return counts


def score_periods(items: Sequence[Passage], periods: Sequence[list[Period]]) -> Counter[str]:
    """Hold periods against the dates of the passages; days only where the passage settles them."""
    counts: Counter[str] = Counter()
    for passage, found in zip(items, periods, strict=True):
        for mark in passage.marks:
            if mark.kind != "date":
                continue
            near = [period for period in found if period.start < mark.end and mark.start < period.end]
            counts["dates"] += 1
            counts["found"] += bool(near)
            counts["span"] += any((period.start, period.end) == (mark.start, mark.end) for period in near)
            if mark.days is not None:
                counts["dated"] += 1
                counts["days"] += any(period.days == mark.days for period in near)
    return counts
