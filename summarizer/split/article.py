"""Makes an article of clean text: its title, byline, identity and ranges."""

import hashlib
from collections.abc import Iterator, Sequence

from summarizer.article import Article, CleanText, Document, Language, Sentence
from summarizer.byline import byline_at_end, byline_at_start, byline_of_line, is_credit, is_date
from summarizer.split.owners import Piece
from summarizer.value import Span

_DOUBLED = 1.8  # glyphs as read per clean glyph; 2.0 but for a fold or a dropped character


def article_from(
    document: Document,
    clean: CleanText,
    sentences: tuple[Sentence, ...],
    language: Language,
    piece: Piece | None = None,
    ranges: tuple[Span, ...] = (),
) -> Article:
    """Return an article; `clean` is its text cleaned, `sentences` are those of `clean`.

    Without `piece` and `ranges` it is the whole document. Ranges count characters of the text as read, without the
    white space around it. A title and an author that the document's metadata give go before those that the text seems
    to have, and what the split of a page found goes before both.
    """
    found = (piece.title, piece.byline) if piece is not None else (document.title, document.author)
    return Article(
        id=f"sha256:{hashlib.sha256(clean.text.encode()).hexdigest()}",
        document=document,
        title=found[0] or _title(document, clean, sentences),
        byline=found[1] or _byline(clean, sentences),
        language=language,
        clean=clean,
        sentences=sentences,
        ranges=ranges or (_whole(document.text),),
    )


def _whole(text: str) -> Span:
    bare = text.strip()
    start = text.index(bare)
    return Span(start, start + len(bare))


def _title(document: Document, clean: CleanText, sentences: Sequence[Sentence]) -> str | None:
    """Return the headline at the head; else one that the page prints twice; else one at the very end."""
    head = list(_headlines(sentences))
    shadows = [line for line in sentences if line.heading and _is_doubled(document, clean, line)]
    foot = list(_headlines(sentences[::-1]))[::-1]
    for headlines in (head, shadows, foot):
        if headlines:
            return _joined(headlines)
    return None


def _headlines(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the headings before the first body sentence."""
    for sentence in sentences:
        if sentence.heading:
            yield sentence
        elif not (is_credit(sentence.text) or is_date(sentence.text)):
            return


def _joined(headlines: Sequence[Sentence]) -> str:
    """Return the first headline; a label (某某高新区：) together with the line that it introduces."""
    first = headlines[0].text
    if first.endswith(("：", ":")) and len(headlines) > 1:
        return first + headlines[1].text
    return first


def _is_doubled(document: Document, clean: CleanText, sentence: Sentence) -> bool:
    start, end = clean.raw_span(sentence.start, sentence.end)
    printed = "".join(document.text[start : end + 1].split())
    return len(printed) >= _DOUBLED * len(sentence.text.replace(" ", ""))


def _byline(clean: CleanText, sentences: Sequence[Sentence]) -> str | None:
    paragraphs = clean.text.split("\n")
    for find in (byline_of_line, byline_at_start):
        for paragraph in paragraphs:
            names = find(paragraph)
            if names is not None:
                return names
    last = next((sentence for sentence in reversed(sentences) if not sentence.heading), None)
    if last is None:
        return None
    line_start = clean.text.rfind("\n", 0, last.start) + 1
    return byline_at_end(clean.text[line_start : last.end])
