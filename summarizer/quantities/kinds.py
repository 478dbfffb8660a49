"""Decides what a number is: a fact that a brief may owe, or part of a date, a name, an idiom.

Rules, in the order in which they are asked (first hit wins):

| rule | kind | example |
|---|---|---|
| money unit, and the words behind make it a class | name | 1亿元以上项目 |
| unit of a name or grade, or 版 代 期 | name | 500强, 三级, 二期 |
| 号 楼 | identifier | 3号楼 |
| a specification's unit directly before a noun | name | 8英寸晶圆 |
| 级 behind money or a measure | name | 5000万吨级码头 |
| 点 behind a word for a part of the day | date | 夜里十一点 |
| a span of time before 前, 后, 来 | date | 七年前 |
| a span of time before 行动, 计划, 规划 | name | 三年行动 |
| 小时 before 不打烊, 在线 … | idiom | 24小时不打烊 |
| a count in a short term between quotation marks | name | “三大行动”, “暖企20条” |
| a Chinese numeral with 个 before another numeral or a closing mark | name | 三个一 |
| 一 with a counter behind the thing counted, at the end of a clause | count | 新增上市公司一家， |
| 一 with a counter, measure, span of time or 元 | idiom | 一批, 最后一米, 一项项 |
| money, %, points, measure, span of time, counter | its own | 560.6亿元 |
| no unit, glued to Latin letters or between quotation marks | name | M9, “211” |
| no unit, 8 digits or more, or behind 邮编, 编号 … | identifier | 20230703 |
| no unit, in brackets or at the head of a list's item | ordinal | （3）, 1.加强 |
| no unit, directly before a Chinese word | name | 58科创集团, 211工程 |
| no unit, otherwise | count | 完成项目67，|
"""

import re
from typing import Final

from summarizer.quantities import tables
from summarizer.quantities.english import NAME_BEFORE, PLAN
from summarizer.value import Kind

_CLASS_BEHIND: Final = re.compile(
    r"(?:元|美元|港元)?\s{0,8}(?:\(含\)|（含）|及|或|\s)?(?:以上|以下)?(?:的|级)?\s{0,8}(?:[大新重单好强]|产业|工业|外资|内资|高质量|重点|重大|签约|在建|亿元){0,3}"
    r"(?:项目|企业|工程|产业集群|产业链|集群|园区|园|开发区|高新区|县|镇|村|楼|俱乐部|独角兽|平台|订单)"
)
"""以上项目, 级产业集群: what stands behind money that names a class of things."""

_BOUND_OF_CLASS: Final = re.compile(r"\s{0,8}(?:\(含\)|（含）|及|或)?(?:以上|以下|级)")
_IDENTIFIER_DIGITS: Final = 8
"""A bare digit string of that length, without separators and unit, is no quantity of a newspaper."""
_NOUN: Final = re.compile(r"[一-鿿]")
_NO_NOUN: Final = frozenset("的、，。；及和与或以左余多内")
_CLOCK: Final = re.compile(r"(?:夜里|半夜|深夜|凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|当晚|今晚|昨晚|每晚)\s?$")
"""Words before a time of day: 夜里十一点."""
_AGO: Final = re.compile(r"\s{0,2}(?:[之以]?前|[之以]?后|以?来)(?![往自续期台勤备])")
"""七年前, 三年后, 五年来: a point or stretch of time, not a span that was measured."""
_SLOGAN_ENDS: Final = frozenset("一二三四五六七八九十百”」』’")
_OPENING: Final = frozenset('“「『‘"')
_CLOSING: Final = frozenset('”」』’"')


_PLAN: Final = re.compile(r"\s{0,3}(?:滚动|倍增|攻坚|专项|提升|发展){0,2}(?:行动|计划|规划|攻坚战)")
"""三年行动计划: a plan's length is part of its name."""
_ALL_DAY: Final = re.compile(r"\s{0,3}(?:不打烊|不间断|全天候?|在线|值守|值班|服务|热线|营业|无人|自助|响应机制|政务)")
_COINED_END: Final = re.compile(r"[一-鿿]{0,8}[”」』’]")
_COUNTED: Final = re.compile(
    r"(?:企业|公司|项目|机构|平台|基地|中心|实验室|工厂|站|院|奖|团队|人才|专利|案例|产品|园区)$"
)
_CLAUSE_ENDS: Final = frozenset(["", *"，。；、）),;"])
_QUALIFIED: Final = re.compile(r"(?:近|[^签节集合]约|超过?|逾|突破|新增|多达|至少|不少于)\s?$")
_NUMBERED: Final = re.compile(
    r"(?:邮编|编号|电话|热线|拨打|代码|账号|证号|QQ群?|群号|微信|尾号|[图表注]|附件)[号为是:]{0,2}\s{0,2}$"
)
"""What stands before a number that is an address or a reference."""
_LISTED: Final = re.compile(r"\d{1,2}[.．]\s?[一-鿿]")
"""The number of a list's item at the start of a line."""


