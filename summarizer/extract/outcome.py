"""Turns whatever ended a call into one named outcome with one clear line.

Foreign exceptions hold whole completions and the article; their text never reaches a message unshortened.
"""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

import openai
from pydantic import ValidationError

from summarizer import errors
from summarizer.counted import counted
from summarizer.extract.extraction import Spent
from summarizer.extract.retry import Unreadable, asked_wait, is_busy, out_of_credit
from summarizer.settings import OPENAI_URL, Settings

NOT_RECORDED = "not_recorded"
"""Error code with which a replay answers what its file does not hold."""

_CHECK_ADDRESS = "check --base-url, or try again later"

_SHOWN_CHARS = 160
"""How much of a service's own words a message repeats."""

_FILTERED = re.compile(r"content_?filter|content_policy|data_?inspection_?failed", re.IGNORECASE)
_TOO_LONG = re.compile(r"context_length_exceeded|maximum context length|context window", re.IGNORECASE)
_FORMAT = re.compile(
    r"response_format|json_schema|json_object|json mode|structured.?output|\bstrict\b|tool_choice|\btools?\b"
    r"|function.?call|grammar|unsupported|not support",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(
    r"model_not_found|(model\b.{0,80}(not exist|not found|does not exist|unknown)|(unknown|invalid|no such) model)",
    re.IGNORECASE | re.DOTALL,
)


class Ended(Exception):
    """A reply that no re-ask would better: cut, refused or filtered."""

    def __init__(self, kind: type[errors.ModelError], words: str) -> None:
        super().__init__(words)
        self.kind = kind


class Asked(NamedTuple):
    """Who was asked, for the message."""

    model: str
    host: str
    key: str
    """Masked wherever a service's words repeat it."""
    replay: str | None
    max_wait_seconds: float

    @classmethod
    def from_settings(cls, settings: Settings, model: str, key: str) -> "Asked":
        """Return the parties of the calls that `settings` describe."""
        parts = urlsplit(settings.base_url or OPENAI_URL)
        host = parts.netloc.rpartition("@")[2]
        replay = None if settings.replay is None else str(settings.replay)
        return cls(model, host, key, replay, settings.max_wait_seconds)


def format_refused(error: BaseException | None) -> bool:
    """Return whether the service objects to the way it was asked for JSON, and not to model, article or account."""
    if not isinstance(error, openai.APIStatusError) or error.status_code not in (400, 404, 422):
        return False
    if _code(error) == NOT_RECORDED or out_of_credit(error):
        return False
    words = _all_words(error)
    if _FILTERED.search(words) or _TOO_LONG.search(words):
        return False
    return bool(_FORMAT.search(words)) and not _unknown_model(error)


def wants_completion_limit(error: BaseException | None) -> bool:
    """Return whether the service asks for max_completion_tokens in place of max_tokens, as reasoning models do."""
    return isinstance(error, openai.BadRequestError) and "max_completion_tokens" in _all_words(error)


def named(cause: BaseException | None, asked: Asked, spent: Spent) -> errors.ModelError | None:
    """Return the named outcome of a call that ended with `cause`; None where it is no failure of the service."""
    if isinstance(cause, openai.APIStatusError):
        kind, words = _of_status(cause, asked, spent)
    elif isinstance(cause, (openai.APIConnectionError, Unreadable)):
        kind, words = errors.ServiceBusy, _gave_up(cause, asked, spent)
    elif isinstance(cause, Ended):
        kind, words = cause.kind, str(cause)
    elif isinstance(cause, ValueError):
        kind = errors.InvalidReply
        words = (
            f"no valid reply in {_requests(spent)}; the last one: {said(cause)}; try another --mode or a stronger model"
        )
    else:
        return None
    line = f"model {asked.model!r} at {asked.host}: {words}"
    if kind is errors.NotRecorded:
        line = words
    return kind(line, attempts=spent.attempts, prompt_tokens=spent.prompt, completion_tokens=spent.completion)


def said(error: ValueError) -> str:
    """Return in a few words what was wrong with a reply, without repeating the reply."""
    if not isinstance(error, ValidationError):
        return _short(str(error))
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    first = problems[0]
    place = ".".join(map(str, first["loc"]))
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return _short(f"{place}: {first['msg']}" if place else first["msg"]) + more


def _of_status(error: openai.APIStatusError, asked: Asked, spent: Spent) -> tuple[type[errors.ModelError], str]:
    words, told = _all_words(error), f"HTTP {error.status_code}{_told(error, asked)}"
    if _code(error) == NOT_RECORDED:
        return errors.NotRecorded, (
            f"recording {asked.replay or 'in use'!r} has {_message(error)}; record it with --record FILE and a key"
        )
    if is_busy(error) or error.status_code >= 500:
        return errors.ServiceBusy, _gave_up(error, asked, spent)
    if out_of_credit(error):
        return errors.NoCredit, f"the account has no credit left ({told}); top it up or use another key"
    if error.status_code == 401:
        # The service's words are left out: some repeat the key.
        return errors.WrongKey, "the key was not accepted (HTTP 401); check SUMMARIZER_API_KEY or OPENAI_API_KEY"
    if _FILTERED.search(words):
        return errors.Filtered, f"the provider's content filter refused the article ({told}); try another provider"
    if error.status_code == 403:
        return errors.WrongKey, f"the key may not do this ({told}); check its rights, the model and the region"
    if _TOO_LONG.search(words):
        return errors.ArticleTooLong, f"the article does not fit the model's window ({told}); use a larger model"
    if _unknown_model(error):
        what = "unknown model" if _NO_MODEL.search(words) else "no such model or address"
        return errors.UnknownModel, f"{what} ({told}); check --model, and --base-url (most end in /v1)"
    return errors.BadRequest, f"the request was rejected ({told}); check --mode, --base-url and the model's limits"


def _gave_up(error: Exception, asked: Asked, spent: Spent) -> str:
    wait, advice = asked_wait(error), "try again later"
    if wait is not None and wait > asked.max_wait_seconds:
        cause = f"it asks to wait {wait:.0f} s, more than the {asked.max_wait_seconds:.0f} s allowed"
    elif isinstance(error, openai.APIStatusError):
        cause = f"HTTP {error.status_code}{_told(error, asked)}"
    elif isinstance(error, openai.APITimeoutError):
        cause = "no answer within the time limit"
    elif isinstance(error, openai.APIConnectionError):
        cause, advice = f"no connection: {_short(str(error.__cause__ or error))}", _CHECK_ADDRESS
    else:
        cause, advice = _short(str(error)), _CHECK_ADDRESS
    return f"no answer after {_requests(spent)} (last: {cause}); {advice}"


def _unknown_model(error: openai.APIStatusError) -> bool:
    words = _all_words(error)
    if error.status_code == 404:
        return bool(_NO_MODEL.search(words)) or not _FORMAT.search(words)
    return error.status_code in (400, 422) and bool(_NO_MODEL.search(words))


def _code(error: openai.APIStatusError) -> str:
    return str(error.code or "")


def _message(error: openai.APIStatusError) -> str:
    """Return the service's own words, in whichever of the known places they stand."""
    body = error.body
    if isinstance(body, dict):
        body = body.get("message") or body.get("detail") or body.get("error") or ""
    return body if isinstance(body, str) else str(body or "")


def _all_words(error: openai.APIStatusError) -> str:
    return f"{_code(error)} {error.type or ''} {error.param or ''} {_message(error)}"


def _told(error: openai.APIStatusError, asked: Asked) -> str:
    words = _message(error).replace(asked.key, "…")
    return f": {_short(words)}" if words.strip() else ""


def _requests(spent: Spent) -> str:
    return counted(spent.attempts, "request")


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN_CHARS else line[: _SHOWN_CHARS - 1] + "…"
