"""Binding: whether a true number stands under a true label.

Labels exchanged within a sentence, labels, periods and parks without support, targets told as results, figures of the
world or the nation told as the park's. Each rule stays silent where the article leaves room.
"""

import re
from collections import defaultdict
from collections.abc import Container, Sequence
from typing import Final, NamedTuple

from summarizer.draft import DraftNumber
from summarizer.quantities import Quantity
from summarizer.quantities.cues import STATUS_BEFORE, STATUS_BEHIND, told_status
from summarizer.value import Severity
from summarizer.verify.grounds import Grounds
from summarizer.verify.parks import same_park

_SWAP_GAIN: Final = 0.2
"""How much better two labels must fit, in sum, after an exchange. Of 410 pairs of one sentence in the gold drafts
none that is true reaches 0.14; of the same pairs exchanged 378 reach 0.2."""
_ALONE_GAIN: Final = 0.52
"""How much better one label must fit another number of its sentence that nobody claims. Of 827 true ones none
reaches 0.51."""
_PAIR_REACH: Final = 8
"""Numbers are compared with this many neighbours on a side, so a sentence of 10,000 numbers stays linear."""
_LABEL_COVERAGE: Final = 0.5
"""Least share of a label's words that the surroundings must hold. Of 265 labels of the recorded model the lowest has
0.5, the next 0.71."""
_SHOWN_CHARS: Final = 20
_CLAUSE_CHARS: Final = 80
_PERIODS_SHOWN: Final = 5


_APART_CHARS: Final = 40
"""How far before its numbers 分别 is looked for; it stands 4 and 8 characters before them in the fixtures."""


_PART: Final = re.compile(r"[。；;]")


class Bound(NamedTuple):
    """A number of the brief with the quantity of the article that proves it."""

    place: int
    """Place in the brief's list."""
    item: DraftNumber
    source: Quantity


class Objection(NamedTuple):
    """A finding before it has a path: what is wrong with number `place`."""

    place: int
    code: str
    severity: Severity
    message: str
    source: Quantity


