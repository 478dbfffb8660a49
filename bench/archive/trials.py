"""What a batch survives, tried on the real command against the fake service; prints what came of it.

    python -m bench.archive.trials                 all of them
    python -m bench.archive.trials mixed kill      some: mixed, kill, disk, two, tpm, learned, budget

`mixed`: a fifth of all calls fail in one of seven ways. `kill`: kill -9 at five random moments, each followed by the
same command. `disk`: a store on a disk that fills up (a small tmpfs, so it needs root). `two`: two processes on one
store at once. `tpm`, `learned`: a limit of tokens a minute, named with --tpm or by nobody. `budget`: an amount that
ends in mid-archive, then is raised.
"""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from bench.archive.articles import write_archive
from bench.archive.serving import ROOT, Served, serving
from bench.trying import Trial, run_trials
from tests.archives import rows

_SEED: Final = 20261124
_POLICY: Final = 1 + 4
"""Requests of one question at most: the first and four busy retries."""


def command(archive: Path, store: Path, served: Served, *more: str) -> list[str]:
    """Return the command of a batch."""
    told = ("--model", "bench-1", "--base-url", served.url, *more)
    return [sys.executable, "-m", "summarizer", "batch", str(archive), "--store", str(store), *told]


def run(archive: Path, store: Path, served: Served, *more: str) -> "subprocess.CompletedProcess[str]":
    """Run a batch to its end."""
    return subprocess.run(
        command(archive, store, served, *more), cwd=ROOT, capture_output=True, text=True, check=False, timeout=1800
    )


