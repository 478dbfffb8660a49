"""The verdict on one number: where in the article it stands, or what stands there instead.

The order of the questions is the order of DESIGN's table: the same number in the cited sentence, the same number
elsewhere, then the ways in which a number goes wrong (rounding, scale, sign, unit, digits), then nothing.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from summarizer.article import Sentence
from summarizer.draft import DraftNumber
from summarizer.quantities import Quantity, bounds, fold, scan
from summarizer.quantities.cues import DOWN, UP
from summarizer.value import OK_VERDICTS, Verdict
from summarizer.verify.evidence import Evidence, fold_words
from summarizer.verify.faults import digits_of, fault_of
from summarizer.verify.labels import Labels

_MOVED_FIT: Final = 0.25
"""Least fit of a label at another place than the cited one; below it the number there says something else."""
_MOVED_LOSS: Final = 0.3
"""How much worse the label may fit at that place than at a slip of the digits in the cited sentence."""
_NO_FIT, _CLEAR_FIT = 0.1, 0.6
"""A label that has no words of a number, and how much more it must have of another, to mean that one."""
_NEAR_SENTENCES: Final = 3
"""Sentences on either side of the citation in which a slip of the digits is looked for."""
_VERBATIM_CHARS: Final = 24
"""Characters around a number in which the words of a claim stand, where it was copied."""
_CLAIM_CHARS: Final = 400
"""Longest words that are read as a number; the longest of the fixtures has 44 characters."""
_WEIGHTS: Final[dict[Verdict, float]] = {"rounded": 0.6, "scale": 0.6, "sign": 0.6, "unit": 0.6, "digits": 0.3}
"""What a fault weighs beside the fit of the label, where two numbers could explain a claim."""
_FREE: Final = 0.2
"""What it weighs that no other item of the brief tells the number."""
_DIRECTION_CHARS: Final = 12
_MORE: Final = re.compile(r"[比較较][^，,。；;]{1,8}[多高快]")
_LESS: Final = re.compile(r"[比較较][^，,。；;]{1,8}[少低慢]")
_CLAUSE_BREAK: Final = re.compile(r"[，,；;。\n]")
_CHANCE: Final = {1: 0.1, 2: 0.5}
"""Share of its weight that a likeness of the value keeps when it has so few digits: a 3 is found everywhere."""


class Located(NamedTuple):
    """A verdict with the place that it rests on."""

    verdict: Verdict
    claimed: Quantity | None
    """The number as the claim's words state it; None where they hold none."""
    source: Quantity | None
    """The article's number, or for a fault the nearest one."""


@lru_cache(maxsize=1024)
def _scan_claim(words: str, yuan: str) -> tuple[Quantity, ...]:
    """Return the numbers of a claim's words; the check asks for the same ones several times."""
    return tuple(scan(words, yuan=yuan))


def read_claim(words: str, yuan: str) -> Quantity | None:
    """Return the number that a claim's words state: the first fact, else the first with a value, else the first."""
    found = _scan_claim(words, yuan) or _scan_claim(f"达{words}", yuan)  # 千万元 is a number only behind a word like 达
    for wanted in (
        lambda quantity: quantity.is_fact,
        lambda quantity: bounds(quantity) is not None,
        lambda quantity: True,
    ):
        for quantity in found:
            if wanted(quantity):
                return quantity
    return None


