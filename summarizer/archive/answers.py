"""Keeps what batches have brought: a line once, however often it is read, and its cost with it in one transaction.

So a file that was half kept when a run was killed is read again from its start.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Final

from summarizer.archive.books import Books
from summarizer.extract.batch_lines import AnswerLine, no_answer, read_lines
from summarizer.extract.batches import BatchService, Standing
from summarizer.extract.gate import Attempt
from summarizer.store import Store, requests
from summarizer.store.ledger import NANO
from summarizer.store.requests import Sent

_LINES_AT_ONCE: Final = 500
"""Kept in one transaction."""


class Answers:
    """The answers of a run's batches."""

    def __init__(self, store: Store, books: Books, busy_retries: int) -> None:
        """`busy_retries`: further batches for a question that one has not answered."""
        self._store, self._books, self._busy_retries = store, books, busy_retries

    def take_in(self, batch: int, found: Standing, service: BatchService) -> list[int]:
        """Keep the answers of a batch that has ended, and return the jobs that can go on with them.

        What it has not answered is to be sent again. An answer that every further question would meet is none, and is
        why the run is given up. Raises StoreError, and the service's errors.
        """
        hopeless: str | None = None
        for name in (found.output_file, found.error_file):
            if name is not None:
                with service.fetched(name) as file:
                    hopeless = self._keep(batch, read_lines(file, service.asked)) or hopeless
        with self._store.transaction() as db:
            for sent in requests.all_sent(db, batch):
                self._send_back(sent, f"no line came for it from a batch that is {found.word}")
            requests.end_batch(db, batch, found.word, found.output_file, found.error_file)
            jobs = requests.jobs_answered(db, batch)
        if hopeless is not None:
            self._books.give_up(f"{hopeless}; what else batch {found.id} has brought is kept")
        return jobs

    def take_back(self, batch: int, found: Standing) -> None:
        """Have the questions sent again of a batch of which nothing was run."""
        with self._store.transaction() as db:
            for sent in requests.all_sent(db, batch):
                requests.send_back(db, sent.hash, sent.tries)
            requests.end_batch(db, batch, found.word, found.output_file, found.error_file)

    def _keep(self, batch: int, lines: Iterable[AnswerLine]) -> str | None:
        """Keep what these lines say; return why every further question would fail alike, where one says so."""
        hopeless: str | None = None
        rest = iter(lines)
        while some := list(islice(rest, _LINES_AT_ONCE)):
            with self._store.transaction() as db:
                for line in some:
                    sent = requests.find_sent(db, batch, line.name)
                    if sent is None:  # it was kept before, or is of no batch of ours
                        continue
                    if line.verdict == "hopeless":
                        hopeless = line.words
                    self._keep_line(sent, line)
        return hopeless

    def _keep_line(self, sent: Sent, line: AnswerLine) -> None:
        db, cost = self._store.db, None
        if line.status is not None:
            used = (line.spent.prompt, line.spent.completion, line.spent.cached)
            attempt = Attempt(0, line.status, 0.0, *used, asked_wait=None, limit_tokens=None, limit_requests=None)
            cost = self._books.book((attempt,), sent.document_id, sent.position)
        if line.verdict == "busy":
            self._send_back(sent, line.words)
        elif line.verdict == "hopeless":
            requests.send_back(db, sent.hash, sent.tries)
        else:
            nano = None if cost is None else round(cost * NANO)
            requests.keep_answer(db, sent.hash, line.answer, nano, refuses=line.refuses)

    def _send_back(self, sent: Sent, words: str) -> None:
        """Have a question sent again that was not answered, unless that has gone on for too long."""
        tries = sent.tries + 1
        if tries > self._busy_retries:
            requests.give_up(self._store.db, sent.hash, no_answer(tries, words))
        else:
            requests.send_back(self._store.db, sent.hash, tries)
