"""Recording an exchange, and answering from it."""

import errno
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from summarizer.errors import NotRecorded, SettingsError, WrongKey
from summarizer.extract.extraction import Complaint
from summarizer.extract.model import ModelExtractor, connect
from summarizer.extract.recording import RecordingTransport, read_recording, recorded_models
from summarizer.settings import Settings
from tests.build import article, draft, draft_json
from tests.fake_service import completion, failure, fake_service
from tests.faults import BUSY, GOOD, GOOD_CALL, NO_SCHEMA, WITHOUT_AT
from tools.hide_requests import hidden

KEY = "sk-" + "k" * 30


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "tape.json"


def full(*_args: object, **_kwargs: object) -> int:
    """Be a full disk."""
    raise OSError(errno.ENOSPC, "No space left on device")


def no_wait(_seconds: float) -> None:
    """Do not wait."""


def recorder(url: str, tape: Path, **settings: object) -> ModelExtractor:
    found = {"model": "fake-1", "base_url": url, "api_key": KEY, "record": tape, **settings}
    return ModelExtractor(Settings.model_validate(found), sleep=no_wait)


def player(tape: Path, **settings: object) -> ModelExtractor:
    return ModelExtractor(Settings.model_validate({"replay": tape, **settings}), sleep=no_wait)


def post(
    transport: httpx2.BaseTransport, body: object, url: str = "https://a.cn/v1/chat/completions"
) -> httpx2.Response:
    with httpx2.Client(transport=transport) as client:
        return client.post(url, json=body, headers={"authorization": f"Bearer {KEY}"})


def counting(answers: Iterator[httpx2.Response]) -> httpx2.MockTransport:
    return httpx2.MockTransport(lambda _request: next(answers))


def text_answers(*texts: str) -> httpx2.MockTransport:
    return counting(httpx2.Response(200, text=text) for text in texts)


def test_a_recorded_run_replays_without_the_service(tape: Path) -> None:
    with (
        fake_service(NO_SCHEMA, completion(arguments=WITHOUT_AT), BUSY, GOOD_CALL) as service,
        recorder(service.url, tape) as model,
    ):
        recorded = model.extract(article())
    with player(tape) as model:
        assert model.extract(article()) == recorded
    assert recorded.spent.attempts == 4


def test_a_repair_replays_too(tape: Path) -> None:
    reply = '{"numbers": [{"item": 0, "withdraw": true}], "period": null}'
    with fake_service(completion(reply)) as service, recorder(service.url, tape) as model:
        recorded = model.repair(article(), draft(), [Complaint("numbers.0", "absent")])
    with player(tape) as model:
        assert model.repair(article(), draft(), [Complaint("numbers.0", "absent")]) == recorded


def test_the_file_is_readable_and_holds_no_secret(tape: Path) -> None:
    with fake_service(GOOD) as service, recorder(service.url, tape) as model:
        model.extract(article())
        address = service.url
    text = tape.read_text(encoding="utf-8")
    assert "西安高新区" in text
    assert KEY not in text
    assert "authorization" not in text.casefold()
    assert address[7:-3] not in text
    kept = json.loads(text)
    assert (kept["recording"], kept["note"], len(kept["exchanges"])) == ("v1", None, 1)
    [exchange] = kept["exchanges"]
    assert exchange["composed"] is False
    assert (exchange["request"]["method"], exchange["request"]["path"]) == ("POST", "/chat/completions")
    assert exchange["response"]["headers"] == {"content-type": "application/json"}
    assert list(tape.parent.iterdir()) == [tape]


def test_answers_that_could_show_a_part_of_the_key_are_not_kept(tape: Path) -> None:
    with (
        fake_service(failure(401, "Incorrect API key provided: sk-kk**kk")) as service,
        recorder(service.url, tape) as model,
        pytest.raises(WrongKey),
    ):
        model.extract(article())
    assert read_recording(tape).exchanges == ()


def test_a_retry_after_is_kept(tape: Path) -> None:
    waits: list[float] = []
    limited = failure(429, "slow", retry_after="3", x_request_id="r-1")
    with fake_service(limited, GOOD) as service, recorder(service.url, tape) as model:
        model.extract(article())
    with ModelExtractor(Settings(replay=tape), sleep=waits.append) as model:
        assert model.extract(article()).spent.attempts == 2
    assert 3 <= waits[0] < 4
    assert "r-1" not in tape.read_text(encoding="utf-8")


