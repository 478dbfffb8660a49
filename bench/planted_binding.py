"""Plants false labels, periods, parks, scopes and results under true numbers, one at a time."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from bench.planted import Planted, in_number, with_number
from bench.true_drafts import Case
from summarizer.names import find_parks
from summarizer.quantities import agree, differ, find_periods, fold, has_dates

_WIDE_WORDS: Final = re.compile(
    r"^(?:全球|世界|全国|我国|全省|全市|全区域|[一-鿿]{1,3}[省市](?!场|值|级)|[Gg]lobal(?:ly)?|[Nn]ational(?:ly)?)的?"
)
_PLAN_WORDS: Final = re.compile(
    r"[（(]?(?:目标|目標|预计|預計|预估|預估|计划|計劃|规划|力争|拟|将|有望"
    r"|\btargets?\b|expects? to|planned|plan to)[）)]?"
)


def plant_bindings(case: Case, rng: random.Random) -> Iterator[Planted]:
    """Yield the case's draft with one wrong binding at a time."""
    yield from _labels(case)
    for place, number in enumerate(case.draft.numbers):
        yield from _periods(case, place, rng)
        yield from _parks(case, place, rng)
        if number.status != "actual":
            metric = _PLAN_WORDS.sub("", number.metric).strip() or number.metric
            yield in_number("target", case, place, "target-as-actual", status="actual", metric=metric)


def _periods(case: Case, place: int, rng: random.Random) -> Iterator[Planted]:
    number = case.draft.numbers[place]
    if not number.period or not has_dates(number.period):
        return
    foreign = "2011" if case.article.language == "en" else "2011年一季度"
    yield in_number("period absent", case, place, "period-unsupported", period=foreign)
    named = [mention.text for mention in find_periods(case.article.text) if has_dates(mention.text)]
    others = [other for other in named if differ(other, number.period) and not agree(other, number.period, None)]
    if others:
        yield in_number("period other", case, place, "period-unsupported", period=rng.choice(others))


def _parks(case: Case, place: int, rng: random.Random) -> Iterator[Planted]:
    number = case.draft.numbers[place]
    chinese = case.article.language != "en"
    if number.park:
        wrong = "临港高新区" if chinese else "Lingang High-Tech Zone"
        yield in_number("park absent", case, place, "park-unsupported", park=wrong)
        told = [park.name for park in case.draft.parks] + [mention.name for mention in find_parks(case.article.text)]
        others = sorted({name for name in told if not _same(name, number.park)})
        if others:
            yield in_number("park other", case, place, "park-unsupported scope", park=rng.choice(others))
    elif case.draft.parks and case.scopes[place : place + 1] and _is_foreign(case.scopes[place]):
        metric = _WIDE_WORDS.sub("", number.metric) or number.metric
        kind = "scope, company" if case.scopes[place] == "company" else "scope, wider"
        codes = "scope park-unsupported label-unsupported"
        yield in_number(kind, case, place, codes, park=case.draft.parks[0].name, metric=metric)


def _is_foreign(scope: str | None) -> bool:
    return scope in ("company", "city", "province", "nation", "world")


def _same(one: str, other: str) -> bool:
    left, right = fold(one), fold(other)
    return left in right or right in left or left[:2] == right[:2]


def _labels(case: Case) -> Iterator[Planted]:
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for place, number in enumerate(case.draft.numbers):
        by_sentence[number.at].append(place)
    for places in by_sentence.values():
        for one, other in pairwise(places):
            yield from _exchanged(case, one, other)


def _exchanged(case: Case, one: int, other: int) -> Iterator[Planted]:
    """Exchange two labels of one sentence; where the units are alike, also give one its neighbour's alone."""
    first, second = case.draft.numbers[one], case.draft.numbers[other]
    if first.status != second.status or _bare(first.metric) == _bare(second.metric):
        return
    if fold(first.text) == fold(second.text):
        return
    paths = frozenset({f"numbers.{one}", f"numbers.{other}"})
    swapped = with_number(with_number(case.draft, one, metric=second.metric), other, metric=first.metric)
    note = f"{first.metric} {first.text} <> {second.metric} {second.text}"
    alike = _unit(first.text) == _unit(second.text)
    codes = frozenset({"label-swapped", "label-unsupported", "sign"})
    yield Planted("label, one unit" if alike else "label, two units", case, swapped, paths, codes, note=note)
    if alike:
        alone = with_number(case.draft, one, metric=second.metric)
        alone = alone.model_copy(update={"numbers": alone.numbers[:other] + alone.numbers[other + 1 :]})
        yield Planted("label, other untold", case, alone, frozenset({f"numbers.{one}"}), codes, note=note)


def _bare(metric: str) -> str:
    return re.sub(r"[（(][^）)]*[）)]", "", fold(metric))


def _unit(text: str) -> str:
    return re.sub(r"[\d０-９.．,多余]", "", text)
