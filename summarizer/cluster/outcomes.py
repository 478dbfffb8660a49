"""What a worker's outcome is to the journal and to the desk."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from summarizer.archive.jobs import Briefed, Failed, SplitUp
from summarizer.archive.recipe import CHECKING
from summarizer.cluster.again import told_in_row
from summarizer.cluster.journal import Row
from summarizer.cluster.leave import Ended, told_key
from summarizer.cluster.reading import Item, Unreadable
from summarizer.extract.extraction import Spent
from summarizer.extract.gate import Attempt
from summarizer.prices import Prices
from summarizer.store.intake import Likeness, NewArticle
from summarizer.store.work import Failure


class Pricing(NamedTuple):
    """What is the same for all rows of a run."""

    prices: Prices | None
    run: int


class Paid(NamedTuple):
    """What requests cost."""

    spent: Spent
    cost: Decimal | None
    currency: str | None


class Place(NamedTuple):
    """Of which article an outcome is."""

    item: Item
    position: int
    articles: int
    """How many rows its document has in all."""
    new: NewArticle | None
    """The article as it was found on its page; None where it is the document."""
    same_as: int | None = None
    likeness: Likeness | None = None


def paid_for(attempts: Sequence[Attempt], prices: Prices | None) -> Paid:
    """Return what attempts cost in all; each is priced by itself, for prices may grow with a request's length."""
    total, spent, currency = Decimal(0), Spent(), None
    for attempt in attempts:
        tokens = Spent(attempts=1, prompt=attempt.prompt, completion=attempt.completion, cached=attempt.cached)
        cost = None if prices is None else prices.cost(None, tokens)
        if cost is not None:
            total, currency = total + Decimal(cost.amount), cost.currency
        spent = spent.plus(tokens)
    return Paid(spent, total or None, currency)


def row_of(place: Place, outcome: Briefed | Failed, paid: Paid, run: int) -> Row:
    """Return the row of an article's outcome."""
    document = place.item.found
    assert not isinstance(document, Unreadable)  # such an item has no job
    known = outcome.known if isinstance(outcome, Briefed) else None
    failure = None if isinstance(outcome, Briefed) else outcome.failure
    new = place.new
    return Row(
        key=place.item.key,
        document_key=place.item.document_key,
        position=place.position,
        articles=place.articles,
        kind="failure" if failure else "brief",
        status=outcome.flat.status if isinstance(outcome, Briefed) else "error",
        input=place.item.input,
        document=document.path or "",
        document_hash=document.id,
        outlet=document.outlet,
        document_published=document.published,
        published_from=document.published_from,
        title=known.title if known else new.title if new else None,
        byline=known.byline if known else None,
        published=known.published if known else None,
        language=known.language if known else None,
        chars=new.chars if new else len(document.text),
        piece=new.piece if new else None,
        same_as=place.same_as,
        likeness=place.likeness,
        checking=CHECKING,
        brief=outcome.flat.json if isinstance(outcome, Briefed) else None,
        failure=failure.kind if failure else None,
        message=failure.message if failure else None,
        passing=failure.passing if failure else False,
        **_spent(paid),
        run_id=run,
        made_at=now(),
    )


def unreadable_row(item: Item, run: int) -> Row:
    """Return the row of an input, or a part of one, that cannot be read."""
    assert isinstance(item.found, Unreadable)
    told = {"document": item.found.path, "document_hash": "", "failure": "unreadable", "message": item.found.reason}
    return _row_of_item(item, run, paid_for((), None), {"kind": "unreadable", "status": "error", "articles": 1, **told})


def split_row(item: Item, outcome: SplitUp, paid: Paid, run: int) -> Row:
    """Return the row by which the articles of a page are known from now on, and what its split cost is counted."""
    document = item.found
    assert not isinstance(document, Unreadable)  # such an item has no job
    told = {"document": document.path or "", "document_hash": document.id, "piece": told_in_row(outcome.articles)}
    return _row_of_item(
        item, run, paid, {"kind": "split", "status": "split", "articles": len(outcome.articles), **told}
    )


def _row_of_item(item: Item, run: int, paid: Paid, told: Mapping[str, Any]) -> Row:
    """Return a row that is no article's."""
    known = {"key": item.key, "document_key": item.document_key, "position": 0, "input": item.input, "chars": 0}
    made = {"checking": CHECKING, "passing": False, "run_id": run, "made_at": now()}
    return Row(**{**dict.fromkeys(Row._fields), **known, **made, **_spent(paid), **told})


def ended_of(key: int, outcome: Briefed | Failed, paid: Paid, *, repeats: bool) -> Ended:
    """Return what the desk is told of an outcome; `repeats`: the draft, or the failure, was another article's."""
    if isinstance(outcome, Briefed):
        return Ended(key, _status(outcome.flat.status), outcome.attempts, paid.cost, paid.currency, repeats=repeats)
    failure: Failure = outcome.failure
    return Ended(
        key,
        "failed",
        outcome.attempts,
        paid.cost,
        paid.currency,
        failure.message,
        passing=failure.passing and not repeats,
        hopeless=outcome.hopeless,
    )


def ended_before(row: Row) -> Ended:
    """Return what the desk is told of what an earlier try of a chunk has finished: it may not have heard of it."""
    spent = Attempt(0, None, 0.0, row.prompt, row.completion, row.cached, None, None, None)
    return Ended(
        told_key(row.key, row.position),
        "split" if row.kind == "split" else "failed" if row.kind == "failure" else _status(row.status),
        (spent,),
        None if row.cost is None else Decimal(row.cost),
        row.currency,
        row.message,
        passing=row.passing,
        repeats=row.same_as is not None,
        again=True,
    )


def _status(told: str) -> Literal["verified", "flagged"]:
    return "verified" if told == "verified" else "flagged"


def now() -> str:
    """Return the moment, as the store writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _spent(paid: Paid) -> dict[str, Any]:
    spent = paid.spent
    return {
        "requests": spent.attempts,
        "prompt": spent.prompt,
        "completion": spent.completion,
        "cached": spent.cached,
        "cost": None if paid.cost is None else str(paid.cost),
        "currency": paid.currency,
    }
