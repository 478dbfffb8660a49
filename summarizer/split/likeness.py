"""How much of a headline or a caption a story says: shared bigrams, the rarer the weightier, and the park's name."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from summarizer.names import find_parks

_PARK: Final = 0.5
"""What it adds that a line names the story's park; what it takes that the line names only others."""


class Likeness:
    """Compares lines with the stories of one page."""

    def __init__(self, texts: Sequence[str], parks: Sequence[str | None]) -> None:
        self._said = [bigrams(text) for text in texts]
        self._parks = parks
        self._known: dict[str, list[float]] = {}
        self._stories = Counter(pair for said in self._said for pair in said)

    def said(self, number: int) -> frozenset[str]:
        """Return the pairs of letters of story `number`."""
        return self._said[number]

    def of(self, line: str, number: int) -> float:
        """Return how well `line` suits story `number`; about 1 and more where it is its headline."""
        if line not in self._known:
            self._known[line] = self._scores(line)
        return self._known[line][number]

    def _scores(self, line: str) -> list[float]:
        weights = {
            pair: math.log(1 + len(self._said) / (self._stories[pair] or len(self._said))) for pair in bigrams(line)
        }
        total = sum(weights.values())
        named = {mention.name for mention in find_parks(line)}
        scores = []
        for said, park in zip(self._said, self._parks, strict=True):
            score = sum(weights[pair] for pair in weights.keys() & said) / total if total else 0.0
            if named and park is not None:
                score += _PARK if park in named else -_PARK
            scores.append(round(score, 9))  # a set's order must not break a tie
        return scores


def bigrams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters and digits of a text, case folded."""
    folded = text.casefold()
    return frozenset(pair for pair in {one + other for one, other in pairwise(folded)} if pair.isalnum())
