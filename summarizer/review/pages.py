"""The pages of the desk: the queue, an article, the way from one to the next; they change nothing."""

from typing import Any, Final

from flask import Response, abort, jsonify, make_response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from summarizer.report.rendering import asset
from summarizer.report.view import view_of
from summarizer.review.looking import Desk, found_article, own_asset, state_of, templates
from summarizer.review.rulings import added_items, ruling_of, rulings_of, with_items
from summarizer.store.decisions import ARTICLE, holding
from summarizer.store.queue import Asked, count_queue, next_waiting, parks_waiting, queue

_PAGE: Final = 50
"""Articles on a page of the queue."""
_LARGEST: Final = 2**31
_ASSETS: Final = {
    "report.css": "text/css",
    "report.js": "text/javascript",
    "desk.css": "text/css",
    "desk.js": "text/javascript",
}
"""The only files that are served."""


def refusal(why: str) -> BaseResponse:
    """Return the answer to whom the desk does not serve."""
    return Response(f"{why}\n", 403, content_type="text/plain; charset=utf-8")


class Pages:
    """What a browser may look at."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def enter(self) -> BaseResponse:
        """Let the browser in that comes with the one-time token."""
        guard = self._desk.guard
        if not guard.lets_in(request.args.get("token")):
            return refusal("this link was used already, or is another desk's; start `summarize review` again")
        # A page of its own and no redirect: some browsers send no strict cookie along a redirect from elsewhere.
        response = make_response('<!DOCTYPE html><meta http-equiv="refresh" content="0; url=/"><a href="/">→</a>')
        response.set_cookie(guard.cookie_name, guard.cookie, httponly=True, samesite="Strict")
        return response

    def waiting(self) -> str:
        """Show a page of the queue."""
        asked = _asked()
        with self._desk.looking() as store:
            context: dict[str, Any] = {
                "rows": queue(store.db, asked),
                "total": count_queue(store.db, asked),
                "reviewed": count_queue(store.db, Asked(reviewed=not asked.reviewed)),
                "parks": parks_waiting(store.db),
            }
        context |= {"asked": asked, "page": _PAGE, "store": self._desk.path.name}
        return templates().get_template("queue.html").render(desk=self._desk, **context)

    def article(self, article: int) -> str:
        """Show an article with its brief and what was decided on it."""
        with self._desk.looking() as store:
            found = found_article(store, article)
            holds = holding(store.db, article)
        added = added_items(holds, found.text, found.brief.source.published)
        view = view_of(found.brief, found.text, origin=found.path)
        return (
            templates()
            .get_template("desk.html")
            .render(
                desk=self._desk,
                article=article,
                view=with_items(view, [item for item, _ in added], found.text),
                rulings=rulings_of(found.brief, holds, found.text),
                whole=ruling_of(ARTICLE, holds.get(ARTICLE)),
            )
        )

    def rulings(self, article: int) -> Response:
        """Tell what holds for an article by now."""
        with self._desk.looking() as store:
            return jsonify(state_of(found_article(store, article), holding(store.db, article)))

    def following(self, article: int) -> BaseResponse:
        """Lead to the article that comes next in the queue, at its end to the queue."""
        with self._desk.looking() as store:
            after = next_waiting(store.db, article, Asked())
        return redirect("/" if after is None else f"/article/{after}")

    def assets(self, name: str) -> Response:
        """Serve one of the scripts and styles."""
        if name not in _ASSETS:
            abort(404)
        text = asset(name) if name.startswith("report") else own_asset(name)
        return Response(text, content_type=f"{_ASSETS[name]}; charset=utf-8")


def _asked() -> Asked:
    args = request.args
    return Asked(
        status=args.get("status") or None,
        park=args.get("park") or None,
        reviewed=args.get("show") == "done",
        offset=max(0, min(args.get("at", 0, type=int), _LARGEST)),
        limit=_PAGE,
    )
