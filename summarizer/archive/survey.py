"""What a run would do and cost, told beforehand: the archive is read into the store, and nobody is asked.

Pages are split by the rules to count their articles, but their split is left to the run. What has been read need not be
read again by the run.
"""

import queue
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from summarizer.archive.hall import Hall
from summarizer.archive.jobs import BriefJob, Job
from summarizer.archive.line import Seen
from summarizer.extract.extraction import Spent
from summarizer.pages import split_document
from summarizer.prices import Prices
from summarizer.settings import Split
from summarizer.store import ledger
from summarizer.store.ledger import Usual

_RECORDED: Final = Usual(articles=0, chars=620.0, prompt=3300.0, completion=1340.0)
"""The means of the fixtures' 13 recorded articles, follow-ups and re-asks included; for a store without its own."""
_JOBS_AT_ONCE: Final = 200


class Forecast(NamedTuple):
    """What a run would do."""

    seen: Seen
    drafts: int
    """Articles that would be asked for."""
    prompt: int
    """Tokens, about."""
    completion: int
    cost: Decimal | None
    """About; None where the price is unknown."""
    currency: str | None
    measured: int
    """Articles of the store that the tokens are guessed by; 0 where it has none, and recorded ones served."""


def survey(hall: Hall, asking: str, split: Split, prices: Prices | None) -> Forecast:
    """Return what the run that `hall` was made for would do. Raises StoreError."""
    drafts = chars = pages = 0
    hall.reader.start()
    for job in _jobs(hall):
        if isinstance(job, BriefJob):
            if job.given is None:
                drafts += 1
                chars += len(job.document.text)
            continue
        pieces = split_document(job.document, without_model(split)).pieces
        told = [piece for piece in pieces if piece.kind != "furniture"]
        drafts += max(1, len(told))
        pages += max(0, len(told) - 1)
        chars += len(job.document.text)
    seen = hall.line.seen._replace(articles=hall.line.seen.articles + pages)
    if not hall.asks:
        return Forecast(seen, drafts, 0, 0, None, None, 0)
    with hall.store.told():
        usual = ledger.usual(hall.store.db, asking)
    return reckoned(seen, drafts, chars, usual, prices)


def reckoned(seen: Seen, drafts: int, chars: int, usual: Usual | None, prices: Prices | None) -> Forecast:
    """Return what drafts of texts of so many characters in all would cost, as articles used to or as recorded ones."""
    usual = usual or _RECORDED
    prompt = round(drafts * usual.prompt + (chars - drafts * usual.chars))
    completion = round(chars * usual.completion / usual.chars)
    cost = None
    if prices is not None and drafts:
        each = Spent(attempts=1, prompt=prompt // drafts, completion=completion // drafts)
        cost = prices.cost(None, each)
    amount = None if cost is None else Decimal(cost.amount) * drafts
    return Forecast(seen, drafts, prompt, completion, amount, cost.currency if cost else None, usual.articles)


def _jobs(hall: Hall) -> Iterator[Job]:
    """Take the archive in, and yield the jobs that it gives; their claims are given back."""
    while not hall.line.seen.complete:
        news = [hall.inbox.get()]
        while len(news) < _JOBS_AT_ONCE:
            try:
                news.append(hall.inbox.get_nowait())
            except queue.Empty:
                break
        with hall.store.transaction():
            for message in news:
                hall.line.heed(message)  # type: ignore[arg-type]  # there are no workers to send anything else
                hall.reader.taken()
    while True:
        with hall.store.transaction():
            jobs = [job for _ in range(_JOBS_AT_ONCE) if (job := hall.line.next_job()) is not None]
        if not jobs:
            return
        yield from jobs


def without_model(split: Split) -> Split:
    """Return who splits pages where nobody is asked."""
    return "rules" if split == "model" else split
