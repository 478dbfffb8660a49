"""One question to a service: modes, requests, and what they cost.

instructor is given our own `create`, which sees every request and every reply before it does. So attempts and tokens
are counted where they happen, a cut, refused or filtered reply ends the dialogue in every mode, and a fenced or
thoughtful reply is bared before any parser can stumble over it.
"""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypeVar, cast

import httpx2
import instructor
import openai
from instructor.core import InstructorRetryException
from instructor.core.exceptions import ResponseParsingError
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, ValidationError

from summarizer.draft import Draft
from summarizer.errors import SettingsError
from summarizer.extract.completion import Account, settle
from summarizer.extract.extraction import Spent
from summarizer.extract.outcome import Asked, format_refused, named, said, wants_completion_limit
from summarizer.extract.reply import read_reply
from summarizer.extract.retry import Budget, Unreadable
from summarizer.extract.wire import Additions, Message, Repair
from summarizer.page_split import PageSplit
from summarizer.resources import read_schema
from summarizer.settings import OPENAI_URL, Settings

_MODES = {
    "strict-schema": instructor.Mode.JSON_SCHEMA,
    "tools": instructor.Mode.TOOLS,
    "json": instructor.Mode.JSON,
    "fenced-json": instructor.Mode.MD_JSON,
}
"""In the order in which `auto` tries them: from the tightest hold on the model to the loosest."""

_NO_KEY = "no-key-needed"
"""The SDK insists on a key; a server on this machine and a recording do not."""

# Without a handler of its own, instructor's log of a failed call, completion and all, goes to stderr.
logging.getLogger("instructor").addHandler(logging.NullHandler())


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


_REPLIES: dict[type[BaseModel], type[Reply]] = {
    reply.reads: reply for reply in (DraftReply, RepairReply, AdditionsReply, SplitReply)
}

Read = TypeVar("Read", bound=BaseModel)


class Answer(NamedTuple, Generic[Read]):
    """What the service answered, in which mode, and what it cost."""

    value: Read
    mode: str
    model: str | None
    spent: Spent


class Service:
    """A model at a service, and what is known of the service's dialect. Threads may share it."""

    def __init__(
        self,
        settings: Settings,
        model: str,
        transport: httpx2.BaseTransport | None,
        sleep: Callable[[float], None],
    ) -> None:
        self._settings = settings
        self._model = model
        self._sleep = sleep
        key = (settings.api_key or "").strip() or _NO_KEY
        if not key.isascii() or not key.isprintable():
            raise SettingsError("the API key holds characters that no key has; copy it into OPENAI_API_KEY again")
        self._asked = Asked.from_settings(settings, model, key)
        try:
            self._client = openai.OpenAI(
                api_key=key,
                base_url=settings.base_url or OPENAI_URL,
                max_retries=0,
                timeout=settings.timeout_seconds,
                http_client=openai.DefaultHttpxClient(transport=transport),
            )
        except httpx2.InvalidURL as error:
            raise SettingsError(f"base URL {settings.base_url!r}: {error}; write it as https://host/v1") from error
        self._declined: frozenset[str] = frozenset()
        """Modes that the service refused before it took another."""
        self._limit_name = "max_tokens"
        """What the service calls the upper bound of a reply."""

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, messages: Sequence[Message], reads: type[Read]) -> Answer[Read]:
        """Return what the service answers, read as `reads`; a ModelError where it gives nothing usable."""
        account, budget = Account(), Budget(self._settings, self._sleep)
        refused: dict[str, InstructorRetryException] = {}
        for mode in self._ladder():
            try:
                value = self._ask_in(mode, messages, _REPLIES[reads], account, budget)
            except InstructorRetryException as error:
                if self._settings.mode != "auto" or not format_refused(error.__cause__):
                    raise self._failure(error, account) from error.__cause__
                refused[mode] = error
                continue
            self._declined |= refused.keys()
            return Answer(cast("Read", value), mode, account.model, account.spent)
        # Refused in every mode, so the mode was not the trouble, and the first refusal says best what was.
        first = next(iter(refused.values()))
        raise self._failure(first, account) from first.__cause__

    def _ladder(self) -> Iterator[str]:
        if self._settings.mode != "auto":
            return iter((self._settings.mode,))
        return iter([mode for mode in _MODES if mode not in self._declined])

    def _failure(self, error: InstructorRetryException, account: Account) -> Exception:
        """Return the named outcome, or instructor's own error where the fault is in this program."""
        return named(error.__cause__, self._asked, account.spent) or error

    def _ask_in(
        self, mode: str, messages: Sequence[Message], reply: type[Reply], account: Account, budget: Budget
    ) -> BaseModel:
        def create(**options: Any) -> ChatCompletion:  # noqa: ANN401 - whatever instructor adds to the request
            return self._send(mode, reply, account, options)

        # No `context`: with one, instructor renders every message as a template, the article too.
        ask = instructor.patch(create=create, mode=_MODES[mode])
        answered = ask(response_model=reply, messages=list(messages), model=self._model, max_retries=budget.policy())
        return answered.value

    def _send(self, mode: str, reply: type[Reply], account: Account, options: dict[str, Any]) -> ChatCompletion:
        """Send one request and return its settled completion."""
        if mode == "strict-schema":
            options = options | {"response_format": _strict_format(reply)}
        account.count()
        try:
            completion: object = self._client.chat.completions.create(**(options | self._limit()))
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise Unreadable("an answer that is not JSON") from error
        except openai.BadRequestError as error:
            if self._limit_name == "max_tokens" and self._limit() and wants_completion_limit(error):
                self._limit_name = "max_completion_tokens"
                return self._send(mode, reply, account, options)
            raise
        if not isinstance(completion, ChatCompletion):
            raise Unreadable("an answer that is not a chat completion")
        account.book(completion)
        return settle(completion, reply.reads, as_tool=mode == "tools")

    def _limit(self) -> dict[str, int]:
        return {self._limit_name: self._settings.max_tokens} if self._settings.max_tokens else {}


def _strict_format(reply: type[Reply]) -> dict[str, Any]:
    """Return the response format that instructor has no way to ask for: it never sends strict."""
    name = reply.reads.__name__
    return {
        "type": "json_schema",
        "json_schema": {"name": name, "strict": True, "schema": reply.model_json_schema()},
    }
