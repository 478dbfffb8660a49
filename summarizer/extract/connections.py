"""The connections to a service: a client for each request that is under way.

httpx2's pool walks all its open connections for every request, which at 256 of them costs more than the request does.
So every client here has one connection, and the client that was used last is used next, which keeps the number of
clients at that of the requests under way, whatever threads come and go. A client costs 0.1 ms to make, its certificate
store 20 ms: that is shared.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import openai

from summarizer.extract.direct import DirectTransport, needs_proxy


class StaleConnection(openai.APIConnectionError):
    """A kept connection broke before a request was answered: most likely the service had closed it as idle."""


class Line:
    """A client that sends one request at a time, or a transport's client that many share."""

    def __init__(self, client: httpx2.Client, *, shared: bool = False) -> None:
        self._client = client
        self._shared = shared
        self._kept = False
        """Whether the next request may go over the connection of an earlier one."""

    def send(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer, read to its end.

        Raises openai's APITimeoutError or APIConnectionError; StaleConnection where sending again at once may help,
        which the next `send` will not raise.
        """
        kept, self._kept = self._kept, False
        answered = False
        try:
            answer = self._client.send(request, stream=True)
            answered = True
            try:
                answer.read()
            finally:
                answer.close()
        except httpx2.TimeoutException as error:
            raise openai.APITimeoutError(request=request) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            broke = isinstance(error, (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError))
            kind = StaleConnection if kept and broke and not answered else openai.APIConnectionError
            raise kind(request=request) from error
        self._kept = not self._shared
        return answer

    def close(self) -> None:
        """Close the connection; a request under way fails."""
        self._client.close()


class Connections:
    """As many lines as requests are under way; one for all where a transport is given. Threads may share it."""

    def __init__(self, transport: httpx2.BaseTransport | None) -> None:
        self._lock = threading.Lock()
        self._closed = False
        self._shared = transport is not None
        self._lines: list[Line] = []
        self._idle: list[Line] = []
        if transport is not None:
            self._lines.append(Line(openai.DefaultHttpxClient(transport=transport), shared=True))
        else:
            self._certificates = httpx2.create_ssl_context()
            self._proxied = needs_proxy()

    @contextmanager
    def line(self) -> Iterator[Line]:
        """Lend a line that nobody else sends on, or the transport's."""
        if self._shared:
            yield self._lines[0]
            return
        line = self._take()
        try:
            yield line
        finally:
            with self._lock:
                self._idle.append(line)

    def close(self) -> None:
        """Close all lines."""
        with self._lock:
            self._closed = True
            lines = tuple(self._lines)
        for line in lines:
            line.close()

    def _take(self) -> Line:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if self._closed:
                raise RuntimeError("the connections are closed")
            line = Line(self._client())
            self._lines.append(line)
            return line

    def _client(self) -> httpx2.Client:
        if self._proxied:
            return openai.DefaultHttpxClient(verify=self._certificates)
        return openai.DefaultHttpxClient(transport=DirectTransport(self._certificates))
