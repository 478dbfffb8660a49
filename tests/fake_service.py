"""An OpenAI-compatible service on 127.0.0.1 that answers from a script and counts what it is asked.

The last answer of the script is repeated for ever. Standard library only: a real socket shows what a mock of the
client's transport hides (resets, time-outs, bodies that are no JSON).
"""

import json
import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, NamedTuple

JSON = "application/json"


class Answer(NamedTuple):
    """One scripted answer."""

    status: int = 200
    body: str = ""
    headers: tuple[tuple[str, str], ...] = (("content-type", JSON),)
    act: Literal["answer", "leave", "reset", "hang", "hold"] = "answer"
    """`leave` answers and then closes the connection without a word of it."""


RESET = Answer(act="reset")
HANG = Answer(act="hang")
GARBAGE = Answer(body="<html>502</html>", headers=(("content-type", "text/html"),))
BROKEN_JSON = Answer(body='{"choices": [')


def failure(status: int, message: str, *, code: str | None = None, **headers: str) -> Answer:
    """Return an error answer; header names are written with underscores."""
    body = {"error": {"message": message, "type": "error", "code": code, "param": None}}
    more = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(status, json.dumps(body, ensure_ascii=False), (("content-type", JSON), *more))


def completion(
    content: str | None = None,
    *,
    arguments: str | dict[str, Any] | None = None,
    finish: str = "stop",
    refusal: str | None = None,
    model: str = "fake-1-0613",
    usage: dict[str, Any] | None = None,
) -> Answer:
    """Return a chat completion with a text, or with a tool call that has `arguments`."""
    message: dict[str, Any] = {"role": "assistant", "content": content, "refusal": refusal}
    if arguments is not None:
        call = {"id": "call_1", "type": "function", "function": {"name": "Draft", "arguments": arguments}}
        message["tool_calls"] = [call]
    return body(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": model,
            "system_fingerprint": "fake",
            "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": None}],
            "usage": usage or {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
        }
    )


def body(value: object) -> Answer:
    """Return a 200 with a JSON body."""
    return Answer(body=json.dumps(value, ensure_ascii=False))


class FakeService:
    """What the service is asked, and where it listens."""

    def __init__(self, script: Sequence[Answer]) -> None:
        self.requests: list[dict[str, Any]] = []
        """Bodies, in order."""
        self.headers: list[dict[str, str]] = []
        self.released = threading.Event()
        self.lock = threading.Lock()
        self.opened = 0
        """Connections accepted so far."""
        self._open = 0
        self._changed = threading.Condition(self.lock)
        self.url = ""
        self._script = script

    @property
    def calls(self) -> int:
        """HTTP requests received."""
        return len(self.requests)

    def take(self, request: dict[str, Any], headers: dict[str, str]) -> Answer:
        """Note a request and return the answer whose turn it is."""
        with self.lock:
            self.requests.append(request)
            self.headers.append(headers)
            return self._script[min(len(self.requests), len(self._script)) - 1]

    def connected(self, change: Literal[1, -1]) -> None:
        """Note a connection that is accepted, or one that has ended."""
        with self._changed:
            self.opened += change > 0
            self._open += change
            self._changed.notify_all()

    def all_closed(self, within_seconds: float = 5.0) -> bool:
        """Return whether no connection is left open, after the time that takes."""
        with self._changed:
            return self._changed.wait_for(lambda: self._open == 0, within_seconds)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # with the default of 5, many clients at once get resets
    service: FakeService


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        """Note the connection."""
        super().setup()
        self.server.service.connected(1)

    def finish(self) -> None:
        """Note its end."""
        super().finish()
        self.server.service.connected(-1)

    def do_POST(self) -> None:
        """Answer one request as the script says."""
        length = int(self.headers.get("content-length", 0))
        request = json.loads(self.rfile.read(length))
        answer = self.server.service.take(request, {name.lower(): value for name, value in self.headers.items()})
        if answer.act == "hold":
            self.server.service.released.wait(60)
        if answer.act == "hang":
            self.server.service.released.wait(10)
        if answer.act in ("reset", "hang"):
            self._reset()
            return
        payload = answer.body.encode("utf-8", "surrogatepass")
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("content-length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)
        self.close_connection = answer.act == "leave"

    def _reset(self) -> None:
        # Linger 0 makes close() send RST, which is what a dying proxy does.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@contextmanager
def fake_service(*script: Answer) -> Iterator[FakeService]:
    """Run a service with this script while the block runs."""
    service = FakeService(script)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.service = service
    service.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
