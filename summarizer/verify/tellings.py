"""One thing told twice: with one value under two periods, or with two values under one.

Two values contradict each other only where everything else is equal: the label word for word (periods, names of parks
and fillers apart), the subject, the period, the unit, what is a growth and what a level, what is done and what is
planned. Labels that an article gives three values or more are a table of several subjects, and no contradiction.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from summarizer.article import Sentence
from summarizer.quantities import PeriodMention, Quantity, bounds, differ, has_dates, resolve
from summarizer.quantities.periods import STAND_IN
from summarizer.verify.evidence import Evidence
from summarizer.verify.grams import grams
from summarizer.verify.labels import Labels
from summarizer.verify.places import REACH, Contradicted, Places, contradicted, shown
from summarizer.verify.worth import may_agree

_DIGITS: Final = 3
"""Fewest significant digits of a value that is not taken to recur by chance."""
_LIKENESS: Final = 0.5
_GROUP_LIMIT: Final = 50
_LABEL_CHARS: Final = 4
"""Shortest label that names one thing: 签约项目 does, 投资 does not. The bench finds 152 of 339 wrong headlines, and
173 at 2."""
_LONGEST_LABEL: Final = 24
_LEAD_SENTENCES: Final = 3
"""Sentences with text behind the headline that speak of the article's own subject."""

_PART: Final = re.compile(r"[。；;！!？?：:\n]")
_CLAUSE: Final = re.compile(r"[，,、（(）)“”《》]")
_NOUN_BEHIND: Final = re.compile(r"^(?:的)?([一-鿿]{2,8})")
_PLANNED: Final = re.compile(
    r"计划|目标|预计|预期|力争|任务|争取|确保|将|拟|届时|达产|规划|有望|可望|去年同期|上年同期|原来|以往|此前|曾"
)
_COMPARED: Final = re.compile(
    r"[比较与于](?:去年|上年|同期|[^，,。]{0,12}平均|全[国省市球])|平均水平|由|从|相当于|占全"
)
_LISTED: Final = re.compile(r"分别|各|依次|前者|后者|其他|其余|剩余|另")
_FILLER: Final = re.compile(
    r"(?<!公)总?共(?!服|建|享|同|有制)|一共|累计|已经|已|实现|达到|达|突破|超过|超|逾|(?<![签合预集节])约|近|(?<![行])为|(?<![国持])有(?!效)|了|同比|比上年|较上年|比去年"
    r"|较去年|仅|就|其中|今年|全年|新(?=签约)|完成(?!投资)|的|(?<!增)至|也|又|区内|全区|园区|该区|截至|目前|其"
)
_SAME_WORDS: Final = (
    ("规上", "规模以上"),
    ("GDP", "地区生产总值"),
    ("高企", "高新技术企业"),
    ("增幅", "增长"),
    ("增速", "增长"),
)
_GROWTH: Final = re.compile(r"(?:增长|增幅|增速|下降|年增|年减|提高|上升|增加|减少|净增|回落|降低)(?:了|率|约|近|超)*$")
_OWN: Final = ("全区", "该区", "本区", "我区", "区内", "园区", "该园")
_ZONES: Final = ("高新区", "经开区", "开发区", "示范区", "科学城", "综保区")
_SUBJECT: Final = re.compile(
    r"(?<![比较于出占居])(?:全[国球省市县](?!平均|级|第|前|首|排)|世界|我国|国内|全行业|同类)"
    r"|(?<![比较于出占][一-鿿]{2})[省市县州镇](?![场级民值]|平均)|" + "|".join(_OWN + _ZONES)
)
"""Who has numbers; of a name (汐州市) the last two characters before the suffix are kept."""
_OTHERS: Final = re.compile(
    r"公司|集团|该企业|这家企业|科技|股份|电子|医院|大学|学院|街道|中心|平台|基地|产业园|实验室|光电|汽车"
)
"""Who else may have numbers, when named before the number's own clause."""


class Telling(NamedTuple):
    """A number with all that must be equal in two tellings of one thing."""

    quantity: Quantity
    sentence: Sentence
    key: tuple[object, ...]
    clause: int
    """Characters of its own clause before it."""


class Context(NamedTuple):
    """What else must be equal; few labels are told twice, so few tellings are asked for it."""

    sentence: Sentence
    subject: str | None
    """The park's name, empty for the article's own subject; None where the sentence names nobody."""
    period: PeriodMention | None
    general: bool
    """Whether it stands in a headline or the lead."""


def find_tellings(evidence: Evidence, labels: Labels, places: Places) -> Iterator[Contradicted]:
    """Yield one value under two periods, and two values of one thing."""
    yield from _values_of_two_periods(evidence, labels)
    yield from Tellings(evidence, places).contradictions()


