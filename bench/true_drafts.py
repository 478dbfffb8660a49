"""True drafts, made from the gold facts that stand beside the articles."""

import json
import re
from pathlib import Path
from typing import Any, Final, NamedTuple

from summarizer.article import Article
from summarizer.brief import Brief, Provenance, Usage
from summarizer.draft import Draft, DraftNumber, DraftPark, DraftPolicy, DraftQuote
from summarizer.pages import articles_of
from summarizer.read import read_document
from summarizer.verify.evidence import fold_words

ROOT: Final = Path(__file__).resolve().parent.parent
SEED: Final = ROOT.parent / "shared" / "seed"
"""Two more articles with gold facts; skipped where they are absent."""
RUN: Final = Provenance(
    extractor="given",
    model=None,
    mode=None,
    prompt=None,
    attempts=0,
    usage=Usage(prompt=0, completion=0, cached=0),
    cost=None,
    seconds=0.0,
    version="0",
)


class Case(NamedTuple):
    """An article with the draft that its gold facts make."""

    name: str
    article: Article
    draft: Draft
    scopes: tuple[str | None, ...] = ()
    """Whose each number of the draft is: park, company, city, province, nation, world, other."""
    optional: tuple[bool, ...] = ()
    """Which numbers of the draft a brief may well leave out."""


def article_paths() -> list[tuple[Path, Path]]:
    """Return (article, gold) of the fixtures, of the evaluation set and, where they are, of the seed page."""
    return pairs_in(ROOT / "fixtures") + eval_paths() + seed_paths()


def eval_paths() -> list[tuple[Path, Path]]:
    """Return (article, gold) of the evaluation set."""
    return pairs_in(ROOT / "fixtures/eval")


def seed_paths() -> list[tuple[Path, Path]]:
    """Return (article, gold) of the seed page's articles, where they are."""
    return [(SEED / f"{gold.stem}.txt", gold) for gold in sorted(SEED.glob("gold/*.json"))]


def pairs_in(folder: Path) -> list[tuple[Path, Path]]:
    """Return (article, gold) of a folder with `articles/` and `gold/`."""
    return [(folder / "articles" / f"{gold.stem}.txt", gold) for gold in sorted((folder / "gold").glob("*.json"))]


def cases(paths: list[tuple[Path, Path]] | None = None) -> list[Case]:
    """Return articles with their true drafts, by default all."""
    return [case_of(*pair) for pair in (article_paths() if paths is None else paths)]


def case_of(path: Path, gold_path: Path) -> Case:
    """Return one article with the draft of its gold facts, every item cited."""
    gold = json.loads(gold_path.read_text(encoding="utf-8"))
    [article] = articles_of(read_document(path, published=gold.get("published")))
    scopes = tuple(fact.get("scope") for fact in gold["numbers"])
    optional = tuple(bool(fact.get("optional")) for fact in gold["numbers"])
    return Case(path.stem, article, true_draft(article, gold), scopes, optional)


def true_draft(article: Article, gold: dict[str, Any]) -> Draft:
    """Return the draft that the gold facts make; each number is cited where its words stand, in the gold's order."""
    numbers: list[DraftNumber] = []
    text, places = _folded(article.text)
    reached = 0
    for fact in gold["numbers"]:
        words = " ".join(fact["text"].split()) if gold["lang"] == "en" else "".join(fact["text"].split())
        start = _find_number(text, fold_words(words), reached)
        reached = start + 1
        sentence = article.sentence_at(places[start])
        numbers.append(
            DraftNumber(
                metric=fact["metric"],
                text=words,
                park=fact.get("park"),
                period=fact.get("period"),
                status=fact.get("status", "actual"),
                at=sentence.number if sentence else 0,
            )
        )
    parks = [
        DraftPark(**park) if isinstance(park, dict) else DraftPark(name=park, role="subject")
        for park in gold.get("parks", [])
    ]
    return Draft(
        about_park=gold.get("about_park", True),
        parks=tuple(parks),
        period=gold.get("period") or (gold.get("periods") or [None])[0],
        summary="".join(f"{number.metric}：{number.text}；" for number in numbers[:12]),
        numbers=tuple(numbers),
        policies=tuple(
            DraftPolicy(name=policy["name"], detail=None, at=_cited(article, policy["name"]))
            for policy in gold.get("policies", [])
        ),
        quotes=tuple(
            DraftQuote(
                speaker=quote["speaker"], role=quote["role"], text=quote["text"], at=_cited(article, quote["text"])
            )
            for quote in gold.get("quotes", [])
        ),
    )


def _folded(text: str) -> tuple[str, list[int]]:
    kept = [(folded, place) for place, char in enumerate(text) for folded in fold_words(char)]
    return "".join(char for char, _ in kept), [place for _, place in kept]


def _find_number(text: str, words: str, reached: int) -> int:
    pattern = re.compile(rf"(?<!\d)(?<!\d[.,]){re.escape(words)}")
    found = pattern.search(text, reached) or pattern.search(text)
    if found is None:
        raise LookupError(f"the gold's {words!r} does not stand in its article")
    return found.start()


def _cited(article: Article, words: str) -> int:
    text, places = _folded(article.text)
    start = text.find(fold_words(words))
    sentence = article.sentence_at(places[start]) if start >= 0 else None
    return sentence.number if sentence else 0


def uncited(draft: Draft) -> Draft:
    """Return the draft without citations."""
    return draft.model_copy(
        update={
            name: tuple(item.model_copy(update={"at": 0}) for item in getattr(draft, name))
            for name in ("numbers", "policies", "quotes")
        }
    )


def flags(brief: Brief) -> frozenset[tuple[str | None, str]]:
    """Return (path, code) of every warning and error."""
    return frozenset((finding.path, finding.code) for finding in brief.check.findings if finding.severity != "info")
