"""Reviewed articles become gold, by which the briefs that the reviewer approved of are right."""

import json
from pathlib import Path

import pytest

from summarizer.evaluate import read_gold
from summarizer.review.gold import golds
from summarizer.store import open_store
from tests.command import Run, refused
from tests.desks import TEXT, Visitor, fill


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "briefs.db"


@pytest.fixture
def article(store: Path) -> int:
    return fill(store, "另一篇")


def review(store: Path, article: int) -> None:
    """Go through the article as a person would: one number corrected, one added, one left out rightly."""
    desk = Visitor(store).enter()
    desk.decide(article, desk.key(article, "numbers.1"), "correct", text="318.6亿元")
    start = TEXT.index("42个")
    desk.decide(article, "", "add", span=[start, start + 3], metric="制造业项目", park="云州高新区")
    desk.decide(article, "article", "done")


def test_gold_says_what_the_reviewer_said(store: Path, article: int, tmp_path: Path, run: Run) -> None:
    review(store, article)
    said = run("gold", store, tmp_path / "gold")
    assert (said.code, said.out) == (0, "")
    assert "1 reviewed article is gold" in said.err
    [case] = read_gold(str(tmp_path / "gold"))
    owed = [(one.metric, one.text, one.value) for one in case.gold.numbers if not one.optional]
    assert owed == [
        ("新签约项目", "86个", "86"),
        ("完成投资", "318.6亿元", "31860000000"),
        ("增长", "18.4%", "18.4"),
        ("制造业项目", "42个", "42"),
    ]
    assert case.printed is not None
    assert (tmp_path / "gold" / "articles" / "flagged.txt").read_text(encoding="utf-8") == TEXT


def test_briefs_are_measured_by_their_own_reviewed_gold(store: Path, article: int, tmp_path: Path, run: Run) -> None:
    review(store, article)
    run("gold", store, tmp_path / "gold")
    told = json.loads(run("eval", tmp_path / "gold", store, "--format", "json").out)
    counts = {figure["name"]: (figure["good"], figure["of"]) for figure in told["figures"]}
    assert (counts["found"], counts["reported"]) == ((2, 4), (2, 3))  # one was wrong, one was left out
    assert told["verdicts"] == {"right_passed": 2, "right_flagged": 0, "wrong_passed": 0, "wrong_flagged": 1}


def test_only_what_is_done_becomes_gold(store: Path, article: int, tmp_path: Path, run: Run) -> None:
    desk = Visitor(store).enter()
    desk.decide(article, desk.key(article, "numbers.0"), "accept")
    said = run("gold", store, tmp_path / "gold")
    assert "no article of" in refused(said)
    assert not list((tmp_path / "gold").glob("*.json"))


def test_names_are_of_the_documents_and_apart(store: Path, article: int) -> None:
    review(store, article)
    desk = Visitor(store).enter()
    with open_store(store) as opened:
        others = [row[0] for row in opened.db.execute("SELECT id FROM articles WHERE id <> ?", (article,))]
        opened.db.execute("UPDATE documents SET path = 'zip!/a/flagged.txt' WHERE id <> ?", (article // 10000,))
    for other in others:
        desk.decide(other, "article", "done")
    with open_store(store) as opened:
        assert [name for name, _, _ in golds(opened)] == ["flagged", *(f"flagged-{other}" for other in others)]
