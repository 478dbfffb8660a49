"""A fake OpenAI-compatible service that costs next to nothing, so that what is measured is its client.

    python -m bench.archive.server --latency 500
    python -m bench.archive.server --latency 200-900 --faults mixed=0.2,sticky=0.01 --tpm 200000 --headers

Prints its port when it listens. Knows the articles of `bench.archive.articles` by their marks and answers with their
true drafts. Beside POST …/chat/completions and OpenAI's files and batches: GET /stats (?each=1 lists every article),
POST /reset, and GET /first, which is answered once the first question since the reset has come.
"""

import argparse
import asyncio
import contextlib
import gc
import json
import socket
import struct
import time
from typing import Final, Literal, NamedTuple

from bench.archive.batches import Batches, BatchOptions
from bench.archive.counts import Counts
from bench.archive.faults import Faults, read_faults
from bench.archive.limits import Limits
from bench.archive.replies import Question, answer_to, read_question, reply

_BACKLOG: Final = 4096
_JSON: Final = "application/json"
_PAGE: Final = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


class Options(NamedTuple):
    """How the service behaves."""

    latency: tuple[float, float] = (0.0, 0.0)
    """Seconds until an answer, from and to; which one follows from the article."""
    faults: Faults = Faults()
    tpm: int | None = None
    rpm: int | None = None
    burst: float = 10.0
    """Seconds for which unused tokens and requests are saved up."""
    headers: bool = False
    """Whether replies tell the limits."""
    batches: BatchOptions = BatchOptions()


class Plan(NamedTuple):
    """What will be done about a question."""

    question: Question
    payload: bytes
    delay: float = 0.0
    act: Literal["answer", "reset", "hang"] = "answer"
    tokens: int = 0
    """Of the reply; 0 where there is nothing to pay for."""


class Service:
    """Decides what every question is answered with."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self.batches = Batches(options.batches, Counts())
        self.reset()

    def reset(self) -> None:
        """Forget all that was counted; the limits are as at the start."""
        options = self._options
        self.counts = Counts()
        self._limits = Limits(options.tpm, options.rpm, options.burst, time.monotonic())
        self.asked = asyncio.Event()
        self.batches.stop()
        self.batches = Batches(options.batches, self.counts)

    def ask(self, body: bytes) -> Plan:
        """Count a question and return what will be done about it."""
        question = read_question(body)
        attempt = self.counts.begin(question.serial, question.kind)
        if attempt == 1:
            self.asked.set()
        text = answer_to(question)
        if text is None:
            return Plan(question, self._error(400, "no mark of an article stands in the question"))
        cost = question.prompt_tokens + text.tokens
        refusal = self._limits.take(cost, time.monotonic())
        if refusal is not None:
            self.counts.reject()
            said = f"rate limit reached for {refusal.what} per min; try again in {refusal.seconds:.3f}s"
            return Plan(question, self._error(429, said, f"retry-after: {refusal.retry_after}"))
        self.counts.granted += cost
        least, most = self._options.latency
        delay = least if question.serial is None else least + (most - least) * (question.serial * 7919 % 997) / 996
        fault = None if question.serial is None else self._options.faults.of(question.serial, attempt)
        if fault is not None:
            self.counts.faults[fault] += 1
            return self._fail(fault, question, delay)
        return Plan(question, self._answer(200, reply(question, text)), delay, tokens=text.tokens)

    def _fail(self, fault: str, question: Question, delay: float) -> Plan:
        faults, text = self._options.faults, answer_to(question)
        assert text is not None
        match fault:
            case "429":
                said = f"retry-after: {faults.retry_after}"
                return Plan(question, self._error(429, "too many requests", said))
            case "500":
                return Plan(question, self._error(500, "the server had an error"), delay)
            case "reset":
                return Plan(question, b"", delay / 2, "reset")
            case "timeout":
                return Plan(question, b"", faults.wait, "hang")
            case "html":
                return Plan(question, self._answer(200, _PAGE, kind="text/html"), delay)
            case _:
                finish = "length" if fault == "length" else "stop"
                cut = reply(question, text, finish, cut=True)
                return Plan(question, self._answer(200, cut), delay, tokens=text.tokens // 2)

    def _error(self, status: int, message: str, *headers: str) -> bytes:
        code = "rate_limit_exceeded" if status == 429 else None
        error = {"message": message, "type": "error", "code": code, "param": None}
        return self._answer(status, json.dumps({"error": error}).encode(), *headers)

    def _answer(self, status: int, body: bytes, *headers: str, kind: str = _JSON) -> bytes:
        told = (*headers, *self._limits.headers()) if self._options.headers else headers
        return response(status, body, *told, kind=kind)


def response(status: int, body: bytes, *headers: str, kind: str = _JSON) -> bytes:
    """Return an HTTP response."""
    more = "".join(f"{line}\r\n" for line in headers)
    head = f"HTTP/1.1 {status} -\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


class Connection(asyncio.Protocol):
    """One connection, kept alive; one question at a time."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._buffer = bytearray()
        self._busy: Plan | None = None
        self._counts: Counts | None = None
        """Where its questions are counted; None until there is one."""
        self._timer: asyncio.TimerHandle | None = None
        self._waiter: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        """Give up what was not answered."""
        if self._counts is not None:
            self._counts.open -= 1
        if self._timer is not None:
            self._timer.cancel()
        if self._waiter is not None:
            self._waiter.cancel()
        if self._busy is not None and self._counts is not None:
            self._busy = None
            self._counts.abandon()

    def data_received(self, data: bytes) -> None:
        """Answer each request that is complete."""
        self._buffer += data
        while self._busy is None and (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._buffer[:end])
            start, length = end + 4, _content_length(head)
            if len(self._buffer) < start + length:
                return
            body = bytes(self._buffer[start : start + length])
            del self._buffer[: start + length]
            method, path, _ = head.split(b" ", 2)
            if path.endswith(b"/chat/completions"):
                self._ask(body)
            else:
                self._control(method.decode(), path.decode("latin-1"), head, body)

    def _ask(self, body: bytes) -> None:
        if self._counts is not self._service.counts:  # the first one, or the first since a reset
            self._counts = self._service.counts
            self._counts.connect()
        self._busy = plan = self._service.ask(body)
        if plan.delay:
            self._timer = asyncio.get_running_loop().call_later(plan.delay, self._settle, plan)
        else:
            self._settle(plan)

    def _settle(self, plan: Plan) -> None:
        self._busy = self._timer = None
        assert self._counts is not None
        self._counts.end(plan.question.serial, plan.question.prompt_tokens, plan.tokens)
        match plan.act:
            case "answer":
                self._transport.write(plan.payload)
                if self._buffer:
                    self.data_received(b"")
            case "hang":
                self._transport.close()
            case "reset":
                # Linger 0 makes close() send RST, which is what a dying proxy does.
                held: socket.socket = self._transport.get_extra_info("socket")
                held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self._transport.abort()

    def _control(self, method: str, path: str, head: bytes, body: bytes) -> None:
        name, _, query = path.partition("?")
        result = self._service.batches.handle(method, name, head, body)
        if result is not None:
            self._transport.write(response(result.status, result.body, kind=result.kind))
        elif name == "/stats":
            self._send(200, self._service.counts.stats(each=query == "each=1"))
        elif (method, name) == ("POST", "/reset"):
            self._service.reset()
            self._send(200, {})
        elif name == "/first":
            self._waiter = asyncio.get_running_loop().create_task(self._tell_first(self._service))
        else:
            self._send(404, {"error": {"message": f"nothing is served at {name}"}})

    async def _tell_first(self, service: Service) -> None:
        await service.asked.wait()
        self._send(200, {"first_request": service.counts.first_request})

    def _send(self, status: int, values: object) -> None:
        self._transport.write(response(status, json.dumps(values).encode()))


