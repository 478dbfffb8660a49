"""Runs over the batch API: what a service refuses, and what a user orders."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bench.archive.serving import serving
from summarizer.archive.archive import forecast, run_archive
from summarizer.archive.opening import Orders
from summarizer.archive.rounds import Outside, opened_rounds
from summarizer.cli_base import INTERRUPTED
from summarizer.errors import SettingsError, Stopped, StoreError, WrongKey
from summarizer.extract.batches import BatchService
from summarizer.extract.rules import RulesExtractor
from summarizer.settings import Settings
from summarizer.show_run import closing_lines, progress_line
from tests.archives import query, rows
from tests.batch_provider import Provider, answer, failure, serial_of, spoiling
from tests.batch_runs import COUNT, SETTINGS, FakeTime, Told, articles, run_batches
from tests.command import Run, refused


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return articles(tmp_path / "archive.jsonl", COUNT)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "briefs.db"


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
    with pytest.raises(Stopped, match=r"no credit left.*is kept"):
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
    with pytest.raises(Stopped, match=r"refused a batch of 12 questions \(model_not_found: bench-1 has no batches\)"):
        run_batches(archive, store, provider)
    assert query(store, "SELECT count(*) FROM failures") == [(0,)]


def test_a_service_that_is_away_while_polling_is_asked_later(archive: Path, store: Path) -> None:
    provider, told = Provider(), Told()
    provider.refuse = lambda call: (
        httpx2.Response(503) if call == "GET /batches/ID" and provider.calls[call] < 8 else None
    )
    assert len(run_batches(archive, store, provider, told=told)) == COUNT
    assert any("the next try is in" in line for line in told)


def priced(path: Path, batch_factor: str | None) -> Path:
    """Write the price of the model, whose tokens cost the same in and out."""
    model = {"name": "bench-1", "input": "2", "output": "2"}
    host = {"provider": "us", "hosts": ["127.0.0.1"], "currency": "USD", "source": "here", "as_of": "2026-01-01"}
    path.write_text(json.dumps({"lists": [host | {"batch_factor": batch_factor, "models": [model]}]}))
    return path


def test_a_budget_is_kept_and_a_higher_one_goes_on(archive: Path, store: Path, tmp_path: Path) -> None:
    prices = priced(tmp_path / "prices.json", "0.5")
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


def test_again_for_what_failed_asks_that_anew_alone(archive: Path, store: Path) -> None:
    provider = Provider()
    provider.answer = lambda line: (
        failure(400, "x", "data_inspection_failed") if serial_of(line["body"]) == 5 else (200, answer(line["body"]))
    )
    run_batches(archive, store, provider)
    assert run_batches(archive, store, Provider()) == []
    again = Provider()
    [finished] = run_batches(archive, store, again, again="failed")
    assert (finished.article, finished.status) == (60001, "verified")
    assert again.asked["draft"] == 1
    assert query(store, "SELECT count(DISTINCT document_id) FROM requests WHERE state = 'answered'") == [(COUNT,)]


def test_an_interrupted_run_leaves_its_batches_to_the_next(archive: Path, store: Path) -> None:
    provider, time = Provider(), FakeTime()
    outside = Outside(time.now, time.sleep, BatchService(SETTINGS, time.sleep, provider))
    with opened_rounds(
        [str(archive)], store, SETTINGS, Orders(processes=1), lambda _: run.stop("interrupted"), outside
    ) as run:
        assert list(run.articles()) == []
    assert run.outcome == "interrupted"
    assert run.progress.at_provider == (1, COUNT, 0)
    told = " ".join(closing_lines(run.progress, run.outcome, store))
    assert "1 batch goes on at the provider; the same command fetches the answers later" in told
    assert f"{COUNT} questions submitted, 0 done at the provider, 1 batch under way" in progress_line(run.progress)
    assert len(run_batches(archive, store, provider)) == COUNT
    assert set(provider.paid.values()) == {1}


def test_a_forecast_takes_the_batch_price(archive: Path, store: Path, tmp_path: Path) -> None:
    settings = SETTINGS.model_copy(update={"prices": priced(tmp_path / "prices.json", "0.5")})
    by_batch = forecast([str(archive)], store, settings, Orders(processes=1))
    live_one = forecast([str(archive)], store, settings.model_copy(update={"via": "live"}), Orders(processes=1))
    assert by_batch.cost is not None
    assert live_one.cost is not None
    assert by_batch.cost * 2 == live_one.cost


def test_a_budget_needs_the_batch_price(archive: Path, store: Path, tmp_path: Path) -> None:
    settings = SETTINGS.model_copy(update={"prices": priced(tmp_path / "prices.json", None)})
    with pytest.raises(SettingsError, match="--budget needs the batch price of model 'bench-1'"):
        run_batches(archive, store, Provider(), settings=settings, budget="5")


def test_a_second_run_on_the_same_batches_is_refused(archive: Path, store: Path) -> None:
    provider, time = Provider(), FakeTime()
    outside = Outside(time.now, time.sleep, BatchService(SETTINGS, time.sleep, provider))
    with (
        opened_rounds([str(archive)], store, SETTINGS, Orders(processes=1), Told(), outside),
        pytest.raises(StoreError, match="another run sees to the batches"),
    ):
        run_batches(archive, store, provider)


def test_the_python_api_goes_by_batches_where_settings_say_so(archive: Path, store: Path) -> None:
    with pytest.raises(SettingsError, match="is for a model that settings name"):
        list(run_archive([archive], store, extractor=RulesExtractor(), settings=SETTINGS))


def test_ctrl_c_while_batches_are_under_way_ends_the_command_and_says_so(archive: Path, store: Path) -> None:
    with serving(["--batch-seconds", "60"]) as served:
        command = [
            sys.executable,
            "-m",
            "summarizer",
            "batch",
            str(archive),
            "--store",
            str(store),
            "--via",
            "batch-api",
        ]
        command += ["--model", "bench-1", "--base-url", served.url, "--processes", "1"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            assert "batch batch_1 of 12 questions was submitted" in process.stderr.readline()
            process.send_signal(signal.SIGINT)
            said = process.stderr.read()
    assert process.returncode == INTERRUPTED
    assert "1 batch goes on at the provider; the same command fetches the answers later" in said


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_the_command_says_in_one_line_that_batches_need_a_model(
    run: Run, archive: Path, store: Path, more: list[str]
) -> None:
    said = run("batch", archive, "--store", store, "--via", "batch-api", *more)
    assert "the batch API is for a model" in refused(said)


def test_again_asks_anew_once_nothing_waits(archive: Path, store: Path) -> None:
    provider = Provider()
    run_batches(archive, store, provider)
    before = rows(store)
    run_batches(archive, store, provider, again="all")
    assert provider.asked["draft"] == 2 * COUNT
    assert rows(store) == before


@pytest.mark.parametrize(
    ("settings", "orders", "told"),
    [
        (Settings(via="batch-api", base_url=SETTINGS.base_url), {}, "is for a model"),
        (SETTINGS, {"concurrency": 4}, "govern live requests"),
        (SETTINGS.model_copy(update={"record": Path("x.json")}), {}, "keep a live exchange"),
    ],
)
def test_settings_that_would_go_unused_are_refused(
    archive: Path, store: Path, settings: Settings, orders: dict[str, Any], told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        run_batches(archive, store, Provider(), settings=settings, **orders)
