"""The review desk: pages of a store on 127.0.0.1 where a person accepts, corrects, rejects and adds items.

Pages are made here and changed by a small script that sends each decision as it is made; it is in the store before the
page shows it. What several tabs or people decide meets in the store's log, and none of it is lost.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from flask import Blueprint, Flask, Response, abort, jsonify, make_response, redirect, request
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from pydantic import ValidationError
from werkzeug.wrappers import Response as BaseResponse

from summarizer.brief import Brief
from summarizer.errors import BriefError, Overtaken, SummarizerError
from summarizer.report.rendering import asset, environment
from summarizer.report.view import view_of
from summarizer.review.correct import (
    ADDED,
    Correction,
    added_key,
    added_number,
    corrected_number,
    read_correction,
)
from summarizer.review.guard import Guard
from summarizer.review.items import keyed
from summarizer.review.rulings import added_items, ruling_of, rulings_of, with_items
from summarizer.store import Store, open_store
from summarizer.store.decisions import ARTICLE, Decision, Verb, decide, holding, latest, undo
from summarizer.store.lookup import snapshot
from summarizer.store.queue import Asked, count_queue, next_waiting, parks_waiting, queue

_PAGE: Final = 50
_FOLDER: Final = Path(__file__).resolve().parent
_VERBS: Final = ("accept", "correct", "reject", "add", "done")
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_ASSETS: Final = {
    "report.css": "text/css",
    "report.js": "text/javascript",
    "desk.css": "text/css",
    "desk.js": "text/javascript",
}
"""The only files that are served."""


class Desk(NamedTuple):
    """What the pages are made of and who works at them."""

    path: Path
    """The store."""
    who: str
    guard: Guard


def make_app(desk: Desk) -> Flask:
    """Return the application; it serves nobody whom the guard does not know."""
    app = Flask("summarizer.review", static_folder=None, template_folder=None)
    app.register_blueprint(_pages(desk))
    app.register_blueprint(_changes(desk))

    @app.before_request
    def guarded() -> BaseResponse | None:
        if desk.guard.refuses_host(request.host):
            return _refusal("this desk answers on 127.0.0.1 alone")
        if request.path == "/enter":
            return None
        if not desk.guard.knows(request.cookies):
            return _refusal("this browser was not let in: use the link that the command printed, which works once")
        if request.method not in ("GET", "HEAD") and desk.guard.refuses_change(dict(request.headers)):
            return _refusal("decisions are taken from the desk's own pages alone")
        return None

    @app.after_request
    def hardened(response: BaseResponse) -> BaseResponse:
        response.headers.update(_HEADERS)
        return response

    @app.errorhandler(SummarizerError)
    def told(error: SummarizerError) -> BaseResponse:
        status = 409 if isinstance(error, Overtaken) else 400 if isinstance(error, BriefError) else 503
        if request.method == "GET" and not request.path.endswith("/rulings"):
            return Response(f"{error}\n", status, content_type="text/plain; charset=utf-8")
        return make_response(jsonify(error=str(error)), status)

    return app


def _refusal(why: str) -> BaseResponse:
    return Response(f"{why}\n", 403, content_type="text/plain; charset=utf-8")


def _pages(desk: Desk) -> Blueprint:
    pages = Blueprint("pages", __name__)

    @pages.get("/enter")
    def enter() -> BaseResponse:
        if not desk.guard.lets_in(request.args.get("token")):
            return _refusal("this link was used already, or is another desk's; start `summarize review` again")
        # A page of its own and no redirect: some browsers send no strict cookie along a redirect from elsewhere.
        response = make_response('<!DOCTYPE html><meta http-equiv="refresh" content="0; url=/"><a href="/">→</a>')
        response.set_cookie(desk.guard.cookie_name, desk.guard.cookie, httponly=True, samesite="Strict")
        return response

    @pages.get("/")
    def waiting() -> str:
        asked = _asked()
        with _looking(desk) as store:
            rows = queue(store.db, asked)
            context = {
                "rows": rows,
                "total": count_queue(store.db, asked),
                "reviewed": count_queue(store.db, Asked(reviewed=not asked.reviewed)),
                "parks": parks_waiting(store.db),
                "asked": asked,
                "page": _PAGE,
                "store": desk.path.name,
            }
        return _templates().get_template("queue.html").render(desk=desk, **context)

    @pages.get("/article/<int:article>")
    def article(article: int) -> str:
        with _looking(desk) as store:
            found = _found(store, article)
            holds = holding(store.db, article)
        added = added_items(holds, found.text, found.brief.source.published)
        view = view_of(found.brief, found.text, origin=found.path)
        context = {
            "view": with_items(view, [item for item, _ in added], found.text),
            "article": article,
            "rulings": rulings_of(found.brief, holds, found.text),
            "whole": ruling_of(ARTICLE, holds.get(ARTICLE)),
        }
        return _templates().get_template("desk.html").render(desk=desk, **context)

    @pages.get("/next/<int:article>")
    def following(article: int) -> BaseResponse:
        with _looking(desk) as store:
            after = next_waiting(store.db, article, Asked())
        return redirect("/" if after is None else f"/article/{after}")

    @pages.get("/assets/<name>")
    def assets(name: str) -> Response:
        if name not in _ASSETS:
            abort(404)
        text = asset(name) if name.startswith("report") else _asset(name)
        return Response(text, content_type=f"{_ASSETS[name]}; charset=utf-8")

    @pages.get("/article/<int:article>/rulings")
    def rulings(article: int) -> Response:
        with _looking(desk) as store:
            found = _found(store, article)
            return jsonify(_state(found, holding(store.db, article)))

    return pages


def _changes(desk: Desk) -> Blueprint:
    changes = Blueprint("changes", __name__)

    @changes.post("/article/<int:article>/decisions")
    def decided(article: int) -> Response:
        told = _told()
        with _looking(desk) as store:
            found = _found(store, article)
            said = _said(found, told, Decision(0, article, "", "accept", None, desk.who, ""))
            with store.transaction() as db:
                decide(db, said, int(told.get("seen") or 0))
                return jsonify(_state(found, holding(db, article)))

    @changes.post("/article/<int:article>/undo")
    def undone(article: int) -> Response:
        told = _told()
        with _looking(desk) as store:
            found = _found(store, article)
            with store.transaction() as db:
                last = latest(db, article, desk.who)
                wanted = told.get("decision") or (last.id if last else 0)
                taken = undo(db, int(wanted), desk.who)
                state = _state(found, holding(db, article))
        return jsonify(state | {"undone": taken.item if taken else None})

    return changes


class Found(NamedTuple):
    """An article of the store with its brief."""

    brief: Brief
    text: str
    """The document's, as read."""
    path: str
    """The document's."""


