"""Words for a comparison of labels: bigrams of Chinese, which prints no blanks, and lower-cased words of English."""

import re
from functools import lru_cache
from operator import add
from typing import Final

from summarizer.verify.evidence import fold_words
from summarizer.verify.relations import is_english

_LATIN: Final = re.compile(r"[a-z]{3,}")
_CJK: Final = re.compile(r"[一-鿿]+")


@lru_cache(maxsize=4096)
def grams(text: str) -> frozenset[str]:
    """Return the bigrams of the Chinese and the words of the English in `text`, folded."""
    return grams_of_narrow(text if is_english(text) else fold_words(text))


def grams_of_narrow(text: str) -> frozenset[str]:
    """Return the same of a piece of an article that is narrow and simplified already."""
    joined = "".join(text.split())
    runs = _CJK.findall(joined)
    found = {piece.rstrip("s") for piece in _LATIN.findall((joined if runs else text).lower())}
    for run in runs:
        found.update(map(add, run, run[1:]) if len(run) > 1 else run)
    return frozenset(found)


def share_of(words: frozenset[str], wanted: frozenset[str]) -> float:
    """Return the share of `words` that are wanted."""
    return 0.0 if words.isdisjoint(wanted) else len(words & wanted) / len(words)
