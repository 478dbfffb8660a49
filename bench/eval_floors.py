"""The floors of `summarize eval` on the shipped set: `python -m bench.eval_floors [--pin]`.

eval_floors.json holds, for one corpus, every figure of the shipped briefs, those by the recorded model and those by the
rules, and of the briefs that the rules make today of the evaluation set. `--pin` writes today's; it refuses to lower
any. A changed corpus must be pinned anew.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.pinning import Figures, Floors
from bench.true_drafts import ROOT, eval_paths, pairs_in
from summarizer import summarize
from summarizer.evaluate import Report, brief_as_read, evaluate, pair_briefs, read_briefs, read_gold
from summarizer.extract.rules import RulesExtractor
from summarizer.settings import Settings

FLOORS: Final = Floors(Path(__file__).with_name("eval_floors.json"), Figures)
GOLD: Final = ROOT / "fixtures" / "gold"
BRIEFS: Final = ROOT / "fixtures" / "briefs"
AUTHORS: Final = ("model", "rules")
"""Of the shipped briefs."""


def report(author: str) -> Report:
    """Return how good the shipped briefs of an author are; gold for which there is none is left out."""
    cases = read_gold(str(GOLD))
    paired = pair_briefs(cases, read_briefs(str(BRIEFS / f"*.{author}.json")))
    return evaluate([case for case in cases if case.id in paired.briefs], paired.briefs)


def report_of_rules() -> Report:
    """Return how good the briefs are that the rules make of the evaluation set, each article whole."""
    made = [
        summarize(article, extractor=RulesExtractor(), settings=Settings(split="none")) for article, _ in eval_paths()
    ]
    cases = read_gold(str(ROOT / "fixtures" / "eval" / "gold"))
    return evaluate(cases, pair_briefs(cases, [brief_as_read(brief) for [brief] in made]).briefs)


def figures() -> Figures:
    """Return today's figures, by whose briefs they are and the figure's name: `model found`; takes two seconds.

    `eval found` is the rules' on the evaluation set.
    """
    reports = {author: report(author) for author in AUTHORS} | {"eval": report_of_rules()}
    shares = {
        f"{author} {figure.name}": round(figure.share, 4)
        for author, told in reports.items()
        for figure in told.figures
        if figure.share is not None
    }
    return Figures(corpus_digest(), shares)


def corpus_digest() -> str:
    """Return the hash of what the figures were measured on."""
    digest = hashlib.sha256()
    for path in (path for pair in pairs_in(ROOT / "fixtures") + eval_paths() for path in pair):
        digest.update(path.read_bytes())
    for path in sorted(BRIEFS.glob("*.json")):
        digest.update(path.name.encode())
    return f"sha256:{digest.hexdigest()}"


def table(today: Figures, floors: Figures | None) -> Iterator[str]:
    """Yield the lines that show today's figures beside the floors."""
    yield f"{'':<26} {'today':>7} {'floor':>7}"
    for name, share in today.shares.items():
        yield f"{name:<26} {share:7.2%} {floors.shares.get(name, 0.0) if floors else 0.0:7.2%}"


if __name__ == "__main__":
    raise SystemExit(FLOORS.main(__doc__, figures, table))
