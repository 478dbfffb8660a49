"""The lines of a batch's files: questions as they go in, answers as they come out, in any order and of any quality.

Whether an answer is one is decided as for a live request: an error that may pass is none, and one that every further
question would meet (a key, an account) is not the question's fault.
"""

import json
from collections.abc import Iterator
from typing import IO, Any, Final, Literal, NamedTuple

import httpx2
import openai

from summarizer.counted import counted
from summarizer.draft import Draft
from summarizer.errors import HOPELESS, ArticleTooLong, Filtered, ServiceBusy
from summarizer.extract.batches import ENDPOINT
from summarizer.extract.completion import billed, settle
from summarizer.extract.extraction import Spent
from summarizer.extract.outcome import Asked, Ended, format_refused, named, wants_completion_limit
from summarizer.extract.retry import Unreadable
from summarizer.store.requests import Answer

_NAME: Final = "sha256:"
_REQUEST: Final = httpx2.Request("POST", f"https://batch{ENDPOINT}")
_SHOWN: Final = 200

Verdict = Literal["answer", "busy", "hopeless"]
"""busy: the same question may do better later; hopeless: no question will."""


class AnswerLine(NamedTuple):
    """A line of a batch's output or error file."""

    name: str
    """The question's hash."""
    status: int | None
    """Of HTTP; None where the question was not run."""
    verdict: Verdict
    answer: Answer
    """Of a line without an answer: what the trouble was, as a service would say it."""
    words: str
    """The trouble in a line; empty where there is none."""
    spent: Spent
    """What was billed for it."""
    refuses: bool
    """Whether the answer refuses the question's shape."""


def question_line(name: str, body: str) -> bytes:
    """Return the line that asks a question."""
    head = f'{{"custom_id":"{name.removeprefix(_NAME)}","method":"POST","url":"{ENDPOINT}","body":'
    return f"{head}{body}}}\n".encode()


def read_lines(file: IO[bytes], asked: Asked) -> Iterator[AnswerLine]:
    """Yield the answers of a file; what is no line of answers, such as one that was cut, is left out."""
    for raw in file:
        try:
            line = json.loads(raw)
        except (ValueError, RecursionError):
            continue
        if isinstance(line, dict) and isinstance(line.get("custom_id"), str):
            yield _read(line, asked)


def no_answer(tries: int, words: str) -> Answer:
    """Return what a question is answered with that no batch has answered."""
    batches = counted(tries, "batch", "batches")
    return trouble(503, f"{batches} brought no answer, the last: {words}", "busy")


def trouble(status: int, message: str, code: str) -> Answer:
    """Return an error as a service would tell it."""
    error = {"message": message, "type": "error", "code": code, "param": None}
    return Answer(status, json.dumps({"error": error}, ensure_ascii=False))


def _read(line: dict[str, Any], asked: Asked) -> AnswerLine:
    name, response = _NAME + line["custom_id"], line.get("response")
    body = response.get("body") if isinstance(response, dict) else None
    if isinstance(body, str):
        body = _parsed(body)
    status = _status(response, body)
    if status is None:
        return _without_response(name, line.get("error"), asked)
    answer = Answer(status, json.dumps(body, ensure_ascii=False))
    if status == 200:
        return _completed(name, answer, body)
    return _failed(name, answer, asked)


def _status(response: object, body: object) -> int | None:
    """Return the HTTP status; a completion without one is taken for the answer that it is: it was paid for."""
    status = response.get("status_code") if isinstance(response, dict) else None
    if isinstance(status, int | str) and str(status).isdecimal():
        return int(status)
    return 200 if isinstance(body, dict) and body.get("choices") else None


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _completed(name: str, answer: Answer, body: object) -> AnswerLine:
    spent = billed(body) if isinstance(body, dict) else Spent()
    try:
        if not isinstance(body, dict):
            raise Unreadable("an answer that is not a chat completion")
        settle(body, Draft, as_tool=False)
    except Unreadable as error:
        return AnswerLine(name, 200, "busy", answer, str(error), spent, refuses=False)
    except Ended:  # cut, refused, filtered: an answer like others
        pass
    return AnswerLine(name, 200, "answer", answer, "", spent, refuses=False)


def _failed(name: str, answer: Answer, asked: Asked) -> AnswerLine:
    error = _error_of(answer)
    failure = named(error, asked, Spent(attempts=1))
    verdict: Verdict = "answer"
    if isinstance(failure, HOPELESS):
        verdict = "hopeless"
    elif isinstance(failure, ServiceBusy):
        verdict = "busy"
    words = f"HTTP {answer.status}: {_short(error.message)}" if verdict == "busy" else str(failure)
    refuses = verdict == "answer" and (format_refused(error) or wants_completion_limit(error))
    return AnswerLine(name, answer.status, verdict, answer, words, Spent(), refuses=refuses)


def _without_response(name: str, error: object, asked: Asked) -> AnswerLine:
    """Return what becomes of a question that was not run, or of which just an error is told."""
    told = error if isinstance(error, dict) else {}
    code, message = str(told.get("code") or "no_response"), str(told.get("message") or "no response")
    answer = trouble(400, message, code)
    failure = named(_error_of(answer), asked, Spent(attempts=1))
    if isinstance(failure, Filtered | ArticleTooLong):
        return AnswerLine(name, None, "answer", answer, str(failure), Spent(), refuses=False)
    return AnswerLine(name, None, "busy", answer, f"{code}: {_short(message)}", Spent(), refuses=False)


def _error_of(answer: Answer) -> openai.APIStatusError:
    """Return the SDK's error for an answer that is no success."""
    response = httpx2.Response(answer.status, content=answer.body.encode("utf-8", "replace"), request=_REQUEST)
    body = _parsed(answer.body)
    inner = body.get("error", body) if isinstance(body, dict) else body
    message = str(inner.get("message") or answer.body) if isinstance(inner, dict) else answer.body
    kind = openai.BadRequestError if answer.status == 400 else openai.APIStatusError
    return kind(message, response=response, body=inner)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
