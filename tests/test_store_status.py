"""How a store stands, for a person and for a program."""

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from summarizer.archive.alive import RunLock
from summarizer.store import intake
from summarizer.store.lookup import snapshot
from summarizer.store.status import StoreStatus
from summarizer.store.tally import money, status_of
from tests.command import Run
from tests.stores import Filler


def stands(filler: Filler, *dead: int) -> StoreStatus:
    with snapshot(filler.store) as db:
        return status_of(db, lambda runs: set(runs) & set(dead))


def test_done_failed_and_to_do_add_up_to_all_articles(filler: Filler) -> None:
    one, two, three, four, five = filler.document("a.txt", ["一", "二", "三", "四", "五"])
    filler.brief(one)
    filler.brief(two, status="flagged")
    filler.brief(three, status="failed")
    filler.fail(four)
    articles = stands(filler).articles
    assert (articles.total, articles.done, articles.failed, articles.todo) == (5, 3, 1, 1)
    assert (articles.verified, articles.flagged, articles.empty) == (1, 1, 1)
    assert articles.first_published == articles.last_published == "2023-07-03"
    assert five == one + 4


def test_the_brief_of_an_earlier_run_counts_as_neither_verified_nor_done(filler: Filler) -> None:
    one, two = filler.document("a.txt", ["一", "二"])
    filler.brief(one)
    filler.brief(two)
    filler.fail(two)
    articles = stands(filler).articles
    assert (articles.done, articles.verified, articles.failed, articles.earlier) == (1, 1, 1, 1)


def test_what_is_gone_is_not_counted(filler: Filler) -> None:
    [one] = filler.document("a.txt", ["一"])
    [two] = filler.document("b.txt", ["二"])
    [three] = filler.document("c.txt", ["三"])
    filler.brief(one)
    filler.brief(two)
    filler.repeat(two, one)
    filler.fail(three)
    filler.lose(two)
    filler.lose(three)
    status = stands(filler)
    assert (status.articles.total, status.articles.done, status.articles.verified, status.articles.failed) == (
        1,
        1,
        1,
        0,
    )
    assert (status.articles.repeats_near, status.failures, status.parks[0].articles) == (0, (), 1)
    assert (status.documents.total, status.documents.gone) == (1, 2)


def test_repeats_are_told_by_their_likeness(filler: Filler) -> None:
    one, two, three, four = filler.document("a.txt", ["一", "二", "三", "四"])
    filler.repeat(two, one, "exact")
    filler.repeat(three, one, "exact")
    filler.repeat(four, one, "near")
    articles = stands(filler).articles
    assert (articles.repeats_exact, articles.repeats_near) == (2, 1)


def test_documents_are_unsplit_until_their_articles_are_known_or_they_failed(filler: Filler) -> None:
    filler.document("a.txt")
    filler.document("b.pdf", [])
    filler.document("c.pdf", [])
    with filler.store.transaction() as db:
        [[number]] = db.execute("SELECT id FROM documents WHERE path = 'c.pdf'")
    filler.fail(number * intake.POSITIONS)
    documents = stands(filler).documents
    assert (documents.total, documents.unsplit, documents.failed) == (3, 1, 1)


def test_failures_are_grouped_by_kind_with_the_first_as_example(filler: Filler) -> None:
    one, two, three = filler.document("a.txt", ["一", "二", "三"])
    filler.fail(three, "refused", "declined the third")
    filler.fail(two, "refused", "declined the second")
    filler.fail(one, "busy", "silent", passing=True)
    first, second = stands(filler).failures
    assert (first.kind, first.count, first.passing, first.article) == ("refused", 2, 0, two)
    assert (first.document, first.message) == ("a.txt", "declined the second")
    assert (second.kind, second.count, second.passing) == ("busy", 1, 1)


