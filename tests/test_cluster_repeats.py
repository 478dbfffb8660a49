"""What repeats what, by the rule of the store, and what a repeat is given; in one process and without Ray."""

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow
import pytest

from bench.planted_tellings import harmful, reprints
from summarizer.archive.jobs import Failed
from summarizer.archive.telling import same_telling
from summarizer.archive.work import new_article
from summarizer.article import Document
from summarizer.cluster import kinship
from summarizer.cluster.again import Past
from summarizer.cluster.desk import Begun
from summarizer.cluster.earlier import earlier_of
from summarizer.cluster.finished import digest, keys_of, known_of, sorted_keys
from summarizer.cluster.kinship import groups_in
from summarizer.cluster.outcomes import ended_of, paid_for
from summarizer.cluster.parts import parts_of
from summarizer.cluster.printings import Link, Printing, Printings, links_of
from summarizer.cluster.reading import read_part
from summarizer.cluster.repeats import (
    Outcomes,
    held_in,
    links_of_groups,
    printings_of,
    repeat_chunks,
)
from summarizer.cluster.shelf import Shelf, opened_shelf
from summarizer.cluster.survey import (
    ARTICLE,
    Survey,
    SurveyTold,
    ahead_in,
    halves_of,
    schema,
    survey_of,
    survey_part,
)
from summarizer.read import document_from_text
from summarizer.store import open_store
from summarizer.store.intake import CANDIDATES, NewArticle, put_articles, put_document, start_input
from summarizer.store.ledger import Recipe, find_recipe, start_run
from summarizer.store.work import Failure
from tests.archives import lines, news
from tests.clusters import RECIPE, brief_chunk, made_tables, watcher, whole
from tests.surveys import NEAR, READING, brief_all, brought, documents, linked, surveyed
from tests.test_cluster_again import check_changes

Telling = Callable[[str, str], bool]


def stored_links(
    found: Sequence[tuple[Document, NewArticle]], store: Path, same: Telling
) -> dict[str, tuple[str, str]]:
    """Return what the store links: paths of documents, and of those that they repeat, with the likeness."""
    with open_store(store, create=True) as opened, opened.transaction() as db:
        run = start_run(db, find_recipe(db, Recipe("a", 1, "rules", None, "{}")), "1", "[]", "{}")
        source = start_input(db, "a", "r", run)
        for document, article in found:
            ident, _ = put_document(db, source, document, run)
            put_articles(db, ident, [article], "whole", same)
        return _links_in(db)


