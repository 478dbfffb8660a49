"""The floors of `summarize eval` on the shipped set: `python -m bench.eval_floors [--pin]`.

eval_floors.json holds, for one corpus, every figure of the shipped briefs, those by the recorded model and those by the
rules, and of the briefs that the rules make today of the evaluation set. `--pin` writes today's; it refuses to lower
any. A changed corpus must be pinned anew.
"""

import argparse
import hashlib
import json
from pathlib import Path
from typing import Final, NamedTuple

from bench.true_drafts import ROOT, eval_paths, pairs_in
from summarizer import summarize
from summarizer.evaluate import Report, brief_as_read, evaluate, pair_briefs, read_briefs, read_gold
from summarizer.extract.rules import RulesExtractor
from summarizer.settings import Settings

FLOORS: Final = Path(__file__).with_name("eval_floors.json")
GOLD: Final = ROOT / "fixtures" / "gold"
BRIEFS: Final = ROOT / "fixtures" / "briefs"
AUTHORS: Final = ("model", "rules")
"""Of the shipped briefs."""


class Figures(NamedTuple):
    """Today's figures."""

    corpus: str
    """Hash of the articles, their gold and the names of the briefs."""
    shares: dict[str, float]
    """By whose briefs they are and the figure's name: `model found`; `eval found` is the rules' on the eval set."""

    def lower_than(self, floors: "Figures") -> list[str]:
        """Return what is worse than in `floors`, in words."""
        return [
            f"{name}: {self.shares.get(name, 0.0):.4f} < {floor:.4f}"
            for name, floor in floors.shares.items()
            if self.shares.get(name, 0.0) < floor
        ]


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
    """Return today's figures; takes two seconds."""
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


def pinned(text: str | None = None) -> Figures:
    """Return the floors of `text`, by default those of eval_floors.json."""
    record = json.loads(FLOORS.read_text(encoding="utf-8") if text is None else text)
    return Figures(record["corpus"], record["shares"])


def pin(today: Figures, floors: Figures | None) -> str:
    """Return the text of eval_floors.json with today's figures. Raises ValueError where that would lower a floor."""
    if floors is not None and floors.corpus == today.corpus and (lower := today.lower_than(floors)):
        raise ValueError("; ".join(lower))
    return json.dumps(today._asdict(), indent=1, ensure_ascii=False) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Print today's figures beside the floors; with --pin write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pin", action="store_true", help="write today's figures; refuses to lower a floor")
    options = parser.parse_args(arguments)
    today, floors = figures(), pinned() if FLOORS.exists() else None
    print(f"{'':<26} {'today':>7} {'floor':>7}")
    for name, share in today.shares.items():
        print(f"{name:<26} {share:7.2%} {floors.shares.get(name, 0.0) if floors else 0.0:7.2%}")
    if options.pin:
        try:
            FLOORS.write_text(pin(today, floors), encoding="utf-8")
        except ValueError as error:
            print(f"not pinned: {error}")
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
