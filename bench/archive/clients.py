"""The clients that are measured, and one run of one of them: time, CPU, memory, and what the service saw."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

from bench.archive.processes import Used, busy_seconds, used_by
from bench.archive.serving import ROOT, Served

_SAMPLE_SECONDS: Final = 0.2
_SHOWN: Final = 600


class Job(NamedTuple):
    """What a client is given."""

    archive: Path
    folder: Path
    """For what it writes."""
    url: str
    concurrency: int


def ours(job: Job) -> list[str]:
    """Return the command that runs, or resumes, a batch of ours; the one place that knows its options."""
    return [
        *(sys.executable, "-m", "summarizer", "batch", str(job.archive)),
        *("--store", str(job.folder / "briefs.db")),
        *("--model", "bench-1", "--base-url", job.url, "--concurrency", str(job.concurrency)),
    ]


def _peer(name: str, *more: str) -> Callable[[Job], list[str]]:
    def command(job: Job) -> list[str]:
        out = str(job.folder / "briefs.jsonl")
        return [
            *(sys.executable, "-m", f"bench.archive.{name}"),
            *(str(job.archive), out, job.url, str(job.concurrency), *more),
        ]

    return command


CLIENTS: Final[dict[str, Callable[[Job], list[str]]]] = {
    "ours": ours,
    "loop": _peer("peer_loop"),
    "loop-json": _peer("peer_loop", "JSON_SCHEMA"),
    "aiohttp": _peer("peer_aiohttp"),
}
"""Commands by name."""


class ClientFailed(Exception):
    """A client did not end well."""


class Run(NamedTuple):
    """One run of a client."""

    wall: float
    """Seconds from the first question at the service to the end of the process."""
    startup: float
    """Seconds from the start of the process to the first question."""
    cpu: float
    """Seconds of CPU, user and system, of the process tree from the first question on."""
    startup_cpu: float
    peak_megabytes: float
    processes: int
    """Most of them at once."""
    outside: float
    """Cores that were busy with something else than client and service."""
    stats: dict[str, Any]


class _Watch(threading.Thread):
    """Sees how much a tree uses: at the first question, and at most."""

    def __init__(self, pid: int, served: Served, seen: Callable[[Used], object] | None) -> None:
        super().__init__(daemon=True)
        self._pid, self._served, self._seen = pid, served, seen
        self.peak = 0.0
        self.processes = 1
        self.at_first = Used(0.0, 0.0, 0)
        self.first_request: float | None = None
        self.over = threading.Event()
        self._waiter = threading.Thread(target=self._wait_for_first, daemon=True)

    def run(self) -> None:
        """Sample until it is over."""
        self._waiter.start()
        while not self.over.wait(_SAMPLE_SECONDS):
            used = used_by(self._pid)
            self.peak = max(self.peak, used.megabytes)
            self.processes = max(self.processes, used.processes)
            if self._seen is not None:
                self._seen(used)

    def _wait_for_first(self) -> None:
        try:
            first = self._served.first_request(timeout=3600)
        except OSError:
            return  # the service is gone, and with it whoever wanted to know
        self.at_first = used_by(self._pid)
        self.first_request = first


def run_client(
    command: list[str], served: Served, seen: Callable[[Used], object] | None = None, *, allowed: tuple[int, ...] = (0,)
) -> Run:
    """Run a client to its end; `seen` is given samples of what it uses. Raises ClientFailed for other exit codes."""
    served.reset()
    busy, service = busy_seconds(), served.cpu_seconds()
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said: list[bytes] = []
    assert process.stderr is not None
    reader = threading.Thread(target=lambda stream: said.append(stream.read()), args=(process.stderr,), daemon=True)
    reader.start()
    watch = _Watch(process.pid, served, seen)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    ended = time.monotonic()
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.over.set()
    watch.join()
    reader.join(timeout=5)
    if process.returncode not in allowed:
        shown = b"".join(said)[-_SHOWN:].decode(errors="replace")
        raise ClientFailed(f"{' '.join(command[:5])} … ended with {process.returncode}: {shown}")
    cpu = usage.ru_utime + usage.ru_stime
    elapsed = ended - started
    others = busy_seconds() - busy - cpu - (served.cpu_seconds() - service)
    first = watch.first_request
    return Run(
        wall=ended - (started if first is None else first),
        startup=0.0 if first is None else first - started,
        cpu=cpu - watch.at_first.cpu_seconds,
        startup_cpu=watch.at_first.cpu_seconds,
        peak_megabytes=max(watch.peak, usage.ru_maxrss / 1000),
        processes=watch.processes,
        outside=max(0.0, others / elapsed),
        stats=served.stats(),
    )
