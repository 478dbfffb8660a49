"""Tries `summarize batch --engine ray` on a cluster of two nodes, and where a run is cut short; prints what came of it.

    python -m bench.ray_cluster                all trials (five minutes); needs the extra `ray`
    python -m bench.ray_cluster joined node    some: joined, node, interrupt, group, budget

Both nodes are on this machine, each with one processor, started as they are by hand (`ray start`). `joined`: a run by
--address whose driver is killed and started again. `node`: one of the two nodes dies with all that is on it.
`interrupt`: Ctrl-C, once and twice, on a Ray of the command's own. `group`: a request to end that goes to all of its
processes at once, as service managers send it. `budget`: an amount that ends in mid-archive, then is raised.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow.dataset

from bench.archive.articles import write_archive
from bench.archive.processes import descendants
from bench.archive.serving import ROOT, Served, serving
from bench.archive.trials import write_prices
from bench.ray_engine import Told, accounted, run
from bench.trying import Trial, run_trials

_ARTICLES: Final = 400
_AT_ONCE: Final = 32
_STEP_SECONDS: Final = 0.05


class Node:
    """A node of a cluster, started by hand."""

    def __init__(self, *where: str, processors: int = 1) -> None:
        command = [sys.executable, "-c", "from ray.scripts.scripts import main; main()", "start", "--block", *where]
        sized = [f"--num-cpus={processors}", "--object-store-memory=200000000", "--disable-usage-stats"]
        told = {**os.environ, "RAY_AUTH_MODE": "token"}
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen([*command, *sized], stdout=quiet, stderr=quiet, env=told)

    def kill(self) -> None:
        """End it at once, with all that is on it; asked to end it takes half a minute."""
        for pid in [*descendants(self._process.pid), self._process.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self._process.wait()


@contextmanager
def head(processors: int = 1) -> Iterator[str]:
    """Yield the address of a cluster of one node."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    where = ("--head", f"--port={address.rpartition(':')[2]}", "--include-dashboard=false")
    started = Node(*where, processors=processors)
    try:
        _until_nodes(address, 1)
        yield address
    finally:
        started.kill()


@contextmanager
def cluster() -> Iterator[tuple[str, Node]]:
    """Yield the address of a cluster of two nodes, and the one that is not its head."""
    with head() as address:
        other = Node(f"--address={address}")
        try:
            _until_nodes(address, 2)
            yield address, other
        finally:
            other.kill()


def _until_nodes(address: str, count: int) -> None:
    """Wait until so many nodes are there."""
    asked = "import ray, sys; ray.init(sys.argv[1], log_to_driver=False); print('nodes', len(ray.nodes()))"
    told = {**os.environ, "RAY_AUTH_MODE": "token"}
    for _ in range(20):
        done = subprocess.run(
            [sys.executable, "-c", asked, address], capture_output=True, text=True, check=False, env=told
        )
        if f"nodes {count}" in done.stdout:
            return
        time.sleep(1)
    raise RuntimeError(f"the cluster does not come up: {done.stderr[-300:]}")


def begun(command: Sequence[str], served: Served, calls: int) -> "subprocess.Popen[str]":
    """Start a command, in a group of processes of its own, and return it when the service has had so many calls."""
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while served.stats()["calls"] < calls and process.poll() is None:
        time.sleep(_STEP_SECONDS)
    return process


def told_at_end(said: str) -> str:
    """Return the lines by which a run says how it ended, without those of its progress."""
    lines = [line for line in said.splitlines() if line.strip() and " in flight" not in line and "tokens" not in line]
    return " | ".join(re.sub("^summarize: ", "", line) for line in lines)


