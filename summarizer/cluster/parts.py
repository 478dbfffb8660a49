"""What there is to read, cut into parts that one task reads: a large file alone, small ones together."""

import posixpath
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any, Final, NamedTuple

from summarizer.archive.inputs import STDIN
from summarizer.archive.kinds import is_litter, refused_kind
from summarizer.archive.walk import Skipped, walk
from summarizer.cluster.packages import package
from summarizer.cluster.shelf import is_url, resolved, shown_url, why
from summarizer.errors import ReadError, SettingsError
from summarizer.read.records import Opening

_FILES: Final = 64
_BYTES: Final = 4_000_000
"""Of a part of several files: some 2,000 articles, two dozen chunks; one task's start (20 ms) is then nothing."""
_PARQUET: Final = (".parquet", ".pq")


class Range(NamedTuple):
    """What one task reads of a large file."""

    number: int
    """From 1."""
    of: int
    """How many ranges the file has."""
    first: int
    """Byte at which a line begins; of a Parquet file a row group."""
    last: int
    """The first one that is not of it."""
    records: int
    """Lines or rows before it."""
    opening: Opening | None
    """Of a file of lines."""


class File(NamedTuple):
    """A file to read."""

    path: str
    """Its name in documents, the same as locally."""
    location: str
    """What opens it on any machine: an absolute path; below a URL the path in its file system."""
    size: int
    range: Range | None = None
    """None: all of it."""
    root: str | None = None
    """The URL that it was found by, with all that its file system is told there; None for one of this machine."""

    @property
    def shown(self) -> str:
        """What is read, for messages."""
        return (
            repr(self.path) if self.range is None else f"part {self.range.number} of {self.range.of} of {self.path!r}"
        )


class Part(NamedTuple):
    """What one task reads."""

    number: int
    files: tuple[File, ...]


class Found(NamedTuple):
    """All that is to be read."""

    parts: tuple[Part, ...]
    skipped: int
    troubles: tuple[str, ...]
    """What cannot be read, a line each."""


def parts_of(
    sources: Sequence[str], leave_out: Sequence[str], cut: Callable[[Sequence[File]], Sequence[File]] = tuple
) -> Found:
    """Return the parts of files, folders, patterns and URLs; what cannot be read is a trouble, never raised.

    `leave_out` are folders that are no archive, as a run's output; `cut` returns files with the large ones in ranges.

    Raises SettingsError for standard input, which no other machine can read.
    """
    if STDIN in sources:
        raise SettingsError("--engine ray cannot read standard input: write it to a file first")
    files: list[File] = []
    troubles: list[str] = []
    skipped = 0
    for found in _found(sources, leave_out):
        if isinstance(found, File):
            files.append(found)
        elif isinstance(found, Skipped):
            skipped += 1
            if found.is_trouble:
                troubles.append(f"{found.path!r} {found.reason}")
        else:
            troubles.append(str(found))
    parts = tuple(Part(number, group) for number, group in enumerate(_grouped(cut(files))))
    return Found(parts, skipped, tuple(troubles))


def is_parquet(path: str) -> bool:
    """Return whether a file is read as Parquet."""
    return path.lower().endswith(_PARQUET)


def _found(sources: Sequence[str], leave_out: Sequence[str]) -> Iterator[File | Skipped | ReadError]:
    local = [source for source in sources if not is_url(source)]
    outputs = [_Folder(str(files.type_name), path) for files, path in map(resolved, leave_out)]
    for found in walk(local):
        location = Path(found.path if isinstance(found, Skipped) else found.location).absolute()
        if any(out.holds("local", str(location)) for out in outputs):
            continue
        if isinstance(found, Skipped):
            yield _table(found) if found.cause == "kind" and is_parquet(found.path) else found
        else:
            yield File(found.path, str(location), found.size or 0)
    met = _Met()
    for source in sources:
        if is_url(source):
            yield from _listed(source, outputs, met)


class _Met:
    """What URLs have named so far: of overlapping ones the first reads a file, as of overlapping paths (`walk`).

    File systems are held against each other as wholes, for two stores may each have a bucket of one name.
    """

    def __init__(self) -> None:
        self._systems: list[tuple[Any, set[str], set[str]]] = []

    def is_new(self, files: Any, found: File | Skipped, path: str) -> bool:  # noqa: ANN401 - a pyarrow FileSystem
        """Note a file; return whether it is the first time. One that was passed over may still be named."""
        known = next((known for known in self._systems if known[0] == files), None)
        if known is None:
            known = files, set(), set()
            self._systems.append(known)
        _, read, skipped = known
        among = read if isinstance(found, File) else skipped
        if path in read or path in among:
            return False
        among.add(path)
        return True


class _Folder(NamedTuple):
    kind: str
    """Of file system."""
    path: str

    def holds(self, kind: str, path: str) -> bool:
        return kind == self.kind and PurePath(path).is_relative_to(self.path)


def _table(skipped: Skipped) -> File | Skipped:
    """Return the Parquet file that a walk passes over, for one machine's run reads none."""
    try:
        return File(skipped.path, str(Path(skipped.path).absolute()), Path(skipped.path).stat().st_size)
    except OSError:
        return skipped


def _listed(url: str, outputs: Sequence[_Folder], met: _Met) -> Iterator[File | Skipped | ReadError]:
    """Yield the files at a URL, or below it, in the order of their names; without those that were met before."""
    named = shown_url(url)
    try:
        files, path = resolved(url)
        kinds = package("pyarrow.fs").FileType
        info = files.get_file_info(path)
        if info.type == kinds.NotFound:
            yield ReadError(f"{named!r} is not there: check the address")
            return
        if info.type == kinds.File:
            file = File(named, path, info.size or 0, root=url)
            if met.is_new(files, file, path):
                yield file
            return
        below = files.get_file_info(package("pyarrow.fs").FileSelector(path, recursive=True))
    except (OSError, ValueError, ReadError) as error:
        yield ReadError(f"cannot read {named!r}: {why(error)}")
        return
    for entry in sorted((entry for entry in below if entry.is_file), key=lambda entry: str(entry.path)):
        if any(out.holds(str(files.type_name), str(entry.path)) for out in outputs):
            continue
        found = _entry(entry, str(entry.path)[len(path.rstrip("/")) + 1 :], url)
        if met.is_new(files, found, str(entry.path)):
            yield found


def _entry(entry: Any, name: str, url: str) -> File | Skipped:  # noqa: ANN401 - pyarrow has no types
    """Return what is done with a file below a URL."""
    shown = posixpath.join(shown_url(url), name)
    last = posixpath.basename(name)
    kind = None if is_parquet(last) else refused_kind(last)
    if any(part.startswith(".") for part in name.split("/")) or is_litter(last):
        return Skipped(shown, "is hidden or litter", "hidden")
    if kind is not None:
        return Skipped(shown, kind, "kind")
    return File(shown, str(entry.path), entry.size or 0, root=url)


def _grouped(files: Sequence[File]) -> Iterator[tuple[File, ...]]:
    group: list[File] = []
    size = 0
    for file in files:
        if group and (len(group) >= _FILES or size + file.size > _BYTES):
            yield tuple(group)
            group, size = [], 0
        group.append(file)
        size += file.size
    if group:
        yield tuple(group)
