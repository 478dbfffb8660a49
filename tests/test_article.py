"""The way back from clean text to the text as read."""

from summarizer.article import CleanText, Run
from summarizer.pages import articles_of
from summarizer.read import document_from_text
from summarizer.value import Span
from tests.build import article

RUNS = (Run(clean=0, raw=2), Run(clean=3, raw=10))


def test_offsets_lead_back_over_what_was_left_out() -> None:
    clean = CleanText(text="abcde", runs=RUNS)
    assert [clean.raw_offset(offset) for offset in range(5)] == [2, 3, 4, 10, 11]
    assert clean.raw_span(2, 4) == Span(4, 11)


def test_spans_as_read_lead_to_clean_ones_whatever_the_order_of_the_page() -> None:
    for runs in (RUNS, (Run(clean=0, raw=10), Run(clean=3, raw=2))):
        news = article("abcde").model_copy(update={"clean": CleanText(text="abcde", runs=runs)})
        for start in range(5):
            assert news.clean_span(news.raw_span(start, start + 1)) == Span(start, start + 1)
    assert article().clean_span(Span(3, 9)) == Span(3, 9)


def test_a_sentence_is_found_by_any_of_its_characters() -> None:
    news = article()
    for sentence in news.sentences:
        assert news.sentence_at(sentence.start) == news.sentence_at(sentence.end - 1) == sentence


def test_between_and_before_sentences_there_is_none() -> None:
    news = article("甲。\n乙。")
    assert news.sentence_at(news.sentences[0].end) is None
    assert article("\n甲。").sentence_at(0) is None


def test_a_number_that_no_sentence_bears_has_none() -> None:
    news = article()
    assert [news.sentence(number) for number in (None, 0, -1, 99)] == [None] * 4
    assert news.sentence(2) == news.sentences[1]


def test_a_document_leads_from_any_clean_word_to_its_place_on_the_page() -> None:
    page = "  西安高新区\n\n上半年签约\u3000项目１１４\n个，总投资５６０.６亿元。 "
    [news] = articles_of(document_from_text(page))
    assert news.published is None
    for word, printed in (("西安高新区", "西安高新区"), ("560.6亿元", "５６０.６亿元")):
        start = news.text.index(word)
        span = news.raw_span(start, start + len(word))
        assert page[span.start : span.end] == printed


def test_spans_meet_that_have_a_character_in_common() -> None:
    assert Span(2, 5).meets(Span(4, 9))
    assert Span(2, 5).meets(Span(3, 4))
    assert not Span(2, 5).meets(Span(5, 9))
    assert not Span(5, 9).meets(Span(2, 5))
