"""A brief as rows of the store's flat tables, for people who query.

Pure and cheap, so that worker processes do it and the one writer only writes.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from pydantic_core import PydanticSerializationError

from summarizer.brief import Brief, Period
from summarizer.value import Span

Row = tuple[Any, ...]

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "parks": ("name", "role", "verdict"),
    "numbers": (
        *("metric", "text", "value", "low", "high", "amount", "unit", "qualifier", "status"),
        *("park", "period", "period_start", "period_end"),
        *("sentence", "span_start", "span_end", "evidence", "verdict", "findings"),
    ),
    "policies": ("name", "detail", "sentence", "span_start", "span_end", "verdict"),
    "quotes": ("speaker", "role", "text", "sentence", "span_start", "span_end", "verdict"),
    "findings": ("code", "severity", "path", "message", "span_start", "span_end"),
    "unreported": ("text", "value", "amount", "unit", "kind", "span_start", "span_end"),
    "contradictions": ("message", "spans"),
}
"""Columns of the tables that hold what a brief lists, behind `article_id` and `position` (from 0, as in the brief)."""

BRIEF_COLUMNS: Final = (
    *("status", "park", "about_park", "period", "period_start", "period_end", "summary"),
    *("numbers", "flagged", "unreported", "contradictions", "extractor", "model", "prompt", "brief"),
)
"""Columns of `briefs` that the brief itself fills."""


class FlatBrief(NamedTuple):
    """A brief as rows; the article's id is put before each by whoever writes them."""

    brief: Row
    """In the order of BRIEF_COLUMNS."""
    lists: Mapping[str, tuple[Row, ...]]
    """For each table of COLUMNS, its rows."""

    @property
    def status(self) -> str:
        """verified, flagged or failed."""
        return str(self.brief[0])

    @property
    def json(self) -> str:
        """The published JSON."""
        return str(self.brief[-1])


def flatten(brief: Brief) -> FlatBrief:
    """Return the rows of a brief; half a character (a lone surrogate), which no store could hold, becomes `?`."""
    try:
        told = brief.model_dump_json(by_alias=True)
    except PydanticSerializationError:
        told = json.dumps(brief.model_dump(by_alias=True), ensure_ascii=False).encode("utf-8", "replace").decode()
        brief = Brief.model_validate_json(told)
    check, run = brief.check, brief.run
    subject = next((park.name for park in brief.parks if park.role == "subject"), None)
    return FlatBrief(
        brief=(
            check.status,
            subject,
            int(brief.about_park),
            *_period(brief.period),
            brief.summary.text,
            check.counts.numbers,
            check.counts.flagged,
            check.counts.unreported,
            len(check.contradictions),
            run.extractor,
            run.model,
            run.prompt,
            told,
        ),
        lists={
            "parks": tuple((park.name, park.role, park.verdict) for park in brief.parks),
            "numbers": _numbers(brief),
            "policies": tuple(
                (item.name, item.detail, item.sentence, *_span(item.span), item.verdict) for item in brief.policies
            ),
            "quotes": tuple(
                (item.speaker, item.role, item.text, item.sentence, *_span(item.span), item.verdict)
                for item in brief.quotes
            ),
            "findings": tuple(
                (item.code, item.severity, item.path, item.message, *_span(item.span)) for item in check.findings
            ),
            "unreported": tuple(
                (item.text, item.value, _amount(item.value), item.unit, item.kind, *item.span)
                for item in check.unreported
            ),
            "contradictions": tuple((item.message, json.dumps(item.spans)) for item in check.contradictions),
        },
    )


def _numbers(brief: Brief) -> tuple[Row, ...]:
    return tuple(
        (
            *(item.metric, item.text, item.value, item.low, item.high, _amount(item.value), item.unit),
            *(item.qualifier, item.status, item.park, *_period(item.period)),
            *(item.sentence, *_span(item.span), item.evidence, item.verdict, " ".join(item.findings)),
        )
        for item in brief.numbers
    )


def _period(period: Period | None) -> tuple[str | None, str | None, str | None]:
    return (None, None, None) if period is None else (period.text, period.start, period.end)


def _span(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span.start, span.end)


def _amount(value: str | None) -> float | None:
    return None if value is None else float(value)
