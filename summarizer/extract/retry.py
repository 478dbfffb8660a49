"""When a request is sent again, and after what wait: the one place that decides it.

The SDK's own retries are off and whoever sends is handed this policy, so nothing multiplies. Busy answers and replies
that do not fit the schema are counted apart, over all requests for one article: a 500 in mid-dialogue costs a busy
retry and keeps the dialogue.
"""

import email.utils
import math
import random
import time
from collections.abc import Callable, Mapping

import openai
import tenacity
from instructor.core.exceptions import AsyncValidationError, ResponseParsingError
from pydantic import ValidationError

from summarizer.settings import Settings

_BUSY = frozenset({408, 409, 429})
_NEVER = frozenset({400, 401, 402, 403, 404})
_NO_CREDIT = (
    "insufficient_quota",
    "insufficient_user_quota",
    "exceeded_current_quota",
    "arrearage",
    "余额不足",
    "欠费",
)
"""Codes and words of OpenAI, one-api, Moonshot, DashScope and GLM for an account that is used up."""

REASKED = (ValidationError, ResponseParsingError, AsyncValidationError)
"""What instructor turns into a re-ask: a reply that does not fit the schema."""

_FIRST_WAIT_SECONDS = 1.0
"""Upper bound of the first wait; it doubles. Four retries span 8 to 15 s, which most restarts and rate windows need."""

_SPREAD_SECONDS = 0.5
"""Random addition to a Retry-After, so that many workers do not come back in one instant."""


class Unreadable(Exception):
    """A 200 whose body is no usable chat completion: not JSON, no choices, broken off by the service.

    It counts as busy: there is no reply to complain about, so the same request is sent again.
    """


def out_of_credit(error: openai.APIStatusError) -> bool:
    """Return whether the service says that the account is used up, which no waiting cures."""
    if error.status_code == 402:
        return True
    words = f"{error.code} {error.type} {error.message}".casefold()
    return 400 <= error.status_code < 500 and any(word in words for word in _NO_CREDIT)


def is_busy(error: BaseException | None) -> bool:
    """Return whether the same request may do better later."""
    if isinstance(error, openai.APIStatusError):
        if error.status_code in _NEVER or out_of_credit(error):
            return False
        advice = error.response.headers.get("x-should-retry")
        if advice in ("true", "false"):
            return advice == "true"
        return error.status_code in _BUSY or error.status_code >= 500
    return isinstance(error, (openai.APIConnectionError, Unreadable))


def asked_wait(error: BaseException | None) -> float | None:
    """Return the seconds that the service asks to wait before the next request."""
    return wait_in(error.response.headers) if isinstance(error, openai.APIStatusError) else None


def wait_in(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of retry-after-ms, or of Retry-After as seconds or as a date."""
    for name, scale in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) / scale
        except ValueError:
            continue
        if math.isfinite(seconds) and seconds > 0:
            return seconds
    try:
        until = email.utils.parsedate_to_datetime(headers.get("retry-after", ""))
    except (ValueError, OverflowError):
        return None
    seconds = until.timestamp() - time.time()
    return seconds if seconds > 0 else None


class Budget:
    """What is left of the two allowances while one article is asked for."""

    def __init__(self, settings: Settings, pause: Callable[[float], None]) -> None:
        self._busy_left = settings.busy_retries
        self._reasks_left = settings.content_reasks
        self._max_wait = settings.max_wait_seconds
        self._pause = pause
        self._waits = 0

    def policy(self) -> tenacity.Retrying:
        """Return the policy for one series of requests; several draw on the same allowances."""
        return tenacity.Retrying(retry=self._again, wait=self._wait, sleep=self._pause, reraise=True)

    def _again(self, state: tenacity.RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        if is_busy(error):
            self._busy_left -= 1
            return self._busy_left >= 0 and (asked_wait(error) or 0.0) <= self._max_wait
        if isinstance(error, REASKED):
            self._reasks_left -= 1
            return self._reasks_left >= 0
        return False

    def _wait(self, state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if not is_busy(error):
            return 0.0
        asked = asked_wait(error)
        if asked is not None:
            return asked + random.uniform(0, _SPREAD_SECONDS)
        ceiling: float = min(self._max_wait, _FIRST_WAIT_SECONDS * 2**self._waits)
        self._waits += 1
        return random.uniform(ceiling / 2, ceiling)
