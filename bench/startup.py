"""Times the program's start: `--help`, one article by the rules, beside `import openai`. Prints medians and ratios.

    python -m bench.startup [ARTICLE] [RUNS]

The commands run in turn, so that a machine whose speed drifts slows all of them alike.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_ARTICLE = _ROOT / "fixtures" / "articles" / "annual_results.txt"


def _wall_seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=_ROOT)
    return time.perf_counter() - started


def main() -> None:
    """Run each command `RUNS` times (7) after one warm-up and print the table."""
    article = sys.argv[1] if len(sys.argv) > 1 else str(_ARTICLE)
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    summarize = [sys.executable, "-m", "summarizer"]
    commands = {
        "import openai": [sys.executable, "-c", "import openai"],
        "summarize --help": [*summarize, "--help"],
        "summarize numbers ARTICLE": [*summarize, "numbers", article],
        "summarize ARTICLE, rules": [*summarize, "--extractor", "rules", article],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            seconds = _wall_seconds(command)
            if run:
                times[name].append(seconds)
    base = statistics.median(times["import openai"])
    for name, seen in times.items():
        median = statistics.median(seen)
        print(f"{name:28} {1000 * median:7.0f} ms   {median / base:5.2f} of `import openai`")


if __name__ == "__main__":
    main()
