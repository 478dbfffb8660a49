"""Judges a number that was read: its unit and kind, its sign, its qualifier, from the words around it."""

import re
from collections.abc import Iterable
from decimal import Context, Decimal
from typing import Final, cast

from summarizer.quantities import doubts, english, grammar, kinds, tables, units
from summarizer.quantities.numerals import read_decimal
from summarizer.quantities.quantity import Quantity
from summarizer.quantities.readings import Reading
from summarizer.value import Kind, Qualifier

_RELIEF: Final = ("减负", "税负", "担负", "肩负", "增负")
"""Words that end in 负 and turn no number negative: 为企业减负3亿元."""
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
ENDS_QUALIFIER: Final = frozenset((*_BEFORE, "\u3000"))
"""Last characters of words before a number that may say how it is meant: of a qualifier, or a wide blank."""
ENDS_CURRENCY: Final = frozenset((*_CURRENCY_BEFORE, " "))
_BARE: Final = re.compile(r"[百千万亿]|一?半|[一二两三四五六七八九\d]成")
GRANTABLE: Final = frozenset({"money", "ratio", "duration", "count", "percentage_point"})
"""Kinds of which 最高 and 最长 say the most that is granted; 单片最长123米 tells a size."""
_UP_IS_NO_QUALIFIER: Final = ("会上", "线上", "网上", "以上", "台上", "迈上", "跃上", "登上", "站上", "早上", "晚上")
_SIGNED_KINDS: Final = frozenset({"ratio", "percentage_point", "money", "measure"})
_RANKED_BEFORE: Final = re.compile(r"(?:^|[^目此之以提当日先空年会从生眼面跟])前\s{0,2}$")
"""前 as the first so many (前10名), and not as the end of another word (目前)."""
_GRANTED: Final = re.compile(
    r"(?:最高|最多|至多|上限|封顶)(?:可|按|将|一次性|再|能|给予|予以|奖励|补助|补贴|支持|资助|获得?|达到?|享受"
    r"|申请|为|奖|补|拿|借|贷|授信|配套|提供"
    r"|发放|抵扣|减免|报销|下浮|上浮|补足|退还){1,3}$"
)
"""The most that a policy grants: 最高给予500万元."""
HINT: Final = re.compile(r"[最至上封约超逾不低高]")
"""One of these stands in every word that bounds a number from afar."""
_GRANTED_HINT: Final = re.compile("[最至上封][高多限顶]")
_DISTANT: Final = re.compile(r"(?P<word>约为|约|超过|超|不到|不足|低于|高于|不低于|不超过|至少)每[^，。；、\d]{1,6}$")
"""A qualifier before what a number is told by: 租金约为每平方米12元."""
_MONEY_WORDS: Final = re.compile(
    r"(?:投资|资金|产值|收入|营收|金额|总额|税收|利润|融资|贷款|授信|产业规模|市值|估值)"
    r"[^，。；、]{0,6}$"
)
_OF: Final = re.compile(
    r"(?P<word>约为|约占|约|不到|不足|超过|超|逾)(?:[^，。；、\d]{1,10}的|(?:占?[全总整本同行该]|其|我[省市县国]"
    r"|上年|去年)[^，。；、\d的]{0,8}[省市县国区业量数额期半员年])$"
)
"""A qualifier of a share or multiple that stands before what it is compared with: 不到全市平均水平的三分之一."""
_SHARE_AHEAD: Final = re.compile(r"[\d.]{1,6}(?:倍|%)|[一二两三四五六七八九十百]{1,4}(?:倍|成|分之)|一半|半数")
_BLANK_BEHIND_CHINESE: Final = re.compile(r"(?<=[一-鿿]) ")
_EXACT: Final = Context(prec=60)
"""Room for every numeral that the grammar reads (at most 40 characters, times a scale)."""
_ONE: Final = Decimal(1)


def judge(text: str, start: int, floor: int, reading: Reading) -> Quantity:
    """Return the quantity that `reading` (begun at `start`) is; `text` is folded, nothing before `floor` counts."""
    left = text[start - _LOOK_BACK if start - _LOOK_BACK > floor else floor : start]
    last = left[-1:]
    if last.isspace():
        last = " "
    unit, kind = _unit_and_kind(text, start, left, reading)
    currency_start, currency = _currency_before(start, left) if last in ENDS_CURRENCY else (start, None)
    if currency is not None and (reading.unit is None or kind == "money"):
        start, unit, kind = currency_start, currency, "money"
    if last in "第 " and left.rstrip().endswith("第"):
        start, kind = text.rindex("第", 0, start), "ordinal"
    elif last in "前 " and kind == "count" and _RANKED_BEFORE.search(left):
        kind = "ordinal"
    (low, high), end = reading.numeral, reading.end
    after = reading.after or (english.bound_behind(text, end) if text[end : end + 1] == " " else None)
    if unit == "成":
        low, high, end = _tenths(text, reading)
        unit = "%"
    if reading.bare and left.endswith("上") and not left.endswith(_UP_IS_NO_QUALIFIER):  # 上百家
        start -= 1
    start, negative = _sign_before(text, start, floor, kind) if text[start - 1 : start] in "下负- " else (start, False)
    if (
        negative and low != high and "-" in text[max(0, start - 1) : start + 1]
    ):  # -40℃至85℃: the sign is the first number's alone
        low = -low
    elif negative:
        low, high = -high, -low
    printed, alike = text[start:end], low is high
    low = tidy(low)
    high = low if alike else tidy(high)
    doubt = doubts.doubt_of(text, start, end, reading, kind)
    if low != high:
        return Quantity(start, end, printed, None, low, high, unit, "range", kind, doubt)
    inside_start = start + 1 if reading.bare and printed[0] == "上" else start
    qualifier = qualifier_of(text, inside_start, floor, after, reading.bound, grants=kind in GRANTABLE)
    return tuple.__new__(Quantity, (start, end, printed, low, None, None, unit, qualifier, kind, doubt))


