"""The list structure of a sentence: which words, standing elsewhere, a number's label is made of.

Two orders of Chinese news part a number from its words. 分别 deals labels out in turn: 高新区、经开区分别完成186亿元、
154亿元, and what follows it, 分别增长8%、7%. And a number told with a relation alone (增长8.9%, 占37%) speaks of the
number before it.
"""

import re
from itertools import pairwise
from typing import Final, NamedTuple

from summarizer.article import Sentence
from summarizer.quantities import Quantity
from summarizer.verify.evidence import Evidence

_DEALT: Final = re.compile(r"分[别別]")
_JOINED: Final = re.compile(
    r"(?:以上|左右|以内|以下)?\s*(?:[、,，和与及與]|以及)\s*(?:约|近|超过?|逾|突破|达到?|下降|增长|[（(][^（）()]{0,12}[）)])?\s*"
)
"""All that may stand between two numbers dealt out in turn."""
_CONJUNCTION: Final = re.compile(r"[、和与及與]|以及")
_SEGMENT: Final = re.compile(r"[，,：:（）()]")
_PART: Final = re.compile(r"[；;。！？!?\n]")
_REACH: Final = 120
"""How far before 分别 its labels may stand; 34 characters in the evaluation set."""
_RELATION: Final = re.compile(
    r"(?:同比|环比|比上年|比去年|较上年|较去年|上年|去年|同期|分[别別]|名义|实际|可比|按可比价|年均|平均|其中|并|且|又|也|均|已|仅|再|则|为|達|达到|达|到|至|了|约|近|超过|超|逾|突破|完成|实现"
    r"|增长|增加|增幅|增速|增至|增|下降|减少|降低|降幅|回落|提高|提升|上升|扩大|缩小|高于|低于|高出|高|低|快于|慢于|占比|比重|份额|占|比|较|的|相当于|年增|年減|年减|成長|成长|合计|全年|\s|，|、)+"
)
"""Words of relation, which say nothing of what is counted."""
_LOCAL: Final = 24
"""Characters before a number that are looked at for words of its own."""


class Bond(NamedTuple):
    """Where the words of a number's label stand, when not at the number."""

    words: str
    """Words dealt out to it by 分别, in place of those that stand before it; empty for none."""
    shared: str
    """What all that were dealt out share: the sentence up to 分别."""
    anchor: Quantity | None
    """The earlier number that it speaks of."""
    dealt: bool = False
    """Whether 分别 gave it that number."""


class Structure:
    """The bonds of one article's numbers, found sentence by sentence when asked for."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._bonds: dict[int, Bond] = {}
        self._known: set[int] = set()

    def bond(self, quantity: Quantity) -> Bond | None:
        """Return where the label's words stand; None where they stand at the number."""
        sentence = self._evidence.article.sentence_at(quantity.start)
        if sentence is None:
            return None
        if sentence.number not in self._known:
            self._known.add(sentence.number)
            self._read(sentence)
        return self._bonds.get(quantity.start)

    def _read(self, sentence: Sentence) -> None:
        facts = [found for found in self._evidence.of_sentence(sentence) if found.is_fact]
        self._inherit(sentence, facts)
        text = self._evidence.article.text
        for dealt in _DEALT.finditer(text, sentence.start, sentence.end):
            group = self._group([found for found in facts if found.start >= dealt.end()], dealt.end())
            if len(group) > 1:
                self._deal(group, [found for found in facts if found.end <= dealt.start()], sentence, dealt.start())

    def _inherit(self, sentence: Sentence, facts: list[Quantity]) -> None:
        """Bind numbers told with a relation alone to the number before them."""
        text = self._evidence.article.text
        for before, found in pairwise(facts):
            between = text[max(before.end, found.start - _LOCAL) : found.start]
            if found.start - before.end > _LOCAL or _PART.search(between):
                continue
            bare = not between.strip("，,、 ") or not _RELATION.sub("", between)
            if bare and (found.kind in ("ratio", "percentage_point") or before.unit == found.unit):
                self._bonds[found.start] = Bond("", "", before)

    def _group(self, facts: list[Quantity], dealt: int) -> list[Quantity]:
        """Return the numbers behind 分别 that are joined by nothing but conjunctions."""
        text, group = self._evidence.article.text, list[Quantity]()
        for found in facts:
            if not group and found.start - dealt > _LOCAL:
                break
            if group and not _JOINED.fullmatch(text, group[-1].end, found.start):
                break
            group.append(found)
        return group

    def _deal(self, group: list[Quantity], before: list[Quantity], sentence: Sentence, dealt: int) -> None:
        """Bind each number of the group to its share of what stands before 分别."""
        parts = self._conjuncts(len(group), max(sentence.start, dealt - _REACH, before[-1].end if before else 0), dealt)
        if parts is not None:
            text = self._evidence.article.text
            shared, common = text[sentence.start : dealt][-_REACH:], _tail(parts) + text[dealt : group[0].start]
            for found, words in zip(group, parts, strict=True):
                self._bonds[found.start] = Bond(f"{words}。{common}", shared, None)
        elif len(before) >= len(group):
            for found, anchor in zip(group, before[-len(group) :], strict=True):
                self._bonds[found.start] = Bond("", "", anchor, dealt=True)

    def _conjuncts(self, count: int, start: int, end: int) -> list[str] | None:
        """Return the `count` labels that the nearest clause before `end` lists; None where none lists as many."""
        text = self._evidence.article.text[start:end]
        part = _PART.split(text)[-1]
        for segment in reversed(_SEGMENT.split(part)):
            labels = [label for label in _CONJUNCTION.split(segment) if label.strip()]
            if len(labels) == count:
                return labels
        return None


def _tail(parts: list[str]) -> str:
    """Return what the last label of a list shares with the others: 增加值 of 第二产业、第三产业增加值."""
    ending = parts[-2].rstrip()[-2:]
    place = parts[-1].rfind(ending)
    return parts[-1][place + len(ending) :] if len(ending) == 2 and place >= 0 else ""
