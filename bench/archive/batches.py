"""The provider's batch service as OpenAI has it: files of requests go in; files of results come out, later, shuffled.

Kept in memory. A batch that is cancelled or expires gives the results that it has; the lines of its error file say
what became of the rest.
"""

import asyncio
import json
import re
import time
import zlib
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from bench.archive.counts import Counts
from bench.archive.faults import share_of
from bench.archive.replies import answer_to, read_question, reply

_PATH: Final = re.compile(r"(?:/[^/]+)*?/(files|batches)(?:/([^/]+))?(?:/(content|cancel))?")
_MOST_LINES: Final = 50_000
_MOST_BYTES: Final = 200_000_000
"""OpenAI's bounds of an input file."""
_SLICE: Final = 200
"""Lines that are answered before other connections have their turn."""
_ERRORS: Final = -2
"""Keeps the draw for a batch's error lines apart from that for a call's fault."""


class Result(NamedTuple):
    """What a path is answered with."""

    status: int
    body: bytes
    kind: str = "application/json"


class BatchOptions(NamedTuple):
    """How batches behave."""

    seconds: float = 1.0
    """Until a batch is done."""
    errors: float = 0.0
    """Share of lines that end in the error file."""
    expire: int = 0
    """Which batch expires with half of its results; 1 is the first, 0 for none."""


class _Line(NamedTuple):
    custom_id: str
    raw: bytes


class _Batch:
    def __init__(self, values: dict[str, Any], raw: bytes) -> None:
        self.values = values
        self.raw = raw
        self.cancelled = asyncio.Event()

    def move(self, status: str) -> None:
        """Enter a status, and note when."""
        self.values["status"] = status
        self.values[f"{status}_at"] = int(time.time())


