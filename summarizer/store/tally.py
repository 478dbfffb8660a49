"""How a store stands: what is done, what failed and why, what is still to do, and what it has cost.

Only what is needed is read: an article's row has its text in it, and a million of them are gigabytes, so most counts
come from indexes alone. Articles of documents that are gone are left out throughout, but what they cost is counted.
"""

import sqlite3
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from summarizer.store.intake import POSITIONS
from summarizer.store.ledger import NANO
from summarizer.store.lookup import NOT_GONE, set_gone_aside
from summarizer.store.status import (
    Articles,
    Documents,
    FailureKind,
    Inputs,
    ParkCount,
    Reason,
    RunTold,
    Spending,
    StoreStatus,
)

_EXAMPLES: Final = 3
"""Reasons shown of the inputs that were not read; `summarize export` has every failure."""
_PARKS: Final = 10
_RUNS: Final = 5
_OF_ARTICLE: Final = f"/ {POSITIONS} {NOT_GONE}"
"""Follows an article's id in a condition: whether its document is not gone."""


def status_of(db: sqlite3.Connection, dead: Callable[[Sequence[int]], Collection[int]]) -> StoreStatus:
    """Return how a store stands; `dead` tells which of the runs without an end no longer live.

    Takes a connection in a `snapshot`; raises sqlite3.Error.
    """
    gone = set_gone_aside(db)
    return StoreStatus(
        articles=_articles(db),
        documents=_documents(db, gone),
        inputs=_inputs(db),
        failures=_failures(db),
        spent=_spent(db),
        parks=_parks(db),
        runs=_runs(db, dead),
    )


def _count(db: sqlite3.Connection, query: str) -> int:
    return int(db.execute(query).fetchone()[0])


def _articles(db: sqlite3.Connection) -> Articles:
    total = _count(db, f"SELECT count(*) FROM articles WHERE id {_OF_ARTICLE}")
    states: dict[str, int] = dict(
        db.execute(f"SELECT state, count(*) FROM articles WHERE state <> 'done' AND id {_OF_ARTICLE} GROUP BY state")
    )
    briefs: dict[str, int] = dict(
        db.execute(f"SELECT status, count(*) FROM briefs WHERE article_id {_OF_ARTICLE} GROUP BY status")
    )
    earlier: dict[str, int] = dict(
        db.execute(
            "SELECT b.status, count(*) FROM articles a CROSS JOIN briefs b ON b.article_id = a.id"
            f" WHERE a.state <> 'done' AND a.id {_OF_ARTICLE} GROUP BY b.status"
        )
    )
    likeness: dict[str, int] = dict(
        db.execute(
            f"SELECT likeness, count(*) FROM articles WHERE same_as IS NOT NULL AND id {_OF_ARTICLE} GROUP BY likeness"
        )
    )
    current = {status: count - earlier.get(status, 0) for status, count in briefs.items()}
    first, last = db.execute(f"SELECT min(published), max(published) FROM articles WHERE id {_OF_ARTICLE}").fetchone()
    return Articles(
        total=total,
        done=total - sum(states.values()),
        verified=current.get("verified", 0),
        flagged=current.get("flagged", 0),
        empty=current.get("failed", 0),
        failed=states.get("failed", 0),
        todo=states.get("todo", 0),
        claimed=_count(db, f"SELECT count(*) FROM articles WHERE claimed_by IS NOT NULL AND id {_OF_ARTICLE}"),
        earlier=sum(earlier.values()),
        repeats_exact=likeness.get("exact", 0),
        repeats_near=likeness.get("near", 0),
        first_published=first,
        last_published=last,
    )


def _documents(db: sqlite3.Connection, gone: int) -> Documents:
    total = _count(db, "SELECT count(*) FROM documents") - gone
    split = _count(db, f"SELECT count(DISTINCT document_id) FROM articles WHERE document_id {NOT_GONE}")
    failed = _count(db, f"SELECT count(*) FROM failures WHERE position = 0 AND document_id {NOT_GONE}")
    return Documents(total=total, unsplit=max(0, total - split - failed), failed=failed, gone=gone)


