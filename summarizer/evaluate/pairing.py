"""Which brief is of which gold: by the hash that gold gives, else by name.

A brief that could be either of two is refused rather than guessed: a figure about the wrong article looks like any
other.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from summarizer.counted import counted
from summarizer.errors import EvaluationError
from summarizer.evaluate.briefs import OneBrief
from summarizer.evaluate.gold_files import Case

_TOLD: Final = 5
"""Briefs without gold that are named; a store may have a million."""


class Paired(NamedTuple):
    """Gold and briefs brought together."""

    briefs: dict[str, OneBrief]
    """By the id of their gold."""
    remarks: tuple[str, ...]
    """A line each for gold without brief and briefs without gold."""


class _Rank(NamedTuple):
    """How surely a brief is of some gold; less is surer."""

    hashed: int
    """0: gold names its article's hash; 1: its document's; 2: neither."""
    name: int


def pair_briefs(cases: Iterable[Case], briefs: Iterable[OneBrief]) -> Paired:
    """Return for each gold its brief. Raises EvaluationError where two briefs are equally near to one gold."""
    ids = [case.id for case in cases]
    hashes = {case.gold.source: case.id for case in cases if case.gold.source is not None}
    named = frozenset(ids)
    near: dict[str, list[tuple[_Rank, OneBrief]]] = {}
    left = _Left()
    for brief in briefs:
        wanted = _gold_of(brief, hashes, named)
        if wanted is None:
            left.add(brief.shown)
        else:
            near.setdefault(wanted[0], []).append((wanted[1], brief))
    chosen = {}
    remarks = [f"gold {one!r} has no brief" for one in ids if one not in near]
    for one, found in near.items():
        found.sort(key=lambda ranked: ranked[0])
        _refuse_tie(one, found)
        chosen[one] = found[0][1]
        remarks += [f"{brief.shown} is another brief of {one!r}, and not counted" for _, brief in found[1:]]
    return Paired(chosen, (*remarks, *left.remarks()))


def _gold_of(brief: OneBrief, hashes: dict[str, str], named: frozenset[str]) -> tuple[str, _Rank] | None:
    """Return the id of a brief's gold and how surely it is that; None where there is none."""
    name = next(((known, far) for known, far in brief.names.items() if known in named), None)
    source = brief.told.source
    for rank, digest in enumerate((source.article, source.document)):
        if digest is not None and digest in hashes:
            return hashes[digest], _Rank(rank, name[1] if name is not None and name[0] == hashes[digest] else 99)
    return None if name is None else (name[0], _Rank(2, name[1]))


def _refuse_tie(wanted: str, found: list[tuple[_Rank, OneBrief]]) -> None:
    if len(found) > 1 and found[0][0] == found[1][0]:
        raise EvaluationError(
            f"{found[0][1].shown} and {found[1][1].shown} are both briefs of gold {wanted!r}; name one run's briefs"
            " (a pattern does), or tell articles apart by `source` in gold"
        )


class _Left:
    """The briefs that have no gold."""

    def __init__(self) -> None:
        self._first: list[str] = []
        self._more = 0

    def add(self, shown: str) -> None:
        if len(self._first) < _TOLD:
            self._first.append(shown)
        else:
            self._more += 1

    def remarks(self) -> Iterator[str]:
        yield from (f"{shown} has no gold" for shown in self._first)
        if self._more:
            yield f"{counted(self._more, 'more brief has', 'more briefs have')} no gold"