def test_the_same_request_gets_its_answers_in_order(tape: Path) -> None:
    recording = RecordingTransport(tape, text_answers("甲", "乙"))
    assert [post(recording, {"a": 1}).text for _ in range(2)] == ["甲", "乙"]
    replay = RecordingTransport(tape)
    assert [post(replay, {"a": 1}).text for _ in range(2)] == ["甲", "乙"]
    assert post(replay, {"a": 1}).status_code == 400


def test_recording_goes_on_where_the_file_ends(tape: Path) -> None:
    post(RecordingTransport(tape, text_answers("甲")), {"a": 1})
    second = RecordingTransport(tape, text_answers("乙"))
    assert [post(second, {"a": 1}).text, post(second, {"a": 2}).text] == ["甲", "乙"]
    assert len(read_recording(tape).exchanges) == 2


def test_the_base_url_and_the_order_of_keys_do_not_matter(tape: Path) -> None:
    post(RecordingTransport(tape, text_answers("甲")), {"a": 1, "b": 2})
    other = post(RecordingTransport(tape), {"b": 2, "a": 1}, "http://127.0.0.1:9/openai/deployments/x/chat/completions")
    assert other.text == "甲"


def test_the_version_of_pydantic_does_not_matter(tape: Path) -> None:
    post(RecordingTransport(tape, text_answers("甲")), {"a": "see https://errors.pydantic.dev/2.11/v/missing"})
    assert post(RecordingTransport(tape), {"a": "see https://errors.pydantic.dev/2.14/v/missing"}).text == "甲"
    assert post(RecordingTransport(tape), {"a": "see https://errors.pydantic.dev/2.14/v/int"}).status_code == 400


def test_bodies_that_are_no_json_and_lone_surrogates_survive(tape: Path) -> None:
    texts = ("<html>", '"a string"', '{"a": "\\ud800"}', "")
    recording = RecordingTransport(tape, text_answers(*texts))
    live = [post(recording, {"n": place}).text for place in range(len(texts))]
    replay = RecordingTransport(tape)
    assert [post(replay, {"n": place}).text for place in range(len(texts))] == live
    assert live[:2] == list(texts[:2])


def test_a_recording_whose_requests_are_hidden_replays(tape: Path) -> None:
    with fake_service(GOOD) as service, recorder(service.url, tape) as extractor:
        recorded = extractor.extract(article())
    shown = read_recording(tape)
    tape.write_text(hidden(shown).model_dump_json(), encoding="utf-8")
    assert "签约" in str(shown.exchanges[0].request.body)
    assert str(read_recording(tape).exchanges[0].request.body).startswith("sha256:")
    assert recorded_models(tape) == ("fake-1-0613",)
    with player(tape, model="fake-1") as extractor:
        assert extractor.extract(article()).draft == recorded.draft


def test_requests_without_a_body_or_messages_are_matched_too(tape: Path) -> None:
    with httpx2.Client(transport=RecordingTransport(tape, text_answers("models"))) as client:
        client.get("https://a.cn/v1/models")
    with httpx2.Client(transport=RecordingTransport(tape)) as client:
        assert client.get("https://b.cn/v1/models").text == "models"
        missed = client.get("https://b.cn/v1/models")
    assert "no answer for model None asked ''" in missed.text


def test_threads_record_every_exchange(tape: Path) -> None:
    transport = RecordingTransport(
        tape, httpx2.MockTransport(lambda request: httpx2.Response(200, content=request.read()))
    )
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: post(transport, {"n": n}), range(48)))
    assert len(read_recording(tape).exchanges) == 48


def test_a_miss_says_what_was_asked_and_how_to_record_it(tape: Path) -> None:
    with fake_service(GOOD) as service, recorder(service.url, tape) as model:
        model.extract(article())
    with player(tape) as model, pytest.raises(NotRecorded) as caught:
        model.extract(article("不支持 response_format 的另一篇", published=None))
    message = str(caught.value)
    assert message.startswith(f"recording {str(tape)!r} has no answer for model 'fake-1' asked '<article> [1] 不支持")
    assert message.endswith("record it with --record FILE and a key")
    assert caught.value.attempts == 1


