"""Cues: target or result, up or down."""

import re
from pathlib import Path

import pytest

from summarizer.quantities import cues as cues_module
from summarizer.quantities.cues import DOWN, UP, told_status


@pytest.mark.parametrize(
    ("clause", "status"),
    [
        ("力争突破", "target"),
        ("计划新开工项目", "target"),
        ("到2027年，产值达", "target"),
        ("aims to lift output to", "target"),
        ("预计总产量", "forecast"),
        ("expected to reach", "forecast"),
        ("计划投入，已完成", "actual"),
        ("预计增长。全年新增", "actual"),
        ("全年完成投资", "actual"),
    ],
)
def test_words_before_a_number_say_how_it_is_meant(clause: str, status: str) -> None:
    told, cue = told_status(clause)
    assert told == status
    assert (cue is None) == (status == "actual")


def test_directions_are_told_apart() -> None:
    assert UP.search("同比增长")
    assert DOWN.search("同比下降")
    assert not UP.search("同比下降")


def test_every_cue_begins_with_one_of_the_heads_that_are_looked_for() -> None:
    """The guard in front of the cues saves time; it must not hide a cue."""
    guard, cues = cues_module._CUES.pattern.split(")(?:", 1)
    unguarded = re.compile(f"(?:{cues}")
    assert guard.startswith("(?=[")
    for path in sorted((Path(__file__).parent.parent / "fixtures").rglob("*.*")):
        text = path.read_text(encoding="utf-8", errors="ignore")
        found = [match.span() for match in cues_module._CUES.finditer(text)]
        assert found == [match.span() for match in unguarded.finditer(text)], path
