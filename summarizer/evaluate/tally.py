"""What is counted of an article: shares of things right, verdicts against the truth, and what is wrong.

Every figure is a share, so many right of so many, and more is better; shares of several articles are those of the sums.
"""

from typing import Final, Literal, NamedTuple

from summarizer.evaluate.misses import Miss
from summarizer.value import Value

FIGURES: Final[dict[str, str]] = {
    "found": "owed numbers found",
    "reported": "reported numbers in gold",
    "value": "value",
    "unit": "unit",
    "qualifier": "qualifier",
    "status": "status",
    "period": "period",
    "park": "park",
    "label": "label",
    "whole": "all of these",
    "names": "names not told as numbers",
    "parks found": "parks found",
    "parks reported": "reported parks in gold",
    "article period": "period of the article",
    "policies found": "policies found",
    "policies reported": "reported policies in gold",
    "quotes found": "quotes found",
    "quotes reported": "reported quotes in gold",
    "quotes verbatim": "quotes word for word",
    "speakers": "speakers of quotes",
    "about": "about a park or not",
    "refusals": "other articles refused",
    "verdicts": "verdicts that fit",
}
"""The figures in their order, with their titles. `value` to `whole` are shares of the numbers that were paired."""


class Count(NamedTuple):
    """A share."""

    good: int
    of: int


class Verdicts(Value):
    """How the check's verdicts on the numbers stand to the truth by gold."""

    right_passed: int = 0
    right_flagged: int = 0
    """Accused though true."""
    wrong_passed: int = 0
    """False and not noticed."""
    wrong_flagged: int = 0

    def plus(self, other: "Verdicts") -> "Verdicts":
        """Return the sum."""
        mine, others = self.model_dump(), other.model_dump()
        return Verdicts(**{name: mine[name] + others[name] for name in mine})


class ArticleScore(Value):
    """What a brief has right and wrong of one article."""

    id: str
    brief: Literal["read", "missing"]
    places: bool
    """Whether numbers could be compared by their places: gold's text is there, and is the one that was briefed."""
    counts: dict[str, Count]
    verdicts: Verdicts
    misses: tuple[Miss, ...]


class Tally:
    """The counts of one article, as they grow."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(FIGURES, Count(0, 0))
        self.misses: list[Miss] = []
        self._verdicts: dict[str, int] = {}

    @property
    def verdicts(self) -> Verdicts:
        """The verdicts so far."""
        return Verdicts(**self._verdicts)

    def count(self, figure: str, good: int, of: int = 1) -> None:
        """Count so many right of so many."""
        before = self.counts[figure]
        self.counts[figure] = Count(before.good + good, before.of + of)

    def judge(self, *, true: bool, passed: bool) -> None:
        """Count whether the check let a number pass that is true by gold, or flagged one that is not."""
        cell = f"{'right' if true else 'wrong'}_{'passed' if passed else 'flagged'}"
        self._verdicts[cell] = self._verdicts.get(cell, 0) + 1
        self.count("verdicts", true == passed)
