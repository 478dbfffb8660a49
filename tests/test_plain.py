"""The short way of the scanner says what the long way says, of every text."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.eval_set import SENTENCES, passages
from summarizer.quantities import Quantity, scan, scanner
from summarizer.quantities.plain import read_plain

_ROOT = Path(__file__).resolve().parent.parent
_MARKS = (
    "0123456789５，。、.,-—~至到%　 \n“”（）()一二三两十百千万亿半几数多余来第前上下近超约负"
    "元个家年月日天点分成倍强级类P"
)
_NUMERALS = "1 35 1,286 8.3 24 三 两 二 十五 三百五十 百 六十七 一 千"
_TAILS = (
    "亿元 万元 万美元 % 个百分点 家 万人 多家 余项 亿元以上 家左右 个月 天 年 小时 倍 成 折 番 平方公里 兆瓦 万吨级 "
    "强 号 条 届 类 个 名 亿 万 元/亩 毫米 ℃ 件次 千伏 万台 亿多元 多万人 人以上 岁 次"
)


def _no_short_way(text: str, start: int, floor: int) -> None:
    """Stand in for read_plain and send every number the long way."""


def _by_the_long_way(text: str) -> list[Quantity]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanner, "read_plain", _no_short_way)
        return scan(text)


def _texts() -> list[str]:
    articles = (path.read_text(errors="ignore") for path in sorted((_ROOT / "fixtures").rglob("*.txt")))
    sentences = (passage.text for path in sorted(SENTENCES.glob("*.jsonl")) for passage in passages([path]))
    return [*articles, *sentences]


def _mutated(texts: list[str], count: int) -> Iterator[str]:
    """Yield texts with characters left out, put in, and pieces of other texts between."""
    chance = random.Random(23)
    for _ in range(count):
        chars = list(chance.choice(texts)[:300])
        for _ in range(chance.randint(1, 5)):
            place = chance.randrange(len(chars) + 1)
            other = chance.choice(texts)
            begin = chance.randrange(len(other) + 1)
            piece = chance.choice(("", chance.choice(_MARKS), other[begin : begin + chance.randint(1, 12)]))
            chars[place : place + chance.randint(0, 2)] = piece
        yield "".join(chars)


def test_the_short_way_reads_the_fixtures_as_the_long_way_does() -> None:
    for text in _texts():
        assert scan(text) == _by_the_long_way(text), text


def test_the_short_way_reads_mutated_texts_as_the_long_way_does() -> None:
    for text in _mutated(_texts(), 3000):
        assert scan(text) == _by_the_long_way(text), text


@given(
    st.text(alphabet="近超约达至少最高给予不前第负双首台套在的来后人民币元（“ \n，是有上下M", max_size=5),
    st.sampled_from(_NUMERALS.split()),
    st.sampled_from(_TAILS.split()),
    st.text(alphabet="以上下的前来半级（及或圈”」行动计划企业产业-至到5万，。 \n多余", max_size=5),
)
def test_the_short_way_heeds_the_neighbours(before: str, digits: str, tail: str, behind: str) -> None:
    text = f"全区{before}{digits}{tail}{behind}"
    assert scan(text) == _by_the_long_way(text)


def test_most_numbers_go_the_short_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the tests above would hold a way to itself."""
    taken = asked = 0

    def counting(read: Callable[[str, int, int], Quantity | None]) -> Callable[[str, int, int], Quantity | None]:
        def count(text: str, start: int, floor: int) -> Quantity | None:
            nonlocal taken, asked
            found = read(text, start, floor)
            taken, asked = taken + (found is not None), asked + 1
            return found

        return count

    monkeypatch.setattr(scanner, "read_plain", counting(read_plain))
    facts = sum(quantity.is_fact for text in _texts() for quantity in scan(text))
    assert taken > facts / 2
