"""Briefing and keeping as a cluster does it, in one process and without Ray."""

import json
from pathlib import Path

import pytest

from summarizer.cluster.again import Past
from summarizer.cluster.desk import Begun
from summarizer.cluster.finished import is_among, keys_of, known_of, sorted_keys
from summarizer.cluster.journal import Row, read_lines, seal_left
from summarizer.cluster.order import Order
from summarizer.cluster.parts import parts_of
from summarizer.cluster.reading import ReadingTold, read_part
from summarizer.cluster.shelf import Shelf, opened_shelf
from summarizer.errors import StoreError
from summarizer.read import document_from_text
from tests.archives import news
from tests.clusters import RECIPE, brief_chunk, chunks, kept, made_tables, watcher


def test_a_chunk_is_briefed_and_kept(shelf: Shelf, archive: Path) -> None:
    (chunk,) = chunks(archive)
    brief_chunk(shelf, chunk)
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
