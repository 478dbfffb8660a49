"""Workers on threads of this process: for a caller's extractors, for recordings, and inside worker processes."""

import itertools
import queue
import threading
from collections.abc import Callable
from typing import NamedTuple, Protocol

from summarizer.archive.jobs import Ask, Grant, Job, Outcome, Trouble
from summarizer.archive.turn import Turn
from summarizer.archive.work import JobGate, Worker
from summarizer.errors import Stopped


class Broken(NamedTuple):
    """A worker that cannot work or no longer lives."""

    jobs: tuple[Job, ...]
    """Those that it had."""
    reason: str | None
    """Why no worker of this run can work; None where just this one died."""


Message = Outcome | Ask | Trouble | Broken


class Crew(Protocol):
    """Whatever does the jobs of a run. It puts what it has to say into the `tell` that it was made with."""

    @property
    def ready(self) -> bool:
        """Whether jobs may be sent yet."""
        ...

    def send(self, job: Job) -> None:
        """Have a job done; never waits for it."""
        ...

    def grant(self, grant: Grant) -> None:
        """Let a request be sent."""
        ...

    def close(self) -> None:
        """End all workers at once, whatever they do."""
        ...


class ThreadCrew:
    """Threads that share one worker, made as jobs come."""

    def __init__(self, tell: Callable[[Message], object], turn: Turn | None = None) -> None:
        self._tell = tell
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._tickets = itertools.count()
        self._waiting: dict[int, queue.SimpleQueue[int | None]] = {}
        self._idle = threading.Semaphore(0)
        self.threads: list[threading.Thread] = []
        self._closed = False
        self.gate = JobGate(self._ask, lambda attempt: tell(Trouble(attempt)), turn)
        self.worker: Worker | None = None
        """Set before the first job is sent."""

    @property
    def ready(self) -> bool:
        """Threads need no time to start."""
        return True

    def send(self, job: Job) -> None:
        """Have a job done by a thread that idles, else by a new one."""
        if not self._idle.acquire(blocking=False):
            thread = threading.Thread(target=self._work, daemon=True, name=f"worker-{len(self.threads)}")
            self.threads.append(thread)
            thread.start()
        self._jobs.put(job)

    def grant(self, grant: Grant) -> None:
        """Let the thread with this ticket go on."""
        waiting = self._waiting.pop(grant.ticket, None)
        if waiting is not None:
            waiting.put(grant.reserved)

    def close(self) -> None:
        """Let idle threads end, and those that wait for a grant give up; what is under way is left to itself."""
        self._closed = True
        for _ in self.threads:
            self._jobs.put(None)
        for waiting in list(self._waiting.values()):
            waiting.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            assert self.worker is not None  # set before the first job
            try:
                outcome = self.worker.do(job)
            except Stopped:
                return
            if self._closed:
                return
            self._idle.release()
            self._tell(outcome)

    def _ask(self, tokens: int) -> int:
        """Wait for the grant of a request of about so many tokens, and return those set aside. Raises Stopped."""
        ticket = next(self._tickets)
        answer: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._waiting[ticket] = answer
        self._tell(Ask(ticket, tokens))
        reserved = None if self._closed else answer.get()
        if reserved is None:
            raise Stopped("the run was stopped")
        return reserved
