"""What a question looks like on the wire: instructor and the SDK write the first of each kind, the rest are copies.

Both libraries work anew for every call what depends on the mode and the schema alone, which costs several times as
much as sending the request does (bench/ask.py). So each kind of question is written by them once, with marks in place
of the messages' texts, and caught before it is sent.
"""

import json
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, NoReturn, Self, cast

import httpx2
import instructor
import openai
from instructor.core.exceptions import ResponseParsingError
from pydantic import BaseModel, ValidationError

from summarizer.draft import Draft
from summarizer.errors import SettingsError
from summarizer.extract.gate import estimated_tokens, tokens_of
from summarizer.extract.outcome import said
from summarizer.extract.reply import read_reply
from summarizer.extract.wire import Additions, Message, Repair
from summarizer.page_split import PageSplit
from summarizer.resources import read_schema
from summarizer.settings import OPENAI_URL, Settings

MODES = {
    "strict-schema": instructor.Mode.JSON_SCHEMA,
    "tools": instructor.Mode.TOOLS,
    "json": instructor.Mode.JSON,
    "fenced-json": instructor.Mode.MD_JSON,
}
"""In the order in which `auto` tries them: from the tightest hold on the model to the loosest."""

_MARK = "@@text-{}@@"
_MARKED = re.compile(r"@@text-(\d+)@@")

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Reply(instructor.OpenAISchema):
    """What instructor is told to expect: the published schema outside, our own reading inside.

    The classes are made once, here: from any other model instructor makes a new class for every call, whose values
    cannot be pickled. The schema is the published file, so that recordings outlive pydantic's way of writing schemas.
    """

    reads: ClassVar[type[BaseModel]]
    schema_name: ClassVar[str]

    value: BaseModel

    @classmethod
    def model_json_schema(cls, *_args: object, **_kwargs: object) -> dict[str, Any]:
        """Return the published schema."""
        return cast("dict[str, Any]", json.loads(read_schema(cls.schema_name)))

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **_kwargs: object) -> Self:
        """Read a reply; the error has a few words for the model, where pydantic's has a page."""
        text = json_data if isinstance(json_data, str) else json_data.decode("utf-8", "replace")
        try:
            return cls(value=read_reply(cls.reads, text))
        except ValidationError as error:
            raise ResponseParsingError(said(error) if text.strip() else "the reply was empty") from error


class DraftReply(Reply):
    """A reply that holds a draft."""

    reads: ClassVar[type[BaseModel]] = Draft
    schema_name: ClassVar[str] = "draft.v1"


class RepairReply(Reply):
    """A reply that holds a repair."""

    reads: ClassVar[type[BaseModel]] = Repair
    schema_name: ClassVar[str] = "repair.v1"


class AdditionsReply(Reply):
    """A reply that holds what a draft left out."""

    reads: ClassVar[type[BaseModel]] = Additions
    schema_name: ClassVar[str] = "complete.v1"


class SplitReply(Reply):
    """A reply that says which lines of a page belong together."""

    reads: ClassVar[type[BaseModel]] = PageSplit
    schema_name: ClassVar[str] = "split.v1"


REPLIES: dict[type[BaseModel], type[Reply]] = {
    reply.reads: reply for reply in (DraftReply, RepairReply, AdditionsReply, SplitReply)
}


class Question(NamedTuple):
    """One question, ready to be sent any number of times."""

    request: httpx2.Request
    """The SDK's own: its address, headers and time-outs are the question's, its body is not."""
    body: str
    """The JSON object to send, but for a limit of the reply."""
    tokens: int
    """About how many tokens the prompt has, the schema included."""

    def written(self, limit: Mapping[str, int]) -> httpx2.Request:
        """Return the request to send, with the limit of the reply under the name that the service knows."""
        more = "".join(f',"{name}":{number}' for name, number in limit.items())
        content = f"{self.body[:-1]}{more}}}".encode("utf-8", "replace")
        sdk = self.request
        return httpx2.Request("POST", sdk.url, headers=sdk.headers, content=content, extensions=sdk.extensions)


