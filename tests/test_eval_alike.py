"""When two tellings count as the same."""

from datetime import date
from decimal import Decimal

import pytest

from summarizer.evaluate.alike import (
    Calendar,
    alike_label,
    label_likeness,
    same_period,
    same_policy,
    same_quote,
    same_speaker,
    same_value,
    unit_agrees,
    verbatim,
)

JULY = Calendar(date(2023, 7, 3), "2023年上半年")
UNDATED = Calendar(None, "2023年")


@pytest.mark.parametrize(
    ("wanted", "told", "same"),
    [
        ("114", "114", True),
        ("114", "114.0", True),
        ("114", "115", False),
        ("0.3333", "0.333333333", True),
        ("0.3333", "0.34", False),
        ("18.4", "18.40001", False),
        (None, None, True),
        (None, "1", False),
    ],
)
def test_values_are_equal_exactly_but_for_fractions(wanted: str | None, told: str | None, same: bool) -> None:
    one, other = ((None if end is None else Decimal(end),) for end in (wanted, told))
    assert same_value(one, other) is same


@pytest.mark.parametrize(
    ("wanted", "told", "text", "same"),
    [
        ("人", "名", "12名", True),
        ("平方米", "square meters", "", True),
        ("CNY", "USD", "1亿元", False),
        ("%", "percentage_point", "5%", False),
        ("CNY", None, "560.6亿元", False),
        ("firms", None, "three", True),  # it is not printed there
        (None, "家", "3", False),
        (None, None, "3", True),
    ],
)
def test_units_are_the_same_in_any_writing(wanted: str | None, told: str | None, text: str, same: bool) -> None:
    assert unit_agrees(wanted, told, text) is same


@pytest.mark.parametrize(
    ("wanted", "told", "calendar", "same"),
    [
        ("上半年", "上半年", UNDATED, True),
        ("上半年", "2023年1-6月", JULY, True),
        ("上半年", "1-5月", JULY, False),
        ("上半年", "2022年上半年", JULY, False),
        ("前三季度", "2024年前三季度", UNDATED, True),  # the year is not known, the part is the same
        ("2023年", "2023年上半年", UNDATED, False),
        ("上半年", "1-5月", UNDATED, False),
        ("2023年", "全年", UNDATED, True),
        ("2022年", "全年", UNDATED, False),
        ("2027", "By 2027", UNDATED, True),
        ("end of 2024", "at the end of 2024", UNDATED, True),
        (None, None, JULY, True),
        (None, "目前", JULY, True),
        ("近日", "本届", UNDATED, True),
        ("2023年", None, JULY, False),
        (None, "上半年", UNDATED, False),
        ("多年", "2023年", UNDATED, False),
    ],
)
def test_periods_are_the_same_by_their_days_or_their_words(
    wanted: str | None, told: str | None, calendar: Calendar, same: bool
) -> None:
    assert same_period(wanted, told, calendar) is same


def test_days_that_the_brief_gives_are_those_of_its_period() -> None:
    days = date(2023, 1, 1), date(2023, 6, 30)
    assert same_period("2023年上半年", "今年以来", UNDATED, days)
    assert not same_period("2023年", "今年以来", UNDATED, days)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("新签约项目数", "新签约项目", 1.0, 1.0),
        ("营业额（标题）", "營業額", 1.0, 1.0),
        ("engineers to be hired", "Hired engineers", 1.0, 1.0),
        ("高新技术企业", "地区生产总值", 0.0, 0.0),
        ("招商小分队走访城市", "奔赴对接洽谈城市", 0.1, 0.2),
        ("", "签约", 0.0, 0.0),
        ("", "", 1.0, 1.0),
        ("额", "金额", 0.0, 1.0),
    ],
)
def test_labels_are_as_like_as_the_parts_that_they_share(one: str, other: str, least: float, most: float) -> None:
    assert least <= label_likeness(one, other) <= most
    assert label_likeness(one, other) == label_likeness(other, one)


def test_a_label_that_is_rather_anothers_is_wrong() -> None:
    assert alike_label("在建企业数", "在建企业", ("投产企业数", "拟开工企业数"))
    assert not alike_label("在建企业数", "投产企业", ("投产企业数", "拟开工企业数"))
    assert alike_label("在建企业数", "投产企业")  # nothing is known of others
    assert not alike_label("在建企业数", "地区生产总值")


def test_policies_are_the_same_with_and_without_marks_and_their_place() -> None:
    assert same_policy("《零碳园区建设实施方案》", "零碳园区建设实施方案")
    assert same_policy("《泊远高新区零碳园区建设实施方案》", "零碳园区建设实施方案")
    assert not same_policy("《零碳园区建设实施方案》", "人才十条")
    assert not same_policy("《方案》", "《零碳园区建设实施方案》")
    assert not same_policy("", "人才十条")


def test_quotes_are_the_same_where_one_is_cut_by_less_than_half() -> None:
    whole = "项目到了哪一步，干部就跟到哪一步。我们把办公桌搬到工地上。"
    assert same_quote(whole, f" {whole[:-1]} ")
    assert verbatim(whole, whole[:-1])
    assert same_quote(whole, whole[:17])
    assert not verbatim(whole, whole[:17])
    assert not same_quote(whole, whole[:8])
    assert not same_quote(whole, "")


def test_a_speaker_may_come_with_an_office() -> None:
    assert same_speaker("周启明", "局长周启明")
    assert not same_speaker("周启明", "王明")
    assert not same_speaker("周启明", None)
    assert same_speaker(None, None)
    assert not same_speaker("周启明", "")
