"""The run: one thread that takes in what is read and done, keeps it, and keeps the line to the service full.

    reader ──documents──▶ ┌─────┐ ──jobs, grants──▶ workers
                          │ run │ ◀──outcomes, asks──
    store  ◀──one writer──└─────┘

Whatever has come in by then is committed together: one article at a time while the service is slow, many at once when
it is quick. A place in the line is free again once its result is on the disk; so however the run ends, no more is lost
than was in flight.
"""

import queue
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

from summarizer.archive.crew import Broken, Message
from summarizer.archive.hall import Finished, Flying, Hall
from summarizer.archive.jobs import Ask, Briefed, BriefJob, Failed, Grant, Job, Postponed, SplitUp, Trouble, Unfit
from summarizer.archive.progress import Progress
from summarizer.archive.reading import News
from summarizer.errors import Stopped
from summarizer.store import work
from summarizer.store.intake import POSITIONS
from summarizer.store.searchable import AT_ONCE, index_listed
from summarizer.store.work import Failure

_NEWS_AT_ONCE: Final = 50
"""Documents stored in one transaction; some ten milliseconds, so that results and free places need not wait."""
_MESSAGES_AT_ONCE: Final = 500
_TICK_SECONDS: Final = 0.25
"""The loop turns at least so often, for whoever watches."""
_OVERHEAD_TOKENS: Final = 2500
"""Tokens of a question beside its article: instructions and schema. The recorded ones have 2,400; what services report
corrects it."""
_DEATHS: Final = 2
"""Worker processes that an article may take with it before it is taken for the cause."""
_DEATHS_IN_A_ROW: Final = 5
"""Worker processes that may die without an outcome in between, before it is the machine that is taken for the cause."""


