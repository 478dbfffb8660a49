"""What goes over the wire to a model, and how its replies are read."""

import json
from typing import Any

import pytest
from pydantic import BaseModel

from summarizer.draft import Draft, DraftNumber
from summarizer.extract.extraction import Complaint
from summarizer.extract.reply import read_reply
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
