"""The lines of a batch's files: what counts as an answer, and what is to be asked again."""

import io
import json
from typing import Any

import pytest

from summarizer.extract.batch_lines import question_line, read_lines
from summarizer.extract.outcome import Asked
from summarizer.settings import Settings

ASKED = Asked.from_settings(Settings(), "m", "key")
GOOD = {
    "model": "m",
    "choices": [{"message": {"role": "assistant", "content": "{}"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 7, "completion_tokens": 3},
}


def lines(*values: object) -> io.BytesIO:
    return io.BytesIO(b"".join(json.dumps(value).encode() + b"\n" for value in values))


def error(message: str, code: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "code": code, "type": None, "param": None}}


def test_a_question_is_a_line_of_json_that_keeps_its_body_as_it_is() -> None:
    body = '{"model":"m","messages":[{"role":"user","content":"签约项目114个\\n"}]}'
    line = question_line("sha256:abc", body)
    assert line.count(b"\n") == 1
    values = json.loads(line)
    assert (values["custom_id"], values["method"], values["url"]) == ("abc", "POST", "/v1/chat/completions")
    assert body.encode() in line


@pytest.mark.parametrize(
    ("response", "told", "verdict"),
    [
        ({"status_code": 200, "body": GOOD}, None, "answer"),
        ({"status_code": "200", "body": json.dumps(GOOD)}, None, "answer"),
        ({"body": GOOD}, None, "answer"),
        ({"status_code": 200, "body": {"choices": []}}, None, "busy"),
        ({"status_code": 200, "body": "<html>"}, None, "busy"),
        ({"status_code": 500, "body": error("broken")}, None, "busy"),
        ({"status_code": 429, "body": error("slow down")}, None, "busy"),
        ({"status_code": 429, "body": error("quota", "insufficient_quota")}, None, "hopeless"),
        ({"status_code": 401, "body": error("no")}, None, "hopeless"),
        ({"status_code": 400, "body": error("model not found", "model_not_found")}, None, "hopeless"),
        ({"status_code": 400, "body": error("bad seed")}, None, "answer"),
        ({"status_code": 400, "body": None}, None, "answer"),
        (None, {"code": "batch_expired", "message": "not in time"}, "busy"),
        (None, {"code": "data_inspection_failed", "message": "no"}, "answer"),
        (None, None, "busy"),
    ],
)
def test_what_a_line_says(response: object, told: object, verdict: str) -> None:
    [line] = read_lines(lines({"custom_id": "abc", "response": response, "error": told}), ASKED)
    assert (line.name, line.verdict) == ("sha256:abc", verdict)
    assert isinstance(json.loads(line.answer.body), dict | list | str | None)


def test_what_a_completion_cost_is_told() -> None:
    [line] = read_lines(lines({"custom_id": "abc", "response": {"status_code": 200, "body": GOOD}}), ASKED)
    assert (line.status, line.spent.prompt, line.spent.completion) == (200, 7, 3)


def test_a_reply_that_was_cut_at_its_limit_is_an_answer() -> None:
    cut = GOOD | {"choices": [{"message": {"content": "{"}, "finish_reason": "length"}]}
    [line] = read_lines(lines({"custom_id": "abc", "response": {"status_code": 200, "body": cut}}), ASKED)
    assert line.verdict == "answer"


def test_an_answer_that_refuses_the_format_refuses_it_for_all() -> None:
    body = error("response_format 'json_schema' is not supported")
    [line] = read_lines(lines({"custom_id": "abc", "response": {"status_code": 400, "body": body}}), ASKED)
    assert (line.verdict, line.refuses) == ("answer", True)


def test_what_is_no_line_is_left_out() -> None:
    file = lines([], "x", {"custom_id": 5}, {"custom_id": "abc", "response": None})
    file.seek(0, io.SEEK_END)
    file.write(b'{"custom_id": "cut')
    file.seek(0)
    assert [line.name for line in read_lines(file, ASKED)] == ["sha256:abc"]
