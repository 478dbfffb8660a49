"""Numbers of the headline that the body tells with a slip: 完成投资186亿元 above, 合计168亿元 below.

A headline repeats the body. Where one of its numbers stands nowhere in the body, but exactly one number of the body
with the same unit differs from it by a single slip of the digits, one of the two is wrong.
"""

from collections.abc import Iterator
from typing import Final

from summarizer.quantities import Quantity, bounds, relate
from summarizer.verify.evidence import Evidence
from summarizer.verify.places import Contradicted, contradicted

_HEADINGS: Final = 3
"""Lines at the top that are looked at, while they are headings."""
_DIGITS: Final = 3
"""Fewest digits of a number whose slip is no chance likeness: 18 and 81 stand in any article."""
_BODY_NUMBERS: Final = 400
"""Numbers of the body that are looked at; the report of a whole page has 120."""


def find_slips(evidence: Evidence) -> Iterator[Contradicted]:
    """Yield the headline's numbers that the body tells with one slip of the digits."""
    headings = [sentence for sentence in evidence.article.sentences[:_HEADINGS] if sentence.heading]
    end = headings[-1].end if headings else 0
    body = [found for found in evidence.quantities if found.start >= end and found.is_fact][:_BODY_NUMBERS]
    for quantity in evidence.within(0, end):
        if not quantity.is_fact or quantity.value is None or len(_printed(quantity)) < _DIGITS:
            continue
        relations = [(relate(quantity, found), found) for found in body if found.unit == quantity.unit]
        if any(relation in ("same", "rounded") for relation, _ in relations):
            continue
        slips = [found for relation, found in relations if relation == "digits" and _may_slip(quantity, found)]
        if len({bounds(found) for found in slips}) == 1:
            one, other = (" ".join(found.text.split()) for found in (quantity, slips[0]))
            yield contradicted([quantity], slips[:1], f"the headline has {one}, the body {other}")


def _may_slip(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers have digits enough, or the same digits in another order: 320 and 302, but not 300 and 310."""
    digits = sorted(_printed(one)), sorted(_printed(other))
    return min(_significant(one), _significant(other)) >= _DIGITS or (
        digits[0] == digits[1] and len(digits[0]) >= _DIGITS
    )


def _printed(quantity: Quantity) -> str:
    return "".join(char for char in quantity.text if char.isdigit())


def _significant(quantity: Quantity) -> int:
    return len(quantity.value.normalize().as_tuple().digits) if quantity.value is not None else 0
