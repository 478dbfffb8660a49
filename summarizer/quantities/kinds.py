"""Decides what a number is: a fact that a brief may owe, or part of a date, a name, an idiom.

Rules, in the order in which they are asked (first hit wins). Sources: G for GB/T 15835-2011, L for Lü Shuxiang's
现代汉语八百词, E for the conventions of fixtures/eval/README.md, U for usage in the genre, D for the drug law.

| rule | kind | example | source |
|---|---|---|---|
| a fixed phrase (idioms.py) | idiom | 三班倒, 一日三餐 | L, U |
| unit of a name or grade, or 版 代 期 | name | 500强, 三级, 二期 | E |
| 号 楼 | identifier | 3号楼 | E |
| Latin letters touch the digits and make a name with them | name | N95口罩, PD-1单抗 | U |
| P without computing power near | name | 1080P | U |
| money, and the words behind make it a class | name | 1亿元以上项目 | E |
| a specification's unit before a noun, or before 以上 and a process | name | 8英寸晶圆, 28纳米以下制程 | E |
| 级 behind money or a measure | name | 5000万吨级码头 | E |
| a count or span inside a coined term between quotation marks | name | “暖企20条”, “冲刺100天”行动 | U |
| 类 before a medicine or device | name | 1类新药 | D |
| a size behind 首台 and before a noun | name | 首台16兆瓦海上风电机组 | U |
| a Chinese numeral with 个 before another numeral or a closing mark | name | 三个一 | E |
| a span of time before 前, 来, unless measured from an event | date | 七年前; but 成立十五年来 | E, L |
| a span of time before 行动, 计划, 规划, 圈 | name | 三年行动, 15分钟生活圈 | E, U |
| 24小时 before 不打烊, 在线, 书房 … | idiom | 24小时不打烊 | U |
| 一 with a span of time in a phrase | idiom | 新的一年, 有一天 | L |
| 点 behind a word for a part of the day | date | 夜里十一点 | G |
| 点 behind one numeral, unless points are made | idiom | 两点; but 三点要求 | L |
| 分 behind hours; 块 behind a word for spending | duration; money | 3小时20分; 省出四千块 | U |
| 番 without 翻 | idiom | 一番努力 | L |
| 一 with a counter behind the thing counted, 其中, 每, 平均, a superlative | count | 新增上市公司一家， | E, L |
| 一 with a counter, measure or 元 elsewhere | idiom | 一批, 最后一米 | E, L |
| money, %, points, measure, span of time, counter | its own | 560.6亿元 | E |
| no unit, glued to Latin letters, behind 双, or between quotation marks | name | M9, “双11”, “金优58” | E, U |
| no unit, 8 digits or more, or behind 邮编, 编号, 代号 … | identifier | 20230703 | E |
| no unit, in brackets, at the head of a list's item, behind top | ordinal | （3）, 1.加强, top 5 | E |
| no unit, directly before a Chinese word or Program, Plan … | name | 58科创集团, 863 Program | E, U |
| no unit, otherwise | count | 完成项目67， | E |
"""

import re
from typing import Final

from summarizer.quantities import tables
from summarizer.quantities.english import NAME_BEFORE, NAME_BEHIND, PLAN
from summarizer.value import Kind

_CLASS_BEHIND: Final = re.compile(
    r"(?:元|美元|港元)?\s{0,8}(?:\(含\)|（含）|及|或|\s)?(?:以上|以下)?(?:的|级)?\s{0,8}(?:[大新重单好强]|产业"
    r"|工业|外资|内资|高质量|重点|重大|签约|在建|亿元){0,3}"
    r"(?:\d{1,5}\s?[家个项]|项目|企业|工程|产业集群|产业链|集群|园区|园|开发区|高新区|县|镇|村|楼|俱乐部|独角兽"
    r"|平台|订单)"
)
"""以上项目, 级产业集群: what stands behind money that names a class of things."""

