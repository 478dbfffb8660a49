"""The model extractor against a service that misbehaves on purpose."""

import json
import subprocess
import sys

import httpx2
import pytest

from summarizer.errors import (
    ArticleTooLong,
    BadRequest,
    ServiceBusy,
    SettingsError,
    WrongKey,
)
from summarizer.extract.extraction import Complaint, Spent
from summarizer.extract.model import ModelExtractor, connect
from summarizer.resources import prompt_tag, read_prompt, read_schema
from summarizer.settings import Settings
from tests.build import NEWS, article, draft
from tests.fake_service import Answer, completion, failure, fake_service
from tests.faults import BUSY, FAULTS, GOOD, Fault, extractor, run


def repair_json(**changes: object) -> str:
    nothing: dict[str, object] = {
        "numbers": [],
        "quotes": [],
        "policies": [],
        "parks": [],
        "summary": None,
        "period": None,
    }
    return json.dumps(nothing | changes, ensure_ascii=False)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_fault_costs_its_calls_and_has_its_message(fault: Fault) -> None:
    seen = run(fault)
    assert (seen.calls, seen.outcome) == (fault.calls, fault.outcome), seen.message
    assert seen.attempts == seen.calls
    assert fault.words in seen.message
    assert "\n" not in seen.message


def test_fault_names_are_unique() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("429, Retry-After 7 s, then good", 7.0, 7.5),
        ("429, retry-after-ms 1500, then good", 1.5, 2.0),
        ("429, Retry-After as a date, then good", 17.0, 20.5),
        ("429, Retry-After past, then good", 0.5, 1.0),
        ("429, Retry-After unreadable, then good", 0.5, 1.0),
        ("missing sentence number, then good", 0.0, 0.0),
    ],
)
def test_the_wait_is_what_the_service_asks_or_random(name: str, low: float, high: float) -> None:
    [fault] = [fault for fault in FAULTS if fault.name == name]
    [wait] = run(fault).waits
    assert low <= wait <= high


def test_random_waits_double_up_to_the_cap() -> None:
    fault = Fault("", lambda: (BUSY,), 7, settings={"busy_retries": 6, "max_wait_seconds": 10.0})
    waits = run(fault).waits
    for wait, ceiling in zip(waits, (1, 2, 4, 8, 10, 10), strict=True):
        assert ceiling / 2 <= wait <= ceiling


def test_english_articles_get_the_same_prompt() -> None:
    with fake_service(GOOD) as service, extractor(service) as model:
        extraction = model.extract(article("The zone signed 114 projects.", language="en"))
    assert extraction.prompt == prompt_tag("extract.v1")
    assert service.requests[0]["messages"][0]["content"] == read_prompt("extract.v1")


def test_a_key_never_shows_in_a_message() -> None:
    key = "sk-" + "s" * 30
    echo = failure(400, f"bad key {key} in request")
    for answer, kind in ((echo, BadRequest), (failure(401, f"no such key {key}"), WrongKey)):
        with fake_service(answer) as service, extractor(service, api_key=key) as model:
            with pytest.raises(kind) as caught:
                model.extract(article())
            assert service.headers[0]["authorization"] == f"Bearer {key}"
        assert key not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(400, '{"detail": [{"loc": ["body"]}]}'), "[{'loc': ['body']}]"),
        (Answer(400, '{"error": "no such thing"}'), "HTTP 400: no such thing"),
        (Answer(400, ""), "rejected (HTTP 400)"),
        (failure(400, "x" * 500), "xxx…)"),
    ],
)
def test_the_services_own_words_are_found_and_shortened(answer: Answer, words: str) -> None:
    with fake_service(answer) as service, extractor(service) as model, pytest.raises(BadRequest) as caught:
        model.extract(article())
    assert words in str(caught.value)
    assert len(str(caught.value)) < 400


def test_an_article_beyond_the_limit_costs_nothing() -> None:
    with fake_service(GOOD) as service, extractor(service, max_article_chars=10) as model:
        with pytest.raises(ArticleTooLong, match=r"'头条' has 67 characters, more than the 10 .* --extractor rules"):
            model.extract(article(title="头条"))
        with pytest.raises(ArticleTooLong, match="sha256:"):
            model.repair(article(), draft(), [])
        with pytest.raises(ArticleTooLong, match="sha256:"):
            model.complete(article(), draft(), [])
    assert service.calls == 0


