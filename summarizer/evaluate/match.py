"""Which number of a brief tells which number of gold; each at most once.

By the place in the text where both have one, else by value and unit; of several that could be meant, the one whose
label, park and period fit best, then the one that is owed, then the nearest. So a number that is told with a wrong
value still pairs by its place, and is counted as found with a wrong value; one that stands nowhere pairs with nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from summarizer.evaluate.alike import (
    LABEL_LEAST,
    Calendar,
    alike_label,
    label_likeness,
    same_park,
    same_period,
    same_value,
    unit_agrees,
)
from summarizer.evaluate.briefs import ToldNumber
from summarizer.evaluate.gold import Gold, GoldNumber
from summarizer.evaluate.printed import Printed
from summarizer.quantities import fold
from summarizer.value import Span

JUDGED: Final = ("value", "unit", "qualifier", "status", "period", "park", "label")
"""What is judged of a number that was found."""
_FAR: Final = 1 << 30
"""Stands for the distance of numbers whose places are not known."""


class Wanted(NamedTuple):
    """A number of gold with all that is needed to judge one of a brief by it."""

    number: GoldNumber
    places: tuple[Span, ...]
    """Where it may stand; none where that is not known."""
    own: Span | None
    """Where it most probably stands."""
    rivals: tuple[str, ...]
    """Labels of other numbers with the same unit."""
    calendar: Calendar

    def right(self, told: ToldNumber) -> dict[str, bool]:
        """Return for each thing that gold says of the number whether `told` has it right."""
        number = self.number
        judged: dict[str, bool] = {}
        if number.says("value", "low", "high"):
            judged["value"] = same_value(number.worth, told.worth)
        if number.says("unit"):
            judged["unit"] = unit_agrees(number.unit, told.unit, number.text)
        for name, wanted, found in (
            ("qualifier", number.qualifier, told.qualifier),
            ("status", number.status, told.status),
        ):
            if wanted is not None:
                judged[name] = wanted == found
        if number.says("period"):
            period = told.period
            words, days = (None, None) if period is None else (period.text, period.days)
            judged["period"] = same_period(number.period, words, self.calendar, days)
        if number.says("park"):
            judged["park"] = _same_name(number.park, told.park)
        if number.metric is not None:
            judged["label"] = alike_label(number.metric, told.metric, self.rivals)
        return judged


def _same_name(wanted: str | None, told: str | None) -> bool:
    return wanted is told if wanted is None or told is None else same_park(wanted, told)


class Matched(NamedTuple):
    """How the numbers of a brief stand to those of gold; places count from 0."""

    pairs: dict[int, int]
    """Number of the brief -> number of gold."""
    again: dict[int, int]
    """Numbers of the brief that tell once more what another one tells -> that number of gold."""
    names: dict[int, str]
    """Numbers of the brief that are names by gold -> the name's words."""
    wrong: tuple[int, ...]
    """Numbers of the brief that gold does not have."""


def calendar_of(gold: Gold, printed: Printed | None) -> Calendar:
    """Return what is known of the time of an article; a day that gold does not speak of is the text's own."""
    told = printed.published if printed is not None and not gold.says("published") else None
    return Calendar(gold.day if told is None else date.fromisoformat(told), gold.period)


def wanted_of(gold: Gold, printed: Printed | None) -> list[Wanted]:
    """Return the numbers of gold, each with its places in the text."""
    calendar = calendar_of(gold, printed)
    order = printed.in_order([number.text for number in gold.numbers]) if printed else [None] * len(gold.numbers)
    found = []
    for number, near in zip(gold.numbers, order, strict=True):
        own = number.span or (near.span if near else None)
        if number.span is None and printed is not None:
            places = tuple(place.span for place in printed.find(number.text))
        else:
            places = () if number.span is None else (number.span,)
        rivals = {
            other.metric
            for other in gold.numbers
            if other.metric is not None and other.metric != number.metric and other.unit == number.unit
        }
        found.append(Wanted(number, places, own, tuple(sorted(rivals)), calendar))
    return found


class _Candidate(NamedTuple):
    """A pair that may be; the least is the best."""

    tier: int
    """0: same place and worth, 1: same worth where no place is known, 2: same worth and label at another place, 3: same
    place alone."""
    disagreements: int
    """Of label, park, period and status."""
    unlike: float
    """Of the labels."""
    optional: bool
    distance: int
    told: int
    wanted: int


def match_numbers(wanted: Sequence[Wanted], told: Sequence[ToldNumber], gold: Gold, printed: Printed | None) -> Matched:
    """Return which number tells which; a span of `told` must be one of the text that gold speaks of, or None."""
    candidates = sorted(
        candidate
        for place, number in enumerate(told)
        for target, one in enumerate(wanted)
        if (candidate := _candidate(place, number, target, one)) is not None
    )
    pairs: dict[int, int] = {}
    found: set[int] = set()
    for one in candidates:
        if one.told not in pairs and one.wanted not in found:
            pairs[one.told] = one.wanted
            found.add(one.wanted)
    again: dict[int, int] = {}
    for one in candidates:
        if one.told not in pairs and one.tier < 3:
            again.setdefault(one.told, one.wanted)
    left = [place for place in range(len(told)) if place not in pairs and place not in again]
    names = dict(_names(left, told, gold, printed))
    return Matched(pairs, again, names, tuple(place for place in left if place not in names))


def _candidate(place: int, told: ToldNumber, target: int, wanted: Wanted) -> _Candidate | None:
    number = wanted.number
    same = same_value(number.worth, told.worth) and (told.unit is None or unit_agrees(number.unit, told.unit))
    if number.worth == (None, None, None):  # 两位数: only the words can tell
        same = fold(number.text) == fold(told.text)
    span = told.span
    if span is not None and any(span.meets(known) for known in wanted.places):
        tier = 0 if same else 3
    elif not same:
        return None
    elif span is None or not wanted.places:
        tier = 1
    elif number.metric is None or label_likeness(number.metric, told.metric) >= LABEL_LEAST:
        tier = 2
    else:
        return None
    right = wanted.right(told)
    disagreements = sum(not right.get(name, True) for name in ("label", "park", "period", "status"))
    unlike = 0.0 if number.metric is None else 1 - label_likeness(number.metric, told.metric)
    distance = _FAR if span is None or wanted.own is None else abs(span.start - wanted.own.start)
    return _Candidate(tier, disagreements, unlike, number.optional, distance, place, target)


def _names(
    left: Sequence[int], told: Sequence[ToldNumber], gold: Gold, printed: Printed | None
) -> Iterator[tuple[int, str]]:
    """Yield the numbers that stand on words which gold calls names."""
    known = [
        (words, [one.span for one in printed.find(words, number=False)] if printed else []) for words in gold.name_words
    ]
    for place in left:
        span, words = told[place].span, fold(told[place].text)
        for name, places in known:
            stands = any(span.meets(one) for one in places) if span is not None and printed else words in fold(name)
            if words and stands:
                yield place, name
                break
