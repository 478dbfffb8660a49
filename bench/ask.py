"""Print the CPU that one question to a service costs the client, beside the SDK's and instructor's own ways:

    python -m bench.ask [--questions 1500] [--runs 5]

All ask a server in another process, which answers at once, the same question and read the same reply (a recorded one);
CPU is that of the client's process alone, user and system, start-up and a first question per thread apart. The ways
take turns, so that a machine that slows down slows all of them. A ratio is the median of those within a turn.
"""

import argparse
import asyncio
import json
import resource
import statistics
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from summarizer.draft import Draft
from summarizer.extract.gate import OpenGate
from summarizer.extract.service import Service
from summarizer.settings import Settings

RECORDING = Path(__file__).parent.parent / "fixtures" / "recordings" / "annual_results.json"
THREADS = (1, 64, 256)

Ask = Callable[[], object]


def exchange() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a recorded request and its reply."""
    recording = json.loads(RECORDING.read_text(encoding="utf-8"))
    first = recording["exchanges"][0]
    return first["request"]["body"], first["response"]["body"]


class _Answering(asyncio.Protocol):
    """Answers every request with the same reply, and knows of HTTP only where a request ends."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is complete."""
        self._heard += data
        while (head := self._heard.find(b"\r\n\r\n")) >= 0:
            length = self._heard[:head].lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            end = head + 4 + int(length)
            if len(self._heard) < end:
                return
            self._heard = self._heard[end:]
            self._transport.write(self._answer)


async def serve() -> None:
    body = json.dumps(exchange()[1], ensure_ascii=False).encode()
    answer = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)
    server = await asyncio.get_running_loop().create_server(lambda: _Answering(answer), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def server() -> Iterator[str]:
    with subprocess.Popen([sys.executable, "-m", "bench.ask", "--serve"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}/v1"
        process.terminate()


@contextmanager
def ours(url: str) -> Iterator[Ask]:
    request, _ = exchange()
    settings = Settings(model="m", base_url=url, mode="strict-schema")
    service = Service(settings, "m", None, OpenGate())
    yield lambda: service.ask(request["messages"], Draft)
    service.close()


@contextmanager
def plain_sdk(url: str) -> Iterator[Ask]:
    import openai

    request, _ = exchange()
    options = request | {"model": "m"}
    with openai.OpenAI(api_key="k", base_url=url, max_retries=0) as client:
        yield lambda: client.chat.completions.create(**options)


@contextmanager
def with_instructor(url: str) -> Iterator[Ask]:
    import instructor
    import openai

    request, _ = exchange()
    with openai.OpenAI(api_key="k", base_url=url, max_retries=0) as client:
        asking = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)
        yield lambda: asking.create(model="m", response_model=Draft, messages=request["messages"], strict=False)


WAYS = {"ours": ours, "openai, reply unread": plain_sdk, "instructor": with_instructor}


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def cost(ask: Ask, threads: int, questions: int) -> float:
    """Return CPU milliseconds a question."""
    each = max(questions // threads, 3)
    started, ended = threading.Barrier(threads + 1), threading.Barrier(threads + 1)

    def work() -> None:
        ask()
        started.wait()
        for _ in range(each):
            ask()
        ended.wait()

    for _ in range(threads):
        threading.Thread(target=work, daemon=True).start()
    started.wait()
    before = cpu_seconds()
    ended.wait()
    return 1000 * (cpu_seconds() - before) / (each * threads)


def compare(threads: int, questions: int, runs: int) -> dict[str, list[float]]:
    """Return for each way its costs, turn by turn."""
    costs: dict[str, list[float]] = {name: [] for name in WAYS}
    with server() as url:
        for _ in range(runs):
            for name, way in WAYS.items():
                with way(url) as ask:
                    costs[name].append(cost(ask, threads, questions))
    return costs


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=1500, help="for each way and run (default %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="turns of all ways (default %(default)s)")
    parser.add_argument("--threads", type=int, nargs="+", default=THREADS)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.serve:
        asyncio.run(serve())
    print("| threads | way | CPU ms a question | × ours |")
    print("|--:|---|--:|--:|")
    for threads in given.threads:
        costs = compare(threads, given.questions, given.runs)
        for name, found in costs.items():
            ratio = statistics.median(one / our for one, our in zip(found, costs["ours"], strict=True))
            print(f"| {threads} | {name} | {statistics.median(found):.2f} | {ratio:.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
