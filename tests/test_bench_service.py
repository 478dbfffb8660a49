"""The fake service that batches are measured against: what it answers, refuses, spoils and counts."""

import asyncio
import json
from collections import Counter
from typing import Any

import pytest

from bench.archive.articles import compose, mark_of, reprint, true_draft
from bench.archive.faults import KINDS, Faults, read_faults
from bench.archive.limits import Bucket, Limits
from bench.archive.replies import MODEL, answer_to, read_question, reply
from bench.archive.server import Connection, Options, Plan, Service
from summarizer.draft import Draft
from summarizer.extract.extraction import Complaint
from summarizer.extract.shape import AdditionsReply, DraftReply, RepairReply
from summarizer.extract.wire import complete_request, extract_request, repair_request
from summarizer.page_split import PageSplit
from summarizer.pages import whole_article
from summarizer.read import document_from_text
from summarizer.resources import read_prompt


def asked(serial: int, *, escaped: bool = False, **more: object) -> bytes:
    messages = extract_request(whole_article(document_from_text(compose(serial).text))).messages
    return json.dumps({"messages": messages, **more}, ensure_ascii=escaped).encode()


def completion(plan: Plan) -> dict[str, Any]:
    head, _, body = plan.payload.partition(b"\r\n\r\n")
    assert f"content-length: {len(body)}" in head.decode()
    answered: dict[str, Any] = json.loads(body)
    return answered


@pytest.mark.parametrize("escaped", [False, True])
def test_an_article_is_answered_with_its_true_draft(escaped: bool) -> None:
    answered = completion(Service(Options()).ask(asked(1234, escaped=escaped)))
    [choice] = answered["choices"]
    assert json.loads(choice["message"]["content"]) == true_draft(compose(1234))
    assert (choice["finish_reason"], answered["model"]) == ("stop", MODEL)
    usage = answered["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert 700 < usage["prompt_tokens"] < 2500
    assert 400 < usage["completion_tokens"] < 1200


def test_a_tool_that_must_be_called_is_called() -> None:
    tool = {"type": "function", "function": {"name": "DraftReply"}}
    [choice] = completion(Service(Options()).ask(asked(5, tool_choice=tool)))["choices"]
    [call] = choice["message"]["tool_calls"]
    assert call["function"]["name"] == "DraftReply"
    assert json.loads(call["function"]["arguments"]) == true_draft(compose(5))


def test_a_reprint_is_known_by_the_mark_of_its_body() -> None:
    messages = extract_request(whole_article(document_from_text(reprint(77, 3).text))).messages
    assert read_question(json.dumps(messages).encode()).serial == 3


def test_later_questions_get_an_empty_answer_that_can_be_read() -> None:
    article = whole_article(document_from_text(compose(9).text))
    draft = Draft.model_validate(true_draft(compose(9)))
    start = article.text.index(compose(9).numbers[0].text)
    complete = complete_request(article, draft, [article.raw_span(start, start + 2)])
    repair = repair_request(article, draft, [Complaint("numbers.0", "digits: 3")])
    assert complete is not None
    assert repair is not None
    for kind, request, reads in (("complete", complete, AdditionsReply), ("repair", repair, RepairReply)):
        question = read_question(json.dumps(request.messages, ensure_ascii=False).encode())
        assert (question.kind, question.serial) == (kind, 9)
        text = answer_to(question)
        assert text is not None
        reads.model_validate_json(json.loads(reply(question, text))["choices"][0]["message"]["content"])
    split = read_question(json.dumps(read_prompt("split.v1")).encode())
    text = answer_to(split)
    assert split.kind == "split"
    assert text is not None
    PageSplit.model_validate_json(text.content)


def test_a_strict_schema_does_not_change_what_is_asked_for() -> None:
    for schema, kind in ((DraftReply, "draft"), (RepairReply, "repair"), (AdditionsReply, "complete")):
        body = json.dumps({"response_format": schema.model_json_schema()}).encode()
        assert read_question(body).kind == kind


def test_a_question_without_a_mark_is_refused() -> None:
    service = Service(Options())
    plan = service.ask(b'{"messages": "about_park GX12"}')
    assert plan.payload.startswith(b"HTTP/1.1 400 ")
    assert service.counts.stats()["unknown"] == 1


def test_a_range_of_latencies_is_spread_by_article_and_kept_to() -> None:
    delays = [Service(Options(latency=(0.2, 0.9))).ask(asked(serial)).delay for serial in range(60)]
    assert all(0.2 <= delay <= 0.9 for delay in delays)
    assert max(delays) - min(delays) > 0.5
    assert delays[7] == Service(Options(latency=(0.2, 0.9))).ask(asked(7)).delay


def test_faults_follow_from_article_and_attempt() -> None:
    faults = read_faults("mixed=0.2")
    drawn = [faults.of(serial, 1) for serial in range(20_000)]
    assert drawn == [faults.of(serial, 1) for serial in range(20_000)]
    shares = Counter(drawn)
    assert {kind: round(shares[kind] / 20_000, 2) for kind in KINDS} == dict.fromkeys(KINDS, 0.03)
    again = [faults.of(serial, 2) is not None for serial in range(20_000) if drawn[serial]]
    assert 0.17 < sum(again) / len(again) < 0.23


def test_only_the_first_calls_fail_but_for_sticky_articles() -> None:
    faults = read_faults("500=1,first=2,sticky=0.05")
    sticky = [serial for serial in range(5000) if faults.of(serial, 3)]
    assert 0.04 < len(sticky) / 5000 < 0.06
    assert all(faults.of(serial, 2) for serial in range(5000))
    assert all(faults.of(serial, attempt) == faults.of(serial, 1) for serial in sticky for attempt in range(1, 9))


def test_a_fault_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="'418' is no fault"):
        read_faults("418=0.1")


