"""Counts what a brief has right of the numbers of one article."""

from collections.abc import Sequence
from typing import Final, Literal

from summarizer.evaluate.briefs import Told, ToldNumber
from summarizer.evaluate.gold_files import Case
from summarizer.evaluate.match import JUDGED, Wanted, match_numbers, wanted_of
from summarizer.evaluate.misses import Miss, differences_of
from summarizer.evaluate.tally import Tally

_TRUTH: Final = frozenset({"value", "unit", "status", "period", "park", "label"})
"""What a number must have right to be true. A qualifier that is left out is the reader's loss and no falsehood."""


def score_numbers(tally: Tally, case: Case, told: Told | None, *, placed: bool) -> None:
    """Count the numbers of an article about a park; `placed` tells whether the brief's spans fit gold's text."""
    if case.gold.says("numbers"):
        _Numbers(tally, case, told, placed=placed).score()


def report_unrefused(tally: Tally, case: Case, told: Told, *, placed: bool) -> None:
    """Tell the numbers that were reported on an article about no park."""
    numbers = _Numbers(tally, case, told, placed=placed)
    for place in range(len(told.numbers)):
        numbers.tell("extra", place)


class _Numbers:
    """The numbers of gold and brief, while they are counted."""

    def __init__(self, tally: Tally, case: Case, told: Told | None, *, placed: bool) -> None:
        self._tally = tally
        self._case = case
        self._brief = told
        self._placed = placed
        self._told: Sequence[ToldNumber] = told.numbers if told is not None else ()
        self._wanted: Sequence[Wanted] = ()

    def score(self) -> None:
        """Pair the numbers, then count what was found, what was told beside it, and the fields of the pairs."""
        gold, printed = self._case
        self._wanted = wanted_of(gold, printed)
        told = [one if self._placed else one.model_copy(update={"span": None}) for one in self._told]
        matched = match_numbers(self._wanted, told, gold, printed)
        self._tally.count("reported", len(matched.pairs), len(self._told))
        self._score_owed(frozenset(matched.pairs.values()))
        for place, target in sorted(matched.pairs.items()):
            self._score_pair(self._wanted[target], place)
        for place, target in matched.again.items():
            self._judge(self._wanted[target].right(self._told[place]), place)
            self.tell("again", place)
        for place in matched.names:
            self._judge(None, place)
            self.tell("name", place)
        for place in matched.wrong:
            self._judge(None, place)
            self.tell("extra", place)
        names = frozenset(gold.name_words)
        if self._brief is not None:
            self._tally.count("names", len(names - set(matched.names.values())), len(names))

    def _score_owed(self, found: frozenset[int]) -> None:
        for target, one in enumerate(self._wanted):
            if one.number.optional:
                continue
            self._tally.count("found", target in found)
            if target not in found:
                place = self._case.around(one.own)
                miss = Miss(kind="missed", item="number", words=one.number.text, label=one.number.metric, excerpt=place)
                self._tally.misses.append(miss)

    def _score_pair(self, wanted: Wanted, place: int) -> None:
        told = self._told[place]
        right = wanted.right(told)
        for name in JUDGED:
            if name in right:
                self._tally.count(name, right[name])
        self._tally.count("whole", all(right.values()))
        self._judge(right, place)
        if not all(right.values()):
            span = told.span if self._placed and told.span is not None else wanted.own
            self._tally.misses.append(
                Miss(
                    kind="wrong",
                    item="number",
                    words=told.text,
                    label=told.metric,
                    differences=differences_of(wanted.number, told, right),
                    flagged=self._flagged(place),
                    excerpt=self._case.around(span),
                )
            )

    def _judge(self, right: dict[str, bool] | None, place: int) -> None:
        """Count the verdict on a number; None is one that gold does not have."""
        true = right is not None and all(right[name] for name in _TRUTH & right.keys())
        self._tally.judge(true=true, passed=not self._flagged(place))

    def _flagged(self, place: int) -> bool:
        return self._brief is not None and not self._brief.passed(place)

    def tell(self, kind: Literal["extra", "name", "again"], place: int) -> None:
        """Keep a number of the brief that has no pair."""
        number = self._told[place]
        self._tally.misses.append(
            Miss(
                kind=kind,
                item="number",
                words=number.text,
                label=number.metric,
                flagged=self._flagged(place),
                excerpt=self._case.around(number.span) if self._placed else None,
            )
        )
