"""The fault by which a number of a brief could be a copy of one of the article: its digits, scale, sign or unit."""

from decimal import Decimal
from typing import Final

from summarizer.quantities import Quantity, Relation, bounds, relate, same_unit
from summarizer.value import Verdict

_VERDICTS: Final[dict[Relation, Verdict]] = {
    "rounded": "rounded",
    "scale": "scale",
    "sign": "sign",
    "unit": "unit",
    "digits": "digits",
}
"""The faults, the likeliest explanation first."""


def fault_of(claimed: Quantity, found: Quantity) -> Verdict | None:
    """Return the verdict by which a claim is a faulty copy of a number of the article; None where it is none."""
    relation = relate(claimed, found)
    if relation is None and found.value is None:
        relation = _range_fault(claimed, found)
    return None if relation is None else _VERDICTS.get(relation)


def _range_fault(claimed: Quantity, found: Quantity) -> Relation | None:
    """Return the fault in one end of a range whose other end is right."""
    ours, theirs = bounds(claimed), bounds(found)
    if ours is None or theirs is None or not same_unit(claimed.unit, found.unit):
        return None
    if claimed.value is not None:  # a range whose ends no longer make one: 5亿元至10万元
        return "scale" if any(relate(claimed, _end(found, printed)) == "scale" for printed in theirs) else None
    ends = [relate(_end(claimed, told), _end(found, printed)) for told, printed in zip(ours, theirs, strict=True)]
    wrong = [relation for relation in ends if relation != "same"]
    return wrong[0] if len(wrong) == 1 else None


def _end(quantity: Quantity, value: Decimal) -> Quantity:
    """Return one end of a range as a number of its own."""
    return quantity._replace(value=value, low=None, high=None, text=format(value.normalize(), "f"), qualifier="exact")


def digits_of(quantity: Quantity) -> int:
    """Return the number of digits that the value has without its zeros at the end."""
    ends = bounds(quantity)
    return max(len(end.normalize().as_tuple().digits) for end in ends) if ends else 0