class Batches:
    """Files and batches of one service."""

    def __init__(self, options: BatchOptions, counts: Counts) -> None:
        self._options, self._counts = options, counts
        self._files: dict[str, tuple[dict[str, Any], bytes]] = {}
        self._batches: dict[str, _Batch] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        """End what is running."""
        for task in self._tasks:
            task.cancel()

    def handle(self, method: str, path: str, head: bytes, body: bytes) -> Result | None:
        """Return the answer to a request for files or batches; None where the path is neither."""
        found = _PATH.fullmatch(path)
        if found is None:
            return None
        match method, *found.groups():
            case "POST", "files", None, None:
                return self._upload(head, body)
            case "GET", "files", None, None:
                return _listed([values for values, _ in self._files.values()])
            case "POST", "batches", None, None:
                return self._create(body)
            case "GET", "batches", None, None:
                return _listed([batch.values for batch in reversed(self._batches.values())])
            case _, "files", name, "content" | None as part if name in self._files:
                return self._file(method, name, part)
            case "GET", "batches", name, None if name in self._batches:
                return _answer(self._batches[name].values)
            case "POST", "batches", name, "cancel" if name in self._batches:
                return self._cancel(self._batches[name])
        return _refuse(404, f"no such file or batch: {path}")

    def _upload(self, head: bytes, body: bytes) -> Result:
        parts = _parts(head, body)
        name, content = parts.get("file", ("", b""))
        purpose = parts.get("purpose", ("", b""))[1].decode()
        if purpose != "batch" or not content:
            return _refuse(400, "a file and purpose=batch are needed")
        if len(content) > _MOST_BYTES:
            return _refuse(400, f"the file is larger than {_MOST_BYTES:,} bytes")
        return _answer(self._files[self._keep(content, name, purpose)][0])

    def _keep(self, content: bytes, name: str, purpose: str) -> str:
        key = f"file-{len(self._files) + 1}"
        values = {
            "id": key,
            "object": "file",
            "bytes": len(content),
            "created_at": int(time.time()),
            "filename": name,
            "purpose": purpose,
            "status": "processed",
        }
        self._files[key] = values, content
        return key

    def _file(self, method: str, name: str, part: str | None) -> Result:
        if method == "DELETE":
            self._files[name] = self._files[name][0] | {"status": "deleted"}, b""
            return _answer({"id": name, "object": "file", "deleted": True})
        values, content = self._files[name]
        return Result(200, content, "application/octet-stream") if part else _answer(values)

    def _create(self, body: bytes) -> Result:
        asked = json.loads(body)
        source = asked.get("input_file_id")
        if source not in self._files:
            return _refuse(400, f"no such file: {source}")
        created = int(time.time())
        key = f"batch_{len(self._batches) + 1}"
        values = {
            "id": key,
            "object": "batch",
            "endpoint": asked.get("endpoint"),
            "errors": None,
            "input_file_id": source,
            "completion_window": asked.get("completion_window"),
            "status": "validating",
            "output_file_id": None,
            "error_file_id": None,
            "created_at": created,
            "expires_at": created + 86_400,
            "request_counts": {"total": 0, "completed": 0, "failed": 0},
            "metadata": asked.get("metadata"),
        }
        self._batches[key] = batch = _Batch(values, self._files[source][1])
        task = asyncio.get_running_loop().create_task(self._run(batch, len(self._batches)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return _answer(values)

    def _cancel(self, batch: _Batch) -> Result:
        if batch.values["status"] not in ("validating", "in_progress"):
            return _refuse(409, f"a batch that is {batch.values['status']} cannot be cancelled")
        batch.move("cancelling")
        batch.cancelled.set()
        return _answer(batch.values)

    async def _run(self, batch: _Batch, place: int) -> None:
        """Take a batch through its life; half of the results are there when half of its time has passed."""
        lines, errors = _read_lines(batch.raw, batch.values["endpoint"])
        batch.raw = b""
        if errors:
            batch.values["errors"] = {"object": "list", "data": errors}
            batch.move("failed")
            return
        batch.values["request_counts"]["total"] = len(lines)
        if not batch.cancelled.is_set():
            batch.move("in_progress")
        lines.sort(key=lambda line: zlib.crc32(line.custom_id.encode()))
        first, second = lines[: len(lines) // 2], lines[len(lines) // 2 :]
        made: list[bytes] = []
        failed: list[bytes] = []
        await self._answer_all(batch, first, made, failed)
        await self._wait(batch)
        if batch.cancelled.is_set():
            left, end, code = second, "cancelled", "batch_cancelled"
        elif place == self._options.expire:
            left, end, code = second, "expired", "batch_expired"
        else:
            await self._answer_all(batch, second, made, failed)
            left, end, code = [], "completed", ""
            batch.move("finalizing")
        await self._wait(batch)
        for line in left:
            self._counts.faults[code] += 1
            failed.append(_result(line, "null", f'{{"code":"{code}","message":"the request was not run in time"}}'))
        for key, kept in (("output_file_id", made), ("error_file_id", failed)):
            if kept:
                name = self._keep(b"".join(kept), f"{batch.values['id']}_{key[:6].strip('_')}.jsonl", "batch_output")
                batch.values[key] = name
        batch.move(end)

    async def _wait(self, batch: _Batch) -> None:
        """Let half of the batch's time pass, or what there is until it is cancelled."""
        try:
            await asyncio.wait_for(batch.cancelled.wait(), self._options.seconds / 2)
        except TimeoutError:
            return

    async def _answer_all(self, batch: _Batch, lines: Sequence[_Line], made: list[bytes], failed: list[bytes]) -> None:
        progress = batch.values["request_counts"]
        for start in range(0, len(lines), _SLICE):
            for line in lines[start : start + _SLICE]:
                good, result = self._answer_line(line)
                (made if good else failed).append(result)
                progress["completed" if good else "failed"] += 1
            await asyncio.sleep(0)

    def _answer_line(self, line: _Line) -> tuple[bool, bytes]:
        question = read_question(line.raw)
        attempt = self._counts.begin(question.serial, question.kind)
        text = answer_to(question)
        spoiled = question.serial is None or share_of(question.serial, _ERRORS * attempt) < self._options.errors
        if text is None or spoiled:
            self._counts.end(question.serial, 0, 0)
            self._counts.faults["batch_error"] += 1
            error = '{"error":{"message":"the server had an error","type":"server_error","code":null,"param":null}}'
            return False, _result(line, f'{{"status_code":500,"request_id":"r","body":{error}}}', "null")
        self._counts.end(question.serial, question.prompt_tokens, text.tokens)
        body = reply(question, text).decode()
        return True, _result(line, f'{{"status_code":200,"request_id":"r","body":{body}}}', "null")


def _result(line: _Line, response: str, error: str) -> bytes:
    name = json.dumps(line.custom_id)
    return f'{{"id":"batch_req","custom_id":{name},"response":{response},"error":{error}}}\n'.encode()


def _read_lines(raw: bytes, endpoint: str) -> tuple[list[_Line], list[dict[str, Any]]]:
    """Return the requests of an input file, and what is wrong with it."""
    lines: list[_Line] = []
    errors: list[dict[str, Any]] = []
    known: set[str] = set()

    def refuse(number: int, code: str, message: str) -> None:
        errors.append({"code": code, "line": number, "message": message, "param": None})

    for number, line in enumerate(raw.splitlines(), start=1):
        try:
            values = json.loads(line)
            name, method, url, body = (values[key] for key in ("custom_id", "method", "url", "body"))
        except (ValueError, KeyError, TypeError) as error:
            refuse(number, "invalid_json_line", f"not a request: {error!r}")
            continue
        if name in known:
            refuse(number, "duplicate_custom_id", f"custom_id {name} is used before")
        if (method, url) != ("POST", endpoint) or not isinstance(body, dict):
            refuse(number, "mismatched_endpoint", f"{method} {url} is not POST {endpoint}")
        known.add(name)
        lines.append(_Line(name, line))
    if not lines or len(lines) > _MOST_LINES:
        refuse(0, "token_limit_exceeded", f"{len(lines):,} requests; 1 to {_MOST_LINES:,} are taken")
    return lines, errors


def _parts(head: bytes, body: bytes) -> dict[str, tuple[str, bytes]]:
    """Return the parts of multipart/form-data by name: the file's name and the content."""
    found = re.search(rb'boundary="?([^";\r\n]+)', head)
    parts: dict[str, tuple[str, bytes]] = {}
    for part in body.split(b"--" + found[1])[1:-1] if found else []:
        about, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name = re.search(rb'[; ]name="([^"]*)"', about)
        file = re.search(rb'filename="([^"]*)"', about)
        if name:
            parts[name[1].decode()] = (file[1].decode() if file else "", content.removesuffix(b"\r\n"))
    return parts


def _answer(values: object) -> Result:
    return Result(200, json.dumps(values).encode())


def _listed(values: Sequence[object]) -> Result:
    return _answer({"object": "list", "data": list(values), "has_more": False})


def _refuse(status: int, message: str) -> Result:
    error = {"message": message, "type": "invalid_request_error", "code": None, "param": None}
    return Result(status, json.dumps({"error": error}).encode())
