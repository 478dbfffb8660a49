"""The seam by which a batch run governs every HTTP request: how many at once, how many tokens a minute, when to stop.

One question may cost several requests (modes that are refused, waits for a busy service, re-asks), so a limit that is
kept per article would not hold at the service. Light: nothing of the SDK is imported here.
"""

import re
import time
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]+")
"""Characters that tokenizers take one by one: Han, kana, hangul, and their punctuation and full-width forms."""

_TOKENS_PER_CJK = 1.0
_TOKENS_PER_OTHER = 0.25
"""A guess, not a measurement: tokenizers differ by half. A gate corrects it by the tokens that services report."""


class Attempt(NamedTuple):
    """One HTTP request and what came of it."""

    estimate: int
    """Tokens that `admit` was told."""
    status: int | None
    """HTTP status; None where no answer came."""
    seconds: float
    """From sending to the last byte of the answer, or to the failure."""
    prompt: int
    """Tokens billed for the prompt, cached ones included; 0 where the service says nothing."""
    completion: int
    """Tokens billed for the reply."""
    cached: int
    """Tokens of the prompt that the provider had in its cache."""
    asked_wait: float | None
    """Seconds that the service asks to wait (Retry-After)."""
    limit_tokens: int | None
    """Tokens a minute that the service allows (x-ratelimit-limit-tokens)."""
    limit_requests: int | None
    """Requests a minute that the service allows (x-ratelimit-limit-requests)."""


class Gate(Protocol):
    """Whatever lets requests through; many threads pass one gate."""

    def admit(self, tokens: int) -> None:
        """Return when one request of about so many tokens may be sent; may raise an error of errors.py to stop."""
        ...

    def report(self, attempt: Attempt) -> None:
        """Take note of an admitted request that has ended, whatever came of it; once for each `admit`."""
        ...

    def pause(self, seconds: float) -> None:
        """Let so many seconds pass before a busy service is asked again; may raise as `admit` may."""
        ...


class OpenGate:
    """The gate of single runs: it lets everything through."""

    def __init__(self, pause: Callable[[float], None] = time.sleep) -> None:
        self.pause = pause

    def admit(self, tokens: int) -> None:
        """Return at once."""

    def report(self, attempt: Attempt) -> None:
        """Take no note."""


def estimated_tokens(messages: Iterable[Mapping[str, object]]) -> int:
    """Return about how many tokens the messages' texts have: a CJK character 1, four others 1."""
    return sum(tokens_of(content) for message in messages if isinstance(content := message.get("content"), str))


def tokens_of(text: str) -> int:
    """Return about how many tokens a text has."""
    others = len(_CJK.sub("", text))
    return round((len(text) - others) * _TOKENS_PER_CJK + others * _TOKENS_PER_OTHER)
