"""Puts the check together: a draft and its article in, a brief out, every item judged.

Pure: no model, no network, no clock. What the draft says is kept as it was said; what the article proves (value, unit,
qualifier, place) is filled in from the article.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from summarizer.article import Article
from summarizer.brief import (
    Brief,
    BriefNumber,
    Check,
    Contradiction,
    Counts,
    Finding,
    Provenance,
    Source,
    Unreported,
)
from summarizer.draft import Draft, DraftNumber
from summarizer.quantities import Quantity
from summarizer.value import OK_VERDICTS
from summarizer.verify.binding import Binding, Bound
from summarizer.verify.evidence import Evidence
from summarizer.verify.grounds import Grounds
from summarizer.verify.numbers import Located, NumberCheck
from summarizer.verify.omissions import find_unreported
from summarizer.verify.prose import (
    judge_parks,
    judge_period,
    judge_policies,
    judge_quotes,
    judge_summary,
    period_of,
    severity_of,
)

_PLACED: Final = frozenset({"exact", "normalised", "moved", "rounded", "sign"})
"""Verdicts whose number stands in the article, so that it has a span."""


def prove(
    article: Article, draft: Draft, run: Provenance, withdrawn: Sequence[str] = (), grounds: Grounds | None = None
) -> Brief:
    """Return the brief of `draft`: each item judged, what was left out, where the article contradicts itself.

    `withdrawn` names items that the model took back in a re-ask; they are recorded as findings, not silently gone.
    `grounds` are those of the same article, where the caller proves several drafts of it.
    """
    grounds = Grounds(article) if grounds is None else grounds
    evidence, labels = grounds.evidence, grounds.labels
    findings: list[Finding] = []
    parks = judge_parks(evidence, draft, findings)
    check = NumberCheck(evidence, labels)
    located = check.locate_all(draft.numbers)
    _number_findings(evidence, draft, located, findings)
    _binding_findings(grounds, draft, located, findings)
    codes: dict[str | None, list[str]] = defaultdict(list)
    for finding in findings:
        codes[finding.path].append(finding.code)
    numbers = tuple(
        _number(evidence, item, found, codes[f"numbers.{place}"])
        for place, (item, found) in enumerate(zip(draft.numbers, located, strict=True))
    )
    summary = judge_summary(evidence, check, draft.summary, findings)
    period = judge_period(evidence, draft.period, findings)
    policies = judge_policies(evidence, draft, findings)
    quotes = judge_quotes(evidence, draft, findings)
    for path in withdrawn:
        message = f"the model took {path} of its draft back when asked again"
        findings.append(Finding(code="withdrawn", severity="info", path=None, message=message, span=None))
    covered = [span for span in (*policies[1], *quotes[1]) if span is not None]
    proofs = [place.source for place in located if place.source is not None and place.verdict in _PLACED]
    unreported = find_unreported(evidence, labels, proofs, covered) if draft.about_park else []
    return Brief(
        source=_source(article),
        about_park=draft.about_park,
        parks=parks,
        period=period,
        summary=summary,
        numbers=numbers,
        policies=policies[0],
        quotes=quotes[0],
        check=_check(grounds, numbers, findings, unreported),
        run=run,
    )


def _source(article: Article) -> Source:
    document = article.document
    return Source(
        document=document.id,
        path=document.path,
        title=article.title,
        byline=article.byline,
        published=article.published,
        language=article.language,
        ranges=article.ranges,
        article=article.id,
    )


def plain(value: Decimal | None) -> str | None:
    """Return a decimal as text without exponent."""
    return None if value is None else format(value, "f")


def _number_findings(evidence: Evidence, draft: Draft, located: Sequence[Located], findings: list[Finding]) -> None:
    for place, (item, found) in enumerate(zip(draft.numbers, located, strict=True)):
        if found.verdict in OK_VERDICTS:
            continue
        span = evidence.raw(found.source.start, found.source.end) if found.source else None
        findings.append(
            Finding(
                code=found.verdict,
                severity=severity_of(found.verdict),
                path=f"numbers.{place}",
                message=_explain(evidence, item, found),
                span=span,
            )
        )


def _explain(evidence: Evidence, item: DraftNumber, found: Located) -> str:
    """Say in one sentence what is wrong with a number, the nearest evidence shown."""
    if found.source is None:
        sentence = evidence.article.sentence(item.at)
        there = [quantity.text for quantity in evidence.of_sentence(sentence) if quantity.is_fact][:8]
        shown = f"; sentence {item.at} has {', '.join(' '.join(text.split()) for text in there)}" if there else ""
        what = "states no number that can be read" if found.claimed is None else "does not stand in the article"
        return f"{item.text!r} {what}{shown}"
    printed = " ".join(found.source.text.split())
    why = {
        "rounded": f"{item.text!r} is {printed!r}, rounded",
        "scale": f"{item.text!r} differs from {printed!r} by a power of ten",
        "digits": f"{item.text!r} differs from {printed!r} in its digits",
        "sign": f"{item.metric!r} turns the direction of {printed!r} round",
        "unit": f"{item.text!r} has another unit than {printed!r}",
    }
    return why[found.verdict]


def _binding_findings(grounds: Grounds, draft: Draft, located: Sequence[Located], findings: list[Finding]) -> None:
    bound = [
        Bound(place, item, found.source)
        for place, (item, found) in enumerate(zip(draft.numbers, located, strict=True))
        if found.source is not None and found.verdict in _PLACED
    ]
    faulty = {found.source.start for found in located if found.source is not None and found.verdict not in _PLACED}
    for objection in Binding(grounds).objections(bound, faulty):
        findings.append(
            Finding(
                code=objection.code,
                severity=objection.severity,
                path=f"numbers.{objection.place}",
                message=objection.message,
                span=grounds.evidence.raw(objection.source.start, objection.source.end),
            )
        )


def _number(evidence: Evidence, item: DraftNumber, found: Located, codes: Sequence[str]) -> BriefNumber:
    stands = found.verdict in _PLACED and found.source is not None
    shown = found.source if stands else found.claimed
    sentence = (
        evidence.article.sentence_at(found.source.start)
        if stands and found.source
        else evidence.article.sentence(item.at)
    )
    if sentence is None and found.source is not None:
        sentence = evidence.article.sentence_at(found.source.start)
    return BriefNumber(
        metric=item.metric,
        text=item.text,
        value=plain(shown.value) if shown else None,
        low=plain(shown.low) if shown else None,
        high=plain(shown.high) if shown else None,
        unit=shown.unit if shown else None,
        qualifier=shown.qualifier if shown else "exact",
        status=item.status,
        park=item.park,
        period=period_of(item.period, evidence.article.published),
        sentence=sentence.number if sentence else None,
        span=evidence.raw(found.source.start, found.source.end) if stands and found.source else None,
        evidence=evidence.show(sentence, found.source),
        verdict=found.verdict,
        findings=tuple(codes),
    )


def _check(
    grounds: Grounds,
    numbers: Sequence[BriefNumber],
    findings: Sequence[Finding],
    unreported: Sequence[Quantity],
) -> Check:
    evidence = grounds.evidence
    flagged = {finding.path for finding in findings if finding.severity != "info"}
    verdicts = [number.verdict for number in numbers]
    return Check(
        status="flagged" if flagged else "verified",
        counts=Counts(
            numbers=len(numbers),
            exact=verdicts.count("exact"),
            normalised=verdicts.count("normalised") + verdicts.count("moved"),
            flagged=sum(f"numbers.{place}" in flagged for place in range(len(numbers))),
            unreported=len(unreported),
        ),
        findings=tuple(findings),
        unreported=tuple(
            Unreported(
                text=quantity.text,
                value=plain(quantity.value),
                unit=quantity.unit,
                kind=quantity.kind,
                span=evidence.raw(quantity.start, quantity.end),
            )
            for quantity in unreported
        ),
        contradictions=tuple(
            Contradiction(spans=tuple(evidence.raw(*span) for span in found.spans), message=found.message)
            for found in grounds.contradictions
        ),
    )