@contextmanager
def _looking(desk: Desk) -> Iterator[Store]:
    """Yield the store, opened for one request: a request is a thread, and SQLite is quick to open."""
    with open_store(desk.path) as store:
        yield store


def _found(store: Store, article: int) -> Found:
    with snapshot(store) as db:
        row = db.execute(
            "SELECT b.brief, d.text, d.path FROM briefs b JOIN articles a ON a.id = b.article_id"
            " JOIN documents d ON d.id = a.document_id WHERE b.article_id = ?",
            (article,),
        ).fetchone()
    if row is None:
        abort(404)
    brief, text, path = row
    try:
        made = Brief.model_validate_json(brief)
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
        raise BriefError(
            f"the brief of article {article} cannot be read ({reason}); a newer program wrote it?"
        ) from error
    return Found(made, text, path)


def _asked() -> Asked:
    args = request.args
    offset = args.get("at", 0, type=int)
    return Asked(
        status=args.get("status") or None,
        park=args.get("park") or None,
        reviewed=args.get("show") == "done",
        offset=max(0, min(offset, 2**31)),
        limit=_PAGE,
    )


def _told() -> dict[str, Any]:
    """Return what a request says. Raises BriefError."""
    told = request.get_json(silent=True)
    if not isinstance(told, dict):
        raise BriefError("a decision is a JSON object")
    return told


def _said(found: Found, told: dict[str, Any], blank: Decision) -> Decision:
    """Return a decision that fits the brief. Raises BriefError for one that does not."""
    verb, item = told.get("verb"), str(told.get("item") or "")
    if verb not in _VERBS:
        raise BriefError(f"{verb!r} is no decision; say {', '.join(_VERBS)}")
    known = {one.key: one for one in keyed(found.brief)}
    fields = read_correction(json.dumps(told.get("fields") or {}))
    said: Verb = verb
    if verb == "add" and not item:
        item = added_key(fields)
    if item != ARTICLE and not item.startswith(ADDED) and item not in known:
        raise BriefError("this item is no longer in the brief; reload the page")
    if (item == ARTICLE) != (verb == "done"):
        raise BriefError(f"{verb!r} cannot be said of {item!r}")
    if item.startswith("unreported:") and verb != "reject":
        raise BriefError("what was left out is added as a number (n), or was rightly left out (x)")
    if verb in ("add", "correct"):
        _try(found, item, known, fields)
    kept = fields.model_dump_json(exclude_none=True) if verb in ("add", "correct") else None
    return blank._replace(item=item, verb=said, fields=kept)


def _try(found: Found, item: str, known: dict[str, Any], fields: Correction) -> None:
    """Apply a correction, so that one that cannot be is refused before it is kept. Raises BriefError."""
    if fields.span is not None and not 0 <= fields.span.start < fields.span.end <= len(found.text):
        raise BriefError("the place is not in the article")
    published = found.brief.source.published
    if item.startswith(ADDED):
        added_number(fields, found.text, published)
    elif known[item].kind == "numbers":
        corrected_number(known[item].item, fields, found.text, published)


def _state(found: Found, holds: dict[str, Decision]) -> dict[str, Any]:
    """Return what holds for an article, as the page's script takes it: HTML of the rulings, by the items' paths.

    Only of items that somebody has decided on: a brief may have thousands.
    """
    parts = _templates().get_template("rulings.html").module
    rulings = rulings_of(found.brief, holds, found.text)
    return {
        "rulings": {path: str(parts.ruling(one)) for path, one in rulings.items() if one.verb},  # type: ignore[attr-defined]
        "whole": str(parts.whole(ruling_of(ARTICLE, holds.get(ARTICLE)))),  # type: ignore[attr-defined]
    }


@cache
def _templates() -> Environment:
    """Return the report's environment with the desk's own templates before it."""
    base = environment()
    assert base.loader is not None
    return base.overlay(loader=ChoiceLoader([FileSystemLoader(_FOLDER / "templates"), base.loader]))


@cache
def _asset(name: str) -> str:
    return (_FOLDER / "assets" / name).read_text(encoding="utf-8")
