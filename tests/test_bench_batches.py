"""The fake provider's batches, asked through the real SDK: results shuffled, errors apart, partial where cut short."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import openai
import pytest
from openai.types import Batch

from bench.archive.articles import compose, true_draft
from bench.archive.batches import BatchOptions
from bench.archive.server import Connection, Options, Service

ENDPOINT: Final = "/v1/chat/completions"


def request(serial: int, custom_id: str | None = None, url: str = ENDPOINT) -> dict[str, Any]:
    body = {"model": "m", "messages": [{"role": "user", "content": f"about_park {compose(serial).text}"}]}
    return {"custom_id": custom_id or f"a{serial}", "method": "POST", "url": url, "body": body}


class Results(NamedTuple):
    batch: Batch
    made: list[dict[str, Any]]
    failed: list[dict[str, Any]]
    stats: dict[str, Any]


def create(client: openai.OpenAI, requests: Sequence[dict[str, Any]]) -> Batch:
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in requests)
    uploaded = client.files.create(file=("lines.jsonl", lines.encode()), purpose="batch")
    assert client.files.content(uploaded.id).content == lines.encode()
    return client.batches.create(
        input_file_id=uploaded.id,
        endpoint=ENDPOINT,
        completion_window="24h",
        metadata={"part": "1"},
    )


def settled(client: openai.OpenAI, batch: Batch) -> Batch:
    while batch.status not in ("completed", "failed", "expired", "cancelled"):
        batch = client.batches.retrieve(batch.id)
    return batch


def lines_of(client: openai.OpenAI, name: str | None) -> list[dict[str, Any]]:
    return [json.loads(line) for line in client.files.content(name).text.splitlines()] if name else []


def run(options: BatchOptions, talk: Callable[[openai.OpenAI], Batch]) -> Results:
    """Run a service while `talk` talks to it; return its batch with the files."""
    service = Service(Options(batches=options))

    def blocking(port: int) -> Results:
        with openai.OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="none", max_retries=0) as client:
            batch = talk(client)
            made, failed = lines_of(client, batch.output_file_id), lines_of(client, batch.error_file_id)
        return Results(batch, made, failed, service.counts.stats())

    async def served() -> Results:
        server = await asyncio.get_running_loop().create_server(lambda: Connection(service), "127.0.0.1", 0)
        async with server:
            return await asyncio.to_thread(blocking, server.sockets[0].getsockname()[1])

    return asyncio.run(served())


def whole(count: int) -> Callable[[openai.OpenAI], Batch]:
    return lambda client: settled(client, create(client, [request(serial) for serial in range(count)]))


def test_a_batch_gives_every_article_its_true_draft_in_another_order() -> None:
    batch, made, failed, stats = run(BatchOptions(seconds=0), whole(30))
    assert batch.status == "completed"
    assert not failed
    assert batch.error_file_id is None
    assert batch.metadata == {"part": "1"}
    assert batch.request_counts is not None
    assert (batch.request_counts.total, batch.request_counts.completed, batch.request_counts.failed) == (30, 30, 0)
    names = [line["custom_id"] for line in made]
    assert names != sorted(names)
    assert names != [f"a{serial}" for serial in range(30)]
    for line in made:
        body = line["response"]["body"]
        assert json.loads(body["choices"][0]["message"]["content"]) == true_draft(compose(int(line["custom_id"][1:])))
        assert body["usage"]["completion_tokens"] > 0
    assert (stats["calls"], stats["answered"]) == (30, 30)


def test_a_share_of_the_lines_fails_and_not_for_ever() -> None:
    def twice(client: openai.OpenAI) -> Batch:
        first = settled(client, create(client, [request(serial) for serial in range(60)]))
        failed = [int(line["custom_id"][1:]) for line in lines_of(client, first.error_file_id)]
        assert 6 < len(failed) < 30
        return settled(client, create(client, [request(serial) for serial in failed]))

    batch, made, failed, stats = run(BatchOptions(seconds=0, errors=0.3), twice)
    assert made
    assert all(line["response"]["status_code"] == 500 for line in failed)
    assert batch.request_counts is not None
    assert batch.request_counts.failed == len(failed) < 12
    assert stats["answered"] == 60 - len(failed)


def test_a_batch_that_expires_gives_half_and_names_the_rest() -> None:
    def second(client: openai.OpenAI) -> Batch:
        assert settled(client, create(client, [request(7)])).status == "completed"
        return whole(20)(client)

    batch, made, failed, _ = run(BatchOptions(seconds=0, expire=2), second)
    assert batch.status == "expired"
    assert (len(made), len(failed)) == (10, 10)
    assert {line["error"]["code"] for line in failed} == {"batch_expired"}
    assert all(line["response"] is None for line in failed)
    assert {line["custom_id"] for line in made + failed} == {f"a{serial}" for serial in range(20)}


def test_a_cancelled_batch_gives_what_it_has() -> None:
    def cancel(client: openai.OpenAI) -> Batch:
        batch = create(client, [request(serial) for serial in range(20)])
        assert client.batches.cancel(batch.id).status == "cancelling"
        assert [one.id for one in client.batches.list()] == [batch.id]
        batch = settled(client, batch)
        with pytest.raises(openai.ConflictError):
            client.batches.cancel(batch.id)
        return batch

    batch, made, failed, stats = run(BatchOptions(seconds=3600), cancel)
    assert batch.status == "cancelled"
    assert (len(made), {line["error"]["code"] for line in failed}) == (10, {"batch_cancelled"})
    assert stats["answered"] == 10


def test_an_input_file_that_does_not_fit_fails_the_batch_and_says_where() -> None:
    requests = [request(1), request(2, custom_id="a1"), request(3, url="/v1/embeddings")]
    batch, made, _, stats = run(BatchOptions(seconds=0), lambda client: settled(client, create(client, requests)))
    assert batch.status == "failed"
    assert batch.errors is not None
    assert [(error.code, error.line) for error in batch.errors.data or ()] == [
        ("duplicate_custom_id", 2),
        ("mismatched_endpoint", 3),
    ]
    assert not made
    assert stats["calls"] == 0


def test_what_does_not_exist_is_told() -> None:
    def lost(client: openai.OpenAI) -> Batch:
        with pytest.raises(openai.NotFoundError):
            client.batches.retrieve("batch_9")
        with pytest.raises(openai.NotFoundError):
            client.files.content("file-9")
        with pytest.raises(openai.BadRequestError, match="no such file"):
            client.batches.create(input_file_id="file-9", endpoint=ENDPOINT, completion_window="24h")
        with pytest.raises(openai.BadRequestError, match="purpose=batch"):
            client.files.create(file=("x", b"1"), purpose="assistants")
        return whole(1)(client)

    assert run(BatchOptions(seconds=0), lost).batch.status == "completed"
