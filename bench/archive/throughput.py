"""Times `summarize batch` beside the loop that a user would write and beside raw aiohttp, on one fake service.

    python -m bench.archive.throughput fixed500 --runs 5
    python -m bench.archive.throughput fast50 --clients loop,aiohttp

Clients run in turn, so that a machine whose speed drifts slows all of them alike; the table shows medians. Efficiency
is ceil(N / C) x latency over the time from the first question to the end of the process; start-up stands apart.
"""

import argparse
import math
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from bench.archive.articles import write_archive
from bench.archive.clients import CLIENTS, ClientFailed, Job, Run, run_client
from bench.archive.serving import serving


class Scenario(NamedTuple):
    """How many articles, how slow a service, how many questions at once."""

    articles: int
    latency_ms: int
    concurrency: int

    @property
    def ideal_seconds(self) -> float:
        """What a client without any cost of its own would take."""
        return math.ceil(self.articles / self.concurrency) * self.latency_ms / 1000


SCENARIOS: Final = {
    "fixed500": Scenario(400, 500, 64),
    "slow2000": Scenario(400, 2000, 64),
    "fast50": Scenario(4000, 50, 256),
}
_BESIDE: Final = "loop"
"""The client whose figures the ratios are to."""


def measure(scenario: Scenario, names: Sequence[str], runs: int) -> dict[str, list[Run]]:
    """Return the runs of each client. One that fails is told of and does not count; twice without success is enough."""
    made: dict[str, list[Run]] = {name: [] for name in names}
    failures = dict.fromkeys(names, 0)
    with tempfile.TemporaryDirectory() as folder, serving(["--latency", str(scenario.latency_ms)]) as served:
        archive = Path(folder) / "archive.jsonl"
        write_archive(archive, scenario.articles)
        # The first to ask pays for the making of the drafts: a run that nobody counts.
        run_client(CLIENTS["aiohttp"](_job(archive, served.url, scenario)), served)
        for _ in range(runs):
            for name in names:
                if failures[name] > 1 and not made[name]:
                    continue
                try:
                    run = run_client(CLIENTS[name](_job(archive, served.url, scenario)), served)
                except ClientFailed as error:
                    print(error, file=sys.stderr)
                    failures[name] += 1
                    continue
                _tell_if_wrong(name, run, scenario)
                made[name].append(run)
    return {name: runs for name, runs in made.items() if runs}


def _job(archive: Path, url: str, scenario: Scenario) -> Job:
    """Return the job with a fresh folder to write into; all are removed with the archive's."""
    return Job(archive, Path(tempfile.mkdtemp(dir=archive.parent)), url, scenario.concurrency)


def _tell_if_wrong(name: str, run: Run, scenario: Scenario) -> None:
    answered, again = run.stats["articles_answered"], run.stats["paid_more_than_once"]
    if answered != scenario.articles or again or run.stats["calls"] != scenario.articles:
        print(
            f"{name}: {answered} of {scenario.articles} articles answered, {run.stats['calls']} calls, "
            f"{again} paid more than once",
            file=sys.stderr,
        )


def print_table(name: str, scenario: Scenario, made: dict[str, list[Run]]) -> None:
    """Print the medians and the ratios to the loop."""
    count = scenario.articles
    print(f"{name}: {count} articles, latency {scenario.latency_ms} ms, concurrency {scenario.concurrency}")
    columns: dict[str, Callable[[Run], float]] = {
        "wall s": lambda run: run.wall,
        "efficiency": lambda run: scenario.ideal_seconds / run.wall,
        "articles/s": lambda run: count / run.wall,
        "CPU ms/article": lambda run: 1000 * run.cpu / count,
        "peak MB": lambda run: run.peak_megabytes,
        "start-up s": lambda run: run.startup,
        "its CPU s": lambda run: run.startup_cpu,
        "connections": lambda run: run.stats["peak_connections"],
        "outside cores": lambda run: run.outside,
    }
    shown = ["client", *columns, "wall / loop", "CPU / loop", "memory / loop"]
    print("| " + " | ".join(shown) + " |\n|---|" + "--:|" * (len(shown) - 1))
    medians = {
        name: {title: statistics.median(read(run) for run in runs) for title, read in columns.items()}
        for name, runs in made.items()
    }
    for client, figures in medians.items():
        cells = [client, *(_figure(title, figures[title]) for title in columns)]
        for title in ("wall s", "CPU ms/article", "peak MB"):
            beside = medians.get(_BESIDE)
            cells.append(f"{figures[title] / beside[title]:.2f}" if beside else "")
        print("| " + " | ".join(cells) + " |")


def _figure(title: str, figure: float) -> str:
    if title in ("articles/s", "peak MB", "connections"):
        return f"{figure:.0f}"
    return f"{figure:.3f}" if title == "efficiency" else f"{figure:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", nargs="*", help=f"{', '.join(SCENARIOS)} (all)")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--clients", default="ours,loop,aiohttp", help=f"of {', '.join(CLIENTS)}")
    told = parser.parse_args()
    for name in told.scenario or SCENARIOS:
        print_table(name, SCENARIOS[name], measure(SCENARIOS[name], told.clients.split(","), told.runs))
        print(flush=True)


if __name__ == "__main__":
    main()
