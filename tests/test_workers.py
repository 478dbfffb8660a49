"""Workers: on threads, and as processes of their own."""

import os
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from summarizer.archive.archive import opened_run
from summarizer.archive.crew import Broken, Message, ThreadCrew
from summarizer.archive.frames import read_frame, write_frame
from summarizer.archive.jobs import Ask, Briefed, BriefJob, Failed, Grant, Job, Ready, SplitJob, SplitUp, Trouble
from summarizer.archive.opening import Orders
from summarizer.archive.processes import ProcessCrew
from summarizer.archive.work import NOTHING_SPENT, Worker
from summarizer.archive.worker import serve
from summarizer.errors import SettingsError, Stopped
from summarizer.extract.model import ModelExtractor
from summarizer.read import document_from_text
from summarizer.settings import Settings
from tests.archives import Counting, lines, news, query, rows, run_all
from tests.build import NEWS, draft_json
from tests.fake_service import completion, failure, fake_service

RULES = Settings(extractor="rules")


def job(serial: int = 1, text: str | None = None) -> BriefJob:
    return BriefJob(serial * 10_000 + 1, document_from_text(text or news(serial)), None, NOTHING_SPENT)


class Served:
    """A worker's main on a thread of this process, with pipes at both ends."""

    def __init__(self, settings: Settings) -> None:
        self.said: queue.SimpleQueue[object] = queue.SimpleQueue()
        incoming, self._to = _pipe()
        self._from, outgoing = _pipe()
        self._threads = [
            threading.Thread(target=self._serve, args=(incoming, outgoing)),
            threading.Thread(target=self._listen),
        ]
        for thread in self._threads:
            thread.start()
        self.say(settings)

    def answer(self) -> object:
        """Return what the worker says once it is ready."""
        first = self.said.get(timeout=60)
        return self.said.get(timeout=60) if isinstance(first, Ready) else first

    def _serve(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        with incoming, outgoing:
            try:
                serve(incoming, outgoing)
            except EOFError:
                return

    def _listen(self) -> None:
        with self._from:
            try:
                while True:
                    self.said.put(read_frame(self._from))
            except EOFError:
                return

    def say(self, message: object) -> None:
        write_frame(self._to, message)

    def close(self) -> None:
        self._to.close()
        for thread in self._threads:
            thread.join(10)


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


def test_a_worker_briefs_what_it_is_sent() -> None:
    worker = Served(RULES)
    worker.say(job(3))
    outcome = worker.answer()
    worker.close()
    assert isinstance(outcome, Briefed)
    assert (outcome.article, outcome.flat.status, outcome.attempts) == (30001, "verified", ())
    assert outcome.known.title == "青岚高新区第3期快报"


def test_a_worker_splits_pages() -> None:
    page = Path(__file__).parent.parent / "fixtures" / "pages" / "p1_lanjiang.txt"
    worker = Served(RULES)
    worker.say(SplitJob(4, document_from_text(page.read_text(encoding="utf-8"))))
    outcome = worker.answer()
    worker.close()
    assert isinstance(outcome, SplitUp)
    assert len(outcome.articles) > 3
    assert [article.position for article in outcome.articles] == list(range(1, len(outcome.articles) + 1))


def test_settings_that_do_not_suffice_are_told_by_the_worker() -> None:
    worker = Served(Settings(model="m", extractor="model"))
    outcome = worker.answer()
    worker.close()
    assert isinstance(outcome, SettingsError)
    assert "no API key" in str(outcome)


def threads_for(service_url: str, heard: "queue.SimpleQueue[Message]") -> tuple[ThreadCrew, ModelExtractor]:
    crew = ThreadCrew(heard.put)
    settings = Settings(model="m", base_url=service_url, complete=False, check_reasks=0, busy_retries=1)
    extractor = ModelExtractor(settings, gate=crew.gate)
    crew.worker = Worker(extractor, None, settings, crew.gate)
    return crew, extractor


def test_the_first_request_of_a_granted_job_asks_for_nothing() -> None:
    heard: queue.SimpleQueue[Message] = queue.SimpleQueue()
    with fake_service(completion(draft_json())) as service:
        crew, extractor = threads_for(service.url, heard)
        with extractor:
            crew.send(job(1, NEWS)._replace(reserved=777))
            outcome = heard.get(timeout=30)
    assert isinstance(outcome, Briefed)
    [attempt] = outcome.attempts
    assert (attempt.status, attempt.estimate, attempt.prompt, attempt.completion) == (200, 777, 100, 10)


def test_every_further_request_waits_for_its_grant_and_trouble_is_told_at_once() -> None:
    heard: queue.SimpleQueue[Message] = queue.SimpleQueue()
    slow_down = failure(429, "slow down", retry_after_ms="1")
    with fake_service(slow_down, completion(draft_json())) as service:
        crew, extractor = threads_for(service.url, heard)
        with extractor:
            crew.send(job(1, NEWS)._replace(reserved=777))
            trouble, ask = heard.get(timeout=30), heard.get(timeout=30)
            assert isinstance(trouble, Trouble)
            assert (trouble.attempt.status, trouble.attempt.estimate, trouble.attempt.asked_wait) == (429, 777, 0.001)
            assert isinstance(ask, Ask)
            assert service.calls == 1
            crew.grant(Grant(ask.ticket, 555))
            outcome = heard.get(timeout=30)
    assert isinstance(outcome, Briefed)
    assert [(one.status, one.estimate) for one in outcome.attempts] == [(429, 0), (200, 555)]


def test_threads_that_wait_for_a_grant_end_with_the_crew() -> None:
    heard: queue.SimpleQueue[Message] = queue.SimpleQueue()
    with fake_service(completion(draft_json())) as service:
        crew, extractor = threads_for(service.url, heard)
        with extractor:
            crew.send(job(1, NEWS))
            assert isinstance(heard.get(timeout=30), Ask)
            crew.close()
            for thread in crew.threads:
                thread.join(10)
                assert not thread.is_alive()
        assert service.calls == 0


def test_processes_do_the_work_of_a_run(tmp_path: Path) -> None:
    archive = lines(tmp_path / "archive.jsonl", [news(serial) for serial in range(1, 13)])
    by_processes, by_threads = tmp_path / "processes.db", tmp_path / "threads.db"
    assert len(run_all(archive, by_processes, processes=2)) == 12
    run_all(archive, by_threads, Counting())
    told = "SELECT article_id, position, text, value, unit, verdict FROM numbers ORDER BY 1, 2"
    assert query(by_processes, told) == query(by_threads, told)


def test_the_jobs_of_a_process_that_dies_are_done_by_another(tmp_path: Path) -> None:
    archive = lines(tmp_path / "archive.jsonl", [news(serial) for serial in range(1, 31)])
    store, undisturbed = tmp_path / "killed.db", tmp_path / "undisturbed.db"
    with opened_run([str(archive)], store, RULES, Orders(processes=1)) as run:
        articles = run.articles()
        next(articles)
        crew = run.hall.crew
        assert isinstance(crew, ProcessCrew)
        crew.kill_one()
        rest = list(articles)
    assert len(rest) == 29
    run_all(archive, undisturbed)
    assert rows(store) == rows(undisturbed)


class Deadly:
    """A crew whose workers die over one article, and do the others."""

    def __init__(self, tell: Callable[[Message], None], deadly: int) -> None:
        self._tell, self._deadly = tell, deadly
        self._worker = Worker(Counting(), None, Settings())
        self.deaths = 0

    @property
    def ready(self) -> bool:
        return True

    def send(self, job: Job) -> None:
        dies = job.key == self._deadly
        self.deaths += dies
        self._tell(Broken((job,), None) if dies else self._worker.do(job))

    def grant(self, grant: Grant) -> None:
        raise AssertionError(grant)

    def close(self) -> None:
        """Nothing lives here."""


def test_an_article_that_two_processes_died_over_is_a_failure(tmp_path: Path) -> None:
    archive = lines(tmp_path / "archive.jsonl", [news(serial) for serial in range(1, 6)])
    store = tmp_path / "briefs.db"
    with opened_run([str(archive)], store, Settings(), Orders(), Counting()) as run:
        deadly = Deadly(run.hall.inbox.put, 20001)
        run.hall = run.hall._replace(crew=deadly)
        finished = list(run.articles())
    assert sorted(one.status for one in finished) == ["error"] + ["verified"] * 4
    assert deadly.deaths == 2
    assert query(store, "SELECT document_id, kind FROM failures") == [(2, "internal")]


def test_workers_that_die_one_after_another_stop_the_run(tmp_path: Path) -> None:
    archive = lines(tmp_path / "archive.jsonl", [news(serial) for serial in range(1, 40)])
    store = tmp_path / "briefs.db"

    class Doomed(Deadly):
        def send(self, job: Job) -> None:
            self._tell(Broken((job,), None))

    with opened_run([str(archive)], store, Settings(), Orders(concurrency=1), Counting()) as run:
        run.hall = run.hall._replace(crew=Doomed(run.hall.inbox.put, 0))
        with pytest.raises(Stopped, match="worker processes die one after another"):
            list(run.articles())
    assert query(store, "SELECT count(*) FROM failures")[0][0] <= 2


@pytest.mark.parametrize("cut", [0, 2, 6])
def test_a_pipe_that_ends_within_a_message_is_the_end(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "frames"
    with path.open("wb") as stream:
        write_frame(stream, Failed)
    path.write_bytes(path.read_bytes()[:cut])
    with path.open("rb") as stream, pytest.raises(EOFError):
        read_frame(stream)
