"""The Excel workbook of a store, cell by cell."""

from pathlib import Path

import pytest

from summarizer.tables import export_tables
from summarizer.tables.layout import TABLES, Column, Table
from summarizer.tables.sheet import Sheet
from summarizer.tables.workbook import CELL_CHARS, write_workbook
from tests.stores import Filler
from tests.workbooks import Cell, read_workbook, table

WORDS = Table("words", (Column("text", "text"),), "")


def written(folder: Path, *texts: object, column: Column = WORDS.columns[0]) -> list[Cell]:
    write_workbook(folder, [Sheet(Table("words", (column,), ""), iter([(text,) for text in texts]))])
    return [row["A"] for row in read_workbook(folder / "briefs.xlsx")["words"][1:] if row]


def test_there_is_a_sheet_for_each_table(filler: Filler, tmp_path: Path) -> None:
    filler.brief(filler.document("a.txt")[0])
    done = export_tables(filler.store, tmp_path / "out", "xlsx")
    book = read_workbook(tmp_path / "out" / "briefs.xlsx")
    assert list(book) == [one.name for one in TABLES]
    assert [cell.value for cell in book["parks"][0].values()] == [column.name for column in TABLES[4].columns]
    assert (done.files, done.remarks) == (("briefs.xlsx",), ())


def test_numbers_are_numbers_dates_are_dates_and_exact_values_are_text(filler: Filler, tmp_path: Path) -> None:
    [one] = filler.document("a.txt")
    filler.brief(one)
    export_tables(filler.store, tmp_path / "out", "xlsx")
    book = read_workbook(tmp_path / "out" / "briefs.xlsx")
    number = table(book["numbers"])[1]
    assert number["value"][:2] == ("s", "56060000000")
    assert (number["amount"].kind, float(number["amount"].value)) == ("n", 56060000000.0)
    assert number["published"][:2] == ("n", "45110")  # 2023-07-03, in days since 1899-12-30
    assert number["published"].style is not None
    [article] = table(book["articles"])
    assert article["id"][:2] == ("n", str(one))
    assert article["about_park"][:2] == ("b", "1")
    assert article["made_at"].kind == "n"
    assert "likeness" not in article


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1+2", "@a", "{=1}", "http://example.org", "mailto:a", "internal:a", "123", "true"]
)
def test_no_text_is_a_formula_a_link_or_a_number(tmp_path: Path, text: str) -> None:
    assert written(tmp_path, text)[0][:2] == ("s", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x0bc\x1bd\ufffee\uffff", "abcde"),
        ("一\n二\t三", "一\n二\t三"),
        ("<r><t>a</t></r>", "<r><t>a</t></r> "),
        ("<r>&amp", "<r>&amp"),
        (" a ", " a "),
    ],
)
def test_a_text_is_kept_but_what_xml_cannot_hold(tmp_path: Path, text: str, shown: str) -> None:
    assert written(tmp_path, text)[0].value == shown


def test_a_date_before_excels_first_is_text_and_so_is_what_is_none(tmp_path: Path) -> None:
    days = written(tmp_path, "1899-12-31", "1900-01-01", "2023", "9999-12-31", column=Column("day", "day"))
    assert [day[:2] for day in days] == [("s", "1899-12-31"), ("n", "1"), ("s", "2023"), ("n", "2958465")]


def test_a_text_longer_than_a_cell_is_cut_and_that_is_told(tmp_path: Path) -> None:
    texts = ["a" * CELL_CHARS, "b" * (CELL_CHARS + 1), "𠮷" * (CELL_CHARS // 2), "𠮷" * CELL_CHARS]
    remarks = write_workbook(tmp_path, [Sheet(WORDS, iter([(text,) for text in texts]))])
    shown = [row["A"].value for row in read_workbook(tmp_path / "briefs.xlsx")["words"][1:]]
    assert shown == [texts[0], "b" * (CELL_CHARS - 1) + "…", texts[2], "𠮷" * (CELL_CHARS // 2) + "…"]
    assert remarks == [
        "2 cells were longer than Excel holds (32,767 characters) and cut to end in …; --to jsonl has them whole"
    ]


@pytest.mark.parametrize(
    ("count", "sheets"), [(3, ["words"]), (4, ["words", "words 2"]), (7, ["words", "words 2", "words 3"])]
)
def test_a_table_longer_than_a_sheet_goes_on_on_the_next(tmp_path: Path, count: int, sheets: list[str]) -> None:
    rows = Sheet(WORDS, iter([(str(place),) for place in range(count)]))
    remarks = write_workbook(tmp_path, [rows], sheet_rows=4)
    book = read_workbook(tmp_path / "briefs.xlsx")
    assert list(book) == sheets
    assert all(page[0]["A"].value == "text" for page in book.values())
    assert [row["text"].value for page in book.values() for row in table(page)] == [
        str(place) for place in range(count)
    ]
    told = f"words has more rows than a sheet of Excel and goes over {len(sheets)}: {', '.join(sheets)}"
    assert remarks == ([told] if len(sheets) > 1 else [])
    assert [path.name for path in tmp_path.iterdir()] == ["briefs.xlsx"]


def test_a_workbook_that_cannot_be_put_together_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "briefs.xlsx").mkdir()
    with pytest.raises(IsADirectoryError):
        write_workbook(tmp_path, [Sheet(WORDS, iter([("a",)]))])
