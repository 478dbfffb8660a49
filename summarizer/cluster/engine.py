"""Puts a run on Ray together: desk, reading tasks, briefers, tables; and says how it goes.

The one place that knows the options of Ray's tasks and actors.
"""

import pickle
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
from summarizer.cluster.again import Past
from summarizer.cluster.briefer import Briefer, BrieferTold
from summarizer.cluster.connection import beside_the_driver, connected_ray, set_environment, told_in_one_line
from summarizer.cluster.desk import Desk, DeskTold
from summarizer.cluster.finished import Known, digest, known_of
from summarizer.cluster.flat import drop_old, groups_of, is_made, make_tables
from summarizer.cluster.journal import drop_gathered, folder_of, seal_left
from summarizer.cluster.lease import leased
from summarizer.cluster.outcomes import Pricing
from summarizer.cluster.packages import package
from summarizer.cluster.parts import File, Found, Part, parts_of
from summarizer.cluster.ranges import Came, One, cut_up
from summarizer.cluster.reading import Reader, ReadingTold, Watcher, read_part
from summarizer.cluster.shelf import FOLDERS, Shelf, below, opened_shelf
from summarizer.errors import SettingsError, Stopped
from summarizer.extract.model import require_key
from summarizer.extract.recording import read_recording
from summarizer.prices import Prices
from summarizer.read import Fields
from summarizer.settings import Settings

_POLL_SECONDS: Final = 0.25
_SILENT_SECONDS: Final = 8.0
_SILENT: Final = (
    "Ray does not answer any more: unless it comes back the run ends here; what is done stays done, run the same "
    "command again"
)
"""Told while there is time: where Ray's head is gone, Ray ends this process without a word."""
_CHUNKS_AT_ONCE: Final = 4
"""Chunks that a briefer has under way: enough that the others fill the line while one ends."""
_MOST_BLOCKS: Final = 2_000
_TABLES_AT_ONCE: Final = 4
"""Groups of tables made at once, for each worker."""


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

    def __init__(self, prepared: "_Prepared", lost: threading.Event, tell: Callable[[str], object]) -> None:
        """Make a run; `lost` is set where another run takes the output away, `tell` is told where Ray falls silent."""
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
        """Yield, chunk by chunk, how many articles were left to a later run; then make the tables.

        Raises StoreError where the output cannot be written, Stopped where every further question would fail alike.
        """
        prepared = self._prepared
        poller = threading.Thread(target=self._poll, daemon=True, name="poller")
        poller.start()
        threading.Thread(target=self._hear_head, daemon=True, name="head").start()
        try:
            with told_in_one_line(prepared.shelf.shown):
                if prepared.found.parts:
                    yield from _briefed(prepared)
        finally:
            self._over.set()
            poller.join()
        with told_in_one_line(prepared.shelf.shown):
            self._outcome, given_up = prepared.call("outcome")
            self._note()
            _make_all_tables(prepared)
        if given_up is not None:
            raise Stopped(given_up)

    def _poll(self) -> None:
        told = silent = False
        self._head_heard = time.monotonic()
        while not self._over.wait(_POLL_SECONDS):
            if self._lost.is_set():
                self.stop("the output was taken by another run")
            if not silent and time.monotonic() - self._head_heard > _SILENT_SECONDS:
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


class _Prepared(NamedTuple):
    ray: Any
    desk: Any
    shelf: Shelf
    recipe: str
    known: Known
    found: Found
    briefers: BrieferTold
    reading: ReadingTold
    workers: int

    def call(self, method: str) -> Any:  # noqa: ANN401 - what the desk returns
        """Return what the desk answers. Raises RayError where it does not."""
        return self.get(getattr(self.desk, method).remote())

    def get(self, promised: Any) -> Any:  # noqa: ANN401 - what the desk returns
        """Return what the desk has promised. Raises RayError where that takes too long."""
        return self.ray.get(promised, timeout=_SILENT_SECONDS)


