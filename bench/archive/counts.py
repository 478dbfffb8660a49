"""What the fake service has seen: calls by article, what was answered and so paid, when, how many at once."""

import time
from collections import Counter
from typing import Any, Final

_SETTLED: Final = 10.0
"""Seconds after which a client should know the limits."""


class Counts:
    """Counted since the start or the last reset."""

    def __init__(self) -> None:
        self.calls: Counter[int] = Counter()
        """By article: requests."""
        self.answered: Counter[int] = Counter()
        """By article: replies with a usage, so paid for."""
        self.kinds: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.unknown = 0
        """Requests without a mark."""
        self.in_flight = self.peak_in_flight = 0
        self.abandoned = 0
        """Requests whose client went away before it was answered."""
        self.connections = self.open = self.peak_open = 0
        self.rejected = self.rejected_later = 0
        self.granted = 0
        """Tokens."""
        self.prompt_tokens = self.completion_tokens = 0
        self.first_request: float | None = None
        """By the monotonic clock, which all processes of a machine share."""
        self.last_answer: float | None = None

    def begin(self, serial: int | None, kind: str) -> int:
        """Count a request; return how many there have been for this article."""
        if self.first_request is None:
            self.first_request = time.monotonic()
        self.in_flight += 1
        self.peak_in_flight = max(self.peak_in_flight, self.in_flight)
        self.kinds[kind] += 1
        if serial is None:
            self.unknown += 1
            return 1
        self.calls[serial] += 1
        return self.calls[serial]

    def reject(self) -> None:
        """Count a call that is over the limits."""
        self.rejected += 1
        self.rejected_later += time.monotonic() - (self.first_request or 0.0) > _SETTLED

    def end(self, serial: int | None, prompt_tokens: int, completion_tokens: int) -> None:
        """Count a request as answered; without tokens of a reply it was not paid for."""
        self.in_flight -= 1
        if completion_tokens:
            self.last_answer = time.monotonic()
            self.answered[-1 if serial is None else serial] += 1
            self.prompt_tokens += prompt_tokens
            self.completion_tokens += completion_tokens

    def abandon(self) -> None:
        """Count a request as given up by its client."""
        self.in_flight -= 1
        self.abandoned += 1

    def connect(self) -> None:
        """Count a connection."""
        self.connections += 1
        self.open += 1
        self.peak_open = max(self.peak_open, self.open)

    def stats(self, *, each: bool = False) -> dict[str, Any]:
        """Return all counts; `each` lists every article, else those that were asked for more than once."""
        listed = self.calls if each else {serial: calls for serial, calls in self.calls.items() if calls > 1}
        seconds = None
        if self.first_request is not None and self.last_answer is not None:
            seconds = round(self.last_answer - self.first_request, 4)
        return {
            "calls": self.calls.total() + self.unknown,
            "answered": self.answered.total(),
            "articles": len(self.calls),
            "articles_answered": len(self.answered.keys() - {-1}),
            "paid_more_than_once": sum(paid > 1 for paid in self.answered.values()),
            "kinds": dict(self.kinds),
            "faults": dict(self.faults),
            "unknown": self.unknown,
            "abandoned": self.abandoned,
            "in_flight": self.in_flight,
            "peak_in_flight": self.peak_in_flight,
            "connections": self.connections,
            "peak_connections": self.peak_open,
            "rejected": self.rejected,
            "rejected_after_10s": self.rejected_later,
            "tokens_granted": self.granted,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "first_request": self.first_request,
            "last_answer": self.last_answer,
            "seconds": seconds,
            "by_article": {str(serial): [calls, self.answered[serial]] for serial, calls in listed.items()},
        }