_OF_CLASS: Final = re.compile(r"(?:企业|产业|集群|园区|项目)(?=\s?[\d一二两三四五六七八九十])")  # 超亿元企业120家
_BOUND_OF_CLASS: Final = re.compile(r"\s{0,8}(?:\(含\)|（含）|及|或)?(?:以上|以下|级)")
_IDENTIFIER_DIGITS: Final = 8  # a bare digit string of that length is no quantity of a newspaper
_NOUN: Final = re.compile(r"[一-鿿]")
_NO_NOUN: Final = frozenset("的、，。；及和与或以左余多内")
_NO_NOUN_OF_SPECIFICATION: Final = _NO_NOUN | frozenset("升降增提缩扩下上达突为到至长宽高厚深远粗")
"""Characters behind a size that begin no noun: 从1200万像素升到2亿像素, 20毫米厚."""
_BOUND_OF_SPECIFICATION: Final = re.compile(
    r"(?:及?以[上下])(?:的)?(?:先进|成熟|高端)?(?:制程|工艺|芯片|节点|晶圆|逻辑)"
)
_CLOCK: Final = re.compile(
    r"(?:夜里|半夜|深夜|凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|当晚|今晚|昨晚|每晚|[早晚夜])\s?$"
)
"""Words before a time of day: 夜里十一点."""
_AGO: Final = re.compile(r"\s{0,2}(?:[之以]?前|以?来)(?![往自续期台勤备])")
"""七年前, 五年来: a point or stretch of time, not a span that was measured; 12小时后 and 五年后 are measured."""
_FOUNDED: Final = re.compile(
    r"(?:成立|运行|实施|启动|开业|创办|建[区园站校]|开[园区通馆]|投产|上线|创建|落户|改革|任职|入职|运营|试点"
    r"|创业|挂牌)\s?$"
)
"""Verbs that measure from an event: 成立十五年来."""
_COMPUTING: Final = re.compile(r"算力|智算|超算|FLOPS|Flops")
"""Where P counts floating-point operations; 1080P is a name."""
_PLENUM: Final = re.compile(
    r"(?:[一二三四五六七]中)?全会|[一二三四五六七]次|(?:全国)?人大|(?:全国)?政协|中央|省委|市委"
)
"""二十届三中全会: which one, not how many."""
_MEDICAL: Final = re.compile(r"(?:创?新药|医疗器械|化药|新兽药|创新|生物制品|证|肥料)")
"""1类新药, 三类医疗器械: grades of the drug law."""
_FIRST_OF: Final = re.compile(r"(?:首[台套款座艘架]|单机|一[块台])\s?$")
"""首台16兆瓦海上风电机组: the size is part of the name of the thing."""
_GLUED: Final = re.compile(r"[A-Za-z]{1,6}-?$")
_COUNTED_BEHIND_LETTERS: Final = frozenset(
    {"家", "个", "名", "人", "项", "件", "元", "%", "倍", "美元", "亩", "座", "所", "只", "款", "平方米", "吨"}
)
"""Units that count even where the letters of another word touch the digits: 新增IPO3家."""
_POINTS: Final = re.compile(r"(?:具体|明确|主要)?(?:要求|建议|意见|体会|希望|原因|思考|经验|启示|理由|共识|变化)")
_HALF_PAST: Final = re.compile(r"半|[一二三四五]?十?[一二三四五六七八九]?分")
_BEHIND_HOURS: Final = re.compile(r"(?:小时|时)\s{0,2}$")
"""20分 behind 3小时 is minutes, not marks."""
_DOUBLING: Final = re.compile(r"翻[了上过近超约达]{0,3}\s{0,2}$")
_IN_CASH: Final = re.compile(r"(?:省[下出]?|花[了费]?|赚|挣|卖|涨|奖|补贴?|工资|月薪|便宜|只要)\s?$")
_CIRCLE: Final = re.compile(r"[一-鿿]{0,8}圈")
"""15分钟便民生活圈: a name of town planning."""
_NO_ONE_BEFORE: Final = re.compile(r"[这那的每同有某另新前任第头]\s{0,2}$")
_PER_ONE: Final = re.compile(
    r"(?:每|平均|新增|[再新]添|吸纳|按|下线|共用|最[快远].{0,4}的|办成|开|最快的|只是|回传|采集)\s?$"
)
"""What stands before 一 with a counter where it counts: 每吸纳一名, 最快的一个, 按一台机组计算."""
_NO_ONE_BEHIND: Final = re.compile(r"一度|四季|到[头晚]|又一|[一天年]|[之]计")
"""What makes an idiom of 一年, 一天: 新的一年, 有一天, 一年一度."""
_ONE_OF: Final = ("其中", "各")
_THING_ENDS: Final = frozenset("业司目构台地心室厂站院奖队才利例品区群园店校库金会所材")
"""Characters that end the name of a thing counted: 新增上市公司一家，."""
_TIMES: Final = frozenset({"次", "回", "趟", "轮"})
"""Counters of a rhythm: 每半年付息一次."""
_OPENED: Final = re.compile(r"[“「『‘][^”」』’，。；]{0,8}$")
_CAMPAIGN: Final = re.compile(
    r"[^”」』’，。；\n]{0,8}[”」』’](?:党建|专项|主题|系列|特色|品牌|服务|公益|实践|活动|[一-鿿]{0,4}(?:行动|工程"
    r"|计划|活动|品牌|机制|模式|政策|体系"
    r"|战略|课堂|措施|大赛|夜校|生活圈|格局|布局|工作法|专班|平台|创建|攻坚|战役|赛|工作|方式|活动|目标))"
)
"""The rest of a coined term and the word for what it is: “…100天”行动."""
SLOGAN_ENDS: Final = frozenset("一二三四五六七八九十百”」』’")
_OPENING: Final = frozenset('“「『‘"')
CLOSING: Final = frozenset('”」』’"')
_PLAN: Final = re.compile(r"\s{0,3}(?:滚动|倍增|攻坚|专项|提升|发展){0,2}(?:行动|计划|规划|攻坚战)")
"""三年行动计划: a plan's length is part of its name."""
_ALL_DAY: Final = re.compile(
    r"\s{0,3}(?:书[房店屋吧]|便利|图书|药[房店]|[一-鿿]{0,4}客服|不打烊|不间断|全天候?|在线|值守|值班|服务|热线"
    r"|营业|无人|自助|响应机制|政务)"
)
COINED_END: Final = re.compile(r"[一-鿿]{0,8}[”」』’]")
_CLAUSE_ENDS: Final = frozenset(["", *"，。；、）),;"])
_QUALIFIED: Final = re.compile(r"(?:近|[^签节集合]约|超过?|逾|突破|新增|多达|至少|不少于)\s?$")
_NUMBERED: Final = re.compile(
    r"(?:邮编|编号|电话|热线|拨打|代[码号]|账号|证号|QQ群?|群号|微信|尾号|[图表注]|附件)[号为是:]{0,2}\s{0,2}$"
)
"""Before a number that is an address or a reference."""
_ORDER_ENDS: Final = ("st", "nd", "rd", "th")
_LISTED: Final = re.compile(r"\d{1,2}[.．](?:\s?[一-鿿]|\s[A-Z])")
"""The number of a list's item at the start of a line."""


