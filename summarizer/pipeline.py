"""The stages in their order, and the place where they meet: read, clean, split, extract, check.

    bytes -> Document -> Article(s) -> Draft -> Brief

What passes between the last two, the follow-up and the re-asks, is `dialogue`'s.
"""

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from summarizer.article import Article, Document
from summarizer.brief import Brief
from summarizer.dialogue import brief_article, provenance, timed
from summarizer.draft import Draft
from summarizer.errors import BriefError, ReadError
from summarizer.extract.extraction import Extractor, PageSplitter, Spent
from summarizer.pages import priced_articles, whole_article
from summarizer.read import Fields, document_from_text, read_document, read_documents, read_plain
from summarizer.settings import Settings, read_settings
from summarizer.verify import draft_from, prove, read_brief

if TYPE_CHECKING:
    from summarizer.extract.gate import Gate
    from summarizer.prices import Prices

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
    documents = _loaded(source, published, fields, on_error)
    if extractor is not None:
        return list(_briefs(documents, extractor, settings or Settings(), on_error))
    settings = settings if settings is not None else read_settings(os.environ)
    with connected(settings) as chosen:
        return list(_briefs(documents, chosen, settings, on_error))


def _loaded(
    source: str | os.PathLike[str],
    published: str | None,
    fields: Fields | None,
    on_error: Callable[[ReadError], object] | None,
) -> Iterator[Document]:
    if isinstance(source, os.PathLike) or _names_file(source):
        return read_documents(source, published=published, fields=fields, on_error=on_error)
    return iter((document_from_text(source, published=published),))


def _briefs(
    documents: Iterator[Document],
    extractor: Extractor,
    settings: Settings,
    on_error: Callable[[ReadError], object] | None,
) -> Iterator[Brief]:
    with connected_splitter(settings, extractor) as splitter:
        for document in documents:
            try:
                for article, spent in priced_articles(document, settings.split, splitter):
                    yield brief_with(article, extractor, settings, spent)
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
    article = whole_article(document)
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


@contextmanager
def connected(settings: Settings, gate: "Gate | None" = None) -> Iterator[Extractor]:
    """Yield the extractor that the settings name, and close its connections behind; a gate governs its requests.

    Raises SettingsError.
    """
    if settings.drafts_by_model:
        from summarizer.extract.model import ModelExtractor

        _prices(settings)  # before anything is paid
        with ModelExtractor(settings, gate=gate) as extractor:
            yield extractor
    else:
        from summarizer.extract.rules import RulesExtractor

        yield RulesExtractor()


@contextmanager
def connected_splitter(
    settings: Settings, extractor: object = None, gate: "Gate | None" = None
) -> Iterator[PageSplitter | None]:
    """Yield what asks a model how pages are split, `extractor` where it can; None where the rules split alone.

    Raises SettingsError where the settings want a model and name none.
    """
    if settings.split in ("rules", "none"):
        yield None
    elif isinstance(extractor, PageSplitter):
        yield extractor
    elif settings.split == "model" or (extractor is None and settings.drafts_by_model):
        from summarizer.extract.model import ModelExtractor

        _prices(settings)
        with ModelExtractor(settings, gate=gate) as splitter:
            yield splitter
    else:
        yield None


def brief_with(article: Article, extractor: Extractor, settings: Settings, spent: Spent | None = None) -> Brief:
    """Return the brief of one article, with the follow-up and re-asks that the settings allow. Raises ModelError.

    `spent` is what was paid before for this article, as for the split of its page.
    """
    reasks, complete, prices = settings.check_reasks, settings.complete, _prices(settings)
    return brief_article(article, extractor, reasks=reasks, complete=complete, spent=spent, prices=prices)


def _prices(settings: Settings) -> "Prices | None":
    """Return the prices by which a run with these settings costs what it does. Raises SettingsError for a bad file."""
    if not (settings.drafts_by_model or settings.asks_model):
        return None
    from summarizer.prices import prices_for  # late: a run by the rules need not know any

    return prices_for(settings)


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
