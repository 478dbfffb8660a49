"""What the check says, in Chinese: made of a finding's code, the item it is about and the article's words there.

A brief's own messages are English, whatever the article is. What stands in a message alone (what a follow-up brought,
what a service answered, whose telling it is) is quoted from it behind the Chinese.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final

from summarizer.brief import Brief, Contradiction, Finding
from summarizer.report.words import VERDICTS
from summarizer.value import OK_VERDICTS, Span

_AROUND: Final = 20
"""Characters of the article shown on either side of a number, within its sentence."""
_SHOWN: Final = 60
"""Characters shown of words that a finding points at."""
_END: Final = re.compile(r"[。！？!?]")

_SENTENCES: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("numbers", "rounded"): ("“{told}”是原文“{printed}”的约数", "“{told}”是原文所印数字的约数"),
    ("numbers", "scale"): ("“{told}”与原文的“{printed}”差了数量级", "“{told}”与原文所印的数字差了数量级"),
    ("numbers", "digits"): ("“{told}”与原文的“{printed}”数字不同", "“{told}”与原文所印的数字不同"),
    ("numbers", "sign"): ("“{metric}”与原文“{printed}”的升降相反", "“{metric}”与原文的升降相反"),
    ("numbers", "unit"): ("“{told}”与原文的“{printed}”单位不同", "“{told}”与原文所印的单位不同"),
    ("numbers", "absent"): ("原文没有“{told}”这个数，所引的第 {sentence} 句也没有", "原文没有“{told}”这个数"),
    ("numbers", "label-swapped"): (
        "“{metric}”写成“{told}”，而原文这句说的是“{printed}”",
        "“{metric}”写成“{told}”，而原文这句说的是另一个数",
    ),
    ("numbers", "label-unsupported"): (
        "“{told}”近旁没有“{metric}”的说法；原文：“{near}”",
        "“{told}”近旁没有“{metric}”的说法",
    ),
    ("numbers", "period-unsupported"): (
        "原文没有说“{told}”是“{period}”的；原文：“{near}”",
        "原文没有说“{told}”是“{period}”的",
    ),
    ("numbers", "park-unsupported"): (
        "原文没有说“{told}”是“{park}”的；原文：“{near}”",
        "原文没有说“{told}”是“{park}”的",
    ),
    ("numbers", "target-as-actual"): (
        "“{told}”写成已经达到，而原文说的是目标或预计；原文：“{near}”",
        "“{told}”写成已经达到，而原文说的是目标或预计",
    ),
    ("numbers", "scope"): (
        "“{told}”写成“{park}”的，而原文说的是另一个范围；原文：“{near}”",
        "“{told}”写成“{park}”的，而原文说的是另一个范围",
    ),
    ("numbers", "unread"): ("“{told}”读不出数值",),
    ("summary", "absent"): ("原文没有摘要里的“{told}”", "摘要里有原文没有的数"),
    ("period", "period-unsupported"): ("原文没有提到“{period}”这个时期", "原文没有提到简报所写的时期"),
    ("parks", "park-unsupported"): ("原文没有提到“{told}”这个园区",),
    ("policies", "absent"): ("原文没有提到这个名称：{told}",),
    ("quotes", "absent"): ("原文没有这样的话",),
    ("quotes", "altered"): ("引文与原文有出入；原文：“{printed}”", "引文与原文有出入"),
    ("quotes", "speaker-unsupported"): ("引文近旁没有提到说话人“{speaker}”", "引文近旁没有提到说话人"),
    ("", "unread"): ("有内容未能读出：{message}",),
    ("", "withdrawn"): ("模型在重问时撤回了草稿中的一项",),
    ("", "reask-failed"): ("重问没有成功，简报保持原样：{message}",),
    ("", "completed"): ("就草稿遗漏的数字补问了一次：{message}",),
    ("", "completion-failed"): ("补问没有成功，简报保持原样：{message}",),
    ("", "same-telling"): ("草稿取自另一篇内容相同的文章：{message}",),
}
"""By the part of the brief that a finding is about (empty: the whole) and its code; the first sentence is taken whose
words are all known."""
_SUMMARY: Final = (
    "摘要里的“{told}”在原文中是“{printed}”（{verdict}）",
    "摘要里的“{told}”与原文不符（{verdict}）",
    "摘要里有一个数与原文不符（{verdict}）",
)
"""For the other verdicts on numbers of the summary."""


class Chinese:
    """Tells the findings and contradictions of one brief, whose document reads `text` where that is to be had."""

    def __init__(self, brief: Brief, text: str | None) -> None:
        self._brief = brief
        self._text = text
        flagged = (number for number in brief.summary.numbers if number.verdict not in OK_VERDICTS)
        found = [finding for finding in brief.check.findings if finding.path == "summary"]
        # The check objects to the summary's numbers in their order; a brief of other origin need not.
        pairs = list(zip(found, flagged, strict=False))
        paired = all(finding.code == number.verdict for finding, number in pairs)
        self._of_summary = {id(finding): number.text for finding, number in pairs} if paired else {}

    def finding(self, finding: Finding) -> str | None:
        """Return what a finding says; None for one that the check does not make."""
        part, _, place = (finding.path or "").partition(".")
        known = dict(self._known(finding, part, place))
        unread = finding.code == "absent" and part == "numbers" and "worth" not in known
        sentences = _SENTENCES.get((part, "unread" if unread else finding.code))
        if sentences is None and part == "summary" and finding.code in VERDICTS:
            sentences = _SUMMARY
        for sentence in sentences or ():
            with suppress(KeyError):  # a word that is not known
                return sentence.format_map(known)
        return None

    def contradiction(self, contradiction: Contradiction) -> str:
        """Return what a contradiction says."""
        places = [f"“{words}”" for span in contradiction.spans if (words := self._near(span))]
        return f"原文这几处不能同时成立：{'；'.join(places)}" if places else "原文自相矛盾"

    def _known(self, finding: Finding, part: str, place: str) -> Iterator[tuple[str, str]]:
        """Yield the words that a sentence about a finding may name."""
        yield "message", finding.message
        if finding.code in VERDICTS:
            yield "verdict", VERDICTS[finding.code].zh
        if printed := self._printed(finding.span):
            yield "printed", printed
        if near := self._near(finding.span):
            yield "near", near
        if part == "period" and self._brief.period is not None:
            yield "period", self._brief.period.text
        if part == "summary" and id(finding) in self._of_summary:
            yield "told", self._of_summary[id(finding)]
        if place.isdecimal():
            yield from self._item(part, int(place))

    def _item(self, part: str, place: int) -> Iterator[tuple[str, str]]:
        """Yield the words of an item that a finding is about."""
        brief = self._brief
        told: dict[str, str | None] = {}
        if part == "numbers" and place < len(brief.numbers):
            number = brief.numbers[place]
            told = {"told": number.text, "metric": number.metric, "park": number.park}
            told["worth"] = number.value or number.low  # without it the words state no number
            told["period"] = number.period.text if number.period else None
            told["sentence"] = str(number.sentence) if number.sentence else None
        elif part == "parks" and place < len(brief.parks):
            told = {"told": brief.parks[place].name}
        elif part == "policies" and place < len(brief.policies):
            told = {"told": brief.policies[place].name}
        elif part == "quotes" and place < len(brief.quotes):
            told = {"speaker": brief.quotes[place].speaker}
        yield from ((name, words) for name, words in told.items() if words)

    def _printed(self, span: Span | None) -> str:
        """Return the article's words at a place, in one line; empty where they are not to be had."""
        if self._text is None or span is None or not 0 <= span.start < span.end <= len(self._text):
            return ""
        words = _in_line(self._text[span.start : min(span.end, span.start + _SHOWN)])
        return f"{words}…" if span.end - span.start > _SHOWN else words

    def _near(self, span: Span | None) -> str:
        """Return the words around a place, no further than its sentence."""
        if self._text is None or span is None or not (printed := self._printed(span)):
            return ""
        before = _END.split(self._text[max(0, span.start - _AROUND) : span.start])[-1]
        behind = _END.split(self._text[span.end : span.end + _AROUND])[0]
        return f"{_in_line(before)}{printed}{_in_line(behind)}"


def _in_line(words: str) -> str:
    return " ".join(words.split())