def is_class(text: str, end: int, scale_end: int) -> bool:
    """Whether money that ends at `end` names a class of things (亿元以上项目) and counts nothing itself."""
    bound = _BOUND_OF_CLASS.match(text, scale_end)
    if bound is None and scale_end != end:
        bound = _BOUND_OF_CLASS.match(text, end)
    return bound is not None and _CLASS_BEHIND.match(text, min(end, scale_end)) is not None


def with_unit(text: str, start: int, end: int, unit: str, kind: Kind, *, chinese_one: bool) -> Kind:
    """Return the kind of a number that has a unit; offsets are those of the whole quantity in `text`."""
    named = _named(text, start, end, unit, kind)
    if named is not None:
        return named
    if kind == "duration":
        return _span_of_time(text, start, end, unit, chinese_one=chinese_one)
    asked = _by_words_before(text, start, end, unit) if unit in _ASKED else None
    if asked is not None:
        return asked
    if chinese_one and kind in ("count", "measure", "money"):
        return "count" if kind == "count" and _is_told_one(text, start, end, unit) else "idiom"
    return kind


_ASKED: Final = frozenset("点分块番")  # units of which the words around can make something else


def _by_words_before(text: str, start: int, end: int, unit: str) -> Kind | None:
    """Return what 点, 分, 块 and 番 are by the words around the number; None for what the unit says."""
    if unit == "点" and _CLOCK.search(text, max(0, start - 3), start):
        return "date"
    if unit == "点" and end - start == 2 and not text[start].isascii() and _POINTS.match(text, end) is None:
        return "date" if _HALF_PAST.match(text, end) else "idiom"
    if unit == "分" and _BEHIND_HOURS.search(text, max(0, start - 4), start):
        return "duration"
    if unit == "块" and _IN_CASH.search(text, max(0, start - 4), start):
        return "money"
    if unit == "番" and not _DOUBLING.search(text, max(0, start - 6), start):
        return "idiom"
    return None


def _named(text: str, start: int, end: int, unit: str, kind: Kind) -> Kind | None:
    """Return name or identifier where the unit, or the words around, make part of a name of the number."""
    behind = text[end : end + 1]
    if unit in tables.NAME_UNITS:
        return "name"
    if unit in tables.IDENTIFIER_UNITS:
        return "identifier"
    if (text[start - 1 : start] <= "z" and _is_glued(text, start, unit)) or (
        unit == "P" and not _COMPUTING.search(text, max(0, start - 24), end + 6)
    ):
        return "name"
    if kind == "money" and (
        is_class(text, end, end) or (text[start - 1 : start] == "超" and _OF_CLASS.match(text, end))
    ):
        return "name"
    if unit in tables.SPECIFICATION_UNITS and (
        _BOUND_OF_SPECIFICATION.match(text, end)
        or (behind not in _NO_NOUN_OF_SPECIFICATION and (_NOUN.match(behind) or behind.isalnum()))
    ):
        return "name"
    if kind in ("measure", "money") and behind == "级":
        return "name"
    if kind in ("count", "duration") and _is_coined(text, start, end, unit):
        return "name"
    if unit == "届" and _PLENUM.match(text, end):
        return "name"
    if kind == "count" and unit == "类" and _MEDICAL.match(text, end):
        return "name"
    if kind == "measure" and _FIRST_OF.search(text, max(0, start - 4), start) and _NOUN.match(behind):
        return "name"
    if not text[start].isascii() and unit == "个" and behind in SLOGAN_ENDS and behind:  # 三个一, “四个意识”
        return "name"
    return None


