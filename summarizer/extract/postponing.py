"""The transport of a run over the batch API: it answers from what batches have brought, and has the rest wait.

A dialogue about an article runs over it as it would over the network. It gets as far as the answers reach and then ends
with NotYetAnswered; once there is the next answer it runs again from its start, which costs little and asks the same.
So there is nothing to keep of a dialogue but the answers.
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import httpx2
from pydantic import JsonValue

from summarizer.errors import NotYetAnswered
from summarizer.extract.gate import estimated_tokens, tokens_of
from summarizer.extract.recording import body_hash
from summarizer.store.requests import Answer, Asked

_JSON = {"content-type": "application/json"}
_FINAL = _JSON | {"x-should-retry": "false"}
"""Of an answer that is an error: the waits and further tries are behind it."""


class Named(NamedTuple):
    """What a question is known by."""

    hash: str
    """Of its body."""
    shape: str
    """Hash of the body without its messages: services refuse a shape, and not a question, where they do not know it."""


class PostponingTransport(httpx2.BaseTransport):
    """Answers with what `find` returns for a question; threads may share it where they may share `find`."""

    def __init__(self, find: Callable[[Named], Answer | None]) -> None:
        self._find = find

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer; raises NotYetAnswered where there is none."""
        text = request.read().decode("utf-8")
        answer = self._find(named(json.loads(text)))
        if answer is None:
            raise NotYetAnswered("the question has no answer yet; a provider's batch will bring it", body=text)
        headers = _JSON if answer.status < 400 else _FINAL
        return httpx2.Response(answer.status, headers=headers, content=answer.body.encode("utf-8", "replace"))


def named(body: dict[str, JsonValue]) -> Named:
    """Return what a question is known by."""
    shape: JsonValue = {key: value for key, value in body.items() if key != "messages"}
    return Named(body_hash(body), body_hash(shape))


def asked(text: str) -> Asked:
    """Return the question that has this body."""
    body: dict[str, Any] = json.loads(text)
    fixed = {key: value for key, value in body.items() if key != "messages"}
    tokens = estimated_tokens(body["messages"]) + tokens_of(json.dumps(fixed, ensure_ascii=False))
    return Asked(*named(body), text, tokens)
