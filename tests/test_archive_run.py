"""Runs over whole archives: nothing is lost, nothing is done twice, whatever goes wrong."""

import json
from pathlib import Path

import pytest

from summarizer.archive.archive import opened_run, run_archive
from summarizer.archive.opening import Orders
from summarizer.article import Article
from summarizer.brief import Brief
from summarizer.errors import Refused, ServiceBusy, Stopped, StoreError, WrongKey
from summarizer.settings import Settings
from tests.archives import Counting, lines, news, query, rows, run_all

TWENTY = [news(serial) for serial in range(1, 21)]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return lines(tmp_path / "archive.jsonl", TWENTY)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "briefs.db"


def test_every_article_ends_as_a_brief_in_the_store(archive: Path, store: Path) -> None:
    finished = run_all(archive, store, Counting())
    assert len(finished) == 20
    assert {one.status for one in finished} == {"verified"}
    stored = query(store, "SELECT article_id, brief FROM briefs ORDER BY article_id")
    assert [article for article, _ in stored] == sorted(one.article for one in finished)
    first = Brief.model_validate_json(stored[0][1])
    assert first.source.path == f"{archive}#1"
    assert [number.text for number in first.numbers][:2] == ["101个", "1.2亿元"]


def test_the_flat_tables_hold_what_the_briefs_say(archive: Path, store: Path) -> None:
    run_all(archive, store, Counting())
    for article, text in query(store, "SELECT article_id, brief FROM briefs"):
        brief = Brief.model_validate_json(text)
        flat = query(
            store,
            "SELECT text, value, unit, verdict, span_start FROM numbers WHERE article_id = ? ORDER BY position",
            article,
        )
        assert flat == [(n.text, n.value, n.unit, n.verdict, n.span and n.span.start) for n in brief.numbers]
        speakers = query(store, "SELECT speaker, text FROM quotes WHERE article_id = ?", article)
        assert speakers == [(quote.speaker, quote.text) for quote in brief.quotes]


def test_a_second_run_asks_nobody(archive: Path, store: Path) -> None:
    run_all(archive, store, Counting())
    before, again = rows(store), Counting()
    assert run_all(archive, store, again) == []
    assert not again.asked
    assert rows(store) == before


def test_a_copy_of_the_archive_under_another_name_asks_nobody(archive: Path, store: Path, tmp_path: Path) -> None:
    run_all(archive, store, Counting())
    copy = lines(tmp_path / "copy.jsonl", TWENTY)
    again = Counting()
    finished = run_all(copy, store, again)
    assert (len(finished), again.asked) == (20, {})
    assert query(store, "SELECT count(*) FROM articles WHERE likeness = 'exact'") == [(20,)]


def test_an_archive_that_grew_costs_only_what_is_new(archive: Path, store: Path) -> None:
    run_all(archive, store, Counting())
    lines(archive, [*TWENTY, news(50), news(51)])
    again = Counting()
    assert len(run_all(archive, store, again)) == 2
    assert sum(again.asked.values()) == 2


def test_an_article_that_left_its_archive_is_marked_as_gone(archive: Path, store: Path) -> None:
    run_all(archive, store, Counting())
    lines(archive, TWENTY[:19])
    run_all(archive, store, Counting())
    assert query(store, "SELECT path FROM documents WHERE gone") == [(f"{archive}#20",)]


def test_a_reprint_is_briefed_from_the_draft_of_its_original(store: Path, tmp_path: Path) -> None:
    reprint = news(1, headline="青岚高新区上半年招商快报", lead="本报讯（记者 王明）")
    source = lines(tmp_path / "wire.jsonl", [news(1, headline="青岚高新区上半年招商快报"), news(2), reprint])
    extractor = Counting()
    finished = run_all(source, store, extractor)
    assert [one.status for one in finished] == ["verified"] * 3
    assert sum(extractor.asked.values()) == 2
    [(same_as, likeness, text)] = query(
        store,
        "SELECT same_as, likeness, brief FROM articles JOIN briefs ON article_id = articles.id WHERE same_as NOT NULL",
    )
    brief = json.loads(text)
    assert (same_as, likeness) == (10001, "near")
    assert brief["run"]["attempts"] == 0
    assert brief["run"]["usage"] == {"prompt": 0, "completion": 0, "cached": 0}
    for number in brief["numbers"]:
        start, end = number["span"]
        assert reprint[start:end] == number["text"]
    assert [finding["code"] for finding in brief["check"]["findings"]] == ["same-telling"]


