"""Checks what is not a number: the summary's prose, the main period, parks, policies and quotes.

Each function returns the judged items and adds what it objects to to `findings`.
"""

from datetime import date
from functools import lru_cache

from summarizer.brief import BriefPark, BriefPolicy, BriefQuote, Finding, Period, Summary, SummaryNumber
from summarizer.draft import Draft
from summarizer.quantities import Quantity, find_periods, resolve, scan
from summarizer.value import OK_VERDICTS, Severity, Span, Verdict
from summarizer.verify import words
from summarizer.verify.evidence import Evidence, fold_words
from summarizer.verify.numbers import NumberCheck

_SUMMARY_LABEL_CHARS = 30
"""How far before a number of the summary its label may begin."""


def severity_of(verdict: Verdict) -> Severity:
    """Return how grave a verdict other than an ok one is."""
    return "warning" if verdict == "rounded" else "error"


@lru_cache(maxsize=1024)
def period_of(text: str | None, published: str | None) -> Period | None:
    """Return a period with its dates; `published` is an ISO date. None for None.

    Kept, since most numbers of an article are of the same few periods.
    """
    if text is None:
        return None
    dates = resolve(text, date.fromisoformat(published) if published else None)
    if dates is None:
        return Period(text=text, start=None, end=None, inferred=False)
    return Period(text=text, start=dates.start.isoformat(), end=dates.end.isoformat(), inferred=dates.inferred)


def judge_period(evidence: Evidence, text: str | None, findings: list[Finding]) -> Period | None:
    """Return the main period; words that the article does not have are held to mean days that it names."""
    period = period_of(text, evidence.article.published)
    if text is None or period is None or evidence.find_words(text) is not None:
        return period
    named = {
        period_of(mention.text, evidence.article.published) for mention in find_periods(evidence.article.text[:20_000])
    }
    same = any(other and other.start and (other.start, other.end) == (period.start, period.end) for other in named)
    if not same:
        message = f"the article names no period {text!r}"
        findings.append(Finding(code="period-unsupported", severity="error", path="period", message=message, span=None))
    return period


def judge_summary(evidence: Evidence, check: NumberCheck, text: str, findings: list[Finding]) -> Summary:
    """Return the summary with a verdict for each fact-kind number of its prose."""
    numbers = []
    spoken = 0
    for told in scan(text, yuan=evidence.yuan):
        label, spoken = text[max(spoken, told.start - _SUMMARY_LABEL_CHARS) : told.start], told.end
        if not told.is_fact:
            continue
        verdict, nearest = _summary_verdict(evidence, check, label, told)
        numbers.append(SummaryNumber(text=told.text, verdict=verdict))
        if verdict in OK_VERDICTS:
            continue
        message = f"the summary's {told.text!r} does not stand in the article"
        if nearest is not None:
            message = f"the summary's {told.text!r} is {nearest.text!r} in the article ({verdict})"
        span = evidence.raw(nearest.start, nearest.end) if nearest else None
        findings.append(
            Finding(code=verdict, severity=severity_of(verdict), path="summary", message=message, span=span)
        )
    return Summary(text=text, numbers=tuple(numbers))


def _summary_verdict(
    evidence: Evidence, check: NumberCheck, label: str, told: Quantity
) -> tuple[Verdict, Quantity | None]:
    end = len(evidence.article.text)
    same = evidence.same(told, 0, end)
    located = None if same and check.fits(label, same) else check.explain(label, told, 0, end)
    if same and not (located and located.source and check.means(label, located.source)):
        verbatim = any(fold_words(told.text) == fold_words(found.text) for found in same)
        return ("exact" if verbatim else "normalised"), same[0]
    return (located.verdict, located.source) if located else ("absent", None)


def judge_parks(evidence: Evidence, draft: Draft, findings: list[Finding]) -> tuple[BriefPark, ...]:
    """Return the parks, each with the place of its name."""
    parks = []
    for place, park in enumerate(draft.parks):
        found = words.check_park(evidence, park)
        if found.span is None:
            message = f"the article names no park {park.name!r}"
            findings.append(
                Finding(code="park-unsupported", severity="error", path=f"parks.{place}", message=message, span=None)
            )
        span = evidence.raw(*found.span) if found.span else None
        parks.append(BriefPark(name=park.name, role=park.role, span=span, verdict=found.verdict))
    return tuple(parks)


def judge_policies(
    evidence: Evidence, draft: Draft, findings: list[Finding]
) -> tuple[tuple[BriefPolicy, ...], list[Span | None]]:
    """Return the policies, and for the omissions the clean spans of their names (None where absent)."""
    policies, spans = [], []
    for place, policy in enumerate(draft.policies):
        found = words.check_policy(evidence, policy)
        sentence = (
            evidence.article.sentence_at(found.span.start) if found.span else evidence.article.sentence(policy.at)
        )
        if found.span is None:
            message = f"the article names no {policy.name!r}"
            findings.append(
                Finding(code="absent", severity="error", path=f"policies.{place}", message=message, span=None)
            )
        spans.append(found.span)
        policies.append(
            BriefPolicy(
                name=policy.name,
                detail=policy.detail,
                sentence=sentence.number if sentence else None,
                span=evidence.raw(*found.span) if found.span else None,
                verdict=found.verdict,
            )
        )
    return tuple(policies), spans


def judge_quotes(
    evidence: Evidence, draft: Draft, findings: list[Finding]
) -> tuple[tuple[BriefQuote, ...], list[Span | None]]:
    """Return the quotes, and for the omissions the clean spans of those that stand (None for the others)."""
    quotes, spans = [], []
    for place, quote in enumerate(draft.quotes):
        found = words.check_quote(evidence, quote)
        raw = evidence.raw(*found.span) if found.span else None
        if found.verdict not in OK_VERDICTS:
            message = found.difference or "the article holds no such words"
            findings.append(
                Finding(code=found.verdict, severity="error", path=f"quotes.{place}", message=message, span=raw)
            )
        if not words.speaker_stands(evidence, quote, found.span):
            message = f"the speaker {quote.speaker!r} is not named near the quote"
            findings.append(
                Finding(code="speaker-unsupported", severity="error", path=f"quotes.{place}", message=message, span=raw)
            )
        sentence = evidence.article.sentence_at(found.span.start) if found.span else evidence.article.sentence(quote.at)
        spans.append(found.span if found.verdict in OK_VERDICTS else None)
        quotes.append(
            BriefQuote(
                speaker=quote.speaker,
                role=quote.role,
                text=quote.text,
                sentence=sentence.number if sentence else None,
                span=raw,
                verdict=found.verdict,
            )
        )
    return tuple(quotes), spans
