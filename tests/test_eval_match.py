"""Which number of a brief tells which number of gold."""

from typing import Any

from summarizer.evaluate import Case
from summarizer.evaluate.match import Matched, match_numbers, wanted_of
from tests.golds import case, number, told_number

TEXT = """云州高新区完成投资318.6亿元
上半年，云州高新区签约项目24个，完成投资318.6亿元。1-5月，在建项目97个，完成投资318.6亿元。
世界500强企业3家，开工18家，投产24家，拟开工3家。"""


def places(words: str) -> list[list[int]]:
    found, start = [], TEXT.find(words)
    while start >= 0:
        found.append([start, start + len(words)])
        start = TEXT.find(words, start + 1)
    return found


def matched(wanted: list[dict[str, Any]], told: list[Any], text: str | None = TEXT, **changes: object) -> Matched:
    one: Case = case(text, numbers=wanted, **changes)
    return match_numbers(wanted_of(one.gold, one.printed), told, one.gold, one.printed)


def at(words: str, place: int = 0, **fields: object) -> Any:  # noqa: ANN401 - a ToldNumber
    """Return a number of a brief that stands in TEXT."""
    return told_number(words, span=places(words)[place], **fields)


def test_numbers_pair_by_place_each_at_most_once() -> None:
    done = matched(
        [number("24个"), number("97个")], [at("97个", value="97", unit="个"), at("24个", value="24", unit="个")]
    )
    assert done == Matched({0: 1, 1: 0}, {}, {}, ())


def test_a_number_told_twice_pairs_once() -> None:
    done = matched([number("24个")], [at("24个", value="24", unit="个"), at("24个", value="24", unit="个")])
    assert (done.pairs, done.again, done.wrong) == ({0: 0}, {1: 0}, ())


def test_a_wrong_value_at_the_place_pairs_and_one_that_stands_nowhere_does_not() -> None:
    done = matched(
        [number("24个")],
        [at("24个", value="42", unit="个", verdict="digits"), told_number("99个", value="99", verdict="absent")],
    )
    assert (done.pairs, done.wrong) == ({0: 0}, (1,))


def test_equal_numbers_are_told_apart_by_label_and_period() -> None:
    wanted = [
        number("318.6亿元", metric="签约项目完成投资", period="上半年"),
        number("318.6亿元", metric="在建项目完成投资", period="1-5月"),
    ]
    told = [
        at("318.6亿元", 2, metric="在建项目完成投资", value="31860000000", unit="CNY", period={"text": "1-5月"}),
        at("318.6亿元", 0, metric="完成投资", value="31860000000", unit="CNY", period={"text": "上半年"}),
    ]
    assert matched(wanted, told).pairs == {0: 1, 1: 0}


def test_a_span_of_gold_settles_which_of_equal_numbers_is_meant() -> None:
    first, _, last = places("318.6亿元")
    wanted = [number("318.6亿元", span=last, metric="甲"), number("318.6亿元", span=first, metric="乙")]
    told = [at("318.6亿元", 0, metric="甲", value="31860000000", unit="CNY")]
    assert matched(wanted, told).pairs == {0: 1}


def test_what_is_owed_goes_before_what_is_optional() -> None:
    wanted = [number("318.6亿元", optional=True), number("318.6亿元")]
    assert matched(wanted, [at("318.6亿元", 0, value="31860000000", unit="CNY")]).pairs == {0: 1}


def test_the_same_fact_told_at_another_place_pairs_by_value_and_label() -> None:
    wanted = [number("60%", value="60", unit="%", metric="技工贸收入增长")]
    text = "技工贸收入增长六成。全年看，技工贸收入增长60%。"
    told = told_number("六成", value="60", unit="%", metric="技工贸收入增长", span=[7, 9])
    assert matched(wanted, [told], text).pairs == {0: 0}
    other = told.model_copy(update={"metric": "用电量"})
    assert matched(wanted, [other], text).wrong == (0,)


def test_without_text_or_places_value_and_unit_decide() -> None:
    wanted = [number("24个", unit="个"), number("24家", unit="家")]
    told = [told_number("24家", value="24", unit="家"), told_number("24个", value="24", unit="个", span=[3, 6])]
    assert matched(wanted, told, text=None).pairs == {0: 1, 1: 0}
    assert matched(wanted, [told_number("24", value="24")], text=None).pairs == {0: 0}


def test_words_without_value_pair_by_their_words() -> None:
    wanted = [number("两位数", value=None)]
    assert matched(wanted, [told_number("两位数", verdict="absent")]).pairs == {0: 0}
    assert matched(wanted, [told_number("三位数", verdict="absent")]).wrong == (0,)


def test_a_name_that_is_told_as_a_number_is_known_as_one() -> None:
    name = at("500强", value="500", unit="强")
    done = matched([number("3家")], [name, at("3家", value="3", unit="家")], names=["世界500强", "18科创"])
    assert (done.pairs, done.names) == ({1: 0}, {0: "世界500强"})
    placeless = name.model_copy(update={"span": None})
    assert matched([], [placeless], names=["世界500强"]).names == {0: "世界500强"}
    assert matched([], [placeless], text=None, names=["世界500强"]).names == {0: "世界500强"}
    assert matched([], [at("18家", value="18", unit="家")], names=["世界500强"]).wrong == (0,)


def test_only_what_gold_says_is_judged() -> None:
    one = case(TEXT, numbers=[number("24个"), number("24个", period=None, park="云州高新区", metric="签约项目")])
    silent, spoken = wanted_of(one.gold, one.printed)
    told = at("24个", value="24", unit="个", metric="签约项目", park="高新区", period={"text": "上半年"})
    assert silent.right(told) == {"value": True, "unit": True}
    assert spoken.right(told) == {"value": True, "unit": True, "period": False, "park": True, "label": True}


def test_the_articles_own_day_counts_where_gold_is_silent() -> None:
    told = at("24个", value="24", unit="个", period={"text": "2023年1-6月"})
    wanted = [number("24个", period="上半年")]
    for published, right in ((..., True), ("2022-07-03", False), (None, False)):
        one = case(TEXT, numbers=wanted, published=published)
        [first] = wanted_of(one.gold, one.printed)
        assert first.right(told)["period"] is right
