"""Puts a run on Ray together: desk, reading tasks, briefers, tables; and says how it goes.

With `passes` and `briefing`, the place that knows the options of Ray's tasks and actors.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from typing import Any, Final, NamedTuple, cast

from summarizer.archive.line import Seen
from summarizer.archive.opening import Orders, limits_of, prices_of
from summarizer.archive.progress import Progress
from summarizer.archive.recipe import recipe_of
from summarizer.archive.survey import Forecast
from summarizer.cluster.briefer import BrieferTold
from summarizer.cluster.connection import beside_the_driver, connected_ray, set_environment, told_in_one_line
from summarizer.cluster.desk import Desk, DeskTold
from summarizer.cluster.finished import Known, digest, known_of
from summarizer.cluster.journal import drop_gathered, folder_of, seal_left
from summarizer.cluster.lease import leased
from summarizer.cluster.order import Order, end_order, keep_order, order_for
from summarizer.cluster.outcomes import Pricing
from summarizer.cluster.parts import File, parts_of
from summarizer.cluster.passes import briefed, foretold, make_all_tables
from summarizer.cluster.prepared import SILENT_SECONDS, Prepared
from summarizer.cluster.ranges import Came, One, cut_up
from summarizer.cluster.reading import Reader, ReadingTold
from summarizer.cluster.shelf import FOLDERS, Shelf, below, opened_shelf
from summarizer.errors import SettingsError, Stopped
from summarizer.extract.model import require_key
from summarizer.extract.recording import read_recording
from summarizer.prices import Prices
from summarizer.read import Fields
from summarizer.settings import Settings

_POLL_SECONDS: Final = 0.25
_TAKEN: Final = "the output was taken by another run"
_SILENT: Final = (
    "Ray does not answer any more: unless it comes back the run ends here; what is done stays done, run the same "
    "command again"
)
"""Told while there is time: where Ray's head is gone, Ray ends this process without a word."""


class Where(NamedTuple):
    """Where a run takes place."""

    output: str
    """Folder or URL."""
    address: str | None = None
    """Of a Ray cluster; None: this machine, or the cluster on which the command itself was submitted."""
    read: Reader | None = None
    """In place of our own readers."""


class ClusterRun:
    """One run; iterate over `articles` to make it go. Shown and stopped as a run of one machine is."""

    def __init__(self, prepared: Prepared, lost: threading.Event, tell: Callable[[str], object]) -> None:
        """Make a run; `lost` is set where another run takes the output away, `tell` is told what cannot wait."""
        self._prepared, self._lost, self._tell = prepared, lost, tell
        self._stop_reason: str | None = None
        self._outcome = "finished"
        self._progress = Progress(Seen(0, 0, 0, 0, complete=False))
        self._over = threading.Event()
        self._head_heard = 0.0

    @property
    def progress(self) -> Progress:
        """How the run stands, a moment ago."""
        return self._progress

    @property
    def outcome(self) -> str:
        """How the run ended: `finished`, or why not."""
        return self._stop_reason or self._outcome

    def stop(self, reason: str) -> None:
        """Begin nothing more, finish what is in flight, then end; safe to call from a signal handler."""
        self._stop_reason = self._stop_reason or reason

    def articles(self) -> Iterator[int]:
        """Yield, chunk by chunk, how many documents it has; then make the tables.

        Raises StoreError where the output cannot be written, Stopped where every further question would fail alike.
        """
        prepared = self._prepared
        poller = threading.Thread(target=self._poll, daemon=True, name="poller")
        poller.start()
        threading.Thread(target=self._hear_head, daemon=True, name="head").start()
        try:
            with told_in_one_line(prepared.shelf.shown):
                if prepared.found.parts:
                    yield from briefed(prepared)
        finally:
            self._over.set()
            poller.join()
        with told_in_one_line(prepared.shelf.shown):
            self._outcome, given_up = prepared.call("outcome")
            self._note()
            self._make_tables()
            self._end_order()
        if given_up is not None:
            raise Stopped(given_up)

    def _make_tables(self) -> None:
        """Make the tables, unless the output is another run's by now: they would be made of what this one knew."""
        make_all_tables(self._prepared, self._lost.is_set)
        if self._lost.is_set():
            self.stop(_TAKEN)
            self._tell("the tables are left to the run that has taken the output; what is done stays done")

    def _end_order(self) -> None:
        """Note that what was to be done again is; what has failed may yet be tried again, as on one machine."""
        known = self._prepared.known
        if known.order is not None and self.outcome == "finished" and not self._progress.failed:
            end_order(self._prepared.shelf, self._prepared.recipe)

    def _poll(self) -> None:
        told = silent = False
        self._head_heard = time.monotonic()
        while not self._over.wait(_POLL_SECONDS):
            if self._lost.is_set():
                self.stop(_TAKEN)
            if not silent and time.monotonic() - self._head_heard > SILENT_SECONDS:
                self._tell(_SILENT)
                silent = True
            try:
                if self._stop_reason is not None and not told:
                    self._prepared.get(self._prepared.desk.stop.remote(self._stop_reason))
                    told = True
                self._note()
            except self._prepared.ray.exceptions.RayError:  # it shows elsewhere, or above
                continue

    def _hear_head(self) -> None:
        """Ask Ray's head something, again and again: where it is gone, nothing else shows it at once."""
        while not self._over.wait(_POLL_SECONDS):
            self._prepared.ray.cluster_resources()
            self._head_heard = time.monotonic()

    def _note(self) -> None:
        """Ask the desk how the run stands. Raises RayError where it does not answer."""
        progress = cast("Progress", self._prepared.call("progress"))
        found, seen = self._prepared.found, progress.seen
        for trouble in found.troubles:
            seen = seen.with_trouble(trouble)
        self._progress = progress._replace(seen=seen._replace(skipped=found.skipped))


