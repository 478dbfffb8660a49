"""The scanner on what a second pair of eyes found: spoken forms, shared units, cut numbers, short English scales."""

import pytest

from summarizer.clean import clean_text
from summarizer.quantities import scan
from tests.test_scanner import told

SPOKEN = r"""
提前两个多月 => 两个多月|2|个月|at_least|duration
用了三个多小时 => 三个多小时|3|个小时|at_least|duration
十来家企业 => 十来家|10|家|about|count
投了十几亿， => 十几亿|1100000000..1900000000|-|range|count
产值一亿三千万。 => 一亿三千万|130000000|-|exact|count
花了一百二十万， => 一百二十万|1200000|-|exact|count
高出全省3个 百分点 => 3个 百分点|3|percentage_point|exact|percentage_point
首批三棟大樓 => 三棟|3|棟|exact|count
占地84.3公頃 => 84.3公頃|84.3|公頃|exact|measure
最高给予500万元 => 500万元|5000000|CNY|at_most|money
時間压缩至半天 => 半天|0.5|天|exact|duration
the zone has 3.2m people => 3.2m people|3200000|people|exact|count
output of 1.5m tonnes => 1.5m tonnes|1500000|tonnes|exact|measure
Rmb1.2bn => Rmb1.2bn|1200000000|CNY|exact|money
45 bln yuan => 45 bln yuan|45000000000|CNY|exact|money
used 2.1 billion kWh => 2.1 billion kWh|2100000000|kWh|exact|measure
"""


@pytest.mark.parametrize("row", SPOKEN.strip().splitlines())
def test_spoken_and_short_forms_are_read(row: str) -> None:
    text, _, wanted = row.partition(" => ")
    assert told(text, facts_only=True) == [wanted]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("分别奖励10万、20万、30万元", "CNY"),
        ("分别增长8.1、9.2和10.3个百分点", "percentage_point"),
        ("平台5、18、46家", "家"),
    ],
)
def test_numbers_of_a_list_share_the_unit_that_its_last_one_prints(text: str, unit: str) -> None:
    assert [quantity.unit for quantity in scan(text)] == [unit] * 3


@pytest.mark.parametrize("text", ["2023、18家", "第1、2家", "M9、3家"])
def test_what_is_no_number_of_the_list_shares_nothing(text: str) -> None:
    assert [quantity.unit for quantity in scan(text) if quantity.is_fact][-1:] == ["家"]
    assert scan(text)[0].kind in ("date", "ordinal", "name")


@pytest.mark.parametrize("text", ["万一出事", "千千万万", "十万火急", "亿万人民", "百万级"])
def test_idioms_of_large_numerals_are_no_facts(text: str) -> None:
    assert not [quantity for quantity in scan(text) if quantity.is_fact]


def test_a_number_that_the_line_end_cuts_is_joined() -> None:
    page = (
        "今年上半年云澜高新区完成工业总产值1\n024亿元，同比增长比全市平均水平高8.\n9个百分点，园区新签约亿元以上项目"
        "\n达到52个，其中外资项目实现了新的突破\n性进展，为全年目标打下了坚实的基础。"
    )
    lines = page.split("\n")
    assert max(map(len, lines)) - min(map(len, lines)) < 14
    found = [quantity.text for quantity in scan(clean_text(page).text) if quantity.is_fact]
    assert found[:2] == ["1024亿元", "8.9个百分点"]


@pytest.mark.parametrize("count", [3, 40, 4000])
def test_a_run_of_ascending_digits_and_tens_is_read_in_one_go(count: int) -> None:
    assert len(scan("一二三四五六七八九十" * count)) <= count


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("增长30%以\n上", "at_least"),
        ("100家左\n\n右", "about"),
        ("100家以\r\n上", "at_least"),
        ("50亿元及以\n上", "at_least"),
    ],
)
def test_a_word_behind_the_unit_may_be_broken_over_lines(text: str, qualifier: str) -> None:
    assert [quantity.qualifier for quantity in scan(text)] == [qualifier]
