"""The text of an article as the search for contradictions reads it: narrow, simplified, offsets unchanged.

Who speaks of what is asked of the words directly before and between numbers, so every look is short.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from summarizer.quantities import Quantity
from summarizer.quantities.folding import fold_text
from summarizer.value import Span
from summarizer.verify.evidence import Evidence

LEVELS: Final = frozenset({"money", "count", "measure"})
"""Kinds that tell how much there is, not how it changed."""
REACH: Final = 120
"""How far the words of one statement reach, in characters: the parts of the gold stand up to 80 behind
their whole."""
_CLAUSE: Final = re.compile(r"[，,、（(。；;！？!?：:\n]")
_CHANGE: Final = re.compile(
    r"(?:增长|增加|增幅|增速|净增|上升|提高|提升|减少|下降|降低|减|高出|多出|多|少)(?:了|近|约|超过?|逾)*$"
)
_BASE: Final = re.compile(r"(?:[由从自]|[比较于][^，,。；;]{0,10}的?)$")


class Contradicted(NamedTuple):
    """Places of an article that cannot all be right, and a sentence that says why."""

    places: tuple[Quantity, ...]
    """In the order of the article."""
    message: str
    spans: tuple[Span, Span]
    """The two sides in clean offsets: one telling and the other, the levels and their growth, whole and parts."""


def contradicted(first: Sequence[Quantity], second: Sequence[Quantity], message: str) -> Contradicted:
    """Return the contradiction between two sides, each the stretch that its numbers cover."""
    one, other = (Span(min(at.start for at in side), max(at.end for at in side)) for side in (first, second))
    places = sorted((*first, *second), key=lambda quantity: quantity.start)
    return Contradicted(tuple(places), message, (one, other))


class Places:
    """The numbers of one article and the words between them."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    @cached_property
    def text(self) -> str:
        """The article, narrow and simplified, every character in its place."""
        return fold_text(self.evidence.article.text)

    def between(self, start: int, end: int) -> str:
        """Return the words of `[start, end)` without white space; the last 120 where they are more."""
        return "".join(self.text[max(start, end - REACH) : end].split())

    def clause(self, quantity: Quantity) -> str:
        """Return the words before a number in its own clause, without white space."""
        words = self.text[max(0, quantity.start - REACH // 2) : quantity.start]
        return "".join(_CLAUSE.split(words)[-1].split())

    def is_level(self, quantity: Quantity) -> bool:
        """Whether the number tells how much there is: no growth, no base of a comparison, no 增加18家."""
        if quantity.kind not in LEVELS or quantity.value is None:
            return False
        clause = self.clause(quantity)
        return not _CHANGE.search(clause) and not _BASE.search(clause)

    def facts(self) -> Iterator[list[Quantity]]:
        """Yield the numbers that are facts, sentence by sentence."""
        for sentence in self.evidence.article.sentences:
            found = [quantity for quantity in self.evidence.of_sentence(sentence) if quantity.is_fact]
            if found:
                yield found


def shown(quantity: Quantity) -> str:
    """Return a number as printed, on one line."""
    return " ".join(quantity.text.split())