class NumberCheck:
    """Holds the numbers of one brief against one article."""

    def __init__(self, evidence: Evidence, labels: Labels) -> None:
        self._evidence = evidence
        self._labels = labels
        self._taken: set[int] = set()

    def locate_all(self, items: Sequence[DraftNumber]) -> list[Located]:
        """Return the verdict on every number. Those that stand where they are cited choose their places first."""
        claims = [read_claim(item.text[:_CLAIM_CHARS], self._evidence.yuan) for item in items]
        found = [self._cited(item, claimed) if claimed else None for item, claimed in zip(items, claims, strict=True)]
        found = self._settle(items, found)
        return [
            self._with_direction(item, here or self._elsewhere(item, claimed))
            for item, claimed, here in zip(items, claims, found, strict=True)
        ]

    def _cited(self, item: DraftNumber, claimed: Quantity) -> Located | None:
        """Return the number of the cited sentence that is the same, if any."""
        cited = self._evidence.article.sentence(item.at)
        here = self._evidence.same(claimed, cited.start, cited.end) if cited else []
        return self._take(self._standing(item, claimed, self._best(item, here, None))) if here else None

    def _settle(self, items: Sequence[DraftNumber], found: Sequence[Located | None]) -> list[Located | None]:
        """Where several items claim one number, keep the one whose label fits best; a slip may explain the others."""
        sharing: dict[int, list[int]] = defaultdict(list)
        for place, located in enumerate(found):
            if located is not None and located.source is not None:
                sharing[located.source.start].append(place)
        settled = list(found)
        for places in sharing.values():
            if len(places) < 2:
                continue
            places.sort(key=lambda place: -self._fit(items[place], found[place]))
            for place in places[1:]:
                settled[place] = self._slipped(items[place], found[place]) or settled[place]
        return settled

    def _fit(self, item: DraftNumber, located: Located | None) -> float:
        return self._labels.fit(item.metric, located.source) if located and located.source else 0.0

    def _slipped(self, item: DraftNumber, located: Located | None) -> Located | None:
        """Return the fault by which the item means a number of its sentence that nobody tells and its label prefers."""
        if located is None or located.source is None or located.claimed is None:
            return None
        sentence = self._evidence.article.sentence_at(located.source.start)
        if sentence is None:
            return None
        slip = self.explain(item.metric, located.claimed, sentence.start, sentence.end, free=True)
        if slip is None or slip.source is None:
            return None
        return slip if self._labels.preference(item.metric, located.source, slip.source) > 0 else None

    def _elsewhere(self, item: DraftNumber, claimed: Quantity | None) -> Located:
        """Return the same number in another sentence, or the fault that explains the claim, or absent."""
        if claimed is None:
            return Located("absent", None, None)
        cited = self._evidence.article.sentence(item.at)
        elsewhere = self._evidence.same(claimed, 0, len(self._evidence.article.text), cited.start if cited else 0)
        slip = self.explain(item.metric, claimed, cited.start, cited.end) if cited else None
        if elsewhere:
            source = self._best(item, elsewhere, cited.start if cited else None)
            if slip is None or not self._explains(item, slip, source):
                located = self._standing(item, claimed, source)
                return self._take(located._replace(verdict="moved") if cited else located)
        return slip or self._wrong(item, claimed, cited) or Located("absent", claimed, None)

    def _explains(self, item: DraftNumber, slip: Located, moved: Quantity) -> bool:
        """Whether a slip in the cited sentence is likelier than that the same value elsewhere is meant."""
        if slip.source is None or slip.source.start in self._taken:
            return False
        there, here = (self._labels.fit(item.metric, found) for found in (moved, slip.source))
        return there < _MOVED_FIT or here > there + _MOVED_LOSS

    def _standing(self, item: DraftNumber, claimed: Quantity, source: Quantity) -> Located:
        return Located("exact" if self._verbatim(item.text, claimed, source) else "normalised", claimed, source)

    def _take(self, located: Located) -> Located:
        """Note that the place is told, so that no other item is held against it while there is another."""
        if located.source is not None and located.source.is_fact:
            self._taken.add(located.source.start)
        return located

    def _with_direction(self, item: DraftNumber, located: Located) -> Located:
        if located.source is None or located.verdict not in OK_VERDICTS:
            return located
        if self._opposite(item, located.source):
            return located._replace(verdict="sign")
        if self._tells_more(item.text[:_CLAIM_CHARS], located.claimed):
            return Located("absent", located.claimed, None)
        return located

    def _tells_more(self, words: str, claimed: Quantity | None) -> bool:
        """Whether the words state, beside the number that stands, another one that stands nowhere (67个和99个)."""
        others = [told for told in _scan_claim(words, self._evidence.yuan) if told.is_fact and bounds(told) is not None]
        end = len(self._evidence.article.text)
        return any(told != claimed and not self._evidence.same(told, 0, end) for told in others)

    def _best(self, item: DraftNumber, found: list[Quantity], near: int | None) -> Quantity:
        """Return the quantity whose own words fit the label best; free places first, then the nearest."""
        if len(found) == 1:
            return found[0]
        return max(
            found,
            key=lambda quantity: (
                quantity.start not in self._taken,
                quantity.is_fact,
                round(self._labels.fit(item.metric, quantity), 2),
                -abs(quantity.start - near) if near is not None else -quantity.start,
            ),
        )

    def _verbatim(self, words: str, claimed: Quantity, source: Quantity) -> bool:
        """Whether the claim's words stand around the source's number as printed."""
        near = max(0, source.start - _VERBATIM_CHARS), source.end + _VERBATIM_CHARS
        if claimed.text == source.text and self._evidence.article.text.find(words, *near) >= 0:  # most claims
            return True
        wanted, around = fold_words(words), fold_words(self._evidence.article.text[slice(*near)])
        if fold(claimed.text) == fold(source.text):
            return wanted in around
        inside = fold(claimed.text) in fold(source.text)
        return inside and claimed.unit is None and wanted in around

    def explain(self, metric: str, claimed: Quantity, start: int, end: int, free: bool = False) -> Located | None:
        """Return the fault by which a number labelled `metric` could have come from one in `[start, end)`, if any.

        With `free`, only numbers that no item tells yet are looked at.
        """
        best: tuple[float, int] | None = None
        located: Located | None = None
        chance = _CHANCE.get(digits_of(claimed), 1.0)
        for found in self._evidence.suspects.of(claimed, start, end):
            verdict = fault_of(claimed, found)
            taken = found.start in self._taken
            if verdict is None or (free and taken):
                continue
            weight = _WEIGHTS[verdict] * (1.0 if verdict == "digits" else chance)
            fit = self._labels.fit(metric, found)
            rank = (round(weight + fit + (0.0 if taken else _FREE), 3), -found.start)
            if best is None or rank > best:
                best, located = rank, Located(verdict, claimed, found)
        return located

    def fits(self, metric: str, among: Sequence[Quantity]) -> bool:
        """Whether a label has words in common with one of the numbers."""
        return any(self._labels.fit(metric, found) > _NO_FIT for found in among)

    def means(self, metric: str, source: Quantity) -> bool:
        """Whether a label that fits no number of the right value clearly means this one."""
        return self._labels.fit(metric, source) > _CLEAR_FIT

    def _wrong(self, item: DraftNumber, claimed: Quantity, cited: Sentence | None) -> Located | None:
        """Return the fault that explains the claim by the sentences around its citation, by any without a citation."""
        if cited is None:
            return self.explain(item.metric, claimed, 0, len(self._evidence.article.text))
        sentences = self._evidence.article.sentences
        first = sentences[max(0, cited.number - 1 - _NEAR_SENTENCES)]
        last = sentences[min(len(sentences) - 1, cited.number - 1 + _NEAR_SENTENCES)]
        return self.explain(item.metric, claimed, first.start, last.end)

    def _opposite(self, item: DraftNumber, source: Quantity) -> bool:
        """Whether the claim says up where the article says down, or the other way round; the last word counts."""
        told = (item.metric + item.text)[-_CLAIM_CHARS:]
        told_up, told_down = _directions(told)
        if told_up == told_down or not self._labels.suits(item.metric, source):
            return False
        said_up, said_down = self._direction(source)
        return said_up != said_down and (told_up > told_down) != (said_up > said_down)

    def _direction(self, source: Quantity) -> tuple[int, int]:
        """Return where the last words of up and down stand: before the number, else behind it, else in its clause."""
        left, right, shared = self._labels.context(source)
        clause = _CLAUSE_BREAK.split(shared)[-1]  # 同比分别增长27.9%和31.8%
        for words in (left[-_DIRECTION_CHARS:], right[:_DIRECTION_CHARS], clause + left):
            said = _directions(words)
            if said[0] != said[1]:
                return said
        return -1, -1


def _directions(words: str) -> tuple[int, int]:
    """Return where the last words of up and of down begin, -1 where there are none."""
    return max(_last(UP, words), _last(_MORE, words)), max(_last(DOWN, words), _last(_LESS, words))


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match begins, -1 where there is none."""
    last = -1
    for match in pattern.finditer(text):
        last = match.start()
    return last
