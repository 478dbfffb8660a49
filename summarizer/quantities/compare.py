"""Compares quantities: the same worth in another writing, or wrong by rounding, scale, sign, unit or digits.

Exact decimal arithmetic throughout. What counts as the same unit is decided here and nowhere else.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final, Literal

from summarizer.quantities.folding import NARROW, fold_text
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
    **dict.fromkeys(("km", "㎞", "kilometers", "kilometres", "kilometer"), "公里"),
    **dict.fromkeys(("m", "meters", "metres", "公尺"), "米"),
    **dict.fromkeys(("m²", "square meters", "square metres", "sq m", "平方公尺"), "平方米"),
    **dict.fromkeys(("km²", "square kilometers", "square kilometres", "sq km"), "平方公里"),
    **dict.fromkeys(("hectares", "hectare"), "公顷"),
    **dict.fromkeys(("kg", "㎏", "kilograms"), "公斤"),
    **dict.fromkeys(("tonnes", "tons", "公吨", "metric tons"), "吨"),
    **dict.fromkeys(("kW", "KW", "kilowatts"), "千瓦"),
    **dict.fromkeys(("MW", "megawatts"), "兆瓦"),
    **dict.fromkeys(("GW", "gigawatts"), "吉瓦"),
    **dict.fromkeys(("kWh", "KWh", "kilowatt-hours"), "千瓦时"),
    **dict.fromkeys(("MWh", "megawatt-hours"), "兆瓦时"),
    **dict.fromkeys(("GWh", "gigawatt-hours"), "吉瓦时"),
    **dict.fromkeys(("TWh", "terawatt-hours"), "太瓦时"),
}
"""Units that are the same thing in other words."""
_DIMENSIONS: Final[tuple[dict[str, str], ...]] = (
    {"米": "1", "公里": "1000", "厘米": "0.01", "毫米": "0.001", "微米": "0.000001", "纳米": "0.000000001"},
    {"平方米": "1", "公顷": "10000", "平方公里": "1000000"},
    {"公斤": "1", "吨": "1000", "克": "0.001", "毫克": "0.000001", "微克": "0.000000001"},
    {"千瓦": "1", "瓦": "0.001", "兆瓦": "1000", "吉瓦": "1000000", "太瓦": "1000000000"},
    {"千瓦时": "1", "瓦时": "0.001", "兆瓦时": "1000", "吉瓦时": "1000000", "太瓦时": "1000000000"},
)
"""Units of one dimension with their worth; GB 3100. 亩 and 坪 are in none: their worth is stated, never assumed."""
_WORTH: Final = {
    unit: (place, Decimal(worth)) for place, units in enumerate(_DIMENSIONS) for unit, worth in units.items()
}


def fold(text: str) -> str:
    """Return `text` without white space, narrow, simplified: the form in which words are compared."""
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    return "".join((fold_text if len(text) > _SHORT else NARROW.apply)(text).split())


_SHORT: Final = 64
"""Longest words whose folded form is kept; a check folds the same labels and units hundreds of times."""
_fold_short = lru_cache(maxsize=8192)(_fold)


def same_unit(claimed: str | None, source: str | None) -> bool:
    """Whether two units are the same; a claim that names none agrees with any."""
    if claimed is None or claimed == source:
        return True
    if source is None:
        return False
    return _plain(claimed) == _plain(source) or fold(claimed).rstrip("s") == fold(source).rstrip("s")


@lru_cache(maxsize=1024)
def _worth(unit: str) -> tuple[int, Decimal] | None:
    """Return the dimension of a unit and its worth in the base unit."""
    return _WORTH.get(_plain(unit))


@lru_cache(maxsize=1024)
def _plain(unit: str) -> str:
    """Return the one word that stands for all writings of a unit."""
    folded = fold(unit)
    return _KIN_UNITS.get(folded) or _KIN_UNITS.get(" ".join(unit.split())) or folded


def _commensurable(claimed: Quantity, source: Quantity) -> tuple[Quantity, Quantity] | None:
    """Return both in the base unit of their dimension (1.2平方公里, 120公顷); None where there is none."""
    if claimed.unit is None or source.unit is None:
        return None
    left, right = _worth(claimed.unit), _worth(source.unit)
    if left is None or right is None or left[0] != right[0] or left[1] == right[1]:
        return None
    return _times(claimed, left[1]), _times(source, right[1])


def _times(quantity: Quantity, worth: Decimal) -> Quantity:
    value, low, high = (
        None if end is None else _EXACT.multiply(end, worth) for end in (quantity.value, quantity.low, quantity.high)
    )
    return quantity._replace(value=value, low=low, high=high, unit=None)


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
    that the digits prove); the opposite bound is never supported, and 近百 bears out no bound at all.
    """
    if claimed == source or claimed in ("exact", "about") or source == "exact":
        return True
    return (claimed in _LOWER and source in _LOWER) or (claimed in _UPPER and source in _UPPER)


def relate(claimed: Quantity, source: Quantity) -> Relation | None:
    """Return how `claimed` stands to `source`, the best relation first; None where they have nothing in common."""
    in_base = _commensurable(claimed, source)
    if in_base is not None:
        claimed, source = in_base
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
    digits = re.search(r"\d[\d,]*(?:\.(\d+))?", NARROW.apply(claimed.text))
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
    left, right = (re.sub(r"[^0-9.]", "", NARROW.apply(text)) for text in (claimed, source))
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
