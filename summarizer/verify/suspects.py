"""Which numbers of an article a wrong number may have come from, found by look-up and not one by one.

A slip of one digit leaves a key in common (all digits but one, or the digits in order of size), a slip of scale the
significant digits, a rounding the neighbourhood in value, another unit or sign the value itself.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from summarizer.quantities import Quantity, bounds, fold

_KEY_DIGITS: Final = 12
"""Longest numeral that is indexed by its digits; 4,833.74亿 has 6."""
_FEW: Final = 40
"""So many quantities are tried one by one."""
_PER_KEY: Final = 48
"""Quantities with one key that are tried, half of them on either side of the citation."""
_NOT_DIGIT: Final = re.compile(r"[^0-9]")


class Suspects:
    """The quantities of one article, by what they could be mistaken for."""

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        self._quantities = [quantity for quantity in quantities if bounds(quantity) and quantity.kind != "date"]
        self._starts = [quantity.start for quantity in self._quantities]
        self._by_key: dict[object, list[Quantity]] | None = None
        self._by_value: list[tuple[Decimal, int]] = []

    def of(self, claimed: Quantity, start: int, end: int) -> list[Quantity]:
        """Return what `claimed` may be a faulty copy of, among the quantities that begin in `[start, end)`."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if last - first <= _FEW:
            return self._quantities[first:last]
        by_key = self._index()
        middle = (start + end) // 2
        found = {quantity.start: quantity for quantity in self._near_in_value(claimed)}
        for key in _keys(claimed):
            group = by_key.get(key, [])
            place = bisect_left(group, middle, key=lambda quantity: quantity.start)
            for quantity in group[max(0, place - _PER_KEY // 2) : place + _PER_KEY // 2]:
                found[quantity.start] = quantity
        return [found[place] for place in sorted(found) if start <= place < end]

    def _index(self) -> dict[object, list[Quantity]]:
        if self._by_key is None:
            index: dict[object, list[Quantity]] = defaultdict(list)
            for place, quantity in enumerate(self._quantities):
                for key in _keys(quantity):
                    index[key].append(quantity)
                if quantity.value is not None:
                    self._by_value.append((quantity.value, place))
            self._by_value.sort()
            self._by_key = dict(index)
        return self._by_key

    def _near_in_value(self, claimed: Quantity) -> list[Quantity]:
        if claimed.value is None:
            return []
        place = bisect_left(self._by_value, (claimed.value, 0))
        near = self._by_value[max(0, place - _PER_KEY // 2) : place + _PER_KEY // 2]
        return [self._quantities[number] for _, number in near]


def _keys(quantity: Quantity) -> Iterator[object]:
    """Yield what a quantity has in common with its faulty copies."""
    ends = bounds(quantity)
    if ends is None:
        return
    for end in dict.fromkeys(abs(end) for end in ends):
        yield "value", end
        yield "significant", "".join(map(str, end.as_tuple().digits)).strip("0")
    digits = _NOT_DIGIT.sub("", fold(quantity.text))[:_KEY_DIGITS]
    yield "sorted", "".join(sorted(digits))
    yield "without", digits
    for place in dict.fromkeys(range(len(digits))):
        yield "but", f"{digits[:place]}?{digits[place + 1 :]}"
        yield "without", digits[:place] + digits[place + 1 :]
