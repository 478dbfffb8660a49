"""Worker processes: started one by one as the line fills, each with threads of its own."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, cast

import summarizer
from summarizer.archive.answering import Answering
from summarizer.archive.crew import Broken, Message
from summarizer.archive.frames import read_frame, write_frame
from summarizer.archive.jobs import Ask, Grant, Job, Ready, Trouble
from summarizer.settings import Settings

PER_PROCESS: Final = 24
"""Jobs of a process before another is started, as long as there are processors."""
_TICKETS: Final = 1 << 40
"""Tickets of one process; a ticket of the crew is its process's number times this, plus its own."""
_START: Final = "from summarizer.archive.worker import main; main()"


class Plan(NamedTuple):
    """How many processes there are to be."""

    most: int
    jobs: int
    """That are to be in flight from the start; the processes for them are started first."""
    per_process: int = PER_PROCESS


class ProcessCrew:
    """Hands each job to the process that has fewest, and starts another where all are full."""

    def __init__(self, tell: Callable[[Message], object], settings: Settings | Answering, plan: Plan) -> None:
        self._tell, self._settings, self._plan = tell, settings, plan
        self._processes: list[_Process] = []
        self._open = False
        for _ in range(min(plan.most, max(1, plan.jobs // plan.per_process))):
            self._start()

    @property
    def ready(self) -> bool:
        """Whether the processes that were started first can work: jobs begin together, and none has to wait."""
        self._open = self._open or all(process.ready or not process.alive for process in self._processes)
        return self._open

    def send(self, job: Job) -> None:
        """Have a job done."""
        alive = [process for process in self._processes if process.alive]
        ready = [process for process in alive if process.ready]
        least = min(ready or alive, key=lambda process: len(process.jobs), default=None)
        full = least is None or len(least.jobs) >= self._plan.per_process
        if full and len(ready) == len(alive) < self._plan.most:
            started = self._start()  # gets its jobs once it is ready
            least = least or started
        if least is not None:
            least.send(job)

    def grant(self, grant: Grant) -> None:
        """Let a request be sent."""
        process, ticket = divmod(grant.ticket, _TICKETS)
        self._processes[process].write(grant._replace(ticket=ticket))

    def _start(self) -> "_Process":
        process = _Process(self._settings, self._tell, len(self._processes))
        self._processes.append(process)
        return process

    def kill_one(self) -> None:
        """Kill a process as the system might, for want of memory."""
        self._processes[0].shoot()

    def close(self) -> None:
        """Kill all processes."""
        for process in self._processes:
            process.kill()


class _Process:
    """One process, the jobs that it has, and the thread that listens to it."""

    def __init__(self, settings: Settings | Answering, tell: Callable[[Message], object], number: int) -> None:
        self._tell, self._number = tell, number
        self.jobs: dict[int, Job] = {}
        self.alive, self.ready = True, False
        self._process = _started()
        self._pipe = cast("BinaryIO", self._process.stdin)
        self.write(settings)
        threading.Thread(target=self._listen, daemon=True, name=f"listener-{number}").start()

    def send(self, job: Job) -> None:
        """Have a job done."""
        self.jobs[job.key] = job
        self.write(job)

    def write(self, message: object) -> None:
        """Send a message; where the process died, the listener tells what it had."""
        with contextlib.suppress(OSError, ValueError):
            write_frame(self._pipe, message)

    def shoot(self) -> None:
        """Kill the process behind the back of whoever listens to it."""
        self._process.kill()

    def kill(self) -> None:
        """End the process, and say nothing of its jobs."""
        self.alive = False
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._pipe.close()

    def _listen(self) -> None:
        stream = cast("BinaryIO", self._process.stdout)
        reason: str | None = None
        with stream, contextlib.suppress(EOFError, OSError):
            while True:
                message = read_frame(stream)
                if isinstance(message, Exception):
                    reason = str(message)
                    break
                if isinstance(message, Ready):
                    self.ready = True
                    continue
                self._tell(self._heard(cast("Message", message)))
        if self.alive:
            self.alive = False
            self._tell(Broken(tuple(self.jobs.values()), reason))

    def _heard(self, message: Message) -> Message:
        if isinstance(message, Ask):
            return message._replace(ticket=message.ticket + self._number * _TICKETS)
        if not isinstance(message, Trouble | Broken):
            self.jobs.pop(message.key, None)
        return message


def _started() -> "subprocess.Popen[bytes]":
    """Start a process that imports this very program, wherever it lies, and nothing from the current folder (-P)."""
    home = str(Path(summarizer.__file__).resolve().parent.parent)
    paths = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
    options: dict[str, Any] = {"start_new_session": True}  # a Ctrl-C is the run's to hear, not the workers'
    if sys.platform == "win32":
        options = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": paths},
        **options,
    )
