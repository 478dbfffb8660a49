"""Where all briefers of a cluster ask before they send: one governor and one purse hold the limits for all of them.

A permit for every request would cost a call each; briefers ask for as many as they have places for, so that calls grow
fewer as traffic grows. (The alternative, limits divided by the number of workers, leaves the share of each idle worker
unused and cannot learn a limit that nobody names.) No Ray in here: the engine makes an actor of it, tests a plain one.
"""

import time
from collections.abc import Callable
from decimal import Decimal
from typing import Final, NamedTuple

from summarizer.archive.governor import Governor, Limits
from summarizer.archive.line import Seen
from summarizer.archive.progress import Progress
from summarizer.archive.purse import Purse
from summarizer.cluster.leave import Ended, Leave, Report, Want

_PATIENCE: Final = 20
"""Articles in a row that a busy service fails, before the run is stopped; as of one machine (`archive.books`)."""
_GONE_SECONDS: Final = 20.0
"""A briefer that has said nothing for so long is dead: its places and the money set aside for it go to others. A live
one reports twice a second."""
_DRIVER_SECONDS: Final = 5.0
"""A driver that has not asked for so long how the run stands is dead or stopped: nothing more is begun. A live one asks
four times a second. Ray ends the workers of a dead driver within 4.5 s, but may not notice at once."""
_AGAIN_SECONDS: Final = 0.25
_DEATHS: Final = 2
"""Processes that a chunk or a part may take with it, before it is looked at closely (`begin`)."""


class DeskTold(NamedTuple):
    """What a desk is made of."""

    limits: Limits
    budget: Decimal | None
    spent: Decimal
    """By earlier runs."""
    before: tuple[Decimal, ...]
    """Costs of articles of earlier runs."""
    limit: int | None
    """Articles to be drafted in this run."""
    asks: bool
    """Whether articles cost requests."""
    parts: int
    """To be read in this run."""


class Begun(NamedTuple):
    """What is known of a chunk or part that somebody begins with."""

    tries: int
    """How often it was begun before."""
    last: str | None
    """What was being done, by `announce`, when it ended before."""
    condemned: tuple[str, ...] = ()
    """What was found to kill in tries before that one: left out in all that follow."""


class _Worker(NamedTuple):
    heard: float
    in_flight: int
    busy: bool


