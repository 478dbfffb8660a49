"""The gate: every HTTP request passes it once, whatever comes of it."""

import json
import time
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import pytest

from summarizer.errors import ArticleTooLong, ModelError, NoCredit, ServiceBusy, SettingsError
from summarizer.extract.extraction import Complaint
from summarizer.extract.gate import Attempt, OpenGate, estimated_tokens, tokens_of
from summarizer.extract.model import ModelExtractor
from summarizer.resources import read_schema
from summarizer.settings import Settings
from summarizer.value import Span
from tests.build import article, draft, draft_json
from tests.fake_service import GARBAGE, HANG, RESET, Answer, FakeService, completion, failure, fake_service
from tests.faults import BUSY, FAULTS, GOOD, GOOD_CALL, NO_SCHEMA, WITHOUT_AT, Fault

NOTHING = '{"numbers": [], "quotes": [], "policies": [], "parks": [], "summary": null, "period": null}'


class Noting:
    """A gate that lets everything through and keeps a list; at `stop_at` it raises `stop`."""

    def __init__(self, *, stop_at: int = -1, stop: Exception | None = None) -> None:
        self.admitted: list[int] = []
        self.attempts: list[Attempt] = []
        self.pauses: list[float] = []
        self._stop_at, self._stop = stop_at, stop

    def admit(self, tokens: int) -> None:
        if self._stop is not None and len(self.admitted) == self._stop_at:
            raise self._stop
        self.admitted.append(tokens)

    def report(self, attempt: Attempt) -> None:
        self.attempts.append(attempt)

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


def never(_seconds: float) -> None:
    raise AssertionError("waited beside the gate")


def gated(service: FakeService, gate: Noting, **settings: object) -> ModelExtractor:
    chosen = {"model": "fake-1", "base_url": service.url, "timeout_seconds": 5.0, **settings}
    return ModelExtractor(Settings.model_validate(chosen), sleep=never, gate=gate)


class Passed(NamedTuple):
    """The gate after a question, the requests that the service received, and those that the question says it cost."""

    gate: Noting
    calls: int
    cost: int


def governed(script: Sequence[Answer], settings: Mapping[str, object] = MappingProxyType({})) -> Passed:
    """Let one question pass a gate."""
    gate = Noting()
    with fake_service(*script) as service, gated(service, gate, **settings) as model:
        try:
            cost = model.extract(article()).spent.attempts
        except ModelError as error:
            cost = error.attempts
        return Passed(gate, service.calls, cost)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_request_of_every_fault_is_admitted_and_reported_once(fault: Fault) -> None:
    gate, calls, cost = governed(fault.script(), fault.settings)
    assert len(gate.admitted) == calls == cost
    assert [attempt.estimate for attempt in gate.attempts] == gate.admitted


