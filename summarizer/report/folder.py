"""The report of a store: one page of all its briefs, or a folder with an index and a page for each article.

A folder is written as a stream, the index first, so that its first pages can be read while the last are written.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from pydantic import ValidationError

from summarizer.brief import Brief
from summarizer.errors import ReportError
from summarizer.report.index import Choice, Chosen, choose, overview_of
from summarizer.report.page import write_page
from summarizer.report.rendering import template
from summarizer.report.view import BriefView, view_of
from summarizer.store import Store
from summarizer.store.lookup import snapshot

MOST: Final = 200
"""Briefs on one self-contained page: some 4 MB, which a browser opens in a second or two."""
_BRIEFS: Final = (
    "SELECT b.article_id, b.brief, d.text, d.hash, d.path, a.state FROM temp.chosen c"
    " CROSS JOIN briefs b ON b.article_id = c.article_id CROSS JOIN articles a ON a.id = b.article_id"
    " CROSS JOIN documents d ON d.id = a.document_id ORDER BY c.place"
)


def write_store_page(store: Store, stream: IO[str], choice: Choice) -> int:
    """Write one page with the index of a store and all its briefs; return how many.

    Raises ReportError where there are more than MOST, before anything is written, and StoreError.
    """
    with snapshot(store) as db:
        chosen = choose(db, choice)
        if chosen.total > MOST:
            raise ReportError(
                f"{str(store.path)!r} has {chosen.total:,} such briefs, and one page holds {MOST}: name a folder with"
                " -o, or choose with --status, --park, --period"
            )
        overview = overview_of(db, store.path.name, chosen, single=True)
        write_page((view for _, view in _views(db, store.path)), stream, overview=overview)
    return chosen.total


def write_folder(store: Store, folder: Path, choice: Choice) -> Iterator[tuple[int, int]]:
    """Write the index of a store into `folder`, then a page for each article; yield how many are done, and of how many.

    Raises StoreError; OSError for whatever the system says against writing.
    """
    pages = folder / "articles"
    pages.mkdir(parents=True, exist_ok=True)
    with snapshot(store) as db:
        chosen = choose(db, choice)
        write_index(db, store.path.name, folder, chosen)
        yield 0, chosen.total
        for done, (article, view) in enumerate(_views(db, store.path), start=1):
            with (pages / f"{article}.html").open("w", encoding="utf-8", newline="\n") as stream:
                write_page((view,), stream, back="../index.html")
            yield done, chosen.total


def write_index(db: sqlite3.Connection, name: str, folder: Path, chosen: Chosen) -> None:
    """Write the pages of the index: index.html, index-2.html …"""
    for page in range(1, chosen.pages + 1):
        overview = overview_of(db, name, chosen, page=page)
        path = folder / ("index.html" if page == 1 else f"index-{page}.html")
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(template("index.html").generate(overview=overview))


def _views(db: sqlite3.Connection, store: Path) -> Iterator[tuple[int, BriefView]]:
    """Yield the chosen articles' ids and what is shown of them, one at a time."""
    for article, told, text, digest, path, state in db.execute(_BRIEFS):
        try:
            brief = Brief.model_validate_json(told)
        except ValidationError as error:
            raise ReportError(
                f"the brief of article {article} in {str(store)!r} cannot be read ({error.errors()[0]['msg']}); a newer"
                " program may have written it: update this one, or run the batch again"
            ) from error
        same = brief.source.document == digest
        missing = None if same else "the store has another version of the document than the brief was made of"
        origin = path if state == "done" else f"{path} (brief of an earlier run)"
        yield int(article), view_of(brief, text if same else None, missing=missing, origin=origin)
