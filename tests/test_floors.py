"""The quality floors: what the check catches and how well numbers are read never gets worse."""

import json
import subprocess
from functools import cache

import pytest

from bench import floors
from bench.floors import FLOORS, Figures, figures, pin, pinned
from bench.true_drafts import ROOT

today = cache(figures)


def changed(**shares: float) -> Figures:
    base = pinned()
    return base._replace(shares={**base.shares, **shares})


def test_todays_figures_reach_the_floors_and_the_projects_bars() -> None:
    assert pinned().corpus == floors.corpus_digest(), "the evaluation set changed: python -m bench.floors --pin"
    assert today().lower_than(pinned()) == []
    assert today().below_bars() == []


def test_a_floor_that_would_go_down_is_not_pinned() -> None:
    with pytest.raises(ValueError, match="digit"):
        pin(changed(digit=pinned().shares["digit"] - 0.0001), pinned())
    with pytest.raises(ValueError, match="false alarms"):
        pin(pinned()._replace(alarms=0.0099), pinned())


def test_a_floor_below_the_bar_is_not_pinned_for_any_corpus() -> None:
    with pytest.raises(ValueError, match=r"label: 0\.89"):
        pin(changed(label=0.89)._replace(corpus="sha256:another"), pinned())


def test_better_figures_are_pinned() -> None:
    better = changed(label=0.999)
    assert pinned(pin(better, pinned())) == better


def test_no_floor_is_lower_than_in_the_history() -> None:
    log = ["git", "-C", str(ROOT), "log", "-n", "20", "--format=%H", "--", "bench/floors.json"]
    found = subprocess.run(log, capture_output=True, text=True, check=False)
    if found.returncode or not found.stdout.split():
        pytest.skip("no history here")
    for commit in found.stdout.split():
        show = ["git", "-C", str(ROOT), "show", f"{commit}:{FLOORS.relative_to(ROOT)}"]
        shown = subprocess.run(show, capture_output=True, text=True, check=False)
        if shown.returncode == 0 and json.loads(shown.stdout)["corpus"] == pinned().corpus:
            assert pinned().lower_than(pinned(shown.stdout)) == []
