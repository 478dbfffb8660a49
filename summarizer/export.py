"""The forms in which things are put out, and how a quantity is told: as a line of JSON, as what it was read as."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal

from summarizer.quantities import Quantity
from summarizer.value import Qualifier

Format = Literal["json", "jsonl", "text"]

SIGNS: Final[dict[Qualifier, str]] = {
    "exact": "=",
    "about": "≈",
    "at_least": "≥",
    "more_than": ">",
    "at_most": "≤",
    "less_than": "<",
    "range": "=",
}


def quantity_line(quantity: Quantity) -> str:
    """Return a quantity of `summarize numbers` as one line of JSON; decimals as strings, offsets `[start, end)`."""
    import json

    fields = quantity._asdict()
    for name in ("value", "low", "high"):
        number = fields[name]
        fields[name] = None if number is None else format(number, "f")
    return json.dumps(fields, ensure_ascii=False)


def reading(qualifier: Qualifier, bounds: Sequence[Decimal | None], unit: str | None) -> str:
    """Return what a number was read as: `≥ 90 家`, `= 10–20 个`; empty where it has no value."""
    if all(bound is None for bound in bounds):
        return ""
    numbers = "–".join("" if bound is None else format(bound, ",f") for bound in bounds)
    return f"{SIGNS[qualifier]} {numbers}{f' {plain_name(unit)}' if unit else ''}"


def plain_name(name: str) -> str:
    """Return a name of the contract (`percentage_point`) as people write it."""
    return name.replace("_", " ")
