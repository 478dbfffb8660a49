"""The value that the scanner yields."""

from decimal import Decimal
from typing import NamedTuple

from summarizer.value import FACT_KINDS, Kind, Qualifier


class Quantity(NamedTuple):
    """A number of a text: where it stands, what it is worth and what kind of thing it is."""

    start: int
    """Offset of its first character in the scanned text."""
    end: int
    """Offset behind its last character."""
    text: str
    """Digits, scale and unit as printed, line breaks included; qualifiers only where they stand inside (140多家)."""
    value: Decimal | None
    """Exact, the scale multiplied in (2.1万 is 21000); null for ranges and dates."""
    low: Decimal | None
    """Lower end of a range."""
    high: Decimal | None
    """Upper end of a range."""
    unit: str | None
    """ISO 4217 for money, `%`, `percentage_point`, else the counter or measure as printed without white space."""
    qualifier: Qualifier
    kind: Kind
    doubt: str | None = None
    """What else it could be, in a few words of English, where context does not settle it; mostly null."""

    @property
    def is_fact(self) -> bool:
        """Whether a brief may owe it: counts, money, ratios, percentage points, measures, durations."""
        return self.kind in FACT_KINDS
