"""Runs over the provider's batch API: nothing is paid twice and no answer is lost, wherever a run is cut off."""

from pathlib import Path
from typing import Any

import httpx2
import pytest

from bench.archive.articles import compose
from summarizer.archive import answers as keeping
from summarizer.archive.archive import run_archive
from summarizer.errors import SettingsError, Stopped, WrongKey
from summarizer.extract.model import ModelExtractor
from summarizer.settings import Settings
from summarizer.store.requests import Bounds
from tests.archives import query, rows
from tests.batch_provider import (
    POINTS,
    SETTINGS,
    Killed,
    Killing,
    Line,
    Provider,
    Told,
    answer,
    articles,
    failure,
    run_batches,
    serial_of,
)

COUNT = 12


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return articles(tmp_path / "archive.jsonl", COUNT)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "briefs.db"


def spoiling() -> Provider:
    """Return a provider whose model gets a number of every third article wrong at first."""
    provider = Provider()
    provider.answer = lambda line: (200, answer(line["body"], lambda serial: serial % 3 == 0))
    return provider


def live(archive: Path, store: Path, provider: Provider) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of a live run with the same model."""
    settings = SETTINGS.model_copy(update={"via": "live"})
    with ModelExtractor(settings, transport=provider) as extractor:
        list(run_archive([archive], store, extractor=extractor, settings=settings))
    return {table: without_recipe(found) for table, found in rows(store).items()}


def without_recipe(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return found


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


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_run_is_taken_up_without_loss_or_double_payment(
    archive: Path, tmp_path: Path, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LINES_AT_ONCE", 3)
    provider, first, left = spoiling(), tmp_path / "first.db", tmp_path / "left.db"

    class Here(Killing):
        store = first

    Here.point, Here.left = point, left
    with pytest.raises(Killed):
        run_batches(archive, first, provider, service=Here)
    assert query(left, "SELECT count(*) FROM articles WHERE claimed_by IS NOT NULL")[0][0] > 0
    run_batches(archive, left, provider)
    assert rows(left) == live(archive, tmp_path / "live.db", spoiling())
    assert set(provider.paid.values()) == {1}
    assert query(left, "SELECT sum(prompt), count(*) FROM attempts") == [
        (provider.prompt_tokens, provider.paid.total())
    ]
    assert query(left, "SELECT count(*) FROM batches WHERE state <> 'ended'") == [(0,)]


def test_a_run_that_is_interrupted_twice_is_taken_up_too(archive: Path, tmp_path: Path) -> None:
    provider, store = spoiling(), tmp_path / "0.db"
    for place, point in enumerate(("after the creation", "after the upload", "before the poll")):
        left = tmp_path / f"{place + 1}.db"

        class Here(Killing):
            pass

        Here.point, Here.store, Here.left = point, store, left
        with pytest.raises(Killed):
            run_batches(archive, store, provider, service=Here)
        store = left
    run_batches(archive, store, provider)
    assert rows(store) == live(archive, tmp_path / "live.db", spoiling())
    assert set(provider.paid.values()) == {1}


def test_a_creation_whose_answer_was_lost_is_not_made_twice(archive: Path, store: Path) -> None:
    provider, lost = Provider(), []

    def lose_first(call: str) -> httpx2.Response | None:
        if call == "POST /batches" and not lost:
            lost.append(call)
            provider._create({"input_file_id": "file-1", "metadata": {}})
            return httpx2.Response(502, text="bad gateway")
        return None

    provider.refuse = lose_first
    run_batches(archive, store, provider)
    assert set(provider.paid.values()) == {1}
    assert query(store, "SELECT provider_id FROM batches") == [("batch-1",)]


def test_a_batch_that_was_never_made_is_made_after_a_second_look(archive: Path, store: Path, tmp_path: Path) -> None:
    provider, left = Provider(), tmp_path / "left.db"

    class Here(Killing):
        point = "before the creation"

    Here.store, Here.left = store, left
    with pytest.raises(Killed):
        run_batches(archive, store, provider, service=Here)
    run_batches(archive, left, provider)
    assert provider.calls["GET /batches"] == 2
    assert provider.calls["POST /files"] == 1
    assert len(provider.batches) == 1


def test_a_service_without_a_list_is_told_of(archive: Path, store: Path, tmp_path: Path) -> None:
    provider, left, told = Provider(), tmp_path / "left.db", Told()
    provider.refuse = lambda call: httpx2.Response(405) if call == "GET /batches" else None

    class Here(Killing):
        point = "before the creation"

    Here.store, Here.left = store, left
    with pytest.raises(Killed):
        run_batches(archive, store, provider, service=Here)
    assert len(run_batches(archive, left, provider, told=told)) == COUNT
    assert any("does not list its batches" in line and "paid twice" in line for line in told)


def test_several_batches_are_under_way_at_once(archive: Path, store: Path) -> None:
    provider, together = Provider(), []

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


def test_a_wrong_key_fails_no_article(archive: Path, store: Path) -> None:
    provider = Provider()
    provider.refuse = lambda call: httpx2.Response(401, json=failure(401, "no")[1])
    with pytest.raises(WrongKey, match="the key was not accepted"):
        run_batches(archive, store, provider)
    assert query(store, "SELECT count(*) FROM failures") == [(0,)]
    assert query(store, "SELECT count(*) FROM articles WHERE claimed_by IS NOT NULL") == [(0,)]
    assert len(run_batches(archive, store, Provider())) == COUNT


def test_a_service_without_a_batch_api_is_told_of(archive: Path, store: Path) -> None:
    provider = Provider()
    provider.refuse = lambda call: httpx2.Response(404, json=failure(404, "no such address")[1])
    with pytest.raises(SettingsError, match=r"127\.0\.0\.1:9 has no batch API \(HTTP 404\)"):
        run_batches(archive, store, provider)


def test_an_account_that_is_used_up_in_mid_batch_stops_the_run_and_keeps_what_it_brought(
    archive: Path, store: Path
) -> None:
    provider = Provider()
    provider.answer = lambda line: (
        failure(429, "quota", "insufficient_quota") if serial_of(line["body"]) > 5 else (200, answer(line["body"]))
    )
    with pytest.raises(Stopped, match="no credit left.*is kept"):
        run_batches(archive, store, provider)
    assert query(store, "SELECT count(*) FROM failures") == [(0,)]
    rich = Provider()
    assert len(run_batches(archive, store, rich)) >= COUNT - 6
    assert rich.asked["draft"] == COUNT - 6
    assert query(store, "SELECT count(*) FROM briefs") == [(COUNT,)]


def test_a_full_queue_makes_smaller_batches(archive: Path, store: Path) -> None:
    provider, told = Provider(), Told()
    provider.status = lambda place: "failed" if place == 1 else "completed"
    provider.trouble = ("token_limit_exceeded", "Enqueued token limit reached")
    run_batches(archive, store, provider, told=told)
    assert query(store, "SELECT requests FROM batches ORDER BY id LIMIT 2") == [(COUNT,), (COUNT // 2,)]
    assert query(store, "SELECT count(*) FROM briefs") == [(COUNT,)]
    assert any("Enqueued token limit reached" in line for line in told)


def test_a_batch_that_is_refused_stops_the_run_with_the_providers_words(archive: Path, store: Path) -> None:
    provider = Provider()
    provider.status = lambda place: "failed"
    provider.trouble = ("model_not_found", "bench-1 has no batches")
    with pytest.raises(Stopped, match="refused a batch of 12 questions .model_not_found: bench-1 has no batches"):
        run_batches(archive, store, provider)
    assert query(store, "SELECT count(*) FROM failures") == [(0,)]


def test_a_service_that_is_away_while_polling_is_asked_later(archive: Path, store: Path) -> None:
    provider, told = Provider(), Told()
    provider.refuse = lambda call: (
        httpx2.Response(503) if call == "GET /batches/ID" and provider.calls[call] < 8 else None
    )
    assert len(run_batches(archive, store, provider, told=told)) == COUNT
    assert any("the next try is in" in line for line in told)


def test_a_budget_is_kept_and_a_higher_one_goes_on(archive: Path, store: Path, tmp_path: Path) -> None:
    prices = tmp_path / "prices.json"
    prices.write_text(
        '{"lists": [{"provider": "us", "hosts": ["127.0.0.1"], "currency": "USD", "source": "here", "as_of": '
        '"2026-01-01", "batch_factor": "0.5", "models": [{"name": "bench-1", "input": "2", "output": "2"}]}]}'
    )
    settings = SETTINGS.model_copy(update={"prices": prices})
    provider = spoiling()
    run_batches(archive, store, provider, settings=settings, budget="0.02")
    [(spent,)] = query(store, "SELECT sum(cost_nano) / 1e9 FROM attempts")
    assert 0.01 < spent <= 0.02
    assert query(store, "SELECT outcome FROM runs") == [("budget",)]
    run_batches(archive, store, provider, settings=settings, budget="5")
    assert query(store, "SELECT count(*) FROM briefs") == [(COUNT,)]
    assert set(provider.paid.values()) == {1}


def test_a_limit_ends_the_run_after_so_many_articles(archive: Path, store: Path) -> None:
    provider = spoiling()
    assert len(run_batches(archive, store, provider, limit=5)) == 5
    assert provider.asked["draft"] == 5
    assert query(store, "SELECT outcome FROM runs") == [("limit",)]
    assert query(store, "SELECT count(*) FROM articles WHERE claimed_by IS NOT NULL") == [(0,)]
    assert len(run_batches(archive, store, provider)) == COUNT - 5


def test_again_asks_anew_once_nothing_waits(archive: Path, store: Path) -> None:
    provider = Provider()
    run_batches(archive, store, provider)
    before = rows(store)
    run_batches(archive, store, provider, again="all")
    assert provider.asked["draft"] == 2 * COUNT
    assert rows(store) == before


def test_again_does_not_throw_away_what_is_under_way(archive: Path, store: Path, tmp_path: Path) -> None:
    provider, left, told = Provider(), tmp_path / "left.db", Told()

    class Here(Killing):
        point = "before the poll"

    Here.store, Here.left = store, left
    with pytest.raises(Killed):
        run_batches(archive, store, provider, service=Here)
    run_batches(archive, left, provider, again="all", told=told)
    assert set(provider.paid.values()) == {1}
    assert "12 articles wait for answers of an earlier run" in told[0]


def test_batches_under_way_elsewhere_are_not_paid_again(archive: Path, store: Path, tmp_path: Path) -> None:
    left = tmp_path / "left.db"

    class Here(Killing):
        point = "before the poll"

    Here.store, Here.left = store, left
    with pytest.raises(Killed):
        run_batches(archive, store, Provider(), service=Here)
    other = SETTINGS.model_copy(update={"base_url": "http://127.0.0.1:10/v1"})
    with pytest.raises(SettingsError, match=r"1 batches under way at http://127\.0\.0\.1:9/v1"):
        run_batches(archive, left, Provider(), settings=other)


@pytest.mark.parametrize(
    ("settings", "orders", "told"),
    [
        (Settings(via="batch-api"), {}, "is for a model"),
        (SETTINGS, {"concurrency": 4}, "govern live requests"),
        (SETTINGS.model_copy(update={"record": Path("x.json")}), {}, "keep a live exchange"),
    ],
)
def test_settings_that_would_go_unused_are_refused(
    archive: Path, store: Path, settings: Settings, orders: dict[str, Any], told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        run_batches(archive, store, Provider(), settings=settings, **orders)


def test_the_articles_of_the_archive_are_told_apart(archive: Path) -> None:
    assert len({compose(serial).title for serial in range(COUNT)}) == COUNT
