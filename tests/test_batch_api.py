"""Runs over the provider's batch API: what becomes of questions and articles, whatever a batch brings."""

from pathlib import Path
from typing import Any

import pytest

from bench.archive.articles import write_pages
from summarizer.store.requests import Bounds
from tests.archives import query, rows
from tests.batch_provider import Line, Provider, answer, failure, serial_of, spoiling
from tests.batch_runs import COUNT, SETTINGS, articles, live, run_batches


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return articles(tmp_path / "archive.jsonl", COUNT)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "briefs.db"


def test_the_store_is_that_of_a_live_run(archive: Path, store: Path, tmp_path: Path) -> None:
    finished = run_batches(archive, store, spoiling())
    assert len(finished) == COUNT
    assert rows(store) == live(archive, tmp_path / "live.db", spoiling())
    assert query(store, "SELECT count(*) FROM briefs WHERE status = 'verified'") == [(COUNT,)]


def test_follow_ups_and_reasks_are_later_batches(archive: Path, store: Path) -> None:
    provider = spoiling()
    run_batches(archive, store, provider)
    assert len(provider.batches) > 1
    assert provider.asked["draft"] == COUNT
    assert provider.asked["repair"] == COUNT // 3
    assert set(provider.paid.values()) == {1}


def test_each_answer_is_booked_once_at_the_batch_price(archive: Path, store: Path, tmp_path: Path) -> None:
    prices = tmp_path / "prices.json"
    prices.write_text(
        '{"lists": [{"provider": "us", "hosts": ["127.0.0.1"], "currency": "USD", "source": "here", "as_of": '
        '"2026-01-01", "batch_factor": "0.5", "models": [{"name": "bench-1", "input": "2", "output": "0"}]}]}'
    )
    provider = spoiling()
    run_batches(archive, store, provider, settings=SETTINGS.model_copy(update={"prices": prices}))
    [(count, tokens, cost)] = query(store, "SELECT count(*), sum(prompt), sum(cost_nano) FROM attempts")
    assert count == provider.paid.total()
    assert tokens == provider.prompt_tokens
    assert cost == provider.prompt_tokens * 1000
    [(total,)] = query(store, "SELECT sum(json_extract(brief, '$.run.cost.amount') * 1e9) FROM briefs")
    assert round(total) == cost


def test_a_second_run_asks_nobody(archive: Path, store: Path) -> None:
    run_batches(archive, store, Provider())
    again = Provider()
    assert run_batches(archive, store, again) == []
    assert not again.calls


def test_error_lines_are_asked_again_in_the_next_batch(archive: Path, store: Path, tmp_path: Path) -> None:
    failed: set[str] = set()

    def every_fourth_fails_once(line: Line) -> tuple[int, Any] | None:
        if serial_of(line["body"]) % 4 == 0 and line["custom_id"] not in failed:
            failed.add(line["custom_id"])
            return failure(500, "the server had an error")
        return 200, answer(line["body"])

    provider = Provider()
    provider.answer = every_fourth_fails_once
    run_batches(archive, store, provider)
    assert failed
    assert rows(store) == live(archive, tmp_path / "live.db", Provider())
    assert set(provider.paid.values()) == {1}
    assert query(store, "SELECT count(*) FROM attempts WHERE status = 500") == [(len(failed),)]


def test_lines_that_are_missing_are_asked_again(archive: Path, store: Path) -> None:
    missing: set[str] = set()

    def one_is_missing(line: Line) -> tuple[int, Any] | None:
        if not missing:
            missing.add(line["custom_id"])
            return None
        return 200, answer(line["body"])

    provider = Provider()
    provider.answer = one_is_missing
    assert len(run_batches(archive, store, provider)) == COUNT
    assert query(store, "SELECT count(*) FROM failures") == [(0,)]


