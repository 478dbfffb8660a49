"""A run's money."""

import random
from decimal import Decimal

import pytest

from summarizer.archive.purse import Purse


def spend(limit: str, prices: list[Decimal], in_flight: int, spent: str = "0") -> tuple[Decimal, int]:
    """Send articles at these prices while the purse allows it; return what was spent and how many were sent."""
    purse = Purse(Decimal(limit), Decimal(spent))
    flying: list[int] = []
    sent = 0
    while True:
        while sent < len(prices) and len(flying) < in_flight and purse.allows(alone=not flying):
            purse.reserve(sent)
            flying.append(sent)
            sent += 1
        if not flying:
            return purse.spent, sent
        done = flying.pop(0)
        purse.pay(prices[done])
        purse.settle(done, prices[done])


@pytest.mark.parametrize("in_flight", [1, 64])
def test_the_end_is_missed_by_less_than_an_article(in_flight: int) -> None:
    spent, sent = spend("1.00", [Decimal("0.003")] * 1000, in_flight)
    assert Decimal("0.997") <= spent <= Decimal("1.00")
    assert sent < 1000


@pytest.mark.parametrize("seed", range(5))
def test_articles_of_different_cost_end_within_the_dearest(seed: int) -> None:
    rng = random.Random(seed)
    prices = [Decimal(rng.randint(10, 60)) / 10_000 for _ in range(5000)]
    spent, _ = spend("2.00", prices, 64)
    assert abs(Decimal("2.00") - spent) <= max(prices)


def test_what_earlier_runs_spent_counts() -> None:
    assert spend("1.00", [Decimal("0.1")] * 20, 4, spent="0.95") == (Decimal("0.95") + Decimal("0.1"), 1)
    assert spend("1.00", [Decimal("0.1")] * 20, 4, spent="1.00")[1] == 0


def test_without_a_limit_nothing_is_held_back() -> None:
    purse = Purse(None, Decimal(0))
    assert purse.allows(alone=False)


def test_only_one_article_is_sent_before_any_price_is_known() -> None:
    purse = Purse(Decimal(1), Decimal(0))
    assert purse.allows(alone=True)
    assert not purse.allows(alone=False)


def test_the_costs_of_earlier_runs_are_what_the_next_article_may_cost() -> None:
    purse = Purse(Decimal(1), Decimal("0.95"), [Decimal("0.1")] * 30)
    assert not purse.allows(alone=True)
    assert Purse(Decimal("1.05"), Decimal("0.95"), [Decimal("0.1")] * 30).allows(alone=True)
