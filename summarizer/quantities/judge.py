"""Judges a number that was read: its unit and kind, its sign, its qualifier, from the words around it."""

import re
from collections.abc import Iterable
from decimal import Context, Decimal
from typing import Final, cast

from summarizer.quantities import english, grammar, kinds, tables
from summarizer.quantities.quantity import Quantity
from summarizer.quantities.readings import Reading, read_decimal
from summarizer.value import Kind, Qualifier

_LOOK_BACK: Final = 12
"""Characters before a number in which a sign or a currency may stand."""


def _by_last_char(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the words under their last characters, the longest first."""
    table: dict[str, tuple[str, ...]] = {}
    for word in sorted(words, key=len, reverse=True):
        table[word[-1]] = (*table.get(word[-1], ()), word)
    return table


_BEFORE: Final = _by_last_char(tables.BEFORE)
_CURRENCY_BEFORE: Final = _by_last_char(tables.CURRENCY_PREFIXES)
_BARE: Final = re.compile(r"[百千万亿]|一?半|[一二两三四五六七八九\d]成")
_SIGNED_KINDS: Final = frozenset({"ratio", "percentage_point", "money", "measure"})
_RANKED_BEFORE: Final = re.compile(r"(?:^|[^目此之以提当日先空年会从生眼面跟])前\s{0,2}$")
"""前 as the first so many (前10名), and not as the end of another word (目前)."""
_MEASURED_ONE: Final = (
    "为期",
    "历时",
    "增长",
    "增加",
    "翻",
    "缩至",
    "缩到",
    "短至",
    "短到",
    "减至",
    "减到",
    "仅用",
    "只用",
    "仅需",
    "只需",
)
"""Words after which 一 and 半 count: 为期一年, 增长一倍, 压缩至半天."""
_GRANTED: Final = re.compile(
    r"(?:最高|最多|上限)(?:可?(?:给予|奖励|补助|补贴|支持|资助|获得?|达到?|享受|申请|为)){1,2}$"
)
"""The most that a policy grants: 最高给予500万元."""
_MONEY_WORDS: Final = re.compile(
    r"(?:投资|资金|产值|收入|营收|金额|总额|税收|利润|融资|贷款|授信|产业规模|市值|估值)"
    r"[^，。；、]{0,6}$"
)
_OF: Final = re.compile(r"(?P<word>约为|不到|不足|超过)[^，。；、\d]{1,10}的$")
"""A qualifier of a share or multiple that stands before what it is compared with: 不到全市平均水平的三分之一."""
_SHARE_AHEAD: Final = re.compile(r"[\d.]{1,6}(?:倍|%)|[一二两三四五六七八九十百]{1,4}(?:倍|成|分之)|一半|半数")
_EXACT: Final = Context(prec=60)
"""Room for every numeral that the grammar reads (at most 40 characters, times a scale)."""
_ONE: Final = Decimal(1)


def judge(text: str, start: int, floor: int, reading: Reading) -> Quantity:
    """Return the quantity that `reading` (begun at `start`) is; `text` is folded, nothing before `floor` counts."""
    left = text[max(floor, start - _LOOK_BACK) : start]
    unit, kind = _unit_and_kind(text, start, left, reading)
    currency_start, currency = _currency_before(start, left)
    if currency is not None and (reading.unit is None or kind == "money"):
        start, unit, kind = currency_start, currency, "money"
    if left.rstrip().endswith("第"):
        start, kind = text.rindex("第", 0, start), "ordinal"
    elif kind == "count" and _RANKED_BEFORE.search(left):
        kind = "ordinal"
    (low, high), end = reading.numeral, reading.end
    if unit == "成":
        low, high, end = _tenths(text, reading)
        unit = "%"
    start, negative = _sign_before(text, start, floor, kind)
    if negative:
        low, high = -high, -low
    printed, low, high = text[start:end], _tidy(low), _tidy(high)
    if low != high:
        return Quantity(start, end, printed, None, low, high, unit, "range", kind)
    qualifier = qualifier_of(text, start, floor, reading.after, more=reading.more)
    return Quantity(start, end, printed, low, None, None, unit, qualifier, kind)


def _unit_and_kind(text: str, start: int, left: str, reading: Reading) -> tuple[str | None, Kind]:
    """Return unit and kind by the words of the number and those right around it."""
    if reading.unit is not None and reading.unit.startswith("en:"):
        return english.unit_of(reading.unit[3:])
    if reading.unit is not None:
        unit, kind = kinds.unit_kind(reading.unit)
        one = reading.plain_one and not left.endswith(_MEASURED_ONE)
        return unit, kinds.with_unit(text, start, reading.end, reading.unit, kind, chinese_one=one)
    if reading.scaled and _MONEY_WORDS.search(left):
        return "CNY", "money"
    if reading.scaled or reading.more:
        return None, "count"
    return None, kinds.without_unit(text, start, reading.end)


def _tenths(text: str, reading: Reading) -> tuple[Decimal, Decimal, int]:
    """Return 成 as per cent, with the half step behind it (一成五 is 15), and where it ends."""
    (low, high), end = reading.numeral, reading.end
    step = grammar.TENTHS.match(text, end)
    if step is not None:
        part = Decimal("0.5") if step.group() == "半" else Decimal(tables.DIGITS[step.group()]) / 10
        low, high, end = low + part, high + part, step.end()
    return low * 10, high * 10, end


def _tidy(value: Decimal) -> Decimal:
    """Drop trailing zeros, keeping whole numbers out of exponent form."""
    return value.quantize(_ONE, context=_EXACT) if value == value.to_integral_value() else value.normalize(_EXACT)


def _currency_before(start: int, left: str) -> tuple[int, str | None]:
    """Return where a currency before the number begins, and its ISO code."""
    bare = left.rstrip()
    for word in _CURRENCY_BEFORE.get(bare[-1:], ()):
        if bare.endswith(word):
            return start - (len(left) - len(bare)) - len(word), tables.CURRENCY_PREFIXES[word]
    return start, None


def _sign_before(text: str, start: int, floor: int, kind: Kind) -> tuple[int, bool]:
    """Return the start with a sign taken in, and whether the number is negative (-3.2%, 零下10℃, minus 3 percent)."""
    left = text[max(floor, start - 6) : start]
    if left.endswith("零下"):
        return start - 2, True
    if left.endswith("minus "):
        return start - 6, True
    if kind not in _SIGNED_KINDS:
        return start, False
    if left.endswith("负"):
        return start - 1, True
    before = left[:-1][-1:]
    if left.endswith("-") and not (before.isascii() and before.isalnum()) and before not in tables.NUMERAL_CHARS:
        return start - 1, True
    return start, left.endswith("-") and not before


def qualifier_of(text: str, start: int, floor: int, after: str | None, *, more: bool) -> Qualifier:
    """Return what the words around say; those before win, then 多/余 inside, then those behind."""
    left = text[max(floor, start - 16) : start].rstrip().lower()
    for word in _BEFORE.get(left[-1:], ()):
        if left.endswith(word) and not (word.isascii() and left[: -len(word)][-1:].isalpha()):
            if left.endswith(tables.NOT_BEFORE.get(word, ())):
                break
            if word in tables.ONLY_BARE and _BARE.match(text, start) is None:
                break
            return cast(Qualifier, tables.BEFORE[word])
    if more:
        return "at_least"
    if _GRANTED.search(left):
        return "at_most"
    of = _OF.search(left)
    if of is not None and _SHARE_AHEAD.match(text, start):
        return cast(Qualifier, tables.BEFORE[of.group("word")])
    return cast(Qualifier, tables.AFTER["".join(after.split())]) if after else "exact"


def share(text: str, start: int, floor: int, match: re.Match[str]) -> Quantity | None:
    """Return the ratio that a match of FRACTION or SLASHED is (百分之三十, 1/3); None where it is no number."""
    groups = match.groupdict()
    if groups["part"] == "数":
        return None
    whole, part = read_decimal(groups["of"]), read_decimal(groups["part"])
    last = read_decimal(groups["last"]) if groups.get("last") else None
    if not whole or part is None or ("last" not in groups and part >= whole):
        return None
    unit = {100: "%", 1000: "‰", 10000: "‱"}.get(int(whole))
    low, high = (_part_of(amount, whole, unit) for amount in (part, part if last is None else last))
    if low < high:
        end = match.end("last")
        return Quantity(start, end, text[start:end], None, low, high, unit, "range", "ratio")
    end = match.end("part") if "last" in groups else match.end()
    qualifier = qualifier_of(text, start, floor, groups.get("after") if last is None else None, more=False)
    return Quantity(start, end, text[start:end], low, None, None, unit, qualifier, "ratio")


def _part_of(part: Decimal, whole: Decimal, unit: str | None) -> Decimal:
    return _tidy(part) if unit else (part / whole).quantize(Decimal("0.0001"), context=_EXACT).normalize()