class Binding:
    """Judges the labels, periods, parks and status of proved numbers."""

    def __init__(self, grounds: Grounds) -> None:
        self._evidence, self._labels = grounds.evidence, grounds.labels
        self._periods, self._subjects, self._places = grounds.periods, grounds.subjects, grounds.parks
        self._named: dict[str, bool] = {}

    def objections(self, bound: Sequence[Bound], claimed: Container[int] = frozenset()) -> list[Objection]:
        """Return all objections, in the order of the brief; `claimed` are the starts of numbers told with a fault."""
        found = self._swaps(bound, claimed)
        swapped = {objection.place for objection in found}
        for entry in bound:
            if entry.place not in swapped:
                found.extend(self._label(entry))
            found.extend(self._period(entry))
            found.extend(self._park(entry))
            if entry.place not in swapped:  # a label that is another's announces another's plans
                found.extend(self._target(entry))
            found.extend(self._scope(entry))
        return sorted(found, key=lambda objection: objection.place)

    def _swaps(self, bound: Sequence[Bound], claimed: Container[int]) -> list[Objection]:
        by_sentence: dict[int, list[Bound]] = defaultdict(list)
        for entry in bound:
            sentence = self._evidence.article.sentence_at(entry.source.start)
            by_sentence[sentence.number if sentence else 0].append(entry)
        found: dict[int, Objection] = {}
        for entries in by_sentence.values():
            entries.sort(key=lambda entry: entry.source.start)
            for one, other in self._exchanges(entries):
                if one.place not in found and other.place not in found:
                    found[one.place] = self._swapped(one, other.source)
                    found[other.place] = self._swapped(other, one.source)
            taken = {entry.source.start for entry in entries if entry.place not in found}
            for entry in entries:
                better = self._better_alone(entry, taken, claimed) if entry.place not in found else None
                if better is not None:
                    found[entry.place] = self._swapped(entry, better)
        return list(found.values())

    def _exchanges(self, entries: Sequence[Bound]) -> list[tuple[Bound, Bound]]:
        """Return the pairs whose labels fit better exchanged, the clearest first."""
        gains: list[tuple[float, int, int]] = []
        for rank, one in enumerate(entries):
            for place in range(rank + 1, min(len(entries), rank + 1 + _PAIR_REACH)):
                other = entries[place]
                if one.source.start == other.source.start or one.item.metric == other.item.metric:
                    continue
                if self._paired_apart(one.source, other.source):
                    continue
                prefer = self._labels.preference
                gain = prefer(one.item.metric, one.source, other.source)
                gain += prefer(other.item.metric, other.source, one.source)
                if gain >= _SWAP_GAIN:
                    gains.append((-gain, rank, place))
        return [(entries[one], entries[other]) for _, one, other in sorted(gains)]

    def _paired_apart(self, one: Quantity, other: Quantity) -> bool:
        """Whether order, not nearness, pairs labels and numbers: A、B分别增长a、b, and fell a percent to b.

        Not judged yet, so silent: a true brief must not be accused.
        """
        text = self._evidence.article.text
        before, between = text[max(0, one.start - _APART_CHARS) : one.start], text[one.end : other.start]
        dealt = "分别" in before and "分别" in _PART.split(before)[-1] and not self._labels.is_bound(one)
        return dealt or between.strip() in ("to", "from")

    def _better_alone(self, entry: Bound, taken: Container[int], claimed: Container[int]) -> Quantity | None:
        """Return the number of the sentence that the label fits far better and that no other label rightly has."""
        source = entry.source
        around = self._evidence.around(source, _PAIR_REACH)
        gains = [
            (self._labels.preference(entry.item.metric, source, candidate), -candidate.start, candidate)
            for candidate in around
            if candidate.is_fact and candidate.start not in taken and candidate.start not in claimed
        ]
        gain, _, better = max(gains, default=(0.0, 0, source))
        return better if gain >= _ALONE_GAIN else None

    def _swapped(self, entry: Bound, better: Quantity) -> Objection:
        message = f"{entry.item.metric!r} is said of {entry.source.text!r}, but the sentence says it of {better.text!r}"
        return Objection(entry.place, "label-swapped", "error", message, better)

    def _label(self, entry: Bound) -> list[Objection]:
        if self._labels.coverage(entry.item.metric, entry.source) >= _LABEL_COVERAGE:
            return []
        left, right, _ = self._labels.context(entry.source)
        there = left[-_SHOWN_CHARS:] + entry.source.text + right
        message = f"the words {entry.item.metric!r} do not stand near {entry.source.text!r}; there: {there!r}"
        return [Objection(entry.place, "label-unsupported", "warning", message, entry.source)]

    def _period(self, entry: Bound) -> list[Objection]:
        claim = entry.item.period
        if claim is None or self._periods.stands(claim, entry.source):
            return []
        earlier = self._labels.is_base(entry.source) or self._labels.is_start(entry.source)
        if earlier and self._periods.is_named(claim, entry.source):
            return []
        named = self._periods.of_sentence(entry.source)[:_PERIODS_SHOWN]
        told = f"there: {', '.join(mention.text for mention in named)}" if named else "no such period is named there"
        message = f"the period {claim!r} is not that of {entry.source.text!r}; {told}"
        return [Objection(entry.place, "period-unsupported", "error", message, entry.source)]

    def _park(self, entry: Bound) -> list[Objection]:
        claim = entry.item.park
        if claim is None:
            return []
        if not self._is_named(claim):
            message = f"the article names no park {claim!r}"
            return [Objection(entry.place, "park-unsupported", "error", message, entry.source)]
        owner = self._places.other_owner(claim, entry.source)
        if owner is None:
            return []
        message = f"{entry.source.text!r} is told as {claim!r}'s, but the article says it of {owner!r}"
        return [Objection(entry.place, "park-unsupported", "error", message, entry.source)]

    def _is_named(self, claim: str) -> bool:
        """Whether the article names the park, by these words or by others."""
        known = self._named.get(claim)
        if known is None:
            known = self._evidence.find_words(claim) is not None
            known = known or any(same_park(claim, mention.name) for mention in self._evidence.parks[:200])
            self._named[claim] = known
        return known

    def _target(self, entry: Bound) -> list[Objection]:
        own_words = entry.item.metric + (entry.item.period or "")
        if entry.item.status != "actual" or told_status(own_words[-_CLAUSE_CHARS:])[1]:
            return []
        text, source = self._evidence.article.text, entry.source
        sentence = self._evidence.article.sentence_at(source.start)
        start, end = (sentence.start, sentence.end) if sentence else (0, len(text))
        before = text[max(start, source.start - STATUS_BEFORE) : source.start]
        _, cue = told_status(before, text[source.end : min(end, source.end + STATUS_BEHIND)])
        if cue is None or self._labels.is_base(source) or self._labels.is_start(source):
            return []
        message = f"{source.text!r} is told as reached, but the article says {cue!r}"
        return [Objection(entry.place, "target-as-actual", "error", message, source)]

    def _scope(self, entry: Bound) -> list[Objection]:
        if entry.item.park is None:
            return []
        governor = self._subjects.governor(entry.source.start, entry.source.kind)
        if governor is None or governor.owner == "park":
            return []
        message = (
            f"{entry.source.text!r} is told as {entry.item.park!r}'s, but the article says it of {governor.name!r}"
        )
        return [Objection(entry.place, "scope", "warning", message, entry.source)]
