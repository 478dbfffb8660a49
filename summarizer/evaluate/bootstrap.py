"""How far a figure could be off for the choice of articles: percentile intervals of the bootstrap over articles.

Articles are what is drawn again, not numbers: numbers of one article are right or wrong together. The generator is
seeded, so that the same briefs give the same interval.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final, NamedTuple

from summarizer.evaluate.tally import Count

_MOST_ROUNDS, _LEAST_ROUNDS = 2000, 500
_ARTICLES_DRAWN: Final = 1_000_000
"""In all rounds together; a second or two for all figures. Fewer rounds do for many articles, whose figures vary
less."""
_SEED: Final = 20231
_LEVEL: Final = 0.95


class Interval(NamedTuple):
    """Where a figure lies, with 95 %."""

    low: float
    high: float


def draws(articles: int) -> list[list[int]]:
    """Return draws of so many articles, with replacement; the same ones for every figure."""
    if articles < 2:
        return []
    random = Random(_SEED)
    rounds = max(_LEAST_ROUNDS, min(_MOST_ROUNDS, _ARTICLES_DRAWN // articles))
    return [random.choices(range(articles), k=articles) for _ in range(rounds)]


def share(counts: Sequence[Count]) -> float | None:
    """Return the share right of all articles together; None where there is nothing to be right."""
    of = sum(count.of for count in counts)
    return sum(count.good for count in counts) / of if of else None


def interval_of(counts: Sequence[Count], drawn: Sequence[Sequence[int]]) -> Interval | None:
    """Return the interval of a figure; None where all articles that have to do with it agree, or there is but one.

    Where every article is all right, every draw is, and an interval from 100 to 100 would be no knowledge.
    """
    if len({count.good / count.of for count in counts if count.of}) < 2:
        return None
    return percentiles(lambda draw: _ratio(counts, draw), drawn)


def percentiles(figure: Callable[[Sequence[int]], float | None], drawn: Sequence[Sequence[int]]) -> Interval | None:
    """Return the interval of whatever can be told of a draw of articles."""
    found = sorted(value for draw in drawn if (value := figure(draw)) is not None)
    if not found:
        return None
    edge = (1 - _LEVEL) / 2
    return Interval(_at(found, edge), _at(found, 1 - edge))


def _at(ordered: Sequence[float], quantile: float) -> float:
    """Return a quantile, between its two neighbours where it falls between."""
    place = quantile * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _ratio(counts: Sequence[Count], draw: Sequence[int]) -> float | None:
    of = sum(counts[place].of for place in draw)
    return sum(counts[place].good for place in draw) / of if of else None
