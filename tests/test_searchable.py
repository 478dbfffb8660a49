"""Articles are listed first and made searchable together; none is forgotten and none indexed twice."""

from pathlib import Path

import pytest

from summarizer.store import open_store, work
from summarizer.store.flatten import flatten
from summarizer.store.lookup import search, snapshot
from summarizer.store.searchable import index_leftovers, index_listed
from summarizer.store.work import Known
from tests.stores import Filler, brief_of


@pytest.fixture
def filler(tmp_path: Path) -> Filler:
    return Filler(tmp_path / "briefs.db")


def keep(filler: Filler, article: int, text: str, title: str = "标题") -> None:
    """Keep a brief as a run does, which lists the article and leaves the index for later."""
    known = Known(title, None, "2023-07-03", "zh-Hans", text)
    with filler.store.transaction() as db:
        work.keep_brief(db, article, known, flatten(brief_of()), filler.recipe, filler.run)


def index(filler: Filler, least: int = 1) -> int:
    with filler.store.transaction() as db:
        return index_listed(db, least=least)


def found(filler: Filler, words: str) -> list[int]:
    with snapshot(filler.store) as db:
        return [match.id for match in search(db, words, 10)]


def sound(filler: Filler) -> None:
    """Have the index compare itself with the articles; raises where they differ."""
    filler.store.db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")


def test_articles_are_found_once_they_are_indexed_together(filler: Filler) -> None:
    ids = [filler.document(f"{place}.txt", (f"第{place}届产业大会",))[0] for place in range(3)]
    for place, article in enumerate(ids):
        keep(filler, article, f"第{place}届产业大会在园区举行")
    assert found(filler, "产业大会") == []
    assert index(filler, least=4) == 0
    assert index(filler, least=3) == 3
    assert sorted(found(filler, "产业大会")) == ids
    assert index(filler) == 0
    sound(filler)


@pytest.mark.parametrize("first_indexed", [False, True])
def test_an_article_that_reads_otherwise_is_found_by_its_new_words_alone(filler: Filler, first_indexed: bool) -> None:
    [article] = filler.document("a.txt", ("旧",))
    keep(filler, article, "旧的说法在这里")
    if first_indexed:
        index(filler)
    keep(filler, article, "新的说法在这里", "新标题")
    keep(filler, article, "更新的说法在这里", "新标题")
    index(filler)
    assert found(filler, "更新的说法") == found(filler, "新标题") == [article]
    assert found(filler, "旧的说法") == []
    sound(filler)


def test_an_article_that_reads_as_before_is_not_indexed_again(filler: Filler) -> None:
    [article] = filler.document("a.txt", ("说法",))
    keep(filler, article, "同样的说法")
    index(filler)
    keep(filler, article, "同样的说法")
    assert index(filler) == 0
    assert found(filler, "同样的说法") == [article]
    sound(filler)


def test_what_a_killed_run_has_left_is_found_by_a_search(filler: Filler) -> None:
    [article] = filler.document("a.txt", ("说法",))
    keep(filler, article, "留下的说法")
    filler.store.close()
    with open_store(filler.path) as store:
        index_leftovers(store)
        with snapshot(store) as db:
            assert [match.id for match in search(db, "留下的说法", 10)] == [article]


def test_a_store_that_cannot_be_written_is_searched_as_it_is(filler: Filler) -> None:
    [article] = filler.document("a.txt", ("说法",))
    keep(filler, article, "留下的说法")
    filler.store.db.execute("PRAGMA query_only = ON")
    index_leftovers(filler.store)
    assert found(filler, "留下的说法") == []


def test_half_a_character_in_somebodys_words_does_not_end_a_run(filler: Filler) -> None:
    [article] = filler.document("a.txt", ("说法",))
    brief = brief_of()
    number = brief.numbers[0].model_copy(update={"metric": "项目\ud800数"})
    flat = flatten(brief.model_copy(update={"numbers": (number, *brief.numbers[1:])}))
    with filler.store.transaction() as db:
        work.keep_brief(db, article, Known("标题", None, None, "zh-Hans", None), flat, filler.recipe, filler.run)
    rows = filler.store.db.execute("SELECT metric FROM numbers WHERE position = 0").fetchall()
    assert rows == [("项目?数",)]
