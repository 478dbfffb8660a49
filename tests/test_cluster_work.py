"""Reading, briefing and keeping as a cluster does it, in one process and without Ray."""

import json
import queue
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from summarizer.archive.crew import ThreadCrew
from summarizer.archive.governor import Limits
from summarizer.archive.work import Worker
from summarizer.article import Document
from summarizer.cluster.again import Past
from summarizer.cluster.desk import Begun, Desk, DeskTold
from summarizer.cluster.files import Results
from summarizer.cluster.finished import is_among, keys_of, known_of, sorted_keys
from summarizer.cluster.flat import drop_old, groups_of, is_made, make_tables
from summarizer.cluster.journal import Journal, Row, folder_of, read_lines, seal_left
from summarizer.cluster.leave import Leave, Report
from summarizer.cluster.order import Order
from summarizer.cluster.outcomes import Pricing
from summarizer.cluster.parts import File, parts_of
from summarizer.cluster.reading import Chunk, Item, ReadingTold, Unreadable, Watcher, read_part
from summarizer.cluster.sheet import ChunkSheet
from summarizer.cluster.shelf import Shelf, opened_shelf
from summarizer.cluster.steering import Desk as SteeringDesk
from summarizer.cluster.steering import Steering
from summarizer.errors import SettingsError, StoreError
from summarizer.extract.rules import RulesExtractor
from summarizer.read import Fields, document_from_text
from summarizer.settings import Settings
from tests.archives import lines, news

RECIPE = "r"


def whole(item: Item) -> Item:
    return item


def watcher(begun: Begun | None = None, said: list[str] | None = None) -> Watcher:
    said = [] if said is None else said
    return Watcher(
        begin=lambda _: begun or Begun(0, None),
        announce=lambda _, step: said.append(step or "over"),
        found=lambda *_: True,
        ended=lambda _: None,
    )


def chunks(source: Path | str, **told: Any) -> list[Chunk]:  # noqa: ANN401 - fields of ReadingTold
    found = parts_of([str(source)], [])
    assert not found.troubles
    reading = ReadingTold(told.get("published"), told.get("fields"), told.get("read"))
    return [chunk for part in found.parts for chunk in read_part(part, reading, whole, watcher(told.get("begun")))]


def items(source: Path | str, **told: Any) -> list[Document | Unreadable]:  # noqa: ANN401 - fields of ReadingTold
    return [item.found for chunk in chunks(source, **told) for item in chunk.items]


def brief_chunk(
    shelf: Shelf, chunk: Chunk, *, run: int = 1, begun: Begun | None = None, limit: int | None = None
) -> ChunkSheet:
    """Have a chunk briefed by the rules."""
    counter = Desk(DeskTold(Limits(4), None, Decimal(0), (), limit, asks=False, parts=1))

    def exchange(report: Report, answer: Callable[[Leave | BaseException], object]) -> None:
        answer(counter.exchange(report))

    inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
    crew = ThreadCrew(inbox.put)
    settings = Settings(extractor="rules")
    crew.worker = Worker(RulesExtractor(), None, settings, crew.gate)
    steering = Steering("one", inbox, SteeringDesk(exchange, counter.split, counter.announce))
    steering.start(crew, settings.split, Pricing(None, run))
    sheet = ChunkSheet(chunk, Journal(shelf, folder_of(RECIPE, run), chunk.key), begun or Begun(0, None))
    steering.brief(sheet)
    crew.close()
    return sheet


def kept(shelf: Shelf) -> list[dict[str, Any]]:
    """Return the rows of `briefs/`."""
    names = shelf.names("briefs")
    return [row for name in names for row in shelf.read_table(name).to_pylist()]


def made_tables(shelf: Shelf) -> dict[str, list[dict[str, Any]]]:
    groups = groups_of(shelf, RECIPE)
    for group in groups:
        if not is_made(set(shelf.names("tables")), group):
            make_tables(shelf, group)
    drop_old(shelf, groups)
    found: dict[str, list[dict[str, Any]]] = {}
    for name in shelf.names("tables"):
        found.setdefault(name.split("/")[1], []).extend(shelf.read_table(name).to_pylist())
    return found


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return opened_shelf(str(tmp_path / "out"))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return lines(tmp_path / "a.jsonl", [news(serial) for serial in range(1, 6)])


def test_a_chunk_is_briefed_and_kept(shelf: Shelf, archive: Path) -> None:
    (chunk,) = chunks(archive)
    assert brief_chunk(shelf, chunk).left == 0
    rows = kept(shelf)
    assert [row["kind"] for row in rows] == ["brief"] * 5
    assert {row["document"] for row in rows} == {f"{archive}#{number}" for number in range(1, 6)}
    assert json.loads(rows[0]["brief"])["schema"] == "brief.v1"


def test_what_is_finished_is_not_read_again(shelf: Shelf, archive: Path) -> None:
    (chunk,) = chunks(archive)
    brief_chunk(shelf, chunk)
    known = known_of(shelf, RECIPE, None)
    assert len(known.keys) == 5
    assert known.last_run == 1
    (part,) = parts_of([str(archive)], []).parts
    assert list(read_part(part, ReadingTold(None, None), Past(shelf, known).left_of, watcher())) == []
    assert len(known_of(shelf, RECIPE, Order("all")).keys) == 0