def joined(folder: Path) -> int:
    """kill -9 of the driver of a run by --address, then the same command; return the calls more than articles."""
    archive, out = folder / "archive.jsonl", folder / "out"
    write_archive(archive, _ARTICLES)
    with cluster() as (address, _), serving(["--latency", "500"]) as served:
        command = Told(archive, served.url, ("--concurrency", str(_AT_ONCE), "--address", address)).ray(out)
        process = begun(command, served, _ARTICLES // 3)
        process.kill()
        process.communicate()
        done = run(command)
        calls = served.stats()["calls"]
    print(f"  exit {done.returncode}; {told_at_end(done.stderr)}")
    print(f"  {accounted(out, _ARTICLES)}; calls more than articles: {calls - _ARTICLES}, {_AT_ONCE} in flight")
    return int(calls - _ARTICLES)


def node(folder: Path) -> int:
    """kill -9 of one of two nodes in mid-archive; return the calls more than articles."""
    archive, out = folder / "archive.jsonl", folder / "out"
    write_archive(archive, _ARTICLES)
    with cluster() as (address, other), serving(["--latency", "500"]) as served:
        more = ("--concurrency", str(_AT_ONCE), "--processes", "2", "--address", address)
        process = begun(Told(archive, served.url, more).ray(out), served, _ARTICLES // 3)
        other.kill()
        said = process.communicate()[1]
        calls = served.stats()["calls"]
    print(f"  exit {process.returncode}; {told_at_end(said)}")
    print(f"  {accounted(out, _ARTICLES)}; calls more than articles: {calls - _ARTICLES}, {_AT_ONCE} in flight")
    return int(calls - _ARTICLES)


def _ended(folder: Path, signals: Sequence[int], *, group: bool = False) -> None:
    archive, out = folder / "archive.jsonl", folder / "out"
    write_archive(archive, _ARTICLES)
    with serving(["--latency", "500"]) as served:
        command = Told(archive, served.url, ("--concurrency", str(_AT_ONCE))).ray(out)
        process = begun(command, served, _ARTICLES // 3)
        for number in signals:
            since = time.monotonic()
            (os.killpg if group else os.kill)(process.pid, number)
            time.sleep(_STEP_SECONDS)
        said = process.communicate()[1]
        seconds = time.monotonic() - since
        done = run(command)
        calls = served.stats()["calls"]
    print(f"  exit {process.returncode} {seconds:.1f} s after the last signal; {told_at_end(said)}")
    print(f"  again: exit {done.returncode}; {told_at_end(done.stderr)}")
    print(f"  {accounted(out, _ARTICLES)}; calls more than articles: {calls - _ARTICLES}, {_AT_ONCE} in flight")


def interrupt(folder: Path) -> None:
    """Ctrl-C, which goes to all processes of a terminal: once, then twice."""
    for number, signals in enumerate(([signal.SIGINT], [signal.SIGINT] * 2)):
        inner = folder / str(number)
        inner.mkdir()
        _ended(inner, signals, group=True)


def group(folder: Path) -> None:
    """SIGTERM to all processes of the command, Ray's own among them."""
    _ended(folder, [signal.SIGTERM], group=True)


def budget(folder: Path) -> None:
    """An amount that ends in mid-archive, then is raised."""
    archive, out, prices = folder / "archive.jsonl", folder / "out", folder / "prices.json"
    write_archive(archive, _ARTICLES)
    write_prices(prices)
    with serving(["--latency", "100"]) as served:
        for limit in ("0.50", "0.50", "1.20"):
            more = ("--concurrency", str(_AT_ONCE), "--processes", "2", "--prices", str(prices), "--budget", limit)
            done = run(Told(archive, served.url, more).ray(out))
            rows = pyarrow.dataset.dataset(out / "briefs", format="parquet", partitioning=None).to_table(["cost"])
            costs = [float(cost) for cost in rows["cost"].to_pylist() if cost is not None]
            print(f"  budget {limit}: spent {sum(costs):.6f}, dearest article {max(costs)}; exit {done.returncode}")
            print(f"    {told_at_end(done.stderr)}")


TRIALS: Final[dict[str, Trial]] = {trial.__name__: trial for trial in (joined, node, interrupt, group, budget)}

if __name__ == "__main__":
    run_trials(__doc__, TRIALS)