def unit_kind(unit: str) -> tuple[str, Kind]:
    """Return the unit as a brief states it and the kind that it alone suggests; `unit` is folded, unbroken."""
    if unit in tables.CURRENCIES:
        return tables.CURRENCIES[unit], "money"
    if unit in tables.PERCENTAGE_POINTS:
        return "percentage_point", "percentage_point"
    if unit in tables.BASIS_POINTS:
        return "basis_point", "percentage_point"
    if unit in tables.RATIOS:
        return unit, "ratio"
    if unit in tables.DURATIONS:
        return unit, "duration"
    if unit in tables.MEASURES:
        return unit, "measure"
    return unit, "count"


def is_class(text: str, end: int, scale_end: int) -> bool:
    """Whether money that ends at `end` names a class of things (亿元以上项目) and counts nothing itself."""
    bound = _BOUND_OF_CLASS.match(text, scale_end) or _BOUND_OF_CLASS.match(text, end)
    return bound is not None and _CLASS_BEHIND.match(text, min(end, scale_end)) is not None


def with_unit(text: str, start: int, end: int, unit: str, kind: Kind, *, chinese_one: bool) -> Kind:
    """Return the kind of a number that has a unit; offsets are those of the whole quantity in `text`."""
    if unit in tables.NAME_UNITS:
        return "name"
    if unit in tables.IDENTIFIER_UNITS:
        return "identifier"
    if kind == "money" and is_class(text, end, end):
        return "name"
    if unit in tables.SPECIFICATION_UNITS and end < len(text) and text[end] not in _NO_NOUN and _NOUN.match(text[end]):
        return "name"
    if kind in ("measure", "money") and text[end : end + 1] == "级":
        return "name"
    if (kind == "duration" and _AGO.match(text, end)) or (
        unit == "点" and _CLOCK.search(text, max(0, start - 3), start)
    ):
        return "date"
    if kind == "duration" and (_PLAN.match(text, end) or PLAN.match(text, end)):
        return "name"
    if unit == "小时" and _ALL_DAY.match(text, end):
        return "idiom"
    if kind == "count" and _is_coined(text, start, end, unit):
        return "name"
    if not text[start].isascii() and unit == "个" and text[end : end + 1] in _SLOGAN_ENDS:  # 三个一, “四个意识”
        return "name"
    if chinese_one and kind in ("count", "measure", "duration", "money"):
        return "count" if kind == "count" and _is_told_last(text, start, end) else "idiom"
    return kind


def _is_coined(text: str, start: int, end: int, unit: str) -> bool:
    """Whether a count is part of a coined term between quotation marks: “三大行动”, “暖企20条”."""
    if unit == "条" and text[end : end + 1] in _CLOSING:
        return True
    if not start or text[start - 1] not in _OPENING or text[start].isascii():
        return False
    return _COINED_END.match(text, end) is not None


def _is_told_last(text: str, start: int, end: int) -> bool:
    """Whether 一 counts, because it stands behind the thing counted and ends the clause: 新增上市公司一家，."""
    return _COUNTED.search(text, max(0, start - 4), start) is not None and text[end : end + 1] in _CLAUSE_ENDS


def without_unit(text: str, start: int, end: int) -> Kind:
    """Return the kind of a number that no unit follows; offsets are those of the number in `text`."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isascii() and (before.isalpha() or before in "-_/#.@&^"):
        return "name"
    if after.isascii() and after.isalpha():
        return "name"
    if end - start >= _IDENTIFIER_DIGITS and text[start:end].isdigit():
        return "identifier"
    if end - start <= 2 and before in "([（" and after in ")]）":
        return "ordinal"
    if (
        before in "\n "
        and _LISTED.match(text, start)
        and not text[max(0, start - 9) : start].rpartition("\n")[2].strip()
    ):
        return "ordinal"
    if _NUMBERED.search(text, max(0, start - 8), start):
        return "identifier"
    if before == " " and NAME_BEFORE.search(text, max(0, start - 24), start):
        return "name"
    if before in _OPENING and after in _CLOSING:
        return "name"
    if _QUALIFIED.search(text, max(0, start - 5), start):
        return "count"
    behind = text[end : end + 9].lstrip()
    if behind and _NOUN.match(behind[0]) and behind[0] not in _NO_NOUN:
        return "name"
    return "count"
