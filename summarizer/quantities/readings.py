"""Reads one number at one place: Western digits, Chinese numerals, two scales, ranges, up to the words behind the unit.

What the words before the number make of it is judge.py's part.
"""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from summarizer.quantities import english, grammar, tables, units
from summarizer.quantities.numerals import (
    Numeral,
    exact_arabic,
    exactly,
    parse_arabic,
    parse_chinese,
    scale_of,
    with_point,
)
from summarizer.value import Qualifier

_NOT_NUMERAL_BEFORE: Final = frozenset("统唯惟之同单专逐进下每另任某此这那哪初其均不万划归合")
"""Characters that make a word with the 一 or other numeral behind them: 统一, 唯一, 之一, 进一步."""

_DIGIT_CHARS: Final = frozenset(tables.DIGITS)
_ONE_HALF: Final = Decimal("0.5")
_HALF_OF = "个多月 个多小时 个月 个小时 个世纪 个学期 年 月 小时 天 日 分钟 世纪 学期"
_HALF: Final = re.compile(
    rf"半{grammar.GAP}(?P<unit>{grammar.trie(_HALF_OF.split())})"
    r"(?![度报导级会票坡亏谈])(?P<more>多(?![数次种方]))?"
)
_NO_HALF_BEFORE: Final = (*"上下前后大小多",)
"""上半年 is a date, 大半天 says too little."""
_HALF_MORE: Final = re.compile(r"\s{0,2}半(?![导年数程个路])(?P<more>多(?![数次种方]))?")
"""The half behind a unit: 两年半."""
_CHINESE_DIGITS: Final = str.maketrans("0123456789", "零一二三四五六七八九")
_WINDOW: Final = 90
"""Characters behind a rewritten numeral that its unit and the words behind it may need."""
_QUALIFIED: Final = (*"近上超逾过约破达成至到获得奖投值业", "不足", "不到", "至少", "最高", "突破", "多达", "高达")
"""What stands before 百, 千, 万, 亿 without a digit where they count: 近百家, 获千万元融资."""


class Reading(NamedTuple):
    """A number read at one place, before its surroundings are looked at."""

    numeral: Numeral
    end: int
    """End of the number with its unit, words like 以上 left out."""
    unit: str | None
    """Folded, without white space."""
    bound: Qualifier | None
    """What 多, 余, 来 or + inside say."""
    after: str | None
    scaled: bool
    plain_one: bool
    """A bare Chinese 一."""
    in_yi: bool = False
    """The scale is 个亿, which counts money alone."""
    factor: Decimal = Decimal(1)
    """The scale, which the first number of a range shares (3至5亿元)."""
    bare: bool = False
    """A scale without a digit: 百家, 千余名."""


def read_arabic(text: str, start: int) -> Reading | None:
    """Return the quantity in Western digits that begins at `start` of folded text; None where it is beyond measure."""
    first = grammar.NUMBER.match(text, start)
    if first is None:
        return None
    digits = first.end("num")
    if digits - start > grammar.LONGEST_DIGITS and grammar.TOO_LONG.match(text, start):
        return None
    behind = text[digits : digits + 1]
    following = text[digits + 1 : digits + 2]
    if behind and behind in "兆亿万千百" and (following.isdecimal() or following == "\n"):
        compound = _compound(text, start) or _mixed(text, start)
        if compound is not None:
            return compound
    tail = english.DIGIT_TAIL.match(text, start) if behind != "%" and behind.isascii() else None
    if tail is not None and _is_english(tail) and not english.is_glued(text, start):
        return _english(text, start, tail)
    worth = exact_arabic if digits - start <= grammar.LONGEST_DIGITS else _long_arabic
    return read_tail(text, first, worth(first.group("num")), plain_one=False)


def _long_arabic(text: str) -> Numeral:
    """Return what a number with a great many decimals is worth; not to be kept, for it can be a million long."""
    return exactly(parse_arabic(text))


def _compound(text: str, start: int) -> Reading | None:
    """Read 1万6000 and 1兆4,833.74亿元; None where there is one scale only."""
    head = grammar.COMPOUND.match(text, start)
    rest = grammar.NUMBER.match(text, head.end()) if head is not None else None
    if head is None or rest is None:
        return None
    big = scale_of(head.group("big"))
    second = _mixed(text, head.end()) or read_tail(
        text, rest, exactly(parse_arabic(rest.group("num"))), plain_one=False
    )
    amount = second.numeral.low
    if amount >= big or second.numeral.is_range:
        return None
    if len(rest.group("num")) == 1 and amount < 10:  # 3万5 is spoken for 35,000
        amount *= big / 10
    return second._replace(numeral=exactly(parse_arabic(head.group("num")) * big + amount), scaled=True)