def test_a_missing_key_is_named_before_anything_is_sent() -> None:
    with pytest.raises(SettingsError, match=r"set OPENAI_API_KEY or SUMMARIZER_API_KEY, or .* --base-url"):
        connect(Settings(model="m"))


def test_a_missing_model_is_named_before_anything_is_sent() -> None:
    with pytest.raises(SettingsError, match="--model or SUMMARIZER_MODEL"):
        connect(Settings(api_key="sk-1"))


@pytest.mark.parametrize("key", ["sk-”", "sk-1\nsk-2"])
def test_a_key_that_was_copied_badly_is_told(key: str) -> None:
    with pytest.raises(SettingsError, match="characters that no key has"):
        connect(Settings(model="m", api_key=key))


def test_a_malformed_address_is_told() -> None:
    with pytest.raises(SettingsError, match="write it as https://host/v1"):
        connect(Settings(model="m", api_key="sk-1", base_url="http://host:port/v1"))


def test_the_address_in_a_message_has_no_password() -> None:
    def refuse(_request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(401, json={})

    settings = Settings(model="m", api_key="k", base_url="https://me:secret@api.example.cn:8443/v1")
    with ModelExtractor(settings, transport=httpx2.MockTransport(refuse)) as model, pytest.raises(WrongKey) as caught:
        model.extract(article())
    assert str(caught.value).startswith("model 'm' at api.example.cn:8443: ")


def test_failures_leave_standard_error_clean(capfd: pytest.CaptureFixture[str]) -> None:
    with fake_service(BUSY) as service, extractor(service) as model, pytest.raises(ServiceBusy):
        model.extract(article())
    assert capfd.readouterr().err == ""


def test_a_repair_asks_for_the_flagged_items_alone() -> None:
    number = {"metric": "总投资", "text": "560.6亿元", "park": None, "period": "上半年", "status": "actual", "at": 2}
    reply = repair_json(numbers=[{"item": 1, "withdraw": False, **number}])
    with fake_service(completion(reply)) as service, extractor(service) as model:
        repaired = model.repair(article(), draft(), [Complaint("numbers.1", "the park\nis not in the sentence")])
    assert repaired is not None
    assert repaired.draft.numbers[1].park is None
    assert repaired.draft.numbers[0] == draft().numbers[0]
    assert repaired.withdrawn == ()
    assert repaired.spent == Spent(attempts=1, prompt=100, completion=10)
    assert repaired.prompt == prompt_tag("repair.v1")
    [request] = service.requests
    system, user = (message["content"] for message in request["messages"])
    assert system == f"{read_prompt('extract.v1')}\n\n{read_prompt('repair.v1')}"
    assert user.splitlines()[-1].startswith('numbers.1 {"metric":"总投资","text":"560.6亿元"')
    assert user.splitlines()[-1].endswith("the park is not in the sentence")
    assert request["response_format"]["json_schema"]["schema"] == json.loads(read_schema("repair.v1"))


def test_a_repair_starts_with_the_words_of_the_first_request() -> None:
    with fake_service(GOOD, completion(repair_json())) as service, extractor(service) as model:
        model.extract(article())
        model.repair(article(), draft(), [Complaint("quotes.0", "altered")])
    first, second = service.requests
    for before, after in zip(first["messages"], second["messages"], strict=True):
        assert after["content"].startswith(before["content"])


def test_a_repair_in_tools_mode_reads_its_arguments() -> None:
    number = {"item": 1, "withdraw": True}
    answer = completion(arguments=repair_json(numbers=[number]))
    with fake_service(answer) as service, extractor(service, mode="tools") as model:
        repaired = model.repair(article(), draft(), [Complaint("numbers.1", "absent")])
    assert repaired is not None
    assert repaired.withdrawn == ("numbers.1",)
    assert len(repaired.draft.numbers) == 1


def test_nothing_is_sent_where_nothing_can_be_repaired() -> None:
    with fake_service(GOOD) as service, extractor(service) as model:
        assert model.repair(article(), draft(), [Complaint("numbers.99", "x"), Complaint("check", "y")]) is None
        assert model.complete(article(), draft(), []) is None
    assert service.calls == 0


def test_importing_the_extractor_loads_no_heavy_library() -> None:
    code = (
        "import sys, summarizer.extract, summarizer.extract.model, summarizer.extract.wire, summarizer.extract.reply;"
        "import summarizer.extract.gate;"
        "print(sorted({'openai', 'instructor', 'tenacity', 'httpx2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_news_of_the_tests_is_split_into_three_sentences() -> None:
    assert [sentence.text for sentence in article().sentences] == NEWS.split("\n")
