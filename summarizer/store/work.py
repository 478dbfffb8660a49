"""What is to be done, who does it, and what came of it.

An article is to do when it never was done, when it was done under another recipe, or when it failed for a reason that
passes. A run claims what it takes; claims of runs that no longer live are anybody's. All functions take a connection
inside a transaction of `Store.transaction`, and raise sqlite3.Error.
"""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from summarizer.article import Language
from summarizer.store.flatten import BRIEF_COLUMNS, COLUMNS, FlatBrief
from summarizer.store.intake import POSITIONS
from summarizer.store.searchable import Worded, list_for_index

Again = Literal["failed", "flagged", "all"]

_PAGE: Final = 500
"""Articles looked up together."""


class Todo(NamedTuple):
    """An article that waits for its brief."""

    id: int
    document_id: int
    position: int
    piece: str | None
    same_as: int | None
    recipe: int | None
    """Under which it was last done."""
    state: str


_TODO_COLUMNS: Final = "a.id, a.document_id, a.position, a.piece, a.same_as, a.recipe_id, a.state"
_IS_TODO: Final = (
    "(a.state = 'todo' OR a.recipe_id IS NOT :recipe OR (a.state = 'failed' AND EXISTS (SELECT 1 FROM failures f"
    " WHERE f.document_id = a.document_id AND f.position = a.position AND f.passing AND f.run_id <> :run)))"
)
_IS_FREE: Final = "a.claimed_by IS NULL"


def free_claims(db: sqlite3.Connection, dead: Collection[int]) -> None:
    """Give up the claims of runs that no longer live."""
    for table in ("articles", "documents"):
        db.executemany(f"UPDATE {table} SET claimed_by = NULL WHERE claimed_by = ?", [(run,) for run in dead])


def claiming_runs(db: sqlite3.Connection) -> list[int]:
    """Return the runs that hold claims."""
    rows = db.execute(
        "SELECT claimed_by FROM articles WHERE claimed_by IS NOT NULL UNION"
        " SELECT claimed_by FROM documents WHERE claimed_by IS NOT NULL"
    )
    return [run for (run,) in rows]


