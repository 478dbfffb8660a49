"""Properties of the scanner: one value in many writings, and no text that makes it raise."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.fuzz import texts, try_one
from summarizer.quantities import Quantity, scan

ARTICLE = Path(__file__).parent.parent / "fixtures" / "articles" / "annual_results.txt"

DIGITS = "零一二三四五六七八九"


def in_chinese(value: int) -> str:
    """Write a whole number below 10**12 in Chinese numerals."""
    words = ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, value = divmod(value, scale) if scale > 1 else (value, 0)
        if not section:
            continue
        if words and section < 1000:
            words += "零"
        words += _section(section) + name
    return words


def _section(value: int) -> str:
    words = ""
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            words += DIGITS[digit] + name
        elif words and value and not words.endswith("零"):
            words += "零"
    return words


def only_fact(text: str) -> Quantity:
    [quantity] = [quantity for quantity in scan(text) if quantity.is_fact]
    return quantity


@given(st.integers(min_value=2, max_value=10**12 - 1))
def test_whole_number_reads_the_same_in_every_writing(value: int) -> None:
    wide = str(value).translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789"})
    total = Decimal(value)
    for writing in (f"{value}", f"{value:,}", wide, f"{value}\n", f"{value} ", f"{value}\n\n"):
        quantity = only_fact(f"共有企业{writing}家，其中")
        assert (quantity.value, quantity.unit, quantity.text) == (total, "家", f"{writing}家")
    quantity = only_fact(f"共收入{in_chinese(value)}美元，")
    assert (quantity.value, quantity.unit) == (total, "USD")


@given(st.integers(min_value=1, max_value=9_999_999), st.sampled_from([("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]))
def test_amount_with_a_scale_reads_as_its_digits(hundredths: int, scale: tuple[str, int]) -> None:
    word, factor = scale
    amount = Decimal(hundredths) / 100
    for blank in ("", " ", "\n", "\n\n"):
        quantity = only_fact(f"实现营收{amount}{blank}{word}{blank}元。")
        assert (quantity.value, quantity.unit) == (amount * factor, "CNY")


FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
WRITINGS = ("western", "grouped", "wide", "chinese", "formal", "mixed")
UNITS = [
    ("家", "家"),
    ("个", "个"),
    ("亩", "亩"),
    ("%", "%"),
    ("元", "CNY"),
    ("美元", "USD"),
    ("平方公里", "平方公里"),
    ("人次", "人次"),
]


def written(value: int, writing: str) -> str:
    """Write a whole number in one of the writings of the press."""
    if writing == "chinese":
        return in_chinese(value)
    if writing == "formal":
        return in_chinese(value).translate(FORMAL)
    if writing == "mixed":  # 3万, 2.5亿: as many digits as the scale leaves
        for scale, name in ((10**8, "亿"), (10**4, "万")):
            if value >= scale and value % (scale // 100) == 0:
                return f"{(Decimal(value) / scale).normalize():f}{name}"
    if writing == "wide":
        return str(value).translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789"})
    return f"{value:,}" if writing == "grouped" else str(value)


@given(
    st.integers(min_value=2, max_value=10**10),
    st.sampled_from(WRITINGS),
    st.sampled_from(UNITS),
    st.sampled_from(["", " ", "\n", "\n\n"]),
    st.sampled_from(["园区共有", "其中", "完成", "\n达到"]),
)
def test_value_unit_and_place_survive_every_writing(
    value: int, writing: str, unit: tuple[str, str], blank: str, before: str
) -> None:
    words = f"{written(value, writing)}{blank}{unit[0]}"
    text = f"{before}{words}，同比增长。"
    quantity = only_fact(text)
    assert (quantity.start, quantity.end) == (len(before), len(before) + len(words))
    assert (quantity.value, quantity.unit, quantity.text) == (Decimal(value), unit[1], words)


@given(
    st.integers(min_value=1000, max_value=99_999_999),
    st.integers(min_value=1, max_value=7),
    st.sampled_from(["\n", " "]),
)
def test_digits_that_a_break_cuts_are_one_number(value: int, place: int, gap: str) -> None:
    digits = str(value)
    head, tail = digits[: min(place, len(digits) - 1)], digits[min(place, len(digits) - 1) :]
    if len(head) == 4 and head[:2] in ("19", "20"):
        return  # 2023 35家 are a year and a count
    quantity = only_fact(f"园区共有企业总数为{head}{gap}{tail}家。")
    assert (quantity.value, quantity.unit, quantity.text) == (Decimal(value), "家", f"{head}{gap}{tail}家")


@given(st.integers(min_value=2, max_value=9), st.integers(min_value=1, max_value=9), st.sampled_from("百千万亿"))
def test_spoken_short_form_takes_the_next_scale(first: int, second: int, scale: str) -> None:
    factor = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[scale]
    expected = first * factor + second * factor // 10
    assert only_fact(f"卖出{DIGITS[first]}{scale}{DIGITS[second]}。").value == expected


def test_a_sample_of_the_fuzz_run_raises_nothing() -> None:
    assert [outcome.raised for outcome in map(try_one, texts(600, seed=7)) if outcome.raised] == []


def check_spans(text: str) -> None:
    last = 0
    for quantity in scan(text):
        assert last <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end] == quantity.text
        last = quantity.end


@given(st.text(max_size=200))
def test_arbitrary_text_never_raises(text: str) -> None:
    check_spans(text)


PIECES = [
    *"0123456789０５,，.．、:/·-—~至到十百千万亿兆一二两三五〇零几数半多余年月日号成折倍%％元家个第前近约超过上",
    *"双“”《》()\n +比级＋",
]
PIECES += [
    "百分之",
    "分之",
    "个百分点",
    "亿元",
    "季度",
    "个半月",
    "人民币",
    "$",
    "million",
    "twenty-",
    "half of ",
    "Jan. ",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_pieces_of_the_genre_in_any_order_never_raise(text: str) -> None:
    check_spans(text)


@given(st.data())
def test_mutated_article_never_raises(data: st.DataObject) -> None:
    article = ARTICLE.read_text(encoding="utf-8")
    at = data.draw(st.integers(0, len(article) - 80))
    chars = list(article[at : at + 80])
    for _ in range(4):
        chars[data.draw(st.integers(0, 79))] = data.draw(st.sampled_from(PIECES))
    check_spans("".join(chars))


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100_000,
        "9" * 100_000 + ".",
        "1" + ",000" * 20_000 + "元",
        "亿" * 100_000,
        "一" * 100_000,
        "十百" * 50_000,
        "一" + "兆" * 39 + "元",
        "百分之" + "一" * 5_000,
        "《" * 100_000,
        "1-" + "9" * 100 + "家",
        "百分之" + "9" * 100,
        "0." + "1" * 5_000 + "%",
        "1万" + "9" * 60,
        "1" + " " * 100_000,
        "1-" * 50_000,
        "1\n" * 20_000,
        "3千" * 20_000,
        "翻番" * 20_000,
        "“" * 50_000 + "100天",
    ],
    ids=lambda text: text[:6],
)
def test_hostile_text_is_read_without_raising(text: str) -> None:
    check_spans(text)
