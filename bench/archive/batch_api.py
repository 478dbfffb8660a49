"""What becomes of an archive over the batch API when all goes wrong that can: nothing may be lost or paid twice.

    python -m bench.archive.batch_api [--articles 1000] [--errors 0.03] [--expire 1] [--kills 2]

The provider tells its lines in any order, fails a share of them, and lets a batch expire half done; the process is
killed with SIGKILL between the submission of a batch and the first look after it. Takes some minutes, for a run looks
after a batch no earlier than half a minute after its submission.
"""

import argparse
import contextlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from bench.archive.articles import write_archive
from bench.archive.replies import MODEL
from bench.archive.serving import ROOT, Served, serving

_SUBMITTED: Final = "was submitted"


def run_once(archive: Path, store: Path, url: str, *, kill: bool) -> int:
    """Run, or resume, the archive; with `kill` until a batch was submitted. Return the exit code."""
    command = [
        *(sys.executable, "-m", "summarizer", "batch", str(archive), "--store", str(store)),
        *("--model", MODEL, "--base-url", url, "--via", "batch-api"),
    ]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            print(f"  {line}", end="", flush=True)
            if kill and _SUBMITTED in line:
                process.send_signal(signal.SIGKILL)
                break
        return process.wait()


def query(store: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return what the store says."""
    with contextlib.closing(sqlite3.connect(store)) as db:
        return db.execute(sql).fetchall()


def report(archive_articles: int, store: Path, served: Served) -> None:
    """Print what became of the articles and of the money."""
    stats = served.stats()
    [(briefs,)] = query(store, "SELECT count(*) FROM briefs")
    kinds = query(store, "SELECT kind, count(*) FROM failures GROUP BY kind ORDER BY kind")
    [(kept,)] = query(store, "SELECT count(*) FROM requests WHERE state = 'answered' AND status = 200")
    [(booked, tokens)] = query(store, "SELECT count(*), sum(prompt) FROM attempts WHERE status = 200")
    batches = query(store, "SELECT outcome, count(*), sum(requests) FROM batches GROUP BY outcome ORDER BY outcome")
    failures = sum(count for _, count in kinds)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds) or "none"
    print(f"articles {archive_articles}: {briefs} briefs, {failures} failures ({told})")
    print(f"lost articles: {archive_articles - briefs - failures}")
    print(f"answers paid at the provider {stats['answered']}, kept {kept}, booked {booked}")
    print(f"paid twice or lost: {stats['answered'] - kept}")
    print(f"prompt tokens billed {stats['prompt_tokens']}, booked {tokens}")
    print("batches:", ", ".join(f"{count} {outcome} with {asked} questions" for outcome, count, asked in batches))
    print("the provider's faults:", stats["faults"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--errors", type=float, default=0.03, help="share of lines that fail")
    parser.add_argument("--expire", type=int, default=1, metavar="K", help="the K-th batch expires")
    parser.add_argument("--kills", type=int, default=2, help="runs that are killed after their first submission")
    parser.add_argument("--seconds", type=float, default=2.0, help="until a batch is done")
    told = parser.parse_args()
    options = ["--batch-seconds", told.seconds, "--batch-errors", told.errors, "--batch-expire", told.expire]
    with tempfile.TemporaryDirectory() as folder, serving([str(option) for option in options]) as served:
        archive, store = Path(folder) / "archive.jsonl", Path(folder) / "briefs.db"
        write_archive(archive, told.articles)
        started = time.perf_counter()
        for turn in range(told.kills + 1):
            print(f"run {turn + 1}:", flush=True)
            code = run_once(archive, store, served.url, kill=turn < told.kills)
            print(f"  ended with {code}", flush=True)
        print(f"{time.perf_counter() - started:.0f} s in all")
        report(told.articles, store, served)


if __name__ == "__main__":
    main()
