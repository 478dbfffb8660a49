"""What a run is told, and the hall that is opened for it: store, reader, workers, governor, purse, put together.

Apart from `archive`, because runs over a batch API work in such a hall too.
"""

import json
import os
import queue
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Final

from pydantic import Field

from summarizer.archive.alive import RunLock, dead_runs
from summarizer.archive.answering import Answering, answering_worker
from summarizer.archive.books import Books
from summarizer.archive.crew import Crew, Message, ThreadCrew
from summarizer.archive.governor import FIRST, Governor, Limits
from summarizer.archive.hall import Hall
from summarizer.archive.line import Line
from summarizer.archive.processes import Plan, ProcessCrew
from summarizer.archive.purse import Purse
from summarizer.archive.reading import News, Reader, Reading
from summarizer.archive.recipe import recipe_of
from summarizer.archive.walk import Input, walk
from summarizer.archive.work import Worker
from summarizer.errors import SettingsError
from summarizer.extract.extraction import Extractor
from summarizer.pipeline import connected, connected_splitter
from summarizer.prices import Prices, prices_for
from summarizer.read import Fields
from summarizer.settings import Settings
from summarizer.store import Store, ledger, open_store, work
from summarizer.store.intake import find_input
from summarizer.store.searchable import index_listed
from summarizer.store.work import Again
from summarizer.value import Value
from summarizer.version import VERSION

_PROCESSORS: Final = os.cpu_count() or 1
_MOST_PROCESSES: Final = 8
"""Worker processes at most, unless more are asked for; beyond it the one writer of the store is the limit."""


class Orders(Value):
    """What a run is told beside the settings of single articles."""

    published: str | None = None
    """ISO date of publication for all, where the caller knows it."""
    fields: Fields | None = None
    """Names of the columns of tables."""
    concurrency: int | None = Field(default=None, ge=1)
    """Requests in flight; None: found out."""
    rpm: float | None = Field(default=None, gt=0)
    """Requests a minute that the service allows."""
    tpm: float | None = Field(default=None, gt=0)
    """Tokens a minute that the service allows."""
    budget: Decimal | None = Field(default=None, gt=0)
    """Money that the store may cost in all its runs, in the currency of the model's price."""
    limit: int | None = Field(default=None, ge=1)
    """Articles to be drafted in this run."""
    again: Again | None = None
    """What of that which is done is to be done again."""
    processes: int | None = Field(default=None, ge=1)
    """Worker processes at most; None: as many as there are processors."""


def close_hall(hall: Hall, outcome: str) -> None:
    """End the claims of a run, and note how it ended."""
    hall.reader.stop()
    with hall.store.transaction() as db:
        hall.line.give_back()
        index_listed(db)
        ledger.end_run(db, hall.run, outcome)


@contextmanager
def opened_hall(
    sources: Sequence[str], store_path: Path, settings: Settings, orders: Orders, extractor: Extractor | None
) -> Iterator[Hall]:
    """Yield what a run works with; `close_hall` must be called when it ends. Raises SettingsError and StoreError."""
    prices = prices_of(settings, orders, extractor)
    recipe = recipe_of(settings, None if extractor is None else type(extractor).__qualname__)
    with ExitStack() as stack:
        store = stack.enter_context(open_store(store_path, create=True))
        with store.transaction() as db:
            recipe_id = ledger.find_recipe(db, recipe)
            run_id = ledger.start_run(db, recipe_id, VERSION, json.dumps(list(sources)), _told(settings, orders))
            lock = RunLock(store_path, run_id)  # before anybody can see a run that no lock says is alive
        stack.callback(lock.release)
        with store.transaction() as db:
            index_listed(db)  # what a run that was killed has left
            work.free_claims(db, dead_runs(store_path, work.claiming_runs(db), run_id))
            if orders.again is not None:
                _order_again(store, sources, orders.again)
            asks_same = ledger.same_asking(db, recipe_id)
        inbox: queue.SimpleQueue[Message | News] = queue.SimpleQueue()
        reading = Reading(sources, orders.published, orders.fields, settings.split, str(store_path))
        reader_store = stack.enter_context(open_store(store_path))
        reader = Reader(reading, _unchanged(reader_store, reading.key), inbox.put)
        stack.callback(reader.stop)
        governor = Governor(limits_of(settings, orders, extractor), time.monotonic)
        purse = _purse(store, orders.budget, prices)
        answering = Answering(settings, str(store_path), run_id)
        yield Hall(
            store=store,
            run=run_id,
            recipe=recipe_id,
            line=Line(store.db, run_id, recipe_id, asks_same, reading.key),
            crew=stack.enter_context(_crew(settings, orders, extractor, inbox, answering)),
            reader=reader,
            governor=governor,
            purse=purse,
            books=Books(store, run_id, governor, purse, prices),
            inbox=inbox,
            asks=extractor is None and settings.drafts_by_model,
        )


