"""CSV that Excel opens as it is: UTF-8 with a byte-order mark, CRLF, and no cell that could be taken for a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from summarizer.tables.sheet import EXCEL_ROWS, Sheet, finite, plain

_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""How a cell begins that some spreadsheet computes: OWASP's list for CSV injection, with the wide signs that Chinese
and Japanese editions take for the narrow ones."""
_NEGATIVE: Final = re.compile(r"-\d[\d,]*(\.\d+)?%?\Z")
"""A plain negative number, which is none of that."""

_FLAGS: Final[Mapping[object, str]] = {0: "false", 1: "true"}


def write_separated(folder: Path, sheets: Iterable[Sheet]) -> list[str]:
    """Write each table to a file of its own in `folder`; return what is to be said of them. Raises OSError."""
    remarks = []
    for table, rows in sheets:
        flags = [place for place, column in enumerate(table.columns) if column.kind == "flag"]
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow([column.name for column in table.columns])
            count = 1
            for row in _defused(rows, flags):
                writer.writerow(row)
                count += 1
        if count > EXCEL_ROWS:
            remarks.append(
                f"{table.name}.csv has {count:,} rows, of which Excel shows the first {EXCEL_ROWS:,};"
                " --to xlsx puts them on several sheets"
            )
    return remarks


def _defused(rows: Iterable[tuple[object, ...]], flags: Sequence[int]) -> Iterator[list[object]]:
    for row in rows:
        cells = [defused(cell) if isinstance(cell, str) else finite(cell) for cell in row]
        for place in flags:
            cells[place] = _FLAGS.get(cells[place])
        yield cells


def defused(text: str) -> str:
    """Return a cell's text, with an apostrophe before what a spreadsheet would compute."""
    text = plain(text)
    return f"'{text}" if text[:1] in _FORMULA and not _NEGATIVE.match(text) else text
