"""Reads web pages: the article's text without menus, comments and footers, and what the page says of itself.

trafilatura finds the text; the metadata is read by `page_metadata`, as trafilatura misses what Chinese sites write.
"""

import re
from typing import TYPE_CHECKING, Any, Final

from summarizer.charset import declared, decode_page
from summarizer.errors import ReadError
from summarizer.read.extras import package
from summarizer.read.found import Found
from summarizer.read.page_metadata import metadata_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MEDIA_TYPE: Final = "text/html"
_RULE: Final = re.compile(r"[|\s:-]*-[|\s:-]*")
"""The line under a table's head, as trafilatura draws it."""
_SENTENCE: Final = re.compile(r"[。！？；，、,.!?;]")
_MENU: Final = 60
"""Characters below which a text without any punctuation is the menu of a page that has no article; trafilatura gives it
where it finds nothing else."""
_SPACE: Final = re.compile(r"\s+")


def read_page(content: bytes, shown: str, *, charset: str | None = None) -> Found:
    """Return the article of a web page; `charset` is what the server said. Raises ReadError."""
    trafilatura = package("trafilatura", "html", shown)
    parser = package("lxml.html", "html", shown)
    decoded = decode_page(content, charset or declared(content))
    if decoded is None:
        raise ReadError(f"cannot tell how {shown} is encoded; it may be damaged: save it anew in UTF-8")
    page: HtmlElement | None = None
    if decoded.text.strip("\0 \t\r\n"):
        # Bytes and a parser that is told their encoding: a declaration within would be believed otherwise.
        told = parser.HTMLParser(encoding="utf-8", huge_tree=True)
        page = _parsed(parser, decoded.text.encode("utf-8", "replace"), told)
    if page is None:
        raise ReadError(f"{shown} is a web page without any text: save the page itself, not its frame, and read that")
    about = metadata_of(page)
    text = _article_text(trafilatura, page)
    if not text or (len(text) < _MENU and _SENTENCE.search(text) is None):
        raise ReadError(
            f"no article was found in the web page {shown}: its text may be loaded by a script; "
            "save it from the browser as text"
        )
    body = page.find("body")
    printed = "" if body is None else _SPACE.sub("", str(body.text_content()))
    title = _SPACE.sub("", about.title or "")
    if title and title in printed and title not in _SPACE.sub("", text[: 4 * len(title) + 200]):
        text = f"{about.title}\n\n{text}"  # the headline that stands over the article on the page
    return Found(text, decoded.encoding, MEDIA_TYPE, about.title, about.author, about.outlet, about.published)


def _parsed(parser: Any, content: bytes, told: Any) -> "HtmlElement | None":  # noqa: ANN401 - a module without types
    from lxml.etree import ParserError

    try:
        return parser.document_fromstring(content, parser=told)
    except ParserError:  # nothing but comments
        return None


def _article_text(trafilatura: Any, page: "HtmlElement") -> str:  # noqa: ANN401
    """Return the article's paragraphs, parted by blank lines, and its table rows with tabs between cells."""
    extracted: str = trafilatura.extract(page, favor_precision=True, include_comments=False, include_tables=True) or ""
    lines = (_row(line) if line.startswith("|") else line.strip() for line in extracted.splitlines())
    return "\n\n".join(line for line in lines if line)


def _row(line: str) -> str:
    if _RULE.fullmatch(line):
        return ""
    return "\t".join(cell.strip() for cell in line.strip().strip("|").split("|")).strip()
