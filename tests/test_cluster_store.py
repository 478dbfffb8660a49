"""Archives and outputs on what is no disk of this machine: in a file system of fsspec, behind URLs, without folders."""

import gzip
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.fs
import pyarrow.parquet
import pytest

from summarizer.article import Document
from summarizer.cluster import journal, shelf
from summarizer.cluster.files import read_file
from summarizer.cluster.finished import known_of
from summarizer.cluster.journal import Journal, Row, drop_gathered, folder_of
from summarizer.cluster.parts import File, parts_of
from summarizer.cluster.ranges import cut_up
from summarizer.cluster.shelf import below, opened_shelf, resolved, shown_url, why
from summarizer.errors import ReadError, StoreError
from summarizer.read import Fields
from tests.archives import lines, news
from tests.clusters import brief_chunk, chunks, kept, made_tables


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - a pyarrow FileSystem
    """A file system of fsspec in place of a store, at s3://bucket/…?told."""
    fsspec = pytest.importorskip("fsspec.implementations.memory", reason="it comes with Ray")
    remote = fsspec.MemoryFileSystem()
    remote.store, remote.pseudo_dirs = {}, [""]
    files = pyarrow.fs.PyFileSystem(pyarrow.fs.FSSpecHandler(remote))

    def connected(where: str) -> tuple[Any, str]:
        return files, "/" + where.partition("?")[0].rpartition("@")[2].removeprefix("s3://").rstrip("/")

    monkeypatch.setattr(shelf, "_connected", connected)
    return files


def put(files: Any, path: str, content: bytes) -> None:  # noqa: ANN401 - a pyarrow FileSystem
    files.create_dir(path.rpartition("/")[0], recursive=True)
    with files.open_output_stream(path, compression=None) as stream:
        stream.write(content)


def files_at(*urls: str, leave_out: tuple[str, ...] = ()) -> list[File]:
    found = parts_of(urls, leave_out)
    assert found.troubles == ()
    return [file for part in found.parts for file in part.files]


def paths_of(files: list[File]) -> list[str]:
    found: list[str] = []
    for file in files:
        for one in read_file(file, None, None):
            assert isinstance(one, Document), one
            found.append(one.path or "")
    return found


def test_below_a_url_with_a_query_files_are_found_named_and_read(memory: Any) -> None:  # noqa: ANN401
    row = b'{"id": 7, "text": "' + news(1).replace("\n", "").encode() + b'"}\n'
    put(memory, "bucket/news/a b%20c#d.jsonl", row)
    put(memory, "bucket/news/2024/e.jsonl.gz", gzip.compress(row))
    put(memory, "bucket/news/.hidden/f.jsonl", row)
    put(memory, "bucket/news/picture.png", b"")
    found = files_at("s3://key:secret@bucket/news/?scheme=http&endpoint_override=127.0.0.1:9")
    assert paths_of(found) == ["s3://bucket/news/2024/e.jsonl.gz#7", "s3://bucket/news/a b%20c#d.jsonl#7"]
    (one,) = files_at("s3://bucket/news/2024/e.jsonl.gz?scheme=http")
    assert paths_of([one]) == ["s3://bucket/news/2024/e.jsonl.gz#7"]


def test_the_output_is_no_archive_where_it_lies_below_one(memory: Any) -> None:  # noqa: ANN401
    put(memory, "bucket/a.txt", news(1).encode())
    put(memory, "bucket/out/tables/articles/x.parquet", b"")
    put(memory, "bucket/outside.txt", news(2).encode())
    out = "s3://bucket/out?scheme=http"
    found = files_at("s3://bucket?scheme=http", leave_out=(below(out, "briefs"), below(out, "tables")))
    assert [file.path for file in found] == ["s3://bucket/a.txt", "s3://bucket/outside.txt"]


def test_so_it_is_where_one_is_a_path_and_the_other_a_url(tmp_path: Path) -> None:
    (tmp_path / "out" / "tables").mkdir(parents=True)
    (tmp_path / "out" / "tables" / "x.parquet").write_bytes(b"")
    (tmp_path / "a.txt").write_text(news(1), encoding="utf-8")
    left_out = (f"{tmp_path.as_uri()}/out/tables",)
    assert [file.path for file in files_at(str(tmp_path), leave_out=left_out)] == [f"{tmp_path}/a.txt"]


def test_large_files_of_a_store_are_cut_too(memory: Any, tmp_path: Path) -> None:  # noqa: ANN401
    archive = lines(tmp_path / "a.jsonl", [news(serial) for serial in range(40)])
    put(memory, "bucket/a.jsonl", archive.read_bytes())
    table = pyarrow.table({"text": [news(serial) for serial in range(40)]})
    pyarrow.parquet.write_table(table, tmp_path / "b.parquet", row_group_size=5)
    put(memory, "bucket/b.parquet", (tmp_path / "b.parquet").read_bytes())
    ranges = cut_up(files_at("s3://bucket/?x=y"), Fields(), size=3_000)
    assert len(ranges) > 4
    assert sorted(paths_of(ranges)) == sorted(
        [*(f"s3://bucket/a.jsonl#{n}" for n in range(1, 41)), *(f"s3://bucket/b.parquet#{n}" for n in range(1, 41))]
    )


