"""How a run on a cluster ends where something is taken from it: the desk, or the output; without Ray."""

import queue
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from summarizer.archive.crew import ThreadCrew
from summarizer.archive.line import Seen
from summarizer.archive.progress import Progress
from summarizer.cluster import connection
from summarizer.cluster.desk import Begun
from summarizer.cluster.engine import ClusterRun
from summarizer.cluster.finished import known_of
from summarizer.cluster.journal import Journal, folder_of
from summarizer.cluster.leave import Leave, Report
from summarizer.cluster.order import Order, keep_order
from summarizer.cluster.outcomes import Pricing
from summarizer.cluster.prepared import Prepared
from summarizer.cluster.sheet import ChunkSheet
from summarizer.cluster.shelf import Shelf, opened_shelf
from summarizer.cluster.steering import Desk as SteeringDesk
from summarizer.cluster.steering import Steering
from tests.archives import lines, news
from tests.clusters import RECIPE, brief_chunk, chunks


def test_whoever_waits_for_a_chunk_learns_that_the_desk_is_dead(tmp_path: Path) -> None:
    def dead(_: Report, answer: Callable[[Leave | BaseException], object]) -> None:
        answer(ConnectionError("the desk is gone"))

    shelf = opened_shelf(str(tmp_path / "out"))
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 and nothing more")  # finished at once: the report tells of its end
    (chunk,) = chunks(tmp_path / "a.pdf")
    inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
    steering = Steering("one", inbox, SteeringDesk(dead, lambda _: None, lambda *_: None))
    crew = ThreadCrew(inbox.put)
    steering.start(crew, "auto", Pricing(None, 1))
    sheet = ChunkSheet(chunk, Journal(shelf, folder_of(RECIPE, 1), chunk.key), Begun(0, None))
    failed: list[BaseException] = []

    def brief() -> None:
        with pytest.raises(ConnectionError) as caught:
            steering.brief(sheet)
        failed.append(caught.value)

    waiting = threading.Thread(target=brief, daemon=True)
    waiting.start()
    waiting.join(20)
    crew.close()
    assert len(failed) == 1


class _Prepared(SimpleNamespace):
    """A run with nothing to read, whose tasks are done at once; `later` is what happens while they are."""

    def __init__(self, shelf: Shelf, later: Callable[[], object], order: Order | None = None) -> None:
        def remote(do: Callable[..., object]) -> object:
            return SimpleNamespace(remote=lambda *values: (do(*values), later()))

        ray = SimpleNamespace(remote=remote, cluster_resources=dict, exceptions=SimpleNamespace(RayError=OSError))
        found = SimpleNamespace(parts=(), troubles=(), skipped=0)
        desk = SimpleNamespace(stop=SimpleNamespace(remote=lambda _: None))
        super().__init__(
            shelf=shelf,
            recipe=RECIPE,
            known=known_of(shelf, RECIPE, order),
            found=found,
            ray=ray,
            desk=desk,
            get=lambda _: None,
            done=iter,
        )

    def call(self, method: str) -> object:
        return {"outcome": ("finished", None), "progress": Progress(Seen(0, 0, 0, 0, complete=True))}[method]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """An output with a brief, and a file of tables of the run before."""
    monkeypatch.setattr(connection, "package", lambda _: SimpleNamespace(RayError=ZeroDivisionError))
    shelf = opened_shelf(str(tmp_path / "out"))
    (chunk,) = chunks(lines(tmp_path / "a.jsonl", [news(1)]))
    brief_chunk(shelf, chunk)
    shelf.write("tables/articles/old.parquet", b"")
    return shelf


def run_to_its_end(
    shelf: Shelf, lost: threading.Event, later: Callable[[], object], order: Order | None = None
) -> tuple[ClusterRun, list[str]]:
    said: list[str] = []
    run = ClusterRun(cast("Prepared", _Prepared(shelf, later, order)), lost, said.append)
    assert list(run.articles()) == []
    return run, said


def test_a_run_makes_tables_and_takes_the_old_ones_away(shelf: Shelf) -> None:
    run, said = run_to_its_end(shelf, threading.Event(), lambda: None)
    assert (run.outcome, said) == ("finished", [])
    (made,) = shelf.names("tables/articles")
    assert "old" not in made


def test_one_that_lost_its_output_leaves_the_tables_alone(shelf: Shelf) -> None:
    lost = threading.Event()
    lost.set()
    run, said = run_to_its_end(shelf, lost, lambda: None)
    assert run.outcome == "the output was taken by another run"
    assert shelf.names("tables") == ["tables/articles/old.parquet"]
    assert "the tables are left" in said[0]


def test_one_that_loses_it_while_it_makes_tables_takes_none_away(shelf: Shelf) -> None:
    lost = threading.Event()
    run, said = run_to_its_end(shelf, lost, lost.set)
    assert run.outcome == "the output was taken by another run"
    assert "tables/articles/old.parquet" in shelf.names("tables")
    assert len(said) == 1


def test_what_was_to_be_done_again_is_over_when_a_run_has_finished_it(shelf: Shelf) -> None:
    order, lost = Order("all", 2), threading.Event()
    keep_order(shelf, RECIPE, ["a"], order)
    lost.set()
    run_to_its_end(shelf, lost, lambda: None, order)
    assert shelf.names("again") == [f"again/recipe={RECIPE}/order.json"]
    run_to_its_end(shelf, threading.Event(), lambda: None, order)
    assert shelf.names("again") == []