def _links_in(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    rows = db.execute(
        "SELECT d.path, o.path, a.likeness FROM articles a JOIN documents d ON d.id = a.document_id"
        " JOIN articles b ON b.id = a.same_as JOIN documents o ON o.id = b.document_id"
    )
    return {path: (original, likeness) for path, original, likeness in rows}


def composed(rng: random.Random) -> Iterator[str]:
    """Yield printings of some articles in many shapes: exact, NEAR, of each other, and what must not be linked."""
    for serial in rng.sample(range(1, 400), 6):
        text = news(serial)
        shapes = [shape for _, shape in reprints(text, rng)]
        again = [shape for _, shape in reprints(rng.choice(shapes), rng)] if shapes else []
        unlike = [changed for _, _, changed in harmful(text, rng)]
        for shape in (shapes, again, unlike):
            yield from rng.sample(shape, min(3, len(shape)))
        yield from (text, text.replace("，", " ， "), text)


def made_survey(found: Sequence[tuple[Document, NewArticle]]) -> Survey:
    rows = []
    for document, article in found:
        keys = map(bytes.fromhex, keys_of(document))
        halves = halves_of(article.content)
        rows.append((0, *keys, ARTICLE, False, False, article.chars, 1, *halves, list(article.marks)))
    table = pyarrow.table([list(column) for column in zip(*rows, strict=True)], schema=schema())
    return Survey(table, table.slice(0, 0), frozenset(), frozenset(), {}, whole=True)


@pytest.mark.parametrize("seed", range(5))
def test_the_articles_that_are_linked_are_those_that_the_store_links(seed: int, tmp_path: Path, shelf: Shelf) -> None:
    rng = random.Random(seed)
    texts = list(composed(rng))
    rng.shuffle(texts)
    archive = tmp_path / "archive"
    archive.mkdir()
    for number in range(3):
        lines(archive / f"{number}.jsonl", texts[number::3])
    found = documents(archive)
    stored = stored_links([(one, new_article(one.text)) for one in found], tmp_path / "s.db", same_telling)
    survey = surveyed(archive)
    assert len(found) == len(texts) == len(survey.rows)
    paths = [one.path or "" for one in found]
    links = {paths[row]: (paths[original], likeness) for row, original, likeness in linked(archive, shelf, survey)}
    assert links == stored
    assert {likeness for _, likeness in links.values()} == {"exact", "near"}


@pytest.mark.parametrize("seed", range(40))
def test_the_rule_is_that_of_the_store_whatever_the_marks_are(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    marks, contents, alike = rng.choice([6, 15, 60]), rng.choice([20, 200]), rng.random()

    def same(one: str, other: str) -> bool:
        return int(digest(*sorted((one, other))), 16) % 1000 < 1000 * alike

    found = []
    for number in range(90):
        content = f"sha256:{digest(str(rng.randrange(contents))) * 2}"
        chosen = tuple(sorted(rng.sample(range(marks), min(marks, rng.choice([0, 1, 2, 3, 4, 5, 8])))))
        article = NewArticle(1, None, 9, content, chosen, None, f"text {number}")
        found.append((document_from_text(f"text {number}", path=str(number)), article))
    stored = stored_links(found, tmp_path / "s.db", same)
    survey = made_survey(found)
    groups = printings_of(survey, groups_in(survey.rows), earlier_of(opened_shelf(str(tmp_path / "out")), RECIPE))
    texts = {row: article.text for row, (_, article) in enumerate(found)}
    links = [link for group in (*groups.alike, *groups.mixed) for link in links_of(group, texts, same)]
    assert {str(row): (str(original), likeness) for row, original, likeness in links} == stored


class _Long(list[int]):
    """Places of which nobody may look at more than some."""

    def __iter__(self) -> Iterator[int]:
        for place in range(len(self)):
            assert place <= CANDIDATES + 1, "looked through a long list"
            yield self[place]


def test_of_many_that_share_marks_no_more_are_looked_at_than_are_compared() -> None:
    compared: list[str] = []

    def unlike(one: str, _: str) -> bool:
        compared.append(one)
        return False

    printings = Printings({row: str(row) for row in range(201)}, unlike)
    for row in range(200):
        printings.take(Printing(row, (row, row), (1, 2, 1000 + row)), row)
    printings._marked = {mark: _Long(places) for mark, places in printings._marked.items()}
    assert printings.take(Printing(200, (200, 200), (1, 2, 1200, 1201))) is None
    assert compared == [str(row) for row in range(CANDIDATES)]


def test_columns_that_are_sorted_by_shards_give_the_same_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(1)
    found = [
        (
            document_from_text(f"text {number}", path=str(number)),
            NewArticle(
                *(1, None, 9, f"sha256:{digest(str(rng.randrange(150))) * 2}"),
                *(tuple(sorted(rng.sample(range(300), 4))), None, ""),
            ),
        )
        for number in range(200)
    ]
    survey = made_survey(found)
    whole = groups_in(survey.rows)
    monkeypatch.setattr(kinship, "_SHARD", 16)
    monkeypatch.setattr(kinship, "_BATCH", 7)
    assert groups_in(survey.rows) == whole
    assert len(whole) > 5


def test_what_is_finished_comes_before_all_others(tmp_path: Path, shelf: Shelf) -> None:
    old, new = tmp_path / "old.jsonl", tmp_path / "new"
    new.mkdir()
    lines(old, [news(1)])
    lines(new / "b.jsonl", [news(1), news(2)])
    brief_all(new, shelf)
    lines(new / "a.jsonl", [NEAR, news(1), news(2)])
    survey = surveyed(new, Past(shelf, known_of(shelf, RECIPE, None)).left_of)
    assert survey.rows["done"].to_pylist() == [False, False, False, True, True]
    assert linked(new, shelf, survey) == [Link(0, 3, "near"), Link(1, 3, "exact"), Link(2, 4, "exact")]


def test_a_draft_of_an_older_check_is_proved_anew_and_nobody_elses(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    lines(archive / "b.jsonl", [news(1), NEAR, news(2)])
    brief_all(archive, shelf)
    check_changes(monkeypatch)
    lines(archive / "a.jsonl", [news(1)])
    survey = surveyed(archive, Past(shelf, known_of(shelf, RECIPE, None)).left_of)
    assert survey.rows["drafted"].to_pylist() == [False, True, True, True]
    assert linked(archive, shelf, survey) == [Link(0, 1, "exact")]
    assert ahead_in(survey, [0]) == (4, 0, 0)
    brief_all(archive, shelf, run=2)
    articles = {row["document"].rpartition("/")[2]: row for row in made_tables(shelf)["articles"]}
    original = articles["b.jsonl#1"]["id"]
    assert [articles[name]["same_as"] for name in sorted(articles)] == [original, None, original, None]
    assert {row["run_id"] for row in articles.values()} == {2}


def test_a_repeat_has_the_draft_of_its_original(tmp_path: Path, shelf: Shelf) -> None:
    archive = lines(tmp_path / "a.jsonl", [news(1), news(2), NEAR, news(2)])
    assert len(brief_all(archive, shelf)) == 2
    articles = {row["document"].rpartition("#")[2]: row for row in made_tables(shelf)["articles"]}
    assert articles["3"]["same_as"] == articles["1"]["id"]
    assert articles["4"]["same_as"] == articles["2"]["id"]
    assert [articles[name]["likeness"] for name in "1234"] == [None, None, "near", "exact"]
    assert {row["state"] for row in articles.values()} == {"done"}
    told = [row for row in made_tables(shelf)["findings"] if row["code"] == "same-telling"]
    assert {f"article {row['article_id']}" for row in told} == {f"article {articles[name]['id']}" for name in "34"}
    assert brief_all(archive, shelf, run=2) == []


def test_a_later_print_repeats_the_original_of_a_repeat(tmp_path: Path, shelf: Shelf) -> None:
    archive = lines(tmp_path / "a.jsonl", [news(1), NEAR])
    brief_all(archive, shelf)
    lines(archive, [news(1), NEAR, NEAR])
    assert brief_all(archive, shelf, run=2) == [Link(2, 0, "exact")]
    lines(archive, [news(9), NEAR, NEAR, NEAR])  # the original is gone: the oldest of the others stands for it
    assert brief_all(archive, shelf, run=3) == [Link(3, 1, "exact")]


def test_a_repeat_of_an_article_that_failed_fails_alike(tmp_path: Path, shelf: Shelf) -> None:
    archive = lines(tmp_path / "a.jsonl", [news(1), news(1)])
    (part,) = parts_of([str(archive)], []).parts
    (chunk,) = read_part(part, READING, whole, watcher())
    only = chunk._replace(items=chunk.items[:1])
    brief_chunk(shelf, only, begun=Begun(3, only.items[0].key))
    brief_all(archive, shelf, run=2)
    failures = made_tables(shelf)["failures"]
    assert failures[1]["message"] == (
        f"it repeats article {failures[0]['article_id']}, which failed: {failures[0]['message']}"
    )
    articles = made_tables(shelf)["articles"]
    assert articles[1]["same_as"] == articles[0]["id"]


def test_the_failure_of_an_original_is_no_sign_that_the_service_is_dead() -> None:
    failed = Failed(1, 1, Failure("busy", "no answer", passing=True), hopeless=False, attempts=())
    assert ended_of(1, failed, paid_for((), None), repeats=False).passing
    assert not ended_of(1, failed, paid_for((), None), repeats=True).passing


def test_a_repeat_waits_for_an_original_that_was_left(tmp_path: Path, shelf: Shelf) -> None:
    archive = lines(tmp_path / "a.jsonl", [news(1), news(1)])
    survey = surveyed(archive)
    (items,) = brought(archive, survey, {0: 0, 1: 0}, 1)
    assert list(repeat_chunks([Link(1, 0, "exact")], items, Outcomes(shelf, {}))) == []


def test_the_same_document_twice_counts_once_and_repeats_nothing(tmp_path: Path, shelf: Shelf) -> None:
    archive = lines(tmp_path / "a.jsonl", [news(1)])
    archive.write_text(2 * archive.read_text(encoding="utf-8"), encoding="utf-8")
    assert len(surveyed(archive).rows) == 1
    parts = parts_of([str(archive)], []).parts
    (part,) = parts
    told = SurveyTold(READING, "auto")
    twice = (part, part._replace(number=1))
    survey = survey_of(twice, [survey_part(one, told, whole, watcher()) for one in twice])
    groups = printings_of(survey, groups_in(survey.rows), earlier_of(shelf, RECIPE))
    assert links_of_groups(groups.alike) == []


def test_repeats_go_into_chunks_and_outcomes_are_read_file_by_file(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.cluster.repeats.CHUNK", 2)
    monkeypatch.setattr("summarizer.cluster.repeats._FILES", 1)
    archive = lines(tmp_path / "a.jsonl", [news(serial) for serial in (1, 2, 3, 1, 2, 3, 1)])
    (part,) = parts_of([str(archive)], []).parts
    for chunk in read_part(part, READING, whole, watcher()):
        for number, item in enumerate(chunk.items[:3]):
            brief_chunk(shelf, chunk._replace(key=f"{number}{chunk.key}", items=(item,)))
    survey = surveyed(archive)
    (items,) = brought(archive, survey, dict.fromkeys(range(7), 0), 1)
    wanted = sorted_keys(items[row].document_key for row in range(3))
    names = shelf.names("briefs")
    held = held_in(shelf, names, wanted)
    assert {one.name for one in held.values()} == set(names)
    links = linked(archive, shelf, survey)
    found = list(repeat_chunks(links, items, Outcomes(shelf, held)))
    assert [len(chunk.items) for chunk in found] == [2, 2]
    assert [item.found for chunk in found for item in chunk.items] == [items[link.row].found for link in links]
