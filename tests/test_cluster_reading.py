"""Reading where files kill, break off, stand twice, or nobody wants more; in one process and without Ray."""

import errno
import gzip
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pyarrow.fs
import pytest

from summarizer.archive.governor import Limits
from summarizer.article import Document
from summarizer.cluster.desk import Desk, DeskTold
from summarizer.cluster.files import Results
from summarizer.cluster.parts import File, Part, Range, parts_of
from summarizer.cluster.prepared import RETRIES
from summarizer.cluster.reading import FileWatch, Reader, ReadingTold, Unreadable, Watcher, read_part, results_of
from summarizer.cluster.survey import ARTICLE, UNREADABLE, SurveyTold, survey_of, survey_part
from summarizer.read import document_from_text
from summarizer.read.fields import Columns
from summarizer.read.records import Opening
from tests.archives import news
from tests.surveys import READING
from tests.test_cluster_work import whole

Done = TypeVar("Done")


class Killed(BaseException):
    """What a process dies of."""


def texts(folder: Path, *serials: int) -> Part:
    """Write an article to a file each; return the part that they are."""
    folder.mkdir(exist_ok=True)
    for serial in serials:
        (folder / f"{serial}.txt").write_text(news(serial), encoding="utf-8")
    (part,) = parts_of([str(folder)], []).parts
    return part


def watcher_of(desk: Desk) -> Watcher:
    return Watcher(desk.begin, desk.announce, desk.found, desk.ended)


def new_desk() -> Desk:
    return Desk(DeskTold(Limits(4), None, Decimal(0), (), None, asks=False, parts=1))


def kills(file: File, *_: object) -> Results:
    """Read a file; those with an odd number kill."""
    serial = int(Path(file.location).stem)
    if serial % 2:
        raise Killed
    yield document_from_text(news(serial), path=file.path)


def tried(do: Callable[[], Done]) -> tuple[Done, int]:
    """Do something as often as it takes; return what came of it, and how many died over it."""
    for deaths in range(RETRIES + 1):
        try:
            return do(), deaths
        except Killed:
            continue
    raise AssertionError("nobody lived")


def test_three_files_of_a_part_that_kill_their_reader_are_three_rows(tmp_path: Path) -> None:
    part = texts(tmp_path / "a", *range(1, 7))
    watcher, told = watcher_of(new_desk()), ReadingTold(None, None, kills)
    surveyed, deaths = tried(lambda: survey_part(part, SurveyTold(told, "auto"), whole, watcher))
    assert deaths == 4
    survey = survey_of([part], [surveyed])
    assert survey.rows["kind"].to_pylist() == [UNREADABLE, ARTICLE] * 3
    assert len(survey.poison[0]) == 3
    chunks, deaths = tried(lambda: list(read_part(part, told, whole, watcher)))
    assert deaths == 4
    found = [item.found for chunk in chunks for item in chunk.items]
    assert [type(one) for one in found] == [Unreadable, Document] * 3


def ends_of(part: Part) -> tuple[list[Document | Unreadable], list[str]]:
    """Return what a part holds, and which of its files were read to their end."""
    ended: list[str] = []
    found = [one for _, one in results_of(part, READING, (), FileWatch(lambda _: None, ended.append))]
    return found, ended


@pytest.mark.parametrize("url", [False, True])
@pytest.mark.parametrize("name", ["a.txt", "a.parquet"])
def test_a_file_that_does_not_open_was_not_read_to_its_end(tmp_path: Path, name: str, url: bool) -> None:
    path = tmp_path / name
    root = path.as_uri() if url else None
    file = File(root or str(path), str(path), 9, root=root)
    (trouble,), ended = ends_of(Part(0, (file,)))
    assert isinstance(trouble, Unreadable)
    assert f"cannot read {file.path!r}" in trouble.reason
    assert ended == []


def test_a_range_that_does_not_open_was_not_read_to_its_end(tmp_path: Path) -> None:
    opening = Opening("utf-8", Columns(text="text", title=None, date=None, id=None))
    file = File("a.jsonl", str(tmp_path / "a.jsonl"), 9, Range(1, 2, 0, 9, 0, opening))
    (trouble,), ended = ends_of(Part(0, (file,)))
    assert "cannot read part 1 of 2 of 'a.jsonl'" in str(trouble)
    assert ended == []


@pytest.mark.parametrize("url", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_that_breaks_off_was_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: bool, packed: bool
) -> None:
    rows = "".join(json.dumps({"text": news(serial)}) + "\n" for serial in range(2000)).encode()
    path = tmp_path / ("a.jsonl.gz" if packed else "a.jsonl")
    path.write_bytes(gzip.compress(rows, 0) if packed else rows)
    part = parts_of([path.as_uri() if url else str(path)], []).parts[0]
    _break_off(monkeypatch)
    found, ended = ends_of(part)
    assert isinstance(found[-1], Unreadable)
    assert "the store is silent" in found[-1].reason
    assert sum(isinstance(one, Unreadable) for one in found) == 1
    assert ended == []


