"""The batches of a run: what they carry, on which way they are, and what they have brought.

A crash at any point costs nothing: what a batch carries is committed first; its file and then the batch itself are made
at the provider and noted, in this order; and where the last note is missing, the provider is asked for a batch of that
file before another is made.
"""

import math
import secrets
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from summarizer.archive.answers import Answers
from summarizer.archive.hall import Hall
from summarizer.archive.progress import AtProvider
from summarizer.counted import counted
from summarizer.errors import BadRequest, ServiceBusy, Stopped
from summarizer.extract.batch_lines import question_line
from summarizer.extract.batches import MOST_BYTES, MOST_REQUESTS, BatchService, Standing, Unlisted
from summarizer.extract.extraction import Spent
from summarizer.prices import Prices
from summarizer.store import requests
from summarizer.store.ledger import NANO
from summarizer.store.requests import BatchRow, Bounds, Load

MOST: Final = Bounds(MOST_REQUESTS, MOST_BYTES, None)
"""Of one batch, unless a test says otherwise."""
FIRST_LOOK_SECONDS: Final = 30.0
"""Until a batch is first looked after; each time in vain makes it half as long again."""
LAST_LOOK_SECONDS: Final = 300.0
LAG_SECONDS: Final = 30.0
"""How long a batch that was made may be missing in the provider's list: before another is made in its place, the list
is read twice so far apart."""
_PATIENCE: Final = 20
"""Times in a row that the service may be busy or away: an hour and a half."""
_GUESSED: Final = Spent(attempts=1, prompt=3300, completion=1340)
"""What an article takes on average (see `archive.survey`): the price of the first batch, of which nothing is known."""
_MARGINS: Final = (Decimal("1.25"), Decimal("1.05"))
"""Added to a guess for caution: by the average article, and by the answers so far."""
_QUEUE_FULL: Final = "token_limit_exceeded"
"""What OpenAI says where more tokens are queued than the account may have."""


class Terms(NamedTuple):
    """On what terms questions are sent."""

    address: str
    """Of the service, in one writing."""
    budget: Decimal | None
    prices: Prices | None
    most: Bounds
    """Of one batch."""


