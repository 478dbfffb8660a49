"""How many requests are in the line at once, and how fast they may follow each other.

One governor for all workers of a run, on one thread: it is told of every attempt and asked before every request. It
starts low and doubles the number in flight while latency holds, halves it on a 429, and has all workers wait as long as
a Retry-After says. Limits per minute are kept by token buckets: those that the user names, those that the service's
headers name, and, where it names none, the rate at which it last began to refuse.
"""

import math
import statistics
from collections import deque
from collections.abc import Callable
from typing import Final, NamedTuple

from summarizer.extract.gate import Attempt

FIRST: Final = 8
"""Requests in flight at the start of a run that finds its own number."""
MOST: Final = 256
"""Requests in flight at most, where no number is given."""
_SLOWER: Final = 1.6
"""Median latency against the best so far, beyond which more in flight only queue at the service. Services answer
articles of one archive within a factor of 1.3 of their median while they are not full; queueing doubles it."""
_FULL: Final = 2.5
"""Beyond this, fewer are tried."""
_SHARE: Final = 0.97
"""Part of a limit that is used: the service counts its minutes a little otherwise than we do."""
_BURST_SECONDS: Final = 0.5
"""What a bucket holds: half a second's worth, so that no burst of ours meets a service that saves up as little as a
second's (with a second's and one request overdrawn, 5.8 % were refused there, and 74 % of the limit used)."""
_LEARNING_SECONDS: Final = 10.0
"""Span over which the granted rate is measured when a service begins to refuse and names no limit."""
_CAUTION: Final = 0.95
"""Part of the measured rate that is tried after a refusal."""
_LATEST, _BUNCH = 20, 3
"""Refusals among the latest answers that show a limit: those that a limit makes come in bunches."""
_AT_LIMIT: Final = 0.985
_ODD: Final = 4
"""Refusals in a row below this part of the rate that was refused before: so many show that the rate is not the reason.
With six, 79 % of a limit were used where 1 % are refused at random beside it, with four 84 %."""
_FORGET_SECONDS: Final = 60.0
"""After that no rate is learned for so long, twice as long each time. Without this, refusals at random of 1 % of the
calls brought 280 calls a second to 25 in five minutes (and 3 % to 11), and on."""
_CREEP_PER_SECOND: Final = 0.001
"""Growth of a learned rate while nothing is refused: back at the limit after a minute, one refusal or two each time."""
_STRIDE_PER_SECOND: Final = 0.02
_PATIENCE_SECONDS: Final = 30.0
"""Growth after so long without a refusal: the rate was learned too low, or the limit was raised."""
_TOO_MANY: Final = 429


class Limits(NamedTuple):
    """What a user says of the service."""

    concurrency: int | None = None
    """Requests in flight; None: found out."""
    rpm: float | None = None
    """Requests a minute."""
    tpm: float | None = None
    """Tokens a minute, prompts and replies together."""


class Bucket:
    """A token bucket with continuous refill; what is more than it holds is taken when it is full."""

    def __init__(self, per_minute: float, now: float, *, full: bool = True) -> None:
        self.per_second = per_minute / 60
        self._level = self.per_second * _BURST_SECONDS if full else 0.0
        self._at = now

    def wait(self, amount: float, now: float) -> float:
        """Return the seconds until so much may be taken."""
        self._refill(now)
        missing = min(amount, self.per_second * _BURST_SECONDS) - self._level
        return max(0.0, missing / self.per_second)

    def take(self, amount: float, now: float) -> None:
        """Take (or with a negative amount give back) tokens."""
        self._refill(now)
        self._level -= amount

    def _refill(self, now: float) -> None:
        self._level = min(self.per_second * _BURST_SECONDS, self._level + (now - self._at) * self.per_second)
        self._at = now