def test_a_chunk_that_is_tried_again_goes_on_where_it_was(shelf: Shelf, archive: Path) -> None:
    (chunk,) = chunks(archive)
    brief_chunk(shelf, chunk, limit=2)
    assert len(kept(shelf)) == 2
    brief_chunk(shelf, chunk, begun=Begun(1, None))
    rows = kept(shelf)
    assert len(rows) == 5
    assert len({row["key"] for row in rows}) == 5


def test_a_torn_journal_is_gone_on_with_and_sealed(shelf: Shelf, archive: Path) -> None:
    (chunk,) = chunks(archive)
    brief_chunk(shelf, chunk, limit=2)
    (name,) = shelf.names("briefs")
    rows = [Row(**row) for row in kept(shelf)]
    torn = b"".join(json.dumps(row).encode() + b"\n" for row in rows) + b'["torn'
    shelf.delete(name)
    journal = name.removesuffix(".0.parquet") + ".jsonl"
    shelf.write(journal, torn)
    assert read_lines(torn) == rows
    brief_chunk(shelf, chunk, begun=Begun(1, None))
    assert len(kept(shelf)) == 5
    shelf.write(journal, torn)
    seal_left(shelf, RECIPE)
    assert len(kept(shelf)) == 5
    shelf.delete(name)
    shelf.write(journal, torn)
    seal_left(shelf, RECIPE)
    assert len(kept(shelf)) == 2


def test_an_article_that_kills_is_a_row_and_the_others_are_briefed(shelf: Shelf, archive: Path) -> None:
    (chunk,) = chunks(archive)
    brief_chunk(shelf, chunk, begun=Begun(3, chunk.items[2].key))
    rows = {row["document"].rpartition("#")[2]: row for row in kept(shelf)}
    assert [rows[str(number)]["kind"] for number in range(1, 6)] == ["brief", "brief", "failure", "brief", "brief"]


def test_a_brief_supersedes_a_failure_in_the_tables(shelf: Shelf, archive: Path) -> None:
    (chunk,) = chunks(archive)
    brief_chunk(shelf, chunk, begun=Begun(3, chunk.items[2].key))
    before = made_tables(shelf)
    assert len(before["articles"]) == 5
    assert [row["kind"] for row in before["failures"]] == ["internal"]
    assert len(known_of(shelf, RECIPE, Order("failed")).keys) == 4
    brief_chunk(shelf, chunk, run=2)
    after = made_tables(shelf)
    assert {row["state"] for row in after["articles"]} == {"done"}
    assert after["failures"] == []
    assert len(after["articles"]) == 5
    assert {row["article_id"] for row in after["numbers"]} == {row["id"] for row in after["articles"]}


def test_a_page_is_split_and_its_articles_are_rows(shelf: Shelf) -> None:
    (chunk,) = chunks("fixtures/pages/p4_chiqiao.txt")
    brief_chunk(shelf, chunk)
    split, *rows = kept(shelf)
    assert (split["kind"], split["position"], split["articles"]) == ("split", 0, len(rows))
    assert len(rows) > 3
    assert sorted(row["position"] for row in rows) == list(range(1, len(rows) + 1))
    assert {row["articles"] for row in rows} == {len(rows)}
    assert len(made_tables(shelf)["articles"]) == len(rows)
    assert len(known_of(shelf, RECIPE, None).keys) == 1


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


def test_keys_follow_from_path_content_and_date() -> None:
    one = document_from_text(news(1), path="a")
    assert keys_of(one) == keys_of(one.model_copy())
    assert keys_of(one)[1] == keys_of(one.model_copy(update={"published": "2024-01-01"}))[1]
    assert keys_of(one)[0] != keys_of(one.model_copy(update={"published": "2024-01-01"}))[0]
    keys = [keys_of(document_from_text(news(number), path="a"))[0] for number in range(50)]
    among = sorted_keys(keys[:-1])
    assert all(is_among(among, key) for key in keys[:-1])
    assert not is_among(among, keys[-1])


def test_an_output_that_cannot_be_made_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot write to"):
        opened_shelf(str(tmp_path / "file" / "out"))


def test_where_nothing_can_be_appended_parts_are_small_files(archive: Path, tmp_path: Path) -> None:
    shelf = opened_shelf(str(tmp_path / "out"))
    (chunk,) = chunks(archive)
    store = _Store(*shelf)
    brief_chunk(store, chunk)
    assert len(kept(shelf)) == 5
    assert not any(name.endswith(".jsonl") for name in shelf.names("briefs"))


class _Store(Shelf):
    """A folder as an object store has it."""

    @property
    def appends(self) -> bool:
        return False


def test_a_journal_that_cannot_be_written_ends_the_run(shelf: Shelf, archive: Path) -> None:
    (chunk,) = chunks(archive)
    Path(shelf.base, "briefs").write_text("in the way", encoding="utf-8")
    with pytest.raises(OSError, match="briefs"):
        brief_chunk(shelf, chunk)
