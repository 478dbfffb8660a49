"""Which folders a run goes through, and whether a file belongs to several of them: told by names, not by memory.

Sources overlap (`news`, `news/2023`, `news/**/*.txt`), and links lead into folders that are read anyway. Each file is
to be read once, and a set of a million files seen is a hundred megabytes. So no file is remembered: a region is a
folder and a pattern, whether it takes a file follows from the file's real path, and of several regions that do the
first one reads it. Regions are as many as there are sources, and links to folders that were followed.
"""

import os
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from summarizer.archive.patterns import Pattern, State


class Region(NamedTuple):
    """A folder, and what is read of it."""

    rank: int
    """Its place among all regions: sources in their order, then links in the order in which they were followed."""
    base: str
    """The folder's real path, in which no part is a link."""
    location: str
    """How the system is asked for it: as given, or through a link; empty for the working folder."""
    pattern: Pattern
    state: State
    source: str | None = None
    """The pattern as given, where it is one."""


class Cover(NamedTuple):
    """What another region takes of a folder."""

    pattern: Pattern
    state: State

    def reads(self, name: str) -> bool:
        """Tell whether it reads a file of that name."""
        return self.pattern.reads(self.state, name)

    def mentions(self, name: str) -> bool:
        """Tell whether it reads a file of that name, or says why not."""
        return self.pattern.is_whole(self.state) or self.pattern.take(self.state, name) is not None

    def holds(self, pattern: Pattern, state: State) -> bool:
        """Tell whether it takes all of a folder that `pattern` takes there."""
        if self.pattern is pattern and self.state >= state:
            return True
        return self.pattern.is_whole(self.state) and pattern.is_plain(state)


class Regions:
    """The regions of a run."""

    def __init__(self) -> None:
        self._at: dict[str, list[Region]] = {}
        self._count = 0

    def add(self, base: str, location: str, pattern: Pattern, state: State, source: str | None = None) -> Region:
        """Return a new region behind all others."""
        region = Region(self._count, base, location, pattern, state, source)
        self._count += 1
        self._at.setdefault(base, []).append(region)
        return region

    def beginning_at(self, real: str, before: int | None = None) -> list[Cover]:
        """Return what regions, all or those before a rank, take of the folder at which they begin."""
        end = self._count if before is None else before
        return [Cover(region.pattern, region.state) for region in self._at.get(real, ()) if region.rank < end]

    def over(self, real: str, before: int | None = None) -> list[Cover]:
        """Return what regions, all or those before a rank, take of the folder with this real path."""
        covers = self.beginning_at(real, before)
        below: list[str] = []
        path = PurePath(real)
        for folder in path.parents:
            below.insert(0, path.parts[len(folder.parts)])
            for cover in self.beginning_at(str(folder), before):
                for name in below:
                    cover = Cover(cover.pattern, cover.pattern.enter(cover.state, name))
                if cover.state:
                    covers.append(cover)
        return covers

    def within(self, covers: Sequence[Cover], real: str, before: int) -> list[Cover]:
        """Return what covers of the folder above, and regions that begin here, take of the folder at `real`."""
        name = os.path.basename(real)  # noqa: PTH119 - as quick as it gets, for every folder
        entered = [Cover(pattern, pattern.enter(state, name)) for pattern, state in covers]
        return [*(cover for cover in entered if cover.state), *self.beginning_at(real, before)]
