"""Runs, recipes, and what everything cost.

All functions take a connection inside a transaction of `Store.transaction`, and raise sqlite3.Error.
"""

import sqlite3
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

NANO: Final = 1_000_000_000
"""Parts of a currency in `cost_nano`. A token costs some 1e-7 of one, a cached one down to 2.5e-9; a request has
thousands of them, so what rounding takes from it is no part in a thousand. A brief's own cost is exact."""


class Recipe(NamedTuple):
    """All that decides what a brief of an article is: with the same recipe it need not be made again."""

    asking: str
    """Hash of what shapes the questions and is paid for: model, prompts, schemas, settings."""
    checking: int
    """Version of reading and check, which cost nothing to do again."""
    extractor: str
    model: str | None
    details: str
    """JSON of what `asking` is the hash of, for people."""


class StoredAttempt(NamedTuple):
    """An HTTP request as the store keeps it."""

    document_id: int
    position: int
    """Of the article; 0 for the split of the document."""
    status: int | None
    seconds: float
    prompt: int
    completion: int
    cached: int
    cost: Decimal | None
    currency: str | None


class Money(NamedTuple):
    """What was spent in one currency; None where the price was unknown."""

    currency: str | None
    amount: Decimal | None
    attempts: int
    prompt: int
    completion: int
    cached: int


def find_recipe(db: sqlite3.Connection, recipe: Recipe) -> int:
    """Return the id of a recipe, which is put in where it is new."""
    db.execute(
        "INSERT OR IGNORE INTO recipes (asking, checking, extractor, model, details) VALUES (?, ?, ?, ?, ?)", recipe
    )
    row = db.execute("SELECT id FROM recipes WHERE asking = ? AND checking = ?", recipe[:2]).fetchone()
    found: int = row[0]
    return found


def same_asking(db: sqlite3.Connection, recipe_id: int) -> frozenset[int]:
    """Return the recipes that ask the same as this one, whatever their check: their drafts need not be paid again."""
    return frozenset(
        found
        for (found,) in db.execute(
            "SELECT id FROM recipes WHERE asking = (SELECT asking FROM recipes WHERE id = ?)", (recipe_id,)
        )
    )


def start_run(db: sqlite3.Connection, recipe_id: int, version: str, sources: str, settings: str) -> int:
    """Note the start of a run and return its id; `sources` and `settings` are JSON."""
    cursor = db.execute(
        "INSERT INTO runs (recipe_id, version, sources, settings, started_at)"
        " VALUES (?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%fZ'))",
        (recipe_id, version, sources, settings),
    )
    return cursor.lastrowid or 0


def end_run(db: sqlite3.Connection, run: int, outcome: str) -> None:
    """Note how a run ended."""
    db.execute("UPDATE runs SET ended_at = strftime('%Y-%m-%dT%H:%M:%fZ'), outcome = ? WHERE id = ?", (outcome, run))


def keep_attempts(db: sqlite3.Connection, run: int, attempts: Iterable[StoredAttempt]) -> None:
    """Note HTTP requests."""
    db.executemany(
        "INSERT INTO attempts (run_id, document_id, position, status, seconds, prompt, completion, cached, cost_nano,"
        " currency, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%fZ'))",
        [(run, *one[:-2], None if one.cost is None else round(one.cost * NANO), one.currency) for one in attempts],
    )


def spent(db: sqlite3.Connection, run: int | None = None) -> list[Money]:
    """Return what a run spent, or all runs, in each currency; what has no known price stands last."""
    rows = db.execute(
        "SELECT currency, sum(cost_nano), count(*), sum(prompt), sum(completion), sum(cached) FROM attempts"
        " WHERE ?1 IS NULL OR run_id = ?1 GROUP BY currency ORDER BY currency IS NULL, currency",
        (run,),
    )
    return [Money(row[0], None if row[1] is None else Decimal(row[1]) / NANO, *row[2:]) for row in rows]


def latest_costs(db: sqlite3.Connection, currency: str, latest: int = 100) -> list[Decimal]:
    """Return what the latest articles cost that were paid for in this currency."""
    rows = db.execute(
        "SELECT sum(cost_nano) FROM (SELECT * FROM attempts WHERE position > 0 AND currency = ?"
        " ORDER BY id DESC LIMIT ?) GROUP BY document_id, position HAVING sum(cost_nano) > 0",
        (currency, latest),
    )
    return [Decimal(nano) / NANO for (nano,) in rows]


class Usual(NamedTuple):
    """What articles used to cost under the same asking, on average."""

    articles: int
    chars: float
    prompt: float
    """Tokens, cached ones included."""
    completion: float


def usual(db: sqlite3.Connection, asking: str, latest: int = 1000) -> Usual | None:
    """Return the means of the latest articles that a model drafted under this asking; None where there are none."""
    row = db.execute(
        "SELECT count(*), avg(chars), avg(prompt), avg(completion) FROM (SELECT a.id, a.chars, sum(t.prompt) AS prompt,"
        " sum(t.completion) AS completion FROM articles a JOIN attempts t ON t.document_id = a.document_id"
        " AND t.position = a.position WHERE a.state = 'done'"
        " AND a.recipe_id IN (SELECT id FROM recipes WHERE asking = ?) GROUP BY a.id ORDER BY a.id DESC LIMIT ?)",
        (asking, latest),
    ).fetchone()
    return Usual(*row) if row[0] and row[2] else None
