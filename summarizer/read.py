"""Reads an input into a Document: bytes in, decoded text out, or one line that says why not."""

import hashlib
import os
import re
import stat
import sys
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal

from summarizer.article import Document
from summarizer.charset import Decoded, decode
from summarizer.errors import ReadError

MAX_BYTES = 10_000_000
"""Largest input. A newspaper page has some 20 kB; ten megabytes is a book, or not an article."""

_CHUNK_BYTES = 1 << 20

_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document (docx, xlsx, epub)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (doc, xls, ppt)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"SQLite format 3\0", "an SQLite database"),
)

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INVISIBLE = " \t\n\r\f\v\0\x85\xa0\u3000\u200b\u200c\u200d\u2060\ufeff\u2028\u2029"


def read_document(
    path: str | os.PathLike[str], *, stdin: BinaryIO | None = None, published: str | None = None
) -> Document:
    """Read the file at `path`, or standard input where it is `-`.

    `published` is the ISO date of publication, where the caller knows it; `stdin` replaces the process's own.
    Raises ReadError, in one line, for whatever cannot be read as text.
    """
    _check_published(published)
    name = os.fspath(path)
    try:
        content = _read_stdin(stdin) if name == "-" else _read_file(name)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path, a closed stream
        raise ReadError(f"cannot read {_shown(name)}: {_reason(error)}") from error
    return document_from_bytes(content, path=name, published=published)


def document_from_bytes(content: bytes, *, path: str | None, published: str | None = None) -> Document:
    """Decode `content`; `path` is a name for messages and for the document, None where there is none.

    Raises ReadError for content that is empty, too large, binary, or in no encoding that is known here.
    """
    _check_published(published)
    shown = _shown(path)
    if len(content) > MAX_BYTES:
        raise _too_large(shown, len(content))
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise ReadError(f"{shown} is {kind}; only plain text is read: save its text in UTF-8 and read that")
    decoded = decode(content)
    if decoded is None and b"\0" in content:
        raise ReadError(f"{shown} is a binary file (it has NUL bytes); only plain text is read")
    if decoded is None:
        raise ReadError(
            f"cannot tell how {shown} is encoded (tried UTF-8, UTF-16, GB18030, Big5): "
            "it may be damaged; save it anew in UTF-8"
        )
    return _document(content, decoded, path=path, published=published)


def document_from_text(text: str, *, path: str | None = None, published: str | None = None) -> Document:
    """Wrap a text that is already decoded; its id is that of its UTF-8 bytes.

    Raises ReadError for text that is empty, too large, or holds half a surrogate pair.
    """
    _check_published(published)
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(
            f"{_shown(path)} holds half a character (a lone surrogate) at {error.start}: decode it again, strictly"
        ) from error
    if len(content) > MAX_BYTES:
        raise _too_large(_shown(path), len(content))
    return _document(content, Decoded(text, "utf-8"), path=path, published=published)


def _document(content: bytes, decoded: Decoded, *, path: str | None, published: str | None) -> Document:
    if not decoded.text.strip(_INVISIBLE):
        raise ReadError(f"{_shown(path)} is empty: give an input that has text")
    published_from: Literal["given"] | None = None if published is None else "given"
    return Document(
        id=f"sha256:{hashlib.sha256(content).hexdigest()}",
        # A file name need not be Unicode; what is written into a brief must be.
        path=None if path is None else path.encode("utf-8", "replace").decode("utf-8"),
        media_type="text/plain",
        encoding=decoded.encoding,
        text=decoded.text,
        published=published,
        published_from=published_from,
    )


def _read_file(name: str) -> bytes:
    if not name:
        raise ReadError("no file is named: give a path, or - for standard input")
    path = Path(name)
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise ReadError(f"{name!r} is a folder: name the files in it")
    if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES:
        raise _too_large(repr(name), status.st_size)
    with path.open("rb") as stream:
        return _read_limited(stream, repr(name))


def _read_stdin(stdin: BinaryIO | None) -> bytes:
    if stdin is not None:
        return _read_limited(stdin, _shown("-"))
    if sys.stdin is None:  # a process without one (pythonw, a closed descriptor)
        raise ReadError("there is no standard input: name a file instead of '-'")
    return _read_limited(sys.stdin.buffer, _shown("-"))


def _read_limited(stream: BinaryIO, shown: str) -> bytes:
    """Read to the end, but never much more than MAX_BYTES: a pipe may have no end."""
    chunks: list[bytes] = []
    total = 0
    while total <= MAX_BYTES:
        chunk = stream.read(min(_CHUNK_BYTES, MAX_BYTES + 1 - total))
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
        total += len(chunk)
    raise _too_large(shown, None)


def _too_large(shown: str, size: int | None) -> ReadError:
    known = "more than" if size is None else f"{size:,} bytes, over"
    return ReadError(f"{shown} is too large: {known} the limit of {MAX_BYTES:,} bytes; split it into articles")


def _check_published(published: str | None) -> None:
    if published is None:
        return
    try:
        fits = _ISO_DATE.fullmatch(published) is not None and bool(date.fromisoformat(published))
    except ValueError:
        fits = False
    if not fits:
        raise ReadError(f"the publication date {published!r} is no date: write it as YYYY-MM-DD")


def _shown(path: str | None) -> str:
    if path is None:
        return "the text"
    return "standard input" if path == "-" else repr(path)


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; check the path"
    if isinstance(error, PermissionError):
        return "permission denied; check its access rights"
    detail = error.strerror if isinstance(error, OSError) else None
    return f"{detail or error}; check the path"