def todo_of_input(db: sqlite3.Connection, input_id: int, recipe: int, run: int, after: int) -> list[Todo]:
    """Return the next unclaimed articles of an input that are to do, in order, from behind article `after`."""
    rows = db.execute(
        f"SELECT {_TODO_COLUMNS} FROM documents d JOIN articles a ON a.document_id = d.id"
        f" WHERE d.input_id = :input AND NOT d.gone AND a.id > :after AND d.id >= :first AND {_IS_TODO} AND {_IS_FREE}"
        " ORDER BY a.id LIMIT :page",
        {"input": input_id, "after": after, "first": after // POSITIONS, "recipe": recipe, "run": run, "page": _PAGE},
    )
    return [Todo(*row) for row in rows]


def todo_of_document(db: sqlite3.Connection, document_id: int, recipe: int, run: int) -> list[Todo]:
    """Return the unclaimed articles of a document that are to do."""
    rows = db.execute(
        f"SELECT {_TODO_COLUMNS} FROM articles a WHERE a.document_id = :document AND {_IS_TODO} AND {_IS_FREE}"
        " ORDER BY a.id",
        {"document": document_id, "recipe": recipe, "run": run},
    )
    return [Todo(*row) for row in rows]


def unsplit_of_input(db: sqlite3.Connection, input_id: int, run: int) -> list[int]:
    """Return the documents of an input whose articles are not known yet, those of passing failures among them."""
    rows = db.execute(
        "SELECT d.id FROM documents d LEFT JOIN failures f ON f.document_id = d.id AND f.position = 0"
        " WHERE d.input_id = ? AND NOT d.gone AND d.split IS NULL"
        " AND (f.document_id IS NULL OR (f.passing AND f.run_id <> ?)) ORDER BY d.id",
        (input_id, run),
    )
    return [document for (document,) in rows]


def find_todo(db: sqlite3.Connection, article_id: int, recipe: int, run: int) -> Todo | None:
    """Return the article where it is to do and unclaimed."""
    row = db.execute(
        f"SELECT {_TODO_COLUMNS} FROM articles a WHERE a.id = :article AND {_IS_TODO} AND {_IS_FREE}",
        {"article": article_id, "recipe": recipe, "run": run},
    ).fetchone()
    return None if row is None else Todo(*row)


def waiting_for(db: sqlite3.Connection, article_id: int, recipe: int, run: int) -> list[Todo]:
    """Return the unclaimed articles that repeat this one and are to do."""
    rows = db.execute(
        f"SELECT {_TODO_COLUMNS} FROM articles a WHERE a.same_as = :article AND {_IS_TODO} AND {_IS_FREE}"
        " ORDER BY a.id",
        {"article": article_id, "recipe": recipe, "run": run},
    )
    return [Todo(*row) for row in rows]


def claim(db: sqlite3.Connection, article_id: int, run: int) -> None:
    """Take an article, so that no other run does."""
    db.execute("UPDATE articles SET claimed_by = ? WHERE id = ?", (run, article_id))


def claim_document(db: sqlite3.Connection, document_id: int, run: int) -> bool:
    """Take a document to split it; return False where it is split, or another run's."""
    taken = db.execute(
        "UPDATE documents SET claimed_by = ? WHERE id = ? AND split IS NULL AND claimed_by IS NULL", (run, document_id)
    )
    return taken.rowcount == 1


def unclaim(db: sqlite3.Connection, document_id: int, position: int, run: int) -> bool:
    """End a run's claim on an article, or with position 0 on a document; return False where it had none."""
    table, key = ("articles", document_id * POSITIONS + position) if position else ("documents", document_id)
    freed = db.execute(f"UPDATE {table} SET claimed_by = NULL WHERE id = ? AND claimed_by = ?", (key, run))
    return freed.rowcount == 1


def order_again(db: sqlite3.Connection, path: str, again: Again) -> int:
    """Put articles of the input at `path` on the list of what is to do, and return how many."""
    which = {"failed": "a.state = 'failed'", "flagged": "b.status <> 'verified'", "all": "1"}[again]
    found = db.execute(
        "UPDATE articles SET state = 'todo' WHERE id IN"
        " (SELECT a.id FROM inputs i"
        " JOIN documents d ON d.input_id = i.id JOIN articles a ON a.document_id = d.id"
        " LEFT JOIN briefs b ON b.article_id = a.id"
        f" WHERE i.path = ? AND NOT d.gone AND a.state <> 'todo' AND {which})",
        (path,),
    )
    count = found.rowcount
    if again in ("failed", "all"):
        count += db.execute(
            "DELETE FROM failures WHERE position = 0 AND document_id IN"
            " (SELECT d.id FROM inputs i JOIN documents d ON d.input_id = i.id WHERE i.path = ?)",
            (path,),
        ).rowcount
    return count


class Known(NamedTuple):
    """What is known of an article once it was read closely."""

    title: str | None
    byline: str | None
    published: str | None
    language: Language
    text: str | None
    """Clean; None where it is the document's own."""


def keep_brief(db: sqlite3.Connection, article_id: int, known: Known, flat: FlatBrief, recipe: int, run: int) -> None:
    """Put an article's brief in, in place of one that it had, and end the claim on it."""
    forget_brief(db, article_id)
    db.execute(_BRIEF_SQL, (article_id, *flat.brief, run))
    for table, rows in flat.lists.items():
        if rows:
            db.executemany(_LIST_SQL[table], [(article_id, place, *row) for place, row in enumerate(rows)])
    text = known.text if known.text is not None else _whole(db, article_id)
    list_for_index(db, article_id, Worded(known.title, text))
    db.execute(
        "UPDATE articles SET title = ?, byline = ?, published = ?, language = ?, text = ?, state = 'done',"
        " recipe_id = ?, claimed_by = NULL WHERE id = ?",
        (*known, recipe, article_id),
    )
    document_id, position = divmod(article_id, POSITIONS)
    db.execute("DELETE FROM failures WHERE document_id = ? AND position = ?", (document_id, position))


def _whole(db: sqlite3.Connection, article_id: int) -> str:
    """Return the text of the article's document."""
    found = db.execute("SELECT text FROM documents WHERE id = ?", (article_id // POSITIONS,)).fetchone()
    return str(found[0])


def forget_brief(db: sqlite3.Connection, article_id: int) -> None:
    """Take an article's brief out."""
    if db.execute("DELETE FROM briefs WHERE article_id = ?", (article_id,)).rowcount:
        for table in COLUMNS:
            db.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))


class Failure(NamedTuple):
    """Why there is no brief."""

    kind: str
    """`busy`, `refused`, `truncated` … as the errors of models call themselves; `unreadable`, `internal`."""
    message: str
    passing: bool
    """Whether the state of the service, and not the article, was to blame."""


def keep_failure(
    db: sqlite3.Connection, document_id: int, position: int, failure: Failure, recipe: int, run: int
) -> None:
    """Note that an article (or with position 0 a document as a whole) gave no brief, and end the claim on it.

    A brief of an earlier recipe stays where it is.
    """
    db.execute(
        "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%fZ'))",
        (document_id, position, failure.kind, failure.message, int(failure.passing), run),
    )
    if position == 0:
        db.execute("UPDATE documents SET claimed_by = NULL WHERE id = ?", (document_id,))
    db.execute(
        "UPDATE articles SET state = 'failed', recipe_id = ?, claimed_by = NULL WHERE id = ?",
        (recipe, document_id * POSITIONS + position),
    )


def unlink(db: sqlite3.Connection, article_id: int) -> None:
    """Make an article one of its own: the extraction of the one that it repeats does not fit it."""
    db.execute("UPDATE articles SET same_as = NULL, likeness = NULL WHERE id = ?", (article_id,))


def release(db: sqlite3.Connection, articles: Sequence[int]) -> None:
    """End the claims on articles that were not worked on."""
    db.executemany("UPDATE articles SET claimed_by = NULL WHERE id = ?", [(article,) for article in articles])


def _insert(table: str, columns: Sequence[str], extra: str = "") -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}{', made_at' if extra else ''}) VALUES ({marks}{extra})"


_BRIEF_SQL: Final = _insert("briefs", ("article_id", *BRIEF_COLUMNS, "run_id"), ", strftime('%Y-%m-%dT%H:%M:%fZ')")
_LIST_SQL: Final[Mapping[str, str]] = {
    table: _insert(table, ("article_id", "position", *columns)) for table, columns in COLUMNS.items()
}


def stored_briefs(db: sqlite3.Connection, articles: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the articles' briefs as JSON, of those that have one."""
    for article in articles:
        row = db.execute("SELECT brief FROM briefs WHERE article_id = ?", (article,)).fetchone()
        if row is not None:
            yield article, row[0]