def _is_glued(text: str, start: int, unit: str) -> bool:
    """Whether Latin letters touch the number and make a name with it: N95口罩, PD-1单抗, G1873次."""
    before = text[start - 1 : start]
    if not (before.isascii() and (before.isalpha() or before == "-")):
        return False
    glued = _GLUED.search(text, max(0, start - 8), start)
    if glued is None:
        return False
    letters = glued.group().rstrip("-")
    return len(letters) == 1 or glued.group().endswith("-") or unit not in _COUNTED_BEHIND_LETTERS


def _span_of_time(text: str, start: int, end: int, unit: str, *, chinese_one: bool) -> Kind:
    """Return what a span of time is: measured, a point in time (七年前), part of a plan's name or an idiom."""
    if _AGO.match(text, end) and not _FOUNDED.search(text, max(0, start - 4), start):
        return "date"
    if _PLAN.match(text, end) or PLAN.match(text, end) or _CIRCLE.match(text, end):
        return "name"
    if unit == "小时" and text[start:end].startswith("24") and _ALL_DAY.match(text, end):
        return "idiom"
    if chinese_one and (_NO_ONE_BEFORE.search(text, max(0, start - 4), start) or _NO_ONE_BEHIND.match(text, end)):
        return "idiom"
    return "duration"


def _is_coined(text: str, start: int, end: int, unit: str) -> bool:
    """Whether a number is part of a coined term between quotation marks: “三大行动”, “暖企20条”, “冲刺100天”行动."""
    behind = text[end : end + 1]
    if unit == "条" and behind in CLOSING and behind:
        return True
    if COINED_END.match(text, end) is None:
        return False
    if start and text[start - 1] in _OPENING and not text[start].isascii():
        return True
    opened = _OPENED.search(text, max(0, start - 9), start)
    return opened is not None and _CAMPAIGN.match(text, end) is not None


def _is_told_one(text: str, start: int, end: int, unit: str) -> bool:
    """Whether 一 counts: behind the thing counted at the end of a clause (新增上市公司一家，), or behind 其中."""
    if text.endswith(_ONE_OF, max(0, start - 3), start) or _PER_ONE.search(text, max(0, start - 8), start):
        return True
    if text[end : end + 1] not in _CLAUSE_ENDS:
        return False
    return text[start - 1 : start] in _THING_ENDS or (unit in _TIMES and "每" in text[max(0, start - 10) : start])


def without_unit(text: str, start: int, end: int) -> Kind:
    """Return the kind of a number that no unit follows; offsets are those of the number in `text`."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if (before.isascii() and (before.isalpha() or before in "-_/#.@&^")) or before == "双":
        return "name"
    if after.isascii() and after.isalpha():
        return "ordinal" if text[end : end + 2] in _ORDER_ENDS else "name"
    if end - start >= _IDENTIFIER_DIGITS and text[start:end].isdigit():
        return "identifier"
    if _is_marker(text, start, end, before, after):
        return "ordinal"
    if _NUMBERED.search(text, max(0, start - 8), start):
        return "identifier"
    if before == " " and (NAME_BEFORE.search(text, max(0, start - 24), start) or NAME_BEHIND.match(text, end)):
        return "name"
    return _bare(text, start, end, before, after)


def _is_marker(text: str, start: int, end: int, before: str, after: str) -> bool:
    """Whether a number marks an item or a rank: （3）, 1.加强, top 5."""
    if end - start <= 2 and before in "([（" and after in ")]）":
        return True
    if before == " " and text.endswith("top ", 0, start):
        return True
    if before not in "\n ：:；;。" or _LISTED.match(text, start) is None:
        return False
    return before not in "\n " or not text[max(0, start - 9) : start].rpartition("\n")[2].strip()


def _bare(text: str, start: int, end: int, before: str, after: str) -> Kind:
    """Return whether a bare number counts what stands before it, or is part of the word behind it."""
    if after in CLOSING and (before in _OPENING or _OPENED.search(text, max(0, start - 9), start)):
        return "name"
    if _QUALIFIED.search(text, max(0, start - 5), start):
        return "count"
    behind = text[end : end + 9].lstrip()
    if behind and _NOUN.match(behind[0]) and behind[0] not in _NO_NOUN:
        return "name"
    return "count"
