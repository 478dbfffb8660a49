"""Scores a number reader on the marked passages of the evaluation set.

`python -m bench.accuracy [-v] [FILE…]` prints one line a file and one in total; with -v every miss. A reader is any
function from a text to `Reading`s, so that other libraries can stand beside ours; `score` is what a comparison calls.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from bench.eval_set import SENTENCES, Mark, Passage, passages
from summarizer.quantities import bounds, read_periods, scan
from summarizer.value import FACT_KINDS


class Reading(NamedTuple):
    """A number as a reader gives it."""

    start: int
    end: int
    low: Decimal | None
    """The value; the lower end of a range."""
    high: Decimal | None
    unit: str | None
    qualifier: str
    kind: str


class Period(NamedTuple):
    """A period as a reader gives it, with its days where it knows them."""

    start: int
    end: int
    days: tuple[date, date] | None


Reader = Callable[[str], list[Reading]]
PeriodReader = Callable[[str, date | None], list[Period]]


def ours(text: str) -> list[Reading]:
    """Return what the number grammar of this project reads."""
    found = []
    for quantity in scan(text):
        low, high = bounds(quantity) or (None, None)
        place = quantity.start, quantity.end
        found.append(Reading(*place, low, high, quantity.unit, quantity.qualifier, quantity.kind))
    return found


def our_periods(text: str, published: date | None) -> list[Period]:
    """Return the periods of `text` with the days that they have."""
    return [
        Period(mention.start, mention.end, None if days is None else (days.start, days.end))
        for mention, days in read_periods(text, published)
    ]


class Score:
    """Counts of one file or of several."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.misses: list[str] = []

    def add(self, other: "Score") -> None:
        """Take in the counts of another score."""
        self.counts += other.counts
        self.misses += other.misses

    def share(self, part: str, whole: str) -> str:
        """Return a share in per cent, or a dash where there is nothing to share."""
        total = self.counts[whole]
        return f"{100 * self.counts[part] / total:6.1f}" if total else "     -"


def score(items: Iterable[Passage], reader: Reader = ours, periods: PeriodReader | None = our_periods) -> Score:
    """Hold what a reader says of the passages against their marks."""
    total = Score()
    for passage in items:
        _score_facts(passage, reader(passage.text), total)
        if periods is not None:
            _score_dates(passage, periods(passage.text, passage.published), total)
    return total


def _touching(mark: Mark, found: Sequence[Reading]) -> list[Reading]:
    return [reading for reading in found if reading.start < mark.end and mark.start < reading.end]


def _closest(mark: Mark, found: Sequence[Reading]) -> Reading:
    """Return the reading that shares most with the mark and stands over least."""
    return min(found, key=lambda reading: abs(reading.start - mark.start) + abs(reading.end - mark.end))


def _score_facts(passage: Passage, found: list[Reading], total: Score) -> None:
    counts, text = total.counts, passage.text
    facts = [reading for reading in found if reading.kind in FACT_KINDS]
    spans = {(reading.start, reading.end) for reading in facts}
    gold = {(mark.start, mark.end) for mark in passage.marks if mark.is_fact}
    counts["read"] += len(facts)
    counts["read exact"] += sum((reading.start, reading.end) in gold for reading in facts)
    for mark in passage.marks:
        near = _touching(mark, facts)
        if not mark.is_fact:
            _score_other(passage, mark, near, _touching(mark, found), total)
            continue
        counts["facts"] += 1
        counts["exact"] += (mark.start, mark.end) in spans
        if not near:
            total.misses.append(f"{passage.id} missed {_shown(mark)} in {_around(text, mark.start, mark.end)}")
            continue
        counts["overlap"] += 1
        _score_match(passage, mark, _closest(mark, near), total)
    for reading in facts:
        if not any(reading.start < mark.end and mark.start < reading.end for mark in passage.marks if mark.is_fact):
            counts["false"] += 1
            words = text[reading.start : reading.end]
            total.misses.append(f"{passage.id} FALSE {words!r} {reading.kind} in {_around(text, *reading[:2])}")


