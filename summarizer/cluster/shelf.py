"""Where the output lies: a folder of this machine or of an object store, written so that no half file is ever seen."""

import posixpath
from pathlib import Path
from typing import Any, Final, NamedTuple

from summarizer.cluster.packages import package
from summarizer.errors import ReadError, StoreError

FOLDERS: Final = ("briefs", "gone", "tables")
"""What an output consists of."""
_HIDDEN: Final = "."


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
        selector = package("pyarrow.fs").FileSelector(self._path(folder), allow_not_found=True, recursive=True)
        cut = len(self.base) + 1
        found = [str(info.path)[cut:] for info in self.files.get_file_info(selector) if info.is_file]
        return sorted(name for name in found if not posixpath.basename(name).startswith(_HIDDEN))

    def read_table(self, name: str, columns: list[str] | None = None) -> Any:  # noqa: ANN401 - pyarrow has no types
        """Return a Parquet file, or some columns of it."""
        with self.files.open_input_file(self._path(name)) as stream:
            return package("pyarrow.parquet").read_table(stream, columns=columns)

    def write_table(self, name: str, table: Any) -> None:  # noqa: ANN401 - pyarrow has no types
        """Write a Parquet file that appears when it is whole."""
        path, made = self._path(name), self._path(self._beside(name))
        self.files.create_dir(posixpath.dirname(path), recursive=True)
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
        self.files.create_dir(posixpath.dirname(path), recursive=True)
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

    def _path(self, name: str) -> str:
        return posixpath.join(self.base, name)

    def _beside(self, name: str) -> str:
        folder, last = posixpath.split(name)
        return posixpath.join(folder, f"{_HIDDEN}{last}.part")


def opened_shelf(where: str, *, make: bool = True) -> Shelf:
    """Return the folder at a path or URL, made where there is none. Raises StoreError."""
    try:
        files, base = resolved(where)
        if make:
            files.create_dir(base, recursive=True)
    except (OSError, ValueError, ReadError) as error:
        raise StoreError(f"cannot write to {where!r}: {error}; name a folder of this machine, or a URL") from error
    return Shelf(files, base.rstrip("/"), where)


def is_url(where: str) -> bool:
    """Return whether a source or output is a URL and no path."""
    return "://" in where


def resolved(where: str) -> tuple[Any, str]:
    """Return the file system of a path or URL, and the path within it.

    pyarrow's own come first, then those of fsspec. Raises ReadError for a URL that neither knows.
    """
    arrow = package("pyarrow.fs")
    if not is_url(where):
        return arrow.LocalFileSystem(), str(Path(where).absolute())
    try:
        files, path = arrow.FileSystem.from_uri(where)
    except (ValueError, arrow_invalid()):
        try:
            remote, path = package("fsspec.core").url_to_fs(where)
        except (ValueError, ImportError) as error:
            raise ReadError(f"cannot open {where!r}: {error}; install what opens such URLs, or copy it here") from error
        files = arrow.PyFileSystem(arrow.FSSpecHandler(remote))
    return files, str(path)


def arrow_invalid() -> type[Exception]:
    """Return the error by which pyarrow says that it does not know something."""
    invalid: type[Exception] = package("pyarrow").ArrowInvalid
    return invalid
