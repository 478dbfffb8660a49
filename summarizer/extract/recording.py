"""Keeps the exchange with a service in a readable file, and answers from that file without a network.

Not stored: the key, any header of the request, the service's address, and 401 or 403 answers, whose text can hold a
part of the key. A request is matched by method, the end of its path and its JSON body, so that a recording serves
under another base URL. In place of a body its hash may stand (`python -m tools.hide_requests`), for articles whose text
may not be kept.
"""

import hashlib
import json
import re
import threading
from collections import Counter, defaultdict
from pathlib import Path
from typing import Literal

import httpx2
from pydantic import JsonValue, ValidationError

from summarizer.errors import SettingsError
from summarizer.extract.outcome import NOT_RECORDED
from summarizer.value import Value

_KEPT_HEADERS = ("content-type", "retry-after", "retry-after-ms", "x-should-retry")
_NEVER_KEPT = frozenset({401, 403})
_SHOWN_CHARS = 40
_ERRORS_PAGE = re.compile(r"errors\.pydantic\.dev/[\d.]+/")
"""pydantic names its version in the errors that a re-ask repeats; a recording must outlive the version."""


class RecordedRequest(Value):
    """What was asked."""

    method: str
    path: str
    """The end of the path, `/chat/completions`; what stands before it belongs to the base URL."""
    body: JsonValue
    """The JSON value, or `sha256:…` of it as `body_hash` makes it."""


class RecordedResponse(Value):
    """What was answered."""

    status: int
    headers: dict[str, str]
    body: JsonValue
    """The JSON value, or the text where the body is not a JSON object or list."""


class Exchange(Value):
    """A request and its answer."""

    request: RecordedRequest
    response: RecordedResponse
    composed: bool = False
    """True where a person wrote the answer, False where a service gave it."""


class Recording(Value):
    """A recording file."""

    recording: Literal["v1"]
    note: str | None = None
    exchanges: tuple[Exchange, ...] = ()


def read_recording(path: Path) -> Recording:
    """Return the recording in `path`; SettingsError where it is missing or is no recording."""
    try:
        return Recording.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(
            f"recording {str(path)!r} cannot be read: {error.strerror}; check the file named with --record or --replay"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "its top"
        raise SettingsError(
            f"recording {str(path)!r} is malformed at {place}: {first['msg']}; make one with --record"
        ) from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"recording {str(path)!r} is not JSON: {error}; make one with --record") from error


def recorded_models(path: Path) -> tuple[str, ...]:
    """Return the models that the recording's requests name, hidden ones' answers, each once, in order."""
    exchanges = read_recording(path).exchanges
    bodies = (one.request.body if isinstance(one.request.body, dict) else one.response.body for one in exchanges)
    named = (body.get("model") for body in bodies if isinstance(body, dict))
    return tuple(dict.fromkeys(model for model in named if isinstance(model, str)))


