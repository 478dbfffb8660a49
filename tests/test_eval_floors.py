"""The floors of `summarize eval`: no figure gets worse, of the shipped briefs and of the rules on the eval set."""

from dataclasses import replace

import pytest

from bench.eval_floors import AUTHORS, FLOORS, corpus_digest, figures
from bench.pinning import Figures
from bench.true_drafts import ROOT

pin, pinned = FLOORS.pin, FLOORS.pinned


def changed(**shares: float) -> Figures:
    base = pinned()
    return replace(base, shares={**base.shares, **{name.replace("_", " "): one for name, one in shares.items()}})


def test_todays_figures_reach_the_floors() -> None:
    assert pinned().corpus == corpus_digest(), "the shipped set changed: python -m bench.eval_floors --pin"
    assert figures().lower_than(pinned()) == []


def test_all_are_pinned_in_the_figures_that_matter() -> None:
    for author in (*AUTHORS, "eval"):
        for name in ("found", "reported", "value", "unit", "period", "park", "label", "refusals", "verdicts"):
            assert f"{author} {name}" in pinned().shares


def test_the_figures_told_of_the_rules_are_those_pinned() -> None:
    shares = pinned().shares
    told = f"the rules find {shares['eval found']:.1%} of what is owed and have {shares['eval whole']:.1%} right in all"
    assert told.replace("%", " %") in " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())


def test_a_floor_that_would_go_down_is_not_pinned() -> None:
    with pytest.raises(ValueError, match=r"model period: 0\.5000 < "):
        pin(changed(model_period=0.5), pinned())


def test_a_figure_that_is_gone_is_below_its_floor() -> None:
    floors = Figures("sha256:0", {"rules unit": 0.9})
    assert Figures("sha256:0", {}).lower_than(floors) == ["rules unit: 0.0000 < 0.9000"]


def test_better_figures_and_another_corpus_are_pinned() -> None:
    better = changed(rules_period=0.999)
    assert pinned(pin(better, pinned())) == better
    other = replace(changed(rules_period=0.1), corpus="sha256:another")
    assert pinned(pin(other, pinned())) == other


def test_no_floor_is_lower_than_in_the_history() -> None:
    earlier = FLOORS.earlier()
    if not earlier:
        pytest.skip("no history here")
    for floors in earlier:
        assert pinned().lower_than(floors) == []