def _values_of_two_periods(evidence: Evidence, labels: Labels) -> Iterator[Contradicted]:
    groups: dict[object, list[Quantity]] = defaultdict(list)
    for quantity in evidence.quantities:
        value = quantity.value
        if quantity.is_fact and value is not None and len(value.normalize().as_tuple().digits) >= _DIGITS:
            groups[(bounds(quantity), quantity.unit)].append(quantity)
    for group in groups.values():
        if len(group) < 2:
            continue
        dated = [(quantity, period_of(evidence, quantity)) for quantity in group[:_GROUP_LIMIT]]
        known = [(quantity, period) for quantity, period in dated if period is not None]
        for (one, first), (other, second) in pairwise(known):
            if _clash(first.text, second.text) and _same_thing(labels, one, other):
                message = f"{one.text} is given for {first.text} and for {second.text}"
                yield contradicted([one], [other], " ".join(message.split()))


def period_of(evidence: Evidence, quantity: Quantity) -> PeriodMention | None:
    """Return the last period with dates that the quantity's sentence names before it."""
    sentence = evidence.article.sentence_at(quantity.start)
    if sentence is None:
        return None
    named = evidence.periods_within(max(sentence.start, quantity.start - 10 * REACH), quantity.start)
    return next((mention for mention in reversed(named) if has_dates(mention.text)), None)


def _clash(one: str, other: str) -> bool:
    """Whether a value cannot be of both periods; 截至6月底 and 上半年 may tell one stock."""
    if not differ(one, other):
        return False
    left, right = resolve(one, STAND_IN), resolve(other, STAND_IN)
    if left is None or right is None or (left.end.month, left.end.day) != (right.end.month, right.end.day):
        return True
    return left.start != left.end and right.start != right.end


def _same_thing(labels: Labels, one: Quantity, other: Quantity) -> bool:
    words = [grams(labels.context(quantity)[0][-14:]) for quantity in (one, other)]
    smaller = min(len(words[0]), len(words[1]))
    return smaller > 0 and len(words[0] & words[1]) >= _LIKENESS * smaller


