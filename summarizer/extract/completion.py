"""What a chat completion says beside its text: what it cost, how it ended, and where its text stands.

Services deviate from the protocol in small ways and nobody checks, so every field is looked at before it is used. The
completion is read as the JSON that it is; the SDK's value, which costs more than all of this, is made of it only for
the dialogue about a reply that does not fit.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from openai.types.chat import ChatCompletion
from pydantic import BaseModel

from summarizer.errors import Filtered, Refused, Truncated
from summarizer.extract.extraction import Spent
from summarizer.extract.outcome import Ended
from summarizer.extract.reply import bare_json
from summarizer.extract.retry import Unreadable

_FILTERED = frozenset({"content_filter", "sensitive"})
"""Finish reasons of a filtered reply; the second is GLM's."""
_BROKEN_OFF = frozenset({"insufficient_system_resource", "network_error", "error"})
"""Finish reasons of a reply that the service broke off: DeepSeek's, GLM's, OpenRouter's."""
_SHOWN_CHARS = 120


class Account:
    """What one question has cost so far, over all its modes and attempts."""

    def __init__(self) -> None:
        self.spent = Spent()
        self.model: str | None = None
        self.resent = False
        """Whether a request was sent again at once, for its connection had most likely been closed as idle. Once for a
        question: a service that breaks one connection after the other is a busy one."""

    def count(self) -> None:
        """Count a request, before it is sent, so that one without an answer counts too."""
        self.spent = self.spent.plus(Spent(attempts=1))

    def book(self, completion: dict[str, Any], billed: Spent) -> None:
        """Add the tokens of one reply, and remember the model that gave it."""
        self.spent = self.spent.plus(billed)
        model = completion.get("model")
        if isinstance(model, str) and model:
            self.model = model


def billed(completion: dict[str, Any]) -> Spent:
    """Return the tokens that a completion says it cost; none where it does not say."""
    usage = completion.get("usage")
    details = usage.get("prompt_tokens_details") if isinstance(usage, dict) else None
    # DeepSeek reports the cache under a name of its own, beside or in place of OpenAI's.
    cached = _tokens(details, "cached_tokens") or _tokens(usage, "prompt_cache_hit_tokens")
    return Spent(prompt=_tokens(usage, "prompt_tokens"), completion=_tokens(usage, "completion_tokens"), cached=cached)


class Answered(NamedTuple):
    """A completion that was neither cut nor refused nor filtered."""

    text: str | None
    """What was answered: the tool's arguments or the message's text; None where a tool was to be called and was not."""
    reads: type[BaseModel]
    as_tool: bool
    content: str
    calls: Sequence[dict[str, Any]]
    completion: dict[str, Any]

    def for_instructor(self) -> ChatCompletion:
        """Return it as the SDK would, its text bared to JSON where instructor looks for it, its usage taken away.

        instructor would make the usage a running total.
        """
        choice = self.completion["choices"][0]
        message = choice["message"] | {
            "role": "assistant",
            "refusal": None,  # some services send "", which instructor takes for a refusal
            "content": bare_json(self.reads, self.content),
            "tool_calls": None,
        }
        if self.calls:
            function = self.calls[0]["function"]
            arguments = bare_json(self.reads, function["arguments"])
            message["tool_calls"] = [self.calls[0] | {"function": function | {"arguments": arguments}}]
        elif self.as_tool and self.text is not None:
            # A service that ignores tool_choice answers in the content; the old field lets instructor read it there.
            message["function_call"] = {"name": self.reads.__name__, "arguments": message["content"]}
        return ChatCompletion.construct(**self.completion | {"choices": [choice | {"message": message}], "usage": None})


def settle(completion: dict[str, Any], reads: type[BaseModel], *, as_tool: bool) -> Answered:
    """Return what a completion answers.

    Raises Unreadable for one without a message or broken off by the service, Ended for one that was cut, refused or
    filtered: instructor would re-ask for most of these in vain.
    """
    choices = completion.get("choices")
    if not isinstance(choices, list) or not choices:
        raise Unreadable("an answer without choices")
    message = choices[0].get("message") if isinstance(choices[0], dict) else None
    if not isinstance(message, dict):
        raise Unreadable("an answer without a message")
    _raise_if_ended(choices[0].get("finish_reason"), message)
    content = _content(message)
    calls = _tool_calls(message) if as_tool else []
    text: str | None = content
    if calls:
        text = calls[0]["function"]["arguments"]
    elif as_tool and not bare_json(reads, content).startswith("{"):
        text = None
    return Answered(text, reads, as_tool, content, calls, completion)


def _raise_if_ended(reason: object, message: dict[str, Any]) -> None:
    refusal = message.get("refusal")
    if refusal:
        words = " ".join(str(refusal).split())[:_SHOWN_CHARS]
        raise Ended(Refused, f"the model declined the article: {words!r}; try another model")
    if reason == "length":
        raise Ended(
            Truncated,
            "the reply was cut at the token limit (finish_reason=length); raise --max-tokens or give a shorter article",
        )
    if isinstance(reason, str) and reason in _FILTERED:
        raise Ended(
            Filtered, f"the provider's content filter cut the reply (finish_reason={reason}); try another provider"
        )
    if isinstance(reason, str) and reason in _BROKEN_OFF:
        raise Unreadable(f"a reply that the service broke off (finish_reason={reason})")


def _content(message: dict[str, Any]) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _tool_calls(message: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the calls of functions that have arguments, each with an id and its arguments as text."""
    calls = message.get("tool_calls")
    usable = []
    for call in calls if isinstance(calls, list) else []:
        function = call.get("function") if isinstance(call, dict) else None
        if not isinstance(function, dict):
            continue
        arguments = function.get("arguments")
        if isinstance(arguments, dict):  # Ollama's native form, which some gateways pass on
            arguments = json.dumps(arguments, ensure_ascii=False)
        if isinstance(arguments, str):
            function = function | {"arguments": arguments}
            usable.append(call | {"type": "function", "id": call.get("id") or "call_0", "function": function})
    return usable


def _tokens(holder: object, name: str) -> int:
    count = holder.get(name) if isinstance(holder, dict) else None
    return count if isinstance(count, int) and count > 0 else 0
