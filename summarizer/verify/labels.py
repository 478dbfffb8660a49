"""How well a label fits a number: the words of the metric against the words around the number.

Chinese prints no blanks, so words are compared by pairs of characters (bigrams); English by lower-cased words.
Where a number stands in a list (在建18家、投产22家、拟开工24家) its own words are those between it and its
neighbour, and the head of the list (签约项目中) counts for all, at half weight. Words that trail the neighbour
(1260家企业申报，经三轮) are the neighbour's.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Final, NamedTuple

from summarizer.article import Sentence
from summarizer.quantities import Quantity
from summarizer.verify.evidence import Evidence, fold_words
from summarizer.verify.grams import grams, grams_of_narrow, share_of
from summarizer.verify.relations import (
    BASE,
    FIT_WEIGHT,
    FROM,
    LABEL_CHARS,
    LATIN,
    RELATION,
    TURN,
    content_words,
    label_words,
    relation_of,
    side_of,
    suits_by,
    told_relation,
    turn_of,
)
from summarizer.verify.structure import Structure

_BREAK: Final = re.compile(r"[。；！？!?;\n]")
_LIST_BREAK: Final = re.compile(r"[，、,（()）。；！？!?;：:\n]")
_RIGHT_CHARS: Final = 24
_RIGHT_CHARS_ENGLISH: Final = 60
_LEFT_CHARS: Final = 60
"""How far a number's own words reach; the longest Chinese label of the recorded drafts has 25 characters."""
_NEAR_LEFT, _NEAR_RIGHT, _NEAR_ENGLISH = 16, 6, 40
"""How far the words reach that tell a number from the others of its list."""
_LABEL_KINDS: Final = frozenset({"date", "name", "idiom", "ordinal", "identifier"})
"""Numbers that are part of a label: 58科创集团, 第一批."""

_LIST_HEAD: Final = re.compile(r".*中(?![心小国國介央试試药藥文學学型级級东東])")
"""签约项目中在建18家: what stands up to 中 is said of the whole list."""
_LINKING: Final = re.compile(
    r"(?:预[计期测]|預[計期測]|力[争爭]|有望|可望|\d+年?|[将將达達到至为為约約超由和與与及较較比占的之其中有已则則分别別])+"
)
"""Words that say nothing of their own: a number behind nothing else takes its label from its neighbour."""
LOCAL_LEFT, LOCAL_RIGHT, SHARED = 1.0, 0.8, 0.5
"""Weights of a bigram that stands before the number, behind it, or in the head of its list or sentence."""

_DIMENSIONS: Final = {
    "measure": "尺寸面积大小长宽高重量产能温度间距",
    "name": "尺寸型号",
    "money": "资金金额价款",
    "ratio": "率占比例重份额",
    "duration": "天数年数时长时间期限",
}
"""What a unit says by itself: 12英寸 is a size, whether or not the article calls it one."""


class Around(NamedTuple):
    """The bigrams around a number."""

    left: frozenset[str]
    """Before it, and those of its own text."""
    right: frozenset[str]
    """Behind it, up to the next mark."""
    shared: frozenset[str]
    """Those that it shares with its neighbours: of the head of the list, of the sentence so far."""
    near: frozenset[str]
    """Those of its own item of the list, the list's head and linking words apart."""
    relation: str
    """What the words at the number make of it: change, share or level."""


class _Said(NamedTuple):
    """What is said around a number."""

    text: str
    """Folded Chinese; few of its characters are asked for, so they are sought in it and not collected."""
    words: frozenset[str]

    def lacks(self, wanted: Iterable[str]) -> list[str]:
        """Return those of the characters and words that are not said."""
        return [word for word in wanted if word not in self.words and not (word >= "一" and word in self.text)]


def _names(metric: str, quantity: Quantity) -> bool:
    """Whether the number is part of the label's own words: the second phase of a 12-inch wafer plant."""
    return fold_words(quantity.text) in fold_words(metric[:LABEL_CHARS])


