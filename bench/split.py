"""Scores the split of pages into articles against gold: `python -m bench.split [-v]`; `--joined` parts articles of the
evaluation set that run into each other.

A line is right where its piece is the one that shares most lines with the line's gold article. Titles and bylines are
compared without white space, titles without kickers and sub-titles.
"""

import itertools
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from bench.true_drafts import eval_paths
from summarizer.pages import SplitDocument, split_document
from summarizer.pipeline import connected_splitter, load
from summarizer.settings import Settings, Split
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


class Counts(NamedTuple):
    """How much of one page, or of several, was split right."""

    right: int
    lines: int
    titles: int
    bylines: int
    articles: int


class Score(NamedTuple):
    """How one page was split."""

    counts: Counts
    wrong: list[str]
    pieces: list[tuple[float, bool]]
    """Confidence of each article or brief item, and whether all of it is right: lines, title and byline."""


def score(page: Path, pieces: list[Piece] | None = None) -> Score:
    """Return how a page is split, by the rules unless `pieces` are given."""
    text = page.read_text(encoding="utf-8")
    gold = json.loads((page.parent / "gold" / f"{page.stem}.json").read_text(encoding="utf-8"))
    pieces, wanted = pieces if pieces is not None else split_page(text), owners(text, gold)
    found = matched(pieces, wanted)
    right = sum(wanted.get(line) == found.get(place) for place, piece in enumerate(pieces) for line in piece.lines)
    wrong = [
        f"  line {line + 1} {text.splitlines()[line][:24]!r}: piece {place}, gold {wanted.get(line)}"
        for place, piece in enumerate(pieces)
        for line in piece.lines
        if wanted.get(line) != found.get(place)
    ]
    titles = bylines = 0
    whole = []
    for place, piece in enumerate(pieces):
        if place not in found:
            continue
        article = gold["articles"][found[place]]
        if article["kind"] in ("article", "brief"):
            titled = _has_title(piece, article, text)
            signed = _bare(piece.byline) == _bare(article["byline"])
            titles, bylines = titles + titled, bylines + signed
            own = {line for line, owner in wanted.items() if owner == found[place]}
            whole.append((piece.confidence, titled and signed and own == set(piece.lines)))
            wrong += [] if titled else [f"  title {piece.title!r}, gold {article['title']!r}"]
            wrong += [] if signed else [f"  byline {piece.byline!r}, gold {article['byline']!r}"]
    count = sum(article["kind"] in ("article", "brief") for article in gold["articles"])
    return Score(Counts(right, len(wanted), titles, bylines, count), wrong, whole)


def total(scores: Sequence[Score]) -> Counts:
    """Return the sums of several pages' counts."""
    return Counts(*map(sum, zip(*(one.counts for one in scores), strict=True)))


def by_replies(page: Path, split: Split) -> SplitDocument:
    """Return a page as `--split` splits it (model or auto) with the model's recorded replies."""
    settings = Settings(split=split, replay=page.parent / "recordings" / f"{page.stem}.json")
    with connected_splitter(settings) as splitter:
        return split_document(load(page), split, splitter)


def _has_title(piece: Piece, article: dict[str, Any], text: str) -> bool:
    """Whether a piece bears its article's headline, and besides it nothing but that article's kicker and sub-title."""
    if piece.title is None or article["title"] is None:
        return piece.title is None and article["title"] is None
    lines = text.split("\n")
    own = _bare("".join(line for first, last in article["lines"] for line in lines[first - 1 : last]))
    rest = _bare(piece.title).replace(_bare(article["title"]), "", 1)
    return _bare(article["title"]) in _bare(piece.title) and all(
        _bare(word) in own for word in piece.title.split() if _bare(word) in rest
    )


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


def main() -> None:
    if "--joined" in sys.argv:
        joined()
        return
    pages = sorted(PAGES.glob("*.txt"))
    ways: tuple[Split, ...] = ("rules", "model", "auto")
    for way in ways:
        scores, asked = [], 0
        for page in pages:
            parted = None if way == "rules" else by_replies(page, way)
            asked += bool(parted and parted.spent.attempts)
            one = score(page, parted and parted.pieces)
            scores.append(one)
            print(_row(way, page.stem, one.counts))
            if "-v" in sys.argv:
                print("\n".join(one.wrong))
        print(_row(way, "all", total(scores)))
        print(_calibration([piece for one in scores for piece in one.pieces]))
        print(f"model asked about {asked} of {len(pages)} pages\n")


def _calibration(told: Sequence[tuple[float, bool]]) -> str:
    """Say how many articles of which confidence are right in every respect."""
    parts = []
    for low, high in itertools.pairwise((0.0, 0.45, 0.6, 0.75, 0.9, 1.01)):
        fitting = [whole for confidence, whole in told if low <= confidence < high]
        parts.append(f"{low:.2f} {sum(fitting)}/{len(fitting)}")
    return "wholly right, by confidence from: " + "  ".join(parts)


def _row(way: str, name: str, one: Counts) -> str:
    return (
        f"{way} {name:16} lines {one.right}/{one.lines} {one.right / max(1, one.lines):7.2%}  "
        f"titles {one.titles}/{one.articles}  bylines {one.bylines}/{one.articles}"
    )


if __name__ == "__main__":
    main()
