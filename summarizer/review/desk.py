"""The review desk: pages of a store on 127.0.0.1 where a person accepts, corrects, rejects and adds items.

Pages are made here and changed by a small script that sends each decision as it is made; it is in the store before the
page shows it. What several tabs or people decide meets in the store's log, and none of it is lost.
"""

from collections.abc import Callable
from typing import Final

from flask import Flask, Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from summarizer.errors import BriefError, Overtaken, SummarizerError
from summarizer.review.changes import Changes
from summarizer.review.looking import Desk
from summarizer.review.pages import Pages, refusal

_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_LOOKS: Final = ("GET", "HEAD")


def make_app(desk: Desk) -> Flask:
    """Return the application; it serves nobody whom the guard does not know."""
    app = Flask("summarizer.review", static_folder=None, template_folder=None)
    pages, changes = Pages(desk), Changes(desk)
    rules: dict[str, Callable[..., ResponseReturnValue]] = {
        "/": pages.waiting,
        "/enter": pages.enter,
        "/article/<int:article>": pages.article,
        "/article/<int:article>/rulings": pages.rulings,
        "/next/<int:article>": pages.following,
        "/assets/<name>": pages.assets,
    }
    for rule, page in rules.items():
        app.add_url_rule(rule, view_func=page, methods=["GET"])
    app.add_url_rule("/article/<int:article>/decisions", view_func=changes.decided, methods=["POST"])
    app.add_url_rule("/article/<int:article>/undo", view_func=changes.undone, methods=["POST"])
    app.before_request(lambda: _refused(desk))
    app.after_request(_hardened)
    app.register_error_handler(SummarizerError, _what_failed)
    return app


def _refused(desk: Desk) -> BaseResponse | None:
    """Return the refusal of a request that the guard does not let through."""
    guard = desk.guard
    if guard.refuses_host(request.host):
        return refusal("this desk answers on 127.0.0.1 alone")
    if request.path == "/enter":
        return None
    if not guard.knows(request.cookies):
        return refusal("this browser was not let in: use the link that the command printed, which works once")
    if request.method not in _LOOKS and guard.refuses_change(dict(request.headers)):
        return refusal("decisions are taken from the desk's own pages alone")
    return None


def _hardened(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response


def _what_failed(error: SummarizerError) -> BaseResponse:
    """Tell an error in its one line: to the page's script as JSON, to a person as text."""
    status = 409 if isinstance(error, Overtaken) else 400 if isinstance(error, BriefError) else 503
    if request.method in _LOOKS and not request.path.endswith("/rulings"):
        return Response(f"{error}\n", status, content_type="text/plain; charset=utf-8")
    return make_response(jsonify(error=str(error)), status)
