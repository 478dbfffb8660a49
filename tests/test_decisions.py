"""The log of what reviewers decide: the latest holds, nothing is lost between two who decide at once."""

import pytest

from summarizer.errors import Overtaken
from summarizer.store.decisions import ARTICLE, Decision, Verb, decide, holding, latest, reviewed_articles, undo
from tests.stores import Filler


@pytest.fixture
def article(filler: Filler) -> int:
    [article] = filler.document("a.txt", ("说法",))
    filler.brief(article)
    return article


def say(
    filler: Filler, article: int, verb: Verb, *, item: str = "numbers:1", who: str = "林", seen: int = 0
) -> Decision:
    with filler.store.transaction() as db:
        return decide(db, Decision(0, article, item, verb, None, who, ""), seen)


def held(filler: Filler, article: int) -> dict[str, str]:
    return {item: one.verb for item, one in holding(filler.store.db, article).items()}


def test_the_latest_decision_on_an_item_holds(filler: Filler, article: int) -> None:
    first = say(filler, article, "accept")
    say(filler, article, "reject", seen=first.id)
    say(filler, article, "accept", item="quotes:9")
    assert held(filler, article) == {"numbers:1": "reject", "quotes:9": "accept"}
    assert (first.who, first.made_at[:2]) == ("林", "20")


def test_what_is_undone_brings_back_what_was_decided_before(filler: Filler, article: int) -> None:
    first = say(filler, article, "accept")
    second = say(filler, article, "reject", seen=first.id)
    with filler.store.transaction() as db:
        assert undo(db, second.id, "周") == second
        assert undo(db, second.id, "周") is None
    assert held(filler, article) == {"numbers:1": "accept"}
    [row] = filler.store.db.execute("SELECT undone_by, undone_at FROM decisions WHERE id = ?", (second.id,)).fetchall()
    assert row[0] == "周"
    assert row[1] >= second.made_at


def test_who_decides_on_what_another_has_decided_meanwhile_is_told(filler: Filler, article: int) -> None:
    say(filler, article, "accept", who="周")
    with pytest.raises(Overtaken, match="周 has said 'accept' on this item meanwhile"):
        say(filler, article, "reject")
    assert held(filler, article) == {"numbers:1": "accept"}


def test_who_decides_on_what_another_has_undone_meanwhile_is_told(filler: Filler, article: int) -> None:
    first = say(filler, article, "accept")
    with filler.store.transaction() as db:
        undo(db, first.id, "周")
    with pytest.raises(Overtaken, match="undone"):
        say(filler, article, "reject", seen=first.id)


def test_the_last_decision_of_a_person_is_found_and_not_that_of_another(filler: Filler, article: int) -> None:
    mine = say(filler, article, "accept")
    say(filler, article, "accept", item="quotes:9", who="周")
    found = latest(filler.store.db, article, "林")
    assert found is not None
    assert found.id == mine.id
    assert latest(filler.store.db, article, "陈") is None


def test_an_article_is_reviewed_when_it_was_said_to_be_done(filler: Filler, article: int) -> None:
    say(filler, article, "accept")
    assert reviewed_articles(filler.store.db) == []
    done = say(filler, article, "done", item=ARTICLE)
    assert reviewed_articles(filler.store.db) == [article]
    with filler.store.transaction() as db:
        undo(db, done.id, "林")
    assert reviewed_articles(filler.store.db) == []
