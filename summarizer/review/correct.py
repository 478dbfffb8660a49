"""What a reviewer's decisions make of a brief: items taken as they are, corrected, added, or left out.

A reviewer says words, as a model does: the value of a number is computed from them, its period resolved. What a person
has decided counts as right from then on, whatever the check said.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Final

from pydantic import Field, ValidationError

from summarizer.brief import Brief, BriefNumber, BriefPark, BriefPolicy, BriefQuote, DecimalText, Period
from summarizer.errors import BriefError
from summarizer.quantities import Quantity, scan
from summarizer.review.items import keyed
from summarizer.store.decisions import Decision
from summarizer.value import Role, Span, Status, Value
from summarizer.verify.prose import period_of

_EVIDENCE_CHARS: Final = 60
"""Shown on either side of a number that a reviewer has added."""
ADDED: Final = "added:"
"""Begins the keys of numbers that a reviewer has added."""


class Correction(Value):
    """What a reviewer says of an item; null leaves it as it is, and an empty text takes it away."""

    metric: str | None = Field(default=None, max_length=200)
    text: str | None = Field(default=None, max_length=2000)
    """The number, or the quotation, as printed; a number's value is read from it."""
    value: DecimalText | None = None
    """In base units, where the words are not read right."""
    unit: str | None = Field(default=None, max_length=20)
    """Beside `value`."""
    park: str | None = Field(default=None, max_length=100)
    period: str | None = Field(default=None, max_length=100)
    status: Status | None = None
    span: Span | None = None
    """Where it stands in the document's text as read."""
    name: str | None = Field(default=None, max_length=200)
    """Of a policy or a park."""
    role: Role | None = None
    """Of a park."""
    speaker: str | None = Field(default=None, max_length=100)


