"""The way in: a path, standard input, bytes or a text become one document, or a stream of them."""

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from summarizer.article import Document
from summarizer.errors import ReadError
from summarizer.read.dispatch import Job, Results, documents_in
from summarizer.read.fields import Fields
from summarizer.read.found import Found, check_published, document_of
from summarizer.read.limits import MAX_BYTES, Budget
from summarizer.read.plain import read_text
from summarizer.read.source import Counted, Source, as_binary, read_all, shown, source_of, too_large


def read_documents(
    path: str | os.PathLike[str],
    *,
    stdin: BinaryIO | None = None,
    published: str | None = None,
    fields: Fields | None = None,
    on_error: Callable[[ReadError], object] | None = None,
) -> Iterator[Document]:
    """Yield the documents of the file at `path` as they are read, or of standard input where it is `-`.

    `published` is the ISO date of publication, where the caller knows it, and outweighs what files say; `fields` names
    the columns of tables; `stdin` replaces the process's own. What cannot be read raises ReadError in its place, or is
    handed to `on_error`, and reading goes on.
    """
    results = read_results(path, stdin=stdin, published=published, fields=fields)
    return _told(results, on_error)


def read_results(
    path: str | os.PathLike[str],
    *,
    name: str | None = None,
    stdin: BinaryIO | None = None,
    published: str | None = None,
    fields: Fields | None = None,
) -> Iterator[Document | ReadError]:
    """Yield what `read_documents` does, with each error in its place, so that a caller need not hold any of them.

    `name` is what documents and messages call the file, where that differs from the path by which it is opened.
    Raises ReadError at once for a date that is none.
    """
    check_published(published)
    location = os.fspath(path)
    return _results(location, location if name is None else name, stdin, published, fields or Fields())


def read_document(
    path: str | os.PathLike[str],
    *,
    stdin: BinaryIO | None = None,
    published: str | None = None,
    fields: Fields | None = None,
) -> Document:
    """Return the one document of the file at `path`, or of standard input where it is `-`.

    Raises ReadError, in one line, for whatever cannot be read, and for a file that holds several documents.
    """
    name = os.fspath(path)
    return _only(read_documents(path, stdin=stdin, published=published, fields=fields), shown(name))


def document_from_bytes(content: bytes, *, path: str | None, published: str | None = None) -> Document:
    """Return the one document of `content`; `path` is a name for messages and for the document, None for none.

    Raises ReadError for content that is empty, too large, or of no kind that is read.
    """
    check_published(published)
    source = source_of(path or "", io.BytesIO(content), size=len(content))
    job = Job(published, Fields(), Budget(source.shown, len(content)))
    return _only(_told(documents_in(source, job), None), source.shown)


def document_from_text(text: str, *, path: str | None = None, published: str | None = None) -> Document:
    """Wrap a text that is already decoded; its id is that of its UTF-8 bytes.

    Raises ReadError for text that is empty, too large, or holds half a surrogate pair.
    """
    check_published(published)
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(
            f"{shown(path)} holds half a character (a lone surrogate) at {error.start}: decode it again, strictly"
        ) from error
    if len(content) > MAX_BYTES:
        raise too_large(shown(path), len(content))
    return document_of(Found(text, "utf-8"), content, path, published)


def read_plain(path: str | os.PathLike[str]) -> str:
    """Return the text of a file as it stands, whatever its name promises: for files that are no news, as briefs are."""
    name = os.fspath(path)
    with _opened(name, name, None) as opened:
        found = read_text(read_all(opened.source), opened.source.shown)
        return document_of(found, b"", name, None).text


def _told(results: Results, on_error: Callable[[ReadError], object] | None) -> Iterator[Document]:
    for result in results:
        if not isinstance(result, ReadError):
            yield result
        elif on_error is None:
            raise result
        else:
            on_error(result)


def _only(documents: Iterator[Document], name: str) -> Document:
    document = next(documents, None)
    if document is None:
        raise ReadError(f"{name} holds no document")
    second = next(documents, None)
    if second is not None:
        raise ReadError(
            f"{name} holds several documents ({document.path!r}, {second.path!r} …), and one is needed: unpack it"
        )
    return document


def _results(location: str, name: str, stdin: BinaryIO | None, published: str | None, fields: Fields) -> Results:
    try:
        with _opened(location, name, stdin) as opened:
            yield from documents_in(opened.source, Job(published, fields, opened.budget))
    except ReadError as error:
        yield error


class _Opened(NamedTuple):
    """An input, and the meter for what comes out of it."""

    source: Source
    budget: Budget


@contextmanager
def _opened(location: str, name: str, stdin: BinaryIO | None) -> Iterator[_Opened]:
    """Open a file or standard input. Raises ReadError for whatever the system says against it, also later on."""
    try:
        if location == "-":
            budget = Budget(shown(name), None)
            yield _Opened(source_of(name, as_binary(Counted(stdin or _stdin(), budget))), budget)
            return
        if not location:
            raise ReadError("no file is named: give a path, or - for standard input")
        path = Path(location)
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(f"{name!r} is a folder: name the files in it")
        size = status.st_size if stat.S_ISREG(status.st_mode) else None
        with path.open("rb") as stream:
            budget = Budget(shown(name), size)
            pipe = stream if size is not None else as_binary(Counted(stream, budget))
            yield _Opened(source_of(name, pipe, size=size), budget)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path, a closed stream
        raise ReadError(f"cannot read {shown(name)}: {_reason(error)}") from error


def _stdin() -> BinaryIO:
    if sys.stdin is None:  # a process without one (pythonw, a closed descriptor)
        raise ReadError("there is no standard input: name a file instead of '-'")
    return sys.stdin.buffer


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; check the path"
    if isinstance(error, PermissionError):
        return "permission denied; check its access rights"
    detail = error.strerror if isinstance(error, OSError) else None
    return f"{detail or error}; check the path"