def test_the_failure_of_a_whole_document_has_no_article(filler: Filler) -> None:
    [one] = filler.document("a.pdf")
    filler.fail(one // intake.POSITIONS * intake.POSITIONS)
    [failure] = stands(filler).failures
    assert (failure.article, failure.document) == (None, "a.pdf")


def test_inputs_are_told_with_the_first_reasons(filler: Filler) -> None:
    with filler.store.transaction() as db:
        one = intake.start_input(db, "a.zip", "r", filler.run)
        intake.end_input(db, one, 1, 1, filler.run)
        two = intake.start_input(db, "b.zip", "r", filler.run)
        for place in range(5):
            intake.note_unreadable(db, two, f"member {place} is damaged")
        intake.skip_input(db, "c.exe", "no format that is read", filler.run)
    inputs = stands(filler).inputs
    assert (inputs.read, inputs.reading, inputs.skipped, inputs.unreadable) == (1, 1, 1, 5)
    assert [one.reason for one in inputs.unreadable_examples] == [f"member {place} is damaged" for place in range(3)]
    assert [(one.path, one.reason) for one in inputs.skipped_examples] == [("c.exe", "no format that is read")]


def test_money_is_summed_exactly_by_model_and_currency_and_an_unknown_price_is_no_zero(tmp_path: Path) -> None:
    with Filler(tmp_path / "briefs.db", "glm") as filler:
        [one] = filler.document("a.txt")
        filler.attempt(one)
        filler.attempt(one, status=None)
    with Filler(tmp_path / "briefs.db", "qwen") as filler:
        for cost, currency in (("0.1", "CNY"), ("0.000000001", "CNY"), ("2", "USD")):
            filler.attempt(one, cost, currency)
        told = [(one.model, one.amount, one.currency, one.requests, one.unanswered) for one in stands(filler).spent]
    assert told == [
        ("glm", None, None, 2, 1),
        ("qwen", "0.100000001", "CNY", 2, 0),
        ("qwen", "2.00", "USD", 1, 0),
    ]


@pytest.mark.parametrize(
    ("nano", "shown"), [(None, None), (0, "0.00"), (5, "0.000000005"), (1_500_000_000, "1.50"), (12, "0.000000012")]
)
def test_an_amount_is_exact_with_two_digits_at_least(nano: int | None, shown: str | None) -> None:
    assert money(nano) == shown


def test_a_run_without_an_end_runs_or_ended_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "briefs.db"
    with Filler(path) as first:
        first.end("budget")
    with Filler(path) as second:
        pass
    with Filler(path) as third:
        outcomes = {run.id: run.outcome for run in stands(third, first.run, second.run).runs}
    assert outcomes == {1: "budget", 2: "ended without a word", 3: "running"}


def test_the_command_knows_a_living_run_from_a_dead_one(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "briefs.db"
    with Filler(path) as living, Filler(path) as dead:
        lock = RunLock(path, living.run)
        try:
            told = json.loads(run("status", path, "--format", "json").out)
        finally:
            lock.release()
    assert {one["id"]: one["outcome"] for one in told["runs"]} == {
        living.run: "running",
        dead.run: "ended without a word",
    }


def test_the_last_five_runs_are_told_the_latest_first(tmp_path: Path) -> None:
    for _ in range(7):
        with Filler(tmp_path / "briefs.db") as filler:
            filler.end()
            status = stands(filler)
    assert [one.id for one in status.runs] == [7, 6, 5, 4, 3]


def test_parks_are_ranked_by_the_articles_that_are_about_them(filler: Filler) -> None:
    articles = filler.document("a.txt", [str(place) for place in range(12)])
    with filler.store.transaction() as db:
        for place, article in enumerate(articles):
            db.execute("INSERT INTO parks VALUES (?, 0, ?, 'subject', 'exact')", (article, f"园区{min(place, 10):02}"))
            db.execute("INSERT INTO parks VALUES (?, 1, '别的', 'mentioned', 'exact')", (article,))
    parks = stands(filler).parks
    assert (parks[0].name, parks[0].articles, len(parks)) == ("园区10", 2, 10)
    assert "别的" not in {park.name for park in parks}


def test_the_text_says_what_there_is_to_say(filler: Filler, run: Run) -> None:
    one, two, three = filler.document("a.txt", ["一", "二", "三"])
    filler.brief(one)
    filler.fail(two, "busy", "the service was busy", passing=True)
    filler.attempt(one, "0.5", "CNY")
    filler.attempt(two)
    filler.repeat(three, one)
    filler.end()
    said = run("status", filler.path)
    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert (said.code, said.err) == (0, "")
    assert lines[0] == "3 articles, published 2023-07-03 to 2023-07-03"
    assert "done 1 1 verified, 0 flagged" in lines
    assert "to do 1" in lines
    assert f"busy 1 tried again by the next run {two}: the service was busy" in lines
    assert "qwen-plus 1 request 0.50 CNY 1,000 + 200 tokens (100 cached)" in lines
    assert "qwen-plus 1 request price unknown 1,000 + 200 tokens (100 cached)" in lines
    assert any(re.fullmatch(r"1 20\d\d-\d\d-\d\d \d\d:\d\d finished after 0 s qwen-plus news", line) for line in lines)


def test_columns_are_aligned_where_chinese_is_twice_as_wide(filler: Filler, run: Run) -> None:
    with filler.store.transaction() as db:
        intake.skip_input(db, "新闻.exe", "first", filler.run)
        intake.skip_input(db, "a.exe", "second", filler.run)
    lines = run("status", filler.path).out.splitlines()
    places = [cell_len(line[: line.index(word)]) for line in lines for word in ("first", "second") if word in line]
    assert places == [12, 12]


def test_a_long_reason_goes_on_below_itself_and_none_of_it_is_lost(
    filler: Filler, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = "这个文件" * 30
    with filler.store.transaction() as db:
        intake.skip_input(db, "a.exe", reason, filler.run)
    monkeypatch.setenv("COLUMNS", "50")
    out = run("status", filler.path).out
    assert "".join(out.split()).count(reason) == 1
    assert max(map(cell_len, out.splitlines())) <= 50


def test_nothing_in_a_store_steers_a_terminal(filler: Filler, run: Run) -> None:
    [one] = filler.document("\x1b[31ma\n.txt")
    filler.fail(one, "busy", "\x1b]0;title\x07 \u202e")
    with filler.store.transaction() as db:
        intake.skip_input(db, "b\x1b[2J.exe", "\x9b1m", filler.run)
    out = run("status", filler.path).out
    assert all(line.isprintable() for line in out.splitlines())


def test_an_empty_store_is_told_without_a_word_too_many(filler: Filler, run: Run) -> None:
    filler.end()
    lines = run("status", filler.path).out.splitlines()
    assert lines[0] == "0 articles"
    assert not any("spent" in line or "failures" in line for line in lines)


def test_json_is_one_object_whose_keys_are_those_of_the_value(filler: Filler, run: Run) -> None:
    filler.brief(filler.document("a.txt")[0])
    said = run("status", filler.path, "--format", "json")
    assert StoreStatus.model_validate_json(said.out).articles.total == 1
    assert list(json.loads(said.out)) == list(StoreStatus.model_fields)


def test_no_store_is_one_line(tmp_path: Path, run: Run) -> None:
    said = run("status", tmp_path / "none.db")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "there is no store at" in said.err