def spoiled(fault: str) -> tuple[Plan, dict[str, Any]]:
    service = Service(Options(faults=Faults(shares=((fault, 1.0),), wait=3.0, retry_after=7)))
    plan = service.ask(asked(1))
    service.counts.end(1, plan.question.prompt_tokens, plan.tokens)
    return plan, service.counts.stats()


def test_what_a_fault_does_to_an_answer() -> None:
    busy, _ = spoiled("429")
    assert busy.payload.startswith(b"HTTP/1.1 429 ")
    assert b"\r\nretry-after: 7\r\n" in busy.payload
    assert spoiled("500")[0].payload.startswith(b"HTTP/1.1 500 ")
    assert (spoiled("timeout")[0].act, spoiled("timeout")[0].delay) == ("hang", 3.0)
    assert spoiled("reset")[0].act == "reset"
    assert b"text/html" in spoiled("html")[0].payload
    for fault, finish in (("length", "length"), ("broken", "stop")):
        [choice] = completion(spoiled(fault)[0])["choices"]
        assert choice["finish_reason"] == finish
        with pytest.raises(json.JSONDecodeError):
            json.loads(choice["message"]["content"])


def test_only_replies_with_a_usage_are_paid_for() -> None:
    paid = {fault for fault in KINDS if spoiled(fault)[1]["answered"]}
    assert paid == {"length", "broken"}
    assert {fault: spoiled(fault)[1]["faults"] for fault in KINDS} == {fault: {fault: 1} for fault in KINDS}


def test_a_bucket_fills_continuously_up_to_its_burst() -> None:
    bucket = Bucket(600, burst=2.0, now=0.0)  # ten a second, twenty at most
    assert bucket.lack(20) == 0
    bucket.level -= 20
    bucket.fill(0.5)
    assert bucket.level == pytest.approx(5)
    assert bucket.lack(10) == pytest.approx(0.5)
    bucket.fill(100)
    assert bucket.level == 20
    assert bucket.lack(1000) == 0  # else it would never be granted


def test_a_call_over_the_limit_is_told_when_to_come_again() -> None:
    limits = Limits(tpm=6000, rpm=60, burst=10.0, now=0.0)
    assert limits.take(950, 0.0) is None
    refusal = limits.take(300, 0.0)
    assert refusal is not None
    assert (refusal.what, refusal.retry_after) == ("tokens", 3)
    assert refusal.seconds == pytest.approx(2.5)
    assert limits.take(300, 2.51) is None
    assert "x-ratelimit-limit-tokens: 6000" in limits.headers()
    assert [limits.take(0, 2.51) for _ in range(9)].count(None) == 9
    last = limits.take(0, 2.51)
    assert last is not None
    assert last.what == "requests"


def test_rejected_calls_are_counted_and_cost_nothing() -> None:
    service = Service(Options(tpm=20_000, headers=True))  # 3,333 saved up: one call of about 2,100
    plans = [service.ask(asked(serial)) for serial in range(3)]
    assert [plan.payload.split()[1] for plan in plans] == [b"200", b"429", b"429"]
    stats = service.counts.stats()
    assert (stats["rejected"], stats["rejected_after_10s"]) == (2, 0)
    assert stats["tokens_granted"] == plans[0].question.prompt_tokens + plans[0].tokens
    assert b"x-ratelimit-remaining-tokens: " in plans[0].payload


async def talk(service: Service, *requests: bytes) -> list[bytes]:
    server = await asyncio.get_running_loop().create_server(lambda: Connection(service), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    answers = []
    for request in requests:
        for place in range(0, len(request), 4000):  # as a socket delivers it: in pieces
            writer.write(request[place : place + 4000])
            await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        answers.append(await reader.readexactly(length))
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()
    return answers


def post(path: str, body: bytes) -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def test_one_connection_carries_many_questions_and_the_counts() -> None:
    question = post("/v1/chat/completions", asked(3))
    stats = b"GET /stats HTTP/1.1\r\nHost: x\r\n\r\n"
    requests = (question, question, stats, post("/reset", b""), stats, b"GET /nothing HTTP/1.1\r\n\r\n")
    first, second, counted, _, cleared, nothing = asyncio.run(talk(Service(Options()), *requests))
    assert first == second
    assert mark_of(3).encode() not in first
    seen = json.loads(counted)
    assert (seen["calls"], seen["answered"], seen["connections"], seen["peak_in_flight"]) == (2, 2, 1, 1)
    assert seen["by_article"] == {"3": [2, 2]}
    assert json.loads(cleared)["calls"] == 0
    assert b"nothing is served" in nothing
