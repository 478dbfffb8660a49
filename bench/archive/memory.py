"""Whether a batch's memory grows with its archive, and what resuming a finished one costs.

    python -m bench.archive.memory [--articles 100000] [--concurrency 64] [--client ours]

The service answers at once, so that the client works as hard as it can. Memory is that of the whole process tree.
"""

import argparse
import tempfile
import time
from pathlib import Path
from typing import Final

from bench.archive.articles import write_archive
from bench.archive.clients import CLIENTS, Job, run_client
from bench.archive.processes import Used
from bench.archive.serving import serving

_TENTHS: Final = 10


class Sampled:
    """Megabytes through time."""

    def __init__(self) -> None:
        self.samples: list[tuple[float, float]] = []

    def see(self, used: Used) -> None:
        """Keep a sample; of a process that has just ended there is none."""
        if used.processes:
            self.samples.append((time.monotonic(), used.megabytes))

    def peaks(self, start: float, end: float) -> list[float]:
        """Return the peak of each tenth of a stretch of time."""
        tenth = (end - start) / _TENTHS
        peaks = [0.0] * _TENTHS
        for when, megabytes in self.samples:
            place = int((when - start) / tenth)
            if 0 <= place < _TENTHS:
                peaks[place] = max(peaks[place], megabytes)
        return peaks


def main() -> None:
    """Run an archive, print the peaks, then resume it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--client", choices=CLIENTS, default="ours")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving() as served:
        archive, out = Path(folder) / "archive.jsonl", Path(folder) / "out"
        out.mkdir()
        write_archive(archive, told.articles)
        command = CLIENTS[told.client](Job(archive, out, served.url, told.concurrency))
        sampled = Sampled()
        run = run_client(command, served, sampled.see)
        ended = time.monotonic()
        peaks = sampled.peaks(ended - run.wall, ended)
        print(f"{told.client}: {run.stats['articles_answered']:,} articles in {run.wall:.1f} s, ", end="")
        print(
            f"{told.articles / run.wall:,.0f} a second, {1000 * run.cpu / told.articles:.2f} ms CPU an article, ",
            end="",
        )
        print(f"{run.stats['calls'] - told.articles} calls too many, {run.processes} processes")
        print(f"archive {_megabytes(archive):.0f} MB, written {sum(map(_megabytes, out.iterdir())):.0f} MB")
        print("peak MB of each tenth:", *(f"{peak:.0f}" for peak in peaks))
        print(f"peak {run.peak_megabytes:.0f} MB; last tenth / first {peaks[-1] / peaks[0]:.2f}" if peaks[0] else "")
        resumed = run_client(command, served)
        seconds, cpu = resumed.startup + resumed.wall, resumed.startup_cpu + resumed.cpu
        print(f"resumed: {seconds:.1f} s, {cpu:.1f} s CPU, {resumed.stats['calls']} calls, ", end="")
        print(f"{resumed.peak_megabytes:.0f} MB")


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6


if __name__ == "__main__":
    main()
