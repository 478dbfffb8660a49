"""Periods: found as printed, resolved to dates, compared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.quantities import agree, differ, find_periods, fold_period, has_dates, resolve

PUBLISHED = date(2023, 7, 3)


@pytest.mark.parametrize(
    ("words", "first", "last", "inferred"),
    [
        ("2022年", "2022-01-01", "2022-12-31", False),
        ("2022年度", "2022-01-01", "2022-12-31", False),
        ("二〇二二年", "2022-01-01", "2022-12-31", False),
        ("2022年上半年", "2022-01-01", "2022-06-30", False),
        ("2024年6月底", "2024-06-30", "2024-06-30", False),
        ("年底", "2023-12-31", "2023-12-31", True),
        ("2024年2月", "2024-02-01", "2024-02-29", False),
        ("2023年7月3日", "2023-07-03", "2023-07-03", False),
        ("截至2023年底", "2023-12-31", "2023-12-31", False),
        ("2024年前三季度", "2024-01-01", "2024-09-30", False),
        ("2023年第四季度", "2023-10-01", "2023-12-31", False),
        ("2021至2023年", "2021-01-01", "2023-12-31", False),
        ("上半年", "2023-01-01", "2023-06-30", True),
        ("下半年", "2023-07-01", "2023-12-31", True),
        ("今年下半年", "2023-07-01", "2023-12-31", True),
        ("1-5月", "2023-01-01", "2023-05-31", True),
        ("前5个月", "2023-01-01", "2023-05-31", True),
        ("一季度", "2023-01-01", "2023-03-31", True),
        ("去年", "2022-01-01", "2022-12-31", True),
        ("前年", "2021-01-01", "2021-12-31", True),
        ("明年", "2024-01-01", "2024-12-31", True),
        ("今年以来", "2023-01-01", "2023-07-03", True),
        ("今年底", "2023-12-31", "2023-12-31", True),
        ("截至6月底", "2023-06-30", "2023-06-30", True),
        ("first half of 2024", "2024-01-01", "2024-06-30", False),
        ("fourth quarter", "2022-10-01", "2022-12-31", True),
        ("third quarter of 2024", "2024-07-01", "2024-09-30", False),
        ("by the end of 2027", "2027-12-31", "2027-12-31", False),
    ],
)
def test_words_resolve_to_dates(words: str, first: str, last: str, inferred: bool) -> None:
    dates = resolve(words, PUBLISHED)
    assert dates is not None
    assert (dates.start.isoformat(), dates.end.isoformat(), dates.inferred) == (first, last, inferred)


@pytest.mark.parametrize(
    "words",
    [
        "近年来",
        "目前",
        "去年同期",
        "13月",
        "2023年2月30日",
        "前15个月",
        "连续五年",
        "〇〇〇〇年",
        "12-3月",
        "没有",
        "",
        "廿廿廿月",
    ],
)
def test_words_that_settle_no_date_stay_words(words: str) -> None:
    assert resolve(words, PUBLISHED) is None


def test_nothing_is_inferred_without_a_publication_date() -> None:
    assert resolve("上半年", None) is None
    assert resolve("2023年上半年", None) is not None


def test_day_that_a_year_lacks_is_moved_to_the_month_end() -> None:
    dates = resolve("2月", date(2024, 1, 5))
    assert dates is not None
    assert dates.end == date(2023, 2, 28)


def test_periods_are_found_as_printed_and_in_order() -> None:
    text = "今年1-5 月完成投资，2022年获批；近年来，提前3个月建成，二○二三年上半年，by 2027 and in 2024"
    assert [period.text for period in find_periods(text)] == [
        "今年1-5 月",
        "2022年",
        "近年来",
        "二○二三年上半年",
        "2027",
        "2024",
    ]


def test_traditional_first_months_are_found() -> None:
    assert [period.text for period in find_periods("營收前5個月創新高")] == ["前5個月"]


def test_words_with_dates_are_told_from_words_without() -> None:
    assert has_dates("上半年")
    assert not has_dates("近年来")


def test_folding_keeps_what_changes_the_period() -> None:
    assert fold_period("2022 年度") == fold_period("2022年")
    assert fold_period("1—5月份") == fold_period("1至5月")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2023年上半年", "上半年", True),
        ("今年上半年", "2023年1-6月", True),
        ("上半年", "下半年", False),
        ("", "今年", False),
    ],
)
def test_namings_agree_by_words_or_by_days(one: str, other: str, expected: bool) -> None:
    assert agree(one, other, PUBLISHED) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("上半年", "1-5月", True),
        ("上半年", "1-6月", False),
        ("2022年", "2023年", True),
        ("2023年上半年", "上半年", False),
        ("近年来", "2023年", False),
    ],
)
def test_namings_differ_only_where_it_is_certain(one: str, other: str, expected: bool) -> None:
    assert differ(one, other) is expected


@given(st.text(max_size=80), st.none() | st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)))
def test_any_text_is_searched_and_resolved_without_raising(text: str, published: date | None) -> None:
    for period in find_periods(text):
        assert text[period.start : period.end] == period.text
        resolve(period.text, published)


def test_a_part_of_a_period_is_more_than_its_whole_says() -> None:
    assert not agree("2022年上半年", "2022年", None)
    assert agree("2022年", "2022年上半年", None)
    assert agree("2023年上半年", "上半年", None)
    assert agree("今年1-5月", "1—5月", None)
