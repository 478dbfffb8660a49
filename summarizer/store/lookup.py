"""What people look up in a store afterwards: an article by its id or its document's path, and articles by their words.

All that is read in one `snapshot` is of one moment, though a run writes meanwhile.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Literal, NamedTuple

from summarizer.errors import StoreError
from summarizer.store.connection import Store
from summarizer.store.intake import POSITIONS, Likeness
from summarizer.store.work import Failure

State = Literal["todo", "done", "failed"]

NOT_GONE: Final = "NOT IN (SELECT id FROM temp.gone_documents)"
"""Follows a document's id in a condition; needs `set_gone_aside`."""
_GRAM_CHARS: Final = 3
"""The index of texts holds every three characters in a row; shorter words are not in it."""
_PATHS_TOLD: Final = 3
"""Paths named where a part of a path is that of several."""
_PATHS_WEIGHED: Final = 200
"""Paths with a common part that are looked at for those that still exist."""
_SNIPPET_BEFORE, _SNIPPET_CHARS = 20, 70
"""Of the text around a found word; it fits a row of most terminals."""
_LARGEST_ID: Final = 2**63 - 1


class StoredArticle(NamedTuple):
    """An article as people look at it."""

    id: int
    document_id: int
    position: int
    """From 1, in the document."""
    of: int
    """Articles of the document."""
    path: str
    outlet: str | None
    published_from: str | None
    """How the document's date was found; `text`: by what it says itself."""
    gone: bool
    state: State
    same_as: int | None
    """The article that it repeats."""
    same_path: str | None
    """The path of that article's document."""
    likeness: Likeness | None
    brief: str | None
    """The published JSON; it may be of an earlier run where the state is not `done`."""
    failure: Failure | None


class Match(NamedTuple):
    """An article that holds the words looked for."""

    id: int
    document: str
    """Path of its document."""
    published: str | None
    """ISO date."""
    park: str | None
    title: str | None
    status: str | None
    """Of its brief; null where there is none."""
    snippet: str
    """Some of the text around the first of the words that is found, in one line."""


@contextmanager
def snapshot(store: Store) -> Iterator[sqlite3.Connection]:
    """Yield the connection in a transaction that sees the store as it is now, and writes nothing. Raises StoreError."""
    with store.told():
        store.db.execute("BEGIN")
        try:
            yield store.db
        finally:
            if store.db.in_transaction:  # an error of the disk may have ended it already
                store.db.execute("ROLLBACK")


def set_gone_aside(db: sqlite3.Connection) -> int:
    """List in a temporary table the documents that their inputs no longer hold, for NOT_GONE; return how many."""
    db.execute("CREATE TEMP TABLE gone_documents (id INTEGER PRIMARY KEY)")
    return db.execute("INSERT INTO temp.gone_documents SELECT id FROM documents WHERE gone").rowcount


def find_document(db: sqlite3.Connection, words: str) -> int:
    """Return the document whose path is `words`, else the one whose path alone holds them.

    Of several versions the one that its input still holds counts, then the latest. Raises StoreError where there is
    none, or where it could be several.
    """
    if (found := _latest(db, words)) is not None:
        return found
    rows = db.execute(
        "SELECT path, min(gone) FROM documents WHERE instr(path, ?) > 0 GROUP BY path LIMIT ?", (words, _PATHS_WEIGHED)
    ).fetchall()
    paths = [path for path, gone in rows if not gone] or [path for path, _ in rows]
    if len(paths) == 1 and (found := _latest(db, paths[0])) is not None:
        return found
    if not paths or not words:
        raise StoreError(f"the store has no article and no document {words!r}; --search finds articles by their words")
    count = f"{len(paths)}" if len(rows) < _PATHS_WEIGHED else f"more than {len(paths)}"
    told = ", ".join(map(repr, paths[:_PATHS_TOLD]))
    raise StoreError(f"{words!r} is part of the paths of {count} documents ({told} …); give more of the path")


def _latest(db: sqlite3.Connection, path: str) -> int | None:
    row = db.execute("SELECT id FROM documents WHERE path = ? ORDER BY gone, id DESC LIMIT 1", (path,)).fetchone()
    return None if row is None else int(row[0])


