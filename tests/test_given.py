"""Anybody's brief: what is read, what is supplied, what is refused."""

import json

import pytest

from summarizer.errors import BriefError
from summarizer.verify import draft_from, read_brief


def test_metric_and_text_are_enough() -> None:
    draft = draft_from({"numbers": [{"metric": "签约项目", "text": "86个"}, {"metric": "总投资", "text": "35亿元"}]})
    assert [number.metric for number in draft.numbers] == ["签约项目", "总投资"]
    assert {number.at for number in draft.numbers} == {0}
    assert draft.numbers[0].status == "actual"
    assert draft.about_park
    assert draft.summary == ""


def test_numbers_may_be_json_numbers() -> None:
    draft = read_brief('{"numbers": [{"metric": "a", "text": 114}, {"metric": "b", "text": 21.02}]}', "brief.json")
    assert [number.text for number in draft.numbers] == ["114", "21.02"]


def test_a_json_number_is_never_read_in_exponent_form() -> None:
    assert draft_from({"numbers": [{"metric": "a", "text": 1e22}]}).numbers[0].text == "1" + "0" * 22


def test_the_sentence_of_a_brief_is_its_citation() -> None:
    draft = draft_from(
        {"numbers": [{"metric": "a", "text": "1", "sentence": 4}, {"metric": "b", "text": "1", "at": 2}]}
    )
    assert [number.at for number in draft.numbers] == [4, 2]


@pytest.mark.parametrize("at", [-1, 0, True, "3", None, 1.5])
def test_what_is_no_sentence_number_is_no_citation(at: object) -> None:
    assert draft_from({"numbers": [{"metric": "a", "text": "1", "at": at}]}).numbers[0].at == 0


def test_a_period_may_be_an_object_with_text() -> None:
    value = {"period": {"text": "上半年", "start": None}, "summary": {"text": "好。"}, "numbers": []}
    draft = draft_from(value)
    assert (draft.period, draft.summary) == ("上半年", "好。")


def test_bare_strings_stand_for_parks_policies_and_quotes() -> None:
    draft = draft_from({"numbers": [], "parks": ["云岭高新区"], "policies": ["《办法》"], "quotes": ["好。"]})
    assert draft.parks[0].role == "mentioned"
    assert draft.policies[0].name == "《办法》"
    assert draft.quotes[0].speaker is None


def test_unknown_keys_roles_and_statuses_are_passed_over() -> None:
    value = {
        "numbers": [{"metric": "a", "text": "1", "status": "sure", "colour": "red"}],
        "parks": [{"name": "云岭高新区", "role": "hero"}],
        "mood": 3,
    }
    draft = draft_from(value)
    assert draft.numbers[0].status == "actual"
    assert draft.parks[0].role == "mentioned"


def test_halves_of_characters_are_replaced() -> None:
    assert read_brief('{"numbers": [{"metric": "\\ud800", "text": "1"}]}', "x").numbers[0].metric == "\ufffd"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not json", "line 1"),
        ("[1, 2]", "needs an object with a list `numbers`"),
        ("{}", "needs an object with a list `numbers`"),
        ('{"numbers": 3}', "needs an object with a list `numbers`"),
        ('{"numbers": [3]}', r"numbers\[0\] needs metric and text"),
        ('{"numbers": [{"metric": "a"}]}', r"numbers\[0\] needs metric and text"),
        ('{"numbers": [{"metric": "a", "text": NaN}]}', r"numbers\[0\] needs metric and text"),
        ('{"numbers": [{"metric": true, "text": "1"}]}', r"numbers\[0\] needs metric and text"),
        ('{"numbers": [], "quotes": "x"}', "`quotes` must be a list"),
        ('{"numbers": [{"metric": "a", "text": ' + "1" * 5000 + "}]}", "too long"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_brief_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(BriefError, match=reason):
        read_brief(text, "brief.json")


def test_the_error_names_the_file() -> None:
    with pytest.raises(BriefError, match=r"mine\.json"):
        read_brief(json.dumps(None), "mine.json")
