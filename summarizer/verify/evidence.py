"""The article as the check needs it: its numbers by sentence and by value, its words folded, its periods and parks.

Made once for an article; every question of the check is then a look-up, so a check is linear in the article and the
brief.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property, lru_cache
from typing import Final

from summarizer.article import Article, Sentence
from summarizer.names import ParkMention, find_parks
from summarizer.quantities import PeriodMention, Quantity, bounds, find_periods, fold, relate, scan, yuan_of
from summarizer.quantities.folding import NARROW, CharTable
from summarizer.value import Span
from summarizer.verify.suspects import Suspects

_QUOTES: Final = frozenset("“”„‟\"'‘’‛「」『』〝〞«»")
"""Quotation marks: with white space and width, all that two writings of the same words may differ in."""

_DROPPED: Final = re.compile(rf"[\s{re.escape(''.join(sorted(_QUOTES)))}]+")
"""What folding leaves out."""
_WIDE: Final = "，；：？！（）［］【】．／＆＠＃＊–—－‐‑﹣〔〕＜＞"
_MARKS: Final = {**dict(zip(_WIDE, ",;:?!()[][]./&@#*------[]<>", strict=True)), **dict.fromkeys(_QUOTES, "")}
_PLAIN: Final = CharTable({**{char: _MARKS.get(narrow, narrow) for char, narrow in NARROW.pairs.items()}, **_MARKS})
_IN_PLACE: Final = CharTable({char: plain or " " for char, plain in _PLAIN.pairs.items()})
_SAME_LOOKED_AT: Final = 48
"""Quantities of one value that are looked at on either side of a citation; a list of ones must not cost its square."""
_TOLD_AGAIN: Final = 3
_EVIDENCE_CHARS: Final = 240
"""Longest evidence shown whole; a page without full stops must not be repeated for each of its numbers."""


def fold_words(text: str) -> str:
    """Return `text` for a comparison of words: without white space and quotation marks, narrow, simplified."""
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


_SHORT: Final = 64
"""Longest words whose folded form is kept; a check folds the same labels and units hundreds of times."""


def _fold(text: str) -> str:
    return "".join(_PLAIN.apply(text).split())


_fold_short = lru_cache(maxsize=8192)(_fold)


class Evidence:
    """What an article offers as proof. Offsets are those of its clean text unless said otherwise."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.yuan = yuan_of(article.text)
        self.quantities: list[Quantity] = scan(article.text, yuan=self.yuan)
        self.starts = [quantity.start for quantity in self.quantities]

    @cached_property
    def by_value(self) -> dict[object, list[Quantity]]:
        """The quantities that have a value, by their bounds; dates and slogans by their folded text."""
        index: dict[object, list[Quantity]] = defaultdict(list)
        for quantity in self.quantities:
            index[bounds(quantity) or fold(quantity.text)].append(quantity)
        return dict(index)

    @cached_property
    def suspects(self) -> Suspects:
        """The quantities by what they could be mistaken for."""
        return Suspects(self.quantities)

    def same(self, claimed: Quantity, start: int, end: int, near: int = 0) -> list[Quantity]:
        """Return the quantities of `[start, end)` that are the same as `claimed`; of many those about `near`."""
        group = self.by_value.get(bounds(claimed) or fold(claimed.text), [])
        if len(group) > _SAME_LOOKED_AT:
            place = bisect_left(group, max(start, near), key=lambda quantity: quantity.start)
            group = group[max(0, place - _SAME_LOOKED_AT) : place + _SAME_LOOKED_AT]
        return [found for found in group if start <= found.start < end and relate(claimed, found) == "same"]

    def is_headline(self, sentence: Sentence) -> bool:
        """Whether a sentence is of the article's headline: of its title, or above all that is no heading."""
        body = next((one.number for one in self.article.sentences if not one.heading), 0)
        return sentence.number < body or sentence.text in (self.article.title or "")

    def sentences_with(self, quantity: Quantity) -> list[Sentence]:
        """Return the sentences of the body that tell a number of a headline again, the first few."""
        again = self.by_value.get(bounds(quantity), [])[:_SAME_LOOKED_AT]
        places = [self.article.sentence_at(found.start) for found in again if relate(quantity, found) == "same"]
        return [sentence for sentence in places if sentence is not None and not sentence.heading][:_TOLD_AGAIN]

    @cached_property
    def periods(self) -> list[PeriodMention]:
        """Every period that the article names."""
        return find_periods(self.article.text)

    @cached_property
    def _period_starts(self) -> list[int]:
        return [mention.start for mention in self.periods]

    @cached_property
    def parks(self) -> list[ParkMention]:
        """Every place where the article names a park."""
        return find_parks(self.article.text)

    @cached_property
    def headings(self) -> str:
        """Title and sub-heads, folded."""
        return fold_words("\n".join(sentence.text for sentence in self.article.sentences if sentence.heading))

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        text = self.article.text
        places: list[int] = []
        start = 0
        for dropped in _DROPPED.finditer(text):
            places.extend(range(start, dropped.start()))
            start = dropped.end()
        places.extend(range(start, len(text)))
        return fold_words(text), places

    @cached_property
    def narrow(self) -> str:
        """The article narrow and simplified, every character in its place, blanks for quotation marks."""
        return _IN_PLACE.apply(self.article.text)

    @property
    def folded(self) -> str:
        """The whole article for a comparison of words."""
        return self._folded[0]

    def find_words(self, words: str, near: int | None = None) -> Span | None:
        """Return where `words` stand, white space, width and quotation marks apart: of several places the nearest."""
        wanted = fold_words(words)
        if not wanted:
            return None
        text, places = self._folded
        target = 0 if near is None else bisect_left(places, near)
        after = text.find(wanted, target)
        before = text.rfind(wanted, 0, target + len(wanted)) if near is not None else -1
        found = [place for place in (after, before) if place >= 0]
        if not found:
            return None
        start = min(found, key=lambda place: abs(place - target))
        return Span(places[start], places[start + len(wanted) - 1] + 1)

    def folded_between(self, start: int, end: int) -> str:
        """Return what `fold_words` makes of the clean characters `[start, end)`."""
        text, places = self._folded
        return text[bisect_left(places, start) : bisect_left(places, end)]

    def map_folded(self, start: int, end: int) -> Span:
        """Return the clean span of the folded characters `[start, end)`; end > start."""
        places = self._folded[1]
        return Span(places[start], places[end - 1] + 1)

    def within(self, start: int, end: int) -> list[Quantity]:
        """Return the quantities that begin in `[start, end)`."""
        return self.quantities[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def of_sentence(self, sentence: Sentence | None) -> list[Quantity]:
        """Return the quantities of a sentence; none for None."""
        return [] if sentence is None else self.within(sentence.start, sentence.end)

    def around(self, quantity: Quantity, reach: int) -> list[Quantity]:
        """Return up to `reach` quantities on either side of one, of its own sentence, without itself."""
        sentence = self.article.sentence_at(quantity.start)
        if sentence is None:
            return []
        place = bisect_left(self.starts, quantity.start)
        near = self.quantities[max(0, place - reach) : place] + self.quantities[place + 1 : place + 1 + reach]
        return [found for found in near if sentence.start <= found.start < sentence.end]

    def periods_within(self, start: int, end: int) -> list[PeriodMention]:
        """Return the periods named in `[start, end)`."""
        return self.periods[bisect_left(self._period_starts, start) : bisect_left(self._period_starts, end)]

    def neighbours(self, sentence: Sentence, before: int = 1, after: int = 1) -> str:
        """Return the text from `before` sentences ahead to `after` sentences behind."""
        near = self.near(sentence, before, after)
        return self.article.text[near[0].start : near[-1].end]

    def near(self, sentence: Sentence, before: int = 1, after: int = 1) -> tuple[Sentence, ...]:
        """Return the sentences from `before` ahead of one to `after` behind it."""
        return self.article.sentences[max(0, sentence.number - 1 - before) : sentence.number + after]

    def heading_over(self, offset: int) -> Sentence | None:
        """Return the nearest heading above `offset`."""
        headings = self._headings
        place = bisect_right(headings, offset, key=lambda sentence: sentence.start) - 1
        return headings[place] if place >= 0 else None

    @cached_property
    def _headings(self) -> list[Sentence]:
        return [sentence for sentence in self.article.sentences if sentence.heading]

    def show(self, sentence: Sentence | None, quantity: Quantity | None = None) -> str | None:
        """Return the sentence as evidence, shortened around the quantity when it is long."""
        if sentence is None:
            return None
        if len(sentence.text) <= _EVIDENCE_CHARS:
            return sentence.text
        middle = (quantity.start if quantity else sentence.start) - sentence.start
        start = max(0, min(middle - _EVIDENCE_CHARS // 2, len(sentence.text) - _EVIDENCE_CHARS))
        end = start + _EVIDENCE_CHARS
        return ("…" if start else "") + sentence.text[start:end] + ("…" if end < len(sentence.text) else "")

    def raw(self, start: int, end: int) -> Span:
        """Return a clean span as a span of the text as read."""
        return self.article.raw_span(start, end)