class Governor:
    """Decides; knows nothing of jobs and workers. Not for several threads."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._fixed = limits.concurrency is not None
        self._most = limits.concurrency or MOST
        self.concurrency: float = float(limits.concurrency or FIRST)
        """Requests that may be in flight now."""
        self._climbing = not self._fixed
        self._latencies: list[float] = []
        self._best = 0.0
        self._cut_at, self._held_until = -math.inf, clock()
        self._requests = None if limits.rpm is None else Bucket(limits.rpm * _SHARE, clock())
        self._tokens = None if limits.tpm is None else Bucket(limits.tpm * _SHARE, clock())
        self._named_tokens, self._named_requests = limits.tpm is not None, limits.rpm is not None
        self._learned = False
        self._grew_at = clock()
        self._refused_at = math.inf
        """The rate that was last refused."""
        self._odd = 0
        """Refusals in a row of a rate well below it."""
        self._forget_seconds, self._learn_from = _FORGET_SECONDS, -math.inf
        self._granted: deque[tuple[float, int]] = deque()
        self._refusals: deque[bool] = deque(maxlen=_LATEST)
        self._ratio = 1.0
        """Tokens that requests really took, against those that were told to `guess`."""
        self._guessed_by: dict[int, float] = {}
        """The ratio by which so many tokens were last guessed. Hundreds of requests may have been guessed by one ratio;
        were each to correct the present one, they would carry it away (256 in flight brought it to infinity)."""
        self._seen = 0

    def guess(self, tokens: int) -> int:
        """Return what a request guessed at `tokens` will take, by what others took."""
        guessed = max(1, round(tokens * self._ratio))
        self._guessed_by[guessed] = self._ratio
        return guessed

    def wait(self, reserved: int = 1) -> float:
        """Return the seconds until a request of so many tokens, by `guess`, may be sent; 0 where it may now."""
        now = self._clock()
        if self._learned:
            self._creep(now)
        waits = [self._held_until - now, 0.0]
        if self._requests is not None:
            waits.append(self._requests.wait(1, now))
        if self._tokens is not None:
            waits.append(self._tokens.wait(reserved, now))
        return max(waits)

    def take(self, reserved: int) -> None:
        """Note that a request is sent, with the tokens that `guess` gave for it."""
        now = self._clock()
        if self._requests is not None:
            self._requests.take(1, now)
        if self._tokens is not None:
            self._tokens.take(reserved, now)

    def report(self, attempt: Attempt) -> None:
        """Learn from an attempt; its `estimate` is what was reserved for it, 0 where nothing was or it is settled."""
        now = self._clock()
        took = attempt.prompt + attempt.completion
        if self._tokens is not None and attempt.estimate:
            self._tokens.take(took - attempt.estimate, now)
        self._heed_headers(attempt, now)
        if attempt.status == 200:
            if attempt.estimate and took:
                self._correct(took / attempt.estimate * self._guessed_by.get(attempt.estimate, self._ratio))
            self._granted.append((now, took))
            while self._granted and now - self._granted[0][0] > _LEARNING_SECONDS:
                self._granted.popleft()
            self._rise(attempt.seconds)
            self._refusals.append(False)
        elif attempt.status == _TOO_MANY:
            self._refusals.append(True)
            self._slow_down(attempt, now)
        if attempt.asked_wait is not None and attempt.status != 200:
            self._held_until = max(self._held_until, now + min(attempt.asked_wait, 60.0))

    def _correct(self, found: float) -> None:
        self._seen += 1
        self._ratio += (found - self._ratio) / min(self._seen + 1, 20)

    def _rise(self, seconds: float) -> None:
        """Raise the number in flight while the median latency of as many answers holds."""
        self._latencies.append(seconds)
        if len(self._latencies) < max(FIRST, int(self.concurrency)):
            return
        median = statistics.median(self._latencies)
        self._latencies.clear()
        self._best = min(self._best or median, median)
        if median <= self._best * _SLOWER:
            step = self.concurrency if self._climbing else max(1.0, self.concurrency / 4)
            self.concurrency = min(float(self._most), self.concurrency + step)
        elif not self._fixed:
            self._climbing = False
            if median > self._best * _FULL:
                self.concurrency = max(1.0, self.concurrency * 0.8)

    def _slow_down(self, attempt: Attempt, now: float) -> None:
        """Halve the number in flight, once for all that were sent before; learn the rate where none is known."""
        if now - attempt.seconds < self._cut_at:
            if not (self._learned or self._named_tokens or self._named_requests):
                self._learn(now)
            return
        self._cut_at = now
        self._climbing = False
        self._latencies.clear()
        self.concurrency = max(1.0, self.concurrency / 2)
        if not (self._named_tokens or self._named_requests):
            self._learn(now)

    def _learn(self, now: float) -> None:
        """Take the rate at which the service refuses for its limit, where it is the rate that it refuses."""
        rate = self._rate(now)
        if self._learned and self._tokens is not None:
            self._odd = self._odd + 1 if self._tokens.per_second < self._refused_at * _AT_LIMIT else 0
            if self._odd >= _ODD:
                self._forget(now)
                return
            rate = min(rate, self._tokens.per_second)
        elif now < self._learn_from or sum(self._refusals) < _BUNCH:
            return
        if rate > 0:
            self._refused_at = rate
            self._tokens, self._learned, self._grew_at = Bucket(rate * 60 * _CAUTION, now, full=False), True, now

    def _forget(self, now: float) -> None:
        """Take the learned rate back: the service refuses whatever the rate."""
        self._tokens, self._learned, self._refused_at, self._odd = None, False, math.inf, 0
        self._learn_from = now + self._forget_seconds
        self._forget_seconds *= 2

    def _rate(self, now: float) -> float:
        """Return the tokens a second that were granted of late."""
        if not self._granted:
            return 0.0
        span = max(now - self._granted[0][0], 1.0)
        return sum(took for _, took in self._granted) / span

    def _creep(self, now: float) -> None:
        growth = _CREEP_PER_SECOND if now - self._cut_at < _PATIENCE_SECONDS else _STRIDE_PER_SECOND
        if self._tokens is not None:
            self._tokens.per_second *= 1 + growth * (now - self._grew_at)
        self._grew_at = now

    def _heed_headers(self, attempt: Attempt, now: float) -> None:
        """Take limits that the service names for those of the user, where the user named none."""
        if attempt.limit_tokens and not self._named_tokens:
            self._tokens, self._named_tokens, self._learned = Bucket(attempt.limit_tokens * _SHARE, now), True, False
        if attempt.limit_requests and not self._named_requests:
            self._requests, self._named_requests = Bucket(attempt.limit_requests * _SHARE, now), True
