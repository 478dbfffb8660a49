"""Patterns of paths, matched name by name on the way down, so that a folder is listed once however they are written.

A folder to be read whole is the empty pattern: what a pattern matches is read with all that lies in it. A pattern is
run like the automaton that it is: a state holds which of its parts may come next, so `**` needs no second look at any
folder, and whether another pattern takes a file too is told from the names alone.
"""

import fnmatch
import os
import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from summarizer.archive.kinds import extension_of, is_hidden, is_litter, refused_kind

State = frozenset[int]
"""Parts that the next name may match; empty where nothing below can."""

_DEEP: Final = "**"
_MAGIC: Final = re.compile(r"[*?\[]")


def is_magic(part: str) -> bool:
    """Tell whether a part of a path stands for several names."""
    return _MAGIC.search(part) is not None


class Pattern:
    """What is taken of a folder: the files that parts match, and all that lies in the folders that they match.

    `*`, `?` and `[...]` match within a name, `**` any number of folders. As in a shell they pass over hidden names
    unless the part itself begins with a dot, and over litter unless it is spelled out.
    """

    def __init__(self, parts: Sequence[str] = ()) -> None:
        self._parts: Final = (*parts, _DEEP)
        self._rest: Final = len(parts)
        """The part that takes all that is left."""
        self._fits: Final = [re.compile(fnmatch.translate(os.path.normcase(part))).match for part in self._parts]
        self.start: Final = self._closed({0})
        """The state at the folder where the pattern begins."""

    def enter(self, state: State, name: str) -> State:
        """Return the state in a folder of that name; empty where nothing in it is taken."""
        following: set[int] = set()
        for number in state:
            if self._is_deep(number) and not is_hidden(name) and not is_litter(name):
                following.add(number)
            elif self._matches(number, name):
                following.add(number + 1)
        return self._closed(following)

    def take(self, state: State, name: str) -> Literal["spelled", "met"] | None:
        """Tell whether a file of that name is taken: with its extension spelled out, or as one of many, or not."""
        taken: Literal["spelled", "met"] | None = None
        for number in state:
            if self._is_deep(number):
                # `**/a.txt` takes no file by its first part; only where nothing but `**` follows is a file its end.
                if self._ends(number) and not is_hidden(name) and not is_litter(name):
                    taken = taken or "met"
            elif self._matches(number, name) and self._ends(number + 1):
                extension = extension_of(self._parts[number])
                spelled = bool(extension) and not is_magic(extension) and extension == extension_of(name)
                taken = "spelled" if spelled else taken or "met"
        return taken

    def reads(self, state: State, name: str) -> bool:
        """Tell whether a file of that name is taken and not refused for its kind."""
        taken = self.take(state, name)
        return taken == "spelled" or (taken == "met" and refused_kind(name) is None)

    def is_whole(self, state: State) -> bool:
        """Tell whether all of a folder is taken, hidden names, litter and refused kinds apart."""
        return self._rest in state

    def is_plain(self, state: State) -> bool:
        """Tell whether all of a folder is taken and nothing beyond that is spelled out."""
        return self._rest in state and min(state) >= self._rest

    def spelled_names(self, state: State) -> list[str] | None:
        """Return the only names that can match, so that the folder need not be listed; None where it must be."""
        parts = {self._parts[number] for number in state if number < len(self._parts)}
        return None if any(is_magic(part) for part in parts) else sorted(parts - {os.pardir, os.curdir})

    def _closed(self, numbers: Iterable[int]) -> State:
        """Return a state with what may come next because `**` also stands for no folder at all."""
        closed = set(numbers)
        for number in sorted(closed):
            following = number
            while self._is_deep(following):
                following += 1
                closed.add(following)
        return frozenset(closed)

    def _is_deep(self, number: int) -> bool:
        return number < len(self._parts) and self._parts[number] == _DEEP

    def _ends(self, number: int) -> bool:
        return all(part == _DEEP for part in self._parts[number:])

    def _matches(self, number: int, name: str) -> bool:
        if number >= len(self._parts) or self._is_deep(number) or not self._fits[number](os.path.normcase(name)):
            return False
        part = self._parts[number]
        return (not is_hidden(name) or is_hidden(part)) and (not is_litter(name) or not is_magic(part))
