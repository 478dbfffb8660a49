"""Where words stand in an article, and the sentence that is shown of a place."""

from summarizer.evaluate.printed import Excerpt, Printed
from summarizer.pages import whole_article
from summarizer.read import document_from_text
from summarizer.value import Span
from tests.build import NEWS


def printed(text: str) -> Printed:
    return Printed(whole_article(document_from_text(text)))


def places(text: str, words: str, *, number: bool = True) -> list[str]:
    return [text[slice(*place.span)] for place in printed(text).find(words, number=number)]


def test_every_place_of_the_words_is_found_as_printed() -> None:
    text = "园区签约项目 24\n家，总投资43 亿\n\n元。去年同期也是２４家。"
    assert places(text, "24家") == ["24\n家", "２４家"]
    assert places(text, "43亿元") == ["43 亿\n\n元"]
    assert places(text, "") == []


def test_a_number_is_never_found_inside_a_longer_one() -> None:
    text = "全年新增114个项目，其中14个已投产，占12.14%，另有14.5亩和4,140吨。"
    assert places(text, "14个") == ["14个"]
    assert places(text, "14") == ["14"]
    assert places(text, "14%") == []
    assert places("历时三年，十三年前开始。", "三年") == ["三年"]


def test_words_are_never_found_inside_an_english_word() -> None:
    text = "It often moved. Ten firms came, and ten stayed in the Tenth Zone."
    assert places(text, "ten") == ["Ten", "ten"]
    assert places(text, "firms", number=False) == ["firms"]


def test_equal_words_are_taken_in_the_order_of_the_list() -> None:
    text = "今年签约3家。\n去年签约5家，前年签约3家。"
    found = printed(text).in_order(["3家", "5家", "3家", "9家"])
    assert [None if place is None else place.span.start for place in found] == [4, 12, 19, None]


def test_a_place_is_shown_in_its_sentence() -> None:
    page = printed(NEWS)
    place = page.find("560.6亿元")[0].span
    assert page.around(place) == Excerpt(
        before="上半年，西安高新区签约项目114个，总投资", words="560.6亿元", after="。"
    )


def test_a_place_in_no_sentence_is_not_shown() -> None:
    page = printed(NEWS)
    assert page.around(None) is None
    assert page.around(Span(5000, 5003)) is None
    assert page.around(Span(-5, -1)) is None


def test_a_long_sentence_is_cut_around_the_words() -> None:
    text = "园区" + "发展" * 200 + "签约114个项目" + "发展" * 200 + "。"
    page = printed(text)
    shown = page.around(page.find("114个")[0].span)
    assert shown is not None
    assert shown.words == "114个"
    assert shown.before.startswith("…")
    assert shown.after.endswith("…")
    assert len(shown.before + shown.after) < 400


def test_a_text_of_one_number_over_and_over_costs_little() -> None:
    assert len(printed("签约1家，" * 5000).find("1家")) == 200
