"""Plants one fault at a time in true briefs and counts what the check finds: `python -m bench.mutations [-v]`.

True briefs are made from the gold facts beside the articles. A fault is *caught* when the check warns at its place, and
*named* when it says the right code there. False alarms are what it objects to in the true briefs. The floors that CI
holds these figures to are in floors.py.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.planted import Planted, plant_numbers
from bench.planted_binding import plant_bindings
from bench.planted_words import plant_words
from bench.true_drafts import ROOT, RUN, Case, cases, eval_paths, flags, pairs_in, seed_paths, uncited
from summarizer.brief import Brief
from summarizer.verify import Grounds, prove


class Tally(NamedTuple):
    """How the check fared on one kind of fault."""

    planted: int = 0
    caught: int = 0
    named: int = 0
    misses: tuple[str, ...] = ()

    def plus(self, caught: bool, named: bool, miss: str) -> "Tally":
        """Return the tally with one more fault."""
        misses = self.misses if named else (*self.misses, miss)
        return Tally(self.planted + 1, self.caught + caught, self.named + named, misses)


class Alarms(NamedTuple):
    """What the check objects to in true briefs."""

    items: int
    """Numbers, quotes, policies, parks and periods that were judged."""
    flagged: tuple[str, ...]


def planted_in(case: Case, seed: int = 7) -> Iterator[Planted]:
    """Yield every fault that is planted in a case; the same ones for the same seed."""
    rng = random.Random(f"{seed}{case.name}")
    yield from plant_numbers(case, rng)
    yield from plant_bindings(case, rng)
    yield from plant_words(case)


def measure(among: list[Case]) -> dict[str, Tally]:
    """Return what the check finds of every planted fault, by kind."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for case in among:
        grounds = Grounds(case.article)
        true = prove(case.article, case.draft, RUN, grounds=grounds)
        always = flags(true)
        for planted in planted_in(case):
            brief = prove(case.article, planted.draft, RUN, grounds=grounds)
            caught, named = _verdict(planted, brief, true)
            found = sorted(f"{path} {code}" for path, code in flags(brief) - always)
            tallies[planted.kind] = tallies[planted.kind].plus(
                caught, named, f"{planted.kind} {case.name}: {planted.note}: {found}{'' if caught else ' MISSED'}"
            )
    return dict(tallies)


def _verdict(planted: Planted, brief: Brief, true: Brief) -> tuple[bool, bool]:
    """Return whether the fault was caught and whether it was named."""
    if planted.verdict is not None:
        right = brief.numbers[planted.verdict[0]].verdict == planted.verdict[1]
        return right, right
    if planted.dropped is not None:
        span = true.numbers[planted.dropped].span
        listed = any(unreported.span == span for unreported in brief.check.unreported)
        return listed, listed
    codes = defaultdict(set)
    for path, code in flags(brief):
        codes[path].add(code)
    caught = any(codes[path] for path in planted.paths)
    return caught, all(codes[path] & planted.codes for path in planted.paths)


def false_alarms(among: list[Case]) -> Alarms:
    """Return what the check objects to in true briefs, with citations and without."""
    items, flagged = 0, []
    for case in among:
        for kind, draft in (("cited", case.draft), ("uncited", uncited(case.draft))):
            items += len(draft.numbers) + len(draft.quotes) + len(draft.policies) + len(draft.parks) + 1
            by_path = {
                finding.path: f"{case.name} {kind} {finding.path} {finding.code}: {finding.message}"
                for finding in prove(case.article, draft, RUN).check.findings
                if finding.severity != "info"
            }
            flagged += list(by_path.values())
    return Alarms(items, tuple(flagged))


def shipped() -> list[tuple[Path, Path]]:
    """Return (article, gold) of what is in the repository: the fixtures and the evaluation set."""
    return pairs_in(ROOT / "fixtures") + eval_paths()


def main(arguments: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-v", action="store_true", help="show every miss")
    parser.add_argument("--only", default="", help="articles whose name contains this")
    parser.add_argument("--set", choices=["all", "eval", "fixtures", "seed"], default="all")
    options = parser.parse_args(arguments)
    chosen = {
        "all": [*shipped(), *seed_paths()],
        "eval": eval_paths(),
        "fixtures": [pair for pair in shipped() if pair not in eval_paths()],
        "seed": seed_paths(),
    }[options.set]
    among = cases([pair for pair in chosen if options.only in pair[0].stem])
    alarms = false_alarms(among)
    rate = len(alarms.flagged) / max(1, alarms.items)
    print(f"{len(among)} true briefs, {alarms.items} items: {len(alarms.flagged)} false alarms ({rate:.2%})")
    print(*alarms.flagged, sep="\n")
    tallies = measure(among)
    if options.v:
        for tally in tallies.values():
            print(*tally.misses, sep="\n")
    print("| fault | planted | caught | named |\n|---|---|---|---|")
    for kind, tally in sorted(tallies.items()):
        shares = f"{tally.caught / tally.planted:.1%} | {tally.named / tally.planted:.1%}"
        print(f"| {kind} | {tally.planted} | {shares} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