class Batches:
    """The batches of one run at one service; its thread's alone."""

    def __init__(
        self,
        hall: Hall,
        answers: Answers,
        service: BatchService,
        terms: Terms,
        clock: Callable[[], float],
        tell: Callable[[str], object],
    ) -> None:
        """`tell` is called with what is to be said while a run goes on, a line each."""
        self._store, self._run, self._books, self._purse = hall.store, hall.run, hall.books, hall.purse
        self._answers, self._service, self._terms, self._clock, self._tell = answers, service, terms, clock, tell
        self._open: dict[int, BatchRow] = {}
        self._done: dict[int, int] = {}
        """By batch: questions that the provider is done with."""
        self._missed: dict[int, float] = {}
        """By batch: when the provider's list was first found not to have it."""
        self._ended = (0, 0)
        """Questions sent and done, of batches that have ended."""
        self._came: list[int] = []
        self._most = terms.most.requests
        self._interval = FIRST_LOOK_SECONDS
        self._next_look = self._not_before = clock()
        self._failures = 0
        self._queue_full = False
        with self._store.told():
            self._reload()
        self._waiting = self._measured()

    @property
    def busy(self) -> bool:
        """Whether anything is on its way, or waits to be sent."""
        return bool(self._open or self._waiting.requests)

    @property
    def broke(self) -> bool:
        """Whether the budget does not allow what waits to be sent, and nothing is on its way that could change it."""
        held = self._clock() < self._not_before or self._books.given_up is not None
        return self._waiting.requests > 0 and not (self._open or held)

    @property
    def standing(self) -> AtProvider:
        """How the questions stand."""
        sent = sum(row.requests for row in self._open.values() if row.submitted)
        return AtProvider(len(self._open), self._ended[0] + sent, self._ended[1] + sum(self._done.values()))

    def put(self, asked: requests.Asked, job: int) -> bool:
        """Have a question sent with the next batch; return whether it is answered already. Needs a transaction."""
        requests.stop_waiting(self._store.db, job)
        answered = requests.await_answer(self._store.db, asked, job, self._run)
        if not answered:  # one that was asked before counts twice here, until the next count
            size = len(asked.body.encode())
            self._waiting = Load(*(sum(pair) for pair in zip(self._waiting, (1, size, asked.tokens), strict=True)))
        return answered

    def end(self, job: int) -> None:
        """Forget what a job waited for. Needs a transaction."""
        requests.stop_waiting(self._store.db, job)

    def turn(self, *, flush: bool) -> list[int]:
        """Look for answers where it is time to, and send what fills a batch, or with `flush` all there is.

        Return the jobs that can go on. Raises what no waiting cures.
        """
        now = self._clock()
        try:
            if self._open and now >= self._next_look:
                self._look()
            if now >= self._not_before and self._books.given_up is None:
                if self._waiting.requests and (flush or self._fills_one()):
                    self._prepare(flush=flush)
                self._submit()
        except ServiceBusy as error:
            self._bear(error)
        came, self._came = self._came, []
        return came

    def _bear(self, error: ServiceBusy) -> None:
        """Wait for a service that is busy or away, for a long while."""
        self._failures += 1
        if self._failures >= _PATIENCE:
            raise Stopped(f"{error}; what was submitted goes on, run the same command again to fetch it") from error
        self._interval = min(self._interval * 1.5, LAST_LOOK_SECONDS)
        self._next_look = self._not_before = self._clock() + self._interval
        self._tell(f"{error}; the next try is in {self._interval:.0f} s")

    def _fills_one(self) -> bool:
        if self._waiting.requests >= self._most or self._waiting.bytes >= self._terms.most.bytes:
            self._waiting = self._measured()
        return self._waiting.requests >= self._most or self._waiting.bytes >= self._terms.most.bytes

    def _prepare(self, *, flush: bool) -> None:
        """Commit what the next batches carry."""
        while not (self._queue_full and self._open):
            bounds = Bounds(self._most, self._terms.most.bytes, self._affordable())
            with self._store.transaction() as db:
                key = f"{self._run}-{secrets.token_hex(8)}"
                count = requests.prepare_batch(db, self._run, self._terms.address, key, bounds)
                self._reload()
            self._waiting = self._measured()
            if not count or not (self._waiting.requests and (flush or self._fills_one())):
                return

    def _affordable(self) -> int | None:
        """Return how many tokens of prompts the budget still pays for, with their replies; None for any number."""
        terms = self._terms
        price = None if terms.budget is None or terms.prices is None else terms.prices.of(None)
        if terms.budget is None or price is None:
            return None
        db = self._store.db
        with self._store.told():
            paid, guessed = requests.cost_so_far(db)
            going = requests.tokens_on_the_way(db, terms.address)
        if paid:
            each = Decimal(paid) / NANO / guessed * _MARGINS[1]
        else:
            cost = price.cost(_GUESSED, batch=True)
            if cost is None:
                return None
            each = Decimal(cost.amount) / _GUESSED.prompt * _MARGINS[0]
        return max(0, math.floor((terms.budget - self._purse.spent) / each) - going)

    def _submit(self) -> None:
        """Bring the batches that are prepared to the provider, in their order."""
        for row in list(self._open.values()):
            if row.submitted:
                continue
            name = row.input_file
            if name is None:
                name = self._upload(row)
            else:  # a run was cut off, or a request was, between the file and the note that there is a batch of it
                known = self._search(row, name)
                if known is not None:
                    self._note_submitted(row, known)
                    continue
                if not self._surely_missing(row):
                    continue
            try:
                self._note_submitted(row, self._service.create(name, row.key))
            except BadRequest:
                self._note_file(row, None)  # it may have been deleted; the next run sends it anew
                raise

    def _upload(self, row: BatchRow) -> str:
        with tempfile.TemporaryFile() as lines:
            for question in self._questions(row.id):
                lines.write(question_line(*question))
            name = self._service.upload(row.key, lines)
        self._note_file(row, name)
        return name

    def _questions(self, batch: int) -> Iterator[tuple[str, str]]:
        with self._store.told():
            yield from requests.questions(self._store.db, batch)

    def _search(self, row: BatchRow, name: str) -> str | None:
        missed = self._missed.get(row.id)
        if missed is not None and self._clock() - missed < LAG_SECONDS:
            return None
        try:
            return self._service.find(name, row.key, row.prepared)
        except Unlisted:
            self._missed[row.id] = -math.inf
            self._tell(
                f"{self._service.asked.host} does not list its batches, so it cannot be told whether one of "
                f"{counted(row.requests, 'question')} was submitted before; it is submitted now, and may be paid twice"
            )
            return None

    def _surely_missing(self, row: BatchRow) -> bool:
        return self._clock() - self._missed.setdefault(row.id, self._clock()) >= LAG_SECONDS

    def _note_file(self, row: BatchRow, name: str | None) -> None:
        with self._store.transaction() as db:
            requests.note_file(db, row.id, name)
        self._open[row.id] = row._replace(input_file=name)

    def _note_submitted(self, row: BatchRow, provider_id: str) -> None:
        with self._store.transaction() as db:
            requests.note_submitted(db, row.id, provider_id)
        self._open[row.id] = row._replace(submitted=True, provider_id=provider_id)
        self._interval, self._failures = FIRST_LOOK_SECONDS, 0
        self._next_look = self._clock() + self._interval
        self._tell(f"batch {provider_id} of {counted(row.requests, 'question')} was submitted")

    def _look(self) -> None:
        """Ask how the batches stand, and take in those that have ended."""
        count = len(self._open)
        for row in list(self._open.values()):
            if row.provider_id is None:
                continue
            found = self._service.look(row.provider_id)
            self._done[row.id] = found.done
            if found.state == "invalid":
                self._take_back(row, found)
            elif found.state == "ended":
                self._came += self._answers.take_in(row.id, found, self._service)
                self._close(row)
        self._failures = 0
        self._interval = FIRST_LOOK_SECONDS if len(self._open) < count else min(self._interval * 1.5, LAST_LOOK_SECONDS)
        self._next_look = self._clock() + self._interval

    def _take_back(self, row: BatchRow, found: Standing) -> None:
        """Take the questions back of a batch that was refused as a whole, and go on where that helps."""
        code, message = found.trouble
        self._answers.take_back(row.id, found)
        self._close(row)
        told = f"{self._service.asked.host} refused a batch of {counted(row.requests, 'question')} ({code}: {message})"
        if code == _QUEUE_FULL and row.requests > 1:
            self._queue_full, self._most = True, max(1, row.requests // 2)
            self._not_before = self._clock() + LAST_LOOK_SECONDS
            self._tell(f"{told}; the next ones are smaller, and wait until one has ended")
        else:
            self._books.give_up(f"{told}; see what it says, then run the same command again")

    def _close(self, row: BatchRow) -> None:
        self._ended = (self._ended[0] + row.requests, self._ended[1] + self._done.pop(row.id, 0))
        del self._open[row.id]
        self._queue_full = False
        with self._store.told():
            self._waiting = self._measured()

    def _reload(self) -> None:
        rows = {row.id: row for row in requests.open_batches(self._store.db, self._terms.address)}
        self._open = rows | {name: row for name, row in self._open.items() if name in rows}

    def _measured(self) -> Load:
        return requests.waiting(self._store.db, self._run)
