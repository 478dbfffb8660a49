"""Where the output lies: a folder of this machine or of an object store, written so that no half file is ever seen."""

import os
import posixpath
import re
import socket
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from summarizer.cluster.packages import package
from summarizer.errors import ReadError, StoreError

FOLDERS: Final = ("again", "briefs", "gone", "tables")
"""What an output consists of."""
_HIDDEN: Final = "."
_UNFINISHED: Final = ".part"
_NO_FOLDERS: Final = ("s3", "gcs", "abfs")
_KEYS: Final = re.compile(r"://[^/?@]*@")
_REQUEST: Final = re.compile(r" \(Request ID: [^)]*\)")
_DELAYED: Final = "allow_delayed_open"
"""Has pyarrow write what is small by one request in place of three."""
_AT_ONCE: Final = 16
_AHEAD: Final = 128
"""Files that are read while others are looked at."""


class Shelf(NamedTuple):
    """A folder; can be pickled."""

    files: Any
    """A pyarrow FileSystem."""
    base: str
    shown: str
    """As the user named it."""

    @property
    def appends(self) -> bool:
        """Whether what is appended to a file outlives whoever wrote it, at once."""
        return str(self.files.type_name) == "local"

    def names(self, folder: str) -> list[str]:
        """Return the paths of all files below `folder`, sorted, relative to the base; hidden ones are left out."""
        return [name for name in self._all(folder) if not posixpath.basename(name).startswith(_HIDDEN)]

    def sweep(self) -> None:
        """Take away what whoever died while writing has left; nobody else may write meanwhile."""
        for name in (name for folder in FOLDERS if self.appends for name in self._all(folder)):
            if posixpath.basename(name).startswith(_HIDDEN) and name.endswith(_UNFINISHED):
                self.delete(name)

    def read_tables(self, names: Sequence[str], columns: list[str]) -> Iterator[Any]:
        """Yield columns of many Parquet files in their order, some read at once: most of it is waiting."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for first in range(0, len(names), _AHEAD):
                yield from pool.map(lambda name: self.read_table(name, columns), names[first : first + _AHEAD])

    def read_table(self, name: str, columns: list[str] | None = None) -> Any:  # noqa: ANN401 - pyarrow has no types
        """Return a Parquet file, or some columns of it. Raises StoreError where it is damaged, or another's."""
        with self.files.open_input_file(self._path(name)) as stream:
            # A file of ours is small: taken whole by one request, where each of its columns would be one.
            whole = stream if self.appends else package("pyarrow").BufferReader(stream.read())
            try:
                return package("pyarrow.parquet").read_table(whole, columns=columns)
            except package("pyarrow").ArrowException as error:
                raise StoreError(
                    f"cannot read {posixpath.join(self.shown, name)!r}: {why(error)[:300]}; it is damaged, or no file "
                    "of a run: take it away and run the same command again, which does anew what stood there"
                ) from error

    def write_table(self, name: str, table: Any) -> None:  # noqa: ANN401 - pyarrow has no types
        """Write a Parquet file that appears when it is whole."""
        path, made = self._path(name), self._path(self._beside(name))
        self._make_folder(posixpath.dirname(path))
        with self.files.open_output_stream(made if self.appends else path) as stream:
            package("pyarrow.parquet").write_table(table, stream, compression="zstd")
        if self.appends:  # an object store shows a file when it is whole anyway, and moves by copying
            self.files.move(made, path)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file."""
        with self.files.open_input_file(self._path(name)) as stream:
            return bytes(stream.read())

    def write(self, name: str, content: bytes) -> None:
        """Write a file that appears when it is whole."""
        path, made = self._path(name), self._path(self._beside(name))
        self._make_folder(posixpath.dirname(path))
        with self.files.open_output_stream(made if self.appends else path) as stream:
            stream.write(content)
        if self.appends:
            self.files.move(made, path)

    def opened_to_append(self, name: str) -> Any:  # noqa: ANN401 - a file of bytes
        """Return a file to which may be appended, unbuffered; only where `appends`."""
        path = Path(self._path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("ab", buffering=0)

    def delete(self, name: str) -> None:
        """Take a file away."""
        self.files.delete_file(self._path(name))

    def _all(self, folder: str) -> list[str]:
        selector = package("pyarrow.fs").FileSelector(self._path(folder), allow_not_found=True, recursive=True)
        cut = len(self.base) + 1
        return sorted(str(info.path)[cut:] for info in self.files.get_file_info(selector) if info.is_file)

    def _make_folder(self, path: str) -> None:
        if not _has_no_folders(self.files):
            self.files.create_dir(path, recursive=True)

    def _path(self, name: str) -> str:
        return posixpath.join(self.base, name)

    def _beside(self, name: str) -> str:
        """Return where a file is written until it is whole: nobody else, here or elsewhere, writes there."""
        folder, last = posixpath.split(name)
        writer = f"{socket.gethostname()}-{os.getpid()}-{threading.get_ident()}"
        return posixpath.join(folder, f"{_HIDDEN}{last}.{writer}{_UNFINISHED}")


def opened_shelf(where: str, *, make: bool = True) -> Shelf:
    """Return the folder at a path or URL, made where there is none. Raises StoreError."""
    try:
        files, base = resolved(where)
        if make and not _has_no_folders(files):
            files.create_dir(base, recursive=True)
    except (OSError, ValueError, ReadError) as error:
        raise StoreError(
            f"cannot write to {shown_url(where)!r}: {why(error)}; name a folder of this machine, or a URL"
        ) from error
    return Shelf(files, base.rstrip("/"), shown_url(where))


def one_array(column: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return a column of a table as one array."""
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def is_url(where: str) -> bool:
    """Return whether a source or output is a URL and no path."""
    return "://" in where


