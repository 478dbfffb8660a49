"""English numbers: words, scales, fractions, dates and names."""

from decimal import Decimal

import pytest

from summarizer.quantities import scan
from summarizer.quantities.english import unit_of


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (None, (None, "count")),
        ("billion yuan", ("billion yuan", "count")),
        ("US  dollars", ("USD", "money")),
        ("per cent", ("%", "ratio")),
        ("percentage points", ("percentage_point", "percentage_point")),
        ("basis points", ("basis_point", "percentage_point")),
        ("square  meters", ("square meters", "measure")),
        ("years", ("years", "duration")),
        ("times", ("倍", "ratio")),
        ("firms", ("firms", "count")),
    ],
)
def test_unit_words_stand_for_a_unit_and_a_kind(words: str | None, expected: tuple[str | None, str]) -> None:
    assert unit_of(words) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("worth 38.6 billion yuan", ("38.6 billion yuan", "38600000000", "CNY", "money")),
        ("US$3.4m", ("US$3.4m", "3400000", "USD", "money")),
        ("RMB 500 million", ("RMB 500 million", "500000000", "CNY", "money")),
        ("some 300m yuan", ("300m yuan", "300000000", "CNY", "money")),
        ("a 20m pool", ("20", "20", None, "name")),
        ("9,000 jobs", ("9,000 jobs", "9000", "jobs", "count")),
        ("463,000 such enterprises", ("463,000", "463000", None, "count")),
        ("46.8\npercent", ("46.8\npercent", "46.8", "%", "ratio")),
        ("a 12-inch wafer", ("12-inch", "12", "inch", "name")),
        ("1.2 million\nsquare meters", ("1.2 million\nsquare meters", "1200000", "square meters", "measure")),
        ("three-quarters of it", ("three-quarters", "0.75", None, "ratio")),
        ("a third of them", ("a third", "0.3333", None, "ratio")),
        ("two dozen labs", ("two dozen labs", "24", "labs", "count")),
        ("three times as much", ("three times", "3", "倍", "ratio")),
        ("the five-year plan", ("five-year", "5", "year", "name")),
        ("by Seven Rivers", ("Seven", "7", None, "name")),
        ("one of them", ("one", "1", None, "idiom")),
        ("one fold", ("one fold", "1", "倍", "ratio")),
    ],
)
def test_english_number_is_read(text: str, expected: tuple[str, str, str | None, str]) -> None:
    assert [(found.text, str(found.value), found.unit, found.kind) for found in scan(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("more than 140 applications", "more_than"),
        ("no more than 20 firms", "at_most"),
        ("at least two firms", "at_least"),
        ("nearly twenty firms", "about"),
        ("awesome 3 firms", "exact"),
        ("fewer than 5 firms", "less_than"),
    ],
)
def test_words_before_an_english_number_bound_it(text: str, qualifier: str) -> None:
    assert [found.qualifier for found in scan(text)] == [qualifier]


@pytest.mark.parametrize("text", ["the first half of the year", "a third party", "someone", "the tone of it", "a few"])
def test_word_that_only_looks_like_a_number_is_none(text: str) -> None:
    assert scan(text) == []


@pytest.mark.parametrize("text", ["Jan. 16", "May 5, 2023", "5 May", "10 a.m.", "the 1990s", "2:30 p.m."])
def test_english_date_is_no_fact(text: str) -> None:
    assert [found.kind for found in scan(text)] == ["date"]


def test_between_makes_a_range_and_a_bare_and_does_not() -> None:
    [joined] = scan("between 300 and 400 engineers")
    assert (joined.low, joined.high, joined.qualifier) == (Decimal(300), Decimal(400), "range")
    assert [found.value for found in scan("it opened 300 and 400 engineers came")] == [300, 400]
