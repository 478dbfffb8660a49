"""Whether one run is better than another, article by article.

The difference of a figure has the interval of the paired bootstrap: both runs are drawn over the same articles. Its
p-value is that of the permutation test: if it made no difference whose brief is whose, how often would exchanging the
two in some articles give a difference at least as large? Of the many figures some differ by chance, so a difference
is called certain only by Holm's correction over all of them.
"""

from collections.abc import Iterable, Sequence
from itertools import product
from random import Random
from typing import Final

from summarizer.evaluate.bootstrap import draws, percentiles, share
from summarizer.evaluate.report import Report
from summarizer.evaluate.score import ArticleScore
from summarizer.evaluate.tally import FIGURES, Count
from summarizer.value import Value

_ROUNDS: Final = 10_000
"""Exchanges that are tried; where there are fewer (13 articles that differ have 8,192), all of them."""
_SEED: Final = 20232
_CERTAIN: Final = 0.05
_LEEWAY: Final = 1e-12
"""Differences that are equal on paper may differ in the last bit."""
_Pair = tuple[Count, Count]


class Difference(Value):
    """How two runs differ in a figure; above 0 the first is better."""

    name: str
    title: str
    share: float | None
    """Of the first run."""
    other: float | None
    """Of the run that it is compared with."""
    difference: float | None
    low: float | None
    """Lower end of the 95 % interval by the paired bootstrap; null where no article differs."""
    high: float | None
    p: float | None
    """By the permutation test over articles, two-sided; null where the shares are the same in every article."""
    certain: bool
    """Whether p holds at 5 % after Holm's correction for the number of figures."""
    better: int
    """Articles in which the first is better."""
    worse: int


class Parted(Value):
    """A figure in which two runs part on one article."""

    name: str
    title: str
    mine: Count
    other: Count


class ArticlePair(Value):
    """One article in both runs."""

    id: str
    parted: tuple[Parted, ...]
    """Figures that are not the same in both."""


class Comparison(Value):
    """Two runs over the same articles."""

    articles: int
    differences: tuple[Difference, ...]
    pairs: tuple[ArticlePair, ...]
    """The articles in which they differ."""


def compare(report: Report, other: Report) -> Comparison:
    """Return how a run differs from another over the articles that both were measured on."""
    others = {score.id: score for score in other.scores}
    shared = [(score, others[score.id]) for score in report.scores if score.id in others]
    both = [(one.counts, two.counts) for one, two in shared]
    drawn = draws(len(both))
    found = [_difference(name, [(one[name], two[name]) for one, two in both], drawn) for name in FIGURES]
    certain = _holm([one.p for one in found])
    return Comparison(
        articles=len(both),
        differences=tuple(one.model_copy(update={"certain": holds}) for one, holds in zip(found, certain, strict=True)),
        pairs=tuple(pair for one, two in shared if (pair := _pair(one, two)).parted),
    )


def _pair(one: ArticleScore, two: ArticleScore) -> ArticlePair:
    parted = (
        Parted(name=name, title=title, mine=one.counts[name], other=two.counts[name])
        for name, title in FIGURES.items()
        if one.counts[name] != two.counts[name]
    )
    return ArticlePair(id=one.id, parted=tuple(parted))


def _difference(name: str, pairs: Sequence[_Pair], drawn: Sequence[Sequence[int]]) -> Difference:
    mine, others = share([one for one, _ in pairs]), share([other for _, other in pairs])
    shares = [(share([one]), share([other])) for one, other in pairs]
    leads = [one - other for one, other in shares if one is not None and other is not None]
    differ = len(leads) > 1 and any(abs(lead) > _LEEWAY for lead in leads)
    within = percentiles(lambda draw: _gap([pairs[place] for place in draw]), drawn) if differ else None
    return Difference(
        name=name,
        title=FIGURES[name],
        share=mine,
        other=others,
        difference=_gap(pairs),
        low=within and within.low,
        high=within and within.high,
        p=permutation(pairs) if any(abs(lead) > _LEEWAY for lead in leads) else None,
        certain=False,
        better=sum(lead > _LEEWAY for lead in leads),
        worse=sum(lead < -_LEEWAY for lead in leads),
    )


def _gap(pairs: Iterable[_Pair]) -> float | None:
    good = of = other_good = other_of = 0
    for one, other in pairs:
        good, of = good + one.good, of + one.of
        other_good, other_of = other_good + other.good, other_of + other.of
    return good / of - other_good / other_of if of and other_of else None


def permutation(pairs: Sequence[_Pair]) -> float | None:
    """Return how often exchanging the runs in some articles gives a difference as large as the one that is there."""
    gap = _gap(pairs)
    differing = [pair for pair in pairs if pair[0] != pair[1]]
    if gap is None or not differing:
        return None
    same = [pair for pair in pairs if pair[0] == pair[1]]
    rest = Count(sum(one.good for one, _ in same), sum(one.of for one, _ in same))
    exact = 2 ** len(differing) <= _ROUNDS
    random = Random(_SEED)
    tried: Iterable[Sequence[int]] = (
        product((0, 1), repeat=len(differing))
        if exact
        else (random.choices((0, 1), k=len(differing)) for _ in range(_ROUNDS))
    )
    gaps = [_gap([(rest, rest), *_turned(differing, turns)]) for turns in tried]
    as_large = sum(found is not None and abs(found) >= abs(gap) - _LEEWAY for found in gaps)
    return as_large / len(gaps) if exact else (as_large + 1) / (len(gaps) + 1)


def _turned(pairs: Sequence[_Pair], turns: Sequence[int]) -> Iterable[_Pair]:
    return (pair[::-1] if turn else pair for pair, turn in zip(pairs, turns, strict=True))


def _holm(values: Sequence[float | None]) -> list[bool]:
    """Return which p-values hold at 5 % by Holm's step-down correction."""
    tested = sorted((p, place) for place, p in enumerate(values) if p is not None)
    holds = [False] * len(values)
    for rank, (p, place) in enumerate(tested):
        if p * (len(tested) - rank) > _CERTAIN:
            break
        holds[place] = True
    return holds
