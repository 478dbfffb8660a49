"""A run over the provider's batch API: articles go as far as their answers reach, wait for the next, and go on.

There are no rounds that all articles keep step in: what stands still is sent whenever nothing else can be done, and
each batch that ends lets its own articles go on. A dialogue that goes on runs from its start, on the answers of the
store (`extract.postponing`), so that a run that was killed need not know how far its articles had come.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from summarizer.archive.answers import Answers
from summarizer.archive.batches import MOST, Batches, Terms
from summarizer.archive.crew import Message
from summarizer.archive.hall import Finished, Flying, Hall
from summarizer.archive.jobs import Briefed, BriefJob, Failed, Postponed, SplitUp
from summarizer.archive.opening import Orders, close_hall, opened_hall
from summarizer.archive.reading import News
from summarizer.archive.run import Run
from summarizer.counted import counted
from summarizer.errors import SettingsError, StoreError
from summarizer.extract.batches import BatchService
from summarizer.extract.postponing import asked
from summarizer.prices import Prices, prices_for
from summarizer.settings import OPENAI_URL, Settings
from summarizer.store import open_store, requests
from summarizer.store.requests import Bounds

_TICK_SECONDS: Final = 0.25
"""While there is nothing but to wait, the run turns so often, for whoever watches or interrupts it."""


class Outside(NamedTuple):
    """What a run meets outside of itself."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    service: BatchService | None = None
    """In place of the one that the settings name."""
    most: Bounds = MOST
    """Of one batch."""


class Rounds(Run):
    """A run whose questions are answered by batches; iterate over `articles` to make it go."""

    def __init__(self, hall: Hall, limit: int | None, batches: Batches, outside: Outside) -> None:
        super().__init__(hall, None, outside.now)
        self._drafts_left = limit
        self._batches, self._sleep = batches, outside.sleep
        self._resumed: set[int] = set()
        """Jobs that have been done before, as far as their answers went, and are to be done again."""

    @property
    def outcome(self) -> str:
        """How the run ended: `finished`, or why not."""
        return self._stopped or ("limit" if self.hall.line.closed else "finished")

    def _over(self) -> bool:
        if self._flying:
            return False
        return self._stopped is not None or (self._drained() and not self._batches.busy)

    def _drained(self) -> bool:
        """Return whether all articles are done or wait for answers."""
        line = self.hall.line
        return (line.seen.complete or line.closed) and not (self._flying or self._jobs or self._news or self._more)

    def _wait(self) -> list[Message | News]:
        if self._drained():  # nothing can come in but from the provider
            self._sleep(_TICK_SECONDS)
            return []
        return super()._wait()

    def _heed(self, message: Message | News) -> list[Finished]:
        if isinstance(message, Postponed):
            self._postpone(message)
            return []
        if isinstance(message, Briefed | SplitUp | Failed):
            self._batches.end(message.key)
            message = message._replace(attempts=())  # they were booked when they were made
        return super()._heed(message)

    def _postpone(self, message: Postponed) -> None:
        self._flying.pop(message.key, None)
        self.hall.line.postpone(message.key)
        if self._batches.put(asked(message.body), message.key):  # its answer came while it ran
            self._resume([message.key])

    def _resume(self, jobs: Sequence[int]) -> None:
        """Put jobs before the rest whose answers have come; needs a transaction.

        One that is under way finds its answer itself, or is told of it when it is to wait.
        """
        under_way = {*self._flying, *(flying.job.key for flying in self._jobs)}
        self._resumed.update(self.hall.line.resume(job for job in jobs if job not in under_way))
        self._more = True

    def _send(self) -> None:
        """Send jobs while there are places for them; see to the batches where there is nothing else to do."""
        while self._jobs and self._stopped is None and self._has_place() and self.hall.crew.ready:
            job, deaths = self._jobs.popleft()
            if isinstance(job, BriefJob) and job.given is None and not self._may_draft(job.key):
                continue
            self._flying[job.key] = Flying(job, deaths)
            self.hall.crew.send(job)
        if self._stopped is None:
            self._see_to_batches()

    def _may_draft(self, key: int) -> bool:
        """Return whether an article may be drafted: one that was begun, or one more within the limit."""
        if key in self._resumed:
            self._resumed.discard(key)
            return True
        if self._drafts_left is None:
            return True
        if self._drafts_left > 0:
            self._drafts_left -= 1
            return True
        if not self.hall.line.closed:
            self.hall.line.closed = True
            self.hall.reader.stop()
        with self.hall.store.transaction():
            self.hall.line.leave(key)
        return False

    def _see_to_batches(self) -> None:
        flush = self._drained()
        came = self._batches.turn(flush=flush)
        if came:
            with self.hall.store.transaction():
                self._resume(came)
        elif flush and self._batches.broke:
            self.stop("budget")
        books = self.hall.books
        books.progress = books.progress._replace(at_provider=self._batches.standing)


