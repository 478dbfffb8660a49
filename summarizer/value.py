"""The base of every value that flows, and the closed sets that several of them share.

It exists so that frozen, unknown keys forbidden, is said once, and so that the number grammar and the
brief name units, qualifiers and verdicts with the same words.
"""

from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

Qualifier = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than", "range"]
"""What the words around a number say of it: 近 about, 多/余/以上 at_least, 超/逾/突破 more_than, 不足 less_than."""

Kind = Literal[
    "count",
    "money",
    "ratio",
    "percentage_point",
    "measure",
    "date",
    "duration",
    "ordinal",
    "name",
    "identifier",
    "idiom",
]
"""What a number of the text is; `FACT_KINDS` are those that a brief may owe."""

FACT_KINDS: frozenset[str] = frozenset({"count", "money", "ratio", "percentage_point", "measure", "duration"})

Verdict = Literal["exact", "normalised", "moved", "rounded", "scale", "digits", "sign", "unit", "absent", "altered"]
"""What the check found of an item; `altered` is for quotes alone."""

OK_VERDICTS: frozenset[str] = frozenset({"exact", "normalised", "moved"})

Severity = Literal["info", "warning", "error"]

Status = Literal["actual", "target", "forecast"]

Role = Literal["subject", "mentioned"]


class Span(NamedTuple):
    """A half-open range of characters."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset behind the last character."""

    def meets(self, other: "Span") -> bool:
        """Return whether the two have a character in common."""
        return self.start < other.end and other.start < self.end


class Value(BaseModel):
    """A frozen value with unknown keys forbidden.

    The docstrings of its fields become the descriptions of its published schema, in tools/schemas.py: pydantic would
    read every source file again at every start to do the same, 30 ms of 400.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
