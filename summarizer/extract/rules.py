"""The extractor without a model: every quantity labelled by the words around it, names by suffix, quotes by verbs.

Instant, free and honest about what it is (`run.extractor` = rules); the floor that any model must beat. It does not
understand: labels are cut from the sentence, and a number's park is the article's park unless the words say otherwise.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from summarizer.article import Article, Sentence
from summarizer.draft import Draft, DraftNumber, DraftPark, DraftPolicy
from summarizer.extract.extraction import Complaint, Extraction, Spent
from summarizer.extract.label import label_of
from summarizer.extract.speech import find_quotes
from summarizer.names import find_parks
from summarizer.quantities import PeriodMention, Quantity, bounds, find_periods, fold_period, has_dates, scan, yuan_of
from summarizer.quantities.cues import STATUS_BEFORE, STATUS_BEHIND, governs, told_status
from summarizer.subjects import Governor, Subjects
from summarizer.value import Span

_SUMMARY_CHARS: Final = {"zh-Hans": 160, "zh-Hant": 160, "en": 400}
"""Two printed lines of Chinese, or what says as much in English."""
_POLICY: Final = re.compile(
    r"《([^《》\n]{3,60})》|[“「]([^“”「」\n]{2,24})[”」](?=[一-鿿]{0,8}?(?:工程|计划|計畫|行动|机制|平台|模式|活动|政策|条例|制度))"
)


class RulesExtractor:
    """Writes drafts without a model."""

    def extract(self, article: Article) -> Extraction:
        """Return the draft that the rules read from `article`; never fails, asks nobody."""
        mentions = Counter(park.name for park in find_parks(article.text))
        ranked = [name for name, _ in mentions.most_common()]
        about = bool(ranked) or any(word in article.text for word in ("高新区", "高新區", "园区", "園區"))
        subject = ranked[0] if ranked else None
        draft = Draft(
            about_park=about,
            parks=tuple(DraftPark(name=name, role="subject" if name == subject else "mentioned") for name in ranked),
            period=_main_period(article.text),
            summary=_summary(article),
            numbers=_numbers(article, subject) if about else (),
            policies=_policies(article.sentences) if about else (),
            quotes=find_quotes(article.sentences) if about else (),
        )
        return Extraction(draft=draft, extractor="rules", model=None, mode=None, prompt=None, spent=Spent())

    def repair(self, article: Article, draft: Draft, complaints: Sequence[Complaint]) -> None:
        """Return None: rules that erred once err again."""
        return

    def complete(self, article: Article, draft: Draft, left_out: Sequence[Span]) -> None:
        """Return None: what the rules left out, they leave out."""
        return


def _summary(article: Article) -> str:
    """Return the lead: the first sentence of the body, cut at a clause where it is long, so that no number is cut."""
    body = [sentence.text for sentence in article.sentences if not sentence.heading and len(sentence.text) > 15]
    lead = body[0] if body else " ".join(sentence.text for sentence in article.sentences[:2])
    limit = _SUMMARY_CHARS[article.language]
    if len(lead) <= limit:
        return lead
    cut = max(lead.rfind(mark, 0, limit) for mark in ("，", "；", ", ", "; "))
    return lead[: cut if cut > 40 else limit].rstrip("，；,; ") + ("..." if article.language == "en" else "……")


def _main_period(text: str) -> str | None:
    """Return the period with dates that the article names most, the earlier one on a tie."""
    named = [mention for mention in find_periods(text) if has_dates(mention.text)]
    if not named:
        return None
    counts = Counter(fold_period(mention.text) for mention in named)
    best = max(named, key=lambda mention: (counts[fold_period(mention.text)], -mention.start))
    return "".join(best.text.split()) if not best.text.isascii() else " ".join(best.text.split())


def _policies(sentences: Sequence[Sentence]) -> tuple[DraftPolicy, ...]:
    found: dict[str, DraftPolicy] = {}
    for sentence in sentences:
        for match in _POLICY.finditer(sentence.text):
            name = f"《{match.group(1)}》" if match.group(1) else match.group(2)
            found.setdefault(name, DraftPolicy(name=name, detail=None, at=sentence.number))
    return tuple(found.values())


def _numbers(article: Article, subject: str | None) -> tuple[DraftNumber, ...]:
    """Return every fact-kind quantity, headlines last of all considered: what the body repeats is not told twice."""
    text = article.text
    quantities = scan(text, yuan=yuan_of(text))
    periods = [mention for mention in find_periods(text) if governs(text, mention.start, mention.end)]
    in_body = {
        (bounds(quantity), quantity.unit)
        for quantity in quantities
        if (sentence := article.sentence_at(quantity.start)) is not None and not sentence.heading
    }
    subjects = Subjects(article)
    numbers: list[DraftNumber] = []
    before: Quantity | None = None
    label = ""
    reach = 0  # index of the first period mention behind the current number
    for quantity in quantities:
        sentence = article.sentence_at(quantity.start)
        if sentence is None or not quantity.is_fact:
            continue
        if sentence.heading and (bounds(quantity), quantity.unit) in in_body:
            continue
        while reach < len(periods) and periods[reach].end <= quantity.start:
            reach += 1
        floor = max(sentence.start, before.end if before else 0)
        label = label_of(text, quantity, floor, sentence.end, label if floor > sentence.start else "")
        clause = text[max(sentence.start, quantity.start - STATUS_BEFORE) : quantity.start]
        numbers.append(
            DraftNumber(
                metric=label,
                text=_told(text, quantity),
                park=_park_of(subjects.governor(quantity.start, quantity.kind), subject),
                period=_period_before(periods, reach, sentence.start),
                status=told_status(clause, text[quantity.end : min(sentence.end, quantity.end + STATUS_BEHIND)])[0],
                at=sentence.number,
            )
        )
        before = quantity
    return tuple(numbers)


def _park_of(governor: Governor | None, subject: str | None) -> str | None:
    """Return the park of a number: that of its clause, else the article's; None for a firm's or a city's number."""
    if governor is not None and governor.owner not in ("park", "open"):
        return None
    named = governor.name if governor is not None and find_parks(governor.name) else None
    return named if named is not None and subject is not None and not subject.endswith(named) else subject


def _told(text: str, quantity: Quantity) -> str:
    """Return a number as printed, with the qualifier before it where it is no number without (超千万元)."""
    told = _as_told(quantity.text)
    if quantity.qualifier == "exact" or scan(told):
        return told
    return text[quantity.start - 1 : quantity.start] + told


def _as_told(text: str) -> str:
    """Return a number as printed, line breaks and stray blanks left out (English keeps single blanks)."""
    return (
        " ".join(text.split())
        if re.search(r"[A-Za-z]", text) and re.search(r"[A-Za-z.]\s|\s[A-Za-z]", text)
        else "".join(text.split())
    )


def _period_before(periods: Sequence[PeriodMention], reach: int, floor: int) -> str | None:
    """Return the nearest period named before a number in its sentence; `reach` counts the mentions before it."""
    if reach and periods[reach - 1].start >= floor:
        text = periods[reach - 1].text
        return _as_told(text)
    return None
