"""How a model's replies are read: found in chatter, mended without guessing, refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from summarizer.draft import Draft, DraftNumber
from summarizer.extract.extraction import Spent
from summarizer.extract.reply import bare_json, read_reply
from summarizer.extract.wire import Additions
from tests.build import draft, draft_json
from tests.test_wire import NUMBER, read_number, repair


@pytest.mark.parametrize(
    "wrapped", ['{"numbers": [@]}', '<think>{"numbers": 1}</think> {"additions": {"numbers": [@]}}']
)
def test_a_reply_with_one_key_is_found_too(wrapped: str) -> None:
    number = json.dumps(NUMBER, ensure_ascii=False)
    assert read_reply(Additions, wrapped.replace("@", number)).numbers == (DraftNumber.model_validate(NUMBER),)


def test_a_whole_reply_is_a_draft() -> None:
    assert read_reply(Draft, draft_json()) == draft()
    assert type(read_reply(Draft, draft_json())) is Draft


@pytest.mark.parametrize(
    "wrapped",
    [
        "```json\n@\n```",
        "```\n@\n```",
        '<think>原文是 {"numbers": [1], "period": 2} 吗</think>\n@',
        "没有开头的想法 </think> @",
        "好的，结果如下 {见下}：\n@\n以上 {}。",
        '{"draft": @}',
        "[@]",
    ],
)  # fmt: skip
def test_json_is_found_in_fences_thoughts_and_chatter(wrapped: str) -> None:
    assert read_reply(Draft, wrapped.replace("@", draft_json())) == draft()


def test_raw_line_breaks_in_strings_are_read() -> None:
    assert read_reply(Draft, draft_json(summary="甲乙").replace("甲乙", "甲\n\t乙")).summary == "甲\n\t乙"


def test_a_lone_surrogate_is_replaced() -> None:
    assert read_reply(Draft, draft_json(summary="甲@").replace("@", "\\ud800")).summary == "甲?"


def test_unknown_keys_are_dropped_and_missing_ones_filled() -> None:
    found = read_reply(
        Draft,
        '{"about_park": "是", "title": "x", "numbers": null, "parks": [{"name": "a", "role": "SUBJECT", "x": 1}]}',
    )
    assert found == Draft(
        about_park=True,
        parks=(found.parks[0],),
        period=None,
        summary="",
        numbers=(),
        policies=(),
        quotes=(),
    )
    assert found.parks[0].role == "subject"


@pytest.mark.parametrize("at", [2, "2", "[2]", "［2］", "２", [2], ["2"], 2.0, "2.0", "[ 2 ]"])
def test_a_sentence_number_is_read_in_its_usual_disguises(at: object) -> None:
    assert read_number(at=at).at == 2


@pytest.mark.parametrize("at", [True, "two", [1, 2], 2.5, None, "2-3", {}])
def test_a_sentence_number_is_never_guessed(at: object) -> None:
    with pytest.raises(ValidationError, match=r"numbers\.0\.at"):
        read_number(at=at)


@pytest.mark.parametrize(("text", "read"), [("114个", "114个"), (114, "114"), (10**20, "1" + "0" * 20)])
def test_a_number_given_as_json_number_keeps_its_digits(text: object, read: str) -> None:
    assert read_number(text=text).text == read


def test_a_decimal_keeps_its_zeros() -> None:
    assert (
        read_reply(Draft, draft_json(numbers=[NUMBER | {"text": 0}]).replace('"text": 0', '"text": 12.50'))
        .numbers[0]
        .text
        == "12.50"
    )


@pytest.mark.parametrize("status", ["目标", " Target ", "计划", "TARGET"])
def test_a_status_is_read_in_other_letters_and_in_chinese(status: str) -> None:
    assert read_number(status=status).status == "target"


@pytest.mark.parametrize("nothing", ["", "null", "None", None])
def test_nullable_fields_take_the_words_for_nothing(nothing: object) -> None:
    assert read_number(park=nothing).park is None


def test_the_item_of_a_repair_may_repeat_its_path() -> None:
    assert repair(parks=[{"item": "parks.0", "withdraw": "false", "name": "a", "role": "提及"}]).parks[0].item == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"about_park": None},
        {"about_park": "perhaps"},
        {"summary": ["a"]},
        {"numbers": {"metric": "x"}},
        {"numbers": ["114个"]},
        {"numbers": [NUMBER | {"status": "done"}]},
        {"numbers": [NUMBER | {"status": 1}]},
        {"numbers": [NUMBER | {"text": True}]},
        {"numbers": [{"text": "114个"}]},
        {"parks": [{"name": None, "role": "subject"}]},
    ],
)
def test_what_cannot_be_mended_is_an_error(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        read_reply(Draft, draft_json(**changes))


@pytest.mark.parametrize(
    "text", ["", "  ", "抱歉", "[]", "null", '"x"', "7", "{" * 5000, draft_json()[:-40], '{"a":' * 20000], ids=range(10)
)
def test_a_reply_that_is_no_draft_is_an_error(text: str) -> None:
    with pytest.raises(ValidationError):
        read_reply(Draft, text)


def test_an_item_of_a_draft_that_broke_off_is_not_taken_for_the_draft() -> None:
    cut = draft_json()[:-3]
    assert bare_json(Draft, cut) == cut


@given(st.text(alphabet='{}[]":,0123456789.eE+-\\ \nat</think>` '))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        read_reply(Draft, text)
    except ValidationError:
        return


def test_expenses_add_up() -> None:
    total = Spent(attempts=1, prompt=2, completion=3, cached=4).plus(Spent(attempts=10, prompt=20))
    assert total == Spent(attempts=11, prompt=22, completion=3, cached=4)