def test_an_attempt_says_what_came_of_it() -> None:
    usage = {"prompt_tokens": 70, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": 40}}
    script = (NO_SCHEMA, completion(arguments=WITHOUT_AT), BUSY, completion(arguments=draft_json(), usage=usage))
    gate = governed(script).gate
    assert [(one.status, one.prompt, one.completion, one.cached) for one in gate.attempts] == [
        (400, 0, 0, 0),
        (200, 100, 10, 0),
        (500, 0, 0, 0),
        (200, 70, 7, 40),
    ]
    assert all(0 < one.seconds < 5 for one in gate.attempts)


@pytest.mark.parametrize(
    ("script", "settings", "statuses"),
    [
        ((RESET, GOOD), {}, [None, 200]),
        ((HANG,), {"timeout_seconds": 0.1, "busy_retries": 0}, [None]),
        ((GARBAGE, GOOD), {}, [200, 200]),
    ],
)
def test_an_attempt_without_an_answer_has_no_status(
    script: tuple[Answer, ...], settings: dict[str, object], statuses: list[int | None]
) -> None:
    assert [attempt.status for attempt in governed(script, settings).gate.attempts] == statuses


def test_a_service_that_cannot_be_reached_is_reported_too() -> None:
    gate = Noting()
    with fake_service(GOOD) as service:
        model = gated(service, gate, busy_retries=2)
    with model, pytest.raises(ServiceBusy, match="no connection"):
        model.extract(article())
    assert [one.status for one in gate.attempts] == [None] * 3
    assert len(gate.admitted) == 3


def test_what_the_service_allows_is_read_from_its_headers() -> None:
    limits = {"x_ratelimit_limit_tokens": "120000", "x_ratelimit_limit_requests": "500"}
    script = (
        failure(429, "slow", retry_after="3", **limits),
        failure(429, "slow", x_ratelimit_limit_tokens="1m"),
        GOOD,
    )
    gate = governed(script).gate
    allowed = [(one.asked_wait, one.limit_tokens, one.limit_requests) for one in gate.attempts]
    assert allowed == [(3.0, 120_000, 500), (None, None, None), (None, None, None)]


def test_waits_are_the_gates() -> None:
    gate = governed((BUSY, failure(429, "slow", retry_after="3"), GOOD)).gate
    first, second = gate.pauses
    assert 0.5 <= first <= 1
    assert 3 <= second <= 3.5


def test_repairs_additions_and_splits_pass_the_gate() -> None:
    pieces = completion('{"pieces": [], "furniture": "1-2"}')
    start = article().text.index("114")
    gate = Noting()
    with fake_service(completion(NOTHING), completion(NOTHING), pieces) as service, gated(service, gate) as model:
        model.repair(article(), draft(), [Complaint("numbers.1", "no")])
        model.complete(article(), draft(), [Span(start, start + 3)])
        model.group_lines(["甲", "乙"])
    assert (service.calls, len(gate.admitted), len(gate.attempts)) == (3, 3, 3)


def test_a_gate_that_stops_a_question_is_heard_before_anything_is_sent() -> None:
    with fake_service(GOOD) as service:
        for stop in (NoCredit("the budget is used up"), SettingsError("stopped")):
            with gated(service, Noting(stop_at=0, stop=stop)) as model, pytest.raises(type(stop), match=str(stop)):
                model.extract(article())
    assert service.calls == 0


def test_a_gate_that_stops_a_dialogue_leaves_what_it_cost_in_the_error() -> None:
    stop = NoCredit("the budget is used up")
    gate = Noting(stop_at=1, stop=stop)
    with (
        fake_service(completion(WITHOUT_AT)) as service,
        gated(service, gate) as model,
        pytest.raises(NoCredit, match="the budget is used up") as caught,
    ):
        model.extract(article())
    assert (caught.value.attempts, caught.value.prompt_tokens, caught.value.completion_tokens) == (1, 100, 10)
    assert stop.attempts == 0  # other threads may meet the same error
    assert len(gate.attempts) == 1


def test_a_question_that_is_never_sent_passes_no_gate() -> None:
    gate = Noting()
    with (
        fake_service(GOOD) as service,
        gated(service, gate, max_article_chars=10) as model,
        pytest.raises(ArticleTooLong),
    ):
        model.extract(article())
    assert gate.admitted == []


def test_the_estimate_counts_chinese_by_the_character_and_the_rest_by_fours() -> None:
    assert estimated_tokens([{"role": "system", "content": "高新区，２０２３年"}]) == 9
    assert estimated_tokens([{"role": "user", "content": "high-tech zone x"}]) == 4
    assert estimated_tokens([{"content": "园区park"}, {"content": "𠀀"}, {"content": None}, {}]) == 4
    assert estimated_tokens([]) == 0


@pytest.mark.parametrize("mode", ["strict-schema", "tools", "json", "fenced-json"])
def test_the_estimate_holds_the_schema_however_it_is_sent(mode: str) -> None:
    bad = completion(arguments=WITHOUT_AT) if mode == "tools" else completion(WITHOUT_AT)
    gate = Noting()
    with fake_service(bad, GOOD_CALL if mode == "tools" else GOOD) as service, gated(service, gate, mode=mode) as model:
        model.extract(article())
        sent = [tokens_of(json.dumps(request, ensure_ascii=False)) for request in service.requests]
    assert gate.admitted == pytest.approx(sent, rel=0.1)
    assert gate.admitted[0] > tokens_of(json.dumps(json.loads(read_schema("draft.v1")), ensure_ascii=False))


def test_the_open_gate_waits_as_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    gate = OpenGate(waits.append)
    gate.admit(10**9)
    gate.pause(0.5)
    assert waits == [0.5]
    assert OpenGate().pause is time.sleep