class Desk:
    """One for a run."""

    def __init__(self, told: DeskTold, clock: Callable[[], float] = time.monotonic) -> None:
        self._told, self._clock = told, clock
        self._governor = Governor(told.limits, clock)
        self._purse = Purse(told.budget, told.spent, told.before)
        self._workers: dict[str, _Worker] = {}
        self._granted: dict[int, str] = {}
        """Articles under way, and with whom."""
        self._drafts = 0
        self._stop: str | None = None
        self._given_up: str | None = None
        self._busy_in_a_row = 0
        self._chunks: set[str] = set()
        self._parts: set[int] = set()
        self._begun: dict[str, int] = {}
        self._announced: dict[str, str] = {}
        self._condemned: dict[str, tuple[str, ...]] = {}
        self._progress = Progress(Seen(0, 0, 0, 0, complete=not told.parts))
        self._started = clock()
        self._driver_heard: float | None = None
        """Since it was first heard."""

    def exchange(self, report: Report) -> Leave:
        """Take in what a briefer reports, and grant what may be sent."""
        now = self._clock()
        self._forget_dead(now)
        busy = bool(report.wants or report.asks or report.in_flight)
        self._workers[report.worker] = _Worker(now, report.in_flight, busy)
        for attempt in report.troubles:
            self._governor.report(attempt)
        for ended in report.ended:
            self._end(ended)
        led = self._driver_heard is None or now - self._driver_heard < _DRIVER_SECONDS
        asks = self._grant_asks(report.asks) if led else ()
        jobs = self._grant_jobs(report.wants, report.worker) if led else ()
        wait = 0.0
        if len(asks) < len(report.asks) or len(jobs) < len(report.wants):
            soon = max(self._governor.wait(self._governor.guess(1)), 0.005)
            wait = min(_AGAIN_SECONDS, soon) if led else _AGAIN_SECONDS
        return Leave(jobs, asks, self._places(report.worker), wait, self._stop)

    def stop(self, reason: str) -> None:
        """Grant no further articles; what is under way goes on."""
        self._stop = self._stop or reason

    def outcome(self) -> tuple[str, str | None]:
        """Return how the run ended: `finished` or why not, and what is to be told where it was given up."""
        return self._stop or "finished", self._given_up

    def progress(self) -> Progress:
        """Return how the run stands; that somebody asks shows that the driver lives."""
        self._driver_heard = self._clock()
        return self._progress._replace(
            in_flight=sum(worker.in_flight for worker in self._workers.values()),
            concurrency=int(self._governor.concurrency),
            seconds=self._clock() - self._started,
        )

    def found(self, chunk: str, articles: int, troubles: tuple[str, ...]) -> bool:
        """Note a piece of the archive that was read, once however often; return whether to read on."""
        if chunk not in self._chunks:
            self._chunks.add(chunk)
            seen = self._progress.seen
            seen = seen._replace(articles=seen.articles + articles)
            for trouble in troubles:
                seen = seen.with_trouble(trouble)
            self._progress = self._progress._replace(seen=seen)
        return self._stop is None

    def split(self, more: int) -> None:
        """Note that a document has so many articles more than one."""
        seen = self._progress.seen
        self._progress = self._progress._replace(seen=seen._replace(articles=seen.articles + more))

    def linked(self, repeats: int) -> None:
        """Note how many of the articles found repeat others."""
        self._progress = self._progress._replace(seen=self._progress.seen._replace(repeats=repeats))

    def ended(self, part: int) -> None:
        """Note that a part was read to its end."""
        self._parts.add(part)
        complete = len(self._parts) >= self._told.parts
        seen = self._progress.seen._replace(complete=complete)
        self._progress = self._progress._replace(seen=seen)

    def begin(self, what: str) -> Begun:
        """Note that somebody begins with a chunk or part; return what became of it before."""
        before = self._begun.get(what, 0)
        self._begun[what] = before + 1
        begun = Begun(before, self._announced.pop(what, None), self._condemned.get(what, ()))
        if poison := poison_of(begun):
            self._condemned[what] = poison
        return begun

    def announce(self, what: str, step: str | None) -> None:
        """Note what is done with a chunk or part from now on, should it kill whoever does it; None: nothing."""
        if step is None:
            self._announced.pop(what, None)
        else:
            self._announced[what] = step

    def _end(self, ended: Ended) -> None:
        self._granted.pop(ended.key, None)
        self._count(ended)
        self._purse.pay(ended.cost or Decimal(0))
        self._purse.settle(ended.key, None if ended.status == "split" else ended.cost)
        if ended.hopeless:
            self._give_up(ended.message or "the service refuses")
            return
        progress = self._progress
        if ended.status == "split":
            return
        if ended.status != "failed":
            self._busy_in_a_row = 0
            verified = ended.status == "verified"
            self._progress = progress._replace(
                verified=progress.verified + verified,
                flagged=progress.flagged + (not verified),
                repeats=progress.repeats + ended.repeats,
            )
            return
        self._progress = progress._replace(failed=progress.failed + 1, last_failure=ended.message)
        if ended.passing:
            self._busy_in_a_row += 1
            none_yet = progress.verified + progress.flagged == 0
            if self._busy_in_a_row >= (min(_PATIENCE, int(self._governor.concurrency)) if none_yet else _PATIENCE):
                self._give_up(
                    f"{self._busy_in_a_row} articles in a row had no answer, the last: {ended.message}; run the same "
                    "command again when the service is back, what is done stays done"
                )

    def _count(self, ended: Ended) -> None:
        known = self._progress
        for attempt in ended.attempts:
            if attempt.status == 200:
                self._governor.report(attempt)
        spent = known.spent if ended.cost is None else (known.spent or Decimal(0)) + ended.cost
        self._progress = known._replace(
            prompt=known.prompt + sum(attempt.prompt for attempt in ended.attempts),
            completion=known.completion + sum(attempt.completion for attempt in ended.attempts),
            spent=spent,
            currency=ended.currency or known.currency,
        )

    def _give_up(self, reason: str) -> None:
        self._given_up = self._given_up or reason
        self.stop("given up")

    def _grant_asks(self, asks: tuple[int, ...]) -> tuple[int, ...]:
        granted = []
        for tokens in asks:
            reserved = self._governor.guess(tokens)
            if self._governor.wait(reserved) > 0:
                break
            self._governor.take(reserved)
            granted.append(reserved)
        return tuple(granted)

    def _grant_jobs(self, wants: tuple[Want, ...], worker: str) -> tuple[int, ...]:
        granted: list[int] = []
        for want in wants:
            if self._stop is not None:
                break
            is_new = want.drafts and want.key not in self._granted
            if is_new and self._told.limit is not None and self._drafts >= self._told.limit:
                self.stop("limit")
                break
            reserved = self._reserve(want) if self._told.asks and want.drafts else 0
            if reserved is None:
                break
            self._drafts += is_new
            self._granted[want.key] = worker
            granted.append(reserved)
        return tuple(granted)

    def _reserve(self, want: Want) -> int | None:
        """Set aside tokens and money for an article; return the tokens, None where it cannot be sent now."""
        if want.key in self._granted:  # its briefer died over it: what was set aside then is free again
            self._purse.settle(want.key, None)
        alone = len(self._granted) == (want.key in self._granted)
        if not self._purse.allows(alone=alone):
            if alone:
                self.stop("budget")
            return None
        reserved = self._governor.guess(want.tokens)
        if self._governor.wait(reserved) > 0:
            return None
        self._governor.take(reserved)
        self._purse.reserve(want.key)
        return reserved

    def _places(self, worker: str) -> int:
        """Return the share of a briefer of all that may be in flight; those without work have none."""
        busy = sorted(name for name, known in self._workers.items() if known.busy or name == worker)
        whole, rest = divmod(max(1, int(self._governor.concurrency)), len(busy))
        return whole + (busy.index(worker) < rest)

    def _forget_dead(self, now: float) -> None:
        for name in [name for name, known in self._workers.items() if now - known.heard > _GONE_SECONDS]:
            del self._workers[name]
            for key in [key for key, holder in self._granted.items() if holder == name]:
                del self._granted[key]
                self._purse.settle(key, None)


def poison_of(begun: Begun) -> tuple[str, ...]:
    """Return what is taken for the cause of deaths: what was under way at the latest, and what was found before it."""
    if begun.last is None or begun.tries < _DEATHS or begun.last in begun.condemned:
        return begun.condemned
    return (*begun.condemned, begun.last)


def is_suspect(begun: Begun) -> bool:
    """Return whether the steps of a chunk or part are to be announced one by one."""
    return begun.tries >= _DEATHS
