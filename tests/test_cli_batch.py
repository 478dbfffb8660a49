"""`summarize batch`: what it says, how it exits, how it is interrupted."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from summarizer.archive.line import Seen
from summarizer.archive.progress import Progress
from summarizer.cli_base import DONE, FAILED, FLAGGED, INTERRUPTED, USAGE
from summarizer.show_run import closing_lines, duration, progress_line
from tests.archives import lines, news, query
from tests.build import draft_json
from tests.command import Run, refused
from tests.fake_service import Answer, FakeService, completion, fake_service

RULES = ("--extractor", "rules", "--processes", "1")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return lines(tmp_path / "archive.jsonl", [news(serial) for serial in range(1, 7)])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "briefs.db"


def test_a_batch_fills_the_store_and_says_so(run: Run, archive: Path, store: Path) -> None:
    said = run("batch", archive, "--store", store, *RULES)
    assert (said.code, said.out) == (DONE, "")
    assert said.err.startswith("summarize: 6 articles in ")
    assert said.err.endswith(": 6 verified, 0 flagged, 0 failed\n")
    assert query(store, "SELECT count(*) FROM briefs") == [(6,)]


def test_the_same_command_again_has_nothing_to_do(run: Run, archive: Path, store: Path) -> None:
    run("batch", archive, "--store", store, *RULES)
    said = run("batch", archive, "--store", store, *RULES)
    assert said.code == DONE
    assert said.err.startswith("summarize: 0 articles in ")


def test_without_a_model_the_rules_are_named(run: Run, archive: Path, store: Path) -> None:
    said = run("batch", archive, "--store", store, "--processes", "1")
    assert said.err.startswith("summarize: no model is set (--model or SUMMARIZER_MODEL): the rules write the drafts\n")


def test_what_cannot_be_read_makes_the_exit_code(run: Run, archive: Path, store: Path) -> None:
    (archive.parent / "scan.pdf").write_bytes(b"no pdf")
    said = run("batch", archive.parent, "--store", store, *RULES)
    assert said.code == FAILED
    assert "6 verified" in said.err
    assert "scan.pdf' is no PDF file, despite its name: fetch or save it again\n" in said.err


def test_a_missing_input_is_said(run: Run, store: Path) -> None:
    said = run("batch", "nothing.jsonl", "--store", store, *RULES)
    assert said.code == FAILED
    assert "summarize: 'nothing.jsonl' is not there: check the path\n" in said.err


def test_a_missing_key_is_said_before_anything_is_read(run: Run, archive: Path, store: Path) -> None:
    assert "no API key: set OPENAI_API_KEY" in refused(run("batch", archive, "--store", store, "--model", "m"))
    assert not store.exists()


def test_flags_make_the_exit_code_of_a_strict_run(run: Run, archive: Path, store: Path) -> None:
    lines(archive, [news(1) + "全区今年新签约项目99个，其中外资项目120个。"])
    code = run("batch", archive, "--store", store, "--strict", *RULES).code
    [(flagged,)] = query(store, "SELECT count(*) FROM briefs WHERE status = 'flagged'")
    assert code == (FLAGGED if flagged else DONE)


def test_a_dry_run_asks_nobody_and_tells_what_it_would_cost(run: Run, archive: Path, store: Path) -> None:
    with fake_service(completion(draft_json())) as service:
        told = ("--model", "m", "--base-url", service.url, "--dry-run")
        said = run("batch", archive, "--store", store, *told)
        assert service.calls == 0
    assert said.code == DONE
    first, second = said.err.splitlines()
    assert first == "summarize: 6 articles to do, 0 of them repeat others; nobody was asked"
    assert second.startswith("summarize: 6 drafts: about 17k + 1426 tokens, ")
    assert second.endswith("price unknown (by recorded articles: a first guess)")
    assert query(store, "SELECT count(*) FROM articles WHERE claimed_by IS NULL") == [(6,)]


def test_a_dry_run_prices_what_it_knows_and_needs_no_key(run: Run, archive: Path, store: Path) -> None:
    said = run("batch", archive, "--store", store, "--model", "gpt-4o-mini", "--dry-run")
    assert " 0.00 USD" in said.err or " 0.01 USD" in said.err


def test_a_budget_needs_a_price(run: Run, archive: Path, store: Path) -> None:
    told = ("--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--budget", "5")
    line = refused(run("batch", archive, "--store", store, *told))
    assert "--budget needs the price of model 'm', which is not known here; give it with --prices FILE" in line


@pytest.mark.parametrize("budget", ["0", "-1", "much", "nan"])
def test_a_budget_is_an_amount(run: Run, archive: Path, store: Path, budget: str) -> None:
    assert run("batch", archive, "--store", store, f"--budget={budget}").code == USAGE


def test_a_store_needs_a_folder(run: Run, archive: Path, tmp_path: Path) -> None:
    line = refused(run("batch", archive, "--store", tmp_path / "none" / "briefs.db", *RULES))
    assert "there is no folder" in line


@contextmanager
def going(archive: Path, store: Path, *answers: Answer) -> Iterator[tuple["subprocess.Popen[bytes]", FakeService]]:
    """Run a batch in a process of its own until the service has been asked."""
    with fake_service(*answers) as service:
        told = ["--model", "m", "--base-url", service.url, "--concurrency", "2", "--processes", "1"]
        command = [sys.executable, "-m", "summarizer", "batch", str(archive), "--store", str(store), *told]
        started = subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ | {"SUMMARIZER_COMPLETE": "no"})
        with started:
            deadline = time.monotonic() + 60
            while service.calls < 2 and time.monotonic() < deadline:
                time.sleep(0.02)
            yield started, service


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_finishes_what_is_in_flight(archive: Path, store: Path) -> None:
    held = Answer(body=completion(draft_json()).body, act="hold")
    with going(archive, store, held) as (started, service):
        started.send_signal(signal.SIGINT)
        assert started.stderr is not None
        assert (
            b"finishing the 2 articles in flight; Ctrl-C again stops at once"
            in started.stderr.readline() + started.stderr.readline()
        )
        service.released.set()
        err = started.communicate(timeout=60)[1].decode()
    assert started.returncode == INTERRUPTED
    assert "summarize: 2 articles in " in err
    assert "interrupted; run the same command again to go on" in err
    assert query(store, "SELECT count(*) FROM briefs") == [(2,)]
    assert query(store, "SELECT outcome FROM runs") == [("interrupted",)]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_twice_stops_at_once(archive: Path, store: Path) -> None:
    held = Answer(body=completion(draft_json()).body, act="hold")
    with going(archive, store, held) as (started, _):
        started.send_signal(signal.SIGINT)
        assert started.stderr is not None
        while b"in flight" not in started.stderr.readline():
            pass
        started.send_signal(signal.SIGINT)
        started.communicate(timeout=60)
    assert started.returncode == INTERRUPTED
    assert query(store, "SELECT count(*) FROM briefs") == [(0,)]
    assert query(store, "SELECT count(*) FROM articles WHERE claimed_by IS NOT NULL") == [(0,)]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_run_leaves_nothing_claimed_for_ever(run: Run, archive: Path, store: Path) -> None:
    held = Answer(body=completion(draft_json()).body, act="hold")
    with going(archive, store, held) as (started, _):
        started.kill()
        started.communicate(timeout=60)
    assert query(store, "SELECT count(*) FROM articles WHERE claimed_by IS NOT NULL")[0][0] >= 2
    said = run("batch", archive, "--store", store, *RULES)
    assert "6 articles in " in said.err


def test_the_line_of_a_run_tells_what_matters() -> None:
    seen = Seen(articles=1200, repeats=30, unreadable=0, skipped=0, complete=True)
    progress = Progress(seen, 500, 40, 3, 10, 64, 64, 1_500_000, 400_000, Decimal("1.234"), "USD", 60.0)
    assert progress_line(progress) == (
        "543 of 1,200 done, 40 flagged, 3 failed, 10 repeats, 9.1/s, 1.9M tokens, 1.23 USD, 64 of 64 in flight,"
        " 1 min 13 s left"
    )
    unknown = progress._replace(seen=seen._replace(complete=False), spent=None)
    assert "543 of 1,200+ done" in progress_line(unknown)
    assert "left" not in progress_line(unknown)
    assert "USD" not in progress_line(unknown)


def test_the_last_lines_say_how_to_go_on() -> None:
    seen = Seen(articles=10, repeats=0, unreadable=2, skipped=0, complete=True, troubles=("'a.txt' is empty",))
    progress = Progress(seen, 5, 1, 1, seconds=3.0, prompt=5, last_failure="no answer\x1b[2J")
    told = list(closing_lines(progress, "budget", Path("b.db")))
    assert told == [
        "7 articles in 3.0 s: 5 verified, 1 flagged, 1 failed",
        "5 + 0 tokens, price unknown",
        "'a.txt' is empty",
        "1 more cannot be read; summarize status b.db lists them",
        "the last failure: no answer [2J",
        "the budget is spent: raise --budget to go on; run the same command again to go on",
    ]
    *_, again = closing_lines(progress, "interrupted", Path("b.db"), again=True)
    assert again == "interrupted; run the same command without --again to go on"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.04, "0.0 s"), (9.94, "9.9 s"), (59.4, "59 s"), (61, "1 min 1 s"), (7260, "2 h 1 min")]
)
def test_spans_of_time_are_told_for_people(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_settings_of_a_run_are_kept_without_the_key(
    run: Run, archive: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    run("batch", archive, "--store", store, *RULES)
    [(settings,)] = query(store, "SELECT settings FROM runs")
    assert json.loads(settings)["extractor"] == "rules"
    assert b"sk-secret" not in store.read_bytes()