class PlainTransport(httpx2.BaseTransport):
    """The network as a client of its own sees it: unlike httpx2.HTTPTransport it goes through the user's proxies."""

    def __init__(self) -> None:
        self._client = httpx2.Client()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request; its own time-outs hold."""
        return self._client.send(request, stream=True)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


class RecordingTransport(httpx2.BaseTransport):
    """Answers from a file; what the file lacks it asks of `inner` and keeps, or refuses where there is none.

    The same request sent n times gets the n answers in order. The file is rewritten whole after every exchange, by
    rename, so that a crash leaves the last good one. Where that fails in mid-run (a full disk) the answer, which is
    paid for, is still handed on, later exchanges try again, and `finish` raises what is left of the trouble.
    """

    def __init__(self, path: Path, inner: httpx2.BaseTransport | None = None) -> None:
        self._path = path
        self._inner = inner
        self._lock = threading.Lock()
        self._answers: dict[str, list[RecordedResponse]] = defaultdict(list)
        self._played: Counter[str] = Counter()
        self._trouble: OSError | None = None
        fresh = inner is not None and not path.exists()
        self._recording = Recording(recording="v1") if fresh else read_recording(path)
        for exchange in self._recording.exchanges:
            self._answers[_key(exchange.request)].append(exchange.response)
        if inner is not None:
            self._save()
            self.finish()  # an unwritable place is found out before anything is paid for

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request."""
        asked = _recorded_request(request)
        key = _key(asked)
        with self._lock:
            answers, played = self._answers[key], self._played[key]
            if played < len(answers):
                self._played[key] += 1
                return _played_back(answers[played])
        if self._inner is None:
            return _miss(asked)
        answer = _recorded_response(self._inner.handle_request(request))
        if answer.status not in _NEVER_KEPT:
            self._keep(key, Exchange(request=asked, response=answer))
        return _played_back(answer)

    def finish(self) -> None:
        """Raise SettingsError where the last attempt to write the file failed."""
        if self._trouble is not None:
            raise SettingsError(
                f"recording {str(self._path)!r} cannot be written: {self._trouble.strerror}; "
                "free some space or choose another --record file"
            ) from self._trouble

    def close(self) -> None:
        """Close the inner transport."""
        if self._inner is not None:
            self._inner.close()

    def _keep(self, key: str, exchange: Exchange) -> None:
        with self._lock:
            self._recording = self._recording.model_copy(update={"exchanges": (*self._recording.exchanges, exchange)})
            self._answers[key].append(exchange.response)
            self._played[key] += 1
            self._save()

    def _save(self) -> None:
        text = json.dumps(self._recording.model_dump(), ensure_ascii=False, indent=1) + "\n"
        part = self._path.with_name(self._path.name + ".part")
        try:
            # backslashreplace: a lone surrogate of a broken reply is valid JSON only as its \\u escape
            part.write_text(text, encoding="utf-8", errors="backslashreplace")
            part.replace(self._path)
            self._trouble = None
        except OSError as error:
            self._trouble = error


def _recorded_request(request: httpx2.Request) -> RecordedRequest:
    text = request.read().decode("utf-8", "replace")
    path = "/" + "/".join(request.url.path.split("/")[-2:])
    return RecordedRequest(method=request.method, path=path, body=json.loads(text) if text else None)


def _recorded_response(response: httpx2.Response) -> RecordedResponse:
    try:
        text = response.read().decode("utf-8", "replace")
    finally:
        response.close()
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        body = text
    if not isinstance(body, (dict, list)):
        body = text
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    return RecordedResponse(status=response.status_code, headers=headers, body=body)


def _played_back(answer: RecordedResponse) -> httpx2.Response:
    body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
    return httpx2.Response(answer.status, headers=answer.headers, content=body.encode("utf-8"))


def _key(request: RecordedRequest) -> str:
    return f"{request.method} {request.path} {body_hash(request.body)}"


def body_hash(body: JsonValue) -> str:
    """Return what a request is known by: the hash of its canonical JSON; a hash that stands for a body is returned."""
    if isinstance(body, str) and body.startswith("sha256:"):
        return body
    text = _ERRORS_PAGE.sub("errors.pydantic.dev/", json.dumps(body, ensure_ascii=False, sort_keys=True))
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"


def _miss(asked: RecordedRequest) -> httpx2.Response:
    """Return an answer that no layer retries and that says what was asked."""
    body = asked.body if isinstance(asked.body, dict) else {}
    messages = body.get("messages")
    last = messages[-1] if isinstance(messages, list) and messages else None
    content = last.get("content") if isinstance(last, dict) else None
    words = " ".join(str(content or "").split())[:_SHOWN_CHARS]
    message = f"no answer for model {body.get('model')!r} asked {words!r}"
    error = {"message": message, "type": NOT_RECORDED, "code": NOT_RECORDED}
    return httpx2.Response(400, headers={"x-should-retry": "false"}, json={"error": error})