class Shape(NamedTuple):
    """What all questions of one mode, one kind of reply and these roles have in common."""

    request: httpx2.Request
    parts: tuple[str, ...]
    """The body: what stands around the messages' texts, and between them the number of the text to stand there."""
    fixed: dict[str, Any]
    """The body without its messages."""
    tokens: int
    """About how many tokens the prompt has beside the messages' texts."""

    def question(self, messages: Sequence[Message]) -> Question:
        """Return the question that these messages put."""
        parts = list(self.parts)
        for place in range(1, len(parts), 2):
            parts[place] = _JSON.encode(messages[int(parts[place])]["content"])[1:-1]
        return Question(self.request, "".join(parts), self.tokens + estimated_tokens(messages))

    def asked_again(self, messages: Sequence[Mapping[str, Any]]) -> Question:
        """Return the question that goes on with these messages, which instructor has prepared itself."""
        body = _JSON.encode({"messages": messages, **self.fixed})
        return Question(self.request, body, tokens_of(body))


class _Caught(BaseException):
    """Stops a request on its way out. Not an Exception, for those the libraries log as failures of the service."""

    def __init__(self, request: httpx2.Request) -> None:
        super().__init__()
        self.request = request


def _catch(request: httpx2.Request) -> NoReturn:
    raise _Caught(request)


class Shapes:
    """The shapes of one model's questions, each made when it is first needed. Threads may share them."""

    def __init__(self, settings: Settings, model: str, key: str) -> None:
        """Raises SettingsError for a base URL that is none."""
        try:
            self._sdk = openai.OpenAI(
                api_key=key,
                base_url=settings.base_url or OPENAI_URL,
                max_retries=0,
                timeout=settings.timeout_seconds,
                http_client=openai.DefaultHttpxClient(transport=httpx2.MockTransport(_catch)),
            )
        except httpx2.InvalidURL as error:
            raise SettingsError(f"base URL {settings.base_url!r}: {error}; write it as https://host/v1") from error
        self._model = model
        self._made: dict[tuple[str, type[Reply], tuple[str, ...]], Shape] = {}
        self._lock = threading.Lock()

    def refusal(self, answer: httpx2.Response) -> openai.APIStatusError:
        """Return the SDK's error for an answer that is no success."""
        return self._sdk._make_status_error_from_response(answer)

    def shape(self, mode: str, reply: type[Reply], messages: Sequence[Message]) -> Shape:
        """Return the shape of questions with messages of these roles."""
        kind = mode, reply, tuple(message["role"] for message in messages)
        with self._lock:
            if kind not in self._made:
                self._made[kind] = self._make(*kind)
            return self._made[kind]

    def _make(self, mode: str, reply: type[Reply], roles: Sequence[str]) -> Shape:
        def create(**options: Any) -> object:  # noqa: ANN401 - whatever instructor adds to the request
            if mode == "strict-schema":
                options = options | {"response_format": _strict_format(reply)}
            return self._sdk.chat.completions.create(**options)

        messages = [{"role": role, "content": _MARK.format(place)} for place, role in enumerate(roles)]
        try:
            patched(create, mode)(response_model=reply, messages=messages, model=self._model, max_retries=0)
        except _Caught as caught:
            return _shape(caught.request)
        raise AssertionError("instructor asked for nothing")


def _shape(request: httpx2.Request) -> Shape:
    text = request.content.decode("utf-8")
    del request.headers["content-length"]
    parts = tuple(_MARKED.split(text))
    fixed = json.loads(text)
    del fixed["messages"]
    return Shape(request, parts, fixed, tokens_of("".join(parts[::2])))


def patched(create: Callable[..., object], mode: str) -> Callable[..., Any]:
    """Return instructor's dialogue around `create`; its `messages` are never rendered as templates."""
    # No `context` may be given to it: with one, instructor renders every message, the article too.
    return instructor.patch(create=create, mode=MODES[mode])


def _strict_format(reply: type[Reply]) -> dict[str, Any]:
    """Return the response format that instructor has no way to ask for: it never sends strict."""
    name = reply.reads.__name__
    return {
        "type": "json_schema",
        "json_schema": {"name": name, "strict": True, "schema": reply.model_json_schema()},
    }
