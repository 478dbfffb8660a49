"""Scores which articles are recognised as one telling: `python -m bench.tellings [-v]`.

Every article of the repository is printed again in many harmless ways (which must be linked) and with one harmful
change each (which must not); articles by one template and all pairs of different articles must not be linked either.
Then CPU time for a text and for a pair. `-v` shows each miss; false links are always shown.
"""

import itertools
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from bench.planted_tellings import harmful, reprints, templated
from bench.split import PAGES
from bench.true_drafts import ROOT
from summarizer.archive.telling import are_candidates, marks_of, same_telling
from summarizer.pages import articles_of
from summarizer.read import read_document

_SEED: Final = 7
_LEAST_CHARS: Final = 120
_REPRINTS: Final = 3
"""Most mixed reprints of an article, all linked with it, that each harmful change is held against."""


class Shown(NamedTuple):
    """A pair that came out wrong."""

    kind: str
    name: str
    note: str


def texts() -> dict[str, str]:
    """Return the clean text of the Chinese articles of the fixtures, of the evaluation set and of the pages.

    Without those of a few lines: they have nothing that proves them the same story under another headline.
    """
    folders = [ROOT / "fixtures/articles", ROOT / "fixtures/eval/articles", PAGES]
    return {
        f"{path.stem}.{place}": article.text
        for folder in folders
        for path in sorted(folder.glob("*.txt"))
        for place, article in enumerate(articles_of(read_document(path)))
        if article.language != "en" and len(article.text) >= _LEAST_CHARS
    }


def measure_reprints(articles: dict[str, str]) -> tuple[dict[str, list[int]], list[Shown]]:
    """Return for each kind of reprint how many there are, how many are candidates and how many linked; the misses."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    missed = []
    for name, text in articles.items():
        marks = marks_of(text)
        for kind, reprint in reprints(text, random.Random(f"{_SEED}{name}")):
            candidate = are_candidates(marks, marks_of(reprint))
            linked = candidate and same_telling(text, reprint)
            for place, value in enumerate((True, candidate, linked)):
                counts[kind][place] += value
            if not linked:
                missed.append(Shown(kind, name, "no candidate" if not candidate else reprint[:80].replace("\n", "⏎")))
    return dict(counts), missed


def measure_harm(articles: dict[str, str]) -> tuple[dict[str, list[int]], list[Shown]]:
    """Return for each kind of harmful change how many pairs there are and how many are linked, and these."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    linked = []
    for name, text in articles.items():
        rng = random.Random(f"{_SEED}{name}")
        mixed = [reprint for kind, reprint in reprints(text, rng) if kind == "mixed" and same_telling(text, reprint)]
        printings = [text, *mixed[:_REPRINTS]]
        for kind, note, changed in harmful(text, rng):
            for printing in printings:
                counts[kind][0] += 1
                if same_telling(printing, changed) or same_telling(changed, printing):
                    counts[kind][1] += 1
                    linked.append(Shown(kind, name, note))
    return dict(counts), linked


def measure_pairs(articles: dict[str, str]) -> tuple[int, int, list[Shown]]:
    """Return how many pairs of different articles there are, how many are candidates, and those that are linked."""
    marks = {name: marks_of(text) for name, text in articles.items()}
    pairs = list(itertools.combinations(articles, 2))
    shared = sum(are_candidates(marks[one], marks[other]) for one, other in pairs)
    linked = [
        Shown("pair", f"{one} {other}", "") for one, other in pairs if same_telling(articles[one], articles[other])
    ]
    return len(pairs), shared, linked


def milliseconds(call: Callable[[], object], runs: int = 50) -> float:
    """Return the median CPU time of a call over five rounds."""
    rounds = []
    for _ in range(5):
        started = time.process_time()
        for _ in range(runs):
            call()
        rounds.append((time.process_time() - started) / runs)
    return 1000 * statistics.median(rounds)


def _timings(articles: dict[str, str]) -> Iterator[str]:
    near = [text for text in articles.values() if 700 <= len(text) <= 900]
    pairs = [(text, dict(reprints(text, random.Random(_SEED)))["mixed"]) for text in near]
    others = list(itertools.pairwise(near))
    marks = milliseconds(lambda: [*map(marks_of, near)]) / len(near)
    yield f"marks_of, a text of 700 to 900 characters: {marks:.3f} ms"
    same = milliseconds(lambda: [same_telling(*pair) for pair in pairs], 5) / len(pairs)
    apart = milliseconds(lambda: [same_telling(*pair) for pair in others], 5) / len(others)
    yield f"same_telling, a reprint: {same:.2f} ms; two different articles: {apart:.3f} ms"


def main() -> None:
    """Print the tables."""
    articles = texts()
    counts, missed = measure_reprints(articles)
    print(f"{len(articles)} articles, reprints: kind, number, candidates, linked")
    for kind, (number, shared, linked) in counts.items():
        print(f"  {kind:28}{number:6}{shared / number:8.1%}{linked / number:8.1%}")
    if "-v" in sys.argv:
        print(*missed, sep="\n")
    harm, wrong = measure_harm(articles)
    print("harmful changes: kind, pairs, false links")
    for kind, (number, linked) in harm.items():
        print(f"  {kind:28}{number:6}{linked:6}")
    print(f"  {'in all':28}{sum(row[0] for row in harm.values()):6}{len(wrong):6}")
    for what, among in (("different articles", articles), ("articles by a template", templated(random.Random(_SEED)))):
        pairs, shared, linked_pairs = measure_pairs(among)
        print(f"pairs of {what}: {pairs}, {shared} are candidates, {len(linked_pairs)} false links")
        wrong += linked_pairs
    print(*wrong, sep="\n")
    print(*_timings(articles), sep="\n")


if __name__ == "__main__":
    main()
