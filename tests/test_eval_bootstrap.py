"""Intervals: deterministic, over articles, and none where nothing can be known."""

import pytest

from summarizer.evaluate.bootstrap import draws, interval_of, percentiles, share
from summarizer.evaluate.tally import Count


def counts(*pairs: tuple[int, int]) -> list[Count]:
    return [Count(*pair) for pair in pairs]


def test_a_share_is_that_of_the_sums() -> None:
    assert share(counts((1, 1), (0, 3))) == 0.25
    assert share(counts((0, 0))) is None
    assert share([]) is None


def test_the_same_articles_give_the_same_interval_which_holds_the_share() -> None:
    of = counts(*((9, 10), (7, 10), (10, 10), (5, 10)) * 4)
    first, second = interval_of(of, draws(16)), interval_of(of, draws(16))
    assert first == second
    assert first is not None
    assert first.low < 0.775 < first.high
    assert 0.67 < first.low < 0.71
    assert 0.84 < first.high < 0.88


def test_more_articles_give_a_narrower_interval() -> None:
    few, many = ([Count(9, 10), Count(6, 10)] * times for times in (4, 40))
    wide, narrow = interval_of(few, draws(8)), interval_of(many, draws(80))
    assert wide is not None
    assert narrow is not None
    assert narrow.high - narrow.low < 0.5 * (wide.high - wide.low)


@pytest.mark.parametrize(
    "of", [[(9, 10)], [(10, 10), (3, 3)], [(0, 10), (0, 5)], [(0, 0), (0, 0)], [(1, 2), (0, 0)], []], ids=str
)
def test_where_articles_agree_or_are_one_there_is_no_interval(of: list[tuple[int, int]]) -> None:
    assert interval_of(counts(*of), draws(len(of))) is None


def test_draws_that_hold_nothing_are_left_out() -> None:
    of = counts((1, 1), (0, 1), (0, 0), (0, 0), (0, 0), (0, 0))
    within = interval_of(of, draws(6))
    assert within == (0.0, 1.0)


def test_many_articles_are_drawn_less_often() -> None:
    assert len(draws(10)) == 2000
    assert len(draws(5000)) == 500
    assert draws(1) == draws(0) == []


def test_percentiles_lie_between_the_values() -> None:
    drawn = [[place] for place in range(101)]
    assert percentiles(lambda draw: float(draw[0]), drawn) == pytest.approx((2.5, 97.5))
    assert percentiles(lambda draw: None, drawn) is None
