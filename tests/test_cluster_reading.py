"""What tasks on a cluster read, and how; in one process and without Ray."""

from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from summarizer.article import Document
from summarizer.cluster.desk import Begun
from summarizer.cluster.files import Results
from summarizer.cluster.parts import File, parts_of
from summarizer.cluster.reading import Unreadable
from summarizer.errors import SettingsError
from summarizer.read import Fields, document_from_text
from tests.archives import news
from tests.clusters import items


def test_a_reader_that_breaks_costs_its_own_file(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(news(ord(name)), encoding="utf-8")

    def read(file: File, *_: object) -> Results:
        if file.path.endswith("b.txt"):
            raise ZeroDivisionError("by nothing")
        yield document_from_text(Path(file.location).read_text(encoding="utf-8"), path=file.path)

    found = items(tmp_path, read=read)
    assert [isinstance(one, Document) for one in found] == [True, False, True]
    assert "ZeroDivisionError: by nothing" in str(found[1])


def test_a_file_that_kills_its_reader_is_left_out(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(news(ord(name)), encoding="utf-8")
    found = items(tmp_path, begun=Begun(3, repr(str(tmp_path / "a.txt"))))
    assert "kills the process" in str(found[0])
    assert isinstance(found[1], Document)


def test_parquet_is_read_by_the_rules_of_other_tables(tmp_path: Path) -> None:
    table = pyarrow.table({"body": [news(1), news(2), ""], "date": ["2024-07-01", None, None]})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    first, second, third = items(tmp_path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.path, first.published) == (f"{tmp_path}/a.parquet#1", "2024-07-01")
    assert second.path == f"{tmp_path}/a.parquet#2"
    assert isinstance(third, Unreadable)
    (missing,) = items(tmp_path, fields=Fields(text="words"))
    assert "--text-field" in str(missing)


def test_a_damaged_parquet_file_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and nothing more")
    (found,) = items(tmp_path)
    assert "cannot read" in str(found)


def test_a_url_is_read_as_a_path_is(archive: Path) -> None:
    by_url, by_path = items(archive.as_uri()), items(archive)
    assert [one.id for one in by_url if isinstance(one, Document)] == [
        one.id for one in by_path if isinstance(one, Document)
    ]
    assert isinstance(by_url[0], Document)
    assert by_url[0].path == f"{archive.as_uri()}#1"


def test_below_a_url_all_is_read_but_what_is_no_news(tmp_path: Path) -> None:
    for name in ("a.txt", "b.png", ".hidden.txt"):
        (tmp_path / name).write_text(news(1), encoding="utf-8")
    found = parts_of([tmp_path.as_uri(), (tmp_path / "none").as_uri()], [])
    assert [file.path for part in found.parts for file in part.files] == [f"{tmp_path.as_uri()}/a.txt"]
    assert found.skipped == 2
    assert "is not there" in found.troubles[0]


def test_a_url_that_nobody_knows_is_told_of() -> None:
    pytest.importorskip("fsspec", reason="it comes with Ray")
    found = parts_of(["nowhere://x"], [])
    assert "nowhere" in found.troubles[0]


def test_small_files_are_read_together_and_the_output_is_left_out(tmp_path: Path) -> None:
    for number in range(70):
        (tmp_path / f"{number:02d}.txt").write_text(news(number), encoding="utf-8")
    (tmp_path / "out" / "briefs").mkdir(parents=True)
    (tmp_path / "out" / "briefs" / "x.parquet").write_bytes(b"")
    found = parts_of([str(tmp_path), str(tmp_path / "none.txt")], [str(tmp_path / "out" / "briefs")])
    assert [len(part.files) for part in found.parts] == [64, 6]
    assert len(found.troubles) == 1


def test_standard_input_is_no_source() -> None:
    with pytest.raises(SettingsError, match="standard input"):
        parts_of(["-"], [])
