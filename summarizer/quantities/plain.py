"""The short way: reads a number of the commonest shape in one step, where nothing around it asks for more.

Most numbers of the genre are digits, a scale and a unit that one dictionary entry tells (`亿元`, `%`, `万人`), between
words that change nothing. The long way (readings.py, ranges.py, judge.py) asks each of them some thirty questions; here
the same questions are asked once for each tail of a number, and of the neighbours only whether they are harmless.
What is not surely plain gets None and goes the long way: 9 to 14 us a number, against 4 to 5 here. The two must say
the same of every text, which tests/test_plain.py holds them to.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from summarizer.quantities import grammar, judge, kinds, tables, units
from summarizer.quantities.numerals import exactly, parse_chinese
from summarizer.quantities.quantity import Quantity
from summarizer.quantities.readings import read_tail
from summarizer.value import Kind, Qualifier

_ODD_UNITS: Final = frozenset("点分块番折届类条P") | tables.SPECIFICATION_UNITS
"""Units that the words around make something else of."""
_ODD_BEFORE: Final = judge.ENDS_CURRENCY | frozenset("前首上下第负双初台套款座艘架块机")
"""Before a number: the end of a currency; a part of the year or a place in a row; a sign; 首台16兆瓦机组."""
_DATES_BEFORE: Final = frozenset("近去的来后")
"""Before a span of time: 近三年 is a date."""
_ODD_BEHIND: Final = frozenset("-—~至到–半")
"""Behind a number: the dash of a range; a half."""
_CLASS_BEHIND: Final = re.compile(r"\s{0,8}(?:[(（以级]|[及或][以级])")
"""Behind money: 1亿元以上项目."""
_NAME_BEHIND: Final = frozenset("之以前来滚倍攻专提发行计规")
"""Behind a span of time: 三年前, 三年行动计划."""
_MAY_JOIN: Final = re.compile(r"\n?\d")
"""Behind a scale, digits make a compound: 1万6000."""
_SCALE_HEADS: Final = frozenset("百千佰仟") | frozenset(tables.BIG_SCALES)
_DIGITS: Final = frozenset(tables.DIGITS)
_TEN: Final = Decimal(10)
_GAP: Final = 4
"""Characters before a number in which the word stands that a blank or a line end parts from it."""
_GAP_BEHIND: Final = 12
"""Characters behind a number in which the sign of a range stands, or a word of its name."""
_NEAR: Final = 20
"""Characters before a number in which judge.py looks for words that bound it."""


class _Tail(NamedTuple):
    """What stands behind the digits of a number, wherever it stands: 多亿元以上."""

    length: int
    """Characters up to the end of the unit; words like 以上 are behind."""
    factor: Decimal | None
    """None for 1."""
    scaled: bool
    printed: str
    """The unit without white space, folded."""
    unit: str
    kind: Kind
    inside: Qualifier | None
    """What 多 or 余 before the unit say."""
    after: str | None
    qualifier: Qualifier
    """What the tail alone says."""


@lru_cache(maxsize=4096)
def _known(words: str) -> _Tail | None:
    """Return what `words` behind digits mean by themselves; None where it takes a look around to tell."""
    match = grammar.NUMBER.match(f"90{words}")
    if match is None or match.end() != len(words) + 2 or match.group("few") or match.group("per"):
        return None
    reading = read_tail(match.string, match, exactly(90), plain_one=False)
    printed = reading.unit
    if printed is None or printed in _ODD_UNITS or reading.in_yi or reading.numeral.low != 90 * reading.factor:
        return None
    unit, kind = units.unit_kind(printed)
    factor = None if reading.factor == 1 else reading.factor
    if printed in tables.NAME_UNITS:
        kind = "name"
    elif printed in tables.IDENTIFIER_UNITS:
        kind = "identifier"
    elif printed == "成":
        unit, factor = "%", _TEN * reading.factor
    if kind == "identifier" and reading.bound:
        return None
    said = judge.qualifier_of("", 0, 0, reading.after, reading.bound)
    return _Tail(reading.end - 2, factor, reading.scaled, printed, unit, kind, reading.bound, reading.after, said)


def read_plain(text: str, start: int, floor: int) -> Quantity | None:
    """Return the quantity at `start` where it is plain; None sends it the long way.

    `text` is folded and nothing before `floor` counts. The caller has made sure that no identifier, slogan, name, date
    or share begins at `start`.
    """
    if text[start] == "一" and text[start + 1 : start + 2] not in tables.NUMERAL_CHARS:  # an article, or part of a word
        return None
    before = text[start - 1] if start > floor else ""
    if before.isspace():
        before = text[start - _GAP if start - _GAP > floor else floor : start].rstrip()[-1:]
    if (start and before <= "⺀") or before in _ODD_BEFORE:
        return None
    match = grammar.NUMBER.match(text, start)
    if match is None:
        return None
    number, run = match.group("num", "run")
    digits = match.end("num" if run is None else "run")
    behind = text[digits : digits + 1]
    if behind <= "⺀" and behind != "%" and (behind != " " or text[digits + 1 : digits + 2] <= "⺀"):
        return None
    tail = _known(text[digits : match.end()])
    if tail is None or (tail.scaled and _MAY_JOIN.match(text, digits + 1)):
        return None
    end = digits + tail.length
    if _is_odd(text, start, end, before, tail):
        return None
    factor, inside = tail.factor, tail.inside
    value = _western(number, factor) if run is None else _chinese(match, tail, text[end : end + 1])
    if value is None:
        return None
    qualifier = tail.qualifier
    near = start - _NEAR if start - _NEAR > floor else floor
    if before in judge.ENDS_QUALIFIER or (inside is None and judge.HINT.search(text, near, start)):
        qualifier = judge.qualifier_of(text, start, floor, tail.after, inside, grants=tail.kind in judge.GRANTABLE)
    return tuple.__new__(
        Quantity, (start, end, text[start:end], value, None, None, tail.unit, qualifier, tail.kind, None)
    )


def _is_odd(text: str, start: int, end: int, before: str, tail: _Tail) -> bool:
    """Whether the neighbours of a number may make something else of it than its tail says."""
    behind, kind = text[end : end + 1], tail.kind
    if behind.isspace():
        behind = text[end : end + _GAP_BEHIND].lstrip()[:1]
        if behind <= "⺀":
            return True
    if behind in _ODD_BEHIND:
        return True
    if kind == "count":
        return _is_coined(text, end)
    if kind == "money":
        return before == "超" or _CLASS_BEHIND.match(text, end) is not None  # 超亿元企业120家
    if kind == "measure":
        return behind == "级"
    if kind == "duration":
        if before in _DATES_BEFORE or behind in _NAME_BEHIND or text.startswith("24", start):
            return True
        return "圈" in text[end : end + 9] or _is_coined(text, end)
    return tail.printed == "成" and behind in _DIGITS


def _is_coined(text: str, end: int) -> bool:
    """Whether a closing quotation mark may make a coined term of a number that ends at `end`: “暖企20条”."""
    return not kinds.CLOSING.isdisjoint(text[end : end + 9]) and kinds.COINED_END.match(text, end) is not None


def _western(number: str, factor: Decimal | None) -> Decimal:
    """Return the worth of Western digits."""
    value = Decimal(number.replace(",", ""))
    if factor is not None:
        value *= factor
    return judge.tidy(value) if "." in number else value


def _chinese(match: re.Match[str], tail: _Tail, behind: str) -> Decimal | None:
    """Return the worth of a Chinese numeral; None where it may be part of a word, a digit string or a range."""
    run = match.group("run")
    if len(run) == 1:
        if run in "一零〇○" or tail.printed == "元" or (run == "二" and tail.kind != "ratio"):
            return None
        if not tail.scaled and tail.printed in tables.ARABIC_ONLY_UNITS:
            return None
    elif len(run) > 2 and _DIGITS.issuperset(run):
        return None
    if run[0] in _SCALE_HEADS or match.group("vague") or match.group("point"):
        return None
    if tail.printed == "个" and behind in kinds.SLOGAN_ENDS:
        return None
    numeral = parse_chinese(run)
    if numeral is None or numeral.low is not numeral.high:
        return None
    return numeral.low if tail.factor is None else numeral.low * tail.factor
