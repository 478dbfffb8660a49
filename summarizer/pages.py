"""Documents become articles: whether one is a page of several, who splits it, and what each of them is.

The rules split at once and for nothing; a model is asked where they doubt, or where it is told to.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from summarizer.article import Article, Document
from summarizer.clean import clean_text, detect_language, split_sentences
from summarizer.errors import HOPELESS, ModelError, ReadError
from summarizer.extract.extraction import PageSplitter, Spent, spent_on
from summarizer.page_dialogue import SplitSheet, split_by_model
from summarizer.settings import Split
from summarizer.split import Piece, Printed, Sheet, article_from, gather, read_sheets

_PAGE_CHARS: Final = 800
"""A shorter text is one article; the shortest page composed has 1,900 characters."""
_PAGES: Final = frozenset({"text/plain", "application/pdf"})
"""Media types in which newspaper pages come; a web page or a table's row is one article."""
_DOUBTFUL: Final = 0.6
"""Confidence below which a piece makes its page one that the model is asked about."""


class SplitDocument(NamedTuple):
    """The pieces of a document, and what their split cost."""

    pieces: list[Piece]
    """Furniture among them; none where the document is one article."""
    spent: Spent


def split_document(document: Document, split: Split = "auto", splitter: PageSplitter | None = None) -> SplitDocument:
    """Return the pieces of a page; `splitter` is asked where `split` says so, else the rules alone decide.

    Raises ModelError where the model was to split and gives no usable answer, and for a failure that every further
    question would meet; with `auto` the rules' split stands otherwise.
    """
    return _split(document, Printed(document.text), split, splitter)


def _split(document: Document, printed: Printed, split: Split, splitter: PageSplitter | None) -> SplitDocument:
    if split == "none" or (split == "auto" and not may_be_page(document)):
        return SplitDocument([], Spent())
    found = read_sheets(document.text, least=2 if split == "auto" else 0)
    if not found:
        return SplitDocument([], Spent())
    sheets = [_split_sheet(sheet, printed, split, splitter) for sheet in found]
    pieces = gather([sheet.pieces for sheet in sheets])
    spent = Spent()
    for sheet in sheets:
        spent = spent.plus(sheet.spent)
    told = sum(piece.kind in ("article", "brief") for piece in pieces)
    return SplitDocument(pieces if told > 1 or (told and split != "auto") else [], spent)


def _split_sheet(sheet: Sheet, printed: Printed, split: Split, splitter: PageSplitter | None) -> SplitSheet:
    by_rules = SplitSheet(sheet.pieces, Spent())
    if splitter is None or split == "rules" or not sheet.has_text:
        return by_rules
    if split == "auto" and min(piece.confidence for piece in sheet.pieces if piece.kind != "picture") >= _DOUBTFUL:
        return by_rules
    try:
        return split_by_model(sheet, printed, splitter)
    except ModelError as error:
        if split == "model" or isinstance(error, HOPELESS):
            raise
        return SplitSheet(sheet.pieces, spent_on(error))


def may_be_page(document: Document) -> bool:
    """Return whether a document is looked at for several articles where it is not said what it is."""
    if document.media_type not in _PAGES or len(document.text) < _PAGE_CHARS:
        return False
    return document.title is None or document.media_type == "application/pdf"  # a PDF's title is that of its file


def needs_split(document: Document, split: Split) -> bool:
    """Return whether the articles of a document are to be found first; else it is one."""
    return split in ("rules", "model") or (split == "auto" and may_be_page(document))


def articles_of(document: Document, split: Split = "auto") -> list[Article]:
    """Return the articles of a document as the rules split it, or as one with "none". Raises ReadError as below."""
    return articles_from(document, split_document(document, split).pieces)


def priced_articles(document: Document, split: Split, splitter: PageSplitter | None) -> Iterator[tuple[Article, Spent]]:
    """Yield the articles of a document, each with what was paid for it already: the first, for the split of its page.

    Raises as `split_document` and `articles_from`.
    """
    printed = Printed(document.text)
    pieces, spent = _split(document, printed, split, splitter)
    for article in _articles(document, pieces, printed):
        yield article, spent
        spent = Spent()


def articles_from(document: Document, pieces: Sequence[Piece]) -> list[Article]:
    """Return the articles of a document: clean, with numbered sentences. Raises ReadError where no text is left.

    A page of several articles gives several, briefs and picture stories among them, in the order of their prose.
    """
    return list(_articles(document, pieces, Printed(document.text)))


def _articles(document: Document, pieces: Sequence[Piece], printed: Printed) -> Iterator[Article]:
    told = [piece for piece in pieces if piece.kind != "furniture"]
    if not told:
        yield whole_article(document)
        return
    for piece in told:
        yield _article_of_piece(document, piece, printed)


def whole_article(document: Document) -> Article:
    """Return the document as one article. Raises ReadError where it holds no readable text."""
    clean = clean_text(document.text)
    if not clean.text.strip():
        shown = "the text" if document.path is None else repr(document.path)
        raise ReadError(f"{shown} holds no readable text; give a text with at least one sentence")
    return article_from(document, clean, split_sentences(clean.text), detect_language(clean.text))


def _article_of_piece(document: Document, piece: Piece, printed: Printed) -> Article:
    layout = printed.lay_out(piece.lines)
    clean = layout.relocate(clean_text(layout.text))
    language = detect_language(clean.text)
    return article_from(document, clean, split_sentences(clean.text), language, piece, layout.ranges)
