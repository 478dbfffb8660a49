"""Comparison: the same worth in another writing, or how two quantities differ."""

import pytest

from summarizer.quantities import Quantity, bounds, fold, relate, same_unit, scan
from summarizer.quantities.compare import same_qualifier
from summarizer.value import Qualifier


def read(text: str) -> Quantity:
    [quantity] = scan(text)
    return quantity


@pytest.mark.parametrize(
    ("claimed", "source", "relation"),
    [
        ("0.35万亿元", "3500亿元", "same"),
        ("３５００家", "3500 家", "same"),
        ("超40%", "40%以上", "same"),
        ("40%", "超40%", "same"),
        ("不足40%", "不到40%", "same"),
        ("超40%", "不足40%", None),
        ("3-5家", "3至5家", "same"),
        ("700个", "700個", "same"),
        ("561亿元", "560.6亿元", "rounded"),
        ("17.5%", "17.52%", "rounded"),
        ("1亿元", "1.4亿元", None),
        ("0家", "3家", "digits"),
        ("56亿元", "560亿元", "scale"),
        ("500亿元", "500万元", "scale"),
        ("-3%", "3%", "sign"),
        ("13%", "13个百分点", "unit"),
        ("50亿元", "50亿美元", "unit"),
        ("67家", "67个", "unit"),
        ("12.8%", "6.8%", None),
        ("12.8%", "12.6%", "digits"),
        ("1283家", "1238家", "digits"),
        ("1283家", "1382家", None),
        ("123家", "1234家", "digits"),
        ("1234家", "4321家", None),
        ("3家", "34家", None),
        ("12家", "12345家", None),
        ("三家", "四家", None),
        ("3-5家", "4家", None),
        ("67家", "90个", None),
        ("2022年", "2022年", "same"),
        ("2022年", "2023年", None),
        ("2022年", "3家", None),
        ("1.2平方公里", "120公顷", "same"),
        ("120万平方米", "1.2平方公里", "same"),
        ("1.5亿千瓦时", "15万兆瓦时", "same"),
        ("150 GWh", "1.5亿千瓦时", "same"),
        ("20公里", "20000米", "same"),
        ("20 km", "20公里", "same"),
        ("1.2平方公里", "123公顷", "rounded"),
        ("1.2平方公里", "1200公顷", "scale"),
        ("1500亩", "100公顷", None),
        ("近百家", "近100家", "same"),
        ("100家", "近百家", "same"),
        ("超100家", "近百家", None),
        ("约100家", "100多家", "same"),
    ],
)
def test_claim_stands_to_the_source(claimed: str, source: str, relation: str | None) -> None:
    assert relate(read(claimed), read(source)) == relation


@pytest.mark.parametrize(
    ("claimed", "source", "same"),
    [
        (None, "家", True),
        ("家", None, False),
        ("名", "人", True),
        ("㎡", "平方米", True),
        ("個", "个", True),
        ("firm", "firms", True),
        ("家", "项", False),
    ],
)
def test_units_are_the_same_in_other_words(claimed: str | None, source: str | None, same: bool) -> None:
    assert same_unit(claimed, source) is same


@pytest.mark.parametrize(
    ("claimed", "source", "same"),
    [
        ("exact", "more_than", True),
        ("at_least", "more_than", True),
        ("at_most", "less_than", True),
        ("at_least", "at_most", False),
        ("range", "at_most", False),
        ("more_than", "about", False),
        ("at_most", "about", False),
        ("about", "at_least", True),
    ],
)
def test_opposite_bounds_never_support_each_other(claimed: Qualifier, source: Qualifier, same: bool) -> None:
    assert same_qualifier(claimed, source) is same


def test_fold_drops_blanks_width_and_tradition() -> None:
    assert fold("３５ 億\n元") == "35亿元"


def test_bounds_are_those_of_the_numeral() -> None:
    assert [str(bound) for bound in bounds(read("3至5家")) or ()] == ["3", "5"]
    assert [str(bound) for bound in bounds(read("3家")) or ()] == ["3", "3"]
    assert bounds(read("2022年")) is None
