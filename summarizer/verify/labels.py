"""How well a label fits a number: the words of the metric against the words around the number.

Chinese prints no blanks, so words are compared by pairs of characters (bigrams); English by lower-cased words.
Where a number stands in a list (在建18家、投产22家、拟开工24家) its own words are those between it and its
neighbour, and the head of the list (签约项目中) counts for all, at half weight. Words that trail the neighbour
(1260家企业申报，经三轮) are the neighbour's.
"""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import Final, NamedTuple

from summarizer.article import Sentence
from summarizer.quantities import Quantity
from summarizer.quantities.cues import DOWN, UP
from summarizer.verify.evidence import Evidence, fold_words
from summarizer.verify.structure import Structure

_STOP_CHARS: Final = frozenset(
    "数量总额个家名项等的和与及其中为至约达率比占共已有了在是年月日之新全各年度情况规模金人元件条"
)
_BREAK: Final = re.compile(r"[。；！？!?;\n]")
_LIST_BREAK: Final = re.compile(r"[，、,（()）。；！？!?;：:\n]")
_WORD: Final = re.compile(r"[a-z]+|[一-鿿]")
_CJK: Final = re.compile(r"[一-鿿]+")
_RIGHT_CHARS: Final = 24
_RIGHT_CHARS_ENGLISH: Final = 60
_LEFT_CHARS: Final = 60
"""How far a number's own words reach; the longest Chinese label of the recorded drafts has 25 characters."""
_NEAR_LEFT, _NEAR_RIGHT, _NEAR_ENGLISH = 16, 6, 40
"""How far the words reach that tell a number from the others of its list."""
_LABEL_CHARS: Final = 200
"""Longest label that is read; nobody's metric is longer, and a hostile one must not cost more."""
_LABEL_KINDS: Final = frozenset({"date", "name", "idiom", "ordinal", "identifier"})
"""Numbers that are part of a label: 58科创集团, 第一批."""

_LIST_HEAD: Final = re.compile(r".*中(?![心小国國介央试試药藥文學学型级級东東])")
"""签约项目中在建18家: what stands up to 中 is said of the whole list."""
_LINKING: Final = re.compile(
    r"(?:预[计期测]|預[計期測]|力[争爭]|有望|可望|\d+年?|[将將达達到至为為约約超由和與与及较較比占的之其中有已则則分别別])+"
)
"""Words that say nothing of their own: a number behind nothing else takes its label from its neighbour."""
_BASE: Final = re.compile(
    r"[较較比][^，,。；;增提上升高降减減下]{0,10}的\s*$"
    r"|(?:compared with|\bfrom|(?<!more )(?<!less )(?<!fewer )\bthan)\s*$"
)
"""The number behind is what another one is compared with: 较目前的18%提高22个百分点."""
_FROM = re.compile(
    r"[由从從自](?:原来的?|原先的?|过去的?|此前的?|以前的?|目前的?|去年的?|上年的?|去年平均|20\d\d年(?:底|末|初)?的?)?\s*$"
)
_TO = re.compile(r"[到至为為]了?\s*$")
_BEFORE_AFTER: Final = re.compile(r"(?<!日)(?<!目)[前后後](?![端沿])")
_TURN: Final = 0.6
_ASIDE: Final = re.compile(r"[（(][^（）()]*[）)]|目标|目標|预计|預計|预估|預估")

_SUITS, _FIT_WEIGHT = 0.4, 0.5
"""What the unit and the wider words weigh beside the nearest words, when a label is tried on two numbers."""
LOCAL_LEFT, LOCAL_RIGHT, SHARED = 1.0, 0.8, 0.5
"""Weights of a bigram that stands before the number, behind it, or in the head of its list or sentence."""

_HEAD_NOUNS: Final = (
    (
        re.compile(
            r"(?:率|占比|比重|份额|增长|增幅|增速|下降|年增|年减|百分点)$|占|高出|倍|相当于"
            r"|\b(?:share|growth|rate|rise|decline)\b"
        ),
        frozenset({"ratio", "percentage_point"}),
    ),
    (
        re.compile(r"(?:额|投资|投入|产值|收入|营收|资金|融资|补助|investment|spending|revenue)$"),
        frozenset({"money"}),
    ),
    (
        re.compile(
            r"(?:数|企业|项目|人才|机构|厂商|中心|院校|高校|城市|国家|地区|专家|人员|员工"
            r"|companies|firms|jobs|enterprises)$"
        ),
        frozenset({"count"}),
    ),
)
"""What a label's last words say of the kind of its number."""

