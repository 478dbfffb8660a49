"""What went wrong in a brief, item by item, each with the sentence of the article that shows it."""

from collections.abc import Mapping
from typing import Final, Literal

from summarizer.evaluate.briefs import ToldNumber
from summarizer.evaluate.gold import GoldNumber
from summarizer.evaluate.printed import Excerpt
from summarizer.value import Value

Item = Literal["number", "park", "policy", "quote", "period", "article"]
MissKind = Literal["missed", "wrong", "extra", "name", "again"]
KINDS: Final[Mapping[MissKind, str]] = {
    "missed": "missing in the brief",
    "wrong": "told wrongly",
    "extra": "not in gold",
    "name": "a name, told as a number",
    "again": "told a second time",
}
"""What each kind means, for people."""


NONE: Final = "none"
"""Shown where gold or brief says that there is nothing."""


class Difference(Value):
    """A field in which gold and brief part."""

    field: str
    wanted: str
    """What gold says; `none` where it says that there is none."""
    told: str


class Miss(Value):
    """One thing that a brief has wrong."""

    kind: MissKind
    item: Item
    words: str
    """The item in gold's words, or in the brief's where gold has none."""
    label: str | None = None
    differences: tuple[Difference, ...] = ()
    flagged: bool | None = None
    """Whether the check had warned of this number; null for what is no number of the brief."""
    excerpt: Excerpt | None = None


def differences_of(wanted: GoldNumber, told: ToldNumber, right: Mapping[str, bool]) -> tuple[Difference, ...]:
    """Return how a number of the brief differs from gold's, in the fields that are not right."""
    shown = {
        "value": (_worth(wanted), _worth(told)),
        "unit": (wanted.unit, told.unit),
        "qualifier": (wanted.qualifier, told.qualifier),
        "status": (wanted.status, told.status),
        "period": (wanted.period, told.period and told.period.text),
        "park": (wanted.park, told.park),
        "label": (wanted.metric, told.metric),
    }
    return tuple(
        Difference(field=field, wanted=shown[field][0] or NONE, told=shown[field][1] or NONE)
        for field, is_right in right.items()
        if not is_right
    )


def _worth(number: GoldNumber | ToldNumber) -> str | None:
    return number.value if number.low is None and number.high is None else f"{number.low}–{number.high}"
