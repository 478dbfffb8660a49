"""Listens on 127.0.0.1 for the desk, and for nobody else."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from summarizer.errors import SettingsError
from summarizer.review.desk import make_app
from summarizer.review.guard import Guard
from summarizer.review.looking import Desk
from summarizer.store import open_store

_HOST: Final = "127.0.0.1"


class Serving(NamedTuple):
    """A desk that listens."""

    server: BaseWSGIServer
    link: str
    """The one-time link that lets a browser in."""
    who: str

    def run(self) -> None:
        """Serve until an interrupt, which is the way to end it."""
        try:
            self.server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            return


class _Quiet(WSGIRequestHandler):
    """Says nothing of requests: the one-time token is in the first of them."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Stay silent."""

    def version_string(self) -> str:
        """Return a name without a version."""
        return "summarizer"


@contextmanager
def serving(store: Path, port: int, who: str) -> Iterator[Serving]:
    """Yield a desk over a store that listens on 127.0.0.1; `port` 0 takes a free one.

    Raises StoreError where there is no store, SettingsError where the port is taken.
    """
    with open_store(store):
        pass  # what is wrong with it is told before anybody opens a browser
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    try:
        listener = socket.create_server((_HOST, port))
    except OSError as error:
        raise SettingsError(
            f"port {port} of {_HOST} cannot be listened on: {error.strerror}; choose another with --port"
        ) from error
    with listener:
        taken = int(listener.getsockname()[1])
        guard = Guard(taken)
        app = make_app(Desk(store, who, guard))
        server = make_server(_HOST, taken, app, threaded=True, request_handler=_Quiet, fd=listener.fileno())
    try:
        yield Serving(server, f"http://{_HOST}:{taken}/enter?token={guard.token}", who)
    finally:
        server.server_close()
