"""What the brief leaves out: every fact-kind quantity of the article that no number, policy or quote of it covers.

Listed in the order in which an analyst would miss them: what headline and lead tell, money, ratios, projects and
firms, other counts, measures, durations. Not owed is what only repeats a told fact more roughly (突破百亿元大关 beside
102.3亿元), what defines who is counted (产值超10亿元的企业12家) and a stretch of time (三年内).
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from summarizer.quantities import Quantity, bounds, fold
from summarizer.value import Kind, Span
from summarizer.verify.evidence import Evidence
from summarizer.verify.grams import grams
from summarizer.verify.labels import Labels
from summarizer.verify.worth import retells

_REPEAT_LIKENESS: Final = 0.5
"""Share of the smaller label that two places of one value must have in common to be one fact told twice."""
_REPEATS_LOOKED_AT: Final = 50
_LEAD_SENTENCES: Final = 2
_LEAD_CHARS: Final = 20
"""Shortest sentence of a lead; what is shorter is a dateline or a by-line."""

_RANKS: Final[dict[Kind, int]] = {
    "money": 1,
    "ratio": 2,
    "percentage_point": 2,
    "count": 4,
    "measure": 5,
    "duration": 6,
}
_OF_WEIGHT: Final = 3
_PROJECTS: Final = re.compile(r"项目|企业|公司|厂商|廠商|工厂|projects?\b|firms?\b|compan(?:y|ies)\b|enterprises?\b")
"""What is counted with weight: projects and firms."""
_THIS: Final = re.compile(r"(?:[这這该該]|上述|前述)\s*$")
"""这27个项目 are those told before."""
_CLASS: Final = re.compile(
    r"\s*(?:及?以[上下内內])?(?:的|\s)*(?:企业|企業|项目|項目|青年|人才|人员|人員|产业|科技型|重大|工业|大项目)"
)
_CLASS_KINDS: Final = frozenset({"money", "measure", "duration"})
_BOUNDED: Final = frozenset({"more_than", "at_least", "at_most", "less_than"})
_COUNTED_REACH: Final = 14
"""How far behind 产值超10亿元的企业 (达到) the number of them stands, in characters."""
_FOR_WHOM: Final = re.compile(r"(?:对|對|凡|支持|鼓励|奖励|给予)[^，,。；;]{0,20}$")
_AGE: Final = re.compile(r"\s*(?:周岁)?(?:及?以[上下])")
_WITHIN: Final = re.compile(r"\s*之?[内內](?!容|外|部)")
_ERA: Final = re.compile(r"民[国國]\s*$")
_WAFER: Final = re.compile(r"[\s-]*(?:wafer|晶[圆圓]|硅片|矽片)")
_INCHES: Final = frozenset({"inch", "inches", "英寸", "吋", "寸"})
"""12-inch wafer plant: a specification, part of the plant's name."""
_YEARS: Final = ("年", "个月")


def find_unreported(
    evidence: Evidence, labels: Labels, reported: Iterable[Quantity], covered: Iterable[Span]
) -> list[Quantity]:
    """Return the omitted quantities, the weightiest first; `covered` are clean spans of policies and quotes."""
    told = _Told(evidence, labels, reported)
    spans = _merge(covered)
    starts = [span.start for span in spans]
    lead = _lead(evidence)
    left_out = []
    for quantity in evidence.quantities:
        if not quantity.is_fact or quantity.start in told.starts or bounds(quantity) is None:
            continue
        place = bisect_right(starts, quantity.start) - 1
        if place >= 0 and quantity.start < spans[place].end:
            continue
        first = _in(lead, quantity.start)
        if not _defines(evidence, quantity) and not told.repeats(quantity, first):
            left_out.append((0 if first else _rank(evidence, quantity), quantity))
    owed = [one for one in left_out if not told.repeats(one[1], first=False)]  # of what was found to repeat behind it
    return [quantity for _, quantity in sorted(owed, key=lambda item: (item[0], item[1].start))]


