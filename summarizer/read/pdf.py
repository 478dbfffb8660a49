"""Reads the text layer of PDF files, in the order in which it was written.

Content order kept the columns of the newspaper pages that were tried; sorting by place mixes them, so only pages that
are drawn row by row across their columns are sorted (columns.py). Pages end with a form feed, which the cleaning takes
for a line end, so that a sentence may go on over the page.
"""

import threading
from collections.abc import Iterator
from typing import Any, Final

from summarizer.errors import ReadError
from summarizer.read.columns import Box, drawn_by_rows, reading_order
from summarizer.read.extras import package
from summarizer.read.found import NO_CHARSET, Found
from summarizer.read.limits import MAX_BYTES
from summarizer.read.office import person, title
from summarizer.read.source import too_large

MEDIA_TYPE: Final = "application/pdf"
_PASSWORD: Final = (4, 5)
"""Error codes of PDFium: a password is needed, or a kind of encryption that it does not know."""
_HYPHEN: Final = "\ufffe"
"""What PDFium gives for a hyphen at the end of a line."""


_ONE_AT_A_TIME: Final = threading.Lock()
"""PDFium is not safe in threads, and a crash of it ends the process."""


def read_pdf(content: bytes, shown: str) -> Found:
    """Return the text of a PDF file. Raises ReadError."""
    pdfium = package("pypdfium2", "pdf", shown)
    with _ONE_AT_A_TIME:
        return _read(pdfium, content, shown)


def _read(pdfium: Any, content: bytes, shown: str) -> Found:  # noqa: ANN401 - it has no types
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in _PASSWORD:
            raise ReadError(f"{shown} is an encrypted PDF file: save it without a password and read that") from error
        raise ReadError(f"{shown} is a damaged PDF file: PDFium cannot open it; fetch or save it again") from error
    try:
        text = "\f".join(_pages(document, pdfium.PdfiumError, shown))
        about: dict[str, str] = document.get_metadata_dict()
    finally:
        document.close()
    if not text.strip():
        raise ReadError(f"{shown} is a PDF file without a text layer (a scan?): it needs OCR first")
    return Found(text, NO_CHARSET, MEDIA_TYPE, title=title(about.get("Title")), author=person(about.get("Author")))


def _text(layer: Any) -> str:  # noqa: ANN401 - it has no types
    """Return the text of a page, in reading order."""
    rects = [layer.get_rect(number) for number in range(layer.count_rects())]
    if drawn_by_rows([(left, bottom, right) for left, bottom, right, _ in rects]):
        boxes = [Box(rect[0], rect[1], rect[2], layer.get_text_bounded(*rect).strip()) for rect in rects]
        rows = reading_order([box for box in boxes if box.text])
        if rows is not None:
            return "\n".join(" ".join(box.text for box in row) for row in rows)
    text: str = layer.get_text_range()
    return text


def _pages(document: Any, failure: type[Exception], shown: str) -> Iterator[str]:  # noqa: ANN401 - it has no types
    size = 0
    for number in range(len(document)):
        try:
            page = document[number]
            layer = page.get_textpage()
            text = _text(layer)
            layer.close()
            page.close()
        except failure as error:
            raise ReadError(f"page {number + 1} of {shown} is damaged: save the file again") from error
        size += len(text)
        if size > MAX_BYTES:
            raise too_large(f"the text of {shown}", None)
        yield text.replace("\r\n", "\n").replace(_HYPHEN, "-").replace("\0", "").strip("\n")
