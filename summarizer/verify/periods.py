"""Whether a period that a brief gives to a number is the one that the article gives it.

The last dated period before the number, in its part of the sentence, governs it; without one in the sentence, the
sentences before, the headings and the lead may supply it. Periods that only serve a comparison (比2022年增长) govern
nothing.
"""

import re
from bisect import bisect_left
from datetime import date
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from summarizer.quantities import PeriodMention, Quantity, agree, differ, fold, fold_period, has_dates, resolve
from summarizer.quantities.cues import governs
from summarizer.quantities.periods import STAND_IN
from summarizer.verify.evidence import Evidence

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLAUSE_BREAK: Final = re.compile(r"[，,；;。！？\n]")
_CLAIM_CHARS: Final = 60
"""Longest words that are taken for a period."""
_WORDS_BEFORE, _WORDS_BEHIND = 2000, 500
"""How far from a number the words of a period without dates (目前, 近年来) may stand."""
_LEAD_SENTENCES: Final = 4
_LOOKED_AT: Final = 40


class _General(NamedTuple):
    """The periods of headings and lead."""

    spans: list[PeriodMention]
    """Longer than a day."""
    events: list[PeriodMention]
    """The days of what is reported, of which a headline tells."""


class Periods:
    """The periods of one article, asked number by number."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        published = evidence.article.published
        self._published = date.fromisoformat(published) if published else None
        self._agreements: dict[tuple[str, str], bool] = {}
        self._years: dict[str, bool] = {}

    @cached_property
    def _governing(self) -> list[PeriodMention]:
        """The mentions with dates, without comparisons and without those of names (2024年“红链”行动)."""
        text = self._evidence.article.text
        return [
            mention
            for mention in self._evidence.periods
            if _is_dated(mention.text) and governs(text, mention.start, mention.end)
        ]

    @cached_property
    def _whole(self) -> str:
        return fold_period(self._evidence.article.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self._governing]

    @cached_property
    def _general(self) -> _General:
        """The mentions of headings and lead, which may govern the whole article; their days govern no body."""
        sentences = self._evidence.article.sentences
        general = [sentence for sentence in sentences if sentence.heading or sentence.number <= _LEAD_SENTENCES]
        mentions = [mention for sentence in general for mention in self._within(sentence.start, sentence.end)]
        days = [mention for mention in mentions[:_LOOKED_AT] if _is_day(mention.text)]
        return _General(
            spans=[mention for mention in mentions[:_LOOKED_AT] if not _is_day(mention.text)],
            events=[mention for mention in days if mention.text in _OF_THE_EVENT],
        )

    def _within(self, start: int, end: int) -> list[PeriodMention]:
        return self._governing[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def of_sentence(self, source: Quantity) -> list[PeriodMention]:
        """Return the periods with dates that the number's own sentence names."""
        sentence = self._evidence.article.sentence_at(source.start)
        if sentence is None:
            return []
        start = max(sentence.start, source.start - _WORDS_BEFORE)
        return self._within(start, min(sentence.end, source.end + _WORDS_BEHIND))[-_LOOKED_AT:]

    def stands(self, claim: str, source: Quantity) -> bool:
        """Whether the article gives the number the period `claim`."""
        claim = claim[:_CLAIM_CHARS]
        if not self._knows_year(claim):
            return False
        if not _is_dated(claim):
            return self._words_stand(claim, source)
        here = self.of_sentence(source)
        if here:
            return self._stands_here(claim, source, here)
        return self._words_here(claim, source) or self._stands_before(claim, source.start)

    def _knows_year(self, claim: str) -> bool:
        """Whether the article prints the year of the claim, or was published in that year or next to it."""
        known = self._years.get(claim)
        if known is None:
            year = _YEAR.search(fold(claim))
            known = year is None or year.group() in self._evidence.folded
            if not known and year is not None and self._published is not None:
                known = abs(self._published.year - int(year.group())) <= 1
            self._years[claim] = known
        return known

    def is_named(self, claim: str, source: Quantity) -> bool:
        """Whether the article names the period at all; enough for what a number is compared with (从6人增加到712人)."""
        return self._knows_year(claim[:_CLAIM_CHARS]) and self._words_stand(claim[:_CLAIM_CHARS], source)

    def _stands_here(self, claim: str, source: Quantity, here: list[PeriodMention]) -> bool:
        agreeing = [mention for mention in here if self._agrees(claim, mention)]
        if not agreeing:
            finer = self._finer(claim, here) and self._stands_before(claim, here[0].start)
            if here[0].start > source.start and _CLAUSE_BREAK.search(
                self._evidence.article.text, source.end, here[0].start
            ):
                finer = self._stands_before(
                    claim, source.start
                )  # what only a later clause names governs no earlier one
            return finer or self._printed_apart(claim, source)
        text = self._evidence.article.text
        floor = max(here[0].start, source.start - _WORDS_BEFORE)
        part = max(text.rfind(mark, floor, source.start) for mark in "；;") + 1
        before = self._within(max(part, floor), source.start + 1)
        if not before or before[-1] in agreeing or not _differ(claim, before[-1].text):
            return True
        if before[-2:-1] and before[-2] in agreeing and _GREW_FROM.match(text[before[-1].start - 1 : before[-1].start]):
            return True
        return any(
            mention.start > source.start and not _CLAUSE_BREAK.search(text, source.end, mention.start)
            for mention in agreeing
        )

    def _stands_before(self, claim: str, offset: int) -> bool:
        """Whether the nearest dated sentence before `offset`, a heading or the lead bears the claim out."""
        place = bisect_left(self._starts, offset)
        candidates = list(self._general.spans)
        if self._general.events:
            here = self._evidence.article.sentence_at(offset)
            candidates += self._general.events if here is not None and self._evidence.is_headline(here) else ()
        if place:
            last = self._governing[place - 1]
            sentence = self._evidence.article.sentence_at(last.start)
            candidates += self._within(sentence.start if sentence else last.start, offset)[-_LOOKED_AT:]
        return any(self._agrees(claim, mention) for mention in candidates)

    def _agrees(self, claim: str, mention: PeriodMention) -> bool:
        known = self._agreements.get((claim, mention.text))
        if known is None:
            known = agree(claim, mention.text, self._published) or self._covers(claim, mention.text)
            self._agreements[claim, mention.text] = known
        return known

    def _covers(self, claim: str, named: str) -> bool:
        """Whether `claim` is the current year and `named` a part of it that names no year: 今年 and 7月."""
        if not claim.startswith(("今年", "本年", "this year")):
            return False
        whole, part = resolve(claim, self._published or STAND_IN), resolve(named, self._published or STAND_IN)
        if whole is None or part is None or not part.inferred or named.startswith(("去年", "上年", "前年", "明年")):
            return False
        return whole.start <= part.start and part.end <= whole.end

    def _finer(self, claim: str, here: list[PeriodMention]) -> bool:
        """Whether the sentence names nothing but the current year, of which the claim is a part told before."""
        return all(self._covers(mention.text, claim) for mention in here)

    def _printed_apart(self, claim: str, source: Quantity) -> bool:
        """Whether the sentence prints the claim's words outside of the periods that the grammar reads there."""
        sentence = self._evidence.article.sentence_at(source.start)
        start = max(sentence.start, source.start - _WORDS_BEFORE) if sentence else source.start
        end = min(sentence.end, source.end + _WORDS_BEHIND) if sentence else source.end
        text, pieces = self._evidence.article.text, []
        for mention in self._evidence.periods_within(start, end):
            pieces.append(text[start : mention.start])
            start = mention.end
        return fold_period(claim) in fold_period("\n".join([*pieces, text[start:end]]))

    def _words_here(self, claim: str, source: Quantity) -> bool:
        sentence = self._evidence.article.sentence_at(source.start)
        if sentence is None:
            return False
        start = max(sentence.start, source.start - _WORDS_BEFORE)
        near = self._evidence.article.text[start : min(sentence.end, source.end + _WORDS_BEHIND)]
        return fold_period(claim) in fold_period(near)

    def _words_stand(self, claim: str, source: Quantity) -> bool:
        """Whether the words of the claim stand near the number, or mean what some mention means."""
        text = self._evidence.article.text
        if len(text) <= _WORDS_BEFORE + _WORDS_BEHIND:
            near = self._whole  # of most articles, folded once
        else:
            near = fold_period(text[max(0, source.start - _WORDS_BEFORE) : source.end + _WORDS_BEHIND])
        if fold_period(claim) in near:
            return True
        if fold(claim) in _PRESENT and any(word in near for word in _PRESENT):
            return True
        return any(agree(claim, mention.text, self._published) for mention in self._evidence.periods[:200])


_GREW_FROM: Final = re.compile(r"[由从自是到至]")
"""A word before a nearer period that makes it an end of a change: 2023年，由上年的214家增至241家;
“十四五”以来，增加到今年10月底的11.2万人，增长64.7%."""
_OF_THE_EVENT: Final = ("昨日", "昨天", "今日", "今天", "当日", "當日", "当天", "當天")
"""Days of which the lead reports and the headline tells."""
_PRESENT: Final = ("目前", "现有", "现", "当前", "如今", "截至目前", "眼下", "至今")
"""Words that all say now."""


@lru_cache(maxsize=1024)
def _is_dated(words: str) -> bool:
    """Whether the words mean days of the calendar; English prints a bare year."""
    return has_dates(words) or _YEAR.fullmatch(words.strip()) is not None


def _differ(one: str, other: str) -> bool:
    years = [_YEAR.findall(fold(words)) for words in (one, other)]
    return differ(one, other) or bool(years[0] and years[1] and not set(years[0]) & set(years[1]))


def _is_day(words: str) -> bool:
    dates = resolve(words, STAND_IN)
    return dates is not None and dates.start == dates.end
