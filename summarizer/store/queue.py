"""The queue of a review: the articles of a store that wait for a person, those first that most doubt is cast on."""

import sqlite3
from typing import NamedTuple

from summarizer.store.decisions import ARTICLE, holding


class Waiting(NamedTuple):
    """An article in the queue."""

    article: int
    title: str | None
    park: str | None
    published: str | None
    path: str
    status: str
    flagged: int
    unreported: int
    contradictions: int
    decided: int
    """Decisions that hold on its items."""
    done: bool


class Asked(NamedTuple):
    """Which part of the queue is asked for."""

    status: str | None = None
    """Of the brief."""
    park: str | None = None
    reviewed: bool = False
    """Those whose review is done, in place of those that wait."""
    offset: int = 0
    limit: int = 50


def queue(db: sqlite3.Connection, asked: Asked) -> list[Waiting]:
    """Return a page of the articles to review, those with most doubt first: flagged, left out, contradictory."""
    where, given = _where(asked)
    rows = db.execute(
        "SELECT b.article_id FROM briefs b INDEXED BY briefs_by_doubt"
        f" {where} ORDER BY b.flagged DESC, b.unreported DESC, b.contradictions DESC, b.article_id LIMIT ? OFFSET ?",
        (*given, asked.limit, asked.offset),
    ).fetchall()
    return [_waiting(db, article) for (article,) in rows]


def _waiting(db: sqlite3.Connection, article: int) -> Waiting:
    row = db.execute(
        "SELECT b.article_id, a.title, b.park, coalesce(a.published, d.published), d.path, b.status, b.flagged,"
        " b.unreported, b.contradictions FROM briefs b JOIN articles a ON a.id = b.article_id"
        " JOIN documents d ON d.id = a.document_id WHERE b.article_id = ?",
        (article,),
    ).fetchone()
    holds = holding(db, article)
    done = ARTICLE in holds
    return Waiting._make((*row, len(holds) - done, done))


def count_queue(db: sqlite3.Connection, asked: Asked) -> int:
    """Return how many articles the whole queue has."""
    where, given = _where(asked)
    return int(db.execute(f"SELECT count(*) FROM briefs b INDEXED BY briefs_by_doubt {where}", given).fetchone()[0])


def next_waiting(db: sqlite3.Connection, article: int, asked: Asked) -> int | None:
    """Return the article that comes after another in the queue, else the first one; None where none waits."""
    place = db.execute(
        "SELECT flagged, unreported, contradictions FROM briefs WHERE article_id = ?", (article,)
    ).fetchone()
    where, given = _where(asked)
    order = "ORDER BY b.flagged DESC, b.unreported DESC, b.contradictions DESC, b.article_id LIMIT 1"
    query = f"SELECT b.article_id FROM briefs b INDEXED BY briefs_by_doubt {where} AND b.article_id <> ?"
    if place is not None:
        behind = " AND (-b.flagged, -b.unreported, -b.contradictions, b.article_id) > (?, ?, ?, ?)"
        found = db.execute(query + behind + order, (*given, article, *(-one for one in place), article)).fetchone()
        if found is not None:
            return int(found[0])
    found = db.execute(query + order, (*given, article)).fetchone()
    return None if found is None else int(found[0])


def _where(asked: Asked) -> tuple[str, list[str]]:
    """Return the condition of a queue, which begins with WHERE, and what is put into its marks."""
    done = "EXISTS (SELECT 1 FROM decisions x WHERE x.article_id = b.article_id AND x.verb = 'done'"
    done += " AND x.undone_by IS NULL)"
    parts, given = [done if asked.reviewed else f"NOT {done}"], []
    if asked.status is not None:
        parts.append("b.status = ?")
        given.append(asked.status)
    if asked.park is not None:
        parts.append("EXISTS (SELECT 1 FROM parks p WHERE p.article_id = b.article_id AND p.name = ?)")
        given.append(asked.park)
    return f"WHERE {' AND '.join(parts)}", given


def parks_waiting(db: sqlite3.Connection, limit: int = 200) -> list[str]:
    """Return the parks that briefs are about, those first that most are about."""
    rows = db.execute(
        "SELECT name FROM parks WHERE role = 'subject' GROUP BY name ORDER BY count(*) DESC, name LIMIT ?", (limit,)
    )
    return [name for (name,) in rows]
