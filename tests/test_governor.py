"""The governor against simulated services, on a clock that no test waits for."""

import heapq
import itertools
import random
from collections.abc import Callable
from typing import NamedTuple

import pytest

from summarizer.archive.governor import FIRST, MOST, Bucket, Governor, Limits
from summarizer.extract.gate import Attempt


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Reply(NamedTuple):
    seconds: float
    status: int = 200
    tokens: int = 1000
    asked_wait: float | None = None
    limit_tokens: int | None = None


def attempt(reply: Reply, reserved: int) -> Attempt:
    good = reply.status == 200
    return Attempt(
        estimate=reserved if good else 0,
        status=reply.status,
        seconds=reply.seconds,
        prompt=reply.tokens if good else 0,
        completion=0,
        cached=0,
        asked_wait=reply.asked_wait,
        limit_tokens=reply.limit_tokens,
        limit_requests=None,
    )


class Seen(NamedTuple):
    at: float
    status: int
    tokens: int
    in_flight: int


def simulate(limits: Limits, service: Callable[[float, int], Reply], seconds: float, guess: int = 1000) -> list[Seen]:
    """Keep the line as full as the governor allows; `service` answers (time, requests in flight)."""
    clock = Clock()
    start = clock.now
    governor = Governor(limits, clock)
    flying: list[tuple[float, int, Reply, int]] = []
    numbers, seen = itertools.count(), []
    while clock.now < start + seconds:
        while len(flying) < int(governor.concurrency) and governor.wait(reserved := governor.guess(guess)) <= 0:
            governor.take(reserved)
            reply = service(clock.now - start, len(flying) + 1)
            seen.append(Seen(clock.now - start, reply.status, reply.tokens, len(flying) + 1))
            heapq.heappush(flying, (clock.now + reply.seconds, next(numbers), reply, reserved))
        wait = max(governor.wait(governor.guess(guess)), 0.001)
        if flying and (len(flying) >= int(governor.concurrency) or flying[0][0] <= clock.now + wait):
            clock.now, _, reply, reserved = heapq.heappop(flying)
            governor.report(attempt(reply, reserved))
        else:
            clock.now += wait
    return seen


class Limited:
    """A service with a token bucket of a second's worth, that refuses what does not fit in."""

    def __init__(self, tpm: float, *, seconds: float = 0.5, tokens: int = 1000, headers: bool = False) -> None:
        self.rate, self.level, self.at = tpm / 60, tpm / 60, 0.0
        self._seconds, self._tokens, self._headers = seconds, tokens, int(tpm) if headers else None

    def __call__(self, now: float, _: int) -> Reply:
        self.level = min(self.rate, self.level + (now - self.at) * self.rate)
        self.at = now
        if self.level < self._tokens:
            wait = (self._tokens - self.level) / self.rate
            return Reply(0.05, 429, 0, asked_wait=wait, limit_tokens=self._headers)
        self.level -= self._tokens
        return Reply(self._seconds, 200, self._tokens, limit_tokens=self._headers)


def shares(seen: list[Seen], tpm: float, after: float = 10.0) -> tuple[float, float]:
    """Return the shares of refused calls and of used tokens after the first seconds."""
    late = [one for one in seen if one.at >= after]
    span = late[-1].at - after
    refused = sum(one.status == 429 for one in late) / len(late)
    return refused, sum(one.tokens for one in late) / (tpm / 60 * span)


@pytest.mark.parametrize("tpm", [600_000, 3_000_000])
def test_a_limit_that_the_user_names_is_used_and_not_overrun(tpm: float) -> None:
    refused, used = shares(simulate(Limits(64, tpm=tpm), Limited(tpm), 120), tpm)
    assert refused <= 0.01
    assert used >= 0.9


@pytest.mark.parametrize("tpm", [600_000, 3_000_000])
def test_a_limit_that_the_headers_name_is_used_and_not_overrun(tpm: float) -> None:
    refused, used = shares(simulate(Limits(64), Limited(tpm, headers=True), 120), tpm)
    assert refused <= 0.01
    assert used >= 0.9


@pytest.mark.parametrize("tpm", [600_000, 3_000_000])
@pytest.mark.parametrize("concurrency", [None, 64])
def test_a_limit_that_nobody_names_is_learned(tpm: float, concurrency: int | None) -> None:
    refused, used = shares(simulate(Limits(concurrency), Limited(tpm), 240), tpm)
    assert refused <= 0.01
    assert used >= 0.9