class Labels:
    """The words around the numbers of one article, looked up once for each number."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.structure = Structure(evidence)
        self._around: dict[int, Around] = {}
        self._spans: dict[int, tuple[int, int, int]] = {}
        self._fits: dict[tuple[str, int], float] = {}
        self._said: dict[int, _Said] = {}

    def around(self, quantity: Quantity) -> Around:
        """Return the bigrams around the number."""
        known = self._around.get(quantity.start)
        if known is None:
            left, right, shared = self._words(quantity, self._evidence.narrow)
            item = _LIST_BREAK.split(left)[-1]
            near = grams_of_narrow(self._near(item, right))
            relation = "change" if quantity.kind == "percentage_point" else relation_of(item)
            words = grams_of_narrow(left) | grams(quantity.text)
            known = Around(words, grams_of_narrow(right), grams_of_narrow(shared), near, relation)
            known = self._around[quantity.start] = self._bound(quantity, known)
        return known

    def _bound(self, quantity: Quantity, around: Around) -> Around:
        """Add the words that stand elsewhere: dealt out by 分别, or at the number that this one speaks of."""
        bond = self.structure.bond(quantity)
        if bond is None:
            return around
        if bond.anchor is not None:
            words = self.around(bond.anchor).near
            return around._replace(left=around.left | words, near=around.near | words)
        words = grams(bond.words)
        relation = relation_of(bond.words) if around.relation == "level" else around.relation
        return Around(words | grams(quantity.text), around.right, grams(bond.shared), words, relation)

    def context(self, quantity: Quantity) -> tuple[str, str, str]:
        """Return the words before a number (from its neighbour on), behind it (to the next mark), and the shared."""
        return self._words(quantity, self._evidence.article.text)

    def _words(self, quantity: Quantity, text: str) -> tuple[str, str, str]:
        """Return the same from `text`, which is the article or as long as it is."""
        known = self._spans.get(quantity.start)
        if known is None:
            known = self._spans[quantity.start] = self._span(quantity)
        shared, left, right = known
        return text[left : quantity.start], text[quantity.end : right], text[shared:left]

    def _span(self, quantity: Quantity) -> tuple[int, int, int]:
        """Return where the shared words begin, where those before the number do, and where those behind it end."""
        text = self._evidence.article.text
        sentence = self._evidence.article.sentence_at(quantity.start)
        start = sentence.start if sentence else max(0, quantity.start - _LEFT_CHARS)
        end = sentence.end if sentence else len(text)
        place = bisect_left(self._evidence.starts, quantity.start)
        left_from = self._left_from(quantity, place, start)
        later = self._evidence.quantities[place + 1 : place + 2]
        reach = _RIGHT_CHARS_ENGLISH if self._evidence.article.language == "en" else _RIGHT_CHARS
        right_to = min(end, quantity.end + reach, later[0].start if later else end)
        mark = _LIST_BREAK.search(text, quantity.end, right_to)
        return max(start, left_from - 2 * _LEFT_CHARS), left_from, mark.start() if mark else right_to

    def _left_from(self, quantity: Quantity, place: int, start: int) -> int:
        """Return where the words of number `place` begin: behind its neighbour and its trail, behind a full stop."""
        text = self._evidence.article.text
        left_from = floor = max(start, quantity.start - _LEFT_CHARS)
        for earlier in reversed(self._evidence.quantities[max(0, place - 4) : place]):
            if earlier.kind in _LABEL_KINDS:
                continue
            if earlier.end > floor:
                mark = _LIST_BREAK.search(text, earlier.end, quantity.start)
                trails = text[quantity.start - 1] == "的" and earlier.end < quantity.start  # 18个国家的160家
                left_from = mark.end() if mark else quantity.start if trails else earlier.end
            break
        for mark in _BREAK.finditer(text, left_from, quantity.start):
            left_from = mark.end()
        return left_from

    def _near(self, item: str, right: str) -> str:
        """Return the words next to a number: the end of its `item` of the list, and what stands behind it."""
        if self._evidence.article.language == "en":
            return f"{item[-_NEAR_ENGLISH:]} {right[:_NEAR_ENGLISH]}"
        head = _LIST_HEAD.match(item)
        item = item[head.end() :] if head else item
        return "。".join((*_LINKING.split(item[-_NEAR_LEFT:]), *_LINKING.split(right[:_NEAR_RIGHT])))

    def suits(self, metric: str, quantity: Quantity) -> bool:
        """Whether the number is of a kind that the label allows: no 增长 of 37家, no 家数 of 2.4%."""
        return suits_by(metric, quantity) >= 0

    def is_bound(self, quantity: Quantity) -> bool:
        """Whether the structure of the sentence says where the number's words stand."""
        return self.structure.bond(quantity) is not None

    def is_base(self, quantity: Quantity) -> bool:
        """Whether the number is only what another one is compared with."""
        return BASE.search(self.context(quantity)[0]) is not None

    def is_start(self, quantity: Quantity) -> bool:
        """Whether something starts from the number: 从240万片增加到600万片."""
        return FROM.search(self.context(quantity)[0]) is not None

    def preference(self, metric: str, own: Quantity, other: Quantity) -> float:
        """Return how much better `metric` fits `other` than `own`, by what tells the two apart.

        Never above 0 where `own` has no words of its own, because then it takes its label from a neighbour.
        """
        side = side_of(metric)
        turn = turn_of(side, self.context(own), self.context(other)) if side else 0
        if turn:
            return TURN * turn
        wanted = grams(metric[:LABEL_CHARS])
        around_own, around_other = self.around(own), self.around(other)
        shared = around_own.near & around_other.near
        own_words, other_words = around_own.near - shared, around_other.near - shared
        gain, told = share_of(other_words, wanted), share_of(own_words, wanted)
        if not (gain == 1 > told and other.start > own.start and own.unit == other.unit):
            gain -= told  # but what a later number inherits of an earlier one's label is no objection
        if own.unit != other.unit or own.kind != other.kind:
            gain += suits_by(metric, other) - suits_by(metric, own)
        said_here, said_there = around_own.relation, around_other.relation
        if said_here != said_there:
            told_as = told_relation(metric[:LABEL_CHARS])
            gain += RELATION * ((told_as == said_there) - (told_as == said_here))
        gain += FIT_WEIGHT * (self.fit(metric, other) - self.fit(metric, own))
        if gain > 0 and (
            (not own_words and said_here == said_there)
            or self.is_base(own)
            or self.is_base(other)
            or _names(metric, other)
        ):
            return 0.0
        return gain

    def fit(self, metric: str, quantity: Quantity) -> float:
        """Return from 0 to 1 how well `metric` fits the number."""
        key = (metric, quantity.start)
        known = self._fits.get(key)
        if known is None:
            known = self._fits[key] = self._fit(metric, quantity)
        return known

    def _fit(self, metric: str, quantity: Quantity) -> float:
        wanted = grams(metric[:LABEL_CHARS])
        if not wanted:
            return 0.0
        around = self.around(quantity)
        behind = wanted - around.left
        apart = behind - around.right
        own = LOCAL_LEFT * (len(wanted) - len(behind)) + LOCAL_RIGHT * (len(behind) - len(apart))
        return (own + SHARED * len(apart & around.shared)) / len(wanted)

    def coverage(self, metric: str, quantity: Quantity) -> float:
        """Return the share of the metric's words that the sentence, its neighbours, the heading or the title hold.

        A headline says little; what the body says of the same number counts for it.

        Words of direction (增长) are left to the verdict `sign`.
        """
        sentence = self._evidence.article.sentence_at(quantity.start)
        if sentence is None:
            return 1.0
        wanted = label_words(metric[:LABEL_CHARS]) - frozenset(_DIMENSIONS.get(quantity.kind, ""))
        if not wanted:
            return 1.0
        missing = self._surroundings(sentence).lacks(wanted)
        if missing and (sentence.heading or self._evidence.is_headline(sentence)):
            for again in self._evidence.sentences_with(quantity):
                missing = self._surroundings(again).lacks(missing)
        return (len(wanted) - len(missing)) / len(wanted)

    def _surroundings(self, sentence: Sentence) -> _Said:
        """Return what a sentence, its neighbours, the heading above it and the title say."""
        known = self._said.get(sentence.number)
        if known is None:
            heading = self._evidence.heading_over(sentence.start)
            near = (*self._evidence.near(sentence, before=2), *([heading] if heading else ()))
            title = self._evidence.article.title or ""
            if self._evidence.article.language == "en":
                known = _Said("", content_words("\n".join([*(one.text for one in near), title])))
            else:
                folded = (self._evidence.folded_between(one.start, one.end) for one in near)
                text = "\n".join([*folded, fold_words(title)]).lower()
                known = _Said(text, frozenset(LATIN.findall(text)))
            self._said[sentence.number] = known
        return known
