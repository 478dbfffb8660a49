"""What the desk shows of decisions: one ruling for each item that somebody has decided on."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from summarizer.brief import Brief, Unreported
from summarizer.errors import BriefError
from summarizer.report.segments import Cover, segments_of
from summarizer.report.shown import Item
from summarizer.report.view import BriefView
from summarizer.review.correct import ADDED, Correction, added_number, read_correction
from summarizer.review.items import keyed
from summarizer.store.decisions import Decision

_SHOWN: Final = ("metric", "text", "name", "value", "unit", "speaker", "period", "park", "status", "role")
"""Fields of a correction, in the order in which a ruling shows them."""


class Ruling(NamedTuple):
    """What holds for an item, as the page shows it."""

    key: str
    seen: int
    """Id of the decision that holds; 0 where nobody has decided."""
    verb: str
    """Empty where nobody has decided."""
    who: str
    told: str = ""
    """What a correction says, in a few words."""
    fields: str = ""
    """The same as JSON, for the editor."""


def ruling_of(key: str, decision: Decision | None) -> Ruling:
    """Return the ruling on an item."""
    if decision is None:
        return Ruling(key, 0, "", "")
    return Ruling(key, decision.id, decision.verb, decision.who, _told(decision), decision.fields or "")


def rulings_of(brief: Brief, holding: Mapping[str, Decision], text: str) -> dict[str, Ruling]:
    """Return the rulings on the items of a brief, and on those that reviewers have added, by the report's paths.

    What was left out and then added where it stands counts as added.
    """
    added = added_items(holding, text, brief.source.published)
    found = {item.path: ruling for item, ruling in added}
    for one in keyed(brief):
        ruling = ruling_of(one.key, holding.get(one.key))
        if isinstance(one.item, Unreported) and not ruling.verb:
            covering = [told for item, told in added if any(span.meets(one.item.span) for span in item.spans)]
            ruling = ruling._replace(verb="add", who=covering[0].who) if covering else ruling
        found[report_path(one.path)] = ruling
    return found


def report_path(path: str) -> str:
    """Return the path of an item as the report has it: what was left out is a part of the check."""
    return f"check.{path}" if path.startswith("unreported.") else path


def added_items(holding: Mapping[str, Decision], text: str, published: str | None) -> list[tuple[Item, Ruling]]:
    """Return the numbers that reviewers have added, as items of the report, with the rulings on them."""
    found = []
    for key, decision in holding.items():
        if not key.startswith(ADDED) or decision.verb == "reject":
            continue
        try:
            number = added_number(read_correction(decision.fields), text, published)
        except BriefError:
            continue  # a decision that this program cannot read; the log keeps it
        spans: Sequence[object] = () if number.span is None else (number.span,)
        item = Item.model_validate(
            {
                "path": key,
                "kind": "number",
                "grade": "ok",
                "label": number.metric,
                "text": number.text,
                "value": number.value or _range(number.low, number.high),
                "unit": number.unit,
                "period": number.period,
                "park": number.park,
                "status": None if number.status == "actual" else number.status,
                "verdict": number.verdict,
                "spans": spans,
                "evidence": number.evidence,
            }
        )
        found.append((item, ruling_of(key, decision)))
    return found


def with_items(view: BriefView, added: Sequence[Item], text: str) -> BriefView:
    """Return what is shown of a brief with the items that reviewers have added before those that are proved."""
    if not added:
        return view
    doubtful = [item for item in view.items if item.grade not in ("ok", "note")]
    items = (*doubtful, *added, *view.items[len(doubtful) :])
    covers = [Cover(span.start, span.end, item.path, item.rank) for item in items for span in item.spans]
    segments = segments_of(text, view.brief.source.ranges, covers)
    return view.model_copy(update={"items": items, "segments": segments})


def _range(low: str | None, high: str | None) -> str | None:
    return None if low is None and high is None else f"{low or ''}–{high or ''}"


def _told(decision: Decision) -> str:
    if decision.verb != "correct":
        return ""
    try:
        said = read_correction(decision.fields)
    except BriefError:
        return "?"
    return " · ".join(_field(said, name) for name in _SHOWN if getattr(said, name) is not None)


def _field(said: Correction, name: str) -> str:
    return str(getattr(said, name)) or "–"
