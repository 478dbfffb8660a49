"""Kinds: what makes a fact of a number and what makes part of a name, a date or an idiom of it."""

import pytest

from summarizer.quantities import scan
from summarizer.quantities.kinds import is_class, unit_kind, with_unit, without_unit


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("元", ("CNY", "money")),
        ("港元", ("HKD", "money")),
        ("个百分点", ("percentage_point", "percentage_point")),
        ("基点", ("basis_point", "percentage_point")),
        ("倍", ("倍", "ratio")),
        ("工作日", ("工作日", "duration")),
        ("亩", ("亩", "measure")),
        ("家", ("家", "count")),
    ],
)
def test_unit_suggests_a_kind(unit: str, expected: tuple[str, str]) -> None:
    assert unit_kind(unit) == expected


@pytest.mark.parametrize("words", ["以上项目", "以上的重大项目", "以上工业企业", "级产业集群"])
def test_money_before_a_class_word_names_the_class(words: str) -> None:
    text = f"1亿元{words}"
    assert is_class(text, 3, 3)
    assert with_unit(text, 0, 3, "元", "money", chinese_one=False) == "name"


@pytest.mark.parametrize("words", ["项目", "以上，企业增多", "用于项目"])
def test_money_before_other_words_stays_money(words: str) -> None:
    assert with_unit(f"1亿元{words}", 0, 3, "元", "money", chinese_one=False) == "money"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“三个一”工程", "name"),
        ("“三大类工作法”", "name"),
        ("“三位院士都来了，很好。”", "count"),
        ("“100家”", "count"),
        ("每股一元，", "idiom"),
        ("引进项目一个，投产", "count"),
        ("引进项目一个又多", "idiom"),
        ("有一个梦", "idiom"),
        ("为期一年", "duration"),
        ("三年后", "duration"),
        ("三年规划", "name"),
        ("出台“暖企20条”", "name"),
        ("24小时内", "duration"),
        ("24小时在线", "idiom"),
        ("10兆瓦级", "name"),
        ("28纳米芯片", "name"),
        ("28纳米，", "measure"),
        ("500强", "name"),
        ("3号", "date"),
        ("3号线", "identifier"),
    ],
)
def test_words_around_decide_the_kind(text: str, kind: str) -> None:
    assert [quantity.kind for quantity in scan(text)] == [kind]


@pytest.mark.parametrize(
    ("left", "number", "right", "kind"),
    [
        ("M", "9", "工厂", "name"),
        ("", "4", "K", "name"),
        ("“", "211", "”", "name"),
        ("", "58", "科创", "name"),
        ("完成项目", "67", "，", "count"),
        ("超", "3000", "企业", "count"),
        ("", "67", "", "count"),
        ("", "12345678", "", "identifier"),
        ("热线:", "96", "，", "identifier"),
        ("图", "3", "，", "identifier"),
        ("（", "3", "）", "ordinal"),
        ("\n", "1", ".加强", "ordinal"),
        ("the Global ", "500", " list", "name"),
        ("total of ", "500", " list", "count"),
    ],
)
def test_bare_number_is_judged_by_its_neighbours(left: str, number: str, right: str, kind: str) -> None:
    text = left + number + right
    assert without_unit(text, len(left), len(left) + len(number)) == kind


def test_a_time_of_day_is_a_date() -> None:
    assert [(quantity.text, quantity.kind) for quantity in scan("电话夜里十一点也能接通，得分提高十一点。")] == [
        ("十一点", "date"),
        ("十一点", "count"),
    ]


def test_an_account_book_is_no_count() -> None:
    assert [quantity.text for quantity in scan("老陈有三本账、三本书。")] == ["三本"]
