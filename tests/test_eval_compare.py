"""Two runs beside each other, pair by pair."""

import pytest

from summarizer.evaluate.compare import Difference, compare, permutation
from summarizer.evaluate.report import Report, report_of
from summarizer.evaluate.score import ArticleScore
from summarizer.evaluate.tally import FIGURES, Count, Verdicts


def run(*found: tuple[int, int], first: int = 0) -> Report:
    """Return a report of articles of which only `found` was counted."""
    return report_of(
        [
            ArticleScore(
                id=f"{first + place:03}",
                title=None,
                brief="read",
                placed=True,
                counts={name: Count(*count) if name == "found" else Count(0, 0) for name in FIGURES},
                verdicts=Verdicts(),
                misses=(),
            )
            for place, count in enumerate(found)
        ]
    )


def found(one: Report, other: Report) -> Difference:
    return compare(one, other).differences[0]


def test_a_run_does_not_differ_from_itself() -> None:
    same = found(run((9, 10), (7, 10), (1, 1)), run((9, 10), (7, 10), (1, 1)))
    assert (same.difference, same.low, same.high, same.p, same.certain) == (0.0, None, None, None, False)
    assert (same.better, same.worse) == (0, 0)


def test_exchanging_the_runs_turns_the_difference_round() -> None:
    one, other = run((9, 10), (8, 10), (7, 10), (9, 9)), run((7, 10), (8, 10), (6, 10), (9, 9))
    there, back = found(one, other), found(other, one)
    assert there.difference == pytest.approx(3 / 39)
    assert back.difference == pytest.approx(-3 / 39)
    assert (there.better, there.worse, back.better, back.worse) == (2, 0, 0, 2)
    [first, third] = compare(one, other).pairs
    assert (first.id, first.parted[0].mine, first.parted[0].other) == ("000", (9, 10), (7, 10))
    assert third.id == "002"
    assert there.p == back.p == 0.5  # two articles differ: 2 of 4 exchanges give as much


def test_a_difference_in_nearly_all_articles_is_certain_and_one_by_chance_is_not() -> None:
    clear = found(run(*[(9, 10)] * 12), run(*[(7, 10)] * 12))
    assert clear.p == pytest.approx(2 / 2**12)
    assert clear.certain
    assert clear.low is not None
    assert clear.low > 0
    chance = found(run(*[(9, 10), (7, 10)] * 6), run(*[(7, 10), (9, 10)] * 6))
    assert chance.p == 1.0
    assert not chance.certain


def test_many_articles_are_exchanged_at_random_and_always_alike() -> None:
    pairs = [(Count(9, 10), Count(8, 10)), (Count(8, 10), Count(8, 10)), (Count(7, 10), Count(8, 10))] * 20
    assert permutation(pairs) == permutation(pairs) == 1.0
    clear = [(Count(9, 10), Count(8, 10))] * 40
    assert permutation(clear) == pytest.approx(1 / 10_001)


def test_articles_of_one_run_alone_are_left_out() -> None:
    comparison = compare(run((9, 10), (9, 10)), run((9, 10), (0, 10), first=1))
    assert comparison.articles == 1
    assert comparison.differences[0].difference == 0.0


def test_with_nothing_to_compare_there_is_no_difference() -> None:
    comparison = compare(run((0, 0), (0, 0)), run((0, 0), (1, 2)))
    assert [one.difference for one in comparison.differences] == [None] * len(FIGURES)
    assert [one.p for one in comparison.differences] == [None] * len(FIGURES)
    assert compare(run(), run()).articles == 0
