"""The quality floors that CI holds the program to: `python -m bench.floors [--pin]`.

floors.json holds, for one corpus, what the check catches of planted faults, how rarely it accuses true briefs, and how
well numbers are read. `--pin` writes today's figures; it refuses to lower any. A changed corpus must be pinned anew,
and a floor below the project's own bars (`BARS`) is never accepted.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from bench.accuracy import score
from bench.eval_set import SENTENCES, passages
from bench.mutations import Tally, false_alarms, measure, shipped
from bench.pinning import Figures, Floors
from bench.true_drafts import cases

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "digit": ("digit",),
    "scale": ("scale",),
    "unit": ("unit",),
    "sign": ("sign",),
    "invented": ("invented",),
    "dropped": ("dropped", "dropped optional"),
    "quote": ("quote altered", "quote invented"),
    "citation": ("citation",),
    "label": ("label, one unit", "label, two units", "label, other untold"),
    "period": ("period absent", "period other"),
    "park": ("park absent", "park other"),
    "scope": ("scope, company", "scope, wider"),
    "target": ("target",),
}
"""The kinds of faults that the project promises to catch, each with the classes that are planted for it."""
BARS: Final[dict[str, float]] = {
    **dict.fromkeys(["digit", "scale", "unit", "sign", "invented", "dropped", "quote"], 0.99),
    **dict.fromkeys(["label", "period", "park", "scope", "target"], 0.90),
}
"""The least share of each kind that must be caught, from the goals that the project set itself."""
MOST_ALARMS: Final = 0.01
"""The largest share of the items of true briefs that may be flagged."""
LEAST_READ: Final = 0.99
"""Least recall and precision of spans, and least share of right values and units, on the marked passages."""


@dataclass(frozen=True)
class Caught(Figures):
    """Today's figures: the share caught of each kind of fault, `named …` with the right code, `read …` the reader's."""

    alarms: float
    """Share of the items of true briefs that were flagged; less is better."""

    def lower_than(self, floors: Self) -> list[str]:
        """Return what is worse than in `floors`, in words."""
        worse = super().lower_than(floors)
        if self.alarms > floors.alarms:
            worse.append(f"false alarms: {self.alarms:.4f} > {floors.alarms:.4f}")
        return worse

    def below_bars(self) -> list[str]:
        """Return what falls short of the project's bars, in words."""
        short = [f"{kind}: {self.shares[kind]:.4f} < {bar}" for kind, bar in BARS.items() if self.shares[kind] < bar]
        short += [
            f"{name}: {share:.4f} < {LEAST_READ}"
            for name, share in self.shares.items()
            if name.startswith("read ") and share < LEAST_READ
        ]
        return short + ([f"false alarms: {self.alarms:.4f}"] if self.alarms > MOST_ALARMS else [])


FLOORS: Final = Floors(Path(__file__).with_name("floors.json"), Caught)


def grouped(tallies: dict[str, Tally]) -> dict[str, Tally]:
    """Return the tallies of the promised kinds of faults."""
    found = {}
    for group, kinds in GROUPS.items():
        parts = [tallies[kind] for kind in kinds if kind in tallies]
        planted, caught, named = (sum(counts) for counts in zip(*(part[:3] for part in parts), strict=True))
        found[group] = Tally(planted, caught, named)
    return found


def figures() -> Caught:
    """Return today's figures; takes about a minute."""
    among = cases(shipped())
    alarms = false_alarms(among)
    shares: dict[str, float] = {}
    for kind, tally in grouped(measure(among)).items():
        shares[kind] = round(tally.caught / tally.planted, 4)
        shares[f"named {kind}"] = round(tally.named / tally.planted, 4)
    counts = score(passages()).counts
    for name, part, whole in (
        ("recall", "exact", "facts"),
        ("precision", "read exact", "read"),
        ("value", "value", "overlap"),
        ("unit", "unit", "overlap"),
        ("qualifier", "qualifier", "overlap"),
        ("kind", "kind", "overlap"),
    ):
        shares[f"read {name}"] = round(counts[part] / counts[whole], 4)
    return Caught(corpus_digest(), shares, round(len(alarms.flagged) / alarms.items, 4))


def corpus_digest() -> str:
    """Return the hash of the articles, their gold facts and the marked passages; floors hold for one corpus."""
    digest = hashlib.sha256()
    for path in [path for pair in shipped() for path in pair] + sorted(SENTENCES.glob("*.jsonl")):
        digest.update(path.read_bytes())
    return f"sha256:{digest.hexdigest()}"


def table(today: Caught, floors: Caught | None) -> Iterator[str]:
    """Yield the lines that show today's figures beside the floors and the bars."""
    yield f"{'':<20} {'today':>7} {'floor':>7} {'bar':>5}"
    for kind, share in today.shares.items():
        floor = floors.shares.get(kind, 0.0) if floors else 0.0
        yield f"{kind:<20} {share:7.2%} {floor:7.2%} {BARS.get(kind, 0.0):5.0%}"
    yield f"{'false alarms':<20} {today.alarms:7.2%} {floors.alarms if floors else 1:7.2%} {MOST_ALARMS:5.0%} at most"


if __name__ == "__main__":
    raise SystemExit(FLOORS.main(__doc__, figures, table))
