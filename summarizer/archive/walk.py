# Paths are strings here: a Path for each of a million files would double what a walk costs.
# ruff: noqa: PTH112, PTH114, PTH116, PTH118, PTH208
"""Goes through what a batch run is given: folders, patterns, files and standard input become a stream of inputs.

The order is the same in every run and on every system: sources as given, in a folder files and folders by the code
points of their names. Nothing stops a walk: what is passed over is yielded with the reason, in its place.

Memory does not grow with the number of files, but for the names of the folders that are open at the moment, as sorting
needs them all (some 90 MB for a folder of a million files), and for links: each file that was read through a link
leaves a number behind. Files are told apart by their real paths, not their inodes: two hard links are two files.
"""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final, NamedTuple

from summarizer.archive.inputs import STDIN, Input, Skipped, documents, shown
from summarizer.archive.kinds import is_litter, refused_kind
from summarizer.archive.patterns import Pattern, State, is_magic
from summarizer.archive.regions import Cover, Region, Regions

__all__ = ["COMPANIONS", "Input", "Skipped", "documents", "walk"]

COMPANIONS: Final = ("", "-wal", "-shm", "-journal", "-lock", ".lock")
"""What SQLite and those that share a database put beside it, as endings of its name."""

_JUNCTION: Final = 0xA0000003
"""The tag of what Windows has for links to folders."""
_WHOLE: Final = Pattern()


def walk(sources: Sequence[str], *, leave_out: Sequence[str] = ()) -> Iterator[Input | Skipped]:
    """Yield each file that the sources name, once, as it is met, and what is passed over.

    A source is a file, a folder (with all below it), a pattern with `*`, `?`, `[...]` or `**`, or `-`. A file that is
    named, or by a pattern that spells its extension (`*.json`), is always tried; of folders and other patterns hidden
    names, litter and kinds that are never news are skipped, unopened. Of overlapping sources the first one reads a
    file, a file that is named is read at its own place. Links to files and folders are followed once, unless what they
    lead to is read where it lies. `leave_out` names files, as stores, that are passed over with their `COMPANIONS`.
    """
    return _Walk(leave_out).through(sources)


class _Folder(NamedTuple):
    """A folder on the way down."""

    location: str
    real: str
    region: Region
    state: State
    covers: Sequence[Cover]
    """What regions before its own read of it."""
    names: list[str]
    """Those still to come, the next one last."""


