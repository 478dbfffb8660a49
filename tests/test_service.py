"""One question to a service: modes, the dialogue, and what is counted."""

import json
import pickle
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from summarizer.draft import Draft
from summarizer.errors import (
    BadRequest,
    InvalidReply,
    ServiceBusy,
    Truncated,
)
from summarizer.extract.extraction import Spent
from summarizer.extract.model import ModelExtractor
from summarizer.resources import prompt_tag, read_prompt, read_schema
from summarizer.settings import Settings
from tests.build import article, draft, draft_json
from tests.fake_service import body, completion, failure, fake_service
from tests.faults import BUSY, GOOD, GOOD_CALL, NO_SCHEMA, WITHOUT_AT, extractor

MODES = ("strict-schema", "tools", "json", "fenced-json")


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_gives_the_draft_and_says_which_mode_it_was(mode: str) -> None:
    with fake_service(GOOD_CALL if mode == "tools" else GOOD) as service, extractor(service, mode=mode) as model:
        extraction = model.extract(article())
    assert extraction.draft == draft()
    assert type(extraction.draft) is Draft
    assert (extraction.extractor, extraction.mode, extraction.model) == ("model", mode, "fake-1-0613")
    assert extraction.prompt == prompt_tag("extract.v1")
    assert extraction.spent == Spent(attempts=1, prompt=100, completion=10)
    assert pickle.loads(pickle.dumps(extraction)) == extraction


@pytest.mark.parametrize("mode", MODES)
def test_article_text_reaches_the_model_untouched(mode: str) -> None:
    text = "高新区 {{x}} {% y %} {% z\n\t缩进  两格　全角 https://e.cn/a.png data:image/png;base64,AA"
    with fake_service(GOOD_CALL if mode == "tools" else GOOD) as service, extractor(service, mode=mode) as model:
        model.extract(article(text))
    sent = json.dumps(service.requests[0], ensure_ascii=False)
    for line in text.split("\n"):
        assert json.dumps(line, ensure_ascii=False)[1:-1] in sent


def test_strict_mode_sends_the_published_schema() -> None:
    with fake_service(GOOD) as service, extractor(service, mode="strict-schema") as model:
        model.extract(article())
    [request] = service.requests
    wanted = {"name": "Draft", "strict": True, "schema": json.loads(read_schema("draft.v1"))}
    assert request["response_format"] == {"type": "json_schema", "json_schema": wanted}
    assert request["messages"][0] == {"role": "system", "content": read_prompt("extract.v1")}
    assert "max_tokens" not in request


def test_tools_mode_sends_the_published_schema() -> None:
    with fake_service(GOOD_CALL) as service, extractor(service, mode="tools", max_tokens=500) as model:
        model.extract(article())
    [request] = service.requests
    sent, published = request["tools"][0]["function"]["parameters"], json.loads(read_schema("draft.v1"))
    assert (sent["properties"], sent["$defs"]) == (published["properties"], published["$defs"])
    assert request["tool_choice"] == {"type": "function", "function": {"name": "Draft"}}
    assert request["max_tokens"] == 500


def test_a_refused_mode_is_remembered() -> None:
    with fake_service(NO_SCHEMA, GOOD_CALL) as service, extractor(service) as model:
        assert [model.extract(article()).mode for _ in range(3)] == ["tools"] * 3
    assert service.calls == 4


def test_no_mode_is_given_up_where_all_were_refused() -> None:
    script = (NO_SCHEMA, NO_SCHEMA, NO_SCHEMA, NO_SCHEMA, GOOD)
    with fake_service(*script) as service, extractor(service) as model:
        with pytest.raises(BadRequest):
            model.extract(article())
        assert model.extract(article()).mode == "strict-schema"


def test_the_name_of_the_token_limit_is_remembered() -> None:
    wanted = failure(400, "Unsupported parameter: use 'max_completion_tokens' instead")
    with fake_service(wanted, GOOD) as service, extractor(service, max_tokens=700) as model:
        model.extract(article())
        model.extract(article())
    assert service.calls == 3
    assert service.requests[2]["max_completion_tokens"] == 700
    assert "max_tokens" not in service.requests[2]


