"""The tables of a store as files: what stands in them."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from summarizer.brief import Brief
from summarizer.store import intake
from summarizer.store.flatten import COLUMNS
from summarizer.tables import Form, Wanted
from summarizer.tables import separated as separated_module
from summarizer.tables.layout import FORMS, TABLES
from summarizer.tables.separated import defused
from tests.build import NEWS
from tests.stores import Filler, brief_of, exported

NAMES = [table.name for table in TABLES]


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def cells(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def with_number(**changes: Any) -> Brief:  # noqa: ANN401 - any field
    brief = brief_of()
    return brief.model_copy(update={"numbers": (brief.numbers[0].model_copy(update=changes), *brief.numbers[1:])})


def test_every_table_of_a_brief_is_exported_with_all_its_columns() -> None:
    layout = {table.name: {column.name for column in table.columns} for table in TABLES}
    for name, columns in COLUMNS.items():
        assert {"article_id", "position", "published", "document", *columns} <= layout[name]


def test_the_types_of_columns_are_those_of_the_store(filler: Filler) -> None:
    kinds = {"whole": "INTEGER", "flag": "INTEGER", "real": "REAL"}
    for table in TABLES:
        types = {name: kind for _, name, kind, *_ in filler.store.db.execute(f"PRAGMA table_info({table.name})")}
        if table.name == "articles":
            types |= {name: kind for _, name, kind, *_ in filler.store.db.execute("PRAGMA table_info(briefs)")}
        told = {column.name: kinds.get(column.kind, "TEXT") for column in table.columns if column.name in types}
        assert told == {name: types[name] for name in told}, table.name


def test_rows_come_without_a_sort(filler: Filler) -> None:
    filler.store.db.execute("CREATE TEMP TABLE gone_documents (id INTEGER PRIMARY KEY)")
    for table in TABLES:
        plan = filler.store.db.execute(
            f"EXPLAIN QUERY PLAN {table.query}", {"status": None} if ":status" in table.query else {}
        )
        assert not any("TEMP B-TREE" in step for *_, step in plan), table.name


def test_json_lines_hold_what_the_store_holds(filler: Filler, folder: Path) -> None:
    one, two = filler.document("news/a.txt", [NEWS, "二"], outlet="云州日报")
    filler.brief(one, title="签约")
    filler.repeat(two, one)
    filler.fail(two, "refused", "the model declined")
    done = exported(filler, folder, "jsonl")
    first, second = lines(folder, "articles")
    assert (first["id"], first["document"], first["outlet"], first["title"]) == (one, "news/a.txt", "云州日报", "签约")
    assert (first["published"], first["park"], first["status"], first["about_park"]) == (
        "2023-07-03",
        "西安高新区",
        "verified",
        True,
    )
    assert (first["numbers"], first["period_start"], first["state"]) == (2, "2023-01-01", "done")
    assert (second["same_as"], second["likeness"], second["state"], second["status"]) == (one, "near", "failed", None)
    number = lines(folder, "numbers")[1]
    assert (number["value"], number["amount"], number["unit"]) == ("56060000000", 56060000000.0, "CNY")
    assert (number["article_id"], number["position"], number["article"], number["published"]) == (
        one,
        1,
        "签约",
        "2023-07-03",
    )
    assert lines(folder, "quotes")[0]["text"] == "下半年还要更快。"
    [failure] = lines(folder, "failures")
    assert (failure["article_id"], failure["kind"], failure["passing"]) == (two, "refused", False)
    assert (folder / "briefs.jsonl").read_text(encoding="utf-8") == brief_of(status="verified").to_json() + "\n"
    counts = {"articles": 2, "numbers": 2, "quotes": 1, "parks": 1, "failures": 1, "briefs": 1}
    assert done.rows == dict.fromkeys(NAMES, 0) | counts
    assert sorted(path.name for path in folder.iterdir()) == sorted(done.files)


def test_the_failure_of_a_whole_document_names_no_article(filler: Filler, folder: Path) -> None:
    [one] = filler.document("a.pdf")
    filler.fail(one // intake.POSITIONS * intake.POSITIONS)
    exported(filler, folder, "jsonl")
    [failure] = lines(folder, "failures")
    assert (failure["article_id"], failure["position"], failure["document"]) == (None, 0, "a.pdf")


def test_json_within_a_column_is_json_and_an_amount_without_end_is_null(filler: Filler, folder: Path) -> None:
    [one] = filler.document("a.txt")
    filler.brief(one, brief=with_number(value="9" * 400))
    with filler.store.transaction() as db:
        db.execute("INSERT INTO contradictions VALUES (?, 0, 'twice', '[[1, 2], [3, 4]]')", (one,))
    exported(filler, folder, "jsonl")
    assert lines(folder, "contradictions")[0]["spans"] == [[1, 2], [3, 4]]
    assert lines(folder, "numbers")[0]["value"] == "9" * 400
    assert lines(folder, "numbers")[0]["amount"] is None
    for form in ("csv", "parquet", "xlsx"):
        exported(filler, folder, form)
    assert parquet.read_table(folder / "numbers.parquet").to_pylist()[0]["amount"] is None


@pytest.mark.parametrize("form", FORMS)
def test_what_is_gone_is_left_out(filler: Filler, folder: Path, form: Form) -> None:
    [one] = filler.document("a.txt")
    [two] = filler.document("b.txt", ["二"])
    filler.brief(one)
    filler.fail(two)
    filler.lose(one)
    filler.lose(two)
    assert set(exported(filler, folder, form).rows.values()) == {0}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("wanted", "expected"), [("verified", (1, 2)), ("flagged", (1, 2)), ("all", (4, 6))])
def test_articles_are_chosen_by_the_status_of_their_brief(
    filler: Filler, folder: Path, form: Form, wanted: Wanted, expected: tuple[int, int]
) -> None:
    articles = filler.document("a.txt", ["一", "二", "三", "四"])
    for article, status in zip(articles, ("verified", "flagged", "failed"), strict=False):
        filler.brief(article, status=status)
    filler.fail(articles[3])
    rows = exported(filler, folder, form, wanted).rows
    assert (rows["articles"], rows["numbers"], rows["failures"]) == (*expected, 1)
    assert rows.get("briefs") == (min(expected[0], 3) if form == "jsonl" else None)


def test_csv_opens_in_excel(filler: Filler, folder: Path) -> None:
    [one] = filler.document("a.txt", ["一"])
    filler.brief(one, title='他说"快",\n真的')
    exported(filler, folder, "csv")
    content = (folder / "articles.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfid,document,")
    assert content.count(b"\r\n") == 2
    assert '"他说""快"",\n真的"'.encode() in content
    [row] = cells(folder, "articles")
    assert (row["title"], row["published"], row["about_park"]) == ('他说"快",\n真的', "2023-07-03", "true")
    assert row["likeness"] == ""
    assert cells(folder, "numbers")[0]["amount"] == "114.0"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("-1=2", "'-1=2"),
        ("\x00=1", "'=1"),
        ("-", "'-"),
        ("-3.5", "-3.5"),
        ("-3.5%", "-3.5%"),
        ("-1,234", "-1,234"),
        ("-1\n=1", "'-1\n=1"),
        ("-1\n", "'-1\n"),
        ("a=1", "a=1"),
        ("'=1", "'=1"),
        ("", ""),
        ("坏\x00\x1b\ufffe字\t一\n二", "坏字\t一\n二"),
    ],
)
def test_no_cell_of_csv_is_taken_for_a_formula(text: str, shown: str) -> None:
    assert defused(text) == shown


def test_a_formula_in_the_news_is_defused_in_csv(filler: Filler, folder: Path) -> None:
    [one] = filler.document("=a.txt")
    filler.brief(one, title="=HYPERLINK(1)", brief=with_number(text="-3.5%", value="-3.5", metric="-x"))
    exported(filler, folder, "csv")
    assert cells(folder, "articles")[0]["title"] == "'=HYPERLINK(1)"
    assert cells(folder, "articles")[0]["document"] == "'=a.txt"
    number = cells(folder, "numbers")[0]
    assert (number["metric"], number["text"], number["value"], number["amount"]) == ("'-x", "-3.5%", "-3.5", "-3.5")


def test_more_rows_than_excel_shows_are_told(filler: Filler, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separated_module, "EXCEL_ROWS", 3)
    for article in filler.document("a.txt", ["一", "二", "三"]):
        filler.brief(article)
    remarks = exported(filler, folder, "csv").remarks
    assert (
        remarks[0] == "articles.csv has 4 rows, of which Excel shows the first 3; --to xlsx puts them on several sheets"
    )
    assert len(cells(folder, "articles")) == 3


def test_parquet_is_typed(filler: Filler, folder: Path) -> None:
    [one] = filler.document("a.txt")
    [two] = filler.document("b.txt", ["二"])
    filler.brief(one, brief=with_number(low="0.10", high="0.2"))
    exported(filler, folder, "parquet")
    articles = parquet.read_table(folder / "articles.parquet")
    assert articles.schema.field("published").type == pyarrow.date32()
    assert articles.schema.field("made_at").type == pyarrow.timestamp("ms", tz="UTC")
    assert articles.schema.field("about_park").type == pyarrow.bool_()
    assert articles.schema.field("numbers").type == pyarrow.int64()
    first, second = articles.to_pylist()
    assert (first["id"], first["published"], first["about_park"]) == (one, date(2023, 7, 3), True)
    assert (first["period_end"], second["status"], second["id"]) == (date(2023, 6, 30), None, two)
    assert abs(datetime.now(UTC) - first["made_at"]).total_seconds() < 3600
    numbers = parquet.read_table(folder / "numbers.parquet")
    assert numbers.schema.field("value").type == pyarrow.string()
    assert numbers.schema.field("amount").type == pyarrow.float64()
    assert numbers.schema.field("span_start").type == pyarrow.int64()
    row = numbers.to_pylist()[0]
    assert (row["value"], row["amount"], row["low"], row["high"]) == ("114", 114.0, "0.10", "0.2")


def test_a_table_without_rows_keeps_its_columns_in_parquet(filler: Filler, folder: Path) -> None:
    exported(filler, folder, "parquet")
    for table in TABLES:
        read = parquet.read_table(folder / f"{table.name}.parquet")
        assert (read.num_rows, read.column_names) == (0, [column.name for column in table.columns])


def test_a_date_that_is_none_is_null_in_parquet_and_as_it_is_elsewhere(filler: Filler, folder: Path) -> None:
    [one] = filler.document("a.txt")
    filler.brief(one)
    with filler.store.transaction() as db:
        db.execute("UPDATE articles SET published = '2023-13-01'")
    exported(filler, folder, "parquet")
    exported(filler, folder, "csv")
    assert parquet.read_table(folder / "articles.parquet").to_pylist()[0]["published"] is None
    assert cells(folder, "articles")[0]["published"] == "2023-13-01"
