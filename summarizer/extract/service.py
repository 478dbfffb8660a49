"""One question to a service: modes, requests, the dialogue about a reply that does not fit, and what they cost.

A reply that fits, as nearly all do, is read here. One that does not is handed to instructor, which finds it as the
answer to its first request and goes on with the dialogue from there. So attempts and tokens are counted where they
happen, and a cut, refused or filtered reply ends the dialogue in every mode.
"""

import copy
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar, cast

import httpx2
import openai
from instructor.core import InstructorRetryException
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, ValidationError

from summarizer.errors import ModelError, SettingsError
from summarizer.extract.completion import Account, Answered, billed, settle
from summarizer.extract.connections import Connections, Line, StaleConnection
from summarizer.extract.extraction import Spent
from summarizer.extract.gate import Attempt, Gate
from summarizer.extract.outcome import Asked, Ended, format_refused, named, wants_completion_limit
from summarizer.extract.reply import read_reply
from summarizer.extract.retry import REASKED, Budget, Unreadable, wait_in
from summarizer.extract.shape import MODES, REPLIES, Question, Shapes, patched
from summarizer.extract.wire import Message
from summarizer.settings import Settings

_NO_KEY = "no-key-needed"
"""The SDK insists on a key; a server on this machine and a recording do not."""

# Without a handler of its own, instructor's log of a failed call, completion and all, goes to stderr.
logging.getLogger("instructor").addHandler(logging.NullHandler())

_FAILURES = (openai.APIError, Unreadable, Ended, *REASKED)

Read = TypeVar("Read", bound=BaseModel)


class Answer(NamedTuple, Generic[Read]):
    """What the service answered, in which mode, and what it cost."""

    value: Read
    mode: str
    model: str | None
    spent: Spent


