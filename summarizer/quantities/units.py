"""Says what a unit alone makes of a number: money, a ratio, a span of time, a measure or a count."""

import re
from functools import lru_cache
from typing import Final

from summarizer.quantities import tables
from summarizer.value import Kind

_PER: Final = re.compile(r"[/每]")


@lru_cache(maxsize=1024)
def squeezed(words: str) -> str:
    """Return words without white space."""
    return "".join(words.split())


@lru_cache(maxsize=1024)
def unit_kind(unit: str) -> tuple[str, Kind]:
    """Return the unit as a brief states it and the kind that it alone suggests; `unit` is folded, unbroken."""
    if unit in tables.CURRENCIES:
        return tables.CURRENCIES[unit], "money"
    head = _PER.split(unit)[0]
    if head != unit and unit not in tables.MEASURES:
        return unit, unit_kind(head)[1]
    if unit in tables.PERCENTAGE_POINTS:
        return "percentage_point", "percentage_point"
    if unit in tables.BASIS_POINTS:
        return "basis_point", "percentage_point"
    if unit in tables.RATIOS:
        return unit, "ratio"
    if unit in tables.DURATIONS:
        return unit, "duration"
    if unit in tables.MEASURES:
        return unit, "measure"
    return unit, "count"
