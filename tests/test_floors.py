"""The quality floors: what the check catches and how well numbers are read never gets worse."""

from dataclasses import replace
from functools import cache

import pytest

from bench import floors
from bench.floors import FLOORS, Caught, figures

pin, pinned = FLOORS.pin, FLOORS.pinned
today = cache(figures)


def changed(**shares: float) -> Caught:
    base = pinned()
    return replace(base, shares={**base.shares, **shares})


def test_todays_figures_reach_the_floors_and_the_projects_bars() -> None:
    assert pinned().corpus == floors.corpus_digest(), "the evaluation set changed: python -m bench.floors --pin"
    assert today().lower_than(pinned()) == []
    assert today().below_bars() == []


def test_a_floor_that_would_go_down_is_not_pinned() -> None:
    with pytest.raises(ValueError, match="digit"):
        pin(changed(digit=pinned().shares["digit"] - 0.0001), pinned())
    with pytest.raises(ValueError, match="false alarms"):
        pin(replace(pinned(), alarms=0.0099), pinned())


def test_a_floor_below_the_bar_is_not_pinned_for_any_corpus() -> None:
    with pytest.raises(ValueError, match=r"label: 0\.89"):
        pin(replace(changed(label=0.89), corpus="sha256:another"), pinned())


def test_better_figures_are_pinned() -> None:
    better = changed(label=0.999)
    assert pinned(pin(better, pinned())) == better


def test_no_floor_is_lower_than_in_the_history() -> None:
    earlier = FLOORS.earlier()
    if not earlier:
        pytest.skip("no history here")
    for known in earlier:
        assert pinned().lower_than(known) == []
