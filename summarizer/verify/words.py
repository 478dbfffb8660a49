"""Quotes, policies and parks: words that must stand in the article as they are told.

A quote is never edited: it is equal after folding white space, width and quotation marks, or it is altered and the
difference is shown.
"""

import re
from typing import Final, NamedTuple

from summarizer.draft import DraftPark, DraftPolicy, DraftQuote
from summarizer.value import Span, Verdict
from summarizer.verify.evidence import Evidence, fold_words

_ALTERED_SCORE: Final = 52.0
"""Least likeness, in per cent, for a quote to count as altered; below it the article holds no such words. The quotes of
the gold reach at most 46 in articles other than their own (280 pairs); with a clause left out they reach at least 58
in their own (75 cuts)."""
_QUOTE_CHARS: Final = 5000
"""Longest quote that is aligned; a longer one that is not verbatim is called absent."""
_DIFFERENCES_SHOWN: Final = 3
_SPEAKER_REACH: Final = 400
"""How far from a quote its speaker may be named, in characters."""
_PRONOUN: Final = re.compile(r"[他她]|\b[Ss]?[Hh]e\b")
_PRONOUN_REACH: Final = 40
"""How far from a quote a pronoun may stand for its speaker, who is then named anywhere before."""


_INTERRUPTION: Final = re.compile(
    r"[”」』]([^“”「」『』\"\n]{2,60}?)[“「『]|\"(?=[^\"\n]{0,60}(?:said|says|added|told|说|道|表示))([^\"\n]{2,60}?)\""
)
"""The reporter's words between two parts of a quote: ”他说，“. Straight marks look alike on both sides, so there a verb
of saying must help."""
_VERB = r"(?:说|说道|表示|介绍|介绍说|指出|强调|认为|坦言|透露|告诉记者|說|表示)"
_SAID_BEHIND: Final = re.compile(rf"[。！？，…]?[”」』]([^“”「」『』。！？，\n]{{2,40}}?){_VERB}(?=[。！，,：:]|$)")
_SAID_AHEAD: Final = re.compile(rf"([^“”「」『』。！？，\n]{{2,40}}?){_VERB}[，,：:]\s?[“「『]$")
_ATTRIBUTION_CHARS: Final = 60
"""Longest attribution: an office of 30 characters, a name, a verb."""
_NAMED_PERSON: Final = re.compile(
    r"(?:书记|書記|主任|局长|局長|处长|科长|部长|院长|所长|校长|市长|区长|行长|会长|董事长|总经理|經理|经理|总裁|创始人"
    r"|首席执行官|总监|工程师|教授|专家|主席|厂长)"
    r"[一-鿿]{2,4}$"
)
"""An attribution that ends in an office and a name."""
_BREAK_MARK: Final = re.compile(r"[”」』\"]")
_WINDOW_CHARS: Final = 100_000
"""How much of an article is searched for an interrupted quote that cites no sentence."""
_END_CHARS: Final = 6
"""Characters by which the two ends of an interrupted quote are found."""


class WordsFound(NamedTuple):
    """A verdict on words, with the clean span where they (or the nearest like them) stand."""

    verdict: Verdict
    span: Span | None
    difference: str | None = None
    """What the article has instead, for altered words."""


def check_quote(evidence: Evidence, quote: DraftQuote) -> WordsFound:
    """Return whether the quote stands in the article word for word.

    “A，”他说，“B” told as one quote AB is `normalised`; the same with the reporter's words inside it is `altered`.
    """
    cited = evidence.article.sentence(quote.at)
    span = evidence.find_words(quote.text.strip(), cited.start if cited else None)
    if span is not None:
        told_by = None if _BREAK_MARK.search(quote.text) else _INTERRUPTION.search(evidence.article.text, *span)
        if told_by is not None:
            return WordsFound(
                "altered", span, f"the quote holds the reporter's words {(told_by.group(1) or told_by.group(2))!r}"
            )
        return WordsFound(_placed(evidence, span, quote.at), span)
    return _joined(evidence, quote) or _altered(evidence, quote.text)


def _joined(evidence: Evidence, quote: DraftQuote) -> WordsFound | None:
    """Return the place of a quote whose printed form an attribution interrupts."""
    cited = evidence.article.sentence(quote.at)
    wanted = fold_words(quote.text)
    if len(wanted) < 2 * _END_CHARS:
        return None
    window = evidence.neighbours(cited) if cited else evidence.article.text[:_WINDOW_CHARS]
    if wanted not in fold_words(_INTERRUPTION.sub("", window)):
        return None
    first = evidence.find_words(wanted[:_END_CHARS], cited.start if cited else None)
    last = None if first is None else evidence.find_words(wanted[-_END_CHARS:], first.end)
    if first is None or last is None or last.end <= first.start:
        return None
    return WordsFound("normalised", Span(first.start, last.end))