def ask(store: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return what a store says to a query."""
    with closing(sqlite3.connect(store)) as db:
        return db.execute(sql).fetchall()


def accounted(store: Path, articles: int) -> str:
    """Say how many articles ended how, and how many were lost."""
    briefs = ask(store, "SELECT count(*) FROM briefs")[0][0]
    failures = ask(store, "SELECT kind, count(*) FROM failures GROUP BY kind ORDER BY kind")
    failed = sum(count for _, count in failures)
    both = ask(
        store,
        "SELECT count(*) FROM failures f JOIN articles a ON a.document_id = f.document_id AND a.position = f.position"
        " JOIN briefs b ON b.article_id = a.id",
    )[0][0]
    kinds = ", ".join(f"{kind} {count}" for kind, count in failures) or "none"
    sound = ask(store, "PRAGMA integrity_check")[0][0]
    return (
        f"{articles} articles: {briefs} briefs, {failed} failures ({kinds}), {articles - briefs - failed} lost, "
        f"{both} both; integrity {sound}"
    )


def mixed(folder: Path) -> None:
    """A fifth of all calls fail."""
    archive, store = folder / "archive.jsonl", folder / "briefs.db"
    write_archive(archive, 1000)
    with serving(["--latency", "50", "--faults", "mixed=0.2,sticky=0.02,wait=3,retry_after=1"]) as served:
        started = time.monotonic()
        done = run(archive, store, served, "--concurrency", "64", "--timeout", "1.5")
        stats = served.stats()
        print(f"  {accounted(store, 1000)}; {time.monotonic() - started:.0f} s, exit {done.returncode}")
        calls: dict[str, dict[str, int]] = stats["by_article"]
        print(f"  {stats['calls']} calls, faults {json.dumps(stats['faults'])}")
        print(f"  articles paid more than once: {stats['paid_more_than_once']}")
        del calls
    most = ask(store, "SELECT max(n) FROM (SELECT count(*) AS n FROM attempts GROUP BY document_id, position)")[0][0]
    print(f"  most requests for one article: {most}")


def kill(folder: Path) -> None:
    """kill -9 at five random moments."""
    chance = random.Random(_SEED)
    archive, undisturbed, store = folder / "archive.jsonl", folder / "undisturbed.db", folder / "killed.db"
    write_archive(archive, 2000, 10)
    in_flight = 32
    with serving(["--latency", "200"]) as served:
        run(archive, undisturbed, served, "--concurrency", str(in_flight))
        calls = served.stats()["calls"]
        served.reset()
        for _ in range(5):
            process = subprocess.Popen(
                command(archive, store, served, "--concurrency", str(in_flight)), cwd=ROOT, stderr=subprocess.DEVNULL
            )
            aim = served.stats()["calls"] + chance.randint(50, 350)
            while served.stats()["calls"] < aim and process.poll() is None:
                time.sleep(0.01)
            process.send_signal(signal.SIGKILL)
            process.wait()
            done = ask(store, "SELECT count(*) FROM briefs")[0][0] if store.exists() else 0
            print(f"  killed with {done} briefs in the store")
        last = run(archive, store, served, "--concurrency", str(in_flight))
        again = served.stats()["calls"] - calls
    print(f"  {last.stderr.strip().splitlines()[-2]}")
    same = {table: rows(undisturbed)[table] == found for table, found in rows(store).items()}
    print(f"  the same as undisturbed, row for row: {all(same.values())} ({len(same)} tables)")
    print(f"  requests more than undisturbed: {again}, allowed 5 kills x {in_flight} in flight = {5 * in_flight}")


def disk(folder: Path) -> None:
    """A disk that fills up."""
    archive, small = folder / "archive.jsonl", folder / "small"
    write_archive(archive, 2000)
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(small)], check=False, capture_output=True
    )
    if mounted.returncode:
        print("  not tried: no tmpfs can be mounted here")
        return
    try:
        with serving(["--latency", "20"]) as served:
            done = run(archive, small / "briefs.db", served, "--concurrency", "32")
            paid = served.stats()["answered"]
            kept = ask(small / "briefs.db", "SELECT count(*) FROM briefs")[0][0]
            sound = ask(small / "briefs.db", "PRAGMA integrity_check")[0][0]
            print(f"  exit {done.returncode}; {done.stderr.strip().splitlines()[-1]}")
            print(f"  {kept} briefs kept of {paid} paid; integrity {sound}")
            subprocess.run(["mount", "-o", "remount,size=400m", str(small)], check=True)
            run(archive, small / "briefs.db", served, "--concurrency", "32")
            print(f"  with room again: {accounted(small / 'briefs.db', 2000)}")
            print(f"  paid in all: {served.stats()['answered']}")
    finally:
        subprocess.run(["umount", str(small)], check=False)


def two(folder: Path) -> None:
    """Two processes on one store."""
    archive, store = folder / "archive.jsonl", folder / "briefs.db"
    write_archive(archive, 2000)
    with serving(["--latency", "200"]) as served:
        both = [
            subprocess.Popen(
                command(archive, store, served, "--concurrency", "32"), cwd=ROOT, stderr=subprocess.PIPE, text=True
            )
            for _ in range(2)
        ]
        for process in both:
            said = process.communicate()[1].strip().splitlines()
            print(f"  exit {process.returncode}; {said[-2]}")
        stats = served.stats()
        print(f"  {accounted(store, 2000)}; {stats['calls']} calls, paid twice {stats['paid_more_than_once']}")


def _limited(folder: Path, *more: str) -> None:
    tpm, articles = 600_000, 700
    archive, store = folder / "archive.jsonl", folder / "briefs.db"
    write_archive(archive, articles)
    with serving(["--latency", "500", "--tpm", str(tpm), "--burst", "1"]) as served:
        run(archive, store, served, "--concurrency", "64", *more)
        stats = served.stats()
        seconds = stats["seconds"]
        late = stats["calls"] * max(0.0, seconds - 10) / seconds
        used = stats["tokens_granted"] / (tpm / 60 * seconds)
        print(f"  {accounted(store, articles)}; {seconds:.0f} s")
        print(f"  {stats['tokens_granted']:,} tokens granted, {used:.1%} of what {tpm:,} a minute allow")
        share = stats["rejected_after_10s"] / max(late, 1)
        print(f"  {stats['rejected']} calls rejected, {stats['rejected_after_10s']} after ten seconds ({share:.2%})")


def tpm(folder: Path) -> None:
    """A limit that the user names."""
    _limited(folder, "--tpm", "600000")


def learned(folder: Path) -> None:
    """A limit that nobody names."""
    _limited(folder)


def write_prices(path: Path) -> None:
    """Write a list of prices that has the fake service's model."""
    row = {"name": "bench-1", "input": "1", "output": "2"}
    listed = {
        "provider": "bench",
        "hosts": ["127.0.0.1"],
        "currency": "USD",
        "source": "made up",
        "as_of": "2026-11-24",
    }
    listed |= {"models": [row]}
    path.write_text(json.dumps({"lists": [listed]}), encoding="utf-8")


def budget(folder: Path) -> None:
    """An amount that ends in mid-archive, then is raised."""
    archive, store, prices = folder / "archive.jsonl", folder / "briefs.db", folder / "prices.json"
    write_archive(archive, 400)
    write_prices(prices)
    with serving(["--latency", "100"]) as served:
        for limit in ("0.50", "0.50", "1.20"):
            done = run(archive, store, served, "--concurrency", "32", "--prices", str(prices), "--budget", limit)
            spent = Decimal(ask(store, "SELECT sum(cost_nano) FROM attempts")[0][0] or 0) / 10**9
            dearest = Decimal(ask(store, "SELECT max(cost_nano) FROM attempts")[0][0] or 0) / 10**9
            briefs = ask(store, "SELECT count(*) FROM briefs")[0][0]
            print(
                f"  budget {limit}: spent {spent}, {briefs} briefs, dearest article {dearest}; exit {done.returncode}"
            )
            print(f"    {done.stderr.strip().splitlines()[-1]}")


TRIALS: Final[dict[str, Trial]] = {trial.__name__: trial for trial in (mixed, kill, disk, two, tpm, learned, budget)}


if __name__ == "__main__":
    run_trials(__doc__, TRIALS)
