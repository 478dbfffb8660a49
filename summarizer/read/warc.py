"""Reads web archives (WARC): the pages and plain texts that servers answered with, each a document of its own."""

import logging
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, NamedTuple

from summarizer.errors import ReadError
from summarizer.read.extras import package
from summarizer.read.limits import MAX_BYTES
from summarizer.read.source import Source, too_large

_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
_OK: Final = "200"
_DAMAGE: Final = (EOFError, ValueError, AttributeError, TypeError, LookupError)
"""What warcio, which does not check headers, runs into on damaged ones."""


class Answer(NamedTuple):
    """What a server answered."""

    path: str
    """The archive's name and the address."""
    content: bytes
    html: bool
    charset: str | None
    """As the server said."""


def answers(source: Source) -> Iterator[Answer | ReadError]:
    """Yield what is HTML or plain text among the responses; pictures, scripts and refusals are passed over.

    Raises ReadError where the archive is damaged; what stood before was yielded.
    """
    iterator = package("warcio.archiveiterator", "warc", source.shown)
    from warcio.exceptions import ArchiveLoadFailed

    logging.getLogger("warcio").addHandler(logging.NullHandler())  # its warnings would go to stderr
    found = False
    broken = 0
    try:
        records = iterator.ArchiveIterator(source.stream)
        records.INC_RECORD = ""  # what it writes to stderr itself
        for record in records:
            if records.err_count > broken:
                broken = records.err_count
                yield ReadError(f"a record of {source.shown} is damaged: its length is wrong, some text may be lost")
            if record.rec_type != "response" or record.http_headers is None:
                continue
            headers = record.http_headers
            media, _, parameters = (headers.get_header("Content-Type") or "").partition(";")
            media = media.strip().lower()
            if headers.get_statuscode() != _OK or (media not in _HTML and media != "text/plain"):
                continue
            found = True
            yield _answer(record, source, media in _HTML, _charset(parameters))
    except (ArchiveLoadFailed, *_DAMAGE) as error:
        raise ReadError(f"{source.shown} is damaged ({' '.join(str(error).split())}); fetch it again") from error
    if not found:
        raise ReadError(
            f"{source.shown} holds no web page and no plain text among its responses: check what was crawled"
        )


def _answer(record: Any, source: Source, html: bool, charset: str | None) -> Answer | ReadError:  # noqa: ANN401
    path = f"{source.path}!/{record.rec_headers.get_header('WARC-Target-URI')}"
    content = _content(record.content_stream())
    if len(content) > MAX_BYTES:
        return too_large(repr(path), None)
    return Answer(path, content, html, charset)


def _content(stream: BinaryIO) -> bytes:
    chunks: list[bytes] = []
    left = MAX_BYTES + 1
    while left > 0 and (chunk := stream.read(min(left, 1 << 16))):
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks)


def _charset(parameters: str) -> str | None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \"'") or None
    return None