def _inputs(db: sqlite3.Connection) -> Inputs:
    states: dict[str, int] = dict(db.execute("SELECT state, count(*) FROM inputs GROUP BY state"))
    skipped = db.execute(
        "SELECT path, reason FROM inputs WHERE state = 'skipped' AND reason IS NOT NULL ORDER BY id LIMIT ?",
        (_EXAMPLES,),
    )
    unreadable = db.execute(
        "SELECT i.path, u.reason FROM unreadable u CROSS JOIN inputs i ON i.id = u.input_id"
        " ORDER BY u.input_id, u.reason LIMIT ?",
        (_EXAMPLES,),
    )
    return Inputs(
        read=states.get("read", 0),
        reading=states.get("reading", 0),
        skipped=states.get("skipped", 0),
        skipped_examples=_reasons(skipped),
        unreadable=_count(db, "SELECT count(*) FROM unreadable"),
        unreadable_examples=_reasons(unreadable),
    )


def _reasons(rows: sqlite3.Cursor) -> tuple[Reason, ...]:
    return tuple(Reason(path=path, reason=reason) for path, reason in rows)


def _failures(db: sqlite3.Connection) -> tuple[FailureKind, ...]:
    rows = db.execute(
        "SELECT f.kind, f.count, f.passing, d.path, nullif(f.first % :positions, 0), f.first, e.message FROM ("
        " SELECT kind, count(*) AS count, sum(passing) AS passing, min(document_id * :positions + position) AS first"
        f" FROM failures WHERE document_id {NOT_GONE} GROUP BY kind) f"
        " JOIN failures e ON e.document_id = f.first / :positions AND e.position = f.first % :positions"
        " JOIN documents d ON d.id = e.document_id ORDER BY f.count DESC, f.kind",
        {"positions": POSITIONS},
    )
    return tuple(
        FailureKind(kind=kind, count=count, passing=passing, document=path, article=position and first, message=message)
        for kind, count, passing, path, position, first, message in rows
    )


def _spent(db: sqlite3.Connection) -> tuple[Spending, ...]:
    rows = db.execute(
        "SELECT c.model, c.extractor, t.currency, sum(t.cost_nano), count(*), sum(t.status IS NOT 200), sum(t.prompt),"
        " sum(t.completion), sum(t.cached) FROM attempts t JOIN runs r ON r.id = t.run_id"
        " JOIN recipes c ON c.id = r.recipe_id GROUP BY c.model, c.extractor, t.currency"
        " ORDER BY c.model IS NULL, c.model, c.extractor, t.currency IS NULL, t.currency"
    )
    names = ("requests", "unanswered", "prompt", "completion", "cached")
    return tuple(
        Spending(
            model=model,
            extractor=extractor,
            currency=currency,
            amount=money(nano),
            **dict(zip(names, rest, strict=True)),
        )
        for model, extractor, currency, nano, *rest in rows
    )


def money(nano: int | None) -> str | None:
    """Return an amount in 1e-9 of a currency as an exact decimal, with two digits behind the point at least."""
    if nano is None:
        return None
    whole, part = divmod(nano, NANO)
    digits = f"{part:09d}".rstrip("0")
    return f"{whole}.{digits:0<2}"


def _parks(db: sqlite3.Connection) -> tuple[ParkCount, ...]:
    rows = db.execute(
        "SELECT name, count(DISTINCT article_id) AS articles FROM parks WHERE role = 'subject'"
        f" AND article_id {_OF_ARTICLE} GROUP BY name ORDER BY articles DESC, name LIMIT ?",
        (_PARKS,),
    )
    return tuple(ParkCount(name=name, articles=articles) for name, articles in rows)


def _runs(db: sqlite3.Connection, dead: Callable[[Sequence[int]], Collection[int]]) -> tuple[RunTold, ...]:
    names = ("id", "started_at", "ended_at", "outcome", "version", "extractor", "model", "sources")
    rows: list[dict[str, Any]] = [
        dict(zip(names, row, strict=True))
        for row in db.execute(
            "SELECT r.id, r.started_at, r.ended_at, r.outcome, r.version, c.extractor, c.model, r.sources FROM runs r"
            " JOIN recipes c ON c.id = r.recipe_id ORDER BY r.id DESC LIMIT ?",
            (_RUNS,),
        )
    ]
    killed = set(dead([row["id"] for row in rows if row["ended_at"] is None]))
    for row in rows:
        if row["ended_at"] is None:
            row["outcome"] = "ended without a word" if row["id"] in killed else "running"
    return tuple(RunTold.model_validate(row) for row in rows)
