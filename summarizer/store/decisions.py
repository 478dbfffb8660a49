"""What reviewers have decided: a log to which lines are only added, so that two who work at once lose nothing.

An item is known by its content and not by its place in the brief, so a decision outlives a run that makes the brief
anew with the same item in it. The latest decision on an item that was not undone holds. Writes need a transaction.
"""

import sqlite3
from typing import Final, Literal, NamedTuple

from summarizer.errors import Overtaken

Verb = Literal["accept", "correct", "reject", "add", "done"]
"""`done` is said of the article as a whole: what nobody has objected to is then taken as accepted."""

ARTICLE: Final = "article"
"""The key of the article as a whole."""

_NOW: Final = "strftime('%Y-%m-%dT%H:%M:%fZ')"
_COLUMNS: Final = "id, article_id, item, verb, fields, who, made_at"


class Decision(NamedTuple):
    """A decision that holds."""

    id: int
    article: int
    item: str
    verb: Verb
    fields: str | None
    """JSON; what the item is to say."""
    who: str
    made_at: str
    """UTC, ISO."""


def decide(db: sqlite3.Connection, said: Decision, seen: int) -> Decision:
    """Add a decision (its `id` and `made_at` are made here) and return it as it holds.

    `seen` is the id of the decision that held when the item was looked at, 0 for none. Raises Overtaken where another
    one holds by now, and writes nothing then.
    """
    holds = holding(db, said.article).get(said.item)
    if (holds.id if holds else 0) != seen:
        who = holds.who if holds else "somebody"
        did = f"has said {holds.verb!r}" if holds else "has undone what was decided"
        raise Overtaken(f"{who} {did} on this item meanwhile; look at it again, then decide")
    row = db.execute(
        f"INSERT INTO decisions (article_id, item, verb, fields, who, made_at) VALUES (?, ?, ?, ?, ?, {_NOW})"
        f" RETURNING {_COLUMNS}",
        (said.article, said.item, said.verb, said.fields, said.who),
    ).fetchone()
    return Decision._make(row)


def undo(db: sqlite3.Connection, decision: int, who: str) -> Decision | None:
    """Take a decision back, and return it; None where it does not hold. What was decided before it holds again."""
    row = db.execute(
        f"UPDATE decisions SET undone_by = ?, undone_at = {_NOW} WHERE id = ? AND undone_by IS NULL"
        f" RETURNING {_COLUMNS}",
        (who, decision),
    ).fetchone()
    return None if row is None else Decision._make(row)


def holding(db: sqlite3.Connection, article: int) -> dict[str, Decision]:
    """Return the decisions that hold on an article's items, by item, in the order in which they were made."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM decisions WHERE article_id = ? AND undone_by IS NULL ORDER BY id", (article,)
    )
    return {row[2]: Decision._make(row) for row in rows}


def latest(db: sqlite3.Connection, article: int, who: str) -> Decision | None:
    """Return the latest decision of a person on an article that still holds."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM decisions WHERE article_id = ? AND who = ? AND undone_by IS NULL"
        " ORDER BY id DESC LIMIT 1",
        (article, who),
    ).fetchone()
    return None if row is None else Decision._make(row)


def reviewed_articles(db: sqlite3.Connection) -> list[int]:
    """Return the articles whose review is done, in the order of the store."""
    rows = db.execute(
        "SELECT DISTINCT article_id FROM decisions WHERE verb = 'done' AND undone_by IS NULL ORDER BY article_id"
    )
    return [int(article) for (article,) in rows]
