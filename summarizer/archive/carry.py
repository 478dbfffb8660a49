"""Carries a draft from one printing of a telling to another, whose sentences are numbered otherwise."""

import re
from collections import defaultdict
from typing import Final

from summarizer.archive.wording import bare_words
from summarizer.article import Article
from summarizer.draft import Draft

_QUOTE_CHARS: Final = 12
"""Words at the head of a quotation that find the sentence where it begins."""


def carried(draft: Draft, source: Article, target: Article) -> Draft:
    """Return the draft of `source` with the sentence numbers (`at`) of `target`, another printing of its telling.

    A sentence goes to the one with the same words, of several to the one in the same order; where it was split or
    merged, to the one that holds the item's words; else the number stays. So `prove` on `target` finds each item in
    the sentence that it cites. Nothing but `at` changes.
    """
    place_of = _Places(source, target)
    return draft.model_copy(
        update={
            "numbers": tuple(
                item.model_copy(update={"at": place_of(item.at, item.text, item.metric)}) for item in draft.numbers
            ),
            "policies": tuple(
                item.model_copy(update={"at": place_of(item.at, item.name, "")}) for item in draft.policies
            ),
            "quotes": tuple(
                item.model_copy(update={"at": place_of(item.at, item.text[:_QUOTE_CHARS], "")}) for item in draft.quotes
            ),
        }
    )


class _Places:
    """Where the sentences of one article stand in another."""

    def __init__(self, source: Article, target: Article) -> None:
        self._source = [bare_words(sentence.text) for sentence in source.sentences]
        self._target = [bare_words(sentence.text) for sentence in target.sentences]
        self._same: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._target):
            self._same[words].append(place)

    def __call__(self, at: int, words: str, metric: str) -> int:
        """Return the number of the target's sentence for sentence `at` of the source, where `words` stand."""
        if not 1 <= at <= len(self._source):
            return at
        sentence = self._source[at - 1]
        same = self._same.get(sentence)
        if same:
            return same[min(self._source[: at - 1].count(sentence), len(same) - 1)] + 1
        wanted, label = bare_words(words), bare_words(metric)
        best, found = (False, False, 0), at
        for place, other in enumerate(self._target):
            if not other or not (other in sentence or sentence in other):
                continue
            rank = (_stands(wanted, other), bool(label) and label in other, min(len(other), len(sentence)))
            if rank > best:
                best, found = rank, place + 1
        return found


def _stands(wanted: str, sentence: str) -> bool:
    """Whether the words stand in the sentence, digits not inside longer ones."""
    return re.search(rf"(?<![0-9])(?<![0-9]\.){re.escape(wanted)}(?!\.?[0-9])", sentence) is not None