def test_failures_are_rows_with_a_reason_and_the_rest_goes_on(archive: Path, store: Path) -> None:
    def refuse_third(article: Article, _: int) -> None:
        if "第3期" in (article.title or ""):
            raise Refused("the model declined", attempts=1, prompt_tokens=900, completion_tokens=5)

    finished = run_all(archive, store, Counting(refuse_third))
    assert sorted(one.status for one in finished) == ["error"] + ["verified"] * 19
    assert query(store, "SELECT document_id, position, kind, message, passing FROM failures") == [
        (3, 1, "refused", "the model declined", 0)
    ]
    assert run_all(archive, store, Counting(refuse_third)) == []


def test_failed_articles_are_done_again_when_told(archive: Path, store: Path) -> None:
    def refuse(article: Article, _: int) -> None:
        if "第3期" in (article.title or ""):
            raise Refused("the model declined")

    run_all(archive, store, Counting(refuse))
    extractor = Counting()
    [finished] = run_all(archive, store, extractor, again="failed")
    assert (finished.article, finished.status) == (30001, "verified")
    assert query(store, "SELECT count(*) FROM failures") == [(0,)]


def test_all_is_done_again_when_told(archive: Path, store: Path) -> None:
    run_all(archive, store, Counting())
    before, extractor = rows(store), Counting()
    assert len(run_all(archive, store, extractor, again="all")) == 20
    assert set(extractor.asked.values()) == {1}
    assert rows(store) == before


def test_what_a_busy_service_failed_is_tried_by_the_next_run(archive: Path, store: Path) -> None:
    def busy(article: Article, _: int) -> None:
        if "第7期" in (article.title or ""):
            raise ServiceBusy("no answer after 5 requests")

    assert "error" in {one.status for one in run_all(archive, store, Counting(busy))}
    [finished] = run_all(archive, store, Counting())
    assert (finished.article, finished.status) == (70001, "verified")


def test_a_service_that_is_down_stops_the_run_and_fails_no_archive(archive: Path, store: Path) -> None:
    def down(_: Article, __: int) -> None:
        raise ServiceBusy("no connection")

    with pytest.raises(Stopped, match="articles in a row had no answer, the last: no connection"):
        run_all(archive, store, Counting(down), concurrency=2)
    assert query(store, "SELECT count(*) FROM failures")[0][0] <= 4
    assert len(run_all(archive, store, Counting())) == 20


def test_a_wrong_key_stops_the_run_and_fails_no_article(archive: Path, store: Path) -> None:
    def wrong(_: Article, __: int) -> None:
        raise WrongKey("the key was not accepted")

    with pytest.raises(Stopped, match="the key was not accepted"):
        run_all(archive, store, Counting(wrong))
    assert query(store, "SELECT count(*) FROM failures") == [(0,)]
    assert query(store, "SELECT count(*) FROM articles WHERE claimed_by IS NOT NULL") == [(0,)]
    assert len(run_all(archive, store, Counting())) == 20


def test_a_surprise_in_one_article_is_its_failure_alone(archive: Path, store: Path) -> None:
    def surprise(article: Article, _: int) -> None:
        if "第5期" in (article.title or ""):
            raise ZeroDivisionError("a bug")

    finished = run_all(archive, store, Counting(surprise))
    assert len(finished) == 20
    assert query(store, "SELECT kind, message FROM failures") == [("internal", "ZeroDivisionError: a bug")]