def find_articles(db: sqlite3.Connection, words: str) -> list[StoredArticle]:
    """Return the article with this id, or all articles of the document that `find_document` finds.

    Raises StoreError for what it raises it for, and where the document's articles are not known.
    """
    if words.isascii() and words.isdigit() and int(words) <= _LARGEST_ID and (found := _stored(db, "a.id", int(words))):
        return found
    document = find_document(db, words)
    if found := _stored(db, "a.document_id", document):
        return found
    path = db.execute("SELECT path FROM documents WHERE id = ?", (document,)).fetchone()[0]
    failure = _failure(db, document, 0)
    if failure is None:
        raise StoreError(f"document {path!r} is not split into articles yet; run the same batch command again")
    raise StoreError(f"document {path!r} gave no articles: {what_failed(failure)}")


def text_of(db: sqlite3.Connection, document: int) -> str:
    """Return the text of a document as read."""
    return str(db.execute("SELECT text FROM documents WHERE id = ?", (document,)).fetchone()[0])


def what_failed(failure: Failure) -> str:
    """Return why there is no brief, and what to do."""
    cure = "the next run tries it again" if failure.passing else "a run with --again failed tries it once more"
    return f"{failure.kind}: {failure.message}; {cure}"


def _stored(db: sqlite3.Connection, column: str, value: int) -> list[StoredArticle]:
    rows = db.execute(
        "SELECT a.id, a.document_id, a.position, (SELECT count(*) FROM articles WHERE document_id = d.id),"
        " d.path, d.outlet, d.published_from, d.gone, a.state, a.same_as, o.path, a.likeness, b.brief"
        " FROM articles a JOIN documents d ON d.id = a.document_id LEFT JOIN briefs b ON b.article_id = a.id"
        f" LEFT JOIN documents o ON o.id = a.same_as / {POSITIONS} WHERE {column} = ? ORDER BY a.id",
        (value,),
    ).fetchall()
    return [StoredArticle._make((*row[:7], bool(row[7]), *row[8:], _failure(db, row[1], row[2]))) for row in rows]


def _failure(db: sqlite3.Connection, document_id: int, position: int) -> Failure | None:
    row = db.execute(
        "SELECT kind, message, passing FROM failures WHERE document_id = ? AND position = ?", (document_id, position)
    ).fetchone()
    return None if row is None else Failure(row[0], row[1], bool(row[2]))


def search(db: sqlite3.Connection, words: str, limit: int) -> list[Match]:
    """Return articles whose title or text holds all the words, `limit` at most.

    The best come first, by BM25; where all words are too short for the index, the first of the store do. A word is
    what stands between blanks; it is looked for as it is written, within other words too, and case does not count.
    Only articles that were read closely are searched, and none whose document is gone. Raises StoreError where there
    are no words.
    """
    wanted = words.replace("\0", " ").split()
    if not wanted:
        raise StoreError("there is no word to search for; name one or more")
    long = [word for word in wanted if len(word) >= _GRAM_CHARS]
    short = [word for word in wanted if len(word) < _GRAM_CHARS]
    likes = " AND (t.title LIKE ? ESCAPE '\\' OR t.text LIKE ? ESCAPE '\\')" * len(short)
    patterns = [pattern for word in short for pattern in [_pattern(word)] * 2]
    if long:
        phrases = " ".join('"' + word.replace('"', '""') + '"' for word in long)
        source, given = "search s CROSS JOIN articles a ON a.id = s.rowid", [phrases]
        chosen, order = "search MATCH ?", "s.rank"
    else:
        source, given = "articles a", []
        chosen, order = "a.language IS NOT NULL", "a.id"
    rows = db.execute(
        f"SELECT a.id, d.path, coalesce(a.published, d.published), b.park, a.title, b.status, t.text FROM {source}"
        " CROSS JOIN article_texts t ON t.id = a.id JOIN documents d ON d.id = a.document_id"
        f" LEFT JOIN briefs b ON b.article_id = a.id WHERE {chosen} AND NOT d.gone{likes} ORDER BY {order} LIMIT ?",
        (*given, *patterns, limit),
    )
    return [Match._make((*row[:6], _snippet(row[6], wanted))) for row in rows]


def _pattern(word: str) -> str:
    return "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"


def _snippet(text: str, wanted: Sequence[str]) -> str:
    """Return the text around the first of the words that it holds, else its beginning."""
    found = re.search("|".join(map(re.escape, wanted)), text, flags=re.IGNORECASE)
    start = max(0, found.start() - _SNIPPET_BEFORE) if found else 0
    words = " ".join(text[start : start + _SNIPPET_CHARS].split())
    return f"{'…' if start else ''}{words}{'…' if start + _SNIPPET_CHARS < len(text) else ''}"