def shown_url(where: str) -> str:
    """Return a URL as documents and messages call it: without its keys, and without what its file system is told."""
    bare = _KEYS.sub("://", where)
    return bare if bare.startswith(("http:", "https:")) or not is_url(where) else bare.partition("?")[0]


def below(where: str, name: str) -> str:
    """Return the path or URL of a name below another one."""
    head, mark, told = where.partition("?") if is_url(where) else (where, "", "")
    return f"{posixpath.join(head, name)}{mark}{told}"


def why(error: Exception) -> str:
    """Return what a file system says in one line, without what no reader needs."""
    told = " ".join(str(getattr(error, "strerror", None) or error).split())
    return _REQUEST.sub("", told)


def resolved(where: str) -> tuple[Any, str]:
    """Return the file system of a path or URL, and the path within it.

    pyarrow's own come first, then those of fsspec. Raises OSError, and ReadError for a URL that neither knows.
    """
    arrow = package("pyarrow.fs")
    if not is_url(where):
        return arrow.LocalFileSystem(), str(Path(where).absolute())
    return _connected(where)


@lru_cache(maxsize=16)  # small files are opened one by one, and each connection begins with some requests
def _connected(where: str) -> tuple[Any, str]:
    arrow = package("pyarrow.fs")
    told = where
    if where.startswith("s3:") and _DELAYED not in where:
        told = f"{where}{'&' if '?' in where else '?'}{_DELAYED}=true"
    try:
        files, path = arrow.FileSystem.from_uri(told)
    except (ValueError, arrow_invalid()):
        try:
            remote, path = package("fsspec.core").url_to_fs(where)
        except (ValueError, ImportError) as error:
            reason = (
                f"cannot open {shown_url(where)!r}: {why(error)}; check it, install what opens such URLs, or copy it"
            )
            raise ReadError(reason) from error
        files = arrow.PyFileSystem(arrow.FSSpecHandler(remote))
    return files, str(path)


def _has_no_folders(files: Any) -> bool:  # noqa: ANN401 - a pyarrow FileSystem
    """Return whether a file system has files alone: to make folders there is one more right, and leaves empty files."""
    return str(files.type_name) in _NO_FOLDERS


def arrow_invalid() -> type[Exception]:
    """Return the error by which pyarrow says that it does not know something."""
    invalid: type[Exception] = package("pyarrow").ArrowInvalid
    return invalid
