"""Tells how many short texts are read right in each encoding. Prints shares and the misses.

    python -m bench.encodings [-v] [SEED]

1,000 cuts of 30 to 200 characters of the articles in fixtures/: simplified, traditional and English, and lines of
mostly ASCII; each written in every encoding that can hold it, read as a file, and compared character by character.
"""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from summarizer.charset import decode
from summarizer.clean import detect_language

_FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
_CUTS = 1000
_SHORTEST, _LONGEST = 30, 200
_SEED = 20231
_MIXED = 0.25
"""Least share of ASCII in a Chinese cut that is called mixed."""
_ENCODINGS = (
    *("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16-le", "utf-16-be"),
    *("utf-16-le with mark", "utf-16-be with mark"),
)
_MARKS = {"utf-16-le with mark": b"\xff\xfe", "utf-16-be with mark": b"\xfe\xff"}


class Cut(NamedTuple):
    """A piece of an article."""

    text: str
    kind: str
    """simplified, traditional, english, ascii or mixed."""


def _articles() -> dict[str, list[str]]:
    """Return the texts of the articles by language."""
    texts: dict[str, list[str]] = defaultdict(list)
    for folder in ("articles", "eval/articles"):
        for path in sorted((_FIXTURES / folder).glob("*.txt")):
            decoded = decode(path.read_bytes())
            if decoded is not None:
                texts[detect_language(decoded.text)].append(decoded.text)
    return texts


def _cuts(seed: int) -> Iterator[Cut]:
    chance = random.Random(seed)
    texts = _articles()
    for number in range(_CUTS):
        language = ("zh-Hans", "zh-Hans", "zh-Hant", "en")[number % 4]
        text = chance.choice(texts[language])
        size = chance.randint(_SHORTEST, _LONGEST)
        start = chance.randrange(max(1, len(text) - size))
        cut = text[start : start + size].strip()
        if number % 20 == 7:  # a caption, a table row: Latin names and figures among a few Chinese words
            cut = f"Park A-{number} {number * 37}.5% " * 2 + cut[:20] + " (Phase II, 2023)"
        yield Cut(cut, _kind(cut, language))


def _kind(cut: str, language: str) -> str:
    if cut.isascii():
        return "ascii"
    if language == "en":
        return "english"
    if sum(char.isascii() for char in cut) >= _MIXED * len(cut):
        return "mixed"
    return "simplified" if language == "zh-Hans" else "traditional"


def _written(cut: Cut, encoding: str) -> bytes | None:
    """Return the cut as bytes; None where the encoding does not hold it, or nobody would use it for that."""
    if encoding in _MARKS:
        return _MARKS[encoding] + cut.text.encode(encoding.partition(" ")[0])
    if encoding == "big5" and cut.kind == "simplified":
        return None
    try:
        return cut.text.encode(encoding)
    except UnicodeEncodeError:
        return None


def main() -> None:
    """Print the share of cuts read right, by encoding and by kind."""
    verbose = "-v" in sys.argv
    seeds = [int(word) for word in sys.argv[1:] if word.isdigit()]
    tried: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for cut in _cuts(seeds[0] if seeds else _SEED):
        for encoding in _ENCODINGS:
            content = _written(cut, encoding)
            if content is None:
                continue
            tried[encoding, cut.kind] += 1
            decoded = decode(content)
            if decoded is not None and decoded.text == cut.text:
                right[encoding, cut.kind] += 1
            elif verbose:
                print(f"{encoding}, {cut.kind}: {cut.text!r}\n    read as {decoded!r}")
    kinds = sorted({kind for _, kind in tried})
    print(f"{'encoding':20}{'all':>16}" + "".join(f"{kind:>14}" for kind in kinds))
    for encoding in _ENCODINGS:
        shares = [(right[encoding, kind], tried[encoding, kind]) for kind in kinds]
        total = (sum(share[0] for share in shares), sum(share[1] for share in shares))
        print(f"{encoding:20}{_share(*total):>16}" + "".join(f"{_share(*share):>14}" for share in shares))
    print(f"{'all':20}{_share(right.total(), tried.total()):>16}")


def _share(right: int, tried: int) -> str:
    return f"{right}/{tried} {100 * right / tried:.1f}" if tried else "-"


if __name__ == "__main__":
    main()
