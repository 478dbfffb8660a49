"""Where an article contradicts itself."""

import pytest

from summarizer.verify.contradictions import find_contradictions
from summarizer.verify.labels import Labels
from tests.test_evidence import evidence_of


def contradictions(text: str) -> list[str]:
    evidence = evidence_of(text)
    return [message for _, _, message in find_contradictions(evidence, Labels(evidence))]


def test_one_value_under_two_periods_is_a_contradiction() -> None:
    text = "上半年，园区项目完成投资318.6亿元。1-5月，园区重点项目完成投资318.6亿元。"
    assert contradictions(text) == ["318.6亿元 is given for 上半年 and for 1-5月"]


@pytest.mark.parametrize(
    "text",
    [
        "上半年，园区项目完成投资318.6亿元。今年上半年，园区重点项目完成投资318.6亿元。",
        "上半年，园区项目完成投资318.6亿元。1-5月，园区进出口总额318.6亿元。",
        "上半年，园区项目完成投资30亿元。1-5月，园区重点项目完成投资30亿元。",
        "园区项目完成投资318.6亿元。1-5月，园区重点项目完成投资318.6亿元。",
        "上半年，完成投资318.6亿元。1-5月，完成投资318.6万元。",
    ],
)
def test_what_may_be_true_is_no_contradiction(text: str) -> None:
    assert contradictions(text) == []
