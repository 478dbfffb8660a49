"""Everything that goes wrong at a service, what it costs in requests and what the user reads.

One table for the tests and for bench/faults.py, which prints it.
"""

# ruff: noqa: E501 - a table is read in rows

import email.utils
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from summarizer.errors import ModelError
from summarizer.extract.model import ModelExtractor
from summarizer.settings import Settings
from tests.build import article, draft_json
from tests.fake_service import (
    BROKEN_JSON,
    GARBAGE,
    HANG,
    RESET,
    Answer,
    FakeService,
    body,
    completion,
    failure,
    fake_service,
)

GOOD = completion(draft_json())
GOOD_CALL = completion(arguments=draft_json())
BUSY = failure(500, "boom")
WITHOUT_AT = draft_json(numbers=[{"metric": "签约项目", "text": "114个", "status": "actual"}])
NO_SCHEMA = failure(400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model")


class Fault(NamedTuple):
    """A script and what must come of it."""

    name: str
    script: Callable[[], tuple[Answer, ...]]
    calls: int
    outcome: str = "ok"
    """`ok`, or the name of the error's class."""
    words: str = ""
    """A part of the message."""
    settings: Mapping[str, object] = {}


class Seen(NamedTuple):
    """What came of it."""

    calls: int
    outcome: str
    message: str
    waits: tuple[float, ...]
    attempts: int


def run(fault: Fault) -> Seen:
    """Let one article meet the fault."""
    waits: list[float] = []
    with fake_service(*fault.script()) as service:
        settings = Settings.model_validate(
            {"model": "fake-1", "base_url": service.url, "timeout_seconds": 2.0, **fault.settings}
        )
        with ModelExtractor(settings, sleep=waits.append) as extractor:
            try:
                extraction = extractor.extract(article())
            except ModelError as error:
                outcome, message, attempts = type(error).__name__, str(error), error.attempts
            else:
                outcome, message, attempts = "ok", f"mode {extraction.mode}", extraction.spent.attempts
        return Seen(service.calls, outcome, message.replace(service.url[7:-3], "HOST"), tuple(waits), attempts)


def extractor(service: FakeService, **settings: object) -> ModelExtractor:
    """Return an extractor for the service that does not wait between requests."""
    chosen = Settings.model_validate({"model": "fake-1", "base_url": service.url, "timeout_seconds": 5.0, **settings})
    return ModelExtractor(chosen, sleep=lambda _seconds: None)


def _date(seconds: float) -> str:
    return email.utils.formatdate(time.time() + seconds, usegmt=True)


def _fixed(*script: Answer) -> Callable[[], tuple[Answer, ...]]:
    return lambda: script


def _mode(name: str) -> dict[str, object]:
    return {"mode": name}


def _limited(message: str = "slow down", **headers: str) -> Answer:
    return failure(429, message, **headers)


_DECLINED = "the model declined the article"

FAULTS = (
    Fault("429, Retry-After 7 s, then good", _fixed(_limited(retry_after="7"), GOOD), 2),
    Fault("429, retry-after-ms 1500, then good", _fixed(_limited(retry_after_ms="1500"), GOOD), 2),
    Fault("429, Retry-After as a date, then good", lambda: (_limited(retry_after=_date(20)), GOOD), 2),
    Fault("429, Retry-After unreadable, then good", _fixed(_limited(retry_after="soon"), GOOD), 2),
    Fault("429, Retry-After 0, then good", _fixed(_limited(retry_after="0"), GOOD), 2),
    Fault("429, Retry-After past, then good", lambda: (_limited(retry_after=_date(-60)), GOOD), 2),
    Fault("429, Retry-After beyond the cap", _fixed(_limited(retry_after="600")), 1, "ServiceBusy", "wait 600 s, more"),
    Fault("429 for ever", _fixed(_limited()), 5, "ServiceBusy", "5 requests (last: HTTP 429: slow down); try again"),
    Fault("429, quota used up", _fixed(failure(429, "x", code="insufficient_quota")), 1, "NoCredit", "top it up"),
    Fault("402", _fixed(failure(402, "Insufficient Balance")), 1, "NoCredit", "(HTTP 402: Insufficient Balance)"),
    Fault("408, then good", _fixed(failure(408, "late"), GOOD), 2),
    Fault("409, then good", _fixed(failure(409, "conflict"), GOOD), 2),
    Fault("500 for ever", _fixed(BUSY), 5, "ServiceBusy", "no answer after 5 requests (last: HTTP 500: boom)"),
    Fault("500, then good", _fixed(BUSY, GOOD), 2),
    Fault("503, x-should-retry false", _fixed(failure(503, "no", x_should_retry="false")), 1, "ServiceBusy", "1 request"),
    Fault("422, x-should-retry true, then good", _fixed(failure(422, "no", x_should_retry="true"), GOOD), 2),
    Fault("400, x-should-retry true", _fixed(failure(400, "no", x_should_retry="true")), 1, "BadRequest", "HTTP 400"),
    Fault("reset, then good", _fixed(RESET, GOOD), 2),
    Fault("reset for ever", _fixed(RESET), 5, "ServiceBusy", "last: no connection"),
    Fault("silence", _fixed(HANG), 2, "ServiceBusy", "within the time limit", {"timeout_seconds": 0.2, "busy_retries": 1}),
    Fault("HTML in place of JSON, then good", _fixed(GARBAGE, GOOD), 2),
    Fault("HTML for ever", _fixed(GARBAGE), 5, "ServiceBusy", "is not a chat completion); check --base-url"),
    Fault("broken JSON, then good", _fixed(BROKEN_JSON, GOOD), 2),
    Fault("broken JSON for ever", _fixed(BROKEN_JSON), 5, "ServiceBusy", "last: an answer that is not JSON"),
    Fault("no choices, then good", _fixed(body({"choices": []}), GOOD), 2),
    Fault("no choices for ever", _fixed(body({"choices": []})), 5, "ServiceBusy", "last: an answer without choices"),
    Fault("a choice without message", _fixed(body({"choices": [{}]})), 5, "ServiceBusy", "an answer without a message"),
    Fault("reply broken off by the service", _fixed(completion("{", finish="insufficient_system_resource"), GOOD), 2),
    Fault("fenced JSON", _fixed(completion(f"```json\n{draft_json()}\n```")), 1),
    Fault("thoughts before the JSON", _fixed(completion(f'<think>{{"a": 1}}</think>\n{draft_json()} Done {{}}')), 1),
    Fault("missing nullable fields", _fixed(completion('{"about_park": false, "summary": null}')), 1),
    Fault("missing sentence number, then good", _fixed(completion(WITHOUT_AT), GOOD), 2),
    Fault("missing sentence number for ever", _fixed(completion(WITHOUT_AT)), 2, "InvalidReply", "numbers.0.at: Field"),
    Fault("no JSON for ever", _fixed(completion("抱歉")), 2, "InvalidReply", "in 2 requests; the last one: Invalid JSON"),
    Fault("empty reply for ever", _fixed(completion("  ")), 2, "InvalidReply", "the reply was empty"),
    Fault("no tool call for ever", _fixed(completion("抱歉")), 2, "InvalidReply", "No tool calls", _mode("tools")),
    Fault("tool ignored, JSON in the text", _fixed(GOOD), 1, settings=_mode("tools")),
    Fault("tool arguments as an object", _fixed(completion(arguments={"about_park": True, "period": None})), 1, settings=_mode("tools")),
    Fault("bad reply, 500, good", _fixed(completion(WITHOUT_AT), BUSY, GOOD), 3),
    Fault("cut at the token limit", _fixed(completion("{", finish="length")), 1, "Truncated", "raise --max-tokens"),
    Fault("cut, tools", _fixed(completion(arguments="{", finish="length")), 1, "Truncated", "length", _mode("tools")),
    *(
        Fault(f"refusal, {mode}", _fixed(completion(refusal="我不能\n协助")), 1, "Refused", f"{_DECLINED}: '我不能 协助'", _mode(mode))
        for mode in ("strict-schema", "tools", "json", "fenced-json")
    ),
    Fault("reply filtered", _fixed(completion("", finish="content_filter")), 1, "Filtered", "try another provider"),
    Fault("article filtered", _fixed(failure(400, "x", code="data_inspection_failed")), 1, "Filtered", "refused the article"),
    Fault("401", _fixed(failure(401, "Incorrect API key provided: sk-1")), 1, "WrongKey", "check SUMMARIZER_API_KEY or"),
    Fault("403", _fixed(failure(403, "no access")), 1, "WrongKey", "the key may not do this (HTTP 403: no access)"),
    Fault("404, unknown model", _fixed(failure(404, "model 'fake-1' not found")), 1, "UnknownModel", "check --model"),
    Fault("404, wrong address", _fixed(Answer(404, "Not Found", ())), 1, "UnknownModel", "no such model or address (HTTP 404: Not Found)"),
    Fault("400, unknown model", _fixed(failure(400, "Model Not Exist")), 1, "UnknownModel", "HTTP 400: Model Not Exist"),
    Fault("400, strict schema refused, tools good", _fixed(NO_SCHEMA, GOOD_CALL), 2),
    Fault("400, three modes refused", _fixed(NO_SCHEMA, NO_SCHEMA, NO_SCHEMA, GOOD), 4),
    Fault("400, every mode refused", _fixed(NO_SCHEMA), 4, "BadRequest", "'json_schema' is not supported"),
    Fault("400, the set mode refused", _fixed(NO_SCHEMA), 1, "BadRequest", "check --mode", _mode("strict-schema")),
    Fault("400, other", _fixed(failure(400, "bad seed")), 1, "BadRequest", "was rejected (HTTP 400: bad seed)"),
    Fault("400, window exceeded", _fixed(failure(400, "x", code="context_length_exceeded")), 1, "ArticleTooLong", "window"),
    Fault("400, max_completion_tokens wanted", _fixed(failure(400, "'max_tokens' is not supported. Use 'max_completion_tokens'"), GOOD), 2, settings={"max_tokens": 900}),
)  # fmt: skip