def test_a_caller_who_stops_iterating_loses_nothing(archive: Path, store: Path, tmp_path: Path) -> None:
    first = Counting()
    going = run_archive([archive], store, extractor=first, settings=Settings(), orders=Orders(concurrency=2))
    for _ in range(5):
        next(going)
    going.close()
    second = Counting()
    run_all(archive, store, second)
    undisturbed = tmp_path / "undisturbed.db"
    run_all(archive, undisturbed, Counting())
    assert rows(store) == rows(undisturbed)
    twice = (first.asked + second.asked).total() - 20
    assert 0 <= twice <= 2  # no more than were in flight
    assert query(store, "SELECT outcome FROM runs") == [("broken off",), ("finished",)]


def test_a_limit_ends_the_run_after_so_many_articles(archive: Path, store: Path) -> None:
    assert len(run_all(archive, store, Counting(), limit=6)) == 6
    assert len(run_all(archive, store, Counting())) == 14


def test_a_stopped_run_finishes_what_is_in_flight(archive: Path, store: Path) -> None:
    extractor = Counting()
    with opened_run([str(archive)], store, Settings(), Orders(concurrency=3), extractor) as run:
        articles = run.articles()
        next(articles)
        run.stop("interrupted")
        rest = list(articles)
    assert extractor.asked.total() == 1 + len(rest)
    assert query(store, "SELECT count(*) FROM articles WHERE claimed_by IS NOT NULL") == [(0,)]
    assert query(store, "SELECT outcome FROM runs") == [("interrupted",)]


def test_pages_are_split_and_each_article_is_briefed(store: Path, tmp_path: Path) -> None:
    page = Path(__file__).parent.parent / "fixtures" / "pages" / "p1_lanjiang.txt"
    copy = tmp_path / "page.txt"
    copy.write_bytes(page.read_bytes())
    finished = run_all(copy, store, Counting())
    assert len(finished) > 3
    titles = query(store, "SELECT title, text IS NOT NULL FROM articles ORDER BY id")
    assert len(titles) == len(finished)
    assert all(has_text for _, has_text in titles)


def test_unreadable_inputs_are_rows_and_no_stops(store: Path, tmp_path: Path) -> None:
    lines(tmp_path / "good.jsonl", TWENTY[:2])
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "bad.pdf").write_bytes(b"no pdf")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    assert len(run_all(tmp_path, store, Counting())) == 2
    reasons = " ".join(reason for (reason,) in query(store, "SELECT reason FROM unreadable"))
    assert "is empty" in reasons
    assert "is no PDF file" in reasons
    skipped = query(store, "SELECT path FROM inputs WHERE state = 'skipped'")
    assert not any(
        Path(path).name == "briefs.db" for (path,) in query(store, "SELECT path FROM inputs WHERE state = 'read'")
    )
    assert skipped is not None


def test_the_store_is_searched_for_chinese_words(archive: Path, store: Path) -> None:
    run_all(archive, store, Counting())
    found = query(store, "SELECT rowid FROM search WHERE search MATCH '\"项目105个\"'")
    assert found == [(50001,)]


def test_two_runs_on_one_store_share_the_work(archive: Path, store: Path) -> None:
    first, second = Counting(), Counting()
    one = run_archive([archive], store, extractor=first, settings=Settings(), orders=Orders(concurrency=1))
    next(one)
    rest = run_all(archive, store, second, concurrency=1)
    list(one)
    asked = first.asked + second.asked
    assert len(rest) > 0
    assert set(asked.values()) == {1}
    assert query(store, "SELECT count(*) FROM briefs") == [(20,)]


def test_another_recipe_does_the_articles_again(archive: Path, store: Path) -> None:
    run_all(archive, store, Counting())
    extractor = Counting()
    settings = Settings(check_reasks=0)
    assert len(list(run_archive([archive], store, extractor=extractor, settings=settings))) == 20
    assert extractor.asked.total() == 20
    assert query(store, "SELECT count(*) FROM briefs") == [(20,)]


def test_what_is_no_store_is_left_alone(archive: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("no database, and long enough to be looked at as one" * 50)
    with pytest.raises(StoreError, match="is no store of this program"):
        run_all(archive, letter, Counting())
    assert letter.read_text().startswith("no database")
