"""The article that gold speaks of: where words stand in it, and the sentence around a place, to show a miss in.

Spans are those of briefs: `[start, end)` in characters of the text as read.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from summarizer.article import Article
from summarizer.value import Span, Value
from summarizer.verify.evidence import fold_words

_PLACES: Final = 200
"""Places of the same words that are looked at; a text of nothing but 1家 must not cost its square."""
_NUMERALS: Final = "〇零一二两三四五六七八九十百千万亿"
_REACH: Final = 160
"""Characters of a long sentence shown on either side of the words."""


class Excerpt(Value):
    """A sentence in three parts, so that whoever shows it can mark the words."""

    before: str
    words: str
    """The words in question; empty where only the sentence is known."""
    after: str


class Around(NamedTuple):
    """A stretch of clean text with its place in the text as read."""

    span: Span
    start: int
    """In the clean text."""
    end: int


class Printed:
    """An article's text, to be searched."""

    def __init__(self, article: Article) -> None:
        self.document = article.document.id
        """sha256 of its bytes: spans of a brief of any other document do not fit."""
        self.published = article.published
        self._article = article
        kept = [(folded, place) for place, char in enumerate(article.text) for folded in fold_words(char)]
        self._folded = "".join(char for char, _ in kept).lower()
        self._places = [place for _, place in kept]
        self._sentences = [
            Around(article.raw_span(sentence.start, sentence.end), sentence.start, sentence.end)
            for sentence in article.sentences
        ]

    def find(self, words: str, *, number: bool = True) -> list[Around]:
        """Return the places where words stand, white space, width and case apart; a number never inside a longer
        one."""
        wanted = fold_words(words).lower()
        if not wanted:
            return []
        ahead, behind = _bounds(wanted) if number else ("", "")
        found = []
        for match in re.finditer(f"{ahead}{re.escape(wanted)}{behind}", self._folded):
            start, end = self._places[match.start()], self._places[match.end() - 1] + 1
            if not self._inside_word(start, end):
                found.append(Around(self._article.raw_span(start, end), start, end))
            if len(found) == _PLACES:
                break
        return found

    def _inside_word(self, start: int, end: int) -> bool:
        """Whether a place begins or ends inside an English word: the ten of often."""
        text = self._article.text
        return (start > 0 and _joined(text[start - 1], text[start])) or (
            end < len(text) and _joined(text[end - 1], text[end])
        )

    def in_order(self, words: Sequence[str]) -> list[Around | None]:
        """Return for each of a list of numbers, told in the order of the text, the place that is probably meant."""
        reached, chosen = 0, []
        for one in words:
            places = self.find(one)
            place = next((place for place in places if place.start >= reached), places[0] if places else None)
            reached = reached if place is None else place.start + 1
            chosen.append(place)
        return chosen

    def around(self, span: Span | None) -> Excerpt | None:
        """Return the sentence of a place, with the words marked; None where the place is in no sentence."""
        sentence = self._sentence(span)
        if span is None or sentence is None:
            return None
        start, end = self._clean(span, sentence)
        text = self._article.text
        left, right = max(sentence.start, start - _REACH), min(sentence.end, end + _REACH)
        return Excerpt(
            before=("…" if left > sentence.start else "") + text[left:start],
            words=text[start:end],
            after=text[end:right] + ("…" if right < sentence.end else ""),
        )

    def _sentence(self, span: Span | None) -> Around | None:
        if span is None:
            return None
        around = [one for one in self._sentences if one.span.meets(span)]
        return min(around, key=lambda one: one.span.end - one.span.start, default=None)

    def _clean(self, span: Span, sentence: Around) -> tuple[int, int]:
        """Return the clean characters of a sentence that stand in a raw span; none, at its head, where none were
        kept."""
        raw = self._article.clean.raw_offset
        inside = [place for place in range(sentence.start, sentence.end) if span.start <= raw(place) < span.end]
        return (inside[0], inside[-1] + 1) if inside else (sentence.start, sentence.start)


def _bounds(number: str) -> tuple[str, str]:
    """Return patterns that keep a number from being found as a part of a longer one."""
    chinese = f"(?<![{_NUMERALS}])" if number[0] in _NUMERALS else ""
    return rf"(?<!\d)(?<!\d[.,]){chinese}", r"(?!\d)(?![.,]\d)" if number[-1].isdigit() else ""


def _joined(one: str, other: str) -> bool:
    return one.isascii() and other.isascii() and one.isalpha() and other.isalpha()
