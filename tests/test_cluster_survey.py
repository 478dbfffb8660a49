"""What a survey finds: what is gone, what there is to do, what is wanted where; in one process and without Ray."""

import errno
from pathlib import Path

import pytest

from summarizer.cluster import gather
from summarizer.cluster.earlier import earlier_of, gone_in, keep_gone, usual_of
from summarizer.cluster.files import Results
from summarizer.cluster.gather import bucketed, errands_of
from summarizer.cluster.journal import folder_of, rows_of, table_of
from summarizer.cluster.parts import File, Part, parts_of
from summarizer.cluster.reading import ReadingTold
from summarizer.cluster.shelf import Shelf
from summarizer.cluster.survey import (
    ARTICLE,
    PAGE,
    UNREADABLE,
    SurveyTold,
    ahead_in,
    survey_of,
    survey_part,
)
from summarizer.read import document_from_text
from summarizer.store.ledger import Usual
from tests.archives import lines, news
from tests.clusters import RECIPE, made_tables, watcher, whole
from tests.surveys import READING, brief_all, brought, surveyed


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


def test_a_file_that_cannot_be_opened_for_once_loses_nothing(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = lines(tmp_path / "a.jsonl", [news(1), news(2)])
    brief_all(archive, shelf)

    def silent(*_: object) -> None:
        raise TimeoutError(errno.ETIMEDOUT, "timed out")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", silent)
        survey = surveyed(archive)
    assert survey.rows["kind"].to_pylist() == [UNREADABLE]
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
        return not articles

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


def test_of_two_rows_in_one_file_the_tables_show_the_one_that_supersedes(tmp_path: Path, shelf: Shelf) -> None:
    brief_all(lines(tmp_path / "a.jsonl", [news(1)]), shelf)
    (name,) = shelf.names("briefs")
    (row,) = rows_of(shelf.read_table(name))
    failed = row._replace(kind="failure", status="error", brief=None, failure="busy", message="no answer", run_id=9)
    older = row._replace(run_id=0, title="an older one")
    shelf.write_table(name, table_of([row, older, failed]))
    (article,) = made_tables(shelf)["articles"]
    assert (article["state"], article["title"]) == ("done", row.title)
