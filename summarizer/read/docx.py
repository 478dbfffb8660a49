"""Reads Word files: paragraphs and tables in their order, and title, author and day where a person gave them.

A Word file is a ZIP archive of XML, so the standard library is enough. Headers, footnotes and deleted words are left
out.
"""

import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Final
from xml.etree import ElementTree

from summarizer.errors import ReadError
from summarizer.read.archives import DAMAGE, damaged
from summarizer.read.dates import iso_day
from summarizer.read.found import NO_CHARSET, Found
from summarizer.read.limits import MAX_XML_BYTES
from summarizer.read.office import person, title

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY: Final = "word/document.xml"
_CORE: Final = "docProps/core.xml"
_LEFT_OUT: Final = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "sectPr", "rt"})
"""Deleted and moved words, instructions, formatting, readings of characters, and the second copy of a text box."""
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DRAFTED_DAYS: Final = 31
"""Days between the first and the last saving of one article; a longer time is the age of the template."""


def read_docx(archive: zipfile.ZipFile, shown: str) -> Found:
    """Return the text of a Word file. Raises ReadError."""
    body = _part(archive, BODY, shown)
    try:
        text = "\n\n".join(block for block in _blocks(body) if block.strip())
    except RecursionError as error:
        raise ReadError(
            f"{shown} is no sound Word document (its XML nests too deeply): save it again as docx"
        ) from error
    if not text.strip():
        raise ReadError(f"{shown} is a Word document without text; if it holds pictures of pages, it needs OCR")
    core = _core(archive, shown)
    return Found(
        text,
        NO_CHARSET,
        MEDIA_TYPE,
        title=title(core.get("title")),
        author=person(core.get("creator")),
        published=_published(core.get("created"), core.get("modified")),
    )


def _part(archive: zipfile.ZipFile, name: str, shown: str) -> ElementTree.Element:
    try:
        with archive.open(name) as stream:
            content = stream.read(MAX_XML_BYTES + 1)
    except DAMAGE as error:
        raise damaged(shown, error) from error
    except KeyError as error:
        raise ReadError(f"{shown} is no Word document (it has no {name}): save it again as docx") from error
    if len(content) > MAX_XML_BYTES:
        raise ReadError(f"{shown} is too large: its text has more than {MAX_XML_BYTES:,} bytes of XML; split it")
    if b"<!DOCTYPE" in content[:1000] or b"<!ENTITY" in content:
        raise ReadError(f"{shown} is no sound Word document (its XML defines entities): save it again as docx")
    try:
        return ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ReadError(f"{shown} is damaged: its XML does not parse ({error}); save it again as docx") from error


def _blocks(element: ElementTree.Element) -> Iterator[str]:
    """Yield paragraphs and tables, also those inside of other things."""
    for child in element:
        name = _local(child)
        if name == "p":
            yield from _paragraph(child)
        elif name == "tbl":
            yield "\n".join(row for row in map(_row, _children(child, "tr")) if row.strip())
        elif name not in _LEFT_OUT:
            yield from _blocks(child)


def _paragraph(paragraph: ElementTree.Element) -> Iterator[str]:
    """Yield a paragraph, and behind it the text boxes that hang on it."""
    boxes: list[ElementTree.Element] = []
    yield "".join(_words(paragraph, boxes)).strip("\n")
    for box in boxes:
        yield from _blocks(box)


def _words(element: ElementTree.Element, boxes: list[ElementTree.Element]) -> Iterator[str]:
    for child in element:
        name = _local(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "txbxContent":
            boxes.append(child)
        elif name not in _LEFT_OUT:
            yield from _words(child, boxes)


def _row(row: ElementTree.Element) -> str:
    return "\t".join(" ".join(" ".join(_blocks(cell)).split()) for cell in _children(row, "tc"))


def _children(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Yield the rows of a table or the cells of a row, also those in content controls, not those of tables inside."""
    for child in element:
        if _local(child) == name:
            yield child
        elif _local(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(child, name)


def _core(archive: zipfile.ZipFile, shown: str) -> dict[str, str]:
    if _CORE not in archive.namelist():
        return {}
    try:
        return {_local(field): field.text or "" for field in _part(archive, _CORE, shown)}
    except ReadError:  # the text is there; that the file says nothing of itself is no reason to refuse it
        return {}


def _published(created: str | None, modified: str | None) -> str | None:
    """Return the day of the last saving, unless the file is much older: then it is a template, or was saved anew."""
    first, last = iso_day(created or ""), iso_day(modified or "")
    if first is None or last is None:
        return last or first
    drafted = date.fromisoformat(last) - date.fromisoformat(first)
    return last if 0 <= drafted.days <= _DRAFTED_DAYS else None


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
