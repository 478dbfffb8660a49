"""What is read and cleaned: documents, articles, sentences, and the way back to the text as read.

Every span that a user sees counts characters of the document's text as read, so `Article.raw_span` is the one
place where clean offsets become raw ones, and `Article.clean_span` the one place where they are had back.
"""

from bisect import bisect_right
from functools import cached_property
from typing import Literal

from pydantic import Field

from summarizer.value import Span, Value

Language = Literal["zh-Hans", "zh-Hant", "en"]


class Document(Value):
    """One input, decoded."""

    id: str
    """sha256 of the bytes, tagged `sha256:`."""
    path: str | None
    """Where it was read from; `news.zip!/a.txt` lies in an archive, `news.csv#7` is a record; `-` is standard input,
    None a text handed over in Python."""
    media_type: str
    encoding: str
    """The encoding found, as Python names it (`utf-8`, `utf-8-sig`, `gb18030`, `big5hkscs`, `utf-16`);
    `binary` for files that hold characters in a form of their own (PDF, Word)."""
    text: str
    """The text as read: decoded, otherwise untouched (a byte-order mark apart), or as the page or file has it."""
    title: str | None = None
    """The headline that the file's own metadata give."""
    author: str | None = None
    """Who wrote it, by the metadata."""
    outlet: str | None = None
    """The newspaper, agency or site that published it, where known."""
    outlet_from: Literal["metadata", "text"] | None = None
    """How `outlet` was found: in the file's metadata, else in the text, by the patterns `source`, `masthead` and
    `agency` of `summarizer.dateline`."""
    published: str | None = None
    """ISO date of publication, where known."""
    published_from: Literal["given", "metadata", "text"] | None = None
    """How `published` was found: given by the caller, else in the file's metadata, else in the text, by the patterns
    `label`, `masthead`, `source line`, `date line`, `dateline`, `sign-off` and `update` of `summarizer.dateline`."""


class Run(Value):
    """A stretch of clean text whose characters stand side by side in the text as read."""

    clean: int
    """Offset of the stretch in the clean text."""
    raw: int
    """Offset of the same character in the text as read."""


class CleanText(Value):
    """Readable text with, for every character, its offset in the text as read."""

    text: str
    runs: tuple[Run, ...]
    """In order of `clean`; the first starts at 0 unless the text is empty."""

    @cached_property
    def _starts(self) -> list[int]:
        return [run.clean for run in self.runs]

    def raw_offset(self, offset: int) -> int:
        """Return the raw offset of the clean character at `offset` (0 ≤ offset < len(text))."""
        run = self.runs[bisect_right(self._starts, offset) - 1]
        return run.raw + offset - run.clean

    def raw_span(self, start: int, end: int) -> Span:
        """Return the raw span of the clean characters `[start, end)`; end > start."""
        return Span(self.raw_offset(start), self.raw_offset(end - 1) + 1)

    @cached_property
    def _by_raw(self) -> list[Run]:
        return sorted(self.runs, key=lambda run: run.raw)

    def clean_offset(self, offset: int) -> int:
        """Return the clean offset of a raw character that the clean text has kept."""
        run = self._by_raw[bisect_right(self._by_raw, offset, key=lambda run: run.raw) - 1]
        return run.clean + offset - run.raw


class Sentence(Value):
    """A numbered sentence of the clean text."""

    number: int = Field(ge=1)
    start: int
    """Offset of its first character in the clean text."""
    end: int
    """Offset behind its last character in the clean text."""
    text: str
    heading: bool = False
    """True where the line looks like a headline or sub-head: short, and no full stop."""


class Article(Value):
    """One article: clean, numbered, and traceable to its document."""

    id: str
    """sha256 of the clean text, tagged `sha256:`."""
    document: Document
    title: str | None
    byline: str | None
    language: Language
    clean: CleanText
    sentences: tuple[Sentence, ...]
    ranges: tuple[Span, ...]
    """Where the article stands in the text as read."""

    @property
    def published(self) -> str | None:
        """ISO date of publication, where known."""
        return self.document.published

    @property
    def text(self) -> str:
        """The clean text."""
        return self.clean.text

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds the clean character at `offset`; None between sentences."""
        place = bisect_right(self._sentence_starts, offset) - 1
        if place < 0:
            return None
        sentence = self.sentences[place]
        return sentence if offset < sentence.end else None

    def sentence(self, number: int | None) -> Sentence | None:
        """Return sentence `number` (from 1), or None where there is no such sentence."""
        if number is None or not 1 <= number <= len(self.sentences):
            return None
        return self.sentences[number - 1]

    def raw_span(self, start: int, end: int) -> Span:
        """Return the span in the text as read of the clean characters `[start, end)`."""
        return self.clean.raw_span(start, end)

    def clean_span(self, span: Span) -> Span:
        """Return the clean span of what `raw_span` gave `span` for."""
        return Span(self.clean.clean_offset(span.start), self.clean.clean_offset(span.end - 1) + 1)
