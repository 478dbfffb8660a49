"""Items are known by what they say, so that a decision outlives a brief that is made anew."""

from summarizer import check
from summarizer.brief import Brief
from summarizer.review.items import keyed
from tests.desks import BRIEF, TEXT


def brief(**changes: object) -> Brief:
    return check(TEXT, BRIEF | changes, published="2023-07-03")


def keys(made: Brief) -> dict[str, str]:
    return {one.path: one.key for one in keyed(made)}


def test_every_item_has_a_key_of_its_own() -> None:
    found = keys(brief(numbers=[*BRIEF["numbers"], BRIEF["numbers"][0]]))
    assert len(set(found.values())) == len(found)
    assert found["numbers.3"] == f"{found['numbers.0']}#2"
    assert {key.partition(":")[0] for key in found.values()} == {"parks", "numbers", "quotes", "unreported"}


def test_a_key_does_not_hang_on_the_place() -> None:
    turned = keys(brief(numbers=BRIEF["numbers"][::-1]))
    assert turned["numbers.2"] == keys(brief())["numbers.0"]


def test_what_says_something_else_is_another_item() -> None:
    numbers = [BRIEF["numbers"][0] | {"metric": "签约项目数"}, *BRIEF["numbers"][1:]]
    assert keys(brief(numbers=numbers))["numbers.0"] != keys(brief())["numbers.0"]


def test_a_verdict_is_no_part_of_what_an_item_says() -> None:
    made = brief()
    judged = made.numbers[0].model_copy(update={"verdict": "moved", "findings": ("moved",)})
    changed = made.model_copy(update={"numbers": (judged, *made.numbers[1:])})
    assert keys(changed) == keys(made)
