"""Scores the split of pages into articles against gold: `python -m bench.split [-v]`; `--joined` parts articles of the
evaluation set that run into each other, `--growth` times long texts.

A line is right where its piece is the one that shares most lines with the line's gold article. Titles and bylines are
compared without white space.
"""

import json
import random
import re
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

from bench.true_drafts import eval_paths
from summarizer.pipeline import articles_of
from summarizer.read import document_from_text
from summarizer.split import Piece, split_page

PAGES: Final = Path(__file__).resolve().parent.parent / "fixtures" / "pages"


def owners(text: str, gold: dict[str, Any]) -> dict[int, int]:
    """Return for each line, from 0, that is not blank the place of its gold article."""
    lines = text.split("\n")
    return {
        line - 1: place
        for place, article in enumerate(gold["articles"])
        for first, last in article["lines"]
        for line in range(first, last + 1)
        if lines[line - 1].strip()
    }


def matched(pieces: list[Piece], wanted: dict[int, int]) -> dict[int, int]:
    """Return which gold article each piece is taken for: most lines in common first, each once."""
    shared = Counter(
        (place, wanted[line]) for place, piece in enumerate(pieces) for line in piece.lines if line in wanted
    )
    found: dict[int, int] = {}
    for (place, article), _ in shared.most_common():
        if place not in found and article not in found.values():
            found[place] = article
    return found


def score(page: Path) -> tuple[int, int, int, int, int, list[str]]:
    """Return lines right, lines, titles right, bylines right, articles, and what is wrong."""
    text = page.read_text(encoding="utf-8")
    gold = json.loads((page.parent / "gold" / f"{page.stem}.json").read_text(encoding="utf-8"))
    pieces, wanted = split_page(text), owners(text, gold)
    found = matched(pieces, wanted)
    right = sum(wanted.get(line) == found.get(place) for place, piece in enumerate(pieces) for line in piece.lines)
    wrong = [
        f"  line {line + 1} {text.splitlines()[line][:24]!r}: piece {place}, gold {wanted.get(line)}"
        for place, piece in enumerate(pieces)
        for line in piece.lines
        if wanted.get(line) != found.get(place)
    ]
    titles = bylines = 0
    for place, piece in enumerate(pieces):
        article = gold["articles"][found[place]] if place in found else {"kind": "", "title": "?", "byline": "?"}
        if article["kind"] in ("article", "brief"):
            titles += _bare(piece.title) == _bare(article["title"])
            bylines += _bare(piece.byline) == _bare(article["byline"])
    count = sum(article["kind"] in ("article", "brief") for article in gold["articles"])
    return right, len(wanted), titles, bylines, count, wrong


_ROLE: Final = re.compile(r"本报|本刊|本報|特约|特約|记者|記者|通讯员|通訊員|^By|/|／")


def _bare(words: str | None) -> str:
    return "".join(_ROLE.sub("", words or "").split())


def joined() -> None:
    """Print how whole articles that run into each other are parted: made pages, on which nothing was tuned by line.

    `plain`: one after the other. `stacked`: their first lines on top of the page. Furniture counts as right.
    """
    texts = [path.read_text(encoding="utf-8") for path, _ in eval_paths()]
    chinese = [[line for line in text.split("\n") if line.strip()] for text in texts if not text[:200].isascii()]
    for mode in ("plain", "stacked"):
        chance = random.Random(4)
        right = lines = exact = 0
        for _ in range(_PAGES_MADE):
            articles = chance.sample(chinese, chance.randint(3, 5))
            heads = 1 if mode == "stacked" else 0
            marked = [(line, place) for place, article in enumerate(articles) for line in article[:heads]]
            marked += [(line, place) for place, article in enumerate(articles) for line in article[heads:]]
            pieces = split_page("\n".join(line for line, _ in marked))
            found = matched(pieces, {number: place for number, (_, place) in enumerate(marked)})
            lines += len(marked)
            right += sum(
                piece.kind == "furniture" or found.get(place) == marked[line][1]
                for place, piece in enumerate(pieces)
                for line in piece.lines
            )
            exact += sum(piece.kind in ("article", "brief") for piece in pieces) == len(articles)
        print(
            f"{mode:8} lines {right}/{lines} {right / lines:7.2%}  as many articles as there are {exact}/{_PAGES_MADE}"
        )


_PAGES_MADE: Final = 60


def growth() -> None:
    """Print seconds and peak memory of splitting one text of 75, 150 and 300 pages, in that order in one process."""
    pages = [page.read_text(encoding="utf-8") for page in sorted(PAGES.glob("*.txt"))]
    for count in (75, 150, 300):
        text = "\f".join(pages[place % len(pages)] for place in range(count))
        started = time.perf_counter()
        found = articles_of(document_from_text(text))
        taken = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count} pages, {len(text.encode()) / 1e6:.2f} MB: {len(found)} articles in {taken:.1f} s, "
            f"{1e6 * taken / len(text):.1f} us a character, peak {peak:.0f} MB"
        )


def main() -> None:
    if "--growth" in sys.argv or "--joined" in sys.argv:
        (growth if "--growth" in sys.argv else joined)()
        return
    total = Counter[str]()
    for page in sorted(PAGES.glob("*.txt")):
        right, lines, titles, bylines, count, wrong = score(page)
        total.update(right=right, lines=lines, titles=titles, bylines=bylines, count=count)
        print(_row(page.stem, right, lines, titles, bylines, count))
        if "-v" in sys.argv:
            print("\n".join(wrong))
    print(_row("all", total["right"], total["lines"], total["titles"], total["bylines"], total["count"]))


def _row(name: str, right: int, lines: int, titles: int, bylines: int, count: int) -> str:
    share = right / max(1, lines)
    return f"{name:16} lines {right}/{lines} {share:7.2%}  titles {titles}/{count}  bylines {bylines}/{count}"


if __name__ == "__main__":
    main()
