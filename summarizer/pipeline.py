"""The stages in their order, and the place where they meet: read, clean, split, extract, check.

    bytes -> Document -> Article(s) -> Draft -> Brief

What passes between the last two, the follow-up and the re-asks, is `dialogue`'s.
"""

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, Literal

from summarizer.article import Article, Document
from summarizer.brief import Brief
from summarizer.clean import clean_text, detect_language, split_sentences
from summarizer.dialogue import brief_article, provenance, timed
from summarizer.draft import Draft
from summarizer.errors import BriefError, ReadError
from summarizer.extract.extraction import Extractor
from summarizer.read import Fields, document_from_text, read_document, read_documents, read_plain
from summarizer.settings import Settings, read_settings
from summarizer.split import Piece, Printed, article_from, split_page
from summarizer.verify import draft_from, prove, read_brief

_FILE_NAME: Final = re.compile(r"\S.*\.[A-Za-z][A-Za-z0-9]{0,4}$")
"""A name with an extension, so that a mistyped path is told as a missing file and not briefed as a text."""
_PATH_CHARS: Final = 255
"""Longest one-line string that is taken for a file's name; the usual limit of file systems."""


def summarize(
    source: str | os.PathLike[str],
    *,
    extractor: Extractor | None = None,
    settings: Settings | None = None,
    published: str | None = None,
    fields: Fields | None = None,
    on_error: Callable[[ReadError], object] | None = None,
) -> list[Brief]:
    """Return one brief for each article of `source`, which may be an archive or a table of many.

    `source` is a path, or a text: a string with a line break, or one that is no file's name. The draft comes from
    `extractor`, else from what `settings` name (by default the environment: SUMMARIZER_MODEL, OPENAI_API_KEY …), else
    from the rules. `published` is an ISO date that relative periods are resolved against, `fields` names the
    columns of a table. Raises SummarizerError; where `on_error` is given, what cannot be read goes there instead, and
    the rest is briefed.

    From asynchronous code: `await asyncio.to_thread(summarize, source)`.
    """
    articles = _articles(_loaded(source, published, fields, on_error), on_error)
    if extractor is not None:
        return [brief_article(article, extractor) for article in articles]
    settings = settings if settings is not None else read_settings(os.environ)
    with connected(settings) as chosen:
        return [brief_with(article, chosen, settings) for article in articles]


def _loaded(
    source: str | os.PathLike[str],
    published: str | None,
    fields: Fields | None,
    on_error: Callable[[ReadError], object] | None,
) -> Iterator[Document]:
    if isinstance(source, os.PathLike) or _names_file(source):
        return read_documents(source, published=published, fields=fields, on_error=on_error)
    return iter((document_from_text(source, published=published),))


def _articles(documents: Iterator[Document], on_error: Callable[[ReadError], object] | None) -> Iterator[Article]:
    for document in documents:
        try:
            yield from articles_of(document)
        except ReadError as error:
            if on_error is None:
                raise
            on_error(error)


def check(article: str | os.PathLike[str], brief: object, *, published: str | None = None) -> Brief:
    """Return `brief` with a verdict for every item, held against `article`; no model is asked.

    `article` is a path or a text as for `summarize`; `brief` is a Brief, a Draft, a mapping with
    `numbers: [{metric, text}]`, JSON text, or a path to JSON. Raises ReadError and BriefError.
    """
    return check_document(load(article, published=published), _given_draft(brief))


def check_document(document: Document, draft: Draft) -> Brief:
    """Return the brief that `draft` makes of the document's article."""
    started = time.monotonic()
    article = articles_of(document, "none")[0]
    return timed(prove(article, draft, provenance(None)), started, time.monotonic)


def load(source: str | os.PathLike[str], *, published: str | None = None) -> Document:
    """Return the one document at a path, or of a text. Raises ReadError."""
    if isinstance(source, os.PathLike) or _names_file(source):
        return read_document(source, published=published)
    return document_from_text(source, published=published)


