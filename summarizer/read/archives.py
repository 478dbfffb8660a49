"""Takes archives apart: each file in them becomes a source of its own, read in its place, nothing written.

Sizes that archives claim are not looked at; what comes out is counted as it comes (`Metered`).
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, Final, Literal

from summarizer.errors import ReadError
from summarizer.read.limits import MAX_MEMBERS, Budget
from summarizer.read.source import Source, as_binary, source_of

Packing = Literal["gzip", "bzip2", "xz"]

DAMAGE: Final = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, gzip.BadGzipFile),
    *(EOFError, OSError, RuntimeError, ValueError),
)
"""What the standard library raises on archives that are damaged, or made with what it does not know: zipfile's word for
an unknown packing method, NotImplementedError, is a RuntimeError."""
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
"""Flags of a ZIP member."""
_NAME_ENCODINGS: Final = ("utf-8", "gb18030", "big5hkscs")
_LITTER: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that systems leave in folders; nobody meant them to be read."""


class Metered(io.RawIOBase):
    """The bytes that come out of an archive: counted, and damage told in one line."""

    def __init__(
        self, stream: IO[bytes] | gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile, budget: Budget, name: str
    ) -> None:
        self._stream = stream
        self._budget = budget
        self._name = name

    def readable(self) -> bool:
        """Return True, as a stream to read from must."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Read bytes. Raises ReadError for damage, and where the budget is spent."""
        try:
            content = self._stream.read(size)
        except DAMAGE as error:
            raise damaged(self._name, error) from error
        self._budget.spend(len(content))
        return content


def damaged(name: str, error: Exception) -> ReadError:
    """Return the error for an archive that does not come apart."""
    if isinstance(error, EOFError) or "unexpected end of data" in str(error):
        return ReadError(f"{name} is cut short: it ends in the middle; fetch it again")
    if isinstance(error, NotImplementedError):  # zipfile's word for a packing method that it does not know
        return ReadError(f"{name} is packed by a method that is not known here ({error}); pack it anew")
    return ReadError(f"{name} is damaged ({str(error).rstrip('.') or type(error).__name__}); fetch it again")


def unpacked(source: Source, packing: Packing, budget: Budget) -> Source:
    """Return what one compressed stream holds, under the same name. Raises ReadError."""
    stream: gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile
    if packing == "gzip":
        stream = gzip.GzipFile(fileobj=source.stream)
    elif packing == "bzip2":
        stream = bz2.BZ2File(source.stream)
    else:
        stream = lzma.LZMAFile(source.stream)  # noqa: SIM115  # it holds nothing that must be closed
    return source_of(source.path, as_binary(Metered(stream, budget, source.shown)), depth=source.depth + 1)


@contextmanager
def opened_zip(source: Source) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP archive whose stream can be wound back. Raises ReadError."""
    try:
        archive = zipfile.ZipFile(source.stream)
    except DAMAGE as error:
        raise ReadError(f"{source.shown} is a damaged ZIP archive ({error}); fetch it again") from error
    with archive:
        yield archive


def zip_members(archive: zipfile.ZipFile, source: Source, budget: Budget) -> Iterator[Source | ReadError]:
    """Yield the files of a ZIP archive in its order."""
    for count, member in enumerate(member for member in archive.infolist() if not member.is_dir()):
        name = _zip_name(member)
        if _is_litter(name):
            continue
        _check_count(count, source)
        path = f"{source.path}!/{name}"
        if member.flag_bits & _ENCRYPTED:
            yield ReadError(f"{path!r} is encrypted: unpack it with its password and read that")
            continue
        try:
            with archive.open(member) as content:
                metered = as_binary(Metered(content, budget, repr(path)))
                yield source_of(path, metered, depth=source.depth + 1)
        except DAMAGE as error:
            yield damaged(repr(path), error)
        except ReadError as error:
            yield error


def tar_members(source: Source, budget: Budget, *, packed: bool) -> Iterator[Source | ReadError]:
    """Yield the files of a TAR archive in its order; `packed` says that its packing was counted as a level."""
    depth = source.depth if packed else source.depth + 1
    try:
        with tarfile.open(fileobj=source.stream, mode="r|", errors="surrogateescape") as archive:
            for count, member in enumerate(archive):
                archive.members = []  # type: ignore[attr-defined]  # or it remembers every one of them
                name = _decoded(member.name.encode("utf-8", "surrogateescape"))
                if not member.isfile() or _is_litter(name):
                    continue
                _check_count(count, source)
                path = f"{source.path}!/{name}"
                content = archive.extractfile(member)
                if content is not None:
                    metered = as_binary(Metered(content, budget, repr(path)))
                    yield source_of(path, metered, depth=depth)
    except DAMAGE as error:
        raise damaged(source.shown, error) from error


def _check_count(count: int, source: Source) -> None:
    if count >= MAX_MEMBERS:
        raise ReadError(f"{source.shown} holds more than {MAX_MEMBERS:,} files: split it; the rest is not read")


def _zip_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; those that do not say they are UTF-8 were given as CP437, which loses nothing."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return _decoded(member.orig_filename.encode("cp437")).replace("\\", "/")
    except UnicodeEncodeError:  # an extra field has put a Unicode name in its place
        return member.filename


def _decoded(name: bytes) -> str:
    for encoding in _NAME_ENCODINGS:
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("latin-1")


def _is_litter(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name in _LITTER or path.name.startswith("._") or "__MACOSX" in path.parts
