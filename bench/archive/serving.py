"""Starts the fake service in a process of its own and asks it what it has counted."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from bench.archive.processes import used_by

ROOT: Final = Path(__file__).resolve().parent.parent.parent


class Served:
    """A service that listens on this machine."""

    def __init__(self, pid: int, port: int) -> None:
        self.pid = pid
        self._port = port
        self.url = f"http://127.0.0.1:{port}/v1"

    def stats(self) -> dict[str, Any]:
        """Return what has been counted since the last reset."""
        return self._call("GET", "/stats")

    def reset(self) -> None:
        """Forget what was counted."""
        self._call("POST", "/reset")

    def first_request(self, timeout: float = 120.0) -> float:
        """Wait for the first question since the last reset; return its time by the monotonic clock."""
        return float(self._call("GET", "/first", timeout)["first_request"])

    def cpu_seconds(self) -> float:
        """Return the CPU time that the service has used."""
        return used_by(self.pid).cpu_seconds

    def _call(self, method: str, path: str, timeout: float = 30.0) -> dict[str, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=timeout)
        try:
            connection.request(method, path)
            answered: dict[str, Any] = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        return answered


@contextmanager
def serving(options: Sequence[str] = ()) -> Iterator[Served]:
    """Run the service with these options while the block runs."""
    command = [sys.executable, "-m", "bench.archive.server", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield Served(process.pid, int(process.stdout.readline()))
        finally:
            process.terminate()
