"""Questions that are filled in are those that instructor and the SDK would have written."""

import json
from collections.abc import Sequence
from typing import Any

import httpx2
import instructor
import openai
import pytest
from pydantic import BaseModel

from summarizer.draft import Draft
from summarizer.extract.shape import MODES, REPLIES, Shapes
from summarizer.settings import Settings
from tests.build import article
from tests.fake_service import FakeService, completion, fake_service
from tests.faults import GOOD, WITHOUT_AT, extractor

TEXTS = ('  系统 {{x}} {% y\n"引" \\ \u2028 ', "\t高新区　@@text-0@@ <article>\x00 %s\n\n")
MESSAGES = [{"role": role, "content": text} for role, text in zip(("system", "user"), TEXTS, strict=True)]
SETTINGS = Settings(model="m", api_key="k", base_url="https://a.cn/llm/v1", timeout_seconds=9.0)


def written_by_the_libraries(mode: str, reads: type[BaseModel], messages: Sequence[dict[str, str]]) -> httpx2.Request:
    """Return what instructor sends through the SDK, but for `strict`, which it has no way to ask for."""
    sent: list[httpx2.Request] = []

    def refuse(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(400, json={})

    client = openai.OpenAI(
        api_key="k",
        base_url="https://a.cn/llm/v1",
        max_retries=0,
        timeout=9.0,
        http_client=openai.DefaultHttpxClient(transport=httpx2.MockTransport(refuse)),
    )
    ask = instructor.patch(create=client.chat.completions.create, mode=MODES[mode])
    with pytest.raises(instructor.core.InstructorRetryException):
        ask(response_model=REPLIES[reads], messages=list(messages), model="m", max_retries=0)
    return sent[0]


def body(request: httpx2.Request) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request.content)
    return found


@pytest.mark.parametrize("reads", REPLIES, ids=lambda reads: reads.__name__)
@pytest.mark.parametrize("mode", MODES)
def test_a_question_is_what_the_libraries_would_have_sent(mode: str, reads: type[BaseModel]) -> None:
    theirs = written_by_the_libraries(mode, reads, MESSAGES)
    ours = Shapes(SETTINGS, "m", "k").shape(mode, REPLIES[reads], MESSAGES).question(MESSAGES).written({})
    expected = body(theirs)
    if mode == "strict-schema":
        expected["response_format"]["json_schema"] |= {"strict": True, "name": reads.__name__}
    assert body(ours) == expected
    assert (ours.method, ours.url) == (theirs.method, theirs.url)
    assert ours.extensions == theirs.extensions
    same = {name: text for name, text in theirs.headers.items() if name != "content-length"}
    assert dict(ours.headers) == same | {"content-length": str(len(ours.content))}


def test_the_limit_of_the_reply_stands_under_the_name_that_is_given() -> None:
    question = Shapes(SETTINGS, "m", "k").shape("json", REPLIES[Draft], MESSAGES).question(MESSAGES)
    limited = body(question.written({"max_completion_tokens": 700}))
    assert limited == body(question.written({})) | {"max_completion_tokens": 700}


def test_other_roles_have_a_shape_of_their_own() -> None:
    shapes = Shapes(SETTINGS, "m", "k")
    for messages in (MESSAGES, MESSAGES[1:], [*MESSAGES, MESSAGES[1]]):
        question = shapes.shape("fenced-json", REPLIES[Draft], messages).question(messages)
        assert body(question.written({})) == body(written_by_the_libraries("fenced-json", Draft, messages))


def _asked(service: FakeService, monkeypatch: pytest.MonkeyPatch, questions: int) -> int:
    """Return how often instructor was called for so many questions."""
    calls = []
    patch = instructor.patch

    def counting(**options: Any) -> Any:  # noqa: ANN401 - what instructor takes and gives
        calls.append(options)
        return patch(**options)

    monkeypatch.setattr(instructor, "patch", counting)
    with extractor(service) as model:
        for _ in range(questions):
            model.extract(article())
    return len(calls)


def test_the_libraries_write_the_first_question_of_a_kind_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_service(GOOD) as service:
        assert _asked(service, monkeypatch, 3) == 1
    assert service.requests[0] == service.requests[2]


def test_a_reply_that_does_not_fit_is_paid_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_service(completion(WITHOUT_AT), GOOD) as service:
        assert _asked(service, monkeypatch, 2) == 2
    assert service.calls == 3