def _mixed(text: str, start: int) -> Reading | None:
    """Read Western digits with small scales between them (3千5百万) as the Chinese numeral that they stand for."""
    match = grammar.MIXED.match(text, start)
    if match is None or not any(char.isdigit() for char in match.group()[1:]):
        return None
    window = match.group().translate(_CHINESE_DIGITS) + text[match.end() : match.end() + _WINDOW]
    reading = read_chinese(window, 0)
    return None if reading is None else reading._replace(end=reading.end + start, scaled=True)


def _is_english(tail: re.Match[str]) -> bool:
    """Whether what stands behind digits is English; symbols of units without a scale are not."""
    unit = tail.group("unit")
    if unit is not None and not tail.group("scale") and not tail.group("odd"):
        return unit != "%" and unit not in tables.MEASURES
    return any(tail.group(name) for name in ("scale", "noun", "short", "odd"))


def _english(text: str, start: int, tail: re.Match[str]) -> Reading:
    money = (
        text[max(0, start - 5) : start].rstrip().endswith(tuple(tables.CURRENCY_PREFIXES))
        or (tail.group("unit") or "").strip() in tables.ENGLISH_CURRENCIES
    )
    value, end = english.digit_value(tail, money=money)
    unit = tail.group("unit") or tail.group("noun")
    return Reading(
        exactly(value),
        max(end, tail.end("unit"), tail.end("noun"), tail.end("odd")),
        f"en:{unit}" if unit else None,
        "at_least" if tail.group("odd") else None,
        None,
        bool(tail.group("scale") or tail.group("odd")),
        False,
        factor=value / parse_arabic(tail.group("num")) if parse_arabic(tail.group("num")) else Decimal(1),
    )


def read_chinese(text: str, start: int) -> Reading | None:
    """Return the quantity that begins with a Chinese numeral at `start`; None where it is part of a word."""
    match = grammar.NUMBER.match(text, start)
    if match is None:
        return _half(text, start)
    run = match.group("run")
    if match.group("vague"):
        return _tens_of(text, match, run)
    if run[0] in tables.BIG_SCALES or run[0] in "百千佰仟":
        return _bare_scale(text, start, match)
    numeral = _discount(run) if match.group("unit") == "折" else parse_chinese(run)
    if numeral is None or _is_part_of_word(text, start, match):
        return None
    if match.group("point"):
        numeral = exactly(with_point(numeral.low, match.group("point")))
    return read_tail(text, match, numeral, plain_one=run == "一" and match.group("scale") is None)


def _discount(run: str) -> Numeral | None:
    """Read the numeral of a discount: 八五折 is 8.5 tenths."""
    if len(run) == 2 and all(char in tables.DIGITS for char in run):
        return exactly(with_point(Decimal(tables.DIGITS[run[0]]), run[1]))
    return parse_chinese(run)


def behind_run(text: str, start: int) -> int:
    """Return where to look on, when no number could be read at `start`: never inside the same run of numerals."""
    run = grammar.RUN.match(text, start)
    if run is None or (text[start] == "一" and _is_word_with(text, start)):
        return start + 1
    return run.end()


def _half(text: str, start: int) -> Reading | None:
    """Read 半年, 半个月, 半个多小时."""
    match = _HALF.match(text, start)
    if match is None or text[max(0, start - 4) : start].rstrip()[-1:] in _NO_HALF_BEFORE:
        return None
    unit = "".join(match.group("unit").split())
    bound: Qualifier | None = "at_least" if match.group("more") or unit in tables.MORE_UNITS else None
    unit = tables.MORE_UNITS.get(unit, unit)
    after = grammar.AFTER.match(text, match.end())
    behind = after.group() if after else None
    return Reading(exactly(_ONE_HALF), match.end(), unit, bound, behind, scaled=False, plain_one=False)


