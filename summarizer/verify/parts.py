"""Parts against their whole: a part that exceeds it, parts that sum to more, shares over 100 %.

The whole must stand before 其中 in the same sentence (or end the sentence before), in the same unit and of the same
kind of sum; what may overlap (高新技术企业 and 专精特新企业) is never added up.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from summarizer.quantities import Quantity, same_unit
from summarizer.value import Span
from summarizer.verify.places import REACH, Contradicted, Places, contradicted, shown
from summarizer.verify.worth import Worth, printed_step, rounding, worth

_AMONG: Final = re.compile(r"其中|按[一-鿿]{1,6}?(?:划分|分)(?=\s?[,，:：])|分[一-鿿]{1,4}看(?=\s?[,，:：])")
_DIVIDED: Final = ("按", "分")
"""按产业分: what follows divides the whole, so that its parts cannot overlap."""
_END: Final = re.compile(r"[。；;！？!?]|其中")
_APART: Final = re.compile(
    r"累计|总数|总量|总额|合计|(?<!公)共|计划|目标|力争|预计|有望|到20|拟|将|历年|往年|注册|达产|年产|人均|平均|每|单个|单项|最高"
    r"|授信|估值|市值|带动|撬动|拉动|目前|现有|拥有|此外|另|同时|还|(?<!占)比(?!重|例)|较|全国|全省|全市|全球"
)
"""Words behind which a number is no part of what stands before 其中, or is measured otherwise."""
_SUMS: Final = re.compile(
    r"总投资|投资|产值|增加值|营业收入|营收|收入|税收|利润|融资|贷款|补贴|资金|出口|进口|销售额|成交额|资产|面积|产能|产量"
)
"""Nouns of sums: a part told with one that its whole is not told with is another thing (完成投资20亿元，其中产值…)."""
_KIN_SUMS: Final = {
    "增加值": "总值",
    "出口": "进出口",
    "进口": "进出口",
    "税收": "收入",
    "补贴": "资金",
    "收入": "收入",
}
_EXCLUSIVE: Final = re.compile(
    r"第?[一二三]产业|一产|二产|三产|(?<!进)出口|进口(?!额?出)|在建|投产|未开工|拟开工|新建|续建|博士|硕士|本科|男性|女性"
    r"|内资|外资|风电|光伏|水电|火电|线上|线下"
)
"""Names of parts that cannot overlap, so that they may be added up."""
_SHARE: Final = re.compile(r"占[^，,。；;]{0,24}$")
_NATURAL: Final = re.compile(
    r"占(?:[^，,。；;]{0,16}(?:计划|目标|任务|预算|生产总值|GDP|收入|营收|利润|资产|序时)|地|用)|相当于"
)
"""Shares that may exceed 100 %: of a plan, and of what is no whole (进出口 in GDP, 研发投入 in 收入)."""
_NEVER_OVER: Final = re.compile(
    r"(?:入住率|覆盖率|出租率|合格率|办结率|满意率|满意度|占有率|好评率|普及率|及格率)(?:已|均|高|为|达到?|超过?|近|约)*$"
)
_OF_WHOLE: Final = re.compile(r"^[，,（(]?(?:大?约)?占(?:到|了)?[^，,。；;、0-9]{0,14}$")
_ITS: Final = re.compile(r"^的?(?:近|约|超过?|逾|比重为?|比重达到?|比例为?)*$")
_BARE_SHARE: Final = re.compile(r"^[，,（(](?:占比|占总数的|占总量的|占总额的)(?:约|近|为|达到?|超过?|逾)*$")
_POINTS: Final = Decimal("1.1")
"""Steps of its last digit by which a share may be off: 54.26 % is printed as 54.3 % and as 54.2 %. At 0 two true
articles are accused."""
_OVER: Final = Decimal(1)
"""Points by which shares must sum to more than 100: three rounded ones may reach 100.2."""


def find_parts(places: Places) -> Iterator[Contradicted]:
    """Yield what contradicts itself in the parts, sums and shares of an article."""
    for sentence in places.evidence.article.sentences:
        facts = [fact for fact in places.evidence.of_sentence(sentence) if fact.is_fact]
        if facts:
            yield from _shares(places, facts)
            yield from _shares_of_levels(places, facts)
    for found in _AMONG.finditer(places.text):
        whole_of = _before(places, found.start())
        parts = _behind(places, found.end())
        if whole_of and parts:
            yield from _among(places, whole_of, parts, found.start())


def _before(places: Places, start: int) -> list[Quantity]:
    """Return the numbers that 其中 may speak of: those of its sentence, of the one before where it opens its own."""
    sentence = places.evidence.article.sentence_at(start)
    if sentence is None:
        return []
    floor = max(sentence.start, start - REACH)
    if not places.text[sentence.start : start].strip():
        before = places.evidence.article.sentence(sentence.number - 1)
        if before is None:
            return []
        floor = max(before.start, start - REACH)
    return [fact for fact in places.evidence.within(floor, start) if fact.is_fact]


def _behind(places: Places, start: int) -> list[Quantity]:
    mark = _END.search(places.text, start, start + REACH)
    return [fact for fact in places.evidence.within(start, mark.start() if mark else start + REACH) if fact.is_fact]


def _among(places: Places, before: list[Quantity], behind: list[Quantity], among: int) -> Iterator[Contradicted]:
    first = behind[0]
    if not places.is_level(first):
        return
    alike = [fact for fact in before if fact.kind == first.kind and same_unit(fact.unit, first.unit) and fact.unit]
    if not alike or not places.is_level(alike[-1]):
        return
    whole = alike[-1]
    parts = list(_parts(places, whole, behind, among))
    most = worth(whole)
    if most is None:
        return
    for part in parts:
        least = worth(part)
        if least is not None and least.low > most.high:
            yield contradicted([whole], [part], f"{shown(part)} is told as a part of {shown(whole)}")
            return
    yield from _sum(places, whole, parts, among)
    yield from _share_told(places, whole, behind)


def _parts(places: Places, whole: Quantity, behind: list[Quantity], among: int) -> Iterator[Quantity]:
    """Yield the numbers behind 其中 that are certainly parts of the whole."""
    at = among
    head = places.between(max(0, whole.start - 24), whole.start)
    for fact in behind:
        words = places.between(at, fact.start)
        at = fact.end
        if _APART.search(words) or places.evidence.periods_within(whole.end, fact.start):
            return
        if fact.kind != whole.kind or not same_unit(fact.unit, whole.unit) or not places.is_level(fact):
            continue
        if not _same_sum(head, words):
            return
        yield fact


def _same_sum(whole: str, part: str) -> bool:
    """Whether a part is told in the same kind of sum as its whole, or in none of its own."""
    said = _SUMS.findall(part)
    return not said or said[-1] in whole or _KIN_SUMS.get(said[-1], "。") in whole


def _sum(places: Places, whole: Quantity, parts: list[Quantity], among: int) -> Iterator[Contradicted]:
    """Yield parts that cannot overlap and sum to more than their whole."""
    if len(parts) < 2:
        return
    words = places.between(among, parts[-1].end)
    apart = words.startswith(_DIVIDED) or len({found.group() for found in _EXCLUSIVE.finditer(words)}) >= len(parts)
    worths = [found for found in map(worth, parts) if found is not None]
    most = worth(whole, printed_step(whole))
    least = sum((found.low for found in worths), Decimal(0))
    if most is not None and apart and len(parts) == len(worths) and least > most.high:
        told = ", ".join(map(shown, parts))
        yield contradicted([whole], parts, f"the parts {told} are together more than {shown(whole)}")


def _share_told(places: Places, whole: Quantity, behind: list[Quantity]) -> Iterator[Contradicted]:
    """Check W，其中P，占比x%: the share must be that of the part in the whole."""
    if (
        len(behind) < 2
        or behind[1].unit != "%"
        or not _same_sum(places.between(max(0, whole.start - 24), whole.start), places.clause(behind[0]))
    ):
        return
    part, share = behind[:2]
    if _APART.search(places.clause(part)) or not same_unit(part.unit, whole.unit) or part.kind != whole.kind:
        return
    if places.evidence.periods_within(whole.end, part.start):
        return
    if _BARE_SHARE.match(places.between(part.end, share.start)) and not _may_be(share, part, whole):
        yield contradicted([whole, part], [share], f"{shown(part)} of {shown(whole)} is not {shown(share)}")


def _shares_of_levels(places: Places, facts: list[Quantity]) -> Iterator[Contradicted]:
    """Check P，占全市W的x%."""
    for part, whole, share in zip(facts, facts[1:], facts[2:], strict=False):
        if share.kind != "ratio" or part.kind != whole.kind or not same_unit(part.unit, whole.unit):
            continue
        if not _OF_WHOLE.match(places.between(part.end, whole.start)) or not places.is_level(part):
            continue
        if _ITS.match(places.between(whole.end, share.start)) and not _may_be(share, part, whole):
            yield contradicted([part, whole], [share], f"{shown(part)} of {shown(whole)} is not {shown(share)}")


def _may_be(share: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Whether `part` may be that share of `whole`, each as exact as it is printed."""
    told = worth(share, _POINTS * printed_step(share))
    low, high = (worth(level, rounding(level)) for level in (part, whole))
    scale = {"%": Decimal(100), None: Decimal(1)}.get(share.unit)
    if told is None or low is None or high is None or scale is None or high.low <= 0:
        return True
    return Worth(low.low / high.high * scale, low.high / high.low * scale).meets(told)