class _Walk:
    def __init__(self, leave_out: Sequence[str]) -> None:
        self._left_out = {os.path.realpath(path) + ending for path in leave_out for ending in COMPANIONS}
        self._regions = Regions()
        self._named: set[str] = set()
        """Real paths of the files that sources name, and standard input's."""
        self._linked: set[int] = set()
        """Hashes of the real paths of files that were read through a link."""
        self._matched = False
        """Whether the region at hand has met anything that its pattern takes."""

    def through(self, sources: Sequence[str]) -> Iterator[Input | Skipped]:
        """Yield what the sources hold. All are looked at first: what one names another one passes over."""
        for step in [self._planned(source) for source in sources]:
            if not isinstance(step, Region):
                if step is not None:
                    yield step
                continue
            self._matched = False
            yield from self._down(step)
            if step.source is not None and not self._matched:
                yield Skipped(shown(step.source), "matches no file: check the pattern", "no match")

    def _planned(self, source: str) -> Region | Input | Skipped | None:
        """Return what a source stands for; None for a file that was named before."""
        if source == STDIN:
            known = STDIN in self._named
            self._named.add(STDIN)
            return None if known else Input(STDIN, STDIN, None, None)
        if not source:
            return Skipped(source, "is no name: give a path, a pattern, or - for standard input", "no match")
        location = _joined("", str(PurePath(source)))
        try:
            status = os.stat(location)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            gone = "is not there: check the path"
            return self._pattern(source) if is_magic(source) else _unreadable(location, error, gone)
        real = os.path.realpath(location)
        if stat.S_ISDIR(status.st_mode):
            return self._regions.add(real, "" if location == os.curdir else location, _WHOLE, _WHOLE.start)
        if real in self._named:
            return None
        self._named.add(real)
        return self._input(location, real, status)

    def _pattern(self, source: str) -> Region | Skipped:
        parts = PurePath(source).parts
        first = next(number for number, part in enumerate(parts) if is_magic(part))
        location = str(PurePath(*parts[:first])) if first else ""
        if not os.path.isdir(location or os.curdir):
            return Skipped(shown(source), f"matches no file: there is no folder {shown(location)!r}", "no match")
        pattern = Pattern(parts[first:])
        return self._regions.add(os.path.realpath(location), location, pattern, pattern.start, source)

    def _down(self, region: Region) -> Iterator[Input | Skipped]:
        covers = self._regions.over(region.base, before=region.rank)
        step: _Folder | Input | Skipped | None = self._entered(
            region.location, region.base, region, region.state, covers
        )
        open_folders: list[_Folder] = []  # not recursion: folders may be nested deeper than calls may be
        while True:
            if isinstance(step, _Folder):
                open_folders.append(step)
            elif step is not None:
                yield step
            while open_folders and not open_folders[-1].names:
                open_folders.pop()
            if not open_folders:
                return
            step = self._met(open_folders[-1], open_folders[-1].names.pop())

    def _entered(
        self, location: str, real: str, region: Region, state: State, covers: Sequence[Cover]
    ) -> _Folder | Skipped | None:
        """Return a folder with its names; None where all of it is read from another region."""
        self._matched = self._matched or region.pattern.is_whole(state)
        if any(cover.holds(region.pattern, state) for cover in covers):
            self._matched = True
            return None
        names = region.pattern.spelled_names(state)
        try:
            if names is None:
                names = os.listdir(location or os.curdir)
            else:
                names = [name for name in names if os.path.lexists(_joined(location, name))]
        except OSError as error:
            return _unreadable(location or os.curdir, error)
        names.sort(reverse=True)
        return _Folder(location, real, region, state, covers, names)

    def _met(self, folder: _Folder, name: str) -> _Folder | Input | Skipped | None:
        pattern = folder.region.pattern
        location = _joined(folder.location, name)
        entered, taken = pattern.enter(folder.state, name), pattern.take(folder.state, name)
        real = os.path.join(folder.real, name)
        if not entered and not taken:
            return self._passed_over(folder, name, real, location)
        try:
            status = os.lstat(location)
            linked = stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION
            if linked:
                status, real = os.stat(location), os.path.realpath(location)
        except (OSError, ValueError) as error:
            # What is not matched and is nothing, or a link to nothing, hides nothing either; a folder too deep may.
            nothing = taken is None and getattr(error, "errno", None) in (errno.ENOENT, errno.ELOOP)
            return None if nothing else _unreadable(location, error)
        if stat.S_ISDIR(status.st_mode):
            if not entered:
                return None
            if linked:
                return self._followed(folder, location, real, entered)
            covers = self._regions.within(folder.covers, real, folder.region.rank)
            return self._entered(location, real, folder.region, entered, covers)
        if taken is None:
            return None
        self._matched = True
        result = self._input(location, real, status, kind=refused_kind(name) if taken == "met" else None, inside=True)
        if linked:
            return self._through_link(result, real)
        covered = any(
            cover.mentions(name) if isinstance(result, Skipped) else cover.reads(name) for cover in folder.covers
        )
        return None if covered or real in self._named or hash(real) in self._linked else result

    def _followed(self, folder: _Folder, location: str, real: str, state: State) -> _Folder | Skipped | None:
        """Return the folder to which a link leads, as a region of its own, unless that is read anyway."""
        pattern = folder.region.pattern
        if PurePath(folder.real).is_relative_to(real):
            return Skipped(shown(location), "is a link to a folder in which it lies itself: a loop", "loop")
        covers = self._regions.over(real)
        if any(cover.holds(pattern, state) for cover in covers):
            self._matched = True
            return _repeated(location, real)
        return self._entered(location, real, self._regions.add(real, location, pattern, state), state, covers)

    def _through_link(self, result: Input | Skipped, real: str) -> Input | Skipped | None:
        """Return the file to which a link leads, unless it is read where it lies, or was through another link."""
        if isinstance(result, Skipped):
            return result
        parent, name = os.path.split(real)
        known = real in self._named or hash(real) in self._linked
        if known or any(cover.reads(name) for cover in self._regions.over(parent)):
            return _repeated(result.location, real)
        self._linked.add(hash(real))
        return result

    def _passed_over(self, folder: _Folder, name: str, real: str, location: str) -> Skipped | None:
        """Return why a name of a folder that is read whole is not; what a pattern does not match needs no reason."""
        if not folder.region.pattern.is_whole(folder.state) or any(cover.mentions(name) for cover in folder.covers):
            return None
        if real in self._named or self._regions.beginning_at(real):
            return None
        if is_litter(name):
            return Skipped(shown(location), "is litter that a system or an editor left there", "litter")
        return Skipped(shown(location), "is hidden (its name begins with a dot): name it to read it", "hidden")

    def _input(
        self, location: str, real: str, status: os.stat_result, *, kind: str | None = None, inside: bool = False
    ) -> Input | Skipped:
        path = shown(location)
        if real in self._left_out:
            return Skipped(path, "belongs to this run itself, which writes it", "left out")
        if not stat.S_ISREG(status.st_mode):
            if inside:  # reading it might wait for ever
                return Skipped(path, "is a pipe, a socket or a device: name it to read it", "special")
            return Input(path, location, None, None)
        if kind is not None:
            return Skipped(path, f"is {kind} by its name, and not read: name the file to try it", "kind")
        return Input(path, location, status.st_size, status.st_mtime_ns)


def _repeated(location: str, real: str) -> Skipped:
    return Skipped(shown(location), f"is a link to {shown(real)!r}, which is read where it lies or was", "repeated")


def _unreadable(
    location: str, error: OSError | ValueError, gone: str = "vanished while its folder was read"
) -> Skipped:
    path = shown(location)
    if isinstance(error, FileNotFoundError):
        return Skipped(path, "is a link to nothing" if os.path.islink(location) else gone, "unreadable")
    if isinstance(error, PermissionError):
        return Skipped(path, "cannot be entered (permission denied): check its access rights", "unreadable")
    detail = error.strerror if isinstance(error, OSError) else None
    if getattr(error, "errno", None) == errno.ELOOP:
        return Skipped(path, f"is a link that leads to no end ({detail})", "loop")
    return Skipped(path, f"cannot be read ({detail or error}): check the path", "unreadable")


def _joined(folder: str, name: str) -> str:
    """Return the path of a name in a folder, which is empty for the working folder; `-` alone is standard input's."""
    return os.path.join(os.curdir if not folder and name == STDIN else folder, name)
