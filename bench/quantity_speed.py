"""Times our number grammar alone: a million characters, from 1 kB to 5 MB, and input that is made to be slow."""

import statistics
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Final

from summarizer.quantities import find_periods, scan

_MILLION: Final = 1_000_000
_RUNS: Final = 5
_SIZES: Final = {"1 kB": 1_000, "10 kB": 10_000, "100 kB": 100_000, "1 MB": 1_000_000, "5 MB": 5_000_000}
_CALLS: Final[dict[str, Callable[[str], object]]] = {"scan": scan, "find_periods": find_periods}


def text_of(parts: Sequence[str], size: int) -> str:
    """Return the parts one after the other, again and again, up to `size` characters."""
    pieces, length = [], 0
    for piece in cycle(parts):
        pieces.append(piece)
        length += len(piece) + 1
        if length > size:
            return "\n".join(pieces)[:size]
    raise ValueError("there are no parts")


def bytes_of(text: str, size: int) -> str:
    """Return the beginning of a text that is `size` bytes of UTF-8 long."""
    return text.encode()[:size].decode(errors="ignore")


def hostile(size: int) -> dict[str, str]:
    """Return texts that lead a careless pattern or parser astray."""
    return {
        "digits": "7" * size,
        "亿": "亿" * size,
        "3亿": "3亿" * (size // 2),
        "一": "一" * size,
        "nested brackets": "（" * (size // 2) + "）" * (size // 2),
        "numbers in brackets": "（3" * (size // 4) + "）" * (size // 4),
        "1-": "1-" * (size // 2),
        "1,": "1," * (size // 2),
        "blanks behind a digit": "1" + " " * size,
        "2023年1月至": "2023年1月至" * (size // 8),
    }


def seconds(call: Callable[[str], object], text: str, runs: int) -> float:
    """Return the median of the seconds that a call takes."""
    seen = []
    for _ in range(runs):
        started = time.perf_counter()
        call(text)
        seen.append(time.perf_counter() - started)
    return statistics.median(seen)


def _row(name: str, texts: Sequence[tuple[str, int]]) -> str:
    cells = []
    for text, runs in texts:
        for call in _CALLS.values():
            taken = seconds(call, text, runs)
            cells.append(f"{taken:10.3f} s {len(text) / taken:12,.0f}")
    return f"  {name:<24}" + "".join(cells)


def report(parts: Sequence[str]) -> None:
    """Print the tables of our speed."""
    print("our speed alone (seconds, characters a second)")
    print(f"  {'':<24}" + "".join(f"{name:>25}" for name in _CALLS))
    print(_row("a million characters", [(text_of(parts, _MILLION), _RUNS)]))
    print("  by size in UTF-8 (linear where characters a second stay)")
    longest = text_of(parts, max(_SIZES.values()))
    for name, size in _SIZES.items():
        print(_row(name, [(bytes_of(longest, size), 1 if size >= _MILLION else _RUNS)]))
    print("  a million characters made to be slow")
    for name, text in hostile(_MILLION).items():
        print(_row(name, [(text, 1)]))
