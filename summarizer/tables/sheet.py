"""What a writer is handed: a table with its rows, and what holds for cells in every form."""

import math
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from summarizer.tables.layout import Row, Table

EXCEL_ROWS: Final = 1_048_576
"""Rows of a sheet, headings included; Microsoft's "Excel specifications and limits"."""

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, and DEL; spreadsheets refuse files with them, or cut a cell there."""


class Sheet(NamedTuple):
    """A table and its rows; the rows can be walked once."""

    table: Table
    rows: Iterator[Row]


def plain(text: str) -> str:
    """Return a cell's text without the control characters that no spreadsheet takes; line ends and tabs stay."""
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)


def finite(amount: Any) -> Any:  # noqa: ANN401 - whatever the store holds
    """Return None for an amount beyond what a double holds, whose exact value stands beside it."""
    return None if isinstance(amount, float) and not math.isfinite(amount) else amount


def day_of(text: str) -> date | None:
    """Return an ISO date; None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def moment_of(text: str) -> datetime | None:
    """Return an ISO date and time as UTC; None for what is none."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return None
