"""Tries `summarize batch --engine ray` on this machine's cores against the fake service; prints what came of it.

    python -m bench.ray_engine                  all trials (a quarter of an hour); needs the extra `ray`
    python -m bench.ray_engine equal worker     some: pace, cores, equal, worker, driver, limit, poison

`pace`: 2,000 articles, 500 ms replies, beside the local run. `cores`: two workers beside one, replies at once. `equal`:
500 articles, a tenth of all calls failing, table by table beside the local run. `worker`, `driver`: kill -9 in
mid-archive. `limit`: 600 requests a minute over two workers. `poison`: a text of 50 MB, files whose readers break.
"""

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow.dataset
import pyarrow.parquet

from bench.archive.articles import write_archive
from bench.archive.clients import run_client
from bench.archive.processes import descendants
from bench.archive.serving import ROOT, serving
from bench.trying import Trial, run_trials

_UNLIKE: Final = ("id", "article_id", "run_id", "made_at", "failed_at")
"""Columns that differ from run to run, or are counted otherwise."""
_SAID: Final = re.compile(r"article \d+")
"""An id in a message."""
_REPRINTS: Final = 4
"""Every fourth article repeats an earlier one."""
_COPIES: Final = 15
"""Every fifteenth stands there a second time."""
_AT_ONCE: Final = 64
_RUNS: Final = 3
MODEST: Final = ("--concurrency", "32", "--processes", "2")


class Told(NamedTuple):
    """What a command is given."""

    archive: Path | str
    url: str | None
    more: Sequence[str] = ()

    def command(self, *where: str) -> list[str]:
        """Return the command of a run."""
        model = ("--model", "bench-1", "--base-url", self.url) if self.url else ("--extractor", "rules")
        return [sys.executable, "-m", "summarizer", "batch", str(self.archive), *where, *model, *self.more]

    def local(self, store: Path) -> list[str]:
        """Return the command of a run on one machine."""
        return self.command("--store", str(store))

    def ray(self, out: Path | str) -> list[str]:
        """Return the command of a run on Ray."""
        return self.command("--engine", "ray", "-o", str(out))


def run(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)


def tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of all tables, but what differs from run to run, in an order of their own.

    Of which article another is a repeat is told by its document.
    """
    read = {
        path.name.removesuffix(".parquet"): pyarrow.dataset.dataset(path, format="parquet").to_table()
        for path in folder.iterdir()
    }
    ids, documents = (read["articles"][name].to_pylist() for name in ("id", "document"))
    document_of = dict(zip(ids, documents, strict=True))
    found = {}
    for name, table in read.items():
        rows = table.drop_columns([column for column in _UNLIKE if column in table.column_names]).to_pylist()
        for row in rows:
            row |= {"same_as": document_of.get(row["same_as"])} if "same_as" in row else {}
            row |= {"message": _SAID.sub("article", row["message"])} if row.get("message") else {}
        found[name] = sorted(rows, key=lambda row: json.dumps(row, default=str))
    return found


def compared(local: Path, ray: Path) -> dict[str, tuple[int, bool]]:
    """Return for each table of a local export how many rows it has, and whether those made on Ray are the same."""
    here, there = tables(local), tables(ray / "tables")
    return {name: (len(rows), rows == there.get(name)) for name, rows in here.items()}


def accounted(out: Path, articles: int) -> str:
    """Say how many articles ended how, how many were lost, how many stand there twice."""
    columns = ["document_key", "position", "kind"]
    rows = pyarrow.dataset.dataset(out / "briefs", format="parquet", partitioning=None).to_table(columns).to_pylist()
    kinds = {kind: sum(row["kind"] == kind for row in rows) for kind in sorted({row["kind"] for row in rows})}
    known = {(row["document_key"], row["position"]) for row in rows}
    shown = tables(out / "tables")["articles"]
    paths = [row["document"] for row in shown]
    return (
        f"{articles} articles: {kinds}, {len(rows) - len(known)} duplicate rows in briefs/; "
        f"tables: {len(shown)} articles, {len(paths) - len(set(paths))} twice, {articles - len(set(paths))} lost"
    )


def pace(folder: Path) -> None:
    """2,000 articles, 500 ms replies, 64 in flight: articles a second from the first question to the last reply."""
    archive = folder / "archive.jsonl"
    figures: dict[str, list[float]] = {"local": [], "ray": []}
    write_archive(archive, 2000)
    with serving(["--latency", "500"]) as served:
        told = Told(archive, served.url, ("--concurrency", str(_AT_ONCE)))
        for number in range(_RUNS):
            for name, command in (
                ("local", told.local(folder / f"{number}.db")),
                ("ray", told.ray(folder / f"out{number}")),
            ):
                made = run_client(command, served)
                stats = served.stats()
                figures[name].append(2000 / stats["seconds"])
                print(
                    f"  {name}: {2000 / stats['seconds']:.1f} articles/s by the service, start-up {made.startup:.1f} s,"
                    f" to the end of the process {made.wall:.1f} s,"
                    f" {made.peak_megabytes:.0f} MB with all processes (what they share counts for each)",
                    flush=True,
                )
    medians = {name: statistics.median(found) for name, found in figures.items()}
    print(f"  medians: {medians['local']:.1f} and {medians['ray']:.1f}: {medians['ray'] / medians['local']:.2f}")


def cores(folder: Path) -> None:
    """Two workers beside one where the processor is the limit: the service answers at once."""
    archive = folder / "archive.jsonl"
    write_archive(archive, 2000)
    figures: dict[int, list[float]] = {1: [], 2: []}
    with serving(["--latency", "0"]) as served:
        for number in range(_RUNS):
            for workers in figures:
                told = Told(archive, served.url, ("--processes", str(workers), "--concurrency", "32"))
                run_client(told.ray(folder / f"out{workers}-{number}"), served)
                figures[workers].append(2000 / served.stats()["seconds"])
                print(f"  {workers} worker: {figures[workers][-1]:.1f} articles/s", flush=True)
    one, two = (statistics.median(found) for found in figures.values())
    print(f"  medians: one {one:.1f}, two {two:.1f}: {two / one:.2f}")


def equal(folder: Path, articles: int = 500, more: Sequence[str] = ()) -> bool:
    """Rows beside the local run's, a tenth of all calls failing; a quarter of the articles repeat others."""
    archive, store, local, out = (folder / name for name in ("archive.jsonl", "briefs.db", "local", "out"))
    write_archive(archive, articles, _REPRINTS)
    with archive.open("a", encoding="utf-8") as file:  # some, and reprints among them, once more word for word
        file.writelines(
            line.replace('"id": "', '"id": "again-') for line in archive.read_text("utf-8").splitlines(True)[::_COPIES]
        )
    with serving(["--latency", "50", "--faults", "mixed=0.1,sticky=0.04,wait=6"]) as served:
        told = Told(archive, served.url, ("--concurrency", "32", "--timeout", "3"))
        run(told.local(store))
        run([sys.executable, "-m", "summarizer", "export", str(store), str(local), "--to", "parquet"])
        calls = served.stats()["calls"]
        served.reset()
        done = run([*told.ray(out), *more])
        print(f"  {last_line(done)}; calls: local {calls}, ray {served.stats()['calls']}")
    found = compared(local, out)
    print(f"  {', '.join(f'{name} {count} {same}' for name, (count, same) in found.items())}")
    rows = tables(out / "tables")
    linked = Counter((row["likeness"], row["state"]) for row in rows["articles"] if row["same_as"])
    print(f"  all rows the same: {all(same for _, same in found.values())}; repeats: {dict(linked)}")
    return all(same for _, same in found.values())


class Killed(NamedTuple):
    """What came of a run that was killed, and of its resumption."""

    told: str
    more_calls: int
    done: "subprocess.CompletedProcess[str]"


def killed(folder: Path, victims: Sequence[str], *, articles: int = 1000) -> Killed:
    """Kill a worker or the driver, each a third of the archive later; go on with the same command."""
    archive, out = folder / "archive.jsonl", folder / "out"
    write_archive(archive, articles)
    calls, done = interrupted(lambda url: Told(archive, url, MODEST).ray(out), victims, articles)
    return Killed(accounted(out, articles), calls - articles, done)


