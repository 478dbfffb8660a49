"""What a survey finds: what repeats what, what is gone, what there is to do; in one process and without Ray."""

import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow
import pytest

from bench.planted_tellings import harmful, reprints
from summarizer.archive.jobs import Failed
from summarizer.archive.telling import same_telling
from summarizer.archive.work import new_article
from summarizer.article import Document
from summarizer.cluster import gather, kinship
from summarizer.cluster.again import Past
from summarizer.cluster.desk import Begun
from summarizer.cluster.earlier import earlier_of, gone_in, keep_gone, put_aside, usual_of
from summarizer.cluster.files import Results
from summarizer.cluster.finished import digest, is_among, keys_of, known_of, sorted_keys
from summarizer.cluster.gather import bucketed, errands_of, run_errand, together
from summarizer.cluster.journal import folder_of, rows_of, table_of
from summarizer.cluster.kinship import groups_in
from summarizer.cluster.outcomes import ended_of, paid_for
from summarizer.cluster.parts import File, Part, parts_of
from summarizer.cluster.printings import Link, links_of
from summarizer.cluster.reading import LeftOf, ReadingTold, read_part
from summarizer.cluster.repeats import (
    Outcomes,
    held_in,
    links_of_groups,
    links_without_texts,
    printings_of,
    repeat_chunks,
)
from summarizer.cluster.shelf import Shelf, opened_shelf
from summarizer.cluster.survey import (
    ARTICLE,
    PAGE,
    UNREADABLE,
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
from summarizer.store.intake import NewArticle, put_articles, put_document, start_input
from summarizer.store.ledger import Recipe, Usual, find_recipe, start_run
from summarizer.store.work import Failure
from tests.archives import lines, news
from tests.test_cluster_again import check_changes
from tests.test_cluster_work import RECIPE, brief_chunk, made_tables, watcher, whole

NEAR = news(1, lead="本报讯（记者 王明）")
"""Another printing of article 1."""
READING = ReadingTold(None, None)
Telling = Callable[[str, str], bool]


def surveyed(source: Path, left_of: LeftOf = whole, *, counts: bool = False, read: Any = None) -> Survey:  # noqa: ANN401
    parts = parts_of([str(source)], []).parts
    told = SurveyTold(ReadingTold(None, None, read), "auto", counts)
    return survey_of(parts, [survey_part(part, told, left_of, watcher()) for part in parts])


def linked(source: Path, shelf: Shelf, survey: Survey) -> list[Link]:
    """Return the links of a survey, as the passes on Ray find them."""
    earlier = earlier_of(shelf, RECIPE)
    found, mixed = links_without_texts(survey, groups_in(survey.rows), earlier)
    buckets = bucketed(mixed, lambda group: group, survey)
    bucket_of = {row: at for at, some in enumerate(buckets) for group in some for row in group}
    for some, items in zip(buckets, brought(source, survey, bucket_of, len(buckets)), strict=True):
        found += links_of_groups(printings_of(survey, some, earlier).mixed, items)
    return sorted(found, key=lambda link: (link.original, link.row))


def brought(source: Path, survey: Survey, bucket_of: Mapping[int, int], count: int) -> list[dict[int, Any]]:
    if not bucket_of:
        return []
    errands = errands_of(survey, parts_of([str(source)], []).parts, bucket_of)
    shares = [run_errand(errand, count, READING) for errand in errands]
    return [together(some[bucket] for some in shares) for bucket in range(count)]


def documents(source: Path) -> list[Document]:
    parts = parts_of([str(source)], []).parts
    chunks = [chunk for part in parts for chunk in read_part(part, READING, whole, watcher())]
    return [item.found for chunk in chunks for item in chunk.items if isinstance(item.found, Document)]


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


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return opened_shelf(str(tmp_path / "out"))


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


def made_survey(found: Sequence[tuple[Document, NewArticle]]) -> Survey:
    rows = []
    for document, article in found:
        keys = map(bytes.fromhex, keys_of(document))
        halves = halves_of(article.content)
        rows.append((0, *keys, ARTICLE, False, False, article.chars, 1, *halves, list(article.marks)))
    table = pyarrow.table([list(column) for column in zip(*rows, strict=True)], schema=schema())
    return Survey(table, frozenset(), frozenset(), {}, whole=True)


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


def not_among(keys: Any, past: Past) -> LeftOf:  # noqa: ANN401 - a pyarrow array
    return lambda item: None if is_among(keys, item.key) else past.left_of(item)


def brief_all(source: Path, shelf: Shelf, run: int = 1) -> list[Link]:
    """Do what a run does; return what repeated what."""
    earlier = earlier_of(shelf, RECIPE)
    known = known_of(shelf, RECIPE, None)
    past = Past(shelf, known)
    survey = surveyed(source, past.left_of)
    keep_gone(shelf, RECIPE, earlier, survey)
    links = linked(source, shelf, survey)
    aside = put_aside(survey, earlier, [link.row for link in links])
    for part in parts_of([str(source)], []).parts:
        if part.number in aside.parts:
            for chunk in read_part(part, READING, not_among(aside.keys, past), watcher()):
                brief_chunk(shelf, chunk, run=run)
    if links:
        rows = {row for link in links for row in (link.row, link.original)}
        (items,) = brought(source, survey, dict.fromkeys(rows, 0), 1)
        names = [name for name in shelf.names("briefs") if name.endswith(".parquet")]
        originals = survey.rows["document_key"].take([link.original for link in links]).to_pylist()
        held = held_in(shelf, names, sorted_keys(key.hex() for key in originals))
        for chunk in repeat_chunks(links, items, Outcomes(shelf, held)):
            brief_chunk(shelf, chunk, run=run)
    return links


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


def test_a_document_that_its_file_no_longer_holds_is_gone_until_it_comes_back(tmp_path: Path, shelf: Shelf) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    lines(archive / "a.jsonl", [news(1), news(2)])
    lines(archive / "b.jsonl", [news(3)])
    brief_all(archive, shelf)
    lines(archive / "a.jsonl", [news(1)])
    (archive / "b.jsonl").unlink()  # nobody read it, so nothing is known of it
    brief_all(archive, shelf, run=2)
    assert serials(shelf) == ["a.jsonl#1", "b.jsonl#1"]
    before = len(list(shelf.names("briefs")))
    lines(archive / "a.jsonl", [news(1), news(2)])
    brief_all(archive, shelf, run=3)
    assert serials(shelf) == ["a.jsonl#1", "a.jsonl#2", "b.jsonl#1"]
    assert gone_in(shelf, RECIPE) == []
    assert len(shelf.names("briefs")) == before


def serials(shelf: Shelf) -> list[str]:
    return sorted(row["document"].rpartition("/")[2] for row in made_tables(shelf)["articles"])


def test_what_could_not_be_read_stands_once_and_until_it_can_be(tmp_path: Path, shelf: Shelf) -> None:
    archive = lines(tmp_path / "a.jsonl", [news(1)])
    whole = archive.read_text(encoding="utf-8")
    for run in (1, 2):
        archive.write_text(f"{whole}{{broken\n", encoding="utf-8")
        brief_all(archive, shelf, run=run)
        assert len(made_tables(shelf)["unreadable"]) == 1
        assert len(shelf.names("briefs")) == 1
    archive.write_text(whole, encoding="utf-8")
    brief_all(archive, shelf, run=3)
    assert made_tables(shelf)["unreadable"] == []


def test_a_file_whose_reading_broke_off_loses_nothing(tmp_path: Path, shelf: Shelf) -> None:
    archive = lines(tmp_path / "a.jsonl", [news(1), news(2)])
    brief_all(archive, shelf)

    def breaks(file: File, *_: object) -> Results:
        yield document_from_text("园区。", path=f"{file.path}#1")
        raise ZeroDivisionError

    survey = surveyed(archive, read=breaks)
    assert survey.rows["kind"].to_pylist() == [ARTICLE, UNREADABLE]
    assert survey.read == frozenset()
    keep_gone(shelf, RECIPE, earlier_of(shelf, RECIPE), survey)
    assert gone_in(shelf, RECIPE) == []


def test_a_file_of_several_parts_is_read_when_all_of_them_are() -> None:
    file = File("a.jsonl", "a.jsonl", 9)
    parts = (Part(0, (file,)), Part(1, (file,)))
    told = SurveyTold(ReadingTold(None, None, lambda *_: iter(())), "auto")
    found = [survey_part(part, told, whole, watcher()) for part in parts]
    assert survey_of(parts, found).read == {"a.jsonl"}
    broken = found[1]._replace(read=())
    assert survey_of(parts, [found[0], broken]).read == frozenset()
    assert not survey_of(parts, found[:1]).whole


def test_a_survey_ends_when_it_is_told_to(tmp_path: Path) -> None:
    archive = lines(tmp_path / "a.jsonl", [news(serial) for serial in range(300)])
    (part,) = parts_of([str(archive)], []).parts
    told: list[int] = []

    def stop(_: str, articles: int, __: tuple[str, ...]) -> bool:
        told.append(articles)
        return False

    stopped = watcher()._replace(found=stop)
    found = survey_part(part, SurveyTold(READING, "auto"), whole, stopped)
    assert not found.whole
    assert sum(told) == 256
    everything = survey_part(part, SurveyTold(READING, "auto"), whole, watcher())
    assert everything.whole


def test_pages_are_counted_by_the_rules_where_that_is_wanted(tmp_path: Path) -> None:
    page = Path("fixtures/pages/p4_chiqiao.txt")
    lines(tmp_path / "a.jsonl", [news(1), news(1), news(1)])
    plain, counted = surveyed(page), surveyed(page, counts=True)
    assert plain.rows["kind"].to_pylist() == [PAGE]
    assert ahead_in(plain, []).articles == 1
    assert ahead_in(counted, []).articles > 3
    three = surveyed(tmp_path / "a.jsonl")
    assert ahead_in(three, [1, 2]) == (3, 1, len(news(1)))


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


def test_what_is_wanted_is_brought_to_its_bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    for number in range(6):
        lines(archive / f"{number}.jsonl", [news(10 * number + place) for place in range(4)])
    monkeypatch.setattr("summarizer.cluster.parts._FILES", 1)
    monkeypatch.setattr(gather, "_ERRANDS", 3)
    monkeypatch.setattr(gather, "_BUCKET_CHARS", 300)
    survey = surveyed(archive)
    things = [[row, row + 1] for row in range(0, 20, 4)]
    buckets = bucketed(things, lambda thing: thing, survey)
    assert len(buckets) > 2
    assert [thing for bucket in buckets for thing in bucket] == things
    bucket_of = {row: at for at, bucket in enumerate(buckets) for thing in bucket for row in thing}
    parts = parts_of([str(archive)], []).parts
    assert [len(errand.parts) for errand in errands_of(survey, parts, bucket_of)] == [2, 2, 1]
    found = brought(archive, survey, bucket_of, len(buckets))
    assert [sorted(items) for items in found] == [[row for thing in bucket for row in thing] for bucket in buckets]
    assert all(items[row].found.text == news(10 * (row // 4) + row % 4) for items in found for row in items)


def test_the_usual_cost_is_that_of_the_latest_drafts(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = lines(tmp_path / "a.jsonl", [news(1), news(2)])
    assert usual_of(shelf, RECIPE) is None
    brief_all(archive, shelf)
    assert usual_of(shelf, RECIPE) is None  # the rules cost nothing
    rows = [row for name in shelf.names("briefs") for row in rows_of(shelf.read_table(name))]
    paid = [row._replace(prompt=1000 * run, completion=100, chars=200) for row, run in zip(rows, (1, 2), strict=True)]
    for run, row in zip((2, 10), paid, strict=True):
        shelf.write_table(f"{folder_of(RECIPE, run)}/aa/x.parquet", table_of([row]))
    assert usual_of(shelf, RECIPE) == Usual(2, 200.0, 1500.0, 100.0)
    monkeypatch.setattr("summarizer.cluster.earlier._LATEST", 1)
    assert usual_of(shelf, RECIPE) == Usual(1, 200.0, 2000.0, 100.0)


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
