"""Which of a few articles repeat which: the rule of the store (`store.intake`), without a store.

A test holds the two against each other.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby, islice
from typing import NamedTuple

from summarizer.store.intake import CANDIDATES, Likeness, least_in_common


class Printing(NamedTuple):
    """An article, by what its kin are found."""

    row: int
    """Its place in the archive."""
    content: tuple[int, int]
    """Of the hash of its text."""
    marks: tuple[int, ...]
    done: bool = False
    """Whether an earlier run has finished it."""
    article: int = 0
    """Its id."""
    same_as: int | None = None
    """Id of the article that it repeats, by an earlier run."""


class Link(NamedTuple):
    """An article that repeats another; both by their rows."""

    row: int
    original: int
    likeness: Likeness


class Printings:
    """Articles in the order in which they came."""

    def __init__(self, texts: Mapping[int, str], same_telling: Callable[[str, str], bool]) -> None:
        self._texts, self._same_telling = texts, same_telling
        self._first: dict[tuple[int, int], int] = {}
        """Row of the article that a further print of a content repeats."""
        self._marked: dict[int, list[int]] = {}
        """By mark, places of originals in `_originals`, ascending."""
        self._originals: list[int] = []

    def take(self, printing: Printing, original: int | None = None) -> Link | None:
        """Take in an article and return what it repeats; `original`: what it repeats already."""
        link = None if original is not None else self._like(printing)
        of = link.original if link is not None else printing.row if original is None else original
        self._first.setdefault(printing.content, of)
        if of == printing.row:  # what repeats another needs no marks: its kin are the other's kin
            for mark in printing.marks:
                self._marked.setdefault(mark, []).append(len(self._originals))
            self._originals.append(printing.row)
        return link

    def _like(self, printing: Printing) -> Link | None:
        first = self._first.get(printing.content)
        if first is not None:
            return Link(printing.row, first, "exact")
        for place in islice(self._kin(printing), CANDIDATES):
            row = self._originals[place]
            if self._same_telling(self._texts[row], self._texts[printing.row]):
                return Link(printing.row, row, "near")
        return None

    def _kin(self, printing: Printing) -> Iterator[int]:
        """Yield places of originals that have enough marks in common, the oldest first.

        No more of them are looked for than are wanted: bulletins that share two marks by the hundred thousand would
        else all be looked through for each. Nor is the longest list gone through where two marks are asked for: who
        shares them stands in a shorter one too, so that a mark that all have costs a look at each candidate.
        """
        least = least_in_common(len(printing.marks))
        lists = sorted((self._marked[mark] for mark in printing.marks if mark in self._marked), key=len)
        if len(lists) < least:
            return
        cut = len(lists) - least + 1
        for place, same in groupby(merge(*lists[:cut])):
            if sum(1 for _ in same) + sum(_holds(places, place) for places in lists[cut:]) >= least:
                yield place


def links_of(
    group: Sequence[Printing], texts: Mapping[int, str], same_telling: Callable[[str, str], bool]
) -> Iterator[Link]:
    """Yield what the unfinished articles of a group repeat.

    What is finished came before all others; so nothing finished becomes a repeat of something that is not.
    """
    printings = Printings(texts, same_telling)
    rows = {printing.article: printing.row for printing in group}
    for printing in sorted(group, key=lambda one: (not one.done, one.row)):
        if not printing.done:
            link = printings.take(printing)
            if link is not None:
                yield link
        else:  # where its original is gone it stands for itself
            original = None if printing.same_as is None else rows.get(printing.same_as)
            printings.take(printing, printing.row if original is None else original)


def _holds(places: Sequence[int], place: int) -> bool:
    """Return whether a place is among ascending ones."""
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place
