"""One connection to a service without a proxy between, over the standard library's HTTP client.

A batch sends hundreds of requests a second, and httpx2's own transport takes 0.38 ms of processor time for one where
this takes 0.13 ms (bench/ask.py). All that httpx2 does above its transport stays: redirects, cookies, encodings.
"""

import contextlib
import select
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Final
from urllib.request import getproxies

import httpx2

_PROXIED: Final = ("http", "https", "all")


def needs_proxy() -> bool:
    """Return whether the user's environment names a proxy, whose rules httpx2 knows and this transport does not."""
    proxies = getproxies()
    return any(proxies.get(scheme) for scheme in _PROXIED)


class DirectTransport(httpx2.BaseTransport):
    """Sends one request at a time and keeps the connection for the next one to the same service."""

    def __init__(self, certificates: ssl.SSLContext) -> None:
        self._certificates = certificates
        self._connection: HTTPConnection | None = None
        self._origin: tuple[str, str, int | None] | None = None

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer, its body read. Raises the errors that httpx2's own transport raises."""
        waits = request.extensions.get("timeout") or {}
        connection = self._ready(request, waits)
        try:
            with _named(request, httpx2.WriteTimeout, httpx2.WriteError):
                headers = {name.decode("ascii"): value.decode("latin-1") for name, value in request.headers.raw}
                connection.request(request.method, request.url.raw_path.decode("ascii"), request.read(), headers)
            with _named(request, httpx2.ReadTimeout, httpx2.ReadError):
                answer = connection.getresponse()
                body = answer.read()
        except httpx2.HTTPError:
            self.close()
            raise
        return _response(answer, body)

    def close(self) -> None:
        """Close the connection; a request under way on another thread fails."""
        connection, self._connection = self._connection, None
        if connection is not None:
            if connection.sock is not None:
                with contextlib.suppress(OSError):
                    connection.sock.shutdown(socket.SHUT_RDWR)  # wakes a thread that waits for an answer
            connection.close()

    def _ready(self, request: httpx2.Request, waits: dict[str, Any]) -> HTTPConnection:
        """Return a connection to the service: the one that is kept, unless the service has closed it."""
        origin = request.url.scheme, request.url.raw_host.decode("ascii"), request.url.port
        kept = self._connection
        if kept is not None and kept.sock is not None and origin == self._origin and not _is_readable(kept.sock):
            kept.sock.settimeout(waits.get("read"))
            return kept
        self.close()
        made = self._made(*origin, waits.get("connect"))
        self._connection, self._origin = made, origin
        try:
            with _named(request, httpx2.ConnectTimeout, httpx2.ConnectError):
                made.connect()
        except httpx2.HTTPError:
            self.close()
            raise
        made.sock.settimeout(waits.get("read"))
        return made

    def _made(self, scheme: str, host: str, port: int | None, timeout: float | None) -> HTTPConnection:
        if scheme == "https":
            return HTTPSConnection(host, port, timeout=timeout, context=self._certificates)
        return HTTPConnection(host, port, timeout=timeout)


def _response(answer: HTTPResponse, body: bytes) -> httpx2.Response:
    """Return the answer as httpx2 has it, which undoes its encoding (gzip …) when it is read."""
    return httpx2.Response(
        answer.status,
        headers=answer.getheaders(),
        stream=httpx2.ByteStream(body),
        extensions={"http_version": b"HTTP/1.1", "reason_phrase": answer.reason.encode("latin-1", "replace")},
    )


@contextmanager
def _named(
    request: httpx2.Request, late: type[httpx2.TimeoutException], broken: type[httpx2.NetworkError]
) -> Iterator[None]:
    """Name the errors of the standard library as httpx2 does."""
    try:
        yield
    except TimeoutError as error:
        raise late(str(error), request=request) from error
    except (HTTPException, ValueError) as error:  # a status line or a length that is none
        raise httpx2.RemoteProtocolError(str(error) or type(error).__name__, request=request) from error
    except OSError as error:
        raise broken(str(error), request=request) from error


def _is_readable(sock: socket.socket) -> bool:
    """Return whether an idle connection has something to read, which can only be its end."""
    if hasattr(select, "poll"):
        poller = select.poll()
        poller.register(sock, select.POLLIN)
        return bool(poller.poll(0))
    return bool(select.select([sock], [], [], 0)[0])  # Windows, whose select has no bound on numbers of sockets
