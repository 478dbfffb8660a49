"""What the desk reads of a store for one request: an article with its brief, and what was decided on it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from flask import abort
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from pydantic import ValidationError

from summarizer.brief import Brief
from summarizer.errors import BriefError
from summarizer.report.rendering import environment
from summarizer.review.guard import Guard
from summarizer.review.rulings import ruling_of, rulings_of
from summarizer.store import Store, open_store
from summarizer.store.decisions import ARTICLE, Decision
from summarizer.store.lookup import snapshot

_FOLDER: Final = Path(__file__).resolve().parent


class Desk(NamedTuple):
    """What the pages are made of and who works at them."""

    path: Path
    """The store."""
    who: str
    guard: Guard

    @contextmanager
    def looking(self) -> Iterator[Store]:
        """Yield the store, opened for one request: a request is a thread, and SQLite is quick to open."""
        with open_store(self.path) as store:
            yield store


class Found(NamedTuple):
    """An article of the store with its brief."""

    brief: Brief
    text: str
    """The document's, as read."""
    path: str
    """The document's."""


def found_article(store: Store, article: int) -> Found:
    """Return an article that has a brief; 404 where there is none. Raises BriefError where it cannot be read."""
    with snapshot(store) as db:
        row = db.execute(
            "SELECT b.brief, d.text, d.path FROM briefs b JOIN articles a ON a.id = b.article_id"
            " JOIN documents d ON d.id = a.document_id WHERE b.article_id = ?",
            (article,),
        ).fetchone()
    if row is None:
        abort(404)
    try:
        return Found(Brief.model_validate_json(row[0]), row[1], row[2])
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
        raise BriefError(
            f"the brief of article {article} cannot be read ({reason}); a newer program wrote it?"
        ) from error


def state_of(found: Found, holds: Mapping[str, Decision]) -> dict[str, Any]:
    """Return what holds for an article, as the page's script takes it: HTML of the rulings, by the items' paths.

    Only of items that somebody has decided on: a brief may have thousands.
    """
    parts: Any = templates().get_template("rulings.html").module
    rulings = rulings_of(found.brief, holds, found.text)
    return {
        "rulings": {path: str(parts.ruling(one)) for path, one in rulings.items() if one.verb},
        "whole": str(parts.whole(ruling_of(ARTICLE, holds.get(ARTICLE)))),
    }


@cache
def templates() -> Environment:
    """Return the report's environment with the desk's own templates before it."""
    base = environment()
    assert base.loader is not None  # the report's own folder
    return base.overlay(loader=ChoiceLoader([FileSystemLoader(_FOLDER / "templates"), base.loader]))


@cache
def own_asset(name: str) -> str:
    """Return the text of a file of `assets`."""
    return (_FOLDER / "assets" / name).read_text(encoding="utf-8")
