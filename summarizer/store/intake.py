"""What a run puts into the store before any work: inputs, documents, articles, and which of them repeat another.

All functions take a connection inside a transaction of `Store.transaction`, and raise sqlite3.Error.
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

from summarizer.article import Document

POSITIONS: Final = 10_000
"""An article's id is its document's times this, plus its position: the same in every run, and readable. The largest
text that is read, 10 MB, has some 6,000 articles."""
CANDIDATES: Final = 20
"""Articles with common marks that are compared in full; the oldest ones, for reprints follow their original."""

_USUAL_MARKS: Final = 4
"""Printings of one telling share half of the fewer marks of the two (`archive.telling`), and most texts have four."""

Likeness = Literal["exact", "near"]


class StoredInput(NamedTuple):
    """What the store knows of an input."""

    id: int
    unchanged: bool
    """Whether it was read to its end, with the same settings, and has the size and time of then."""


class NewArticle(NamedTuple):
    """An article as it is found, before any work on it."""

    position: int
    """From 1, in the document."""
    title: str | None
    chars: int
    content: str
    """Hash of the text without white space and width."""
    marks: tuple[int, ...]
    """Hashes of some of its sentences, by which its kin are found."""
    piece: str | None
    """JSON of its lines on a page; None where it is the whole document."""
    text: str
    """To be compared with those of its kin."""


def find_input(
    db: sqlite3.Connection, path: str, size: int | None, modified_ns: int | None, reading: str
) -> StoredInput | None:
    """Return what the store knows of the input at `path`; None where it is new.

    One without a size never counts as unchanged.
    """
    row = db.execute("SELECT id, size, modified_ns, reading, state FROM inputs WHERE path = ?", (path,)).fetchone()
    if row is None:
        return None
    found, *known = row
    return StoredInput(found, size is not None and known == [size, modified_ns, reading, "read"])


def start_input(db: sqlite3.Connection, path: str, reading: str, run: int) -> int:
    """Note that the reading of an input begins (anew), and return its id."""
    db.execute(
        "INSERT INTO inputs (path, reading, state, run_id) VALUES (?1, ?2, 'reading', ?3) ON CONFLICT (path) DO"
        " UPDATE SET reading = ?2, state = 'reading', reason = NULL, run_id = ?3",
        (path, reading, run),
    )
    found: int = db.execute("SELECT id FROM inputs WHERE path = ?", (path,)).fetchone()[0]
    db.execute("DELETE FROM unreadable WHERE input_id = ?", (found,))
    return found


def end_input(db: sqlite3.Connection, input_id: int, size: int | None, modified_ns: int | None, run: int) -> None:
    """Note that an input was read to its end; documents that it no longer holds are marked as gone."""
    db.execute(
        "UPDATE inputs SET state = 'read', size = ?, modified_ns = ? WHERE id = ?", (size, modified_ns, input_id)
    )
    db.execute(
        "UPDATE documents SET gone = (run_id <> ?) WHERE input_id = ? AND gone <> (run_id <> ?)", (run, input_id, run)
    )


def skip_input(db: sqlite3.Connection, path: str, reason: str, run: int) -> None:
    """Note an input that is not read, and why; one that was read before stays as it is."""
    db.execute(
        "INSERT INTO inputs (path, state, reason, run_id) VALUES (?1, 'skipped', ?2, ?3) ON CONFLICT (path) DO"
        " UPDATE SET reason = ?2, run_id = ?3 WHERE state = 'skipped'",
        (path, reason, run),
    )


def note_unreadable(db: sqlite3.Connection, input_id: int, reason: str) -> None:
    """Note that an input, or something in it, cannot be read."""
    db.execute("INSERT OR IGNORE INTO unreadable VALUES (?, ?)", (input_id, reason))


_DOCUMENT: Final = (
    *("path", "media_type", "encoding", "title", "author", "outlet", "outlet_from", "published", "published_from"),
    "text",
)


def put_document(db: sqlite3.Connection, input_id: int, document: Document, run: int) -> tuple[int, bool]:
    """Return the id of a document, and whether it is new to the store.

    It is known by path and content; where what was said of its date changed, the new saying counts.
    """
    path = document.path or ""
    row = db.execute(
        "SELECT id, published, run_id FROM documents WHERE path = ? AND hash = ?", (path, document.id)
    ).fetchone()
    if row is None:
        values = [path, *(getattr(document, name) for name in _DOCUMENT[1:])]
        names = ", ".join(("input_id", "hash", "run_id", *_DOCUMENT))
        marks = ", ".join("?" * (len(_DOCUMENT) + 3))
        cursor = db.execute(f"INSERT INTO documents ({names}) VALUES ({marks})", (input_id, document.id, run, *values))
        return cursor.lastrowid or 0, True
    found, published, seen = row
    if seen != run:
        db.execute("UPDATE documents SET input_id = ?, run_id = ?, gone = 0 WHERE id = ?", (input_id, run, found))
    if published != document.published:
        db.execute(
            "UPDATE documents SET published = ?, published_from = ? WHERE id = ?",
            (document.published, document.published_from, found),
        )
        db.execute("UPDATE articles SET state = 'todo' WHERE document_id = ?", (found,))
    return found, False


def read_stored_document(db: sqlite3.Connection, document_id: int) -> Document:
    """Return a document as it was put in."""
    names = ", ".join(("hash", *_DOCUMENT))
    row = db.execute(f"SELECT {names} FROM documents WHERE id = ?", (document_id,)).fetchone()
    found = dict(zip(("id", *_DOCUMENT), row, strict=True))
    found["path"] = found["path"] or None
    return Document.model_validate(found)


def put_articles(
    db: sqlite3.Connection,
    document_id: int,
    found: Sequence[NewArticle],
    split: str,
    same_telling: Callable[[str, str], bool],
) -> list[int]:
    """Put the articles of a document in, each linked to the one it repeats, and return their ids.

    `split` says how they were found; `same_telling` decides whether two texts with a common sentence are one telling.
    """
    db.execute("UPDATE documents SET split = ?, claimed_by = NULL WHERE id = ?", (split, document_id))
    ids = []
    for article in found:
        article_id = document_id * POSITIONS + article.position
        like = _like(db, article, same_telling)
        db.execute(
            "INSERT INTO articles (id, document_id, position, title, chars, content, piece, same_as, likeness, state)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'todo')",
            (
                *(article_id, document_id, article.position, article.title, article.chars, article.content),
                *(article.piece, *(like or (None, None))),
            ),
        )
        if like is None:  # what repeats another needs no marks: its kin are the other's kin
            db.executemany("INSERT OR IGNORE INTO marks VALUES (?, ?)", [(mark, article_id) for mark in article.marks])
        ids.append(article_id)
    return ids


def _like(
    db: sqlite3.Connection, article: NewArticle, same_telling: Callable[[str, str], bool]
) -> tuple[int, Likeness] | None:
    """Return the article that this one repeats: the oldest with the same text, else the oldest of the same telling."""
    row = db.execute(
        "SELECT coalesce(same_as, id) FROM articles WHERE content = ? ORDER BY id LIMIT 1", (article.content,)
    ).fetchone()
    if row is not None:
        return row[0], "exact"
    if not article.marks:
        return None
    places = ", ".join("?" * len(article.marks))
    kin = db.execute(
        "SELECT k.article_id, t.text FROM (SELECT article_id FROM marks"
        f" WHERE mark IN ({places}) GROUP BY article_id HAVING count(*) >= ? ORDER BY article_id LIMIT ?) k"
        " JOIN article_texts t ON t.id = k.article_id ORDER BY k.article_id",
        (*article.marks, least_in_common(len(article.marks)), CANDIDATES),
    )
    for kin_id, text in kin:
        if same_telling(text, article.text):
            return kin_id, "near"
    return None


def least_in_common(marks: int) -> int:
    """Return how many of its marks an article must share with another to be compared with it in full."""
    return (min(marks, _USUAL_MARKS) + 1) // 2


def piece_json(kind: str, title: str | None, byline: str | None, lines: Sequence[int], confidence: float) -> str:
    """Return a page's piece as the store keeps it."""
    return json.dumps([kind, title, byline, list(lines), confidence], ensure_ascii=False)