class Tellings:
    """The numbers of one article by what they tell."""

    def __init__(self, evidence: Evidence, places: Places) -> None:
        self._evidence = evidence
        self._places = places

    def contradictions(self) -> Iterator[Contradicted]:
        """Yield two values of one thing."""
        groups: dict[tuple[object, ...], list[Telling]] = defaultdict(list)
        for telling in self._all():
            groups[telling.key].append(telling)
        for group in groups.values():
            if len(group) > 1:
                yield from self._of_group(group[:_GROUP_LIMIT])

    def _of_group(self, group: list[Telling]) -> Iterator[Contradicted]:
        values: list[Quantity] = []
        for telling in group:
            if not any(may_agree(telling.quantity, known) for known in values):
                values.append(telling.quantity)
        if len(values) != 2:
            return
        contexts = [self._context(telling) for telling in group]
        periods = [context.period.text for context in contexts if context.period is not None]
        one_period = not any(differ(one, other) for one, other in pairwise(periods))
        for place, other in enumerate(group):
            for one, context in zip(group[:place], contexts, strict=False):
                if not may_agree(one.quantity, other.quantity) and _comparable(context, contexts[place], one_period):
                    message = f"{shown(one.quantity)} and {shown(other.quantity)} are given for {other.key[0]}"
                    yield contradicted([one.quantity], [other.quantity], message)
                    return

    def _all(self) -> Iterator[Telling]:
        last: Telling | None = None
        for sentence in self._evidence.article.sentences:
            for quantity in self._evidence.of_sentence(sentence):
                if quantity.is_fact and quantity.value is not None:
                    last = self._telling(sentence, quantity, last)
                    if last is not None:
                        yield last

    def _telling(self, sentence: Sentence, quantity: Quantity, last: Telling | None) -> Telling | None:
        if quantity.kind not in ("money", "count", "ratio", "measure"):
            return None
        part = _PART.split(self._places.text[max(sentence.start, quantity.start - REACH) : quantity.start])[-1]
        clause = self._clause(part, sentence, quantity)
        if _PLANNED.search(part) or _LISTED.search(clause) or _COMPARED.search(clause):
            return None
        change = bool(_GROWTH.search(clause))
        label = self._label(clause, sentence, quantity, change)
        if change and label in ("增长", "下降") and last is not None and self._follows(last, quantity):
            label = f"{last.key[0]}{label}"
        if not _LABEL_CHARS <= len(label) <= _LONGEST_LABEL or (change and len(label) < _LABEL_CHARS + 2):
            return None
        return Telling(quantity, sentence, (label, quantity.kind, quantity.unit, change), len(clause))

    def _context(self, telling: Telling) -> Context:
        quantity, sentence = telling[:2]
        start = max(sentence.start, quantity.start - 2 * REACH)
        subject = self._subject(start, quantity.start - telling.clause, quantity)
        general = sentence.heading or sentence.number in self._lead
        return Context(sentence, subject, period_of(self._evidence, quantity), general)

    def _clause(self, part: str, sentence: Sentence, quantity: Quantity) -> str:
        """Return the words of the number's own clause, behind its neighbour; a headline's clauses end at blanks."""
        clause = _CLAUSE.split(part)[-1]
        if sentence.heading:
            clause = re.split(r"\s+", clause.strip())[-1]
        start = quantity.start - len(clause)
        behind = [found.end for found in self._evidence.within(start, quantity.start) if found.is_fact]
        return "".join(clause[behind[-1] - start :].split()) if behind else "".join(clause.split())

    def _follows(self, last: Telling, quantity: Quantity) -> bool:
        """Whether the number is the growth of the level directly before it."""
        return not last.key[3] and self._places.between(last.quantity.end, quantity.start)[:1] in "，,、"

    def _label(self, clause: str, sentence: Sentence, quantity: Quantity, change: bool) -> str:
        """Return what the number is of, in words that are equal where two tellings are of one thing."""
        for mention in self._evidence.periods_within(max(sentence.start, quantity.start - REACH), quantity.start):
            clause = clause.replace("".join(mention.text.split()), "")
        for park in self._names:
            clause = clause.replace(park, "")
        if quantity.kind == "count" and not change:
            behind = _NOUN_BEHIND.match(self._places.text[quantity.end : quantity.end + 10].lstrip(" "))
            clause += behind[1] if behind and quantity.unit in ("个", "项", "件") else ""
        for word, same in _SAME_WORDS:
            if same not in clause:
                clause = clause.replace(word, same)
        return _FILLER.sub("", clause)

    @cached_property
    def _names(self) -> list[str]:
        """The names of parks in the article, the longest first."""
        return sorted({mention.name for mention in self._evidence.parks}, key=len, reverse=True)[:_GROUP_LIMIT]

    @cached_property
    def _subjects(self) -> tuple[list[int], list[str]]:
        """Where somebody is named who may have numbers, and who; empty for the article's own park."""
        text, main = self._places.text, self._main
        found = [(match.start(), match.end(), match.group()) for match in _SUBJECT.finditer(text)]
        several = main is None or len({word for _, _, word in found if word in _ZONES}) > 1
        parks = {mention.end: mention.name for mention in self._evidence.parks}
        names = []
        for start, end, word in found:
            if word in _ZONES:
                name = parks.get(end, text[max(0, start - 2) : end] if several else "")
                names.append("" if name == main else name)
            else:
                names.append("" if word in _OWN else text[max(0, start - 2) : end] if len(word) == 1 else word)
        return [end for _, end, _ in found], names

    @cached_property
    def _main(self) -> str | None:
        """The park that the article is about: named twice as often as any other; None where there is no such park."""
        counts = Counter(mention.name for mention in self._evidence.parks).most_common(2)
        if not counts:
            return ""
        return counts[0][0] if len(counts) == 1 or counts[0][1] >= 2 * counts[1][1] else None

    def _subject(self, start: int, clause: int, quantity: Quantity) -> str | None:
        """Return who is named last in `[start, quantity)`; others than parks and places only before the clause."""
        text = self._places.text
        ends, names = self._subjects
        place = bisect_right(ends, quantity.start) - 1
        end = ends[place] if place >= 0 and ends[place] > start else start
        others = [
            match
            for match in _OTHERS.finditer(text, end, max(end, clause))
            if not text[match.end() : match.end() + 2].lstrip()[:1].isdigit()  # 技术中心27家 are counted, not speaking
        ]
        if others:
            return text[max(0, others[-1].start() - 2) : others[-1].end()]
        return names[place] if place >= 0 and ends[place] > start else None

    @cached_property
    def _lead(self) -> frozenset[int]:
        told = [
            sentence.number
            for sentence in self._evidence.article.sentences[:20]
            if not sentence.heading and len(sentence.text) > REACH // 6
        ]
        return frozenset(told[:_LEAD_SENTENCES])


def _comparable(one: Context, other: Context, one_period: bool) -> bool:
    """Whether two tellings of one label are certainly of one subject and one period."""
    if one.sentence.number == other.sentence.number:
        return False
    if one.subject != other.subject and not (
        one.general and one.sentence.heading and not (one.subject or other.subject)
    ):
        return False
    if one.subject is None and not (one.general or other.general):
        return False
    if one.period is None or other.period is None:
        return one_period
    return not differ(one.period.text, other.period.text)
