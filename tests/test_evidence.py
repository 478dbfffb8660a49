"""What an article offers as proof: words found again, numbers by value, evidence shown."""

from summarizer.article import Article
from summarizer.pages import articles_of
from summarizer.quantities import scan
from summarizer.read import document_from_text
from summarizer.verify.evidence import Evidence, fold_words


def article_of(text: str, published: str | None = None) -> Article:
    return articles_of(document_from_text(text, published=published))[0]


def evidence_of(text: str) -> Evidence:
    return Evidence(article_of(text))


NEWS = "云岭高新区半年报\n2023年，云岭高新区签约项目86个、总投资３５亿元。\n园区还有“双创”\n基地86个。"


def test_words_are_compared_without_blanks_quotation_marks_and_width() -> None:
    assert fold_words("“双 创”，ＡＢ（１）") == fold_words("双创,AB(1)")


def test_every_wide_mark_has_its_narrow_one() -> None:
    assert fold_words("，；：？！（）［］【】．／＆＠＃＊–—－〔〕＜＞") == ",;:?!()[][]./&@#*---[]<>"


def test_words_are_found_over_line_ends_and_quotation_marks() -> None:
    evidence = evidence_of(NEWS)
    span = evidence.find_words("双创基地")
    assert span is not None
    assert "双创" in evidence.article.text[span.start : span.end]


def test_of_two_places_the_one_nearest_to_the_citation_is_found() -> None:
    evidence = evidence_of(NEWS)
    text = evidence.article.text
    assert evidence.find_words("86个", 0) == (text.index("86个"), text.index("86个") + 3)
    assert evidence.find_words("86个", len(text)) == (text.rindex("86个"), text.rindex("86个") + 3)


def test_no_words_are_found_nowhere() -> None:
    assert evidence_of(NEWS).find_words(" “” ") is None
    assert evidence_of(NEWS).find_words("不在文中") is None


def test_a_number_is_found_by_its_value_in_any_writing() -> None:
    evidence = evidence_of(NEWS)
    [claimed] = scan("35亿元", yuan="CNY")
    assert [found.text for found in evidence.same(claimed, 0, 1000)] == ["35亿元"]
    assert evidence.same(claimed, 0, 5) == []


def test_numbers_of_a_sentence_stop_at_its_end() -> None:
    evidence = evidence_of(NEWS)
    [first, *_] = [found for found in evidence.quantities if found.text == "86个"]
    assert [found.text for found in evidence.around(first, 8)] == ["2023年", "35亿元"]
    assert evidence.of_sentence(None) == []


def test_what_stands_between_sentences_has_no_neighbours() -> None:
    evidence = evidence_of(NEWS)
    outside = evidence.quantities[0]._replace(start=len(evidence.article.text) + 5)
    assert evidence.around(outside, 8) == []


def test_long_evidence_is_shortened_around_the_number() -> None:
    evidence = evidence_of("园区" + "很好，" * 200 + "签约项目86个，" + "很好，" * 200 + "完。")
    [quantity] = [found for found in evidence.quantities if found.text == "86个"]
    shown = evidence.show(evidence.article.sentence_at(quantity.start), quantity)
    assert shown is not None
    assert "86个" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 250


def test_short_evidence_is_shown_whole_and_none_for_none() -> None:
    evidence = evidence_of(NEWS)
    assert evidence.show(evidence.article.sentence(2)) == evidence.article.sentences[1].text
    assert evidence.show(None) is None


def test_the_heading_over_a_place_is_the_nearest_above() -> None:
    evidence = evidence_of(NEWS)
    heading = evidence.heading_over(evidence.article.text.index("86个"))
    assert heading is not None
    assert heading.text == "云岭高新区半年报"
    assert evidence_of("云岭高新区签约项目86个。").heading_over(3) is None


def test_only_so_many_numbers_of_one_value_are_looked_at() -> None:
    evidence = evidence_of("园区有" + "、".join("企业3家" for _ in range(300)) + "。")
    [claimed] = scan("3家", yuan="CNY")
    assert 0 < len(evidence.same(claimed, 0, 10_000)) < 100


def test_in_a_long_list_the_suspects_of_a_wrong_number_are_still_found() -> None:
    evidence = evidence_of(
        "园区有" + "、".join(f"企业{place}家" for place in range(1000, 1300)) + "，产值35.6亿元，3至5年。"
    )
    whole = (0, len(evidence.article.text))
    for told, printed in [("1999家", "1199家"), ("356亿元", "35.6亿元"), ("36亿元", "35.6亿元"), ("3至6年", "3至5年")]:
        [claimed] = scan(told, yuan="CNY")
        assert printed in [found.text for found in evidence.suspects.of(claimed, *whole)]
    [date] = scan("2023年", yuan="CNY")
    assert evidence.suspects.of(date, *whole) == []
