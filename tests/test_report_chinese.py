"""The check's findings in Chinese: one for every code, made of the item and of the article's own words."""

import json
import re
from typing import Any, get_args

import pytest

from summarizer.brief import Brief
from summarizer.report.chinese import Chinese
from summarizer.report.view import view_of
from summarizer.value import OK_VERDICTS, Verdict
from tests.reports import TELLING, at, brief, checked, finding, mixed, number, period
from tools.schemas import FOLDER

NUMBERS = {
    "rounded": "“510亿元”是原文“501亿元”的约数",
    "scale": "“510亿元”与原文的“501亿元”差了数量级",
    "digits": "“510亿元”与原文的“501亿元”数字不同",
    "sign": "“总投资”与原文“501亿元”的升降相反",
    "unit": "“510亿元”与原文的“501亿元”单位不同",
    "absent": "原文没有“510亿元”这个数，所引的第 1 句也没有",
    "label-swapped": "“总投资”写成“510亿元”，而原文这句说的是“501亿元”",
    "label-unsupported": "“510亿元”近旁没有“总投资”的说法；原文：“云岭高新区上半年签约项目114个，总投资501亿元”",
    "period-unsupported": "原文没有说“510亿元”是“去年”的；原文：“云岭高新区上半年签约项目114个，总投资501亿元”",
    "park-unsupported": "原文没有说“510亿元”是“远山高新区”的；原文：“云岭高新区上半年签约项目114个，总投资501亿元”",
    "target-as-actual": (
        "“510亿元”写成已经达到，而原文说的是目标或预计；原文：“云岭高新区上半年签约项目114个，总投资501亿元”"
    ),
    "scope": (
        "“510亿元”写成“远山高新区”的，而原文说的是另一个范围；原文：“云岭高新区上半年签约项目114个，总投资501亿元”"
    ),
    "unread": "“510亿元”读不出数值",
}
OTHERS = {
    ("summary", "digits"): "摘要里的“510亿元”在原文中是“501亿元”（数字不符）",
    ("summary", "absent"): "原文没有摘要里的“510亿元”",
    ("period", "period-unsupported"): "原文没有提到“去年”这个时期",
    ("parks.0", "park-unsupported"): "原文没有提到“远山高新区”这个园区",
    ("policies.0", "absent"): "原文没有提到这个名称：攻坚行动",
    ("quotes.0", "absent"): "原文没有这样的话",
    ("quotes.0", "altered"): "引文与原文有出入；原文：“501亿元”",
    ("quotes.0", "speaker-unsupported"): "引文近旁没有提到说话人“王明”",
    (None, "unread"): "有内容未能读出：wrong",
    (None, "withdrawn"): "模型在重问时撤回了草稿中的一项",
    (None, "reask-failed"): "重问没有成功，简报保持原样：wrong",
    (None, "completed"): "就草稿遗漏的数字补问了一次：wrong",
    (None, "completion-failed"): "补问没有成功，简报保持原样：wrong",
    (None, "same-telling"): "草稿取自另一篇内容相同的文章：wrong",
}


def objected(path: str | None, code: str, **changes: Any) -> Brief:  # noqa: ANN401 - any field
    """Return a brief with one finding, and an item of each kind that it may be about."""
    told = number("510亿元", metric="总投资", value="51000000000", park="远山高新区", period=period("去年"))
    base: dict[str, Any] = {
        "parks": [{"name": "远山高新区", "role": "subject", "span": None, "verdict": "absent"}],
        "period": period("去年"),
        "summary": {
            "text": "510亿元",
            "numbers": [{"text": "114个", "verdict": "exact"}, {"text": "510亿元", "verdict": code}],
        }
        if path == "summary"
        else {"text": "", "numbers": []},
        "numbers": [told],
        "policies": [{"name": "攻坚行动", "detail": None, "sentence": None, "span": None, "verdict": "absent"}],
        "quotes": [{"speaker": "王明", "role": None, "text": "更快", "sentence": 2, "span": None, "verdict": "absent"}],
        "check": checked([finding(path, code=code, span=None if code == "absent" else at("501亿元"))]),
    }
    return brief(**(base | changes))


def told(made: Brief, text: str | None = TELLING) -> str | None:
    return Chinese(made, text).finding(made.check.findings[0])