def test_tokens_of_failed_attempts_are_counted_once() -> None:
    first = completion(WITHOUT_AT, usage={"prompt_tokens": 50, "completion_tokens": 5, "total_tokens": 55})
    details = {"prompt_tokens": 70, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": 40}}
    with fake_service(first, BUSY, completion(draft_json(), usage=details)) as service, extractor(service) as model:
        spent = model.extract(article()).spent
    assert spent == Spent(attempts=3, prompt=120, completion=12, cached=40)


def test_tokens_of_a_failure_travel_with_the_error() -> None:
    with (
        fake_service(completion(WITHOUT_AT)) as service,
        extractor(service) as model,
        pytest.raises(InvalidReply) as caught,
    ):
        model.extract(article())
    assert (caught.value.attempts, caught.value.prompt_tokens, caught.value.completion_tokens) == (2, 200, 20)


def test_tokens_of_a_cut_reply_are_counted() -> None:
    with (
        fake_service(completion("{", finish="length")) as service,
        extractor(service) as model,
        pytest.raises(Truncated) as caught,
    ):
        model.extract(article())
    assert caught.value.completion_tokens == 10


def test_cached_tokens_are_read_where_deepseek_reports_them() -> None:
    usage = {"prompt_tokens": 90, "completion_tokens": 9, "prompt_cache_hit_tokens": 64}
    with fake_service(completion(draft_json(), usage=usage)) as service, extractor(service) as model:
        assert model.extract(article()).spent.cached == 64


def test_a_reply_without_usage_and_model_counts_nothing() -> None:
    bare = {"choices": [{"message": {"content": [{"type": "text", "text": draft_json()}], "refusal": ""}}]}
    with fake_service(body(bare)) as service, extractor(service) as model:
        extraction = model.extract(article())
    assert extraction.spent == Spent(attempts=1)
    assert extraction.model is None
    assert extraction.draft == draft()


def test_a_busy_answer_in_mid_dialogue_keeps_the_dialogue() -> None:
    with fake_service(completion(WITHOUT_AT), BUSY, GOOD) as service, extractor(service) as model:
        model.extract(article())
    _, second, third = service.requests
    assert second == third
    assert [message["role"] for message in third["messages"]] == ["system", "user", "assistant", "user"]
    assert "numbers.0.at: Field required" in third["messages"][-1]["content"]


@pytest.mark.parametrize("mode", MODES)
def test_the_re_ask_names_the_fault_in_every_mode(mode: str) -> None:
    bad = completion(arguments=WITHOUT_AT) if mode == "tools" else completion(WITHOUT_AT)
    good = GOOD_CALL if mode == "tools" else GOOD
    with fake_service(bad, good) as service, extractor(service, mode=mode) as model:
        assert model.extract(article()).draft == draft()
    assert "numbers.0.at: Field required" in service.requests[1]["messages"][-1]["content"]
    assert "errors.pydantic.dev" not in json.dumps(service.requests[1])


def test_odd_tool_calls_are_read_or_passed_over() -> None:
    calls = [7, {"type": "function"}, {"type": "function", "function": {"name": "x", "arguments": draft_json()}}]
    odd = {"choices": [{"message": {"tool_calls": calls}}]}
    with fake_service(body(odd)) as service, extractor(service, mode="tools") as model:
        assert model.extract(article()).draft == draft()


def test_both_allowances_hold_over_all_modes() -> None:
    script = (BUSY, NO_SCHEMA, BUSY, BUSY)
    with (
        fake_service(*script) as service,
        extractor(service, busy_retries=2) as model,
        pytest.raises(ServiceBusy, match="after 4 requests"),
    ):
        model.extract(article())
    assert service.calls == 4


def test_threads_share_one_extractor() -> None:
    with fake_service(NO_SCHEMA, GOOD_CALL) as service, extractor(service) as model:
        model.extract(article())
        with ThreadPoolExecutor(16) as pool:
            extractions = list(pool.map(lambda _: model.extract(article()), range(64)))
    assert {extraction.spent.attempts for extraction in extractions} == {1}
    assert service.calls == 66


def test_an_interrupt_is_not_retried() -> None:
    calls = []

    def interrupt(request: httpx2.Request) -> httpx2.Response:
        calls.append(request)
        raise KeyboardInterrupt

    settings = Settings(model="m", api_key="k")
    with (
        ModelExtractor(settings, transport=httpx2.MockTransport(interrupt)) as model,
        pytest.raises(KeyboardInterrupt),
    ):
        model.extract(article())
    assert len(calls) == 1


def test_a_fault_of_the_program_is_not_told_as_one_of_the_service() -> None:
    def broken(_seconds: float) -> None:
        raise RuntimeError("a bug")

    with fake_service(BUSY) as service:
        settings = Settings(model="m", base_url=service.url)
        with ModelExtractor(settings, sleep=broken) as model, pytest.raises(RuntimeError, match="a bug"):
            model.extract(article())
