"""Plant one fault at a time in true drafts and count what the check finds: python -m bench.check_mutations [-v].

True drafts are made from the gold facts beside the articles. A planted fault must be found under its own code, and
nothing else may be flagged.
"""

import random
import sys
from typing import NamedTuple

from bench.planted import plant
from bench.true_drafts import RUN, Case, cases, flags, uncited
from summarizer.verify import prove


class Tally(NamedTuple):
    """How the check fared on one kind of fault."""

    planted: int
    caught: int
    extra: int
    misses: list[str]


def measure(among: list[Case], seed: int = 7) -> dict[str, Tally]:
    """Return what the check finds of every planted fault, by kind."""
    tallies: dict[str, Tally] = {}
    for case in among:
        always = flags(prove(case.article, case.draft, RUN))  # false alarms are counted apart
        for planted in plant(case, random.Random(f"{seed}{case.name}")):
            brief = prove(planted.case.article, planted.draft, RUN)
            found = flags(brief)
            caught = planted.expected <= found
            if planted.verdict is not None:
                caught = brief.numbers[planted.verdict[0]].verdict == planted.verdict[1]
            extra = found - planted.expected - always
            before = tallies.get(planted.kind, Tally(0, 0, 0, []))
            misses = (
                []
                if caught and not extra
                else [f"{case.name}: {planted.note}: found {sorted(map(str, found - always))}"]
            )
            tallies[planted.kind] = Tally(
                before.planted + 1, before.caught + caught, before.extra + bool(extra), before.misses + misses
            )
    return tallies


def false_alarms(among: list[Case]) -> list[str]:
    """Return what the check objects to in true drafts: with and without citations, and each number alone."""
    found = []
    for case in among:
        variants = [("cited", case.draft), ("uncited", uncited(case.draft))]
        for number in case.draft.numbers:
            alone = case.draft.model_copy(update={"numbers": (number,), "quotes": (), "policies": ()})
            variants.append((f"alone {number.metric}", alone))
        for kind, draft in variants:
            for finding in prove(case.article, draft, RUN).check.findings:
                found.append(f"{case.name} {kind} {finding.path} {finding.code}: {finding.message}")
    return found


def main(arguments: list[str]) -> int:
    """Print the table; with -v every miss."""
    among = cases()
    alarms = false_alarms(among)
    numbers = sum(len(case.draft.numbers) for case in among)
    print(f"{len(among)} true drafts, {numbers} numbers: {len(alarms)} false alarms", *alarms, sep="\n  ")
    print("| class | planted | caught by own code | extra flags |\n|---|---|---|---|")
    for kind, tally in measure(among).items():
        print(f"| {kind} | {tally.planted} | {tally.caught} ({tally.caught / tally.planted:.1%}) | {tally.extra} |")
        if "-v" in arguments:
            print(*tally.misses, sep="\n")
    return 1 if alarms else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
