"""Gold as people write it: what may be left out, what is read for them, what is refused and how."""

import json
from pathlib import Path

import pytest

from bench.true_drafts import ROOT
from summarizer.errors import EvaluationError
from summarizer.evaluate import Gold, gold_from
from tests.golds import gold, number

SHIPPED = sorted((*ROOT.glob("fixtures/gold/*.json"), *ROOT.glob("fixtures/eval/gold/*.json")))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_gold_is_gold(path: Path) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    made = gold_from(value)
    assert made.id == path.stem
    assert json.loads(made.to_json()) == {"schema": "gold.v1"} | value


def test_two_fields_are_enough() -> None:
    made = gold_from({"id": "news", "about_park": False})
    assert not any(made.says(field) for field in ("parks", "numbers", "period", "quotes", "policies"))


def test_what_is_left_out_stays_left_out_and_null_stays_null() -> None:
    value = {"schema": "gold.v1", "id": "news", "about_park": True, "period": None, "numbers": []}
    assert json.loads(gold_from(value).to_json()) == value


def test_left_out_and_null_are_told_apart_in_a_number() -> None:
    [silent, spoken] = gold_from(gold(numbers=[number("114个"), number("114个", park=None)])).numbers
    assert not silent.says("park")
    assert spoken.says("park")


def test_value_unit_and_qualifier_are_read_where_they_are_left_out() -> None:
    [money, people, share] = gold_from(gold(numbers=[number("560.6亿元"), number("140多家"), number("21.02%")])).numbers
    assert (money.value, money.unit) == ("56060000000", "CNY")
    assert not money.says("qualifier")  # 近 or 超 may stand before it
    assert (people.value, people.unit, people.qualifier) == ("140", "家", "at_least")
    assert (share.value, share.unit) == ("21.02", "%")


def test_a_range_is_read_too() -> None:
    [one] = gold_from(gold(numbers=[number("3-5亿元")])).numbers
    assert (one.value, one.low, one.high, one.qualifier) == (None, "300000000", "500000000", "range")


def test_what_a_person_writes_outweighs_what_is_read() -> None:
    [one] = gold_from(gold(numbers=[number("8个人", unit="人")])).numbers
    assert (one.value, one.unit) == ("8", "人")


def test_a_value_of_null_is_not_read() -> None:
    [one] = gold_from(gold(numbers=[number("两位数", value=None)])).numbers
    assert one.worth == (None, None, None)


@pytest.mark.parametrize(
    ("text", "count"), [("若干", "no number"), ("27家、投产19家", "2 numbers"), ("2023年", "no number")]
)
def test_a_number_that_cannot_be_read_must_have_its_value_written(text: str, count: str) -> None:
    with pytest.raises(EvaluationError, match=rf"'a\.json': numbers\.0: the program reads {count} in '{text}'; write"):
        gold_from(gold(numbers=[number(text)]), "'a.json'")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (gold(colour="red"), r"colour: extra inputs are not permitted"),
        (gold(numbers=[number("114个", vlaue="114")]), r"numbers\.0\.vlaue: extra inputs are not permitted"),
        (gold(about_park=...), r"about_park: field required"),
        (gold(published="2023-02-30"), r"published: value error"),
        (gold(published="last week"), r"published: string should match"),
        (gold(numbers=[number("114个", value=114)]), r"numbers\.0\.value: input should be a valid string"),
        (gold(numbers=[number("114个", value="1e9")]), r"numbers\.0\.value: string should match"),
        (gold(numbers=[number(" ")]), r"numbers\.0\.text: string should match"),
        (gold(numbers=[number("114个", status="done")]), r"numbers\.0\.status: input should be 'actual'"),
        (gold(schema="gold.v2"), r"schema: input should be 'gold\.v1'"),
        (gold(source="md5:0"), r"source: string should match"),
        (gold(numbers="none"), r"numbers: input should be a valid (tuple|list)"),
        ([], r"it: input should be a valid dictionary"),
        (None, r"it: input should be a valid dictionary"),
        (gold(a=1, b=2, c=3), r"a: extra inputs are not permitted \(and 2 more\)"),
    ],
)
def test_what_is_no_gold_is_refused_in_one_line_that_names_file_and_field(value: object, said: str) -> None:
    with pytest.raises(EvaluationError, match=rf"^'a\.json' is no gold\.v1: {said}.*schemas/gold\.v1\.json") as refused:
        gold_from(value, "'a.json'")
    assert "\n" not in str(refused.value)


def test_names_may_be_words_or_words_with_their_kind() -> None:
    made = gold_from(gold(names=["500强", {"text": "10月9日", "kind": "date"}]))
    assert made.name_words == ("500强", "10月9日")


def test_gold_is_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        gold_from(gold()).id = "other"  # type: ignore[misc]  # that is the point


def test_what_is_written_is_read_again() -> None:
    made = gold_from(gold(numbers=[number("560.6亿元", span=[41, 48])]))
    assert gold_from(json.loads(made.to_json())) == made
    assert isinstance(made, Gold)