def read_correction(text: str | None) -> Correction:
    """Return a correction from its JSON. Raises BriefError where it is none."""
    try:
        return Correction.model_validate(json.loads(text or "{}"))
    except (ValueError, ValidationError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise BriefError(f"this is no correction of an item: {reason}") from error


def reviewed(brief: Brief, holding: Mapping[str, Decision], text: str) -> Brief:
    """Return the brief as its reviewers say that it should be; `text` is the document's, as read.

    Nothing is left in it of findings, for a person has looked, and of what was left out only that which nobody has
    added. Raises BriefError for decisions that cannot be read.
    """
    numbers: list[BriefNumber] = []
    policies: list[BriefPolicy] = []
    quotes: list[BriefQuote] = []
    parks: list[BriefPark] = []
    for key, kind, _, item in keyed(brief):
        decision = holding.get(key)
        if kind == "unreported" or (decision is not None and decision.verb == "reject"):
            continue
        said = read_correction(decision.fields) if decision is not None and decision.verb == "correct" else Correction()
        if isinstance(item, BriefNumber):
            numbers.append(corrected_number(item, said, text, brief.source.published))
        elif isinstance(item, BriefPolicy):
            policies.append(item.model_copy(update=_told(name=said.name, span=said.span)))
        elif isinstance(item, BriefQuote):
            changed = _told(text=said.text, speaker=said.speaker, span=said.span)
            quotes.append(item.model_copy(update=changed))
        elif isinstance(item, BriefPark):
            parks.append(item.model_copy(update=_told(name=said.name, role=said.role)))
    more = [
        added_number(read_correction(decision.fields), text, brief.source.published)
        for key, decision in holding.items()
        if key.startswith(ADDED) and decision.verb in ("add", "correct")
    ]
    added = [number.span for number in more if number.span is not None]
    numbers += more
    numbers.sort(key=lambda number: number.span.start if number.span else len(text))
    left_out = [one for one in brief.check.unreported if not any(one.span.meets(span) for span in added)]
    check = brief.check.model_copy(update={"findings": (), "unreported": tuple(left_out)})
    lists = {"numbers": tuple(numbers), "policies": tuple(policies), "quotes": tuple(quotes), "parks": tuple(parks)}
    return brief.model_copy(update=lists | {"check": check})


def corrected_number(number: BriefNumber, said: Correction, text: str, published: str | None) -> BriefNumber:
    """Return a number as a reviewer corrects it. Raises BriefError where the new words state no number."""
    update: dict[str, object] = {"findings": ()}
    if said.metric:
        update["metric"] = said.metric
    if said.status is not None:
        update["status"] = said.status
    if said.park is not None:
        update["park"] = said.park or None
    if said.period is not None:
        update["period"] = _period(said.period, published)
    words = said.text if said.text is not None else _cut(text, said.span)
    if words is not None:
        update |= _worth(words)
        update["span"] = said.span or _place(words, text, number.span)
    changed = number.model_copy(update=update | _valued(said))
    return changed.model_copy(update={"verdict": "exact"}) if changed.span is not None else changed


def added_number(said: Correction, text: str, published: str | None) -> BriefNumber:
    """Return a number that a reviewer adds. Raises BriefError where it has no label, or its words state no number."""
    words = said.text if said.text is not None else _cut(text, said.span)
    if not words or not said.metric:
        raise BriefError("a number to be added needs its label and its words; select them in the article")
    span = said.span or _place(words, text, None)
    worth = _worth(words) | _valued(said)
    return BriefNumber.model_validate(
        worth
        | {
            "metric": said.metric,
            "status": said.status or "actual",
            "park": said.park or None,
            "period": _period(said.period or "", published),
            "sentence": None,
            "span": span,
            "evidence": _around(text, span),
            "verdict": "exact" if span else "absent",
            "findings": (),
        }
    )


def _valued(said: Correction) -> dict[str, object]:
    """Return the value and unit that a reviewer gives in place of those read."""
    if said.value is None:
        return {}
    worth: dict[str, object] = {"value": said.value, "low": None, "high": None}
    return worth | ({"unit": said.unit} if said.unit is not None else {})


def added_key(said: Correction) -> str:
    """Return the key of a number that is to be added: by its content, so that nobody adds one that is there."""
    words = json.dumps([said.metric, said.text, said.span], ensure_ascii=False)
    return f"{ADDED}{hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _told(**changes: object) -> dict[str, object]:
    """Return what is said; a policy and a quotation that are corrected stand as the reviewer says."""
    told = {name: change for name, change in changes.items() if change is not None and change != ""}
    return told | ({"verdict": "exact"} if told else {})


def _period(words: str, published: str | None) -> Period | None:
    return period_of(words or None, published)


def _worth(words: str) -> dict[str, object]:
    """Return what a number's words are worth. Raises BriefError where they state no number."""
    found = _read(words)
    if found is None:
        raise BriefError(f"{words[:40]!r} states no number that can be read; give it as it is printed, with its unit")
    plain: dict[str, object] = {name: _plain(found, name) for name in ("value", "low", "high")}
    return plain | {"text": words, "unit": found.unit, "qualifier": found.qualifier}


def _read(words: str) -> Quantity | None:
    quantities = scan(words)
    return next((one for one in quantities if one.is_fact), next((one for one in quantities if one.value), None))


def _plain(quantity: Quantity, name: str) -> str | None:
    value = getattr(quantity, name)
    return None if value is None else format(value, "f")


def _cut(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span.start : span.end]


def _place(words: str, text: str, near: Span | None) -> Span | None:
    """Return where words stand, next to the old place where they stand more than once; None where they do not."""
    found, start = [], text.find(words)
    while start >= 0 and words:
        found.append(start)
        start = text.find(words, start + 1)
    if not found:
        return None
    best = min(found, key=lambda place: abs(place - near.start)) if near else found[0]
    return Span(best, best + len(words))


def _around(text: str, span: Span | None) -> str | None:
    if span is None:
        return None
    shown = text[max(0, span.start - _EVIDENCE_CHARS) : span.end + _EVIDENCE_CHARS]
    return " ".join(shown.split())
