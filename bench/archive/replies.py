"""What the fake service answers: the true draft of the article asked about, or an empty answer to a later question.

Cheap on purpose, so that the client is what is measured: a request is searched in bytes and never parsed, and an
article's draft is made once.
"""

import json
import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from bench.archive.articles import MARK, compose, true_draft

Kind = Literal["draft", "complete", "repair", "split"]

MODEL: Final = "bench-1"
_MARK_DIGITS: Final = 7
_TOOL: Final = re.compile(rb'"tool_choice"\s*:\s*\{[^}]*"name"\s*:\s*"([^"]+)"')
_EMPTY: Final[dict[Kind, str]] = {
    "complete": '{"numbers":[]}',
    "repair": '{"numbers":[],"quotes":[],"policies":[],"parks":[],"summary":null,"period":null}',
    "split": '{"pieces":[],"furniture":""}',
}
_BYTES_PER_TOKEN: Final = 4
"""Of a request in UTF-8: three bytes a Chinese character, which makes 0.6 to 1 token, and a schema in English."""
_ESCAPED_BYTES_PER_TOKEN: Final = 8
"""Of one whose Chinese is escaped: six bytes a character."""
_TOKENS_PER_CHAR: Final = 0.6
"""Of a draft: half its characters are keys and signs of JSON."""
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Question(NamedTuple):
    """What a request asks for."""

    serial: int | None
    """Of the article; None where no mark stands in the request."""
    kind: Kind
    tool: str | None
    """Name of the tool that is to be called; None where the answer goes into the content."""
    prompt_tokens: int


class Text(NamedTuple):
    """An answer's text, ready to be put into a reply."""

    content: str
    quoted: bytes
    """The same as a JSON string, with its quotation marks."""
    tokens: int


def read_question(body: bytes) -> Question:
    """Return what a request asks for, told by words of the prompts and keys of the schemas that are ASCII."""
    kind: Kind
    if b"withdraw" in body:
        kind = "repair"
    elif b"about_park" in body:
        kind = "draft"
    elif b"furniture" in body:
        kind = "split"
    else:
        kind = "complete"
    found = _TOOL.search(body) if b'"tool_choice"' in body else None
    per_token = _ESCAPED_BYTES_PER_TOKEN if b"\\u" in body else _BYTES_PER_TOKEN
    return Question(_serial(body), kind, found[1].decode() if found else None, len(body) // per_token)


def _serial(body: bytes) -> int | None:
    """Return the serial number of the last mark; a headline may bear another article's number than its body."""
    place = body.rfind(b"GX")
    while place >= 0:
        if MARK.match(body, place):
            return int(body[place + 2 : place + 2 + _MARK_DIGITS])
        place = body.rfind(b"GX", 0, place)
    return None


def answer_to(question: Question) -> Text | None:
    """Return the answer; None for a draft of an article that nobody knows."""
    if question.kind != "draft":
        return _text(_EMPTY[question.kind])
    return None if question.serial is None else _draft(question.serial)


@lru_cache(maxsize=20_000)
def _draft(serial: int) -> Text:
    return _text(_ENCODER.encode(true_draft(compose(serial))))


def _text(content: str) -> Text:
    return Text(content, _ENCODER.encode(content).encode(), max(1, int(_TOKENS_PER_CHAR * len(content))))


def reply(question: Question, text: Text, finish: str = "stop", *, cut: bool = False) -> bytes:
    """Return the JSON of a chat completion; `cut` leaves half of the text out."""
    content = _ENCODER.encode(text.content[: len(text.content) // 2]).encode() if cut else text.quoted
    if question.tool is None:
        message = b'"content":' + content
    else:
        message = (
            b'"content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"%b","arguments":%b}}]'
            % (question.tool.encode(), content)
        )
    written = text.tokens // 2 if cut else text.tokens
    return (
        b'{"id":"chatcmpl-%d","object":"chat.completion","created":1700000000,"model":"%b","choices":[{"index":0,'
        b'"message":{"role":"assistant","refusal":null,%b},"finish_reason":"%b","logprobs":null}],'
        b'"usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d}}'
    ) % (
        question.serial or 0,
        MODEL.encode(),
        message,
        finish.encode(),
        question.prompt_tokens,
        written,
        question.prompt_tokens + written,
    )