def _is_part_of_word(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the numerals are part of a word: 零部件, 统一, 四川, 十分."""
    run, unit = match.group("run"), match.group("unit")
    single = len(run) == 1
    if start and text[start - 1] == "双":  # 双十一
        return True
    if single and (run in "零〇○" or _is_word_with(text, start)):
        return True
    if unit is None:
        return not _stands_alone(text, match) and not grammar.RANGE_DASH.match(text, match.end("run"))
    if single and not match.group("scale"):
        return unit in tables.ARABIC_ONLY_UNITS or _is_word_with_unit(text, match.end(), run, unit)
    return len(run) > 2 and match.group("point") is None and set(run) <= _DIGIT_CHARS


def _is_word_with_unit(text: str, end: int, run: str, unit: str) -> bool:
    """Whether one numeral and a unit are a word: 二次创业 (what is counted is 两次), 三元锂电池."""
    if unit == "元":
        return "一" <= text[end : end + 1] <= "鿿" and text[end] not in "钱整的至到"
    return run == "二" and units.unit_kind(unit)[1] == "count"


def read_tail(text: str, match: re.Match[str], numeral: Numeral, *, plain_one: bool) -> Reading:
    """Return the reading whose digits are worth `numeral` and whose tail `match` (of NUMBER, in `text`) found."""
    num, _, _, _, few, more, scale, more2, scale2, words, per, after = match.groups()
    bound = _bound_inside(match) if more or more2 or (scale and "多" in scale) else None
    end = _end(match) if words is None else match.end("unit")
    if few:  # 十几, 20几
        numeral = Numeral(numeral.low + 1, numeral.low + 9)
    factor = scale_of(scale) if scale2 is None else scale_of(scale) * scale_of(scale2)
    if scale or scale2 or few or num is None or len(num) > grammar.LONGEST_DIGITS:
        low, high = numeral
        first = low * factor
        numeral = Numeral(first, first if high is low else high * factor)
    unit = units.squeezed(words) if words else None
    if unit is not None and per and unit not in tables.CURRENCIES:
        unit, end = unit + units.squeezed(per), match.end("per")
    if after in ("多", "余") and text.startswith(after, end):  # 两成多, 三年多
        bound, after, end = "at_least", None, end + 1
    if unit in tables.MORE_UNITS:
        return Reading(numeral, end, tables.MORE_UNITS[unit], "at_least", after, scale is not None, plain_one)
    if unit in tables.HALF_UNITS:
        half, unit = _ONE_HALF, tables.HALF_UNITS[unit]
    elif unit in ("年", "倍", "月", "天") and (behind := _HALF_MORE.match(text, end)):
        half, end, bound = _ONE_HALF, behind.end(), "at_least" if behind.group("more") else bound
    else:
        in_yi = scale is not None and "个" in scale
        # Past the constructor of the named tuple, a function of its own that every number would call.
        parts = (numeral, end, unit, bound, after, scale is not None, plain_one, in_yi, factor, False)
        return tuple.__new__(Reading, parts)
    return Reading(Numeral(numeral.low + half, numeral.high + half), end, unit, bound, after, False, False)


def _end(match: re.Match[str]) -> int:
    """Return where the number with its unit ends: behind the last part that is there."""
    for group in ("unit", "scale2", "more2", "scale", "more", "few", "point", "run", "num"):
        end = match.end(group)
        if end >= 0:
            return end
    return match.end()


def _bound_inside(match: re.Match[str]) -> Qualifier | None:
    """Return what 多, 余, + or 来 between the digits and the unit say."""
    inside = "".join(part for part in match.group("more", "scale", "more2") if part)
    if not inside:
        return None
    if "来" in inside:
        return "about"
    return "at_least" if any(mark in inside for mark in "多余+") else None


def _tens_of(text: str, match: re.Match[str], run: str) -> Reading | None:
    """Read 数十, 几百, 数千万: from twice the scale to just under ten times."""
    numeral = parse_chinese(run)
    if numeral is None:
        return None
    tens = read_tail(text, match, Numeral(numeral.low * 2, numeral.low * 9), plain_one=False)
    return tens._replace(scaled=True)  # 数百游客: a quantity, though no unit follows


def _bare_scale(text: str, start: int, match: re.Match[str]) -> Reading | None:
    """Read 百, 千, 万, 亿 without a digit: a number only where a qualifier says so (近百家, 千余名, 超千亿元)."""
    numeral = parse_chinese(match.group("run"))
    qualified = text[max(0, start - 3) : start].endswith(_QUALIFIED)
    if numeral is None or match.group("unit") is None or not (qualified or match.group("more") or match.group("more2")):
        return None
    return read_tail(text, match, numeral, plain_one=False)._replace(bare=True)


def _is_word_with(text: str, start: int) -> bool:
    """Whether the character before a single numeral makes a word with it: 统一, 下一步, but not 余下一条."""
    before = text[start - 1 : start]
    if text[start] != "一":
        return before == "初"
    return bool(before) and before in _NOT_NUMERAL_BEFORE and text[start - 2 : start] not in ("余下", "剩下", "留下")


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether Chinese numerals without a unit are a number: two or more, and no word goes on behind."""
    end = match.end()
    behind = text[end : end + 1]
    run = match.group("run")
    large = match.group("scale") or any(scale in run for scale in tables.BIG_SCALES)  # 一亿三千万, 十几亿
    return (len(run) > 1 or bool(large)) and not "一" <= behind <= "鿿" and (run[0] != "一" or bool(large))
