"""Compares our number grammar with cn2an, jionlp and quantulum3 on the evaluation set, in accuracy and in speed.

    python -m bench.quantities --setup    once: makes .venv-peers with the versions of bench/peers/requirements.txt
    python -m bench.quantities            prints the tables; without the environment our rows only

Each library gets its best fair use (bench/peers/worker.py) in a process of its own, with lines joined and full-width
digits narrowed, which ours is not given. It is judged only by what it can tell: `-` where it has no such notion, by any
span that touches the fact, and in a table more on what it is made for.
"""

import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from bench import quantity_speed
from bench.accuracy import our_periods
from bench.eval_set import SENTENCES, Passage, passages
from bench.peers.process import NAMES, Worker, installed, set_up
from bench.quantity_score import (
    Part,
    everything,
    in_characters,
    joined,
    money,
    our_readings,
    score_numbers,
    score_periods,
    their_periods,
    their_readings,
)
from summarizer.quantities import find_periods, scan

_OURS: Final = "summarizer"
_RUNS: Final = 5
WARM_UP: Final = 100
"""Texts that are read before the clock starts, as in the worker: readers in turn find the machine's caches cold."""
_UNITLESS: Final = {"quantulum3": frozenset({"count"})}
"""Kinds whose units a library does not tell by design; cn2an tells none at all."""
_NOTES: Final = """
found: a fact that any reading touches. value, unit, all right: shares of all facts, not of those found.
all right: value and unit; of ours also exact span, qualifier and kind. cn2an has no units, quantulum3 none for counts
(its units are shares of the other kinds). false: readings where the gold has no fact; cn2an converts numerals and does
not claim that they are facts. chars/s: the library's own call on every passage, median of five, in turn: scan,
cn2an.transform, jionlp extract_money (money alone) and extract_time, quantulum3 parse.
Mind: our grammar was mended with this set in view, the libraries were not; for them it is unseen.
"""


def _parts() -> list[Part]:
    chinese: list[Passage] = []
    english: list[Passage] = []
    for path in sorted(SENTENCES.glob("*.jsonl")):
        (english if "english" in path.stem else chinese).extend(passages([path]))
    return [
        Part("the whole set", chinese + english, everything, NAMES),
        Part("cn2an's part: numbers with Chinese numerals", chinese, in_characters, ("cn2an",)),
        Part("jionlp's part: money in Chinese", chinese, money, ("jionlp",)),
        Part("quantulum3's part: English", english, everything, ("quantulum3",)),
    ]


def _seconds(call: Any, texts: Sequence[str]) -> float:  # noqa: ANN401 (any function of a text)
    for text in texts[:WARM_UP]:
        call(text)
    started = time.perf_counter()
    for text in texts:
        call(text)
    return time.perf_counter() - started


def _speeds(texts: Sequence[str], workers: dict[str, Worker], what: str) -> dict[str, float]:
    """Return characters a second of every reader, the median of runs in turn."""
    seen: dict[str, list[float]] = {name: [] for name in (_OURS, *workers)}
    for _ in range(_RUNS):
        seen[_OURS].append(_seconds(scan if what == "numbers" else find_periods, texts))
        for name, worker in workers.items():
            seen[name].append(worker.ask({"time": list(texts), "what": what})["seconds"])
    return {name: sum(map(len, texts)) / statistics.median(runs) for name, runs in seen.items()}


def _read(items: Sequence[Passage], worker: Worker) -> dict[str, Any]:
    published = [None if item.published is None else item.published.isoformat() for item in items]
    plain = [joined(item.text) for item in items]
    answer = worker.ask({"texts": [text for text, _ in plain], "published": published})
    for found in answer.values():
        for one, (_, places) in zip(found, plain, strict=True):
            for item in one or ():
                item["start"], item["end"] = places[item["start"]], places[item["end"] - 1] + 1
    return answer


def _start(names: Sequence[str]) -> dict[str, Worker]:
    """Start the libraries that can be started; say of the others that they cannot."""
    workers = {}
    for name in names:
        worker = Worker(name)
        try:
            worker.ask({"texts": [], "published": []})
        except RuntimeError as error:
            print(f"{name}: no row, {error}; {sys.executable} -m bench.quantities --setup makes the environment anew")
            continue
        workers[name] = worker
    return workers


def _share(counts: Counter[str], part: str, whole: str) -> str:
    return f"{100 * counts[part] / counts[whole]:.1f}" if counts[whole] else "-"


def _number_row(name: str, counts: Counter[str], speed: float) -> str:
    shares = [_share(counts, part, "facts") for part in ("span", "found", "value")]
    unit = "-" if name == "cn2an" else _share(counts, "unit", "with unit")
    cells = [*shares, unit, _share(counts, "all right", "facts"), str(counts["false"]), f"{speed:,.0f}"]
    return f"  {name:<12}" + "".join(f"{cell:>11}" for cell in cells)


def _print_numbers(workers: dict[str, Worker]) -> None:
    heads = ("exact span", "found", "value", "unit", "all right", "false", "chars/s")
    for part in _parts():
        there = {name: workers[name] for name in part.readers if name in workers}
        speeds = _speeds([item.text for item in part.passages], there, "numbers")
        rows = {_OURS: score_numbers(part, [our_readings(item.text) for item in part.passages], frozenset())}
        for name, worker in there.items():
            answers = [their_readings(found) for found in _read(part.passages, worker)["readings"]]
            rows[name] = score_numbers(part, answers, _UNITLESS.get(name, frozenset()))
        print(f"\n{part.title} ({rows[_OURS]['facts']} facts)")
        print(f"  {'':<12}" + "".join(f"{head:>11}" for head in heads))
        for name, counts in rows.items():
            print(_number_row(name, counts, speeds[name]))


def _print_periods(workers: dict[str, Worker]) -> None:
    items = _parts()[1].passages
    there = {name: worker for name, worker in workers.items() if name == "jionlp"}
    speeds = _speeds([item.text for item in items], there, "periods")
    rows = {_OURS: score_periods(items, [our_periods(item.text, item.published) for item in items])}
    for name, worker in there.items():
        rows[name] = score_periods(items, [their_periods(found) for found in _read(items, worker)["periods"]])
    print(f"\nperiods in Chinese ({rows[_OURS]['dates']} dates, {rows[_OURS]['dated']} with days)")
    print(f"  {'':<12}{'exact span':>11}{'found':>11}{'days':>11}{'chars/s':>11}")
    for name, counts in rows.items():
        shares = _share(counts, "span", "dates"), _share(counts, "found", "dates"), _share(counts, "days", "dated")
        print(f"  {name:<12}" + "".join(f"{cell:>11}" for cell in (*shares, f"{speeds[name]:,.0f}")))


def main(arguments: list[str]) -> None:
    """Print the comparison, then our speed alone."""
    if "--setup" in arguments:
        set_up()
        return
    items = _parts()[0].passages
    if not items:
        print(f"the evaluation set is not there: {SENTENCES.name}/*.jsonl")
        return
    if not installed():
        print("Our rows only; `python -m bench.quantities --setup` gets the other libraries (about 550 MB).")
    workers = _start(NAMES) if installed() else {}
    _print_numbers(workers)
    _print_periods(workers)
    print(_NOTES)
    for worker in workers.values():
        worker.close()
    quantity_speed.report([item.text for item in items])


if __name__ == "__main__":
    main(sys.argv[1:])
