"""Makes the items of a brief: what there is to look at, with what the check says of each, the doubtful ones first."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from summarizer.brief import Brief, BriefNumber, BriefPark, BriefPolicy, BriefQuote, Finding
from summarizer.report.chinese import Chinese
from summarizer.report.shown import Grade, Item, ItemKind, Remark
from summarizer.value import OK_VERDICTS, Span, Verdict

_LAST: Final = 1 << 62
"""Where an item that stands nowhere is sorted: behind all others of its grade."""

Remarks = Mapping[str, Sequence[Remark]]


def items_of(brief: Brief, text: str | None = None) -> tuple[Item, ...]:
    """Return the items of a brief in the order in which they are shown; spans that `text` does not have are left out.

    `text` is the document's, as read.
    """
    chinese = Chinese(brief, text)
    remarks: dict[str, list[Remark]] = {}
    meant: dict[str, list[Span]] = {}
    for finding in brief.check.findings:
        if finding.path is not None:
            remarks.setdefault(finding.path, []).append(_remark(finding, chinese))
            meant.setdefault(finding.path, []).extend(_spans(finding.span))
    items = [_placed(item, meant) for item in _listed(brief, remarks)] + list(_checked(brief, chinese))
    known = {item.path for item in items}
    items.extend(_unplaced(brief, known, chinese))
    if text is not None:
        items = [_within(item, len(text)) for item in items]
    return tuple(sorted(items, key=_order))


def _order(item: Item) -> tuple[int, int]:
    return item.rank, min((span.start for span in item.spans), default=_LAST)


def _placed(item: Item, meant: Mapping[str, Sequence[Span]]) -> Item:
    """Return an item that stands nowhere itself with the places that findings name: what it is a copy of."""
    if item.spans or not meant.get(item.path):
        return item
    return item.model_copy(update={"spans": tuple(dict.fromkeys(meant[item.path]))})


def _within(item: Item, chars: int) -> Item:
    sound = tuple(span for span in item.spans if 0 <= span.start < span.end <= chars)
    return item if sound == item.spans else item.model_copy(update={"spans": sound})


def _listed(brief: Brief, remarks: Remarks) -> Iterator[Item]:
    """Yield what the brief itself lists."""
    for place, number in enumerate(brief.numbers):
        yield _number(f"numbers.{place}", number, remarks)
    for place, policy in enumerate(brief.policies):
        yield _words(f"policies.{place}", "policy", policy, remarks, text=policy.name, detail=policy.detail)
    for place, quote in enumerate(brief.quotes):
        path, speaker = f"quotes.{place}", quote.speaker or ""
        yield _words(path, "quote", quote, remarks, text=quote.text, label=speaker, detail=quote.role)
    for place, park in enumerate(brief.parks):
        yield _words(f"parks.{place}", "park", park, remarks, text=park.name, label=park.role)


def _words(
    path: str,
    kind: ItemKind,
    one: BriefPolicy | BriefQuote | BriefPark,
    remarks: Remarks,
    *,
    text: str,
    label: str = "",
    detail: str | None = None,
) -> Item:
    """Return the item of words, which stand in the article or do not."""
    said = remarks.get(path, ())
    return Item(
        path=path,
        kind=kind,
        grade=_grade(one.verdict, said),
        label=label,
        text=text,
        park=text if kind == "park" else None,
        detail=detail,
        verdict=one.verdict,
        remarks=tuple(said),
        spans=_spans(one.span),
    )


def _number(path: str, number: BriefNumber, remarks: Remarks) -> Item:
    said = remarks.get(path, ())
    value = number.value
    if value is None and number.low is not None and number.high is not None:
        value = f"{number.low}–{number.high}"
    return Item(
        path=path,
        kind="number",
        grade=_grade(number.verdict, said, objected=bool(number.findings)),
        label=number.metric,
        text=number.text,
        value=value,
        unit=number.unit,
        period=number.period,
        park=number.park,
        status=None if number.status == "actual" else number.status,
        verdict=number.verdict,
        remarks=tuple(said),
        spans=_spans(number.span),
        evidence=number.evidence,
    )


def _checked(brief: Brief, chinese: Chinese) -> Iterator[Item]:
    """Yield what the check found beyond the brief's own items."""
    for place, left_out in enumerate(brief.check.unreported):
        yield Item(
            path=f"check.unreported.{place}",
            kind="unreported",
            grade="unreported",
            label=left_out.kind,
            text=" ".join(left_out.text.split()),
            value=left_out.value,
            unit=left_out.unit,
            spans=(left_out.span,),
        )
    for place, contradiction in enumerate(brief.check.contradictions):
        yield Item(
            path=f"check.contradictions.{place}",
            kind="contradiction",
            grade="contradiction",
            label="",
            text=contradiction.message,
            zh=chinese.contradiction(contradiction),
            spans=tuple(dict.fromkeys(contradiction.spans)),
        )


def _unplaced(brief: Brief, known: set[str], chinese: Chinese) -> Iterator[Item]:
    """Yield the findings that speak of no item: of the summary, the period, the brief as a whole."""
    for place, finding in enumerate(brief.check.findings):
        if finding.path not in known:
            yield Item(
                path=f"check.findings.{place}",
                kind="finding",
                grade="note" if finding.severity == "info" else finding.severity,
                label=finding.path or "",
                text=finding.message,
                zh=chinese.finding(finding),
                remarks=(Remark(code=finding.code, severity=finding.severity, message=""),),
                spans=_spans(finding.span),
            )


def _grade(verdict: Verdict, remarks: Sequence[Remark], *, objected: bool = False) -> Grade:
    """Return how an item is coloured; one that is objected to in findings that nobody has kept is taken for wrong."""
    severities = {remark.severity for remark in remarks}
    if "error" in severities or (objected and not severities):
        return "error"
    if "warning" in severities:
        return "warning"
    if verdict in OK_VERDICTS:
        return "ok"
    return "warning" if verdict == "rounded" else "error"


def _remark(finding: Finding, chinese: Chinese) -> Remark:
    zh = chinese.finding(finding)
    return Remark(code=finding.code, severity=finding.severity, message=finding.message, zh=zh)


def _spans(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)
