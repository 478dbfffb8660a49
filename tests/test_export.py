"""How a quantity is told: as a line of JSON, and in signs."""

import json
from decimal import Decimal

from summarizer.export import quantity_line, reading
from summarizer.quantities import scan


def test_a_quantity_is_a_line_of_json() -> None:
    [money, span, day] = scan("投资560.6亿元，企业10~20家，2023年")
    assert json.loads(quantity_line(money)) == {
        "start": 2,
        "end": 9,
        "text": "560.6亿元",
        "value": "56060000000",
        "low": None,
        "high": None,
        "unit": "CNY",
        "qualifier": "exact",
        "kind": "money",
        "doubt": None,
    }
    assert [json.loads(quantity_line(span))[name] for name in ("low", "high", "value")] == ["10", "20", None]
    assert json.loads(quantity_line(day))["kind"] == "date"


def test_what_a_number_was_read_as_is_told_in_signs() -> None:
    assert reading("at_least", [Decimal("90")], "家") == "≥ 90 家"
    assert reading("range", [Decimal("10"), Decimal("2000")], "percentage_point") == "= 10–2,000 percentage point"
    assert reading("range", [None, Decimal("5")], None) == "= –5"
    assert reading("exact", [None], "家") == ""