@contextmanager
def opened_cluster_run(
    sources: Sequence[str], where: Where, settings: Settings, orders: Orders, tell: Callable[[str], object]
) -> Iterator[ClusterRun]:
    """Yield a run that is ready to go, and leave Ray behind it; `tell` is told why it takes long to begin.

    Raises SettingsError and StoreError.
    """
    _refuse(settings, where, orders)
    if settings.asks_model:
        require_key(settings)
    if settings.replay is not None:
        read_recording(settings.replay)  # what is wrong with it is said before anything is started
    joins = set_environment(where.address)
    shelf = opened_shelf(where.output)
    with ExitStack() as stack:
        lost = threading.Event()
        with told_in_one_line(shelf.shown):
            stack.enter_context(leased(shelf, tell, lost.set))
        ray = stack.enter_context(connected_ray(joins))
        with told_in_one_line(shelf.shown):
            shelf.sweep()
            seal_left(shelf, _recipe(settings))
            drop_gathered(shelf, _recipe(settings))
        prepared = _prepared(ray, shelf, sources, where, settings, orders)
        if orders.again is not None:
            with told_in_one_line(shelf.shown):
                keep_order(shelf, prepared.recipe, sources, Order(orders.again, prepared.known.last_run + 1))
        yield ClusterRun(prepared, lost, tell)


def forecast(sources: Sequence[str], where: Where, settings: Settings, orders: Orders) -> Forecast:
    """Return what a run would do and cost; nobody is asked, and nothing is written. Raises as above."""
    _refuse(settings, where, orders)
    joins = set_environment(where.address)
    shelf = opened_shelf(where.output, make=False)
    with connected_ray(joins) as ray:
        prepared = _prepared(ray, shelf, sources, where, settings, orders)
        with told_in_one_line(shelf.shown, writes=False):
            return foretold(prepared, prices_of(settings, orders, None), asks=settings.drafts_by_model)


def _recipe(settings: Settings) -> str:
    """Return by what the rows of a recipe are known; not its check: briefs of another one are proved anew."""
    return digest(recipe_of(settings).asking)[:12]


def _prepared(
    ray: Any,  # noqa: ANN401 - Ray has no types that count
    shelf: Shelf,
    sources: Sequence[str],
    where: Where,
    settings: Settings,
    orders: Orders,
) -> Prepared:
    prices = prices_of(settings, orders, None)
    named = {name: path for name in ("prices", "replay") if (path := getattr(settings, name)) is not None}
    settings = settings.model_copy(update={name: path.absolute() for name, path in named.items()})  # for other folders
    recipe = _recipe(settings)
    with told_in_one_line(shelf.shown, writes=False):
        known = known_of(shelf, recipe, order_for(shelf, recipe, sources, orders.again))
        outputs = [below(where.output, folder) for folder in FOLDERS]
        found = parts_of(sources, outputs, _cutter(ray, orders.fields or Fields()) if where.read is None else tuple)
    workers = orders.processes or max(1, int(ray.cluster_resources().get("CPU", 1)))
    told = _desk_told(settings, orders.model_copy(update={"processes": workers}), known, prices, len(found.parts))
    here = beside_the_driver(ray)
    desk = ray.remote(Desk).options(num_cpus=0, scheduling_strategy=here).remote(told)
    run = known.last_run + 1
    briefers = BrieferTold(settings, Pricing(prices, run), shelf, folder_of(recipe, run), desk)
    reading = ReadingTold(orders.published, orders.fields, where.read)
    return Prepared(ray, desk, shelf, recipe, known, found, briefers, reading, workers)


def _cutter(ray: Any, fields: Fields) -> Callable[[Sequence[File]], list[File]]:  # noqa: ANN401 - Ray has no types
    """Return what cuts large files into ranges, by tasks wherever there is room."""

    def many(do: Callable[[One], Came], each: Sequence[One]) -> list[Came]:
        task = ray.remote(do)
        return cast("list[Came]", ray.get([task.remote(one) for one in each]))

    return lambda files: cut_up(files, fields, many)


def _refuse(settings: Settings, where: Where, orders: Orders) -> None:
    """Raise SettingsError for settings that would silently go unused."""
    if settings.via == "batch-api":
        raise SettingsError("--engine ray asks live: leave --via batch-api out, or leave --engine ray out")
    if settings.record is not None:
        raise SettingsError("--record writes one file on one machine: leave --engine ray out")
    if not where.output:
        raise SettingsError("--engine ray needs a folder or URL to write to: name it with -o")
    prices_of(settings, orders, None)  # refuses a budget without a price, before anything is started


def _desk_told(settings: Settings, orders: Orders, known: Known, prices: Prices | None, parts: int) -> DeskTold:
    price = None if prices is None else prices.of(None)
    currency = "" if price is None else price.currency
    return DeskTold(
        limits=limits_of(settings, orders, None),
        budget=orders.budget if price is not None else None,
        spent=known.spent.get(currency, Decimal(0)),
        before=tuple(cost for paid_in, cost in known.latest if paid_in == currency),
        limit=orders.limit,
        asks=settings.drafts_by_model,
        parts=parts,
    )
