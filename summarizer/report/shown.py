"""The values that a page is made of: an item of a brief, a remark on it, a stretch of the article.

Apart from `view`, because what makes items and what makes segments need them both.
"""

import re
from typing import Final, Literal

from summarizer.brief import Period
from summarizer.value import Severity, Span, Value, Verdict

ItemKind = Literal["number", "policy", "quote", "park", "unreported", "contradiction", "finding"]

Grade = Literal["error", "warning", "unreported", "contradiction", "ok", "note"]
"""How an item is coloured. error, warning: the check objects to it; note: the check tells something, and objects to
nothing."""

GRADES: Final[tuple[Grade, ...]] = ("error", "warning", "unreported", "contradiction", "ok", "note")
"""In the order in which items are shown."""

Role = Literal["text", "blank", "paragraph", "layout"]
"""text: to be read; blank: stands for a space; paragraph: ends a paragraph; layout: line ends and blanks that the
printed page had and a reader does not need. By `clean.clean_text`."""

_DIGITS: Final = re.compile(r"-?\d+(?:\.\d+)?")


class Remark(Value):
    """What the check has to say of an item."""

    code: str
    severity: Severity
    message: str
    zh: str | None = None
    """The message in Chinese; None where there is none."""


class Item(Value):
    """One thing that a person may look at, with the places where it stands."""

    path: str
    """Where it stands in the brief: `numbers.3`, `check.unreported.0`. No two items share one."""
    kind: ItemKind
    grade: Grade
    label: str
    """What it is said to be: a number's metric, a quote's speaker, a park's role, a left-out quantity's kind; or
    empty."""
    text: str
    """As printed: the number, the name, the quoted words; of a contradiction and a finding the message."""
    zh: str | None = None
    """The message in Chinese; None where there is none, and for other items."""
    value: str | None = None
    """Computed, exact, in base units; of a range `low–high`."""
    unit: str | None = None
    period: Period | None = None
    park: str | None = None
    status: str | None = None
    """target or forecast; None for what is reached and for what is no number."""
    detail: str | None = None
    """What a policy does, a speaker's office."""
    verdict: Verdict | None = None
    remarks: tuple[Remark, ...] = ()
    spans: tuple[Span, ...] = ()
    """`[start, end)` in characters of the text as read: where it stands, else where the check says what it is a copy
    of; empty where there is no such place."""
    evidence: str | None = None

    @property
    def worth(self) -> str | None:
        """The value where it tells more than the text: 31860000000 for 318.6亿元, but nothing for 18.4%."""
        printed = _DIGITS.findall(self.text.replace(",", "").replace("，", ""))
        return None if self.value is None or self.value in printed else self.value

    @property
    def rank(self) -> int:
        """The place of its grade: 0 is the worst."""
        return GRADES.index(self.grade)

    @property
    def mark(self) -> str:
        """A sign for the grade, for those who see no colours."""
        if self.grade == "warning" and self.verdict == "rounded":
            return "≈"
        return {"error": "✗", "warning": "!", "unreported": "?", "contradiction": "≠", "ok": "✓", "note": "·"}[
            self.grade
        ]


class Segment(Value):
    """A stretch of the article that the same items cover from its first to its last character."""

    text: str
    start: int | None
    """Offset of its first character in the text as read; None in a sentence of evidence."""
    role: Role = "text"
    paths: tuple[str, ...] = ()
    """Of the items that cover it: the innermost first, of equals the worst first."""