def interrupted(
    command_for: Callable[[str], list[str]], victims: Sequence[str], articles: int
) -> tuple[int, "subprocess.CompletedProcess[str]"]:
    """Run a command, kill and go on; return how many calls the service had in all, and the last run's end."""
    with serving(["--latency", "200"]) as served:
        command = command_for(served.url)
        process = started(command)
        for number, victim in enumerate(victims, start=1):
            while served.stats()["calls"] < number * articles // 3 and process.poll() is None:
                time.sleep(0.02)
            if victim == "driver":
                process.send_signal(signal.SIGKILL)
                process.wait()
                process = started(command)  # at once, while the workers of the dead one may live
            else:
                os.kill(_briefers(process.pid)[0], signal.SIGKILL)
        said = process.communicate()[1]
        stats = served.stats()
    return stats["calls"], subprocess.CompletedProcess(command, process.returncode, "", said)


def started(command: Sequence[str]) -> "subprocess.Popen[str]":
    """Start a command whose standard error can be read."""
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def _briefers(driver: int) -> list[int]:
    """Return the processes of a driver's own Ray that brief."""
    named = {}
    for pid in descendants(driver):
        try:
            named[pid] = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
    return [pid for pid, name in named.items() if b"Briefer" in name]


def _kill(folder: Path, victim: str) -> None:
    came = killed(folder, (victim, victim))
    print(f"  {came.told}")
    print(f"  calls more than articles: {came.more_calls}, allowed 2 kills x 32 in flight = 64; {last_line(came.done)}")


def worker(folder: Path) -> None:
    """kill -9 of a worker, twice."""
    _kill(folder, "worker")


def driver(folder: Path) -> None:
    """kill -9 of the driver, twice, each time followed by the same command."""
    _kill(folder, "driver")


def limit(folder: Path, articles: int = 300, more: Sequence[str] = (), burst: int = 1) -> float:
    """600 requests a minute over two workers; `burst`: how many the service lets come at once."""
    archive, out = folder / "archive.jsonl", folder / "out"
    write_archive(archive, articles)
    with serving(["--latency", "500", "--rpm", "600", "--burst", str(burst)]) as served:
        limited = ("--concurrency", "64", "--processes", "2", "--rpm", "600")
        done = run([*Told(archive, served.url, limited).ray(out), *more])
        stats = served.stats()
    share = stats["rejected"] / stats["calls"]
    used = stats["answered"] / (10 * stats["seconds"])
    print(f"  {stats['calls']} calls, {stats['rejected']} rejected ({share:.2%}), {used:.0%} of the limit used")
    print(f"  {accounted(out, articles)}; {last_line(done)}")
    return float(share)


def poison(folder: Path, articles: int = 100) -> tuple[int, int]:
    """A text of 50 MB in a table, and a PDF file whose reader breaks; all others are briefed."""
    archive, out = folder / "archive", folder / "out"
    archive.mkdir()
    write_archive(archive / "a.jsonl", articles)
    with (archive / "a.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": "huge", "text": "园区" * 25_000_000}, ensure_ascii=False) + "\n")
        file.write(
            json.dumps({"id": "after", "text": "青岚高新区新签约项目101个，总投资8亿元。"}, ensure_ascii=False) + "\n"
        )
    (archive / "b.pdf").write_bytes(b"%PDF-1.7\n" + os.urandom(1000))
    (archive / "c.parquet").write_bytes(b"PAR1" + os.urandom(1000))
    done = run(Told(archive, None).ray(out))
    found = tables(out / "tables")
    print(
        f"  {len(found['articles'])} of {articles + 1} articles briefed; {len(found['unreadable'])} rows in unreadable:"
    )
    for row in found["unreadable"]:
        print(f"    {row['reason'][:110]}")
    print(f"  exit {done.returncode}; {last_line(done)}")
    return len(found["articles"]), len(found["unreadable"])


def last_line(done: "subprocess.CompletedProcess[str]") -> str:
    """Return the line by which a run says how it ended."""
    lines = done.stderr.strip().splitlines()
    return next((line for line in lines if " articles in " in line), lines[-1] if lines else "")


TRIALS: Final[dict[str, Trial]] = {
    trial.__name__: trial for trial in (pace, cores, equal, worker, driver, limit, poison)
}


if __name__ == "__main__":
    run_trials(__doc__, TRIALS)