class Run:
    """One run over an archive; iterate over `articles` to make it go."""

    def __init__(self, hall: Hall, limit: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self.hall, self._limit, self._clock = hall, limit, clock
        self._news: deque[News] = deque()
        self._asks: deque[Ask] = deque()
        self._jobs: deque[Flying] = deque()
        """Claimed and not yet sent."""
        self._flying: dict[int, Flying] = {}
        """By `Job.key`."""
        self._sent = 0
        """Articles sent that need a draft."""
        self._more = True
        """Whether the line may hold another job."""
        self._deaths_in_a_row = 0
        self._started = clock()
        self._stopped: str | None = None

    def stop(self, reason: str) -> None:
        """Send nothing more, finish what is in flight, then end; safe to call from a signal handler."""
        self._stopped = self._stopped or reason

    @property
    def outcome(self) -> str:
        """How the run ended: `finished`, or why not."""
        return self._stopped or "finished"

    @property
    def progress(self) -> Progress:
        """How the run stands."""
        return self.hall.books.progress

    def articles(self) -> Iterator[Finished]:
        """Yield each article as soon as it is finished and kept.

        Raises StoreError where the store cannot be written, Stopped where every further question would fail alike.
        """
        hall = self.hall
        hall.reader.start()
        while not self._over():
            yield from self._keep(self._wait())
            if hall.books.given_up is not None:
                self.stop("given up")
            self._grant()
            self._send()
            hall.books.note(hall.line.seen, len(self._flying), self._clock() - self._started)
        if hall.books.given_up is not None:
            raise Stopped(hall.books.given_up)

    def _over(self) -> bool:
        if self._flying:
            return False
        if self._stopped is not None:
            return True
        return self.hall.line.seen.complete and not (self._jobs or self._news or self._more)

    def _wait(self) -> list[Message | News]:
        """Return what has come in; waits for something, but no longer than a tick or than the governor says."""
        timeout = 0.0 if self._news or self._can_claim() else self._patience()
        messages: list[Message | News] = []
        try:
            messages.append(self.hall.inbox.get(timeout=timeout) if timeout else self.hall.inbox.get_nowait())
            while len(messages) < _MESSAGES_AT_ONCE:
                messages.append(self.hall.inbox.get_nowait())
        except queue.Empty:
            pass
        return messages

    def _patience(self) -> float:
        """Return the seconds after which something may be sent that may not be sent now; a tick at most."""
        if self._asks:
            tokens = self._asks[0].tokens
        elif self._jobs and self._has_place():
            tokens = _tokens(self._jobs[0].job)
        else:
            return _TICK_SECONDS
        governor = self.hall.governor
        return min(_TICK_SECONDS, max(governor.wait(governor.guess(tokens)), 0.001))

    def _has_place(self) -> bool:
        return len(self._flying) < int(self.hall.governor.concurrency)

    def _can_claim(self) -> bool:
        """Return whether jobs are to be made: as many ahead as may be in flight, twice over."""
        ahead = 2 * int(self.hall.governor.concurrency)
        return self._more and self._stopped is None and len(self._jobs) < ahead

    def _keep(self, messages: list[Message | News]) -> list[Finished]:
        """Store what has come in, and make the next jobs, in one transaction."""
        outcomes = [message for message in messages if self._is_outcome(message)]
        if not (outcomes or self._news or self._can_claim()):
            return []
        finished: list[Finished] = []
        with self.hall.store.transaction():
            for message in outcomes:
                finished.extend(self._heed(message))
            for _ in range(min(len(self._news), _NEWS_AT_ONCE)):
                self.hall.line.heed(self._news.popleft())
                self.hall.reader.taken()
                self._more = True
            while self._can_claim():
                job = self.hall.line.next_job()
                self._more = job is not None
                if job is not None:
                    self._jobs.append(Flying(job, 0))
            index_listed(self.hall.store.db, least=AT_ONCE)
        return finished

    def _is_outcome(self, message: Message | News) -> bool:
        """Put aside what needs no transaction; return whether the message is the end of a job."""
        if isinstance(message, Briefed | Unfit | SplitUp | Failed | Postponed | Broken):
            return True
        if isinstance(message, Ask):
            self._asks.append(message)
        elif isinstance(message, Trouble):
            self.hall.governor.report(message.attempt)
        else:
            self._news.append(message)
        return False

    def _heed(self, message: Message | News) -> list[Finished]:
        if isinstance(message, Broken):
            return self._mourn(message)
        self._deaths_in_a_row = 0
        if isinstance(message, Briefed):
            return [self._brief(message)]
        if isinstance(message, Failed):
            return self._fail(message)
        self._more = True
        if isinstance(message, SplitUp):
            self._flying.pop(message.key, None)
            self.hall.books.book(message.attempts, message.document_id, 0)
            self.hall.line.split_up(message)
        elif isinstance(message, Unfit):
            self._flying.pop(message.key, None)
            self.hall.line.set_free(message.article)
        return []

    def _brief(self, outcome: Briefed) -> Finished:
        hall, article = self.hall, outcome.article
        flying = self._flying.pop(outcome.key, None)
        hall.purse.settle(article, hall.books.book(outcome.attempts, *divmod(article, POSITIONS)))
        work.keep_brief(hall.store.db, article, outcome.known, outcome.flat, hall.recipe, hall.run)
        if hall.line.finish(article):
            self._more = True
        repeat = flying is not None and isinstance(flying.job, BriefJob) and flying.job.given is not None
        hall.books.count_brief(outcome.flat.status, repeat=repeat)
        return Finished(article, outcome.flat.status, outcome.flat.json, None)

    def _fail(self, outcome: Failed) -> list[Finished]:
        """Keep the failure of an article, and of those that repeat it and would fail alike."""
        hall, failure = self.hall, outcome.failure
        article = outcome.document_id * POSITIONS + outcome.position
        self._flying.pop(outcome.key, None)
        hall.purse.settle(article, hall.books.book(outcome.attempts, outcome.document_id, outcome.position))
        if outcome.hopeless:
            hall.books.give_up(failure.message)
            return []
        failed = [(outcome.document_id, outcome.position, failure)]
        if outcome.position:
            alike = failure._replace(message=f"it repeats article {article}, which failed: {failure.message}")
            failed += [(todo.document_id, todo.position, alike) for todo in hall.line.fail(article)]
        for document, position, why in failed:
            work.keep_failure(hall.store.db, document, position, why, hall.recipe, hall.run)
        hall.books.count_failure(failure, len(failed))
        return [Finished(document * POSITIONS + position, "error", None, why) for document, position, why in failed]

    def _mourn(self, broken: Broken) -> list[Finished]:
        """Have the jobs of a dead worker done by another, but those that two have died over."""
        if broken.reason is not None:
            self._flying.clear()
            self.hall.books.give_up(broken.reason)
            return []
        self._deaths_in_a_row += 1
        if self._deaths_in_a_row >= _DEATHS_IN_A_ROW:
            self.hall.books.give_up(
                f"worker processes die one after another ({self._deaths_in_a_row} so far): they may lack memory, see "
                "what they said; run the same command again, with fewer --processes or a lower --concurrency"
            )
        finished: list[Finished] = []
        for job in broken.jobs:
            flying = self._flying.pop(job.key, None)
            deaths = (flying.deaths if flying else 0) + 1
            if deaths < _DEATHS:
                self._jobs.appendleft(Flying(job, deaths))
                continue
            failure = Failure("internal", "two worker processes died over it", passing=False)
            finished.extend(self._fail(Failed(*job.place, failure, hopeless=False, attempts=())))
        return finished

    def _grant(self) -> None:
        """Let the requests be sent for which workers wait; they go before new jobs."""
        governor = self.hall.governor
        while self._asks and governor.wait(reserved := governor.guess(self._asks[0].tokens)) <= 0:
            ask = self._asks.popleft()
            governor.take(reserved)
            self.hall.crew.grant(Grant(ask.ticket, reserved))

    def _send(self) -> None:
        """Send jobs while there are places, limits and money for them."""
        if not self.hall.crew.ready:
            return
        while self._jobs and self._stopped is None and self._has_place():
            job, deaths = self._jobs[0]
            if isinstance(job, BriefJob) and job.given is None:
                if self._limit is not None and self._sent >= self._limit:
                    self.stop("limit")
                    return
                if self.hall.asks:
                    reserved = self._reserve(job)
                    if not reserved:
                        return
                    job = job._replace(reserved=reserved)
                self._sent += 1
            self._jobs.popleft()
            self._flying[job.key] = Flying(job, deaths)
            self.hall.crew.send(job)

    def _reserve(self, job: BriefJob) -> int:
        """Set aside tokens and money for an article; return the tokens, 0 where it cannot be sent now."""
        governor, purse = self.hall.governor, self.hall.purse
        if not purse.allows(alone=not self._flying):
            if not self._flying:
                self.stop("budget")
            return 0
        reserved = governor.guess(_tokens(job))
        if governor.wait(reserved) > 0:
            return 0
        governor.take(reserved)
        purse.reserve(job.article)
        return reserved


def _tokens(job: Job) -> int:
    """Return about how many tokens a job's first request takes, its reply included once requests were seen."""
    return _OVERHEAD_TOKENS + len(job.document.text)