_DIMENSIONS: Final = {
    "measure": "尺寸面积大小长宽高重量产能",
    "name": "尺寸型号",
    "money": "资金金额价款",
    "ratio": "率占比例重份额",
    "duration": "天数年数时长时间期限",
}
"""What a unit says by itself: 12英寸 is a size, whether or not the article calls it one."""


_CHANGE: Final = re.compile(
    r"增[长長幅速加](?!值)|[年同]增|[年同][减減]|下[降滑跌]|[减減]少|降[幅低]|回落|提[高升]|上[升涨]|高[于於出]|低[于於]|多出|(?<=平均水平)[高低]|快[于於]|扩大"
    r"|\b(?:grow(?:th|ing)|grew|rise|rose|increased?|up|down|declined?|decrease|fell|drop(?:ped)?|higher|lower)\b"
)
_UP_TO: Final = re.compile(r"\s*(?:了)?(?:[到至为為]|to\b)")
"""Behind a word of change: what follows is the level that was reached (提高到71.4%), not the change."""
_PART_OF: Final = re.compile(r"占(?![地领領])|比重|份额|份額|\bshare\b|\baccount")
_RELATION: Final = 0.3
"""What it weighs that a label says change, share or level as the words at the number do."""


class Around(NamedTuple):
    """The bigrams around a number."""

    left: frozenset[str]
    """Before it, and those of its own text."""
    right: frozenset[str]
    """Behind it, up to the next mark."""
    shared: frozenset[str]
    """In what it shares with its neighbours: the head of the list, the sentence so far."""
    near: frozenset[str]
    """Those of its own item of the list, the list's head and linking words apart."""
    relation: str
    """What the words at the number make of it: change, share or level."""


@lru_cache(maxsize=4096)
def grams(text: str) -> frozenset[str]:
    """Return the bigrams of the Chinese and the words of the English in `text`, folded."""
    folded = text if _is_english(text) else fold_words(text)
    latin = {piece.rstrip("s") for piece in _WORD.findall(folded.lower()) if piece.isascii() and len(piece) > 2}
    runs = _CJK.findall(folded)
    pairs = {run[place : place + 2] for run in runs for place in range(len(run) - 1)}
    pairs.update(run for run in runs if len(run) == 1)
    return frozenset(latin | pairs)


def _is_english(text: str) -> bool:
    return not _CJK.search(text)


def _share(words: frozenset[str], wanted: frozenset[str]) -> float:
    return len(words & wanted) / len(words) if words else 0.0


@lru_cache(maxsize=4096)
def _kinds_of(metric: str) -> frozenset[str]:
    """Return the kinds that the label's last words ask for; none where they leave it open."""
    plain = _ASIDE.sub("", metric if _is_english(metric) else fold_words(metric))
    return next((kinds for pattern, kinds in _HEAD_NOUNS if pattern.search(plain)), frozenset())


def _suits(metric: str, quantity: Quantity) -> float:
    """Return 0.4 where the label asks for such a unit, -0.4 where it asks for another, 0 where it leaves that open."""
    label = metric[-_LABEL_CHARS:]
    unit = fold_words(quantity.unit or "").removeprefix("大")
    if unit and unit not in "个家名项" and unit in fold_words(label):
        return _SUITS  # 类 in 服务类别, 天 in 天数
    kinds = _kinds_of(label)
    if not kinds:
        return 0.0
    return _SUITS if quantity.kind in kinds else -_SUITS


def _turn(metric: str, own: tuple[str, str, str], other: tuple[str, str, str]) -> int:
    """Return 1 where 由15天压缩至6天 shows that 前 or 后 in a label means the other number, -1 for this one, else 0."""
    side = _BEFORE_AFTER.findall(metric)
    if not side:
        return 0
    for first, second, sign in ((own, other, 1), (other, own, -1)):
        if _FROM.search(first[0]) and _TO.search(second[0]):
            return sign if side[-1] != "前" else -sign
    return 0