def test_a_run_writes_to_a_store_and_is_gone_on_with(memory: Any, tmp_path: Path) -> None:  # noqa: ANN401
    archive = lines(tmp_path / "a.jsonl", [news(serial) for serial in range(5)])
    store = opened_shelf("s3://bucket/out?scheme=http")
    assert (store.shown, store.base, store.appends) == ("s3://bucket/out", "/bucket/out", False)
    (chunk,) = chunks(archive)
    brief_chunk(store, chunk, limit=2)
    brief_chunk(store, chunk, run=2)
    assert len(kept(store)) == 7
    assert len(known_of(store, "r", None).keys) == 5
    assert len(made_tables(store)["articles"]) == 5


def test_where_there_are_no_folders_none_is_made(memory: Any) -> None:  # noqa: ANN401
    assert not shelf._has_no_folders(memory)
    assert [shelf._has_no_folders(Named(name)) for name in ("s3", "gcs", "abfs", "local")] == [True, True, True, False]


class Named:
    """A file system that makes no folders."""

    def __init__(self, name: str) -> None:
        self.type_name = name


def test_in_a_store_opening_the_output_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_connected", lambda _: (Named("s3"), "bucket/out"))
    assert opened_shelf("s3://bucket/out").base == "bucket/out"


def rows_of_a_run(archive: Path, place: Path) -> list[Row]:
    made = opened_shelf(str(place))
    (chunk,) = chunks(archive)
    brief_chunk(made, chunk)
    return [Row(**row) for row in kept(made)]


@pytest.fixture
def rows(tmp_path: Path) -> list[Row]:
    archive = lines(tmp_path / "a.jsonl", [news(serial) for serial in range(4)])
    return rows_of_a_run(archive, tmp_path / "other")


@pytest.fixture
def every_row_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_FLUSH_SECONDS", -1.0)


@pytest.mark.usefixtures("every_row_a_file")
def test_a_chunk_s_small_files_become_one_at_its_end(memory: Any, rows: list[Row]) -> None:  # noqa: ANN401
    store, folder = opened_shelf("s3://bucket/out"), folder_of("r", 1)
    first = Journal(store, folder, "cc")
    for row in rows[:2]:
        first.append([row])
    assert len(store.names("briefs")) == 2
    second = Journal(store, folder, "cc")  # after the death of the first
    assert second.load() == rows[:2]
    for row in rows[2:]:
        second.append([row])
    assert len(store.names("briefs")) == 4
    second.seal()
    assert store.names("briefs") == [f"{folder}/cc/cc.parquet"]
    assert [Row(**row) for row in kept(store)] == rows
    third = Journal(store, folder, "cc")  # once more, though it was finished
    assert third.load() == rows
    third.seal()
    assert len(kept(store)) == 4


def test_what_waits_to_be_written_waits_for_no_other(
    memory: Any,  # noqa: ANN401
    rows: list[Row],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, folder = opened_shelf("s3://bucket/out"), folder_of("r", 1)
    chunk = Journal(store, folder, "cc")
    chunk.append(rows[:3])
    chunk.keep_up()
    assert store.names("briefs") == []
    monkeypatch.setattr(journal, "_FLUSH_SECONDS", -1.0)
    chunk.keep_up()
    chunk.keep_up()
    assert store.names("briefs") == [f"{folder}/cc/cc.0.parquet"]


@pytest.mark.usefixtures("every_row_a_file")
def test_a_run_that_was_killed_while_it_gathered_leaves_nothing_twice(memory: Any, rows: list[Row]) -> None:  # noqa: ANN401
    store, folder = opened_shelf("s3://bucket/out"), folder_of("r", 1)
    chunk = Journal(store, folder, "cc")
    for row in rows[:3]:
        chunk.append([row])
    store.write_table(f"{folder}/cc/cc.parquet", journal.table_of(rows[:3]))
    store.delete(f"{folder}/cc/cc.0.parquet")
    store.write_table(f"{folder}/cc/cc.7.parquet", journal.table_of(rows[3:]))
    again = Journal(store, folder, "cc")
    assert len(again.load()) == 6
    drop_gathered(store, "r")
    assert store.names("briefs") == [f"{folder}/cc/cc.7.parquet", f"{folder}/cc/cc.parquet"]
    assert len(kept(store)) == 4


def test_urls_are_shown_without_keys_and_what_the_store_is_told() -> None:
    assert shown_url("s3://key:secret@bucket/a?region=x") == "s3://bucket/a"
    assert shown_url("https://host/a?id=5") == "https://host/a?id=5"
    assert shown_url("out?") == "out?"
    assert below("s3://bucket/out/?region=x", "briefs") == "s3://bucket/out/briefs?region=x"
    assert below("out", "briefs") == "out/briefs"
    assert why(OSError("it is\ndenied (Request ID: 77)")) == "it is denied"


def test_keys_are_in_no_message() -> None:
    pytest.importorskip("fsspec", reason="it comes with Ray")
    with pytest.raises(StoreError) as wrong:
        opened_shelf("s9://key:secret@bucket/out?secret_key=secret")
    assert "s9://bucket/out" in str(wrong.value)
    assert "secret" not in str(wrong.value)
    with pytest.raises(ReadError):
        resolved("s9://bucket/out")
    (trouble,) = parts_of(["s9://key:secret@bucket/news"], []).troubles
    assert "secret" not in trouble


def test_a_store_that_refuses_is_told_of_in_one_line(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    def refuse(*_: object, **__: object) -> None:
        raise OSError("AWS Error ACCESS_DENIED\nduring PutObject (Request ID: 5)")

    monkeypatch.setattr(memory.handler.fs, "mkdir", refuse)
    monkeypatch.setattr(memory.handler.fs, "makedirs", refuse)
    with pytest.raises(StoreError) as refused:
        opened_shelf("s3://bucket/out")
    assert "ACCESS_DENIED during PutObject;" in str(refused.value)