class Breaking(io.FileIO):
    """A file that breaks off after some bytes."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(path)
        self._error, self._taken = error, 0

    def read(self, size: int | None = -1, /) -> bytes:
        if self._taken >= 100_000:
            raise self._error
        content = super().read(min(size or 4096, 4096))
        self._taken += len(content)
        return content

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - a writable buffer
        content = self.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)


def _break_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have files break off, by an error as it comes from a disk, and by one as it comes from a store."""

    class Store:
        def open_input_stream(self, path: str, **_: object) -> Breaking:
            return Breaking(Path(path), OSError("the store is silent"))

    monkeypatch.setattr(Path, "open", lambda path, _: Breaking(path, OSError(errno.EIO, "the store is silent")))
    monkeypatch.setattr("summarizer.cluster.files.place_of", lambda file: (Store(), file.location))


@pytest.mark.parametrize("name", ["a.pdf", "a.gz", "a.bz2", "a.zip", "a.parquet", "a.txt"])
@pytest.mark.parametrize("url", [False, True])
def test_a_file_whose_content_is_wrong_was_read_to_its_end(tmp_path: Path, name: str, url: bool) -> None:
    start = {"a.pdf": b"%PDF-1.7\n", "a.gz": b"\x1f\x8b\x08", "a.bz2": b"BZh9", "a.zip": b"PK\x03\x04", "a.txt": b""}
    path = tmp_path / name
    path.write_bytes(start.get(name, b"PAR1") + b"no such thing" * (name != "a.txt"))
    named = path.as_uri() if url else str(path)
    file = File(named, str(path), path.stat().st_size, root=named if url else None)
    (trouble,), ended = ends_of(Part(0, (file,)))
    assert isinstance(trouble, Unreadable)
    assert ended == [repr(named)]


def test_of_overlapping_urls_the_first_reads_a_file(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    for name in ("a.txt", "2024/b.txt", "2024/.hidden.txt", "2024/c.png"):
        (tmp_path / name).write_text(news(1), encoding="utf-8")
    whole, year = tmp_path.as_uri(), (tmp_path / "2024").as_uri()
    for sources in ([whole, year, whole], [whole, f"{year}/b.txt"], [f"{whole}/", f"{whole}/a.txt"]):
        found = parts_of(sources, [])
        files = [file.path for part in found.parts for file in part.files]
        assert sorted(files) == [f"{year}/b.txt", f"{whole}/a.txt"]
        assert found.skipped == 2
    hidden = f"{year}/.hidden.txt"
    assert hidden in [file.path for part in parts_of([year, hidden], []).parts for file in part.files]
    both = parts_of([f"{whole}/a.txt", str(tmp_path / "a.txt")], [])  # whose documents have different names
    assert [len(part.files) for part in both.parts] == [2]


def test_two_stores_may_have_one_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(news(1), encoding="utf-8")
    place = str(path)
    stores = {"s3://b/a.txt?endpoint_override=one": "one", "s3://b/a.txt?endpoint_override=two": "two"}
    local = pyarrow.fs.LocalFileSystem
    systems = {name: local(use_mmap=name == "one") for name in stores.values()}  # which are not equal
    monkeypatch.setattr("summarizer.cluster.parts.resolved", lambda url: (systems[stores[url]], place))
    (part,) = parts_of([*stores, *stores], []).parts
    assert [file.root for file in part.files] == list(stores)


def counted(desk: Desk, at: int) -> tuple[Reader, list[str]]:
    """Return a reader that stops the run at its `at`th file, and the files that it has opened."""
    opened: list[str] = []

    def read(file: File, *_: object) -> Results:
        opened.append(file.path)
        if len(opened) == at:
            desk.stop("stopped")
        yield document_from_text(news(len(opened)), path=file.path)

    return read, opened


def test_a_part_is_not_opened_once_the_run_is_stopped(tmp_path: Path) -> None:
    part = texts(tmp_path / "a", 1, 2, 3)
    desk = new_desk()
    read, opened = counted(desk, 0)
    desk.stop("stopped")
    told = ReadingTold(None, None, read)
    surveyed = survey_part(part, SurveyTold(told, "auto"), whole, watcher_of(desk))
    assert not surveyed.whole
    assert not survey_of([part], [surveyed]).whole
    assert list(read_part(part, told, whole, watcher_of(desk))) == []
    assert opened == []
    assert not desk.progress().seen.complete


def test_what_was_read_while_the_run_was_stopped_is_not_begun(tmp_path: Path) -> None:
    part = texts(tmp_path / "a", 1, 2, 3)
    for surveys in (True, False):
        desk = new_desk()
        read, opened = counted(desk, 2)
        told = ReadingTold(None, None, read)
        if surveys:
            assert not survey_part(part, SurveyTold(told, "auto"), whole, watcher_of(desk)).whole
        else:
            assert list(read_part(part, told, whole, watcher_of(desk))) == []
        assert len(opened) == 3


def test_a_document_that_stands_in_a_part_twice_is_one_item(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    row = json.dumps({"id": 1, "text": news(1)})
    path.write_text(f"{row}\n{row}\n", encoding="utf-8")
    (part,) = parts_of([str(path)], []).parts
    (chunk,) = read_part(part, READING, whole, watcher_of(new_desk()))
    assert len(chunk.items) == 1
