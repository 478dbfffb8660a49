"""Chunks read and briefed as a cluster does it, in one process and without Ray."""

import queue
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from summarizer.archive.crew import ThreadCrew
from summarizer.archive.governor import Limits
from summarizer.archive.work import Worker
from summarizer.article import Document
from summarizer.cluster.desk import Begun, Desk, DeskTold
from summarizer.cluster.flat import drop_old, groups_of, is_made, make_tables
from summarizer.cluster.journal import Journal, folder_of
from summarizer.cluster.leave import Leave, Report
from summarizer.cluster.outcomes import Pricing
from summarizer.cluster.parts import parts_of
from summarizer.cluster.reading import Chunk, Item, ReadingTold, Unreadable, Watcher, read_part
from summarizer.cluster.sheet import ChunkSheet
from summarizer.cluster.shelf import Shelf
from summarizer.cluster.steering import Desk as SteeringDesk
from summarizer.cluster.steering import Steering
from summarizer.extract.rules import RulesExtractor
from summarizer.settings import Settings, Split

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


def steered(
    sheet: ChunkSheet, counter: Desk, worker: Callable[[ThreadCrew], Worker], split: Split, pricing: Pricing
) -> ChunkSheet:
    """Have a chunk briefed by one crew, with what a desk in the same process grants; `worker` makes its worker."""

    def exchange(report: Report, answer: Callable[[Leave | BaseException], object]) -> None:
        answer(counter.exchange(report))

    inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
    crew = ThreadCrew(inbox.put)
    crew.worker = worker(crew)
    steering = Steering("one", inbox, SteeringDesk(exchange, counter.split, counter.announce))
    steering.start(crew, split, pricing)
    steering.brief(sheet)
    crew.close()
    return sheet


def brief_chunk(
    shelf: Shelf, chunk: Chunk, *, run: int = 1, begun: Begun | None = None, limit: int | None = None
) -> ChunkSheet:
    """Have a chunk briefed by the rules."""
    counter = Desk(DeskTold(Limits(4), None, Decimal(0), (), limit, asks=False, parts=1))
    settings = Settings(extractor="rules")
    sheet = ChunkSheet(chunk, Journal(shelf, folder_of(RECIPE, run), chunk.key), begun or Begun(0, None))
    pricing = Pricing(None, run)
    return steered(
        sheet, counter, lambda crew: Worker(RulesExtractor(), None, settings, crew.gate), settings.split, pricing
    )


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