class _Told:
    """The numbers that the brief tells, by what may repeat them."""

    def __init__(self, evidence: Evidence, labels: Labels, reported: Iterable[Quantity]) -> None:
        self._evidence = evidence
        self._labels = labels
        self._by_value: dict[object, list[Quantity]] = defaultdict(list)
        self._by_kind: dict[str, list[Quantity]] = defaultdict(list)
        self.starts: set[int] = set()
        for quantity in reported:
            self.starts.add(quantity.start)
            self._by_value[(bounds(quantity), quantity.unit)].append(quantity)
            self._by_kind[quantity.kind].append(quantity)

    def repeats(self, quantity: Quantity, first: bool) -> bool:
        """Whether a told number tells this one too; a headline or lead (`first`) may tell it more roughly."""
        twins = self._by_value.get((bounds(quantity), quantity.unit), [])[:_REPEATS_LOOKED_AT]
        if twins and _THIS.search(self._evidence.article.text, max(0, quantity.start - 4), quantity.start):
            return True
        if any(self._is_one(quantity, twin) for twin in twins):
            self._by_value[(bounds(quantity), quantity.unit)].append(quantity)  # a third telling may repeat this one
            return True
        if not first:
            return False
        near = self._by_kind.get(quantity.kind, [])[: 4 * _REPEATS_LOOKED_AT]
        return any(retells(quantity, other) and self._is_one(quantity, other) for other in near)

    def _is_one(self, quantity: Quantity, twin: Quantity) -> bool:
        """Whether two places of agreeing value tell one fact, judged by the words around them."""
        one, other = (self._own_words(place) for place in (quantity, twin))
        smaller = min(len(one), len(other))
        return smaller > 0 and len(one & other) >= _REPEAT_LIKENESS * smaller

    def _own_words(self, quantity: Quantity) -> frozenset[str]:
        left, right, _ = self._labels.context(quantity)
        return grams(left[-16:] + "。" + right[:8])


def _lead(evidence: Evidence) -> list[Span]:
    """Return the headings and the first sentences with something to tell, in order."""
    sentences = evidence.article.sentences
    body = [one for one in sentences[:20] if not one.heading and len(one.text) >= _LEAD_CHARS][:_LEAD_SENTENCES]
    chosen = {one.number for one in body}
    return [Span(one.start, one.end) for one in sentences if one.heading or one.number in chosen]


def _in(spans: list[Span], offset: int) -> bool:
    place = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return place >= 0 and offset < spans[place].end


def _rank(evidence: Evidence, quantity: Quantity) -> int:
    rank = _RANKS.get(quantity.kind, max(_RANKS.values()))
    if quantity.kind != "count":
        return rank
    near = evidence.article.text[max(0, quantity.start - 8) : quantity.end + 12]
    return (
        _OF_WEIGHT if _PROJECTS.search("".join(near.split()) if evidence.article.language != "en" else near) else rank
    )


def _defines(evidence: Evidence, quantity: Quantity) -> bool:
    """Whether the number only says who is meant (35岁以下, 税收超亿元企业达到15家) or by when (三年内)."""
    text = evidence.article.text
    if quantity.kind == "duration":
        era = _ERA.search(text, max(0, quantity.start - 4), quantity.start)
        return quantity.unit in _YEARS and (era or _WITHIN.match(text, quantity.end)) is not None
    if quantity.unit in _INCHES:
        return _WAFER.match(text, quantity.end) is not None
    if quantity.kind not in _CLASS_KINDS or quantity.qualifier not in _BOUNDED:
        return False
    if quantity.unit in ("岁", "周岁"):
        return _AGE.match(text, quantity.end) is not None
    named = _CLASS.match(text, quantity.end)
    if named is None:
        return False
    place = bisect_left(evidence.starts, quantity.end)
    later = evidence.quantities[place : place + 1]
    if any(one.kind == "count" and one.start - named.end() <= _COUNTED_REACH for one in later):
        return "，" not in text[named.end() : later[0].start]
    before = text[max(0, quantity.start - 24) : quantity.start]
    earlier = evidence.quantities[max(0, bisect_left(evidence.starts, quantity.start) - 1)]
    counted = earlier.kind == "count" and 0 <= quantity.start - earlier.end <= 8
    return counted or _FOR_WHOM.search(fold(before)) is not None


def _merge(covered: Iterable[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones joined."""
    merged: list[Span] = []
    for span in sorted(covered):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
