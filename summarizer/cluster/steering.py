"""Has chunks briefed by one crew of threads: sends what the desk grants, keeps what comes back, tells the desk.

What `archive.run` is to one machine this is to one briefer; but the limits are the desk's, and what is kept are rows
of a journal. Several chunks are under way at once, so that the line does not run dry at the end of each.
"""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final, NamedTuple

from summarizer.archive.crew import Crew, Message
from summarizer.archive.jobs import Ask, Briefed, BriefJob, Failed, Grant, Job, SplitJob, SplitUp, Trouble, Unfit
from summarizer.cluster.leave import Ended, Leave, Report, Want
from summarizer.cluster.outcomes import Pricing, ended_before, ended_of, paid_for, row_of, split_row, unreadable_row
from summarizer.cluster.reading import Unreadable
from summarizer.cluster.sheet import ChunkSheet, DocumentSheet
from summarizer.extract.gate import Attempt
from summarizer.settings import Split
from summarizer.store.intake import POSITIONS

_OVERHEAD_TOKENS: Final = 2500
"""Tokens of a question beside its article; as in `archive.run`."""
_TICK_SECONDS: Final = 0.25
_GAP_SECONDS: Final = 0.01
"""Between two calls to the desk: what comes up in the meantime goes into one. A call takes 1 ms of either side."""
_AT_ONCE: Final = 500


class Desk(NamedTuple):
    """The desk, as a briefer speaks to it."""

    exchange: Callable[[Report, Callable[[Leave | BaseException], object]], object]
    """Sends a report, and calls back with what is answered, from any thread."""
    split: Callable[[int], object]
    announce: Callable[[str, str | None], object]
    """Comes back when the desk has it."""


class _Answer(NamedTuple):
    leave: Leave | BaseException


