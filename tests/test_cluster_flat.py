"""Of what the tables are made, and in which order files of several runs are taken; without Ray."""

import threading
from collections.abc import Iterator
from typing import Any

import pyarrow
import pytest

from summarizer.cluster import flat
from summarizer.cluster.earlier import earlier_of, keys_array, usual_of
from summarizer.cluster.finished import known_of
from summarizer.cluster.flat import groups_of
from summarizer.cluster.journal import Row, files_of, folder_of, table_of
from summarizer.cluster.repeats import held_in
from summarizer.cluster.shelf import Shelf
from summarizer.errors import StoreError
from tests.clusters import RECIPE

_NOTHING: dict[str, Any] = dict.fromkeys(Row._fields)


def row(serial: int, run: int, **told: Any) -> Row:  # noqa: ANN401 - fields of Row
    key = f"{serial:032x}"
    usual = {"key": key, "document_key": key, "position": 1, "articles": 1, "kind": "brief", "status": "verified"}
    usual |= {"chars": 600, "prompt": 0, "completion": 0, "checking": 1, "passing": False}
    return Row(**{**_NOTHING, **usual, "run_id": run, "made_at": f"2026-01-{run:02d}", **told})


def put(shelf: Shelf, run: int, *rows: Row) -> None:
    shelf.write_table(f"{folder_of(RECIPE, run)}/aa/aa{run}.parquet", table_of(rows))


def test_the_tenth_run_comes_after_the_second(shelf: Shelf) -> None:
    for run in (10, 2, 1):
        put(shelf, run, row(run, run))
    shelf.write(f"{folder_of(RECIPE, 3)}/aa/b.jsonl", b"")
    assert [name.split("/")[2] for name in files_of(shelf, RECIPE)] == ["run=1", "run=2", "run=10"]


def test_a_tenth_run_leaves_the_tables_of_the_others_as_they_are(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flat, "_FILES", 2)
    for run in range(1, 10):
        put(shelf, run, row(run, run))
    before = groups_of(shelf, RECIPE)
    put(shelf, 10, row(10, 10))
    after = groups_of(shelf, RECIPE)
    assert [group.name for group in after[:4]] == [group.name for group in before[:4]]
    assert len(after) == len(before) == 5


def test_of_two_runs_the_later_one_says_what_an_article_repeats(shelf: Shelf) -> None:
    for run in (2, 10):
        put(shelf, run, row(1, run, same_as=run))
    key = row(1, 1).document_key
    assert earlier_of(shelf, RECIPE).same_as(keys_array([key])) == {bytes.fromhex(key): 10}


def test_what_articles_usually_cost_is_that_of_the_last_run(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.cluster.earlier._LATEST", 1)
    for run in (9, 10):
        put(shelf, run, row(run, run, prompt=run))
    usual = usual_of(shelf, RECIPE)
    assert usual is not None
    assert usual.prompt == 10


def test_a_damaged_file_is_named_and_so_is_what_to_do(shelf: Shelf) -> None:
    name = f"{folder_of(RECIPE, 1)}/aa/aa1.parquet"
    shelf.write(name, b"PAR1 and nothing more")
    with pytest.raises(StoreError) as told:
        known_of(shelf, RECIPE, None)
    assert f"cannot read '{shelf.shown}/{name}'" in str(told.value)
    assert "take it away" in str(told.value)
    assert "\n" not in str(told.value)


def test_so_is_a_file_of_another(shelf: Shelf) -> None:
    shelf.write_table(f"{folder_of(RECIPE)}/mine.parquet", pyarrow.table({"key": ["x"]}))
    with pytest.raises(StoreError, match=r"mine\.parquet.*articles.*no file of a run"):
        known_of(shelf, RECIPE, None)


class _Together(Shelf):
    """A shelf on which nobody gets a file before a second one is asked for."""

    def read_table(self, name: str, columns: list[str] | None = None) -> Any:  # noqa: ANN401 - pyarrow has no types
        _BOTH.wait(timeout=20)
        return super().read_table(name, columns)


_BOTH = threading.Barrier(2)


@pytest.fixture
def together(shelf: Shelf) -> Iterator[Shelf]:
    yield _Together(*shelf)
    _BOTH.reset()


def test_files_are_read_at_once_for_the_tables_and_for_repeats(shelf: Shelf, together: Shelf) -> None:
    for run in (1, 2):
        put(shelf, run, row(1, run))
    (group,) = groups_of(together, RECIPE)
    assert [len(out) for out in group.left_out] == [1, 0]
    names = files_of(shelf, RECIPE)
    key = row(1, 1).document_key
    assert held_in(together, names, keys_array([key]))[key].name == names[1]
