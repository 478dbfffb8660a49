"""What two numbers may both be worth: qualifiers (近, 超, 多), rounding and cutting off are no disagreement.

560亿 and 560.6亿 may both be right, and so may 近百 and 96; 560.6亿 and 560.9亿 may not. Exact decimals throughout.
"""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from summarizer.quantities import Quantity, bounds, fold, same_unit

_ABOUT: Final = Decimal("0.1")
"""How far 近 or 约 may be off. The gold's widest is 近六成 for 58.7 % (2.2 %); beyond that nobody is accused."""
_NEAR: Final = Decimal("0.25")
"""How far apart two tellings of one fact may lie: 近百 and 78 are hardly one, 突破百亿 and 102.3亿 are."""
_INSIDE: Final = ("多", "余", "几", "来", "餘", "幾", "來")
_NO_END: Final = Decimal("Infinity")
_DIGITS: Final = re.compile(r"\d[\d,]*(?:\.(\d+))?")


class Worth(NamedTuple):
    """The values that a printed number may stand for."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Worth") -> bool:
        """Whether some value is meant by both."""
        return self.low <= other.high and other.low <= self.high


def step(quantity: Quantity) -> Decimal:
    """Return what one more in the last digit that is not zero is worth: 0.1亿 for 560.6亿, 100 for 300."""
    ends = bounds(quantity)
    if ends is None or not ends[1]:
        return Decimal(1)
    last = ends[0] if ends[0] else ends[1]
    exponent = last.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def printed_step(quantity: Quantity) -> Decimal:
    """Return what one more in the last printed digit is worth: 1亿 for 800亿; as `step` for numbers in words."""
    digits = _DIGITS.search(fold(quantity.text))
    if digits is None or not quantity.value:
        return step(quantity)
    printed = Decimal(digits.group().replace(",", ""))
    return abs(quantity.value) / printed * Decimal(1).scaleb(-len(digits.group(1) or "")) if printed else Decimal(1)


def rounding(quantity: Quantity) -> Decimal:
    """Return how far a level may be off by rounding: half its last printed digit, nothing where things are counted."""
    digits = printed_step(quantity)
    return Decimal(0) if digits == 1 and quantity.kind in ("count", "duration") else digits / 2


def worth(quantity: Quantity, slack: Decimal = Decimal(0)) -> Worth | None:
    """Return the values that a number may stand for, `slack` more at either end; None for a date or a slogan."""
    ends = bounds(quantity)
    if ends is None:
        return None
    low, high = ends
    match quantity.qualifier:
        case "about":
            low, high = low - abs(low) * _ABOUT, high + abs(high) * _ABOUT
        case "at_least" if any(sign in quantity.text for sign in _INSIDE):
            high += step(quantity)
        case "at_least" | "more_than":
            high = _NO_END
        case "at_most" | "less_than":
            low = -_NO_END
        case _:
            pass
    return Worth(low - slack, high + slack)


def may_agree(one: Quantity, other: Quantity) -> bool:
    """Whether one thing may be told with both numbers: the coarser one may be rounded or cut off, the finer may not."""
    steps = step(one), step(other)
    coarse = max(steps)
    left = worth(one, coarse if steps[0] == coarse > steps[1] else Decimal(0))
    right = worth(other, coarse if steps[1] == coarse > steps[0] else Decimal(0))
    return left is None or right is None or left.meets(right)


def retells(coarse: Quantity, told: Quantity) -> bool:
    """Whether `coarse` tells, no more exactly, what `told` tells: 突破百亿元 beside 102.3亿元, 近六成 beside 58.7%."""
    left, right = bounds(coarse), bounds(told)
    if left is None or right is None or not same_unit(coarse.unit, told.unit) or coarse.kind != told.kind:
        return False
    if left == right:
        return True
    gap = max(abs(left[0] - right[0]), abs(left[1] - right[1]))
    if step(coarse) <= step(told) or gap > _NEAR * abs(right[1]):
        return False
    rough, exact = worth(coarse, printed_step(coarse)), worth(told)  # 100% is printed to 1, and does not tell 97.4%
    return rough is not None and exact is not None and rough.meets(exact)