@contextmanager
def opened_cluster_run(
    sources: Sequence[str], where: Where, settings: Settings, orders: Orders, tell: Callable[[str], object]
) -> Iterator[ClusterRun]:
    """Yield a run that is ready to go, and leave Ray behind it; `tell` is told why it takes long to begin.

    Raises SettingsError and StoreError.
    """
    _refuse(settings, where)
    prices = prices_of(settings, orders, None)
    if settings.asks_model:
        require_key(settings)
    if settings.replay is not None:
        read_recording(settings.replay)  # what is wrong with it is said before anything is started
    named = {name: path for name in ("prices", "replay") if (path := getattr(settings, name)) is not None}
    settings = settings.model_copy(update={name: path.absolute() for name, path in named.items()})  # for other folders
    joins = set_environment(where.address)
    shelf = opened_shelf(where.output)
    with ExitStack() as stack:
        lost = threading.Event()
        with told_in_one_line(shelf.shown):
            stack.enter_context(leased(shelf, tell, lost.set))
        ray = stack.enter_context(connected_ray(joins))
        recipe = recipe_of(settings)
        name = digest(recipe.asking)[:12]  # not its check: briefs of another one are proved anew
        with told_in_one_line(shelf.shown):
            seal_left(shelf, name)
            drop_gathered(shelf, name)
            known = known_of(shelf, name, orders.again)
            outputs = [below(where.output, folder) for folder in FOLDERS]
            found = parts_of(sources, outputs, _cutter(ray, orders.fields or Fields()) if where.read is None else tuple)
        workers = orders.processes or max(1, int(ray.cluster_resources().get("CPU", 1)))
        told = _desk_told(settings, orders.model_copy(update={"processes": workers}), known, prices, len(found.parts))
        here = beside_the_driver(ray)
        desk = ray.remote(Desk).options(num_cpus=0, scheduling_strategy=here).remote(told)
        run = known.last_run + 1
        briefers = BrieferTold(settings, Pricing(prices, run), shelf, folder_of(name, run), desk)
        reading = ReadingTold(orders.published, orders.fields, where.read)
        yield ClusterRun(_Prepared(ray, desk, shelf, name, known, found, briefers, reading, workers), lost, tell)


def _cutter(ray: Any, fields: Fields) -> Callable[[Sequence[File]], list[File]]:  # noqa: ANN401 - Ray has no types
    """Return what cuts large files into ranges, by tasks wherever there is room."""

    def many(do: Callable[[One], Came], each: Sequence[One]) -> list[Came]:
        task = ray.remote(do)
        return cast("list[Came]", ray.get([task.remote(one) for one in each]))

    return lambda files: cut_up(files, fields, many)


def _refuse(settings: Settings, where: Where) -> None:
    """Raise SettingsError for settings that would silently go unused."""
    if settings.via == "batch-api":
        raise SettingsError("--engine ray asks live: leave --via batch-api out, or leave --engine ray out")
    if settings.record is not None:
        raise SettingsError("--record writes one file on one machine: leave --engine ray out")
    if not where.output:
        raise SettingsError("--engine ray needs a folder or URL to write to: name it with -o")


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


def _briefed(prepared: _Prepared) -> Iterator[int]:
    data = prepared.ray.data
    context = data.DataContext.get_current()
    context.enable_progress_bars = False
    context.target_max_block_size = 1  # a chunk is a block, and goes on as soon as it is read
    context.target_min_block_size = 1
    rows = [{"part": pickle.dumps(part)} for part in prepared.found.parts]
    blocks = min(len(rows), _MOST_BLOCKS)
    found = data.from_items(rows, override_num_blocks=blocks).flat_map(
        _reader(prepared), num_cpus=0, concurrency=min(prepared.workers, blocks)
    )
    pool = data.ActorPoolStrategy(
        size=prepared.workers,
        max_tasks_in_flight_per_actor=_CHUNKS_AT_ONCE,
        max_concurrent_calls_per_actor=_CHUNKS_AT_ONCE,
        enable_true_multi_threading=True,
    )
    briefed = found.map_batches(
        Briefer, batch_size=None, compute=pool, fn_constructor_args=(prepared.briefers,), num_cpus=1
    )
    for batch in briefed.iter_batches(batch_size=None):
        yield from map(int, batch["left"])


def _reader(prepared: _Prepared) -> Callable[[dict[str, bytes]], Iterator[dict[str, bytes]]]:
    """Return the function of the reading tasks. It takes along no more than it needs, for it is pickled."""
    known, desk, told, shelf = prepared.ray.put(prepared.known), prepared.desk, prepared.reading, prepared.shelf

    def read(row: dict[str, bytes]) -> Iterator[dict[str, bytes]]:
        ray = package("ray")

        def call(method: str) -> Callable[..., Any]:
            return lambda *values: ray.get(getattr(desk, method).remote(*values))

        watcher = Watcher(call("begin"), call("announce"), call("found"), call("ended"))
        past, part = Past(shelf, ray.get(known)), cast("Part", pickle.loads(row["part"]))
        for chunk in read_part(part, told, past.left_of, watcher):
            yield {"chunk": pickle.dumps(chunk)}

    return read


def _make_all_tables(prepared: _Prepared) -> None:
    """Make what is missing of the tables, on all workers; then take away what they replace."""
    ray, shelf = prepared.ray, prepared.shelf
    groups = groups_of(shelf, prepared.recipe)
    there = set(shelf.names("tables"))
    todo = [group for group in groups if not is_made(there, group)]
    make = ray.remote(make_tables)
    under_way: list[Any] = []
    for group in todo:
        under_way.append(make.remote(shelf, group))
        if len(under_way) >= _TABLES_AT_ONCE * prepared.workers:
            done, under_way = ray.wait(under_way)
            ray.get(done)
    ray.get(under_way)
    drop_old(shelf, groups)
