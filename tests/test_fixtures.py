"""The shipped articles: replayed replies of a real model, the rules' briefs, and what both must hold."""

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer import Brief, Settings, summarize
from tools.briefs import FIXTURES, MODEL, ROOT, RULES, articles, make, recorded, stored

pytestmark = pytest.mark.usefixtures("at_root")

REAL = [name for name in recorded() if "." not in name]
"""Recordings of a real model's replies; a name with a dot is one that a person composed."""


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def replay(name: str, reasks: int = 2, *, complete: bool = True) -> Brief:
    recording = FIXTURES / "recordings" / f"{name}.json"
    options = Settings(extractor="model", replay=recording, check_reasks=reasks, complete=complete)
    [brief] = summarize(Path("fixtures") / "articles" / f"{name.partition('.')[0]}.txt", settings=options)
    return brief


def exchanges(name: str) -> list[dict[str, Any]]:
    recording = json.loads((FIXTURES / "recordings" / f"{name}.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = recording["exchanges"]
    return found


@pytest.mark.parametrize("name", articles())
def test_the_rules_make_the_stored_brief(name: str) -> None:
    assert make(name, RULES) == json.loads(stored(name, RULES).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", recorded())
def test_the_recorded_replies_make_the_stored_brief(name: str) -> None:
    assert make(name, MODEL) == json.loads(stored(name, MODEL).read_text(encoding="utf-8"))


def test_a_model_was_recorded_on_at_least_six_articles() -> None:
    assert len(REAL) >= 6
    assert not any(exchange["composed"] for name in REAL for exchange in exchanges(name))


@pytest.mark.parametrize("name", REAL)
def test_a_number_has_a_place_in_the_article_unless_it_is_flagged(name: str) -> None:
    text = (FIXTURES / "articles" / f"{name}.txt").read_text(encoding="utf-8")
    for number in replay(name).numbers:
        if number.span is None:
            assert "absent" in number.findings
        else:
            assert number.verdict in ("exact", "normalised", "moved")
            assert text[slice(*number.span)].strip()


@pytest.mark.parametrize("name", REAL)
def test_the_model_finds_every_gold_number(name: str) -> None:
    gold = json.loads((FIXTURES / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    found = {(number.value, number.low, number.high) for number in replay(name).numbers}
    if not gold["about_park"]:
        assert not found
        return
    missed = [
        number["text"]
        for number in gold["numbers"]
        if not number.get("optional") and (number["value"], number["low"], number["high"]) not in found
    ]
    assert missed == MISSED_BY_THE_MODEL.get(name, [])


MISSED_BY_THE_MODEL: dict[str, list[str]] = {}
"""Gold numbers that the recorded model left out; the brief lists each of them as unreported."""


def test_a_reply_that_fails_the_check_is_repaired_by_the_re_ask() -> None:
    before, after = (replay("old_chen", reasks=reasks, complete=False) for reasks in (0, 2))
    codes = [[finding.code for finding in brief.check.findings] for brief in (before, after)]
    assert codes == [["period-unsupported", "scope", "scope"], ["scope", "scope"]]  # what 他 did is told as the park's
    assert (before.run.attempts, after.run.attempts) == (1, 2)
    assert after.run.usage.prompt > 2 * before.run.usage.prompt - 500  # tokens of both requests are counted


def test_a_follow_up_may_be_declined() -> None:
    declined = replay("founder_profile")
    assert [item.text for item in declined.check.unreported] == ["十年"]
    assert [finding.code for finding in declined.check.findings] == ["completed"]
    assert declined.run.attempts == 2


def test_a_draft_cut_in_half_is_completed_and_nothing_invented_comes_with_it() -> None:
    before, after = replay("investment_half_year.cut", complete=False), replay("investment_half_year.cut")
    assert (len(before.numbers), len(before.check.unreported)) == (12, 9)
    assert (len(after.numbers), len(after.check.unreported), after.check.status) == (21, 0, "verified")
    assert len({number.span for number in after.numbers}) == 21
    assert "9800人" not in {number.text for number in after.numbers}
    [note] = after.check.findings
    assert (note.code, "3 more that it sent were not asked for" in note.message) == ("completed", True)


def test_what_the_model_stands_by_stays_flagged_after_the_last_re_ask() -> None:
    brief = replay("figures_in_words")
    assert brief.check.status == "flagged"
    assert brief.run.attempts == 4  # the draft, the follow-up, two re-asks
    flagged = [number.text for number in brief.numbers if number.findings]
    assert flagged == ["两位数", "三字头", "两位数"]  # told in words that hold no number
    assert brief.check.counts.flagged == len(flagged)


def test_a_model_that_obeys_the_article_is_caught() -> None:
    brief = replay("injection.obeyed")
    assert brief.check.status == "flagged"
    [flagged] = [number for number in brief.numbers if number.findings]
    assert (flagged.text, flagged.verdict) == ("9,999个", "absent")


def test_the_article_contradicting_itself_is_said() -> None:
    brief = replay("investment_half_year")
    assert [one.message for one in brief.check.contradictions] == ["318.6亿元 is given for 上半年 and for 1-5月"]


def test_an_article_about_no_park_has_an_empty_brief() -> None:
    brief = replay("no_park")
    assert not brief.about_park
    assert (brief.parks, brief.numbers, brief.check.unreported) == ((), (), ())


@pytest.mark.parametrize("name", recorded())
def test_a_recording_holds_no_key_and_no_address(name: str) -> None:
    text = (FIXTURES / "recordings" / f"{name}.json").read_text(encoding="utf-8")
    assert "authorization" not in text.lower()
    assert "127.0.0.1" not in text
    assert "\\u" not in text
