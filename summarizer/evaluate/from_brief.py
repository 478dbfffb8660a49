"""Gold out of a brief that a person has gone through: what stands in it is right, what it leaves out is not owed.

The building block of exports; which briefs were reviewed, and what the reviewer changed, is known elsewhere.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from summarizer.brief import Brief, BriefNumber, Unreported
from summarizer.evaluate.gold import Gold, GoldName, GoldNumber, GoldPark, GoldPolicy, GoldQuote
from summarizer.quantities import scan
from summarizer.value import FACT_KINDS, Span


def gold_of(brief: Brief, text: str, *, id: str, article: str | None = None) -> Gold:
    """Return the gold that a reviewed brief makes. `text` is the document's text as read, which its spans count.

    Numbers that the brief leaves unreported become optional: whether they are owed, a review does not say. Words of
    the article with numerals that are no quantities, and that the brief does not report, become names. A number that
    stands nowhere in the article is left out: nothing proves it. `article` is the text's path, seen from the gold's
    file.
    """
    numbers = [(number.span, _number(number)) for number in brief.numbers if number.span is not None]
    left = [(item.span, _unreported(item)) for item in brief.check.unreported if item.kind in FACT_KINDS]
    known = [span for span, _ in (*numbers, *left)]
    ordered = sorted((*numbers, *left), key=lambda pair: pair[0])
    fields = {} if article is None else {"article": article}
    return Gold(
        schema="gold.v1",
        id=id,
        source=brief.source.article,
        lang=brief.source.language,
        published=_day(brief.source.published),
        title=brief.source.title,
        byline=brief.source.byline,
        about_park=brief.about_park,
        parks=tuple(GoldPark(name=park.name, role=park.role) for park in brief.parks),
        period=None if brief.period is None else brief.period.text,
        numbers=tuple(number for _, number in ordered),
        names=tuple(_names(text, brief.source.ranges, known)),
        quotes=tuple(GoldQuote(speaker=quote.speaker, role=quote.role, text=quote.text) for quote in brief.quotes),
        policies=tuple(GoldPolicy(name=policy.name) for policy in brief.policies),
        **fields,
    )


def _day(published: str | None) -> str | None:
    """Return the day of publication where it is one; a brief may have been handed anything."""
    try:
        return None if published is None else date.fromisoformat(published).isoformat()
    except ValueError:
        return None


def _number(number: BriefNumber) -> GoldNumber:
    return GoldNumber(
        metric=number.metric.strip() or None,
        text=number.text,
        value=number.value,
        low=number.low,
        high=number.high,
        unit=number.unit,
        qualifier=number.qualifier,
        status=number.status,
        park=number.park,
        period=None if number.period is None else number.period.text,
        span=number.span,
    )


def _unreported(item: Unreported) -> GoldNumber:
    """Return an optional number of which only the words are known, and the value where it is one."""
    worth = {} if item.value is None else {"value": item.value, "unit": item.unit}
    return GoldNumber(text=item.text, optional=True, span=item.span, **(worth or {"value": None}))


def _names(text: str, ranges: Iterable[Span], known: Iterable[Span]) -> Iterator[GoldName]:
    """Yield the words of an article with numerals that are no quantities, each once."""
    taken = list(known)
    seen: set[str] = set()
    for start, end in ranges:
        for found in scan(text[start:end]):
            place = Span(start + found.start, start + found.end)
            words = "".join(found.text.split())
            free = all(place.end <= one.start or one.end <= place.start for one in taken)
            if not found.is_fact and free and words not in seen:
                seen.add(words)
                yield GoldName(text=words, kind=found.kind)