def _placed(evidence: Evidence, span: Span, at: int) -> Verdict:
    """Return exact where the words begin in the cited sentence (or none is cited), else moved."""
    sentence = evidence.article.sentence_at(span.start)
    return "exact" if sentence is None or at in (0, sentence.number) else "moved"


def _altered(evidence: Evidence, text: str) -> WordsFound:
    from rapidfuzz import fuzz  # late: 20 ms, and only quotes that fail need it

    wanted = fold_words(text)
    if not 4 <= len(wanted) <= min(_QUOTE_CHARS, len(evidence.folded)):
        return WordsFound("absent", None)
    aligned = fuzz.partial_ratio_alignment(wanted, evidence.folded, score_cutoff=_ALTERED_SCORE)
    if aligned is None or aligned.dest_end <= aligned.dest_start:
        return WordsFound("absent", None)
    start, end, difference = _compare(wanted, evidence.folded[aligned.dest_start : aligned.dest_end])
    span = evidence.map_folded(aligned.dest_start + start, aligned.dest_start + end)
    return WordsFound("altered", span, difference)


def _compare(told: str, printed: str) -> tuple[int, int, str]:
    """Return which part of `printed` the quote stands for, and in words the first places where the two part."""
    from rapidfuzz.distance import Levenshtein

    steps = [step for step in Levenshtein.opcodes(told, printed) if step.tag != "equal"]
    start, end = 0, len(printed)
    if steps and steps[0].tag == "insert" and steps[0].src_start == 0:
        start = steps.pop(0).dest_end
    if steps and steps[-1].tag == "insert" and steps[-1].src_start == len(told):
        end = steps.pop().dest_start
    parts = [
        f"after {told[max(0, step.src_start - 4) : step.src_start]!r}: "
        f"quoted {told[step.src_start : step.src_end]!r}, printed {printed[step.dest_start : step.dest_end]!r}"
        for step in steps[:_DIFFERENCES_SHOWN]
    ]
    return start, end, "; ".join(parts)


def speaker_stands(evidence: Evidence, quote: DraftQuote, span: Span | None) -> bool:
    """Whether the speaker is named near the quote, or before it where the article says he or she; true for none."""
    name = fold_words(quote.speaker or "")
    if not name:
        return True
    if span is None:
        return name in evidence.folded
    text = evidence.article.text
    told_by = _attribution(text, span)
    if told_by is not None and _NAMED_PERSON.search(told_by) and name not in fold_words(told_by):
        return False  # 何清越书记说 stands at the quote, so it is nobody else's
    if name in fold_words(text[max(0, span.start - _SPEAKER_REACH) : span.end + _SPEAKER_REACH]):
        return True
    told = text[max(0, span.start - _PRONOUN_REACH) : span.start] + " " + text[span.end : span.end + _PRONOUN_REACH]
    meant = _PRONOUN.search(told) is not None or f"老{name[0]}" in told or f"小{name[0]}" in told  # 老陈 is 陈守拙
    return meant and name in fold_words(text[: span.start])


def _attribution(text: str, span: Span) -> str | None:
    """Return the words that give the quote at `span` to somebody (”某书记某某说。, 某某表示，“); None without them."""
    behind = _SAID_BEHIND.match(text, span.end)
    if behind is not None:
        return behind.group(1)
    ahead = _SAID_AHEAD.search(text, max(0, span.start - _ATTRIBUTION_CHARS), span.start)
    return ahead.group(1) if ahead is not None else None


def check_policy(evidence: Evidence, policy: DraftPolicy) -> WordsFound:
    """Return whether the policy's name stands in the article, 《》 and quotation marks apart."""
    cited = evidence.article.sentence(policy.at)
    for name in (policy.name, policy.name.strip().strip("《》")):
        span = evidence.find_words(name, cited.start if cited else None)
        if span is not None:
            return WordsFound(_placed(evidence, span, policy.at), span)
    return WordsFound("absent", None)


def check_park(evidence: Evidence, park: DraftPark) -> WordsFound:
    """Return whether the park's name stands in the article."""
    span = evidence.find_words(park.name)
    return WordsFound("absent", None) if span is None else WordsFound("exact", span)
