"""Compares quantities: the same worth in another writing, or wrong by rounding, scale, sign, unit or digits.

Exact decimal arithmetic throughout. What counts as the same unit is decided here and nowhere else.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, Literal

from summarizer.quantities import tables
from summarizer.quantities.quantity import Quantity
from summarizer.value import Qualifier

Relation = Literal["same", "rounded", "scale", "sign", "unit", "digits"]
"""How a claimed quantity stands to one of the source; `digits` means that only the digits are alike."""

_LOWER: Final[frozenset[Qualifier]] = frozenset({"at_least", "more_than"})
_UPPER: Final[frozenset[Qualifier]] = frozenset({"at_most", "less_than"})
_EXACT: Final = Context(prec=60)
_PEOPLE: Final = frozenset({"人", "名", "位"})
_KIN_UNITS: Final[dict[str, str]] = {
    **dict.fromkeys(_PEOPLE, "人"),
    "平米": "平方米",
    "㎡": "平方米",
    "平方千米": "平方公里",
    "千米": "公里",
    "千克": "公斤",
    "吋": "英寸",
    "km": "公里",
    "个月": "个月",
}
"""Units that are the same thing in other words."""


def fold(text: str) -> str:
    """Return `text` without white space, narrow, simplified: the form in which words are compared."""
    return "".join(text.translate(tables.FOLD).split())


def same_unit(claimed: str | None, source: str | None) -> bool:
    """Whether two units are the same; a claim that names none agrees with any."""
    if claimed is None or claimed == source:
        return True
    if source is None:
        return False
    left, right = fold(claimed), fold(source)
    return _KIN_UNITS.get(left, left) == _KIN_UNITS.get(right, right) or left.rstrip("s") == right.rstrip("s")


def bounds(quantity: Quantity) -> tuple[Decimal, Decimal] | None:
    """Return the lowest and highest value that the numeral states; None for a date or a name without value."""
    if quantity.value is not None:
        return quantity.value, quantity.value
    if quantity.low is not None and quantity.high is not None:
        return quantity.low, quantity.high
    return None


def same_qualifier(claimed: Qualifier, source: Qualifier) -> bool:
    """Whether a claim's qualifier may stand for the source's.

    超40% supports "40% or more" and, told bare, 40% too (leaving out a bound is the reader's loss, not a falsehood
    that the digits prove); the opposite bound is never supported.
    """
    if claimed == source or "exact" in (claimed, source) or "about" in (claimed, source):
        return True
    return (claimed in _LOWER and source in _LOWER) or (claimed in _UPPER and source in _UPPER)


def relate(claimed: Quantity, source: Quantity) -> Relation | None:
    """Return how `claimed` stands to `source`, the best relation first; None where they have nothing in common."""
    left, right = bounds(claimed), bounds(source)
    if left is None or right is None:
        return "same" if left is right and fold(claimed.text) == fold(source.text) else None
    units_agree = same_unit(claimed.unit, source.unit)
    if left == right:
        if not units_agree:
            return "unit"
        return "same" if same_qualifier(claimed.qualifier, source.qualifier) else None
    if left == (-right[1], -right[0]) and units_agree:
        return "sign"
    if claimed.value is None or source.value is None or not units_agree:
        return None
    if _is_rounding(claimed, source.value):
        return "rounded"
    if _is_scale(claimed.value, source.value):
        return "scale"
    return "digits" if _alike(claimed.text, source.text) else None


def _is_rounding(claimed: Quantity, source: Decimal) -> bool:
    """Whether `source`, rounded to the precision that the claim prints, is the claim (560.6亿 -> 561亿)."""
    digits = re.search(r"\d[\d,]*(?:\.(\d+))?", claimed.text.translate(tables.FOLD))
    printed = Decimal(digits.group().replace(",", "")) if digits else Decimal(0)
    if digits is None or claimed.value is None or not printed:
        return False
    step = abs(claimed.value) / printed * Decimal(1).scaleb(-len(digits.group(1) or ""))
    if step > abs(source) / 10:  # a precision so coarse proves nothing: 1 is no rounding of 1.4
        return False
    return (source / step).quantize(Decimal(1), ROUND_HALF_UP, _EXACT) * step == claimed.value


def _is_scale(claimed: Decimal, source: Decimal) -> bool:
    """Whether the two differ by a power of ten, at least ten."""
    if not claimed or not source or (claimed < 0) != (source < 0):
        return False
    return claimed.as_tuple().digits[: _significant(claimed)] == source.as_tuple().digits[: _significant(source)]


def _significant(value: Decimal) -> int:
    """Return the number of digits without trailing zeros."""
    digits = value.as_tuple().digits
    count = len(digits)
    while count > 1 and digits[count - 1] == 0:
        count -= 1
    return count


def _alike(claimed: str, source: str) -> bool:
    """Whether the digits differ by one slip: a digit changed, dropped, added, or two neighbours exchanged."""
    left, right = (re.sub(r"[^0-9.]", "", text.translate(tables.FOLD)) for text in (claimed, source))
    if not left or not right or left == right:
        return bool(left) and left == right
    if len(left) == len(right):
        wrong = [place for place, (one, other) in enumerate(zip(left, right, strict=True)) if one != other]
        if len(wrong) == 1:
            return True
        first, last = wrong[0], wrong[-1]
        return len(wrong) == 2 and last == first + 1 and left[first] == right[last] and left[last] == right[first]
    short, long = sorted((left, right), key=len)
    if len(long) != len(short) + 1 or len(short) < 2:
        return False
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