class Steering:
    """Steers a crew on a thread of its own. `inbox` is where the crew puts its messages."""

    def __init__(self, name: str, inbox: "queue.SimpleQueue[Message | _Answer | ChunkSheet]", desk: Desk) -> None:
        self._name, self._inbox, self._desk = name, inbox, desk
        self._ready: deque[tuple[DocumentSheet, Job]] = deque()
        """Not granted yet."""
        self._careful: deque[tuple[DocumentSheet, Job]] = deque()
        """Those of suspect chunks: each is done alone."""
        self._alone = False
        self._asked: list[tuple[DocumentSheet, Job]] = []
        """What the report under way wants to be granted."""
        self._granted: deque[tuple[DocumentSheet, Job]] = deque()
        self._flying: dict[int, DocumentSheet] = {}
        """By `Job.key`."""
        self._asks: deque[Ask] = deque()
        self._troubles: list[Attempt] = []
        self._ended: list[Ended] = []
        self._touched: set[ChunkSheet] = set()
        self._closing: list[ChunkSheet] = []
        """Finished; to be told once the desk knows of it."""
        self._told: list[ChunkSheet] = []
        """Finished, and told with the report under way."""
        self._open: set[ChunkSheet] = set()
        self._places, self._stop, self._serial = 1, False, 0
        self._report_under_way, self._reported, self._again_at = False, 0.0, 0.0

    def start(self, crew: Crew, split: Split, pricing: Pricing) -> None:
        """Begin to steer."""
        self._crew, self._split, self._pricing = crew, split, pricing
        threading.Thread(target=self._run, daemon=True, name="steering").start()

    def brief(self, sheet: ChunkSheet) -> None:
        """Have a chunk briefed; return when it is, or when the run ends. Raises what kept it from being kept."""
        self._inbox.put(sheet)
        sheet.over.wait()
        if sheet.error is not None:
            raise sheet.error

    def _run(self) -> None:
        try:
            while True:
                for message in self._wait():
                    self._heed(message)
                self._keep()
                self._exchange()
                self._send()
        except BaseException as error:  # noqa: BLE001  # it is raised again by all who wait for a chunk
            failure = error
        while True:
            for sheet in [*self._open, *self._closing, *self._told]:
                sheet.error = failure
                sheet.over.set()
            self._open.clear()
            self._closing.clear()
            late = self._inbox.get()
            if isinstance(late, ChunkSheet):
                self._open.add(late)

    def _wait(self) -> list["Message | _Answer | ChunkSheet"]:
        now = time.monotonic()
        until = max(self._again_at, self._reported + _GAP_SECONDS) if self._has_news() else now + _TICK_SECONDS
        messages: list[Message | _Answer | ChunkSheet] = []
        try:
            messages.append(self._inbox.get(timeout=min(max(until - now, 0.001), _TICK_SECONDS)))
            while len(messages) < _AT_ONCE:
                messages.append(self._inbox.get_nowait())
        except queue.Empty:
            pass
        return messages

    def _heed(self, message: "Message | _Answer | ChunkSheet") -> None:
        if isinstance(message, ChunkSheet):
            self._begin(message)
        elif isinstance(message, _Answer):
            self._heed_desk(message.leave)
        elif isinstance(message, Ask):
            self._asks.append(message)
        elif isinstance(message, Trouble):
            self._troubles.append(message.attempt)
        elif isinstance(message, SplitUp):
            self._heed_split(message)
        elif isinstance(message, Unfit):
            document = self._landed(message.key)
            self._line_up(document, document.job_of_its_own(message.article % POSITIONS))
        elif isinstance(message, Briefed | Failed):
            self._finish(self._landed(message.key), message)

    def _begin(self, sheet: ChunkSheet) -> None:
        self._open.add(sheet)
        self._touched.add(sheet)
        todo = sheet.todo()
        self._ended += [ended_before(row) for row in sheet.finished]
        for item in todo:
            if isinstance(item.found, Unreadable):
                sheet.rows.append(unreadable_row(item, self._pricing.run))
                continue
            self._serial += 1
            document = DocumentSheet(sheet, item, self._serial)
            sheet.pending += 1
            jobs = document.first_jobs(self._split)
            sheet.pending += len(jobs) - 1
            for job in jobs:
                if isinstance(job, Failed):
                    self._finish(document, job)
                else:
                    self._line_up(document, job)

    def _line_up(self, document: DocumentSheet, job: Job) -> None:
        (self._careful if document.chunk.suspect else self._ready).append((document, job))

    def _heed_split(self, outcome: SplitUp) -> None:
        document = self._landed(outcome.key)
        jobs = list(document.further_jobs(outcome))
        document.chunk.pending += len(jobs) - 1
        paid = paid_for(outcome.attempts, self._pricing.prices)
        if len(jobs) > 1 or outcome.attempts:  # known at once: should this process die, it is not split again
            document.chunk.rows.append(split_row(document.item, outcome, paid, self._pricing.run))
            self._touched.add(document.chunk)
        self._ended.append(Ended(document.key(0), "split", outcome.attempts, paid.cost, paid.currency))
        self._desk.split(len(jobs) - 1)
        lined_up = self._careful if document.chunk.suspect else self._ready
        lined_up.extendleft((document, job) for job in reversed(jobs))  # a page is finished before the next is split

    def _landed(self, key: int) -> DocumentSheet:
        self._alone = False
        return self._flying.pop(key)

    def _finish(self, document: DocumentSheet, outcome: Briefed | Failed) -> None:
        position = outcome.position if isinstance(outcome, Failed) else outcome.article % POSITIONS
        paid = paid_for(outcome.attempts, self._pricing.prices)
        sheet = document.chunk
        sheet.pending -= 1
        self._touched.add(sheet)
        self._ended.append(ended_of(document.key(position), outcome, paid, repeats=document.repeats(position)))
        if not (isinstance(outcome, Failed) and outcome.hopeless):
            sheet.rows.append(row_of(document.place(position), outcome, paid, self._pricing.run))

    def _keep(self) -> None:
        """Put into the journals what is finished; then its places are free again."""
        for sheet in self._touched:
            if sheet.rows:
                sheet.journal.append(sheet.rows)
                sheet.rows = []
            if not sheet.pending and sheet in self._open:
                sheet.journal.seal()
                self._open.discard(sheet)
                self._closing.append(sheet)
        self._touched.clear()
        for sheet in self._open:
            sheet.journal.keep_up()

    def _has_news(self) -> bool:
        return bool(
            not self._report_under_way
            and (self._asks or self._troubles or self._ended or self._closing or (self._ready and self._free() > 0))
        )

    def _free(self) -> int:
        return self._places - len(self._flying) - len(self._granted) - len(self._asked)

    def _exchange(self) -> None:
        """Report to the desk where there is something to say, and now and then that this briefer lives."""
        now = time.monotonic()
        due = now >= max(self._again_at, self._reported + _GAP_SECONDS) if self._has_news() else False
        alive = now - self._reported > 2 * _TICK_SECONDS and bool(self._open)
        if self._report_under_way or not (due or alive):
            return
        for _ in range(max(0, min(self._free(), len(self._ready)))):
            self._asked.append(self._ready.popleft())
        if self._careful and not (self._asked or self._flying or self._granted or self._ready):
            self._asked.append(self._careful.popleft())
        wants = tuple(_want(document, job) for document, job in self._asked)
        report = Report(
            worker=self._name,
            wants=wants,
            asks=tuple(ask.tokens for ask in self._asks),
            troubles=tuple(self._troubles),
            ended=tuple(self._ended),
            in_flight=len(self._flying) + len(self._granted),
        )
        self._troubles, self._ended = [], []
        self._told, self._closing = self._closing, []
        self._report_under_way, self._reported = True, now
        self._desk.exchange(report, lambda leave: self._inbox.put(_Answer(leave)))

    def _heed_desk(self, leave: Leave | BaseException) -> None:
        self._report_under_way = False
        if isinstance(leave, BaseException):
            raise leave
        for sheet in self._told:
            sheet.over.set()
        self._told = []
        for reserved in leave.asks:
            self._crew.grant(Grant(self._asks.popleft().ticket, reserved))
        for (document, job), reserved in zip(self._asked, leave.jobs, strict=False):
            self._granted.append((document, job._replace(reserved=reserved) if isinstance(job, BriefJob) else job))
        refused = self._asked[len(leave.jobs) :]
        (self._careful if refused and refused[0][0].chunk.suspect else self._ready).extendleft(reversed(refused))
        self._asked = []
        self._places, self._again_at = leave.places, time.monotonic() + leave.wait
        self._stop = self._stop or leave.stop is not None
        if self._stop:
            self._drop()

    def _drop(self) -> None:
        """Let go of what was not begun: the run ends."""
        for document, _ in [*self._ready, *self._careful]:
            document.chunk.pending -= 1
            self._touched.add(document.chunk)
        self._ready.clear()
        self._careful.clear()

    def _send(self) -> None:
        if self._stop and (self._ready or self._careful):
            self._drop()
        while self._granted and not self._alone:
            document, job = self._granted.popleft()
            if document.chunk.suspect:
                self._desk.announce(f"chunk {document.chunk.chunk.key}", document.item.key)
                self._alone = True
            self._flying[job.key] = document
            self._crew.send(job)


def _want(document: DocumentSheet, job: Job) -> Want:
    position = job.key % POSITIONS
    return Want(
        document.key(position),
        _OVERHEAD_TOKENS + len(job.document.text),
        "split" if isinstance(job, SplitJob) else "draft" if job.given is None else "given",
    )
