"""What decisions make of a brief: taken, corrected, added, left out."""

import pytest

from summarizer import check
from summarizer.brief import Brief
from summarizer.errors import BriefError
from summarizer.review.correct import ADDED, Correction, added_key, read_correction, reviewed
from summarizer.review.items import keyed
from summarizer.store.decisions import Decision, Verb
from tests.desks import BRIEF, TEXT


@pytest.fixture(scope="module")
def brief() -> Brief:
    return check(TEXT, BRIEF, published="2023-07-03")


def says(verb: Verb, **fields: object) -> Decision:
    told = Correction.model_validate(fields).model_dump_json(exclude_none=True) if fields else None
    return Decision(1, 1, "", verb, told, "林", "")


def after(brief: Brief, **decisions: Decision) -> Brief:
    """Return the brief after decisions; keys are paths with `_` for the dot, or `added`."""
    known = {one.path: one.key for one in keyed(brief)}
    by_key = {known.get(path.replace("_", "."), f"{ADDED}{path}"): one for path, one in decisions.items()}
    return reviewed(brief, by_key, TEXT)


def test_what_nobody_decided_on_stays(brief: Brief) -> None:
    assert [one.text for one in after(brief).numbers] == ["86个", "18.4%", "381.6亿元"]
    assert after(brief).quotes == brief.quotes


def test_what_is_rejected_is_left_out(brief: Brief) -> None:
    made = after(brief, numbers_1=says("reject"), quotes_0=says("reject"), parks_0=says("reject"))
    assert [one.text for one in made.numbers] == ["86个", "18.4%"]
    assert (made.quotes, made.parks) == ((), ())


def test_corrected_words_give_value_unit_and_place(brief: Brief) -> None:
    made = after(brief, numbers_1=says("correct", text="318.6亿元", metric="完成投资额"))
    [number] = [one for one in made.numbers if one.metric == "完成投资额"]
    assert (number.value, number.unit, number.verdict, number.findings) == ("31860000000", "CNY", "exact", ())
    assert number.span is not None
    assert TEXT[number.span.start : number.span.end] == "318.6亿元"


def test_a_place_in_the_article_gives_the_words(brief: Brief) -> None:
    start = TEXT.index("7 家")
    made = after(brief, numbers_0=says("correct", span=[start, start + 3]))
    [number] = [one for one in made.numbers if one.unit == "家"]
    assert (number.text, number.value, number.span) == ("7 家", "7", (start, start + 3))


def test_a_period_is_resolved_and_a_park_can_be_taken_away(brief: Brief) -> None:
    made = after(brief, numbers_0=says("correct", period="今年一季度", park="", status="target"))
    [number] = [one for one in made.numbers if one.text == "86个"]
    assert number.period is not None
    assert (number.period.start, number.period.end) == ("2023-01-01", "2023-03-31")
    assert (number.park, number.status) == (None, "target")


def test_a_value_can_be_given_where_the_words_are_read_otherwise(brief: Brief) -> None:
    made = after(brief, numbers_0=says("correct", value="87", unit="项"))
    [number] = [one for one in made.numbers if one.metric == "新签约项目"]
    assert (number.text, number.value, number.unit) == ("86个", "87", "项")


def test_a_number_is_added_where_it_stands_in_the_text(brief: Brief) -> None:
    start = TEXT.index("42个")
    made = after(brief, one=says("add", span=[start, start + 3], metric="制造业项目", period="2023年上半年"))
    [number] = [one for one in made.numbers if one.text == "42个"]
    assert (number.metric, number.text, number.value, number.verdict) == ("制造业项目", "42个", "42", "exact")
    assert number.evidence is not None
    assert "42个" in number.evidence


def test_an_added_number_that_was_rejected_later_is_gone(brief: Brief) -> None:
    assert after(brief, one=says("reject")).numbers == after(brief).numbers


def test_quotes_policies_and_parks_are_corrected(brief: Brief) -> None:
    made = after(brief, quotes_0=says("correct", speaker="周启铭"), parks_0=says("correct", role="mentioned"))
    assert (made.quotes[0].speaker, made.quotes[0].text) == ("周启铭", brief.quotes[0].text)
    assert made.parks[0].role == "mentioned"


@pytest.mark.parametrize("fields", [{"text": "许多"}, {"text": "", "metric": "x"}])
def test_words_without_a_number_are_refused(brief: Brief, fields: dict[str, str]) -> None:
    with pytest.raises(BriefError):
        after(brief, numbers_0=says("correct", **fields))


@pytest.mark.parametrize("text", ["[]", "{", '{"span": [1]}', '{"value": "1e9"}', '{"metric": 5}'])
def test_what_is_no_correction_is_refused(text: str) -> None:
    with pytest.raises(BriefError, match="no correction of an item"):
        read_correction(text)


def test_the_same_addition_has_the_same_key() -> None:
    one = Correction(metric="项目", text="42个")
    assert added_key(one) == added_key(one.model_copy(update={"park": "云州高新区"}))
    assert added_key(one) != added_key(one.model_copy(update={"text": "7 家"}))
