"""Finds quotations with their speakers, by quotation marks next to verbs of saying.

Quotation marks alone prove nothing: newspapers of the genre put slogans, names and nicknames in them.
"""

import re
from collections.abc import Sequence
from typing import Final

from summarizer.article import Sentence
from summarizer.draft import DraftQuote

_VERB: Final = (
    r"(?:分析.{0,10}?时表示|接受.{0,12}?采访时(?:表示|说)|表示|介绍说?|说道?|指出|强调|認為|认为|坦言|透露|告诉.{0,4}?记者"
    r"|感慨|谈道|称|直言|補充|补充道|說)"
)
_QUOTED: Final = r"[“「]((?:[^“”「」]|[“「][^“”「」]*[”」]){6,800})[”」]"
_AFTER: Final = re.compile(rf"{_QUOTED}([^“”「」。！？\n]{{2,40}}?){_VERB}(?:[，：,:]\s?{_QUOTED}|(?=[。，,！\s]|$))")
"""“……。”某某书记某某表示。 Or, in two parts: “……，”某某书记某某说，“……。”"""
_BEFORE: Final = re.compile(rf"([^“”「」。！？，\n]{{2,40}}?){_VERB}[^“”「」。，：:\n]{{0,12}}[，：:,]?\s?{_QUOTED}")
"""某某书记某某表示，“……。”"""
_OFFICE: Final = (
    r"(?:书记|書記|主任|局长|局長|处长|科长|部长|院长|所长|校长|县长|市长|区长|组长|队长|行长|会长|理事长|秘书长|董事长|總經理|总经理|经理|總裁|总裁|"
    r"负责人|負責人|创始人|創辦人|首席执行官|首席技术官|总监|工程师|工程師|研究员|教授|博士|专家|專家|发言人|處長|局員|科員|科员|员工|"
    r"主席|委员|厂长|廠長|站长|CEO|CTO|代表|合伙人)"
)
_NAMED: Final = re.compile(rf"^(.*{_OFFICE})\s?([一-鿿·]{{2,4}}|[一-鿿]{{1,8}}·[一-鿿]{{1,8}})$")
_MANNER: Final = re.compile(r"(?:笑着|激动地|高兴地|自豪地|感慨地|兴奋地|动情地|这样|如是|也|还|对此)+$")
_PRONOUN: Final = re.compile(r"^[他她我](?:们|們)?(?![一-鿿]?[·])")
_NAME: Final = r"(?<!\w)[A-Z][\w.’'-]{1,30}"
_SAID: Final = r"(?:said|says|added|told reporters)"
_ENGLISH_QUOTE: Final = re.compile(
    rf"[“\"]([^“”\"]{{12,600}})[”\"]\s?{_SAID}\s({_NAME}(?:\s{_NAME}){{0,3}})(?:,\s((?:an?\s|the\s)?[^.,“”]{{3,80}}))?"
)
_ENGLISH_BEFORE: Final = re.compile(
    rf"({_NAME}(?:\s{_NAME}){{1,3}})(?:,\s([^.,“”]{{3,80}}),)?\s{_SAID}[,:]?\s[“\"]([^“”\"]{{12,600}})[”\"]"
)


def find_quotes(sentences: Sequence[Sentence]) -> tuple[DraftQuote, ...]:
    """Return the quotations of the sentences in order, with speaker and office where the words name them."""
    quotes: list[DraftQuote] = []
    for sentence in sentences:
        quotes.extend(_in_sentence(sentence))
    return tuple(quotes)


def _in_sentence(sentence: Sentence) -> list[DraftQuote]:
    text = sentence.text
    if not any(mark in text for mark in '“「"'):
        return []
    found: dict[str, DraftQuote] = {}
    for match in _AFTER.finditer(text):
        for words in filter(None, (match.group(1), match.group(3))):
            found[words] = _quote(words, match.group(2), sentence.number)
    for match in _BEFORE.finditer(text):
        if match.group(2) not in found:
            found[match.group(2)] = _quote(match.group(2), match.group(1), sentence.number)
    for match in _ENGLISH_QUOTE.finditer(text):
        found[match.group(1)] = DraftQuote(
            speaker=match.group(2), role=match.group(3), text=match.group(1), at=sentence.number
        )
    for match in _ENGLISH_BEFORE.finditer(text):
        if match.group(3) not in found:
            found[match.group(3)] = DraftQuote(
                speaker=match.group(1), role=match.group(2), text=match.group(3), at=sentence.number
            )
    return list(found.values())


def _quote(words: str, attribution: str, number: int) -> DraftQuote:
    """Split 某某高新区党工委书记某某 into office and name."""
    who = _MANNER.sub("", re.split(r"[，,；;：:]", attribution.strip())[-1].strip())
    if _PRONOUN.match(who):  # whom it stands for is not for rules to guess
        return DraftQuote(speaker=None, role=None, text=words, at=number)
    named = _NAMED.match(who)
    if named:
        return DraftQuote(speaker=named.group(2), role=named.group(1), text=words, at=number)
    return DraftQuote(speaker=who or None, role=None, text=words, at=number)