class Service:
    """A model at a service, and what is known of the service's dialect. Threads may share it."""

    def __init__(self, settings: Settings, model: str, transport: httpx2.BaseTransport | None, gate: Gate) -> None:
        self._settings = settings
        self._gate = gate
        key = (settings.api_key or "").strip() or _NO_KEY
        if not key.isascii() or not key.isprintable():
            raise SettingsError("the API key holds characters that no key has; copy it into OPENAI_API_KEY again")
        self._asked = Asked.from_settings(settings, model, key)
        self._shapes = Shapes(settings, model, key)
        self._connections = Connections(transport)
        self._declined: frozenset[str] = frozenset()
        """Modes that the service refused before it took another."""
        self._limit_name = "max_tokens"
        """What the service calls the upper bound of a reply."""

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

    def ask(self, messages: Sequence[Message], reads: type[Read]) -> Answer[Read]:
        """Return what the service answers, read as `reads`; a ModelError where it gives nothing usable.

        What the gate raises goes through, a ModelError with what was spent until then.
        """
        account, budget = Account(), Budget(self._settings, self._gate.pause)
        refused: dict[str, Exception] = {}
        for mode in self._ladder():
            try:
                value = self._ask_in(mode, messages, reads, account, budget)
            except _FAILURES as error:
                if self._settings.mode != "auto" or not format_refused(error):
                    raise self._failure(error, account) from error
                refused[mode] = error
                continue
            except ModelError as error:
                raise _with(error, account.spent) from error
            self._declined |= refused.keys()
            return Answer(value, mode, account.model, account.spent)
        # Refused in every mode, so the mode was not the trouble, and the first refusal says best what was.
        first = next(iter(refused.values()))
        raise self._failure(first, account) from first

    def prepare(self, messages: Sequence[Message], reads: type[Read]) -> None:
        """Write a question of this kind and send it to nobody: the first of a kind takes longest to write."""
        self._shapes.shape(next(self._ladder()), REPLIES[reads], messages).question(messages)

    def _ladder(self) -> Iterator[str]:
        if self._settings.mode != "auto":
            return iter((self._settings.mode,))
        return iter([mode for mode in MODES if mode not in self._declined])

    def _failure(self, error: Exception, account: Account) -> Exception:
        return named(error, self._asked, account.spent) or error

    def _ask_in(
        self, mode: str, messages: Sequence[Message], reads: type[Read], account: Account, budget: Budget
    ) -> Read:
        shape = self._shapes.shape(mode, REPLIES[reads], messages)

        def send(question: Question) -> Answered:
            return settle(self._send(question, account), reads, as_tool=mode == "tools")

        first = budget.policy()(send, shape.question(messages))
        if first.text is not None:
            try:
                return read_reply(reads, first.text)
            except ValidationError:
                pass  # instructor finds the same and tells the model
        waiting = [first]

        def create(**options: Any) -> ChatCompletion:  # noqa: ANN401 - whatever instructor adds to the request
            answered = waiting.pop() if waiting else send(shape.asked_again(options["messages"]))
            return answered.for_instructor()

        ask = patched(create, mode)
        try:
            reply = ask(REPLIES[reads], messages=list(messages), model=self._asked.model, max_retries=budget.policy())
        except InstructorRetryException as error:
            raise error.__cause__ or error from None
        return cast("Read", reply.value)

    def _send(self, question: Question, account: Account) -> dict[str, Any]:
        """Send a question and return the completion, as it came; again at once where that may help."""
        limit = {self._limit_name: self._settings.max_tokens} if self._settings.max_tokens else {}
        request = question.written(limit)
        try:
            self._gate.admit(question.tokens)
            with self._connections.line() as line:
                try:
                    return self._exchange(line, request, question.tokens, account)
                except StaleConnection:
                    if account.resent:
                        raise
                    account.resent = True
                    self._gate.admit(question.tokens)
                    return self._exchange(line, request, question.tokens, account)
        except openai.BadRequestError as error:
            if "max_tokens" in limit and wants_completion_limit(error):
                self._limit_name = "max_completion_tokens"
                return self._send(question, account)
            raise

    def _exchange(self, line: Line, request: httpx2.Request, tokens: int, account: Account) -> dict[str, Any]:
        """Send one request and return the completion; the gate hears of it whatever happens."""
        account.count()
        started = time.perf_counter()
        answer, cost = None, Spent()
        try:
            answer = line.send(request)
            completion = self._completion(answer)
            cost = billed(completion)
            account.book(completion, cost)
            return completion
        finally:
            self._gate.report(_attempt(tokens, answer, time.perf_counter() - started, cost))

    def _completion(self, answer: httpx2.Response) -> dict[str, Any]:
        if not answer.is_success:
            raise self._shapes.refusal(answer)
        try:
            completion = answer.json()
        except (ValueError, RecursionError) as error:
            kind = answer.headers.get("content-type", "").partition(";")[0]
            what = "not JSON" if kind.endswith("json") else "not a chat completion"
            raise Unreadable(f"an answer that is {what}") from error
        if not isinstance(completion, dict):
            raise Unreadable("an answer that is not a chat completion")
        return completion


def _attempt(tokens: int, answer: httpx2.Response | None, seconds: float, cost: Spent) -> Attempt:
    headers: Mapping[str, str] = {} if answer is None else answer.headers
    return Attempt(
        estimate=tokens,
        status=None if answer is None else answer.status_code,
        seconds=seconds,
        prompt=cost.prompt,
        completion=cost.completion,
        cached=cost.cached,
        asked_wait=wait_in(headers),
        limit_tokens=_count(headers.get("x-ratelimit-limit-tokens")),
        limit_requests=_count(headers.get("x-ratelimit-limit-requests")),
    )


def _count(header: str | None) -> int | None:
    return int(header) if header is not None and header.isdecimal() else None


def _with(error: ModelError, spent: Spent) -> ModelError:
    """Return the gate's error with what was spent on the question; a copy, for threads may meet the same error."""
    stopped = copy.copy(error)
    stopped.attempts += spent.attempts
    stopped.prompt_tokens += spent.prompt
    stopped.completion_tokens += spent.completion
    return stopped
