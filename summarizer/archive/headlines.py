"""Whether two headlines may stand over the same report: papers write their own.

A headline that tells what the report does not (a figure, a park, a plan, a direction) makes another telling of it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from rapidfuzz.distance import Indel

from summarizer.archive.wording import bare_words
from summarizer.names import find_parks
from summarizer.quantities import Quantity, relate, scan
from summarizer.quantities.cues import DOWN, UP
from summarizer.quantities.tables import NUMERAL_CHARS

_ALIKE, _ALIKE_UNNAMED = 0.7, 0.5
"""Likeness from which two headlines are one pattern filled in twice, so that where they differ is what matters; lower
where the report names no park, so that the headline alone may say whose it is. Those that differ by one name or word
have 0.72 and more; 临澜高新区交出高质量发展答卷 and 临澜高新区2023年高质量发展综述 have 0.67."""
_SAME_ENDING: Final = 6
"""Characters at their ends that make two headlines one pattern too, whatever name stands before."""
_SHORTEST: Final = 5
"""Characters; a shorter line may be a writer's name, or an item of a list."""
_LONGEST: Final = 80
_FACTS_THAT_TELL: Final = 2
"""Facts that tell a report from others by its template, whatever its headline."""
_LABEL_CHARS: Final = 2
"""Characters before a headline's figure that the report must have before it too: 在建83个 is not 签约83个. With four
one headline in eight more is refused."""
_NUMERAL: Final = re.compile(rf"[0-9{NUMERAL_CHARS}]")
_PLACE: Final = re.compile(
    r"(?=([\u4e00-\u9fff]{2}(?:高新[区區]|[经經][开開][区區]|[开開][发發][区區]|新[区區]|科[技學学][园園城]|[综綜]保[区區]"
    r"|省(?![下时時钱錢])|(?<![城都超股])市(?![场場值])|[县縣])))"
)
"""Two characters and what makes a place of them: names of parks and cities begin where the text does not show it."""
_CORRECTION: Final = re.compile(
    r"更正|[订訂]正|勘[误誤]|辟谣|闢謠|不[实實]|失[实實]|致歉|撤稿|否[认認]|叫停|取消|[暂暫]停|推[迟遲]|[终終]止|未|[没沒]"
)
_STATUS: Final = re.compile(
    r"目[标標]|[计計][划劃]|[规規][划劃]|[预預][计計期测測]|力[争爭]|展望|有望|[拟擬将將]|完成|上半年|下半年|全年|[一二三四]季度"
    r"|[去今明前上][年月]|同比|[环環]比"
)
"""Words of plan and period, which a headline may give to figures below it."""


class SharedReport:
    """What two printings have in common: headlines of either are held against it."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._text = "\n".join(sentences)

    @cached_property
    def bare(self) -> str:
        """All words, without punctuation."""
        return bare_words(self._text)

    @cached_property
    def facts(self) -> list[Quantity]:
        """All facts."""
        return [found for found in scan(self._text) if found.is_fact]

    @cached_property
    def names_park(self) -> bool:
        """Whether it says itself of which park it tells."""
        return bool(find_parks(self._text))

    @property
    def tells(self) -> bool:
        """Whether its facts alone tell it from other reports."""
        return len(self.facts) >= _FACTS_THAT_TELL


def may_differ(mine: Sequence[str], other: Sequence[str], report: SharedReport) -> bool:
    """Whether headline lines that one printing alone has, `mine` and `other`, tell nothing that `report` does not."""
    if mine and other and not report.names_park and not report.tells:
        return False
    if not all(_is_supported(line, report) for line in (*mine, *other)):
        return False
    up, down = ([any(map(pattern.search, lines)) for lines in (mine, other)] for pattern in (UP, DOWN))
    if (up[0] and down[1] and not down[0]) or (down[0] and up[1] and not down[1]):
        return False
    pairs = [(left, right) for left in {*mine, "".join(mine)} for right in {*other, "".join(other)}]
    return all(_fits(*pair, report) for pair in pairs)


def _is_supported(line: str, report: SharedReport) -> bool:
    """Whether the report has a headline's figures, places and words of plan and period."""
    bare = bare_words(line)
    if (len(bare) < _SHORTEST and not report.tells) or len(bare) > _LONGEST or _CORRECTION.search(line):
        return False
    for found in scan(line):
        if found.is_fact:
            labelled = bare_words(line[: found.start])[-_LABEL_CHARS:] + bare_words(found.text)
            if labelled not in report.bare or not any(relate(found, fact) == "same" for fact in report.facts):
                return False
        elif found.kind != "idiom" and bare_words(found.text) not in report.bare:
            return False
    return all(words in report.bare for words in (*_PLACE.findall(bare), *_STATUS.findall(bare)))


def _fits(mine: str, other: str, report: SharedReport) -> bool:
    """Whether headlines that are alike differ only by words that the report has."""
    left, right = bare_words(mine), bare_words(other)
    likeness = _ALIKE if report.names_park else _ALIKE_UNNAMED
    ending = left[-_SAME_ENDING:] == right[-_SAME_ENDING:]
    if not left or not right or not (ending or Indel.normalized_similarity(left, right) >= likeness):
        return True
    pieces = [
        words[max(0, start - 1) : end + 1]
        for step in Indel.opcodes(left, right)
        if step.tag != "equal"
        for words, start, end in ((left, step.src_start, step.src_end), (right, step.dest_start, step.dest_end))
    ]
    return all(piece in report.bare and _NUMERAL.search(piece) is None for piece in pieces)