def test_a_batch_that_expires_keeps_its_answers_and_the_rest_is_asked_again(archive: Path, store: Path) -> None:
    provider = Provider()
    provider.status = lambda place: "expired" if place == 1 else "completed"
    run_batches(archive, store, provider)
    assert set(provider.paid.values()) == {1}
    assert query(store, "SELECT outcome, requests FROM batches LIMIT 2") == [
        ("expired", COUNT),
        ("completed", COUNT // 2),
    ]
    assert query(store, "SELECT count(*) FROM briefs") == [(COUNT,)]


def test_what_no_batch_answers_fails_as_busy_and_the_next_run_tries_again(archive: Path, store: Path) -> None:
    provider = Provider()
    provider.answer = lambda line: (
        failure(500, "broken") if serial_of(line["body"]) == 5 else (200, answer(line["body"]))
    )
    run_batches(archive, store, provider)
    [(kind, passing, message)] = query(store, "SELECT kind, passing, message FROM failures")
    assert (kind, passing) == ("busy", 1)
    assert "3 batches brought no answer, the last: HTTP 500: broken" in message
    [finished] = run_batches(archive, store, Provider())
    assert (finished.article, finished.status) == (60001, "verified")
    assert query(store, "SELECT count(*) FROM failures") == [(0,)]


def test_an_answer_that_is_no_completion_is_asked_for_again(archive: Path, store: Path) -> None:
    broken: list[str] = []

    def once_broken(line: Line) -> tuple[int, Any] | None:
        if not broken:
            broken.append(line["custom_id"])
            return 200, {"choices": []}
        return 200, answer(line["body"])

    provider = Provider()
    provider.answer = once_broken
    assert {one.status for one in run_batches(archive, store, provider)} == {"verified"}


def test_a_refused_article_is_a_failure_with_its_reason(archive: Path, store: Path) -> None:
    provider = Provider()
    provider.answer = lambda line: (
        failure(400, "x", "data_inspection_failed") if serial_of(line["body"]) == 5 else (200, answer(line["body"]))
    )
    run_batches(archive, store, provider)
    [(kind, passing, message)] = query(store, "SELECT kind, passing, message FROM failures")
    assert (kind, passing) == ("filtered", 0)
    assert "content filter refused the article" in message
    assert len(provider.batches) == 1


def test_a_mode_that_the_service_refuses_is_refused_once(archive: Path, store: Path) -> None:
    def no_schema(line: Line) -> tuple[int, Any] | None:
        if "response_format" in line["body"]:
            return failure(400, "response_format 'json_schema' is not supported")
        return 200, answer(line["body"])

    provider = Provider()
    provider.answer = no_schema
    run_batches(archive, store, provider, most=Bounds(4, 10**8, None))
    assert query(store, "SELECT count(*) FROM briefs") == [(COUNT,)]
    refused = query(store, "SELECT count(*) FROM requests WHERE refuses")[0][0]
    assert 0 < refused <= COUNT
    articles(archive, COUNT + 4)
    run_batches(archive, store, provider, most=Bounds(4, 10**8, None))
    assert query(store, "SELECT count(*) FROM requests WHERE refuses") == [(refused,)]


def test_several_batches_are_under_way_at_once(archive: Path, store: Path) -> None:
    provider = Provider()
    together: list[int] = []

    def hold(place: int) -> str:
        together.append(len(provider.batches))
        return "completed"

    provider.status = hold
    run_batches(archive, store, provider, most=Bounds(5, 10**8, None))
    assert together[0] == 3
    assert query(store, "SELECT requests FROM batches ORDER BY id LIMIT 3") == [(5,), (5,), (2,)]
    assert query(store, "SELECT count(*) FROM briefs") == [(COUNT,)]


def test_a_batch_is_kept_within_the_bytes_of_a_file(archive: Path, store: Path) -> None:
    provider = Provider()
    run_batches(archive, store, provider, most=Bounds(100, 60_000, None))
    assert len(provider.batches) > 1
    assert all(len(provider.files[batch["input_file_id"]]) <= 60_000 for batch in provider.batches.values())


def test_pages_are_split_by_the_model_over_batches_as_they_are_live(store: Path, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    write_pages(pages, 4, 2)
    settings = SETTINGS.model_copy(update={"split": "model"})
    run_batches(pages, store, Provider(), settings=settings)
    assert query(store, "SELECT count(*) FROM requests WHERE position = 0")[0][0] >= 2
    assert rows(store) == live(pages, tmp_path / "live.db", Provider(), settings)


def test_processes_do_the_work_of_a_run_over_batches(archive: Path, store: Path, tmp_path: Path) -> None:
    assert len(run_batches(archive, store, spoiling(), processes=2)) == COUNT
    assert rows(store) == live(archive, tmp_path / "live.db", spoiling())
