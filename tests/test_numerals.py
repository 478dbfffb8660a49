"""Numerals: Chinese in every writing, Western digits, English words."""

from decimal import Decimal

import pytest

from summarizer.quantities.numerals import Numeral, exactly, parse_arabic, parse_chinese, parse_english


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("廿五", 25),
        ("卅", 30),
        ("一百零五", 105),
        ("三百五", 350),
        ("三百五十", 350),
        ("两千三百", 2300),
        ("三万五", 35_000),
        ("三万零五", 30_005),
        ("一万五千亿", 1_500_000_000_000),
        ("一万亿", 10**12),
        ("二亿三千万", 230_000_000),
        ("二兆", 2 * 10**12),
        ("百", 100),
        ("千万", 10**7),
        ("壹佰贰拾叁", 123),
        ("伍仟万", 50_000_000),
        ("二〇二三", 2023),
        ("二○二三", 2023),
        ("俩", 2),
        ("零", 0),
    ],
)
def test_chinese_numeral_has_its_value(text: str, value: int) -> None:
    assert parse_chinese(text) == exactly(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("两三", 2, 3), ("三五", 3, 5), ("七八十", 70, 80), ("四五百", 400, 500), ("十七八", 17, 18), ("三四十", 30, 40)],
)
def test_two_neighbouring_digits_mean_a_range(text: str, low: int, high: int) -> None:
    numeral = parse_chinese(text)
    assert numeral == Numeral(Decimal(low), Decimal(high))
    assert numeral.is_range


@pytest.mark.parametrize(
    "text",
    [
        "",
        "十百",
        "百八十十",
        "五一",
        "零十",
        "三零",
        "二百三零",
        "一二三四百",
        "一百二百",
        "一二万三四五",
        "十十万",
        "一" * 41,
        "一兆兆兆兆",
    ],
)
def test_malformed_numeral_is_refused(text: str) -> None:
    assert parse_chinese(text) is None


def test_exact_numeral_is_no_range() -> None:
    assert not exactly(3).is_range


def test_separators_do_not_change_western_digits() -> None:
    assert parse_arabic("1,234,567.89") == Decimal("1234567.89")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-two", 22),
        ("one hundred and five", 105),
        ("a dozen", 12),
        ("two dozen", 24),
        ("hundred", 100),
        ("million", 10**6),
        ("three million two hundred thousand", 3_200_000),
        ("Nineteen", 19),
    ],
)
def test_english_words_have_their_value(words: str, value: int) -> None:
    assert parse_english(words) == value


@pytest.mark.parametrize("words", ["", "and", "twenty firms"])
def test_words_that_are_no_number_are_refused(words: str) -> None:
    assert parse_english(words) is None
