"""What a reader found in a file, and the Document that is made of it."""

import hashlib
import re
from datetime import date
from typing import Final, NamedTuple

from summarizer.article import Document
from summarizer.dateline import Publication, read_publication
from summarizer.errors import ReadError
from summarizer.read.limits import MAX_BYTES
from summarizer.read.source import shown, too_large

_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INVISIBLE: Final = " \t\n\r\f\v\0\x85\xa0\u3000\u200b\u200c\u200d\u2060\ufeff\u2028\u2029"

NO_CHARSET: Final = "binary"
"""The encoding of files that hold characters in a form of their own, as PDF and Word files do."""


class Found(NamedTuple):
    """Text, and what the file says of itself."""

    text: str
    encoding: str
    media_type: str = "text/plain"
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    """ISO date."""


def document_of(found: Found, content: bytes, path: str | None, published: str | None) -> Document:
    """Return the Document of what was found in `content`.

    A date that the caller gives outweighs that of the metadata, which outweighs what the text prints of itself.
    Raises ReadError where there is no text, or too much.
    """
    if not found.text.strip(_INVISIBLE):
        raise ReadError(f"{shown(path)} is empty: give an input that has text")
    if len(found.text) > MAX_BYTES:
        raise too_large(f"the text of {shown(path)}", len(found.text))
    outlet = _line(found.outlet)
    known = outlet is not None and (published or found.published) is not None
    printed = Publication(None, None) if known else read_publication(found.text)
    day = published or found.published or printed.published
    return Document(
        id=f"sha256:{hashlib.sha256(content).hexdigest()}",
        # A file name need not be Unicode; what is written into a brief must be.
        path=None if path is None else _unicode(path),
        media_type=found.media_type,
        encoding=found.encoding,
        text=_unicode(found.text),
        title=_line(found.title),
        author=_line(found.author),
        outlet=outlet or printed.outlet,
        outlet_from="metadata" if outlet else "text" if printed.outlet else None,
        published=day,
        published_from=None if day is None else "given" if published else "metadata" if found.published else "text",
    )


def check_published(published: str | None) -> None:
    """Raise ReadError unless the date is an ISO date or None."""
    if published is None:
        return
    try:
        fits = _ISO_DATE.fullmatch(published) is not None and bool(date.fromisoformat(published))
    except ValueError:
        fits = False
    if not fits:
        raise ReadError(f"the publication date {published!r} is no date: write it as YYYY-MM-DD")


def _unicode(words: str) -> str:
    return words.encode("utf-8", "replace").decode("utf-8")


def _line(words: str | None) -> str | None:
    """Return metadata as one line; None where nothing is left."""
    return None if words is None else " ".join(_unicode(words).split()).strip(_INVISIBLE) or None