@contextmanager
def opened_rounds(
    sources: Sequence[str],
    store_path: Path,
    settings: Settings,
    orders: Orders,
    tell: Callable[[str], object] = lambda _: None,
    outside: Outside | None = None,
) -> Iterator[Rounds]:
    """Yield a run that is ready to go; close behind it whatever happens. Raises SettingsError and StoreError.

    `tell` is called with what is to be said while it goes on, a line each.
    """
    refuse_conflicts(settings, orders)
    outside = outside or Outside()
    with ExitStack() as stack:
        stack.enter_context(_alone(store_path))
        address = _address(settings)
        orders = _without_again(store_path, address, orders, tell)
        terms = Terms(address, orders.budget, _prices(settings, orders), outside.most)
        service = outside.service or stack.enter_context(closing(BatchService(settings, outside.sleep)))
        hall = stack.enter_context(opened_hall(sources, store_path, settings, orders, None))
        outcome = "broken off"
        try:
            if orders.again is not None:
                with hall.store.transaction() as db:
                    requests.forget_answers(db)
            answers = Answers(hall.store, hall.books, settings.busy_retries)
            batches = Batches(hall, answers, service, terms, outside.now, tell)
            run = Rounds(hall, orders.limit, batches, outside)
            yield run
            outcome = run.outcome
        finally:
            close_hall(hall, outcome)


def refuse_conflicts(settings: Settings, orders: Orders) -> None:
    """Raise SettingsError for what would go unused or cannot be."""
    if not settings.uses_model:
        raise SettingsError("the batch API is for a model: name one with --model or SUMMARIZER_MODEL")
    if settings.record is not None or settings.replay is not None:
        raise SettingsError("--record and --replay keep a live exchange: leave them or --via batch-api out")
    if orders.concurrency is not None or orders.rpm is not None or orders.tpm is not None:
        raise SettingsError("--concurrency, --rpm and --tpm govern live requests: leave them or --via batch-api out")


def _prices(settings: Settings, orders: Orders) -> Prices:
    """Return the prices of the batch API. Raises SettingsError for a budget where they are not known."""
    prices = prices_for(settings)
    price = prices.of(None)
    if orders.budget is not None and price is not None and price.batch_factor is None:
        raise SettingsError(
            f"--budget needs the batch price of model {settings.model!r}, which is not known here; give it as "
            "batch_factor with --prices FILE"
        )
    return prices


def _address(settings: Settings) -> str:
    """Return the base URL in one writing."""
    parts = urlsplit(settings.base_url or OPENAI_URL)
    host = parts.netloc.rpartition("@")[2].lower()
    return f"{parts.scheme.lower()}://{host}{parts.path.rstrip('/')}"


@contextmanager
def _alone(store_path: Path) -> Iterator[None]:
    """Keep other runs over the batch API off the store: two would look after one batch."""
    lock = FileLock(store_path.with_name(f".{store_path.name}-batches"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreError(f"another run sees to the batches of the store {str(store_path)!r}; let it end") from None
    except OSError as error:
        raise StoreError(
            f"cannot write beside the store {str(store_path)!r}: {error.strerror or error}; check its folder"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _without_again(store_path: Path, address: str, orders: Orders, tell: Callable[[str], object]) -> Orders:
    """Return the orders, without `again` while articles wait for answers that are paid for.

    Raises SettingsError where batches are under way at another service, whose answers this run would not see.
    """
    if not store_path.exists():
        return orders
    with open_store(store_path) as store, store.told():
        elsewhere = requests.elsewhere(store.db, address)
        waiting = requests.jobs_waiting(store.db)
    if elsewhere:
        other, count = elsewhere[0]
        batches = counted(count, "batch", "batches")
        raise SettingsError(
            f"the store has {batches} under way at {other}; what is paid for is fetched with that --base-url"
        )
    if orders.again is None or not waiting:
        return orders
    waits = counted(waiting, "article waits", "articles wait")
    tell(f"{waits} for answers of an earlier run: --again counts once that is done")
    return orders.model_copy(update={"again": None})
