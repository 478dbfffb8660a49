"""Which tables are exported: their columns with types, and the queries that yield their rows in order.

The queries name the tables in the order in which SQLite has to walk them (CROSS JOIN holds it to that), so that rows
come sorted by article without a sort, and memory stays flat over millions of them.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple, get_args

from summarizer.store.flatten import COLUMNS
from summarizer.store.intake import POSITIONS
from summarizer.store.lookup import NOT_GONE

Form = Literal["jsonl", "csv", "parquet", "xlsx"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
Wanted = Literal["verified", "flagged", "all"]
WANTED: Final[tuple[Wanted, ...]] = get_args(Wanted)

Kind = Literal["text", "whole", "real", "decimal", "day", "moment", "flag", "json"]
"""decimal: exact, as text; day: ISO date; moment: ISO date and time in UTC; flag: 0 or 1."""

Row = tuple[Any, ...]

_KINDS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(("id", "article_id", "same_as", "position", "sentence", "chars", "run_id"), "whole"),
    **dict.fromkeys(("span_start", "span_end"), "whole"),
    **dict.fromkeys(("value", "low", "high"), "decimal"),
    **dict.fromkeys(("published", "period_start", "period_end"), "day"),
    **dict.fromkeys(("made_at", "failed_at"), "moment"),
    **dict.fromkeys(("about_park", "passing"), "flag"),
    "amount": "real",
    "spans": "json",
}
"""By a column's name; the others are text."""
_COUNTS: Final = ("numbers", "flagged", "unreported", "contradictions")
"""Columns of articles: how many its brief has."""
_PAGE: Final = 1000
"""Rows fetched together."""


class Column(NamedTuple):
    """A column of an exported table."""

    name: str
    kind: Kind


class Table(NamedTuple):
    """An exported table."""

    name: str
    columns: tuple[Column, ...]
    query: str
    """Its rows in order; `:status` is the status of the briefs wanted, null for all."""


def rows_of(db: sqlite3.Connection, query: str, wanted: Wanted) -> Iterator[Row]:
    """Yield the rows of a table's query.

    The connection is in a `snapshot` with the gone documents set aside. Raises sqlite3.Error while it is walked.
    """
    cursor = db.execute(query, {"status": None if wanted == "all" else wanted} if ":status" in query else {})
    while rows := cursor.fetchmany(_PAGE):
        yield from rows


def _columns(expressions: Mapping[str, str], kinds: Mapping[str, Kind] = _KINDS) -> tuple[Column, ...]:
    return tuple(Column(name, kinds.get(name, "text")) for name in expressions)


def _selected(expressions: Mapping[str, str]) -> str:
    return ", ".join(f"{expression} AS {name}" for name, expression in expressions.items())


def _named(alias: str, *names: str) -> dict[str, str]:
    return {name: f"{alias}.{name}" for name in names}


_PUBLISHED: Final = {"published": "coalesce(a.published, d.published)"}


def _articles() -> Table:
    expressions = {
        **_named("a", "id"),
        "document": "d.path",
        **_named("a", "position", "title", "byline"),
        **_named("d", "outlet"),
        **_PUBLISHED,
        **_named("d", "published_from"),
        **_named("a", "language", "chars", "state", "same_as", "likeness"),
        **_named("b", "status", "park", "about_park", "period", "period_start", "period_end", "summary", *_COUNTS),
        **_named("b", "extractor", "model", "prompt", "run_id", "made_at"),
    }
    source = (
        "articles a CROSS JOIN documents d ON d.id = a.document_id LEFT JOIN briefs b ON b.article_id = a.id"
        f" WHERE a.document_id {NOT_GONE} AND (:status IS NULL OR b.status = :status) ORDER BY a.id"
    )
    kinds: Mapping[str, Kind] = {**_KINDS, **dict.fromkeys(_COUNTS, "whole")}
    return Table("articles", _columns(expressions, kinds), f"SELECT {_selected(expressions)} FROM {source}")


def _listed(name: str) -> Table:
    """Return a table of what briefs list; each row says of which article, so that it can be read by itself."""
    expressions = {
        **_named("t", "article_id", "position", *COLUMNS[name]),
        **_PUBLISHED,
        **_named("d", "outlet"),
        "article": "a.title",
        "document": "d.path",
    }
    source = (
        f"{name} t CROSS JOIN articles a ON a.id = t.article_id CROSS JOIN documents d ON d.id = a.document_id"
        f" WHERE a.document_id {NOT_GONE}"
        " AND (:status IS NULL OR :status = (SELECT status FROM briefs WHERE article_id = t.article_id))"
        " ORDER BY t.article_id, t.position"
    )
    return Table(name, _columns(expressions), f"SELECT {_selected(expressions)} FROM {source}")


def _failures() -> Table:
    expressions = {
        "article_id": f"iif(f.position, f.document_id * {POSITIONS} + f.position, NULL)",
        "document": "d.path",
        "article": "a.title",
        **_named("f", "position", "kind", "message", "passing", "run_id", "failed_at"),
    }
    source = (
        "failures f CROSS JOIN documents d ON d.id = f.document_id LEFT JOIN articles a"
        f" ON a.id = f.document_id * {POSITIONS} + f.position"
        f" WHERE f.document_id {NOT_GONE} ORDER BY f.document_id, f.position"
    )
    return Table("failures", _columns(expressions), f"SELECT {_selected(expressions)} FROM {source}")


_LISTED: Final = ("numbers", "policies", "quotes", "parks", "findings", "unreported", "contradictions")

TABLES: Final = (_articles(), *(_listed(name) for name in _LISTED), _failures())
"""All that is exported, in this order; `failures` holds all articles without a brief, whatever status is wanted."""

BRIEFS: Final = (
    f"SELECT b.brief FROM briefs b WHERE b.article_id / {POSITIONS} {NOT_GONE}"
    " AND (:status IS NULL OR b.status = :status) ORDER BY b.article_id"
)
"""The query of the published briefs, as JSON."""
