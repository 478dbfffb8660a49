"""What a chat completion says beside its text: what it cost, how it ended, and where its text stands.

Services deviate from the protocol in small ways and the SDK checks nothing, so every field is looked at before it
is used.
"""

import json
from collections.abc import Sequence

from openai.types.chat import ChatCompletion, ChatCompletionMessage, ChatCompletionMessageFunctionToolCall
from openai.types.chat.chat_completion_message import FunctionCall
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

    def count(self) -> None:
        """Count a request, before it is sent, so that one without an answer counts too."""
        self.spent = self.spent.plus(Spent(attempts=1))

    def book(self, completion: ChatCompletion) -> None:
        """Add the tokens of one reply, then take its usage away: instructor would make it a running total."""
        usage = getattr(completion, "usage", None)
        details = getattr(usage, "prompt_tokens_details", None)
        # DeepSeek reports the cache under a name of its own, beside or in place of OpenAI's.
        cached = _tokens(details, "cached_tokens") or _tokens(usage, "prompt_cache_hit_tokens")
        prompt, written = _tokens(usage, "prompt_tokens"), _tokens(usage, "completion_tokens")
        self.spent = self.spent.plus(Spent(prompt=prompt, completion=written, cached=cached))
        completion.usage = None
        model = getattr(completion, "model", None)
        if isinstance(model, str) and model:
            self.model = model


def settle(completion: ChatCompletion, reads: type[BaseModel], *, as_tool: bool) -> ChatCompletion:
    """Return the completion with its text bared to JSON, where it stands for instructor to read.

    Raises Unreadable for one without a message or broken off by the service, Ended for one that was cut, refused or
    filtered: instructor would re-ask for most of these in vain.
    """
    choices = getattr(completion, "choices", None)
    if not isinstance(choices, list) or not choices:
        raise Unreadable("an answer without choices")
    message = getattr(choices[0], "message", None)
    if not isinstance(message, ChatCompletionMessage):
        raise Unreadable("an answer without a message")
    _raise_if_ended(getattr(choices[0], "finish_reason", None), message)
    message.role = "assistant"
    message.refusal = None  # some services send "", which instructor takes for a refusal
    message.content = bare_json(reads, _content(message))
    calls = _tool_calls(message) if as_tool else []
    if calls:
        calls[0].function.arguments = bare_json(reads, calls[0].function.arguments)
    elif as_tool and message.content.startswith("{"):
        # A service that ignores tool_choice answers in the content; the old field lets instructor read it there.
        message.function_call = FunctionCall(name=reads.__name__, arguments=message.content)
    message.tool_calls = list(calls[:1]) or None
    return completion


def _raise_if_ended(reason: object, message: ChatCompletionMessage) -> None:
    refusal = getattr(message, "refusal", None)
    if refusal:
        words = " ".join(str(refusal).split())[:_SHOWN_CHARS]
        raise Ended(Refused, f"the model declined the article: {words!r}; try another model")
    if reason == "length":
        raise Ended(
            Truncated,
            "the reply was cut at the token limit (finish_reason=length); raise --max-tokens or give a shorter article",
        )
    if reason in _FILTERED:
        raise Ended(
            Filtered, f"the provider's content filter cut the reply (finish_reason={reason}); try another provider"
        )
    if reason in _BROKEN_OFF:
        raise Unreadable(f"a reply that the service broke off (finish_reason={reason})")


def _content(message: ChatCompletionMessage) -> str:
    content: object = getattr(message, "content", None)
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _tool_calls(message: ChatCompletionMessage) -> Sequence[ChatCompletionMessageFunctionToolCall]:
    calls: object = getattr(message, "tool_calls", None)
    usable = []
    for call in calls if isinstance(calls, list) else []:
        if not isinstance(call, ChatCompletionMessageFunctionToolCall):
            continue
        arguments: object = getattr(getattr(call, "function", None), "arguments", None)
        if isinstance(arguments, dict):  # Ollama's native form, which some gateways pass on
            arguments = json.dumps(arguments, ensure_ascii=False)
        if isinstance(arguments, str):
            call.function.arguments = arguments
            call.id = getattr(call, "id", None) or "call_0"
            usable.append(call)
    return usable


def _tokens(holder: object, name: str) -> int:
    count = getattr(holder, name, None)
    return count if isinstance(count, int) and count > 0 else 0
