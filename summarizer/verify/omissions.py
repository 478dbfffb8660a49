"""What the brief leaves out: every fact-kind quantity of the article that no number, policy or quote of it covers."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from summarizer.quantities import Quantity, bounds
from summarizer.value import Span
from summarizer.verify.evidence import Evidence
from summarizer.verify.labels import Labels, grams

_REPEAT_LIKENESS: Final = 0.5
"""Share of the smaller label that two places of one value must have in common to be one fact told twice."""
_REPEATS_LOOKED_AT: Final = 50


def find_unreported(
    evidence: Evidence, labels: Labels, reported: Iterable[Quantity], covered: Iterable[Span]
) -> list[Quantity]:
    """Return the omitted quantities in the order of the article; `covered` are clean spans of policies and quotes."""
    proofs = list(reported)
    taken = {quantity.start for quantity in proofs}
    by_value: dict[object, list[Quantity]] = defaultdict(list)
    for quantity in proofs:
        by_value[(bounds(quantity), quantity.unit)].append(quantity)
    spans = _merge(covered)
    starts = [span.start for span in spans]
    left_out = []
    for quantity in evidence.quantities:
        if not quantity.is_fact or quantity.start in taken or bounds(quantity) is None:
            continue
        place = bisect_right(starts, quantity.start) - 1
        if place >= 0 and quantity.start < spans[place].end:
            continue
        twins = by_value.get((bounds(quantity), quantity.unit), [])[:_REPEATS_LOOKED_AT]
        if any(_is_repeat(labels, quantity, twin) for twin in twins):
            continue
        left_out.append(quantity)
    return left_out


def _merge(covered: Iterable[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones joined."""
    merged: list[Span] = []
    for span in sorted(covered):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _is_repeat(labels: Labels, quantity: Quantity, twin: Quantity) -> bool:
    """Whether two places with one value tell one fact, judged by the words around them."""
    one, other = (_own_words(labels, place) for place in (quantity, twin))
    smaller = min(len(one), len(other))
    return smaller > 0 and len(one & other) >= _REPEAT_LIKENESS * smaller


def _own_words(labels: Labels, quantity: Quantity) -> frozenset[str]:
    left, right, _ = labels.context(quantity)
    return grams(left[-16:] + "。" + right[:8])
