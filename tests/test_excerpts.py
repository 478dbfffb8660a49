"""The words around a number, cut to the room that there is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from summarizer.show_brief.excerpts import Passage, find_passage, fit, in_line, passage_at
from summarizer.terminal import rows
from summarizer.value import Span

SENTENCE = "今年以来，云州高新区一手抓招引、一手抓落地，上半年新签约项目 86 个，完成投资318.6亿元，交出沉甸甸的成绩单。"
LETTERS = "园区，。“”（ 1二亿.%ab…é\u0301\u3042ｱ🏭"
WORDS = st.text(alphabet=LETTERS, max_size=120)


def at(words: str, number: str) -> Passage:
    start = words.index(number)
    return Passage(words, start, start + len(number))


@given(WORDS, st.text(alphabet="1二亿元.%a ", min_size=1, max_size=30), WORDS, st.integers(20, 90), st.integers(1, 3))
def test_whatever_is_cut_the_number_is_whole_and_the_rest_as_printed(
    before: str, number: str, after: str, width: int, height: int
) -> None:
    shown = fit(Passage(before + number + after, len(before), len(before) + len(number)), width, height)
    assert shown.number == number
    left, right = shown.words[: shown.start], shown.words[shown.end :]
    assert left == before or before.endswith(left.removeprefix("…"))
    assert right == after or after.startswith(right.removesuffix("…"))
    if cell_len(number) + 2 <= width:
        assert sum(1 for _ in rows(shown.words, width)) <= height
    if height == 1 and cell_len(number) <= width:
        assert cell_len(shown.words) <= width


@given(WORDS, st.integers(1, 60))
def test_words_without_a_number_are_shown_from_their_head(words: str, width: int) -> None:
    shown = fit(Passage(words), width).words
    assert shown == words or words.startswith(shown.removesuffix("…"))
    assert cell_len(shown) <= max(width, 1)


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (200, SENTENCE),
        (46, "…上半年新签约项目 86 个，完成投资318.6亿元…"),
        (44, "…上半年新签约项目 86 个，完成投资…"),
        (30, "…半年新签约项目 86 个，完成投…"),
        (20, "…约项目 86 个，完成…"),
        (10, "…86 个…"),
        (7, "…86 个…"),
        (6, "86 个…"),
        (5, "86 个"),
        (3, "86 个"),
    ],
)
def test_the_label_before_a_number_gets_more_room_than_what_follows(width: int, shown: str) -> None:
    assert fit(at(SENTENCE, "86 个"), width).words == shown


def test_a_cut_begins_at_a_clause_where_one_is_near_and_never_in_a_word_or_a_number() -> None:
    assert fit(at(SENTENCE, "86 个"), 52).words == "…一手抓落地，上半年新签约项目 86 个，完成投资…"
    growth = "总投资达1027.35亿元，同比增长18.4%，新签约项目86个。"
    assert fit(at(growth, "18.4%"), 30).words == "…同比增长18.4%，新签约项目…"
    english = "The zone opened 1.2 million square meters of factory space last year and created nearly 9,000 jobs."
    assert fit(at(english, "9,000 jobs"), 40).words == "…year and created nearly 9,000 jobs."
    assert fit(at(english, "1.2 million"), 30).words == "…opened 1.2 million square…"
    told = "In all, signed 1,234 of 5,678 contracts, worth 38.6 billion yuan, were counted in the zone."
    for width in range(24, 80):
        whole = set(re.findall(r"[\d,.]*\d", fit(at(told, "38.6 billion"), width).words))
        assert whole <= {"1,234", "5,678", "38.6"}
    long = "https://example.com/" + "x" * 100
    assert fit(Passage(long), 20).words == long[:19] + "…"


def test_a_number_that_stands_twice_is_found_where_the_check_found_it() -> None:
    text = "一季度引进13家、3家，二季度引进3家。"
    assert find_passage(text, "3家") == (text, text.index("、3") + 1, text.index("，"))
    assert find_passage(text, "3家", "，二季度\n引进") == (text, len(text) - 3, len(text) - 1)
    assert find_passage(text, "5家") is None
    assert find_passage(text, " ") is None


def test_a_number_is_found_in_spite_of_blanks_and_line_ends() -> None:
    assert find_passage("新签约项目 86 个。", "86\n个") == ("新签约项目 86 个。", 6, 10)
    assert find_passage("投资43 亿\n元。", "43亿元") == ("投资43 亿元。", 2, 7)


def test_a_passage_is_the_sentence_around_a_span() -> None:
    text = "开头。园区引进\n24\r\n家企业，\n\n势头好！后来。"
    span = Span(text.index("24"), text.index("家") + 1)
    assert passage_at(text, span) == ("园区引进 24 家企业，势头好！", 5, 9)
    unbroken = "很好，" * 100 + "3家" + "很好，" * 100
    passage = passage_at(unbroken, Span(300, 302))
    assert (passage.number, passage.words[0], passage.words[-1]) == ("3家", "…", "…")
    assert len(passage.words) < 410
    assert passage_at("3家", Span(0, 2)) == ("3家", 0, 2)


def test_line_ends_in_chinese_are_nothing_elsewhere_blanks() -> None:
    assert in_line("园区\r\n 引进\nABC\n公司\x1b[2J\u202e") == "园区引进 ABC 公司 [2J "
    assert in_line("two\n\nwords\n") == "two words "


def test_brackets_stand_around_the_number_and_around_nothing_else() -> None:
    assert at("引进3家。", "3家").bracketed() == ("引进[3家]。", 2, 6)
    assert Passage("引进。").bracketed() == ("引进。", 0, 0)