def test_the_model_of_the_recording_is_the_default(tape: Path) -> None:
    with fake_service(GOOD) as service, recorder(service.url, tape) as model:
        model.extract(article())
    assert recorded_models(tape) == ("fake-1",)
    with player(tape) as model:
        assert model.extract(article()).draft == draft()


def test_two_models_in_a_recording_need_a_choice(tape: Path) -> None:
    with fake_service(GOOD) as service:
        for name in ("b", "a", "b"):
            with recorder(service.url, tape, model=name) as model:
                model.extract(article())
    assert recorded_models(tape) == ("b", "a")
    with pytest.raises(SettingsError, match="holds the models b, a; name one with --model"):
        player(tape)
    with player(tape, model="a") as model:
        assert model.extract(article()).model == "fake-1-0613"


def test_a_recording_without_models_needs_one(tape: Path) -> None:
    tape.write_text('{"recording": "v1", "exchanges": []}', encoding="utf-8")
    with pytest.raises(SettingsError, match="names no model; name one with --model or SUMMARIZER_MODEL"):
        player(tape)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "cannot be read: No such file or directory; check the file named with --record or --replay"),
        ("{", "is not JSON"),
        ("\udcff", "is not JSON"),
        ("[]", "malformed at its top"),
        ('{"recording": "v2"}', "malformed at recording"),
        ('{"recording": "v1", "exchanges": [{"request": {}}]}', "malformed at exchanges.0.request.method"),
    ],
)
def test_a_file_that_is_no_recording_is_told_in_one_line(tape: Path, text: str | None, words: str) -> None:
    if text is not None:
        tape.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError) as caught:
        player(tape, model="m")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_hand_written_recording_may_have_a_note(tape: Path) -> None:
    reply = {"choices": [{"message": {"content": draft_json()}}]}
    with fake_service(GOOD) as service, recorder(service.url, tape) as model:
        model.extract(article())
    kept = json.loads(tape.read_text(encoding="utf-8"))
    kept["note"] = "written by hand"
    kept["exchanges"][0] |= {"composed": True, "response": {"status": 200, "headers": {}, "body": reply}}
    tape.write_text(json.dumps(kept), encoding="utf-8")
    with player(tape) as model:
        assert model.extract(article()).draft == draft()


@pytest.mark.parametrize("place", ["absent/tape.json", "."])
def test_an_unwritable_place_is_told_before_anything_is_sent(tmp_path: Path, place: str) -> None:
    with fake_service(GOOD) as service, pytest.raises(SettingsError, match="cannot be"):
        recorder(service.url, tmp_path / place)
    assert service.calls == 0


def test_a_full_disk_loses_no_reply_and_is_told_at_the_end(tape: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_service(GOOD) as service:
        model = recorder(service.url, tape)
        monkeypatch.setattr(Path, "write_text", full)
        assert model.extract(article()).draft == draft()
        with pytest.raises(SettingsError, match="cannot be written: No space left on device; free some space"):
            model.close()


def test_a_disk_that_has_room_again_gets_everything(tape: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    transport = RecordingTransport(tape, text_answers("甲", "乙"))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        post(transport, {"a": 1})
    post(transport, {"a": 2})
    transport.finish()
    assert len(read_recording(tape).exchanges) == 2


def test_an_error_in_flight_is_told_rather_than_a_full_disk(tape: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Both must happen inside for the error to be in flight when the recorder closes.
    with fake_service(GOOD) as service, pytest.raises(ZeroDivisionError), recorder(service.url, tape) as model:  # noqa: PT012
        monkeypatch.setattr(Path, "write_text", full)
        model.extract(article())
        _ = 1 / 0


def test_a_replay_needs_neither_key_nor_address(tape: Path) -> None:
    with fake_service(GOOD) as service, recorder(service.url, tape) as model:
        model.extract(article())
    with connect(Settings(replay=tape)) as model:
        assert model.extract(article()).draft == draft()
