"""The actor that briefs chunks: one connected extractor, one crew of threads, any number of chunks at once."""

import os
import pickle
import queue
from contextlib import ExitStack
from typing import Any, NamedTuple, cast

from summarizer.archive.crew import ThreadCrew
from summarizer.archive.turn import Turn
from summarizer.archive.worker import live_worker
from summarizer.cluster.desk import Begun
from summarizer.cluster.journal import Journal
from summarizer.cluster.leave import Leave, Report
from summarizer.cluster.outcomes import Pricing
from summarizer.cluster.packages import package
from summarizer.cluster.reading import Chunk
from summarizer.cluster.sheet import ChunkSheet
from summarizer.cluster.shelf import Shelf
from summarizer.cluster.steering import Desk, Steering
from summarizer.settings import Settings


class BrieferTold(NamedTuple):
    """What briefers are made of."""

    settings: Settings
    pricing: Pricing
    shelf: Shelf
    folder: str
    """Of the journals of this run."""
    desk: Any
    """Handle of the desk's actor."""


class Briefer:
    """Made by Ray Data, once for each worker of the pool; called with a batch of chunks from several threads."""

    def __init__(self, told: BrieferTold) -> None:
        self._told = told
        self._ray = package("ray")
        inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        crew = ThreadCrew(inbox.put, Turn())
        self._stack = ExitStack()
        crew.worker = self._stack.enter_context(live_worker(told.settings, crew.gate))
        name = f"{self._ray.get_runtime_context().get_actor_id()}/{os.urandom(8).hex()}"  # another after a restart
        desk = Desk(self._exchange, told.desk.split.remote, self._announce)
        self._steering = Steering(name, inbox, desk)
        self._steering.start(crew, told.settings.split, told.pricing)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[int]]:
        """Brief the chunks of a batch; return how many documents each has."""
        documents = []
        for pickled in batch["chunk"]:
            chunk = cast("Chunk", pickle.loads(pickled))
            begun = cast("Begun", self._ray.get(self._told.desk.begin.remote(f"chunk {chunk.key}")))
            sheet = ChunkSheet(chunk, Journal(self._told.shelf, self._told.folder, chunk.key), begun)
            self._steering.brief(sheet)
            documents.append(len(chunk.items))
        return {"documents": documents}

    def _exchange(self, report: Report, answer: Any) -> None:  # noqa: ANN401 - a callback
        future = self._told.desk.exchange.remote(report).future()
        future.add_done_callback(lambda done: answer(done.exception() or cast("Leave", done.result())))

    def _announce(self, what: str, step: str | None) -> None:
        self._ray.get(self._told.desk.announce.remote(what, step))
