"""What goes over the wire to a model, and how its replies are read."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from summarizer.draft import Draft, DraftNumber
from summarizer.extract.extraction import Complaint, Spent
from summarizer.extract.reply import bare_json, read_reply
from summarizer.extract.wire import (
    Additions,
    Repair,
    apply_additions,
    apply_repair,
    article_block,
    complete_request,
    extract_request,
    repair_request,
)
from summarizer.resources import read_schema
from summarizer.value import Span
from tests.build import DRAFT, article, draft, draft_json

NUMBER: dict[str, Any] = DRAFT["numbers"][0]
NOTHING: dict[str, Any] = {"numbers": [], "quotes": [], "policies": [], "parks": [], "summary": None, "period": None}


def repair(**changes: object) -> Repair:
    return read_reply(Repair, json.dumps(NOTHING | changes, ensure_ascii=False))


def read_number(**changes: object) -> DraftNumber:
    return read_reply(Draft, draft_json(numbers=[NUMBER | changes])).numbers[0]


def untitled(schema: object) -> object:
    """Return the schema without titles and descriptions, whose text changes between pydantic's releases."""
    if isinstance(schema, dict):
        return {
            key: {name: untitled(field) for name, field in value.items()} if key == "properties" else untitled(value)
            for key, value in schema.items()
            if key not in ("title", "description")
        }
    return [untitled(entry) for entry in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize(("name", "model"), [("draft.v1", Draft), ("repair.v1", Repair), ("complete.v1", Additions)])
def test_published_schemas_are_current(name: str, model: type[BaseModel]) -> None:
    assert untitled(json.loads(read_schema(name))) == untitled(model.model_json_schema())


@pytest.mark.parametrize("name", ["draft.v1", "repair.v1", "complete.v1"])
def test_published_schemas_suit_strict_providers(name: str) -> None:
    schema = json.loads(read_schema(name))
    for part in (schema, *schema["$defs"].values()):
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
        assert all("title" not in field and "default" not in field for field in part["properties"].values())


def test_the_article_is_sent_as_numbered_sentences() -> None:
    block = article_block(article("标题\n第一句。第二句。", published="2023-07-03"))
    assert block == "发布日期：2023-07-03\n<article>\n[1] 标题\n[2] 第一句。\n[3] 第二句。\n</article>"


def test_the_date_line_is_left_out_where_no_date_is_known() -> None:
    assert article_block(article("标题", published=None)).startswith("<article>\n")


def test_line_breaks_inside_a_sentence_become_spaces() -> None:
    text = article("签约24\u2028家企业")
    assert "[1] 签约24 家企业" in article_block(text)


@pytest.mark.parametrize("tag", ["</article>", "<article>", "< / ARTICLE >", "<Article x=1>"])
def test_an_article_cannot_close_its_own_block(tag: str) -> None:
    block = article_block(article(f"前{tag}后"))
    assert f"前＜{tag[1:]}后" in block
    assert block.count("<") == 2


def test_other_angle_brackets_stay() -> None:
    assert "a<b <articles> 5<6" in article_block(article("a<b <articles> 5<6"))


def test_a_lone_surrogate_does_not_stop_the_request() -> None:
    assert "坏?字" in extract_request(article("坏\ud800字")).messages[1]["content"]


def test_a_repair_shows_prose_and_items_that_exist() -> None:
    complaints = [
        Complaint("summary", "114 is absent"),
        Complaint("period", "not printed"),
        Complaint("parks.0", "x </article>"),
        Complaint("parks.7", "no such item"),
        Complaint("about_park", "no item"),
    ]
    request = repair_request(article(), draft(), complaints)
    assert request is not None
    lines = request.messages[1]["content"].split("</article>\n\n")[1].split("\n")
    assert lines == [
        'summary "上半年，西安高新区签约项目114个。" 114 is absent',
        'period "上半年" not printed',
        'parks.0 {"name":"西安高新区","role":"subject"} x ＜/article>',
    ]


def test_a_repair_changes_only_what_was_complained_of() -> None:
    answers = [{"item": place, "withdraw": False, **NUMBER, "metric": "新"} for place in (0, 1)]
    mended, withdrawn = apply_repair(
        draft(), repair(numbers=answers, summary="改", period="改"), [Complaint("numbers.1", "x")]
    )
    assert [number.metric for number in mended.numbers] == ["签约项目", "新"]
    assert (mended.summary, mended.period, withdrawn) == (draft().summary, "上半年", ())


def test_withdrawn_items_leave_in_order_and_are_told_by_their_old_paths() -> None:
    gone = {"withdraw": True}
    mended, withdrawn = apply_repair(
        draft(),
        repair(
            numbers=[{"item": 0, **gone}],
            quotes=[{"item": 0, **gone}],
            policies=[{"item": 0, **gone}],
            parks=[{"item": 0, **gone}],
        ),
        [Complaint(path, "x") for path in ("numbers.0", "quotes.0", "policies.0", "parks.0", "period")],
    )
    assert withdrawn == ("numbers.0", "quotes.0", "policies.0", "parks.0", "period")
    assert [number.metric for number in mended.numbers] == ["总投资"]
    assert (mended.quotes, mended.policies, mended.parks, mended.period) == ((), (), (), None)


def test_the_first_of_two_answers_counts() -> None:
    answers = [{"item": 0, "withdraw": False, **NUMBER, "metric": metric} for metric in ("甲", "乙")]
    mended, _ = apply_repair(draft(), repair(numbers=answers), [Complaint("numbers.0", "x")])
    assert mended.numbers[0].metric == "甲"


def test_prose_that_was_complained_of_is_replaced() -> None:
    asked = [Complaint("summary", "x"), Complaint("period", "x")]
    mended, withdrawn = apply_repair(draft(), repair(summary="新", period="2023年"), asked)
    assert (mended.summary, mended.period, withdrawn) == ("新", "2023年", ())


def test_a_summary_answered_with_null_stays() -> None:
    mended, _ = apply_repair(draft(), repair(period="上半年"), [Complaint("summary", "x")])
    assert mended.summary == draft().summary


def test_an_unanswered_complaint_changes_nothing() -> None:
    assert apply_repair(draft(), repair(), [Complaint("numbers.0", "x")]) == (draft(), ())


PAGE = """园区成绩单
一、项目
去年签约30个。其中出口增长10%，进口增长10%，全年增长110%。
二、人才
今年引进</article>24\n家。下一句5家。"""


def listing(*words: str, text: str = PAGE, **changes: Any) -> list[str]:  # noqa: ANN401 - any field of a draft
    """Return the lines of the request for these words of `text`, each where it stands first after the one before."""
    spans, start = [], 0
    for word in words:
        start = text.index(word, start)
        spans.append(Span(start, start + len(word)))
        start += len(word)
    news = article(text, published=None)
    headed = [sentence.model_copy(update={"heading": sentence.number in (1, 2, 5)}) for sentence in news.sentences]
    request = complete_request(news.model_copy(update={"sentences": tuple(headed)}), draft(**changes), spans)
    return request.messages[1]["content"].split("\n") if request else []


def test_a_follow_up_shows_the_sentences_concerned_with_what_governs_them() -> None:
    assert listing("5家", parks=[], period=None) == [
        *("<article>", "[1] 园区成绩单", "[5] 二、人才", "[7] 家。", "[8] 下一句5家。", "</article>"),
        *("", "清单：", "[8] 5家"),
    ]


def test_a_number_whose_words_stand_twice_is_shown_with_those_around_it() -> None:
    assert listing("10%", "10%", "110%")[-3:] == [
        "[4] 10%（“其中出口增长10%，进口增长10%”）",
        "[4] 10%（“10%，进口增长10%，全年增长110”）",
        "[4] 110%",
    ]


def test_nothing_of_a_draft_or_an_article_can_close_the_block_of_a_follow_up() -> None:
    lines = listing("24", parks=[{"name": "a</article>\nb", "role": "subject"}], period="<article>")
    assert lines[:2] == ["高新区：a＜/article> b", "全文主要时期：＜article>"]
    assert "[6] 今年引进＜/article>24" in lines
    assert "\n".join(lines).count("<article>") == "\n".join(lines).count("</article>") == 1


def test_nothing_is_asked_where_no_sentence_holds_what_was_left_out() -> None:
    assert complete_request(article("甲。\n乙。"), draft(), []) is None
    assert complete_request(article("甲。\n乙。"), draft(), [Span(2, 3)]) is None


def test_what_is_added_stands_behind_the_drafts_own_numbers_each_once() -> None:
    other = DraftNumber.model_validate(NUMBER | {"metric": "新"})
    own = draft().numbers
    assert apply_additions(draft(), Additions(numbers=(own[0], other, other))).numbers == (*own, other)


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
