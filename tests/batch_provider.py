"""A provider with a batch API, in memory, under the real SDK: what goes wrong is up to a test."""

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx2

from bench.archive.articles import compose, true_draft
from bench.archive.replies import answer_to, read_question, reply

Line = dict[str, Any]


class Provider(httpx2.BaseTransport):
    """Runs a batch when it is first looked at, and tells its lines backwards."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.paid: Counter[str] = Counter()
        """By question: answers with a usage."""
        self.prompt_tokens = 0
        self.asked: Counter[str] = Counter()
        """Questions by what they ask for."""
        self.calls: Counter[str] = Counter()
        """HTTP requests, as `POST /files`."""
        self.answer: Callable[[Line], tuple[int, Any] | None] = lambda line: (200, answer(line["body"]))
        """Status and body; None for a line that is left out."""
        self.status: Callable[[int], str] = lambda place: "completed"
        """How the n-th batch ends; the first is 1. One that expires has the first half of its lines."""
        self.refuse: Callable[[str], httpx2.Response | None] = lambda call: None
        """An answer to a call in place of the usual."""
        self.trouble = ("", "")
        """Why batches fail."""

    @property
    def forgotten(self) -> list[str]:
        """Batches that were made and never looked after, so that they are paid for in vain."""
        return [name for name, batch in self.batches.items() if batch["status"] == "validating"]

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one call."""
        body = request.read()
        path = request.url.path.removeprefix("/v1")
        call = f"{request.method} {re.sub(r'(file|batch)-[0-9]+', 'ID', path)}"
        self.calls[call] += 1
        refusal = self.refuse(call)
        if refusal is not None:
            return refusal
        name = path.split("/")[2] if path.count("/") > 1 else ""
        match call:
            case "POST /chat/completions":
                status, answered = self.answer({"body": json.loads(body)}) or (500, {})
                return httpx2.Response(status, json=answered)
            case "POST /files":
                return self._keep(body.split(b"\r\n\r\n", 1)[1].split(b"\r\n--")[0].split(b"\r\n\r\n")[-1], body)
            case "POST /batches":
                return self._create(json.loads(body))
            case "GET /batches":
                listed = list(reversed(self.batches.values()))
                return httpx2.Response(200, json={"object": "list", "data": listed, "has_more": False})
            case "GET /batches/ID" if name in self.batches:
                self._run(self.batches[name])
                return httpx2.Response(200, json=self.batches[name])
            case "GET /files/ID/content" if name in self.files:
                return httpx2.Response(200, content=self.files[name])
        return httpx2.Response(404, json={"error": {"message": f"nothing is at {path}"}})

    def _keep(self, content: bytes, whole: bytes) -> httpx2.Response:
        parts = re.findall(rb'name="file"[^\r]*\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--', whole, re.DOTALL)
        name = f"file-{len(self.files) + 1}"
        self.files[name] = parts[0] if parts else content
        kept = {"id": name, "object": "file", "bytes": 1, "created_at": 1, "filename": "f", "purpose": "batch"}
        return httpx2.Response(200, json=kept)

    def _create(self, told: dict[str, Any]) -> httpx2.Response:
        name = f"batch-{len(self.batches) + 1}"
        made = {"id": name, "object": "batch", "created_at": 4_000_000_000, "status": "validating", "error_file_id": ""}
        self.batches[name] = made | told
        return httpx2.Response(200, json=self.batches[name])

    def _run(self, batch: dict[str, Any]) -> None:
        if batch["status"] != "validating":
            return
        batch["status"] = self.status(int(batch["id"].split("-")[1]))
        if batch["status"] == "failed":
            batch["errors"] = {"data": [{"code": self.trouble[0], "message": self.trouble[1]}]}
            return
        if batch["status"] == "in_progress":
            batch["status"] = "validating"
            return
        lines = [json.loads(line) for line in self.files[batch["input_file_id"]].splitlines()]
        half = len(lines) if batch["status"] == "completed" else len(lines) // 2
        made = [self._line(line) for line in lines[:half]]
        for line in lines[half:]:
            error = {"code": "batch_expired", "message": "not run in time"}
            made.append({"custom_id": line["custom_id"], "response": None, "error": error})
        good = [line for line in made if line and line["response"] and line["response"]["status_code"] == 200]
        bad = [line for line in made if line and line not in good]
        for key, some in (("output_file_id", good), ("error_file_id", bad)):
            if some:
                batch[key] = name = f"file-{len(self.files) + 1}"
                self.files[name] = b"".join(json.dumps(line).encode() + b"\n" for line in reversed(some))
        batch["request_counts"] = {"total": len(lines), "completed": len(good), "failed": len(bad)}

    def _line(self, line: Line) -> Line | None:
        found = self.answer(line)
        if found is None:
            return None
        status, body = found
        self.asked[read_question(json.dumps(line).encode()).kind] += 1
        if isinstance(body, dict) and "usage" in body:
            self.paid[line["custom_id"]] += 1
            self.prompt_tokens += body["usage"]["prompt_tokens"]
        return {"custom_id": line["custom_id"], "response": {"status_code": status, "body": body}, "error": None}


def serial_of(body: dict[str, Any]) -> int:
    """Return the serial number of the article that a question is about."""
    serial = read_question(json.dumps(body, ensure_ascii=False).encode()).serial
    assert serial is not None
    return serial


def answer(body: dict[str, Any], spoiled: Callable[[int], bool] = lambda serial: False) -> dict[str, Any]:
    """Return the completion that answers a question; a spoiled draft has one number wrong, which a re-ask mends."""
    raw = json.dumps(body, ensure_ascii=False).encode()
    question = read_question(raw)
    text = answer_to(question)
    assert text is not None
    completion: dict[str, Any] = json.loads(reply(question, text))
    serial = serial_of(body)
    if spoiled(serial) and question.kind in ("draft", "repair"):
        draft = true_draft(compose(serial))
        first = draft["numbers"][0]
        if question.kind == "draft":
            draft["numbers"][0] = first | {"text": "987654家"}
            content: dict[str, Any] = draft
        else:
            mended = first | {"item": 0, "withdraw": False}
            nothing: dict[str, Any] = {"quotes": [], "policies": [], "parks": [], "summary": None, "period": None}
            content = {"numbers": [mended]} | nothing
        completion["choices"][0]["message"]["content"] = json.dumps(content, ensure_ascii=False)
    return completion


def failure(status: int, message: str, code: str | None = None) -> tuple[int, Any]:
    """Return an error as a service tells it."""
    return status, {"error": {"message": message, "type": "error", "code": code, "param": None}}


def spoiling() -> Provider:
    """Return a provider whose model gets a number of every third article wrong at first."""
    provider = Provider()
    provider.answer = lambda line: (200, answer(line["body"], lambda serial: serial % 3 == 0))
    return provider
