"""The books of a run: what its requests cost, how its articles ended, and when the service is to be given up."""

from decimal import Decimal
from typing import Final

from summarizer.archive.governor import Governor
from summarizer.archive.line import Seen
from summarizer.archive.progress import Progress
from summarizer.archive.purse import Purse
from summarizer.counted import counted
from summarizer.extract.extraction import Spent
from summarizer.extract.gate import Attempt
from summarizer.prices import Prices
from summarizer.store import Store, ledger
from summarizer.store.ledger import StoredAttempt
from summarizer.store.work import Failure

_PATIENCE: Final = 20
"""Articles in a row that a busy service fails, before the run is stopped: each stands for five requests over ten
seconds. Were it to go on, a service that is down would fail a whole archive."""


class Books:
    """Kept by the run, on its thread; what writes needs a transaction of the store."""

    def __init__(self, store: Store, run: int, governor: Governor, purse: Purse, prices: Prices | None) -> None:
        self._store, self._run = store, run
        self._governor, self._purse, self._prices = governor, purse, prices
        self._busy_in_a_row = 0
        self.progress = Progress(Seen(0, 0, 0, 0, complete=False))
        self.given_up: str | None = None
        """Why every further question would fail alike."""

    def book(self, attempts: tuple[Attempt, ...], document: int, position: int) -> Decimal | None:
        """Keep the requests that an article took (position 0: the split of a document); return what they cost.

        None where nothing was paid or the price is unknown.
        """
        total = Decimal(0)
        stored = []
        for attempt in attempts:
            if attempt.status == 200:
                self._governor.report(attempt)
            used = (attempt.prompt, attempt.completion, attempt.cached)
            tokens = Spent(attempts=1, prompt=attempt.prompt, completion=attempt.completion, cached=attempt.cached)
            cost = None if self._prices is None else self._prices.cost(None, tokens)
            amount, currency = (None, None) if cost is None else (Decimal(cost.amount), cost.currency)
            stored.append(StoredAttempt(document, position, attempt.status, attempt.seconds, *used, amount, currency))
            self._count(tokens, amount, currency)
            total += amount or 0
        ledger.keep_attempts(self._store.db, self._run, stored)
        self._purse.pay(total)
        return total or None

    def count_brief(self, status: str, *, repeat: bool) -> None:
        """Count a brief."""
        self._busy_in_a_row = 0
        verified = status == "verified"
        self.progress = self.progress._replace(
            verified=self.progress.verified + verified,
            flagged=self.progress.flagged + (not verified),
            repeats=self.progress.repeats + repeat,
        )

    def count_failure(self, failure: Failure, articles: int = 1) -> None:
        """Count articles that gave no brief for one reason; give the service up where that has gone on for too long."""
        self.progress = self.progress._replace(failed=self.progress.failed + articles, last_failure=failure.message)
        if not failure.passing:
            return
        self._busy_in_a_row += 1
        none_yet = self.progress.verified + self.progress.flagged == 0
        patience = min(_PATIENCE, int(self._governor.concurrency)) if none_yet else _PATIENCE
        if self._busy_in_a_row >= patience:
            self.give_up(
                f"{counted(self._busy_in_a_row, 'article')} in a row had no answer, the last: {failure.message}; run "
                "the same command again when the service is back, what is done stays done"
            )

    def give_up(self, reason: str) -> None:
        """Note why no further question is worth while; the first reason counts."""
        self.given_up = self.given_up or reason

    def note(self, seen: Seen, in_flight: int, seconds: float) -> None:
        """Note how the run stands."""
        self.progress = self.progress._replace(
            seen=seen, in_flight=in_flight, concurrency=int(self._governor.concurrency), seconds=seconds
        )

    def _count(self, tokens: Spent, amount: Decimal | None, currency: str | None) -> None:
        known = self.progress
        self.progress = known._replace(
            prompt=known.prompt + tokens.prompt,
            completion=known.completion + tokens.completion,
            spent=known.spent if amount is None else (known.spent or Decimal(0)) + amount,
            currency=currency or known.currency,
        )