def _score_match(passage: Passage, mark: Mark, reading: Reading, total: Score) -> None:
    words = passage.text[reading.start : reading.end]
    same = {
        "span": (reading.start, reading.end) == (mark.start, mark.end),
        "value": (reading.low, reading.high) == (mark.low, mark.high),
        "unit": _unit(reading.unit) == _unit(mark.unit),
        "qualifier": reading.qualifier == mark.qualifier,
        "kind": reading.kind == mark.kind,
    }
    for name, right in same.items():
        total.counts[name] += right
    total.counts["all right"] += all(same.values())
    wrong = [name for name, right in same.items() if not right]
    if wrong:
        value = f"{reading.low}" if reading.low == reading.high else f"{reading.low}..{reading.high}"
        read = f"{words!r}|{value}|{reading.unit}|{reading.qualifier}|{reading.kind}"
        place = _around(passage.text, mark.start, mark.end)
        total.misses.append(f"{passage.id} {','.join(wrong)}: {_shown(mark)} read {read} in {place}")


def _score_other(passage: Passage, mark: Mark, facts: list[Reading], found: list[Reading], total: Score) -> None:
    """Count a mark that is no fact: right when nothing calls it one, better when its kind is known."""
    total.counts["others"] += 1
    total.counts["others silent"] += not facts
    if not found:
        return
    total.counts["others read"] += 1
    kinds = {reading.kind for reading in found}
    total.counts["others kind"] += mark.kind in kinds
    if mark.kind not in kinds and not facts:
        place = _around(passage.text, mark.start, mark.end)
        total.misses.append(f"{passage.id} other: {mark.text!r} {mark.kind} read {sorted(kinds)} in {place}")


def _score_dates(passage: Passage, found: list[Period], total: Score) -> None:
    for mark in passage.marks:
        if mark.kind != "date":
            continue
        near = [period for period in found if period.start < mark.end and mark.start < period.end]
        exact = [period for period in near if (period.start, period.end) == (mark.start, mark.end)]
        best = exact or near
        days = best[0].days if best else None
        total.counts["dates"] += 1
        total.counts["date spans"] += bool(exact)
        total.counts["date days"] += days == mark.days
        if days != mark.days or not exact:
            said = [f"{passage.text[period.start : period.end]!r} {_days(period.days)}" for period in near]
            wanted = f"{mark.text!r} {_days(mark.days)}"
            flaw = "date" if days != mark.days else "datespan"
            place = _around(passage.text, mark.start, mark.end)
            total.misses.append(f"{passage.id} {flaw}: {wanted} read {said} ({passage.published}) in {place}")


def _days(days: tuple[date, date] | None) -> str:
    return "-" if days is None else f"{days[0]}..{days[1]}"


def _unit(unit: str | None) -> str | None:
    """Drop white space: a unit over a line end is told either way."""
    return None if unit is None else "".join(unit.split())


def _shown(mark: Mark) -> str:
    value = f"{mark.low}" if mark.low == mark.high else f"{mark.low}..{mark.high}"
    return f"{mark.text!r}|{value}|{mark.unit}|{mark.qualifier}|{mark.kind}"


def _around(text: str, start: int, end: int) -> str:
    return repr(text[max(0, start - 12) : end + 12])


_COLUMNS: Final = (
    ("recall", "exact", "facts"),
    ("precis", "read exact", "read"),
    ("overlap", "overlap", "facts"),
    ("value", "value", "overlap"),
    ("unit", "unit", "overlap"),
    ("qualif", "qualifier", "overlap"),
    ("kind", "kind", "overlap"),
    ("all", "all right", "facts"),
    ("o-silent", "others silent", "others"),
    ("o-kind", "others kind", "others read"),
    ("d-span", "date spans", "dates"),
    ("d-days", "date days", "dates"),
)


def table(rows: dict[str, Score]) -> str:
    """Return the scores as lines of a table; the last line is the total."""
    whole = Score()
    for row in rows.values():
        whole.add(row)
    head = f"{'file':<14} {'facts':>6} {'false':>6} " + " ".join(f"{name:>8}" for name, _, _ in _COLUMNS)
    lines = [head]
    for name, row in {**rows, "total": whole}.items():
        cells = " ".join(f"{row.share(part, of):>8}" for _, part, of in _COLUMNS)
        lines.append(f"{name:<14} {row.counts['facts']:>6} {row.counts['false']:>6} {cells}")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Print the table, and every miss where -v asks for them."""
    verbose = "-v" in arguments
    paths = [Path(argument) for argument in arguments if argument != "-v"] or sorted(SENTENCES.glob("*.jsonl"))
    rows = {path.stem: score(passages([path])) for path in paths}
    if verbose:
        for row in rows.values():
            print("\n".join(row.misses))
    print(table(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
