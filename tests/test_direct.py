"""The transport without a proxy: what it answers, what it calls the errors, and how it keeps its connection."""

import gzip
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import httpx2
import pytest

from summarizer.extract.direct import DirectTransport, needs_proxy


class Peer(NamedTuple):
    """A service that answers each connection with bytes as they are given."""

    url: str
    heard: list[bytes]


@contextmanager
def peer(*answers: bytes | None) -> Iterator[Peer]:
    """Answer one request after the other; None never answers, b'' closes, bytes with ! close behind."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []
    over = threading.Event()
    script = iter(answers)

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                _converse(connection, script, heard, over)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield Peer(f"http://127.0.0.1:{listener.getsockname()[1]}", heard)
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _converse(
    connection: socket.socket, script: Iterator[bytes | None], heard: list[bytes], over: threading.Event
) -> None:
    while request := _request(connection):
        heard.append(request)
        answer = next(script, b"")
        if answer is None:
            over.wait(10)
        if not answer:
            return
        connection.sendall(answer.removesuffix(b"!"))
        if answer.endswith(b"!"):
            return


def _request(connection: socket.socket) -> bytes:
    found = b""
    while b"\r\n\r\n" not in found:
        try:
            more = connection.recv(65536)
        except OSError:
            return b""
        if not more:
            return b""
        found += more
        if found.startswith(b"\x16"):  # the hello of TLS
            return found
    head, _, body = found.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def answer(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> bytes:
    lines = [b"HTTP/1.1 " + status, b"content-length: %d" % len(body), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


@contextmanager
def client() -> Iterator[httpx2.Client]:
    with httpx2.Client(
        transport=DirectTransport(ssl.create_default_context()), timeout=2, follow_redirects=True
    ) as one:
        yield one


def test_an_answer_is_read_whole_with_its_headers_and_its_encoding_undone() -> None:
    packed = gzip.compress("临澜高新区".encode())
    with peer(answer(packed, b"content-encoding: gzip", b"retry-after: 7", b"x-twice: 1", b"x-twice: 2")) as other:
        with client() as one:
            found = one.post(f"{other.url}/v1/chat?a=b", content="问".encode(), headers={"Authorization": "Bearer k"})
        assert (found.status_code, found.text, found.headers["retry-after"]) == (200, "临澜高新区", "7")
        assert found.headers.get_list("x-twice") == ["1", "2"]
        [heard] = other.heard
        head, _, body = heard.partition(b"\r\n\r\n")
        assert head.startswith(b"POST /v1/chat?a=b HTTP/1.1")
        assert head.lower().count(b"\r\nhost: 127.0.0.1") == 1
        assert b"authorization: bearer k" in head.lower()
        assert body == "问".encode()


def test_chunks_are_joined_and_the_connection_is_kept() -> None:
    chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    with peer(chunked, answer(b"second")) as other, client() as one:
        assert [one.post(other.url, content=b"x").text for _ in range(2)] == ["abcde", "second"]


def test_a_connection_that_was_closed_meanwhile_is_made_anew() -> None:
    with peer(answer(b"first") + b"!", answer(b"second")) as other, client() as one:
        first = one.post(other.url, content=b"x").text
        transport = one._transport
        assert isinstance(transport, DirectTransport)
        assert transport._connection is not None
        assert transport._connection.sock is not None
        transport._connection.sock.settimeout(2)
        assert transport._connection.sock.recv(1, socket.MSG_PEEK) == b""  # until the end has arrived
        assert (first, one.post(other.url, content=b"x").text) == ("first", "second")


def test_another_service_gets_a_connection_of_its_own() -> None:
    with peer(answer(b"there")) as other:
        away = answer(b"", b"location: " + other.url.encode() + b"/v2", status=b"307 Temporary Redirect")
        with peer(away) as first, client() as one:
            assert one.post(first.url, content=b"x").text == "there"
        assert other.heard[0].startswith(b"POST /v2 ")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"", httpx2.RemoteProtocolError),
        (b"SSH-2.0-OpenSSH\r\n!", httpx2.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc!", httpx2.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n!", httpx2.RemoteProtocolError),
        (None, httpx2.ReadTimeout),
    ],
)
def test_what_goes_wrong_is_called_as_httpx_calls_it(said: bytes | None, error: type[Exception]) -> None:
    with peer(said, answer(b"again")) as other, client() as one:
        with pytest.raises(error):
            one.post(other.url, content=b"x", timeout=0.2)
        if said is not None:
            assert one.post(other.url, content=b"x").text == "again"


def test_a_service_that_is_not_there_is_no_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with client() as one, pytest.raises(httpx2.ConnectError, match="refused"):
        one.post(f"http://127.0.0.1:{port}", content=b"x")


def test_a_plain_service_is_no_https() -> None:
    with peer(b"HTTP/1.1 400 Bad Request\r\n\r\n!") as other, client() as one, pytest.raises(httpx2.ConnectError):
        one.post(other.url.replace("http:", "https:"), content=b"x")


def test_closing_ends_a_request_under_way() -> None:
    with peer(None) as other:
        transport = DirectTransport(ssl.create_default_context())
        failed: list[Exception] = []

        def ask() -> None:
            request = httpx2.Request("POST", other.url, content=b"x", extensions={"timeout": {"read": 10}})
            try:
                transport.handle_request(request)
            except httpx2.HTTPError as error:
                failed.append(error)

        thread = threading.Thread(target=ask)
        thread.start()
        while not other.heard:
            thread.join(0.001)
        transport.close()
        thread.join(5)
    assert len(failed) == 1


@pytest.mark.parametrize(
    ("name", "value", "needed"),
    [("https_proxy", "http://proxy:3128", True), ("all_proxy", "socks5://p:1", True), ("no_proxy", "a.cn", False)],
)
def test_a_proxy_of_the_environment_is_heeded(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, needed: bool
) -> None:
    for other in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(other, raising=False)
        monkeypatch.delenv(other.upper(), raising=False)
    assert not needs_proxy()
    monkeypatch.setenv(name, value)
    assert needs_proxy() is needed