def prices_of(settings: Settings, orders: Orders, extractor: Extractor | None) -> Prices | None:
    """Return the prices of the service. Raises SettingsError for a budget where the model's is not known."""
    if extractor is not None or not settings.asks_model:
        return None
    prices = prices_for(settings)
    if orders.budget is not None and prices.of(None) is None:
        raise SettingsError(
            f"--budget needs the price of model {settings.model!r}, which is not known here; give it with --prices FILE"
        )
    return prices


def _purse(store: Store, budget: Decimal | None, prices: Prices | None) -> Purse:
    """Return the purse of a run, which knows what the store has cost so far in the currency of the model's price."""
    price = None if prices is None else prices.of(None)
    if budget is None or price is None:
        return Purse(None, Decimal(0))
    with store.told():
        known = [money.amount for money in ledger.spent(store.db) if money.currency == price.currency]
        before = ledger.latest_costs(store.db, price.currency)
    return Purse(budget, sum((amount for amount in known if amount is not None), Decimal(0)), before)


def _order_again(store: Store, sources: Sequence[str], again: Again) -> None:
    for found in walk(sources):
        if isinstance(found, Input):
            work.order_again(store.db, found.path, again)


def _told(settings: Settings, orders: Orders) -> str:
    shown = settings.model_dump(mode="json", exclude={"api_key"}) | {"orders": orders.model_dump(mode="json")}
    return json.dumps(shown, ensure_ascii=False)


def _unchanged(store: Store, reading: str) -> Callable[[Input], bool]:
    def unchanged(found: Input) -> bool:
        known = find_input(store.db, found.path, found.size, found.modified_ns, reading)
        return known is not None and known.unchanged

    return unchanged


def limits_of(settings: Settings, orders: Orders, extractor: Extractor | None) -> Limits:
    """Return what the requests of a run must keep to."""
    asks = settings.asks_model and settings.via == "live"
    if extractor is None and not asks:  # nothing but processors to wait for
        return Limits(orders.concurrency or 2 * (orders.processes or min(_PROCESSORS, _MOST_PROCESSES)))
    return Limits(orders.concurrency, orders.rpm, orders.tpm)


@contextmanager
def _crew(
    settings: Settings,
    orders: Orders,
    extractor: Extractor | None,
    inbox: "queue.SimpleQueue[Message | News]",
    answering: Answering,
) -> Iterator[Crew]:
    """Yield workers: threads for a caller's extractor and for recordings, which one process keeps; else processes."""
    most = orders.processes or min(_PROCESSORS, _MOST_PROCESSES)
    by_batch = settings.via == "batch-api"
    if extractor is None and settings.record is None and settings.replay is None and not (by_batch and most == 1):
        jobs = orders.concurrency or FIRST
        computes = by_batch or not settings.asks_model
        plan = Plan(most, jobs=2 * most, per_process=2) if computes else Plan(most, jobs)
        crew = ProcessCrew(inbox.put, answering if by_batch else settings, plan)
        try:
            yield crew
        finally:
            crew.close()
        return
    threads = ThreadCrew(inbox.put)
    with ExitStack() as stack:
        if by_batch:
            threads.worker = stack.enter_context(answering_worker(answering))
        else:
            if extractor is None:
                extractor = stack.enter_context(connected(settings, threads.gate))
            splitter = stack.enter_context(connected_splitter(settings, extractor, threads.gate))
            threads.worker = Worker(extractor, splitter, settings, threads.gate)
        try:
            yield threads
        finally:
            threads.close()
