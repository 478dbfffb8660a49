"""A provider's rate limit: a bucket that fills continuously, for tokens and for requests."""

import math
from typing import NamedTuple


class Bucket:
    """So many a minute, saved up for `burst` seconds at most."""

    def __init__(self, per_minute: int, burst: float, now: float) -> None:
        self.per_minute = per_minute
        self.rate = per_minute / 60
        self.most = self.rate * burst
        self.level = self.most
        self._filled = now

    def fill(self, now: float) -> None:
        """Add what has come in since the last time."""
        self.level = min(self.most, self.level + (now - self._filled) * self.rate)
        self._filled = now

    def lack(self, cost: float) -> float:
        """Return the seconds until `cost` can be taken; more than a full bucket is granted from a full one."""
        return max(0.0, (min(cost, self.most) - self.level) / self.rate)


class Refusal(NamedTuple):
    """Why a call is over the limit."""

    what: str
    """tokens or requests."""
    seconds: float
    """Until it would be granted."""

    @property
    def retry_after(self) -> int:
        """Whole seconds to wait."""
        return max(1, math.ceil(self.seconds))


class Limits:
    """The limits of tokens and of requests; None where there is none."""

    def __init__(self, tpm: int | None, rpm: int | None, burst: float, now: float) -> None:
        self.tokens = Bucket(tpm, burst, now) if tpm else None
        self.requests = Bucket(rpm, burst, now) if rpm else None

    def take(self, cost: int, now: float) -> Refusal | None:
        """Take a request of `cost` tokens, or return why it is refused; a refused one costs nothing."""
        wanted = [("tokens", self.tokens, float(cost)), ("requests", self.requests, 1.0)]
        refusals = []
        for what, bucket, amount in wanted:
            if bucket is not None:
                bucket.fill(now)
                if lack := bucket.lack(amount):
                    refusals.append(Refusal(what, lack))
        if refusals:
            return max(refusals, key=lambda refusal: refusal.seconds)
        for _, bucket, amount in wanted:
            if bucket is not None:
                bucket.level -= amount
        return None

    def headers(self) -> list[str]:
        """Return OpenAI's headers about the limits."""
        lines = []
        for what, bucket in (("tokens", self.tokens), ("requests", self.requests)):
            if bucket is not None:
                full = (bucket.most - bucket.level) / bucket.rate
                lines += [
                    f"x-ratelimit-limit-{what}: {bucket.per_minute}",
                    f"x-ratelimit-remaining-{what}: {max(0, int(bucket.level))}",
                    f"x-ratelimit-reset-{what}: {full:.3f}s",
                ]
        return lines