def test_a_wrong_guess_of_tokens_is_corrected_by_what_requests_take() -> None:
    tpm = 1_200_000
    refused, used = shares(simulate(Limits(64, tpm=tpm), Limited(tpm, tokens=2500), 120, guess=1000), tpm)
    assert refused <= 0.01
    assert used >= 0.9


def test_requests_a_minute_are_kept() -> None:
    seen = simulate(Limits(64, rpm=600), lambda now, busy: Reply(0.5), 60)
    assert 0.9 * 600 <= len(seen) <= 600 + 10


def test_the_number_in_flight_rises_while_latency_holds() -> None:
    seen = simulate(Limits(), lambda now, busy: Reply(0.5), 60)
    assert seen[0].in_flight == 1
    assert max(one.in_flight for one in seen if one.at < 0.4) == FIRST
    assert max(one.in_flight for one in seen) == MOST


def test_the_number_in_flight_stays_where_more_would_only_queue() -> None:
    seen = simulate(Limits(), lambda now, busy: Reply(0.5 * max(1.0, busy / 40)), 300)
    late = [one.in_flight for one in seen if one.at > 60]
    assert 30 <= max(late) <= 130


def test_a_given_number_in_flight_is_neither_raised_nor_lowered_by_latency() -> None:
    seen = simulate(Limits(20), lambda now, busy: Reply(0.2 + now / 10), 60)
    assert max(one.in_flight for one in seen) == 20


def test_a_refusal_halves_the_number_in_flight_once_for_all_that_were_sent_before() -> None:
    clock = Clock()
    governor = Governor(Limits(64), clock)
    for _ in range(10):
        governor.report(attempt(Reply(0.5, 429), 0))
    assert governor.concurrency == 32
    clock.now += 10
    governor.report(attempt(Reply(0.5, 429), 0))
    assert governor.concurrency == 16


def test_a_retry_after_holds_every_request() -> None:
    clock = Clock()
    governor = Governor(Limits(64), clock)
    assert governor.wait() == 0
    governor.report(attempt(Reply(0.1, 429, asked_wait=7.0), 0))
    assert governor.wait() == pytest.approx(7.0)
    clock.now += 3
    assert governor.wait() == pytest.approx(4.0)
    clock.now += 4
    assert governor.wait() == 0


def test_a_bucket_gives_what_it_holds_and_one_large_request_when_full() -> None:
    bucket = Bucket(600, now=0.0)  # 5 in half a second
    assert bucket.wait(5, 0.0) == 0
    bucket.take(3, 0.0)
    assert bucket.wait(2, 0.0) == 0
    assert bucket.wait(3, 0.0) == pytest.approx(0.1)
    assert bucket.wait(100, 0.0) == pytest.approx(0.3)
    assert bucket.wait(100, 0.4) == 0
    bucket.take(100, 0.4)
    assert bucket.wait(1, 0.4) == pytest.approx(9.6)


@pytest.mark.parametrize("tokens", [3000, 9000])
def test_requests_that_are_large_beside_the_limit_are_spaced(tokens: int) -> None:
    tpm = 600_000
    refused, used = shares(simulate(Limits(64, tpm=tpm), Limited(tpm, tokens=tokens), 240, guess=tokens), tpm)
    assert refused <= 0.01
    assert used >= 0.9


def test_a_refused_request_gives_its_tokens_back() -> None:
    clock = Clock()
    governor = Governor(Limits(4, tpm=60_000), clock)
    governor.take(5000)
    assert governor.wait() > 0
    governor.report(attempt(Reply(0.1, 500), 0)._replace(estimate=5000))
    assert governor.wait() == 0


@pytest.mark.parametrize("factor", [0.2, 1.3, 3.0])
def test_guesses_settle_however_many_requests_an_old_one_was_made_for(factor: float) -> None:
    governor = Governor(Limits(256), Clock())
    for _ in range(20):  # hundreds in flight, all of them guessed before any is answered
        reserved = [governor.guess(1000) for _ in range(256)]
        for one in reserved:
            governor.report(attempt(Reply(0.05, tokens=round(1000 * factor)), one))
        assert factor * 0.9 <= governor.guess(1000) / 1000 <= factor * 1.1


@pytest.mark.parametrize(("share", "least"), [(0.01, 80.0), (0.03, 25.0)])
def test_refusals_at_random_are_not_taken_for_a_limit(share: float, least: float) -> None:
    chance = random.Random(3)

    def service(now: float, busy: int) -> Reply:
        return Reply(0.01, 429, 0, asked_wait=1.0) if chance.random() < share else Reply(0.05)

    seen = simulate(Limits(64), service, 300)
    late = [one for one in seen if one.at >= 100 and one.status == 200]
    assert len(late) / 200 >= least
