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
from summarizer.archive.progress import Progress
from summarizer.archive.purse import Purse
from summarizer.cluster.count import Count
from summarizer.cluster.leave import Ended, Leave, Report, Want

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


class _Grant(NamedTuple):
    worker: str
    drafts: bool


class Desk:
    """One for a run."""

    def __init__(self, told: DeskTold, clock: Callable[[], float] = time.monotonic) -> None:
        self._told, self._clock = told, clock
        self._governor = Governor(told.limits, clock)
        self._purse = Purse(told.budget, told.spent, told.before)
        self._workers: dict[str, _Worker] = {}
        self._granted: dict[int, _Grant] = {}
        """What is under way, by its key."""
        self._drafts = 0
        self._stop: str | None = None
        self._given_up: str | None = None
        self._begun: dict[str, int] = {}
        self._announced: dict[str, str] = {}
        self._condemned: dict[str, tuple[str, ...]] = {}
        self._count = Count(told.parts)
        self._started = clock()
        self._driver_heard: float | None = None
        """Since it was first heard."""

    def exchange(self, report: Report) -> Leave:
        """Take in what a briefer reports, and grant what may be sent."""
        now = self._clock()
        self._forget_dead(now)
        if report.worker not in self._workers:
            self._replace(report.worker)
        busy = bool(report.wants or report.asks or report.in_flight)
        self._workers[report.worker] = _Worker(now, report.in_flight, busy)
        for attempt in report.troubles:
            self._governor.report(attempt)
        for ended in report.ended:
            self._end(ended)
        led = self._driver_heard is None or now - self._driver_heard < _DRIVER_SECONDS
        room = max(0, self._places(report.worker) - report.in_flight)
        asks = self._grant_asks(report.asks) if led else ()
        jobs = self._grant_jobs(report.wants[:room], report.worker) if led else ()
        self._workers[report.worker] = _Worker(now, report.in_flight + len(jobs), busy)
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
        return self._count.progress._replace(
            in_flight=sum(worker.in_flight for worker in self._workers.values()),
            concurrency=int(self._governor.concurrency),
            seconds=self._clock() - self._started,
        )

    def found(self, chunk: str, articles: int, troubles: tuple[str, ...]) -> bool:
        """Note a piece of the archive that was read, once however often; return whether to read on."""
        self._count.found(chunk, articles, troubles)
        return self._stop is None

    def split(self, more: int) -> None:
        """Note that a document has so many articles more than one."""
        self._count.split(more)

    def linked(self, repeats: int) -> None:
        """Note how many of the articles found repeat others."""
        self._count.linked(repeats)

    def ended(self, part: int) -> None:
        """Note that a part was read to its end."""
        self._count.ended(part)

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
        if self._granted.pop(ended.key, None) is None and ended.again:
            return  # it was counted then
        for attempt in ended.attempts:
            if attempt.status == 200:
                self._governor.report(attempt)
        self._purse.pay(ended.cost or Decimal(0))
        self._purse.settle(ended.key, None if ended.status == "split" else ended.cost)
        hopeless = self._count.take(ended, int(self._governor.concurrency))
        if hopeless is not None:
            self._given_up = self._given_up or hopeless
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
            drafts = want.kind == "draft"
            known = self._granted.get(want.key)
            is_new = drafts and (known is None or not known.drafts)
            if is_new and self._told.limit is not None and self._drafts >= self._told.limit:
                self.stop("limit")
                break
            reserved = self._reserve(want) if self._told.asks and want.kind != "given" else 0
            if reserved is None:
                break
            self._drafts += is_new
            self._granted[want.key] = _Grant(worker, drafts)
            granted.append(reserved)
        return tuple(granted)

    def _reserve(self, want: Want) -> int | None:
        """Set aside tokens and money for an article; return the tokens, None where it cannot be sent now.

        For the split of a page there must be money too, but its tokens are set aside with its requests.
        """
        if want.key in self._granted:  # its briefer died over it: what was set aside then is free again
            self._purse.settle(want.key, None)
        alone = len(self._granted) == (want.key in self._granted)
        if not self._purse.allows(alone=alone):
            if alone:
                self.stop("budget")
            return None
        reserved = 0
        if want.kind == "draft":
            reserved = self._governor.guess(want.tokens)
            if self._governor.wait(reserved) > 0:
                return None
            self._governor.take(reserved)
        self._purse.reserve(want.key)
        return reserved

    def _places(self, worker: str) -> int:
        """Return how many articles a briefer may have in flight, so that all together keep to the limit.

        Those that have work share it; what others still have over their share is not to be had yet.
        """
        busy = sorted(name for name, known in self._workers.items() if known.busy or name == worker)
        concurrency = max(1, int(self._governor.concurrency))
        whole, rest = divmod(concurrency, len(busy))
        others = sum(known.in_flight for name, known in self._workers.items() if name != worker)
        return max(0, min(whole + (busy.index(worker) < rest), concurrency - others))

    def _forget_dead(self, now: float) -> None:
        for name in [name for name, known in self._workers.items() if now - known.heard > _GONE_SECONDS]:
            del self._workers[name]
            for key in [key for key, grant in self._granted.items() if grant.worker == name]:
                del self._granted[key]
                self._purse.settle(key, None)

    def _replace(self, worker: str) -> None:
        """Free the places of the process that this one replaces: Ray starts an actor again under the name it had.

        What it was granted stays set aside for a while: whoever goes on with it tells how it ended.
        """
        actor = worker.partition("/")[0]
        for name, known in self._workers.items():
            if name.partition("/")[0] == actor:
                self._workers[name] = known._replace(in_flight=0, busy=False)


def poison_of(begun: Begun) -> tuple[str, ...]:
    """Return what is taken for the cause of deaths: what was under way at the latest, and what was found before it."""
    if begun.last is None or begun.tries < _DEATHS or begun.last in begun.condemned:
        return begun.condemned
    return (*begun.condemned, begun.last)


def is_suspect(begun: Begun) -> bool:
    """Return whether the steps of a chunk or part are to be announced one by one."""
    return begun.tries >= _DEATHS