def _content_length(head: bytes) -> int:
    """Return the length of a request's body; no client of a model sends one in chunks."""
    lowered = head.lower()
    place = lowered.find(b"content-length:")
    if place < 0:
        return 0
    end = lowered.find(b"\r\n", place)
    return int(lowered[place + 15 : end if end >= 0 else None])


async def serve(options: Options, port: int) -> None:
    """Serve on 127.0.0.1 until cancelled; prints the port."""
    service = Service(options)
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(service), "127.0.0.1", port, backlog=_BACKLOG
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    gc.collect()
    gc.freeze()
    async with server:
        await server.serve_forever()


def _latency(words: str) -> tuple[float, float]:
    least, _, most = words.partition("-")
    return float(least) / 1000, float(most or least) / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0 for any")
    parser.add_argument("--latency", type=_latency, default=(0.0, 0.0), metavar="MS", help="500, or 200-900")
    parser.add_argument("--faults", type=read_faults, default=Faults(), metavar="SPEC", help=read_faults.__doc__)
    parser.add_argument("--tpm", type=int, help="tokens a minute")
    parser.add_argument("--rpm", type=int, help="requests a minute")
    parser.add_argument("--burst", type=float, default=10.0, help="seconds for which they are saved up")
    parser.add_argument("--headers", action="store_true", help="tell the limits in every reply")
    parser.add_argument("--batch-seconds", type=float, default=1.0, help="until a batch is done")
    parser.add_argument("--batch-errors", type=float, default=0.0, help="share of a batch's lines that fail")
    parser.add_argument("--batch-expire", type=int, default=0, metavar="K", help="the K-th batch expires, half done")
    told = vars(parser.parse_args())
    port = told.pop("port")
    told["batches"] = BatchOptions(*(told.pop(f"batch_{name}") for name in BatchOptions._fields))
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(Options(**told), port))


if __name__ == "__main__":
    main()
