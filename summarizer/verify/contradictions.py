"""Where the article contradicts itself. First rule: one value of one thing under two periods that differ.

It is the source's fault, so it is reported and never re-asked. Silent unless the value is too precise to recur by
chance.
"""

from collections import defaultdict
from itertools import pairwise
from typing import Final

from summarizer.quantities import PeriodMention, Quantity, bounds, differ, has_dates
from summarizer.verify.evidence import Evidence
from summarizer.verify.labels import Labels, grams

_DIGITS: Final = 3
"""Fewest significant digits of a value that is not taken to recur by chance."""
_LIKENESS: Final = 0.5
_GROUP_LIMIT: Final = 50


def find_contradictions(evidence: Evidence, labels: Labels) -> list[tuple[Quantity, Quantity, str]]:
    """Return pairs of places with a sentence that says what is wrong, in the order of the article."""
    groups: dict[object, list[Quantity]] = defaultdict(list)
    for quantity in evidence.quantities:
        if (
            quantity.is_fact
            and quantity.value is not None
            and len(quantity.value.normalize().as_tuple().digits) >= _DIGITS
        ):
            groups[(bounds(quantity), quantity.unit)].append(quantity)
    found = []
    for group in groups.values():
        dated = [(quantity, _period_of(evidence, quantity)) for quantity in group[:_GROUP_LIMIT]]
        known = [(quantity, period) for quantity, period in dated if period is not None]
        for (one, first), (other, second) in pairwise(known):
            if differ(first.text, second.text) and _same_thing(labels, one, other):
                message = f"{one.text} is given for {first.text} and for {second.text}"
                found.append((one, other, " ".join(message.split())))
    return sorted(found, key=lambda pair: pair[0].start)


def _period_of(evidence: Evidence, quantity: Quantity) -> PeriodMention | None:
    """Return the last period with dates that the quantity's sentence names before it."""
    sentence = evidence.article.sentence_at(quantity.start)
    if sentence is None:
        return None
    named = evidence.periods_within(sentence.start, quantity.start)
    dated = [mention for mention in named if has_dates(mention.text)]
    return dated[-1] if dated else None


def _same_thing(labels: Labels, one: Quantity, other: Quantity) -> bool:
    words = [grams(labels.context(quantity)[0][-14:]) for quantity in (one, other)]
    smaller = min(len(words[0]), len(words[1]))
    return smaller > 0 and len(words[0] & words[1]) >= _LIKENESS * smaller