@pytest.mark.parametrize(("code", "words"), NUMBERS.items())
def test_what_is_wrong_with_a_number_is_told_in_chinese(code: str, words: str) -> None:
    assert told(objected("numbers.0", code)) == words


@pytest.mark.parametrize(("place", "words"), OTHERS.items())
def test_so_is_what_is_wrong_with_all_else(place: tuple[str | None, str], words: str) -> None:
    assert told(objected(*place)) == words


def test_every_code_of_the_schema_has_its_chinese() -> None:
    schema = json.loads((FOLDER / "brief.v1.json").read_text(encoding="utf-8"))
    found = schema["$defs"]["Finding"]["properties"]["code"]["description"]
    named = set(re.findall(r"[a-z]+(?:-[a-z]+)*", found.partition(" or ")[2]))
    assert {"label-swapped", "unread", "completion-failed"} <= named
    known = {*NUMBERS, *(code for _, code in OTHERS)}
    assert named | (set(get_args(Verdict)) - OK_VERDICTS) <= known


@pytest.mark.parametrize("code", NUMBERS)
def test_without_the_article_the_item_alone_is_told(code: str) -> None:
    words = told(objected("numbers.0", code), None)
    assert words is not None
    assert "总投资" in words or "510亿元" in words
    assert "501亿元" not in words


@pytest.mark.parametrize("span", [[3, 9999], [-1, 4], [5, 5]])
def test_a_place_that_the_article_does_not_have_is_not_shown(span: list[int]) -> None:
    made = objected("numbers.0", "digits", check=checked([finding("numbers.0", span=span)]))
    assert told(made) == "“510亿元”与原文所印的数字不同"


def test_words_without_a_number_are_said_to_have_none() -> None:
    made = objected("numbers.0", "absent", numbers=[number("两位数")])
    assert told(made) == "“两位数”读不出数值"


def test_long_words_of_the_article_are_cut() -> None:
    made = objected("quotes.0", "altered", check=checked([finding("quotes.0", code="altered", span=[0, 70])]))
    assert told(made, "甲" * 80) == f"引文与原文有出入；原文：“{'甲' * 60}…”"


@pytest.mark.parametrize(
    "place", [("numbers.0", "own-code"), ("numbers.9", "digits"), ("tables.0", "digits"), (None, "")]
)
def test_what_the_check_does_not_say_is_left_to_its_message(place: tuple[str | None, str]) -> None:
    assert told(objected(*place)) is None


def test_the_numbers_of_the_summary_are_told_apart_where_the_order_is_the_checks() -> None:
    findings = [finding("summary", code=code) for code in ("absent", "unit")]
    numbers = [{"text": "1个", "verdict": "absent"}, {"text": "2家", "verdict": "unit"}]
    made = brief(summary={"text": "", "numbers": numbers}, check=checked(findings))
    assert [Chinese(made, None).finding(one) for one in made.check.findings] == [
        "原文没有摘要里的“1个”",
        "摘要里的“2家”与原文不符（单位不符）",
    ]
    other = brief(summary={"text": "", "numbers": numbers[::-1]}, check=checked(findings))
    assert [Chinese(other, None).finding(one) for one in other.check.findings] == [
        "摘要里有原文没有的数",
        "摘要里有一个数与原文不符（单位不符）",
    ]


def test_a_contradiction_is_told_by_the_articles_words() -> None:
    [one] = mixed().check.contradictions
    assert Chinese(mixed(), TELLING).contradiction(one) == (
        "原文这几处不能同时成立：“云岭高新区上半年签约项目114个，总投资501亿元”；“主任王明说：“下半年还要更快，力争签约200个”"
    )
    assert Chinese(mixed(), None).contradiction(one) == "原文自相矛盾"


def test_the_report_has_them_beside_the_messages() -> None:
    view = view_of(mixed(), TELLING)
    [remark] = view.by_path["numbers.1"].remarks
    assert remark.zh == "“510亿元”与原文的“501亿元”数字不同"
    assert view.by_path["check.findings.2"].zh == "草稿取自另一篇内容相同的文章：repeats another article"
    assert view.by_path["check.contradictions.0"].zh is not None
