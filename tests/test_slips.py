"""Contradictions between headline and body, and of parts that divide their whole."""

from tests.test_contradictions import contradictions


def test_a_slip_between_headline_and_body_is_told() -> None:
    body = "云岭高新区上半年新签约项目67个。两个片区分别完成投资104.2亿元和63.8亿元，合计168亿元。"
    assert contradictions(f"云岭高新区上半年完成投资186亿元\n\n{body}") == [
        "the headline has 186亿元, the body 168亿元"
    ]
    assert contradictions(f"云岭高新区上半年完成投资168亿元\n\n{body}") == []
    assert contradictions(f"云岭高新区全年将完成投资350亿元\n\n{body}") == []


def test_parts_that_divide_a_whole_are_added_up() -> None:
    text = "园区新签约项目58个，总投资逾370亿元。按产业分，智能装备项目27个、新型显示项目18个、生物医药项目{}个。"
    assert contradictions(text.format(19)) == ["the parts 27个, 18个, 19个 are together more than 58个"]
    assert contradictions(text.format(13)) == []


def test_digits_in_another_order_are_a_slip() -> None:
    body = "云岭高新区举行签约仪式，现场签约项目32个，投资总额{}亿元。"
    assert contradictions(f"云岭高新区签约总额逾320亿元\n\n{body.format(302)}") == [
        "the headline has 320亿元, the body 302亿元"
    ]
    assert contradictions(f"云岭高新区签约总额逾300亿元\n\n{body.format(310)}") == []
