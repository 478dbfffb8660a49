"""How a run on a cluster ends where something is taken from it: the desk, or the output; without Ray."""

import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.archive.crew import ThreadCrew
from summarizer.cluster.desk import Begun
from summarizer.cluster.journal import Journal, folder_of
from summarizer.cluster.leave import Leave, Report
from summarizer.cluster.outcomes import Pricing
from summarizer.cluster.sheet import ChunkSheet
from summarizer.cluster.shelf import opened_shelf
from summarizer.cluster.steering import Desk as SteeringDesk
from summarizer.cluster.steering import Steering
from tests.test_cluster_work import RECIPE, chunks


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