def _names_file(source: str) -> bool:
    """Whether a string is a file's name and not a text."""
    if not source or len(source) > _PATH_CHARS or "\n" in source:
        return False
    # os.path: Path.exists raises for a name that is too long, and 255 Chinese characters are 765 bytes.
    return _FILE_NAME.fullmatch(source) is not None or os.path.exists(source)  # noqa: PTH110


Split = Literal["auto", "rules", "none"]
"""How a document is split: into the articles of a page where it is one; always; never."""
_PAGE_CHARS: Final = 800
"""A shorter text is one article; the shortest page composed has 1,900 characters."""
_PAGES: Final = frozenset({"text/plain", "application/pdf"})
"""Media types in which newspaper pages come; a web page or a table's row is one article."""


def pieces_of(document: Document, split: Split = "auto") -> list[Piece]:
    """Return the pieces of a page, furniture among them; none where the document is one article."""
    if split == "none" or (split == "auto" and not _may_be_page(document)):
        return []
    pieces = split_page(document.text)
    told = sum(piece.kind in ("article", "brief") for piece in pieces)
    return pieces if told > 1 or (told and split == "rules") else []


def _may_be_page(document: Document) -> bool:
    if document.media_type not in _PAGES or len(document.text) < _PAGE_CHARS:
        return False
    return document.title is None or document.media_type == "application/pdf"  # a PDF's title is that of its file


def articles_of(document: Document, split: Split = "auto") -> list[Article]:
    """Return the articles of a document: clean, with numbered sentences. Raises ReadError where no text is left.

    A page of several articles gives several, briefs and picture stories among them, in the order of their prose.
    """
    pieces = [piece for piece in pieces_of(document, split) if piece.kind != "furniture"]
    if pieces:
        printed = Printed(document.text)
        return [_article_of_piece(document, piece, printed) for piece in pieces]
    clean = clean_text(document.text)
    if not clean.text.strip():
        shown = "the text" if document.path is None else repr(document.path)
        raise ReadError(f"{shown} holds no readable text; give a text with at least one sentence")
    return [article_from(document, clean, split_sentences(clean.text), detect_language(clean.text))]


def _article_of_piece(document: Document, piece: Piece, printed: Printed) -> Article:
    layout = printed.lay_out(piece.lines)
    clean = layout.relocate(clean_text(layout.text))
    language = detect_language(clean.text)
    return article_from(document, clean, split_sentences(clean.text), language, piece, layout.ranges)


@contextmanager
def connected(settings: Settings) -> Iterator[Extractor]:
    """Yield the extractor that the settings name, and close its connections behind. Raises SettingsError."""
    if settings.uses_model or (settings.extractor == "auto" and settings.replay is not None):
        from summarizer.extract.model import ModelExtractor

        with ModelExtractor(settings) as extractor:
            yield extractor
    else:
        from summarizer.extract.rules import RulesExtractor

        yield RulesExtractor()


def brief_with(article: Article, extractor: Extractor, settings: Settings) -> Brief:
    """Return the brief of one article, with the follow-up and re-asks that the settings allow. Raises ModelError."""
    return brief_article(article, extractor, reasks=settings.check_reasks, complete=settings.complete)


def _given_draft(brief: object) -> Draft:
    if isinstance(brief, Draft):
        return brief
    if isinstance(brief, Brief):
        return draft_from(brief.model_dump(by_alias=True))
    if isinstance(brief, Mapping):
        return draft_from(brief)
    if isinstance(brief, os.PathLike) or (isinstance(brief, str) and not brief.lstrip().startswith(("{", "["))):
        return read_brief(read_plain(brief), os.fspath(brief))
    if isinstance(brief, str):
        return read_brief(brief, "brief")
    raise BriefError(
        f"{type(brief).__name__} is no brief; give a Brief, a Draft, a mapping, JSON text or a path to JSON"
    )
