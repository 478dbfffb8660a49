"""Runs over the batch API that are cut off: nothing is paid twice and no answer is lost, wherever it happens."""

from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from summarizer.archive import answers as keeping
from summarizer.archive.crew import Message, ThreadCrew
from summarizer.archive.jobs import Grant, Job, Postponed
from summarizer.archive.opening import Orders
from summarizer.archive.rounds import Outside, opened_rounds
from summarizer.errors import SettingsError
from summarizer.extract.batches import BatchService
from tests.archives import query, rows
from tests.batch_provider import Provider, spoiling
from tests.batch_runs import COUNT, POINTS, SETTINGS, FakeTime, Told, articles, killed, live, run_batches


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return articles(tmp_path / "archive.jsonl", COUNT)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "briefs.db"


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_run_is_taken_up_without_loss_or_double_payment(
    archive: Path, tmp_path: Path, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LINES_AT_ONCE", 3)
    provider = spoiling()
    left = killed(archive, tmp_path / "first.db", point, provider)
    assert query(left, "SELECT count(*) FROM articles WHERE claimed_by IS NOT NULL")[0][0] > 0
    run_batches(archive, left, provider)
    assert rows(left) == live(archive, tmp_path / "live.db", spoiling())
    assert set(provider.paid.values()) == {1}
    assert provider.forgotten == []
    assert query(left, "SELECT sum(prompt), count(*) FROM attempts") == [
        (provider.prompt_tokens, provider.paid.total())
    ]
    assert query(left, "SELECT count(*) FROM batches WHERE state <> 'ended'") == [(0,)]


def test_a_run_that_is_interrupted_twice_is_taken_up_too(archive: Path, tmp_path: Path) -> None:
    provider, store = spoiling(), tmp_path / "first.db"
    for point in ("before the upload", "after the creation", "after the download"):
        store = killed(archive, store, point, provider)
    run_batches(archive, store, provider)
    assert rows(store) == live(archive, tmp_path / "live.db", spoiling())
    assert set(provider.paid.values()) == {1}
    assert provider.forgotten == []


def test_a_creation_whose_answer_was_lost_is_not_made_twice(archive: Path, store: Path) -> None:
    provider = Provider()
    lost: list[str] = []

    def lose_first(call: str) -> httpx2.Response | None:
        if call == "POST /batches" and not lost:
            lost.append(call)
            provider._create({"input_file_id": "file-1", "metadata": {}})
            return httpx2.Response(502, text="bad gateway")
        return None

    provider.refuse = lose_first
    run_batches(archive, store, provider)
    assert set(provider.paid.values()) == {1}
    assert provider.forgotten == []
    assert query(store, "SELECT provider_id FROM batches") == [("batch-1",)]


def test_a_batch_that_was_never_made_is_made_after_a_second_look(archive: Path, store: Path) -> None:
    provider = Provider()
    left = killed(archive, store, "before the creation", provider)
    run_batches(archive, left, provider)
    assert provider.calls["GET /batches"] == 2
    assert provider.calls["POST /files"] == 1
    assert len(provider.batches) == 1


def test_a_service_without_a_list_is_told_of(archive: Path, store: Path) -> None:
    provider, told = Provider(), Told()
    provider.refuse = lambda call: httpx2.Response(405) if call == "GET /batches" else None
    left = killed(archive, store, "before the creation", provider)
    assert len(run_batches(archive, left, provider, told=told)) == COUNT
    assert any("does not list its batches" in line and "paid twice" in line for line in told)


class Late:
    """A crew whose outcomes come late: not before the run has fetched what it waits for."""

    def __init__(self, crew: ThreadCrew, tell: Callable[[Message], None]) -> None:
        self._crew, self._tell = crew, tell
        self.held: list[Message] = []
        self.holds = True

    @property
    def ready(self) -> bool:
        return True

    def send(self, job: Job) -> None:
        assert self._crew.worker is not None
        self.held.append(self._crew.worker.do(job))
        if not self.holds:
            self.release()

    def release(self) -> None:
        self.holds = False
        for outcome in self.held:
            self._tell(outcome)
        self.held.clear()

    def grant(self, grant: Grant) -> None:
        raise AssertionError(grant)

    def close(self) -> None:
        """The crew within is closed by whoever opened it."""


def test_an_answer_that_comes_while_its_article_is_under_way_is_not_overlooked(archive: Path, store: Path) -> None:
    provider = Provider()
    left = killed(archive, store, "before the poll", provider)
    late: list[Late] = []
    released: list[Message] = []

    def now() -> float:
        return 2.0 if late and late[0].held else (0.0 if late else 1.0)

    def release(call: str) -> None:
        if call == "GET /files/ID/content" and late[0].holds:
            released.extend(late[0].held)
            late[0].release()

    provider.refuse = release
    time = FakeTime()
    outside = Outside(lambda: now() + time.now(), time.sleep, BatchService(SETTINGS, time.sleep, provider))
    with opened_rounds([str(archive)], left, SETTINGS, Orders(processes=1), Told(), outside) as run:
        assert isinstance(run.hall.crew, ThreadCrew)
        late.append(Late(run.hall.crew, run.hall.inbox.put))
        run.hall = run.hall._replace(crew=late[0])
        finished = list(run.articles())
    assert released
    assert all(isinstance(outcome, Postponed) for outcome in released)
    assert len(finished) == COUNT


def test_again_does_not_throw_away_what_is_under_way(archive: Path, store: Path) -> None:
    provider, told = Provider(), Told()
    left = killed(archive, store, "before the poll", provider)
    run_batches(archive, left, provider, again="all", told=told)
    assert set(provider.paid.values()) == {1}
    assert provider.forgotten == []
    assert "12 articles wait for answers of an earlier run" in told[0]


def test_batches_under_way_elsewhere_are_not_paid_again(archive: Path, store: Path) -> None:
    left = killed(archive, store, "before the poll", Provider())
    other = SETTINGS.model_copy(update={"base_url": "http://127.0.0.1:10/v1"})
    with pytest.raises(SettingsError, match=r"1 batch under way at http://127\.0\.0\.1:9/v1"):
        run_batches(archive, left, Provider(), settings=other)
