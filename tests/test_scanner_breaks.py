"""Numbers that blanks cut or seem to cut, and what only looks like a number."""

import pytest

from summarizer.quantities import scan
from tests.test_scanner import told


def test_a_blank_behind_a_comma_parts_no_noughts() -> None:
    assert told("covers 28, 000 square meters") == ["28, 000 square meters|28000|square meters|exact|measure"]
    assert told("rooms 28, 300 and 400") == ["28|28|-|exact|count", "300|300|-|exact|count", "400|400|-|exact|count"]


def test_items_of_a_list_are_not_joined_to_what_they_number() -> None:
    assert [quantity.text for quantity in scan("共有 1. 3家企业，2. 4家工厂")] == ["1", "3家", "2", "4家"]


@pytest.mark.parametrize("number", ["03-5557120", "02-2345-6789", "010-62345678"])
def test_numbers_of_telephones_are_identifiers(number: str) -> None:
    [quantity] = scan(f"电话{number}，")
    assert (quantity.text, quantity.kind) == (number, "identifier")


def test_a_day_of_the_month_counts_no_small_word() -> None:
    assert [quantity.kind for quantity in scan("On May 13 the zone opened, and in May 13 firms left.")] == [
        "date",
        "count",
    ]


@pytest.mark.parametrize("text", ["over three years the zone grew", "over 3 years the zone grew"])
def test_what_could_be_a_stretch_is_doubted(text: str) -> None:
    [quantity] = scan(text)
    assert quantity.qualifier == "more_than"
    assert quantity.doubt == "could be the span throughout which something went on"