def _shares(places: Places, facts: list[Quantity]) -> Iterator[Contradicted]:
    """Yield shares over 100 %, and lists of shares of one whole that sum to more."""
    for fact in facts:
        ends = worth(fact) if fact.unit == "%" else None
        if ends is None or ends.low <= 100:
            continue
        clause = places.clause(fact)
        is_share = _SHARE.search(clause) and not _NATURAL.search(clause)
        if is_share or _NEVER_OVER.search(clause):
            label = Span(fact.start - len(clause), fact.start)
            yield Contradicted((fact,), f"{shown(fact)} is told as a share of a whole", (label, Span(*fact[:2])))
    yield from _list_of_shares(places, [fact for fact in facts if fact.unit == "%" and fact.kind == "ratio"])


def _list_of_shares(places: Places, shares: list[Quantity]) -> Iterator[Contradicted]:
    run = shares[:1]
    for one, other in pairwise(shares):
        if places.between(one.end, other.start) not in ("、", "和", "与", ",", "，"):
            run = [other]
            continue
        run.append(other)
        head = places.between(max(0, run[0].start - REACH), run[0].start)
        head = _END.split(head)[-1]
        names = {found.group() for found in _EXCLUSIVE.finditer(head)}
        if "分别" not in head[-16:] or "占" not in head or len(names) < len(run) or "增" in head[-6:]:
            continue
        least = sum((found.low for found in map(worth, run) if found is not None), Decimal(0))
        if least > 100 + _OVER:
            yield contradicted(
                run[:-1], run[-1:], f"the shares {', '.join(map(shown, run))} are together more than 100%"
            )
            return