@lru_cache(maxsize=4096)
def _relation(words: str) -> str:
    """Return what words before a number make of it: a change (增长), a share (占), or a level."""
    changes = [match for match in _CHANGE.finditer(words) if not _UP_TO.match(words, match.end())]
    if changes:
        return "change"
    return "share" if _PART_OF.search(words) else "level"


def _names(metric: str, quantity: Quantity) -> bool:
    """Whether the number is part of the label's own words: the second phase of a 12-inch wafer plant."""
    return fold_words(quantity.text) in fold_words(metric[:_LABEL_CHARS])


class Labels:
    """The words around the numbers of one article, looked up once for each number."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._structure = Structure(evidence)
        self._around: dict[int, Around] = {}
        self._said: dict[int, frozenset[str]] = {}

    def around(self, quantity: Quantity) -> Around:
        """Return the bigrams around the number."""
        known = self._around.get(quantity.start)
        if known is None:
            left, right, shared = self.context(quantity)
            near = grams(self._near(left, right))
            item = _LIST_BREAK.split(left)[-1]
            relation = "change" if quantity.kind == "percentage_point" else _relation(item)
            known = Around(grams(left) | grams(quantity.text), grams(right), grams(shared), near, relation)
            known = self._around[quantity.start] = self._bound(quantity, known)
        return known

    def _bound(self, quantity: Quantity, around: Around) -> Around:
        """Add the words that stand elsewhere: dealt out by 分别, or at the number that this one speaks of."""
        bond = self._structure.bond(quantity)
        if bond is None:
            return around
        if bond.anchor is not None:
            words = self.around(bond.anchor).near
            return around._replace(left=around.left | words, near=around.near | words)
        words = grams(bond.words)
        relation = _relation(bond.words) if around.relation == "level" else around.relation
        return Around(words | grams(quantity.text), around.right, grams(bond.shared), words, relation)

    def context(self, quantity: Quantity) -> tuple[str, str, str]:
        """Return the words before a number (from its neighbour on), behind it (to the next mark), and the shared."""
        text = self._evidence.article.text
        sentence = self._evidence.article.sentence_at(quantity.start)
        start = sentence.start if sentence else max(0, quantity.start - _LEFT_CHARS)
        end = sentence.end if sentence else len(text)
        left_from = self._left_from(quantity, start)
        place = bisect_left(self._evidence.starts, quantity.start)
        later = self._evidence.quantities[place + 1 : place + 2]
        reach = _RIGHT_CHARS_ENGLISH if self._evidence.article.language == "en" else _RIGHT_CHARS
        right_to = min(end, quantity.end + reach, later[0].start if later else end)
        mark = _LIST_BREAK.search(text, quantity.end, right_to)
        right = text[quantity.end : mark.start() if mark else right_to]
        shared = text[max(start, left_from - 2 * _LEFT_CHARS) : left_from]
        return text[left_from : quantity.start], right, shared

    def _left_from(self, quantity: Quantity, start: int) -> int:
        """Return where the number's own words begin: behind its neighbour and what trails it, behind a full stop."""
        text = self._evidence.article.text
        place = bisect_left(self._evidence.starts, quantity.start)
        left_from = floor = max(start, quantity.start - _LEFT_CHARS)
        for earlier in reversed(self._evidence.quantities[max(0, place - 4) : place]):
            if earlier.kind in _LABEL_KINDS:
                continue
            if earlier.end > floor:
                mark = _LIST_BREAK.search(text, earlier.end, quantity.start)
                trails = text[quantity.start - 1] == "的" and earlier.end < quantity.start  # 18个国家的160家
                left_from = mark.end() if mark else quantity.start if trails else earlier.end
            break
        breaks = [match.end() for match in _BREAK.finditer(text, left_from, quantity.start)]
        return breaks[-1] if breaks else left_from

    def _near(self, left: str, right: str) -> str:
        item = _LIST_BREAK.split(left)[-1]
        if self._evidence.article.language == "en":
            return f"{item[-_NEAR_ENGLISH:]} {right[:_NEAR_ENGLISH]}"
        head = _LIST_HEAD.match(item)
        item = item[head.end() :] if head else item
        return "。".join((*_LINKING.split(item[-_NEAR_LEFT:]), *_LINKING.split(right[:_NEAR_RIGHT])))

    def suits(self, metric: str, quantity: Quantity) -> bool:
        """Whether the number is of a kind that the label allows: no 增长 of 37家, no 家数 of 2.4%."""
        return _suits(metric, quantity) >= 0

    def is_bound(self, quantity: Quantity) -> bool:
        """Whether the structure of the sentence says where the number's words stand."""
        return self._structure.bond(quantity) is not None

    def is_base(self, quantity: Quantity) -> bool:
        """Whether the number is only what another one is compared with."""
        return _BASE.search(self.context(quantity)[0]) is not None

    def is_start(self, quantity: Quantity) -> bool:
        """Whether something starts from the number: 从240万片增加到600万片."""
        return _FROM.search(self.context(quantity)[0]) is not None

    def preference(self, metric: str, own: Quantity, other: Quantity) -> float:
        """Return how much better `metric` fits `other` than `own`, by what tells the two apart.

        Never above 0 where `own` has no words of its own, because then it takes its label from a neighbour.
        """
        wanted = grams(metric[:_LABEL_CHARS])
        here, there = self.around(own).near, self.around(other).near
        own_words, other_words = here - there, there - here
        gain, told = _share(other_words, wanted), _share(own_words, wanted)
        if not (gain == 1 > told and other.start > own.start and own.unit == other.unit):
            gain -= told  # but what a later number inherits of an earlier one's label is no objection
        gain += _suits(metric, other) - _suits(metric, own)
        told_as = _relation(_ASIDE.sub("", metric[:_LABEL_CHARS]))
        gain += _RELATION * ((told_as == self.around(other).relation) - (told_as == self.around(own).relation))
        gain += _FIT_WEIGHT * (self.fit(metric, other) - self.fit(metric, own))
        turn = _turn(metric, self.context(own), self.context(other))
        if turn:
            return _TURN * turn
        if gain > 0 and (not own_words or self.is_base(own) or self.is_base(other) or _names(metric, other)):
            return 0.0
        return gain

    def fit(self, metric: str, quantity: Quantity) -> float:
        """Return from 0 to 1 how well `metric` fits the number."""
        wanted = grams(metric[:_LABEL_CHARS])
        if not wanted:
            return 0.0
        around = self.around(quantity)
        total = 0.0
        for gram in wanted:
            if gram in around.left:
                total += LOCAL_LEFT
            elif gram in around.right:
                total += LOCAL_RIGHT
            elif gram in around.shared:
                total += SHARED
        return total / len(wanted)

    def coverage(self, metric: str, quantity: Quantity) -> float:
        """Return the share of the metric's words that the sentence, its neighbours, the heading or the title hold.

        Words of direction (增长) are left to the verdict `sign`.
        """
        sentence = self._evidence.article.sentence_at(quantity.start)
        if sentence is None:
            return 1.0
        plain = _ASIDE.sub("", metric[:_LABEL_CHARS])
        wanted = _content_words(DOWN.sub("", UP.sub("", plain))) - frozenset(_DIMENSIONS.get(quantity.kind, ""))
        if not wanted:
            return 1.0
        return len(wanted & self._surroundings(sentence)) / len(wanted)

    def _surroundings(self, sentence: Sentence) -> frozenset[str]:
        """Return what a sentence, its neighbours, the heading above it and the title say."""
        known = self._said.get(sentence.number)
        if known is None:
            heading = self._evidence.heading_over(sentence.start)
            near = self._evidence.neighbours(sentence) + (heading.text if heading else "")
            known = self._said[sentence.number] = _content_words(near + (self._evidence.article.title or ""))
        return known


def _content_words(text: str) -> frozenset[str]:
    """Return the single characters (Chinese) or stems (English) that carry meaning."""
    if _is_english(text):
        return frozenset(
            word[:6] for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in ("the", "and", "for", "number")
        )
    words = _WORD.findall(fold_words(text).lower())
    return frozenset(word for word in words if word not in _STOP_CHARS)
