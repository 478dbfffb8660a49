"""Reads Excel workbooks for the tests of what is written into them, without the program that wrote them."""

import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Cell(NamedTuple):
    """A cell of a workbook."""

    kind: str
    """`s` text, `n` number, `b` boolean, `f` formula."""
    value: str
    style: str | None


def read_workbook(path: Path) -> dict[str, list[dict[str, Cell]]]:
    """Return for each sheet its rows, in which the cells stand by the letter of their column."""
    with zipfile.ZipFile(path) as archive:
        names = [
            sheet.attrib["name"]
            for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        ]
        return {
            name: [
                _row(row)
                for row in ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{place}.xml")).iter(f"{_MAIN}row")
            ]
            for place, name in enumerate(names, start=1)
        }


def _row(row: ElementTree.Element) -> dict[str, Cell]:
    return {cell.attrib["r"].rstrip("0123456789"): _cell(cell) for cell in row}


def _cell(cell: ElementTree.Element) -> Cell:
    kind = {"inlineStr": "s", "b": "b"}.get(cell.attrib.get("t", "n"), "n")
    if cell.find(f"{_MAIN}f") is not None:
        kind = "f"
    return Cell(kind, "".join(cell.itertext()), cell.attrib.get("s"))


def table(rows: list[dict[str, Cell]]) -> list[dict[str, Cell]]:
    """Return the rows of a sheet below its first, their cells under the names that stand in it."""
    headings = {letter: cell.value for letter, cell in rows[0].items()}
    return [{headings[letter]: cell for letter, cell in row.items()} for row in rows[1:]]
