"""Keeps a run within its budget, which is the store's: what earlier runs spent counts.

Before a job is sent, what it may cost is set aside; nothing is sent that the rest of the budget might not cover. So the
end is approached from below, and missed by less than one article's cost.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

_FIRST_GUESSES: Final = 20
"""Articles after which the mean cost of an article is trusted to its deviation."""


class Purse:
    """The money of a run. `limit` None means that there is no limit; `before` are costs of articles of earlier runs."""

    def __init__(self, limit: Decimal | None, spent: Decimal, before: Sequence[Decimal] = ()) -> None:
        self._limit = limit
        self.spent = spent
        self._reserved: dict[int, Decimal] = {}
        self._held = Decimal(0)
        self._count, self._sum, self._squares, self._dearest = 0, Decimal(0), Decimal(0), Decimal(0)
        for cost in before:
            self._learn(cost)

    def guess(self) -> Decimal:
        """Return what the next article may cost: the mean so far and two deviations; 0 while nothing is known."""
        if not self._count:
            return Decimal(0)
        mean = self._sum / self._count
        variance = max(self._squares / self._count - mean * mean, Decimal(0))
        margin = 2 * variance.sqrt() + (mean / 2 if self._count < _FIRST_GUESSES else 0)
        return min(mean + margin, self._dearest) if self._count >= _FIRST_GUESSES else mean + margin

    def allows(self, *, alone: bool) -> bool:
        """Return whether another article may be sent; while nothing is known of costs, only where it is `alone`."""
        if self._limit is None:
            return True
        if not self._count:
            return alone and self.spent < self._limit
        return self.spent + self._held + self.guess() <= self._limit

    def reserve(self, article: int) -> None:
        """Set aside what an article may cost."""
        if self._limit is not None:
            self._reserved[article] = guess = self.guess()
            self._held += guess

    def pay(self, cost: Decimal) -> None:
        """Note what was spent."""
        self.spent += cost

    def settle(self, article: int, cost: Decimal | None) -> None:
        """Note that an article is finished, and what it cost in all; None where it was not paid for."""
        self._held -= self._reserved.pop(article, Decimal(0))
        if cost:
            self._learn(cost)

    def _learn(self, cost: Decimal) -> None:
        self._count += 1
        self._sum += cost
        self._squares += cost * cost
        self._dearest = max(self._dearest, cost)