def _unit_and_kind(text: str, start: int, left: str, reading: Reading) -> tuple[str | None, Kind]:
    """Return unit and kind by the words of the number and those right around it."""
    read = reading.unit
    if read is not None and read[:3] == "en:":
        return english.judged(text, start, reading.end, read[3:], scaled=reading.scaled)
    if read is not None:
        unit, kind = units.unit_kind(read)
        if unit == "号" and (reading.numeral.is_range or reading.bound):  # 三四百号工人
            return unit, "count"
        kind = kinds.with_unit(text, start, reading.end, read, kind, chinese_one=reading.plain_one)
        return ("CNY" if unit == "块" and kind == "money" else unit), kind
    if reading.scaled and (reading.in_yi or _MONEY_WORDS.search(left)):
        return "CNY", "money"
    if reading.scaled or reading.bound:
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


def tidy(value: Decimal) -> Decimal:
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
    if left.endswith("负") and not left.endswith(_RELIEF):
        return start - 1, True
    before = left[:-1][-1:]
    if left.endswith("-") and not (before.isascii() and before.isalnum()) and before not in tables.NUMERAL_CHARS:
        return start - 1, True
    return start, left.endswith("-") and not before


def qualifier_of(
    text: str, start: int, floor: int, after: str | None, inside: Qualifier | None = None, *, grants: bool = True
) -> Qualifier:
    """Return what the words around say; those before win, then 多, 余, 来 inside, then those behind."""
    before = text[start - 20 if start - 20 > floor else floor : start]
    last = before[-1:]
    # Most numbers stand behind a Chinese character that ends no qualifier: only then are blanks and case worth a look.
    left = _unbroken(before) if last <= "⺀" or last in ENDS_QUALIFIER else ""
    for word in _BEFORE.get(left[-1:], ()):
        if left.endswith(word) and not (word.isascii() and left[: -len(word)][-1:].isalpha()):
            if left.endswith(tables.NOT_BEFORE.get(word, ())):
                break
            if word in tables.ONLY_BARE and _BARE.match(text, start) is None:
                break
            if word in tables.ONLY_GRANTED and not grants:
                break
            return cast(Qualifier, tables.BEFORE[word])
    if inside is not None:
        return inside
    if HINT.search(before):
        distant = _distant(text, start, left or _unbroken(before))
        if distant is not None:
            return distant
    if after is None:
        return "exact"
    word = "".join(after.split())
    return "about" if word == "来" else cast(Qualifier, tables.AFTER.get(word, "at_least"))


def _distant(text: str, start: int, left: str) -> Qualifier | None:
    """Return what a word says that other words part from the number: 最高给予, 约为每平方米, 不到全市的."""
    if _GRANTED_HINT.search(left) and _GRANTED.search(left):
        return "at_most"
    distant = _DISTANT.search(left) if "每" in left else None
    if distant is None and _SHARE_AHEAD.match(text, start):
        distant = _OF.search(left)
    return cast(Qualifier, tables.BEFORE[distant.group("word")]) if distant is not None else None


def _unbroken(left: str) -> str:
    """Return words in lower case on one line: no blank behind a Chinese character, single blanks elsewhere."""
    parts = left.lower().split()
    if len(parts) < 2:
        return parts[0] if parts else ""
    return _BLANK_BEHIND_CHINESE.sub("", " ".join(parts))


def share(text: str, start: int, floor: int, match: re.Match[str]) -> Quantity | None:
    """Return the ratio that a match of FRACTION or SLASHED is (百分之三十, 1/3); None where it is no number."""
    groups = match.groupdict()
    if groups["part"] == "数":
        return None
    whole, part = read_decimal(groups["of"]), read_decimal(groups["part"])
    last = read_decimal(groups["last"]) if groups.get("last") else None
    if not whole or part is None or ("last" not in groups and part >= whole):
        return None
    unit = {100: "%", 1000: "‰"}.get(int(whole))
    low, high = (_part_of(amount, whole, unit) for amount in (part, part if last is None else last))
    if low < high:
        end = match.end("last")
        return Quantity(start, end, text[start:end], None, low, high, unit, "range", "ratio")
    end = match.end("part") if "last" in groups else match.end()
    qualifier = qualifier_of(text, start, floor, groups.get("after") if last is None else None)
    return Quantity(start, end, text[start:end], low, None, None, unit, qualifier, "ratio")


def _part_of(part: Decimal, whole: Decimal, unit: str | None) -> Decimal:
    if unit:
        return tidy(part)
    four_places = (part / whole).quantize(Decimal("0.0001"), context=_EXACT).normalize()
    return four_places or (part / whole).normalize(_EXACT)
