"""What a label's last words ask of its number: its kind, and whether it is a change, a share or a level."""

import re
from functools import lru_cache
from typing import Final

from summarizer.quantities import Quantity
from summarizer.quantities.cues import DOWN, UP
from summarizer.verify.evidence import fold_words

LABEL_CHARS: Final = 200
"""Longest label that is read; nobody's metric is longer, and a hostile one must not cost more."""
_CJK: Final = re.compile(r"[一-鿿]")
FROM = re.compile(
    r"[由从從自](?:原来的?|原先的?|过去的?|此前的?|以前的?|目前的?|去年的?|上年的?|去年平均|20\d\d年(?:底|末|初)?的?)?\s*$"
)
TO = re.compile(r"[到至为為]了?\s*$")
BASE: Final = re.compile(
    r"[较較比][^，,。；;增提上升高降减減下]{0,10}的\s*$"
    r"|(?:compared with|\bfrom|(?<!more )(?<!less )(?<!fewer )\bthan)\s*$"
)
"""The number behind is what another one is compared with: 较目前的18%提高22个百分点."""
_BEFORE_AFTER: Final = re.compile(
    r"(?<!日)(?<!目)[前后後](?![端沿])|原(?![材料油因地])|现(?![代场金有])|現(?![代場金有])"
)
_BEFORE: Final = ("前", "原")
_SIDES: Final = frozenset("前后後原现現")
TURN: Final = 0.6
ASIDE: Final = re.compile(r"[（(][^（）()]*[）)]|目标|目標|预计|預計|预估|預估")

SUITS, FIT_WEIGHT = 0.4, 0.5
"""What the unit and the wider words weigh beside the nearest words, when a label is tried on two numbers."""
_HEAD_NOUNS: Final = (
    (
        re.compile(
            r"(?:率|占比|比重|比例|份额|增长|增幅|涨幅|跌幅|降幅|幅度|增速|下降|年增|年减|百分点)$|占(?![地领領])|高出|倍|相当于"
            r"|\b(?:share|growth|rate|rise|decline)\b"
        ),
        frozenset({"ratio", "percentage_point"}),
    ),
    (
        re.compile(r"(?:额|投资|投入|产值|收入|营收|资金|融资|补助|investment|spending|revenue)$"),
        frozenset({"money"}),
    ),
    (
        re.compile(
            r"(?:数|企业|项目|人才|机构|厂商|中心|院校|高校|城市|国家|地区|专家|人员|员工"
            r"|companies|firms|jobs|enterprises)$"
        ),
        frozenset({"count"}),
    ),
)
"""What a label's last words say of the kind of its number."""

_CHANGE: Final = re.compile(
    r"增[长長幅速加](?!值)|[年同]增|[年同][减減]|下[降滑跌]|[减減]少|降[幅低]|回落|提[高升]|上[升涨]|高[于於出]|低[于於]|多出|(?<=平均水平)[高低]|快[于於]|扩大"
    r"|\b(?:grow(?:th|ing)|grew|rise|rose|increased?|up|down|declined?|decrease|fell|drop(?:ped)?|higher|lower)\b"
)
_UP_TO: Final = re.compile(r"\s*(?:了)?(?:[到至为為]|to\b)")
"""Behind a word of change: what follows is the level that was reached (提高到71.4%), not the change."""
_PART_OF: Final = re.compile(r"占(?![地领領])|比重|份额|份額|\bshare\b|\baccount")
RELATION: Final = 0.3
"""What it weighs that a label says change, share or level as the words at the number do."""


def is_english(text: str) -> bool:
    """Whether the text holds no Chinese character."""
    return not _CJK.search(text)


@lru_cache(maxsize=4096)
def kinds_of(metric: str) -> frozenset[str]:
    """Return the kinds that the label's last words ask for; none where they leave it open."""
    plain = ASIDE.sub("", metric if is_english(metric) else fold_words(metric))
    return next((kinds for pattern, kinds in _HEAD_NOUNS if pattern.search(plain)), frozenset())


def suits_by(metric: str, quantity: Quantity) -> float:
    """Return 0.4 where the label asks for such a unit, -0.4 where it asks for another, 0 where it leaves that open."""
    return _suits(metric[-LABEL_CHARS:], quantity.unit, quantity.kind)


@lru_cache(maxsize=8192)
def _suits(label: str, unit: str | None, kind: str) -> float:
    counted = fold_words(unit or "").removeprefix("大")
    if counted and counted not in "个家名项" and counted in fold_words(label):
        return SUITS  # 类 in 服务类别, 天 in 天数
    kinds = kinds_of(label)
    if not kinds:
        return 0.0
    return SUITS if kind in kinds else -SUITS


def side_of(metric: str) -> str | None:
    """Return the last 前, 后, 原 or 现 of a label that tells the two ends of a change apart: 压缩前办理天数."""
    sides = [] if _SIDES.isdisjoint(metric) else _BEFORE_AFTER.findall(metric)
    return sides[-1] if sides else None


def turn_of(side: str, own: tuple[str, str, str], other: tuple[str, str, str]) -> int:
    """Return 1 where 由15天压缩至6天 shows that 前 or 后 in a label means the other number, -1 for this one, else 0."""
    for first, second, sign in ((own, other, 1), (other, own, -1)):
        if FROM.search(first[0]) and TO.search(second[0]):
            return sign if side not in _BEFORE else -sign
    return 0


@lru_cache(maxsize=4096)
def relation_of(words: str) -> str:
    """Return what words before a number make of it: a change (增长), a share (占), or a level."""
    changes = [match for match in _CHANGE.finditer(words) if not _UP_TO.match(words, match.end())]
    if changes:
        return "change"
    return "share" if _PART_OF.search(words) else "level"


@lru_cache(maxsize=4096)
def told_relation(metric: str) -> str:
    """Return what a label makes of its number: a change, a share, or a level."""
    return relation_of(ASIDE.sub("", metric))


_STOP_CHARS: Final = frozenset(
    "数量总额个家名项等的和与及其中为至约达率比占共已有了在是年月日之新全各年度情况规模金人元件条"
)
_STOP_WORDS: Final = frozenset(
    [
        "the",
        "and",
        "for",
        "number",
        "share",
        "size",
        "amount",
        "value",
        "total",
        "level",
        "rate",
        "growth",
        "with",
        "from",
    ]
)
LATIN: Final = re.compile(r"[a-z]+")
_HAN: Final = re.compile(r"[一-鿿]+")


@lru_cache(maxsize=4096)
def label_words(metric: str) -> frozenset[str]:
    """Return the words of a label that carry meaning, those of direction apart."""
    return content_words(DOWN.sub("", UP.sub("", ASIDE.sub("", metric))))


def content_words(text: str) -> frozenset[str]:
    """Return the single characters (Chinese) or stems (English) that carry meaning."""
    if is_english(text):
        return frozenset(word[:6] for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in _STOP_WORDS)
    folded = fold_words(text).lower()
    return frozenset("".join(_HAN.findall(folded))).union(LATIN.findall(folded)) - _STOP_CHARS
