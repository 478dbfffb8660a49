"""`summarize report`: what it takes, what it writes, and what it says where it cannot."""

from pathlib import Path

import pytest

from summarizer import cli_report
from summarizer.report import folder
from tests.build import NEWS
from tests.command import Run, refused
from tests.reports import brief
from tests.stores import Filler


@pytest.fixture
def briefs(page: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of two briefs, with their article beside it."""
    monkeypatch.chdir(page.parent)
    (page.parent / "b.jsonl").write_text(run("--extractor", "rules", page.name).out * 2, encoding="utf-8")
    return page.parent / "b.jsonl"


def test_briefs_become_one_page(briefs: Path, run: Run) -> None:
    assert run("report", briefs, "-o", "report.html") == (0, "", "")
    page = Path("report.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.count('<article class="brief"') == 2
    assert not list(Path().glob(".report*"))


def test_the_page_can_go_to_standard_output(briefs: Path, run: Run) -> None:
    said = run("report", briefs, "-o", "-")
    assert said.code == 0
    assert said.out.rstrip().endswith("</html>")


def test_a_page_is_written_over(briefs: Path, run: Run) -> None:
    Path("report.html").write_text("old", encoding="utf-8")
    assert run("report", briefs, "-o", "report.html").code == 0
    assert "old" not in Path("report.html").read_text(encoding="utf-8")[:100]


@pytest.mark.parametrize("name", ["b.jsonl", "news.txt", "./b.jsonl"])
def test_an_input_is_never_written_over(briefs: Path, run: Run, name: str) -> None:
    before = Path(name).read_bytes()
    assert "is an input, and would be written over" in refused(
        run("report", briefs, "--article", "news.txt", "-o", name)
    )
    assert Path(name).read_bytes() == before


def test_a_missing_article_is_said_and_the_page_made(briefs: Path, run: Run) -> None:
    Path("news.txt").unlink()
    said = run("report", briefs, "-o", "report.html")
    assert said.code == 0
    reason = "there is no file 'news.txt'; name it with --article, or run where it is"
    assert said.err == f"summarize: no article beside a brief: {reason}\n"
    assert "找不到原文" in Path("report.html").read_text(encoding="utf-8")


def test_of_many_missing_articles_the_first_are_named(run: Run, tmp_path: Path) -> None:
    lines = [brief(source_path=f"{place}.txt").to_json() for place in range(5)]
    (tmp_path / "b.jsonl").write_text("\n".join(lines), encoding="utf-8")
    said = run("report", tmp_path / "b.jsonl", "-o", tmp_path / "r.html")
    assert said.err.count("no file") == 3
    assert said.err.endswith("no article beside 5 of the briefs; the page says why of each\n")


def test_an_article_is_named(briefs: Path, run: Run) -> None:
    Path("news.txt").rename("moved.txt")
    assert run("report", briefs, "--article", "moved.txt", "-o", "report.html") == (0, "", "")


def test_what_cannot_be_written_is_told_and_leaves_nothing(briefs: Path, run: Run) -> None:
    assert "cannot write the report to 'nowhere/r.html': No such file" in refused(
        run("report", briefs, "-o", "nowhere/r.html")
    )


def test_a_folder_is_for_stores(briefs: Path, run: Run) -> None:
    assert "briefs make one page: name a file" in refused(run("report", briefs, "-o", "out"))


def test_too_many_briefs_are_refused(briefs: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MOST", 1)
    assert "more than 1 briefs" in refused(run("report", briefs, "-o", "report.html"))


@pytest.mark.parametrize(
    ("name", "told"), [("nowhere.json", "no such file"), ("news.txt", "is not JSON"), (".", "is a folder")]
)
def test_what_holds_no_briefs_is_refused(briefs: Path, run: Run, name: str, told: str) -> None:
    assert told in refused(run("report", name, "-o", "report.html"))
    assert not Path("report.html").exists()


def test_choices_are_for_stores_and_stores_stand_alone(briefs: Path, run: Run, tmp_path: Path) -> None:
    said = run("report", briefs, "--status", "flagged", "-o", "r.html")
    assert (said.code, said.err) == (
        2,
        "summarize: --status, --park and --period choose from a STORE; a page has filters for the same;"
        " see summarize --help\n",
    )
    with Filler(tmp_path / "briefs.db") as filler:
        filler.brief(filler.document("a.txt")[0], NEWS)
    assert run("report", briefs, tmp_path / "briefs.db", "-o", "r.html").code == 2
    assert run("report", tmp_path / "briefs.db", "--article", "news.txt", "-o", "r.html").code == 2
    assert run("report", briefs).code == 2


def test_how_far_a_folder_is_is_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_report, "_TOLD_EVERY", 1)
    with Filler(tmp_path / "briefs.db") as filler:
        for name in "ab":
            filler.brief(filler.document(f"{name}.txt", [NEWS + name])[0], NEWS)
    said = run("report", tmp_path / "briefs.db", "-o", tmp_path / "out")
    assert said.err.splitlines()[1].startswith("summarize: 1 of 2 pages; the index is written: ")


def test_a_folder_that_cannot_be_made_is_told(run: Run, tmp_path: Path) -> None:
    with Filler(tmp_path / "briefs.db") as filler:
        filler.brief(filler.document("a.txt")[0], NEWS)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    said = run("report", tmp_path / "briefs.db", "-o", tmp_path / "file" / "out")
    assert "cannot write the report to" in refused(said)


def test_a_sqlite_file_that_is_no_store_is_refused(run: Run, tmp_path: Path) -> None:
    import sqlite3

    db = sqlite3.connect(tmp_path / "other.db")
    db.execute("CREATE TABLE t (x)")
    db.close()
    assert "is no store of this program" in refused(run("report", tmp_path / "other.db", "-o", tmp_path / "r.html"))
