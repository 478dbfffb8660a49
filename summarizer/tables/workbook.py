"""One Excel workbook with a sheet for each table: dates are dates, amounts are numbers, exact values stay text.

Nothing is ever written as a formula or a link. What Excel cannot hold is told: a table with more rows than a sheet has
goes on on further sheets, a text longer than a cell is cut. XlsxWriter's constant_memory keeps one row in memory.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from summarizer.counted import counted
from summarizer.tables.layout import Column, Kind, Row, Table
from summarizer.tables.packages import package
from summarizer.tables.sheet import EXCEL_ROWS, Sheet, day_of, finite, moment_of, plain

WORKBOOK_FILE: Final = "briefs.xlsx"
CELL_CHARS: Final = 32_767
"""Characters of a cell, in UTF-16 code units; Microsoft's "Excel specifications and limits"."""
_FIRST_YEAR: Final = 1900
"""Excel has no earlier dates; they are written as text."""
_WIDTHS: Final[Mapping[Kind, float]] = {"text": 24, "json": 24, "day": 11, "moment": 17, "decimal": 16, "real": 16}
"""In characters; the others are narrow."""

Put = Callable[[int, int, Any], object]
"""Writes a cell: row and column from 0, and what the store holds."""


def write_workbook(folder: Path, sheets: Iterable[Sheet], *, sheet_rows: int = EXCEL_ROWS) -> list[str]:
    """Write all tables to one workbook in `folder`, whose temporary files lie there too; return what is to be said.

    Raises OSError, and StoreError without XlsxWriter.
    """
    excel = package("xlsxwriter", "xlsx", "Excel workbooks", distribution="XlsxWriter")
    parts = folder / "parts"
    parts.mkdir()
    options = {"constant_memory": True, "tmpdir": str(parts)}
    book = excel.Workbook(folder / WORKBOOK_FILE, options)
    book.use_zip64()  # used where a sheet has more than 4 GB; a smaller workbook is the same without
    try:
        pages = _Pages(book, sheet_rows)
        remarks = [remark for sheet in sheets for remark in pages.write(sheet)]
        book.close()
    except excel.exceptions.FileCreateError as error:
        raise OSError(*error.args[0].args) from error
    finally:
        for page in book.worksheets():
            with suppress(OSError):  # what could not be written was told
                page._opt_close()  # XlsxWriter leaves them open where a workbook is given up
    parts.rmdir()
    if pages.cut:
        cells = counted(pages.cut, "cell was", "cells were")
        remarks.append(
            f"{cells} longer than Excel holds ({CELL_CHARS:,} characters) and cut to end in …;"
            " --to jsonl has them whole"
        )
    return remarks


class _Pages:
    """The sheets of a workbook."""

    def __init__(self, book: Any, sheet_rows: int) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self._book, self._sheet_rows = book, sheet_rows
        self._bold = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.cut = 0
        """Cells that were too long."""

    def write(self, sheet: Sheet) -> list[str]:
        """Write a table on as many sheets as it needs; return what is to be said of it."""
        table, names = sheet.table, [sheet.table.name]
        page, puts, line = *self._begin(table, names[0]), 0
        for row in sheet.rows:
            if line + 1 == self._sheet_rows:
                self._end(page, table, line)
                names.append(f"{table.name} {len(names) + 1}")
                page, puts, line = *self._begin(table, names[-1]), 0
            line += 1
            _put_row(puts, line, row)
        self._end(page, table, line)
        if len(names) == 1:
            return []
        return [f"{table.name} has more rows than a sheet of Excel and goes over {len(names)}: {', '.join(names)}"]

    def _begin(self, table: Table, name: str) -> tuple[Any, list[Put]]:
        page = self._book.add_worksheet(name)
        page.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            page.set_column(place, place, _WIDTHS.get(column.kind, 10))
            page.write_string(0, place, column.name, self._bold)
        return page, [self._put(page, column) for column in table.columns]

    def _end(self, page: Any, table: Table, line: int) -> None:  # noqa: ANN401 - XlsxWriter has no types
        page.autofilter(0, 0, line, len(table.columns) - 1)

    def _put(self, page: Any, column: Column) -> Put:  # noqa: ANN401 - XlsxWriter has no types
        """Return what writes the cells of a column."""

        def text(line: int, place: int, cell: object) -> None:
            page.write_string(line, place, self._fitting(str(cell)))

        def number(line: int, place: int, cell: float) -> None:
            if finite(cell) is not None:
                page.write_number(line, place, cell)

        def flag(line: int, place: int, cell: int) -> None:
            page.write_boolean(line, place, bool(cell))

        def day(line: int, place: int, cell: str) -> None:
            written(line, place, cell, day_of(cell), self._day)

        def moment(line: int, place: int, cell: str) -> None:
            found = moment_of(cell)
            written(line, place, cell, found and found.replace(tzinfo=None), self._moment)

        def written(line: int, place: int, cell: str, found: date | datetime | None, form: object) -> None:
            if found is None or found.year < _FIRST_YEAR:
                text(line, place, cell)
            else:
                page.write_datetime(line, place, found, form)

        puts: Mapping[Kind, Put] = {"whole": number, "real": number, "flag": flag, "day": day, "moment": moment}
        return puts.get(column.kind, text)

    def _fitting(self, words: str) -> str:
        """Return a cell's text as Excel can hold it."""
        words = plain(words)
        if 2 * len(words) > CELL_CHARS and _units(words) > CELL_CHARS:
            self.cut += 1
            room = CELL_CHARS - 1
            words = words.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + "…"
        if words.startswith("<r>") and words.endswith("</r>"):  # XlsxWriter takes it for markup of its own
            words += " "
        return words


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def _put_row(puts: Iterable[Put], line: int, row: Row) -> None:
    for place, (put, cell) in enumerate(zip(puts, row, strict=True)):
        if cell is not None:
            put(line, place, cell)
