"""What a model answers about a page's lines becomes articles in which every line has one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.page_split import PageSplit
from summarizer.pages import articles_from
from summarizer.read import document_from_text
from summarizer.split import faults_of
from tests.numbered import INCOMPLETE, PAGE, RIGHT, piece, pieces_of, printed, split


def test_line_numbers_become_articles() -> None:
    assert printed(pieces_of(RIGHT)) == [
        ("article", "云岭高新区签约项目24家", None, (2, 4, 5)),
        ("article", "江北高新区新增企业31家", "张三", (1, 0, 7, 8, 6)),
        ("furniture", None, None, (9,)),
    ]


@pytest.mark.parametrize("words", ["4-5", "4–5", " 4 - 5 ", "[4]-[5]", "4至5", "4,5", "4，5", "4、5", "4 5", "4～5，"])
def test_numbers_may_be_written_in_any_way(words: str) -> None:
    assert pieces_of(split(piece("3", "", words), *RIGHT.pieces[1:], furniture="9")) == pieces_of(RIGHT)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (INCOMPLETE, "第 8-9 行没有出现。"),
        (split(*RIGHT.pieces, furniture="9, 7"), "第 7 行出现了不止一次。"),
        (split(*RIGHT.pieces, furniture="9-11"), "furniture 里的第 10-11 行不存在，这一页只有 9 行。"),
        (split(*RIGHT.pieces, furniture="9, 0"), "furniture 里的第 0 行不存在，这一页只有 9 行。"),
        (
            split(piece("云岭", "", "3-5"), RIGHT.pieces[1], furniture="9"),
            "pieces[0].title 里的“云岭”不是行号，请写成“15-62, 66”的样子。",
        ),
        (split(*RIGHT.pieces, furniture="9-8, 9"), "furniture 里的“9-8”不是行号，请写成“15-62, 66”的样子。"),
        (split(*RIGHT.pieces, piece("9")), "pieces[2] 没有正文，不成一篇。"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(answer: PageSplit, fault: str) -> None:
    assert faults_of(answer, 9) == [fault]
    assert faults_of(RIGHT, 9) == []


def test_of_many_faults_the_first_are_named() -> None:
    odd = ",".join(str(number) for number in range(1, 41, 2))
    missing = ", ".join(str(number) for number in range(2, 26, 2))
    assert faults_of(split(piece("", "", odd)), 40) == [f"第 {missing} 等 行没有出现。"]


def test_a_headline_of_half_a_paragraph_is_that_half() -> None:
    halves = ["云岭高新区上半年签约项目二十四家总投资五十六亿元，", "下半年还将新建标准厂房，引进更多的企业落户。"]
    text = "\n".join([*halves, "本报讯 江北高新区新增企业31家，增长8.4%。"])
    [first, *_] = pieces_of(split(piece("1", "", "2-3")), text)
    assert first.title == halves[0]


def test_a_range_without_end_costs_nothing() -> None:
    assert "不是行号" in faults_of(split(piece("", "", "1-9999999")), 9)[0]


NUMBERS = st.text(st.sampled_from("0123456789-, []至x"), max_size=12)
ANSWERS = st.builds(
    split,
    st.builds(piece, NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.sampled_from(["article", "brief", "picture"])),
    st.builds(piece, NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    furniture=NUMBERS,
)


@given(ANSWERS)
def test_whatever_the_model_answers_every_line_has_one_place(answer: PageSplit) -> None:
    owned = sorted(line for one in pieces_of(answer) for line in one.lines)
    assert owned == [0, 1, 2, 4, 5, 6, 7, 8, 9]
    for one in articles_from(document_from_text(PAGE), pieces_of(answer)):
        assert one.text.strip()


def test_an_article_that_the_model_leaves_out_stays_as_the_rules_see_it() -> None:
    [first, second, _] = pieces_of(split(piece("3", "", "4-5"), furniture="9"))
    assert (first.title, second.title) == ("云岭高新区签约项目24家", "江北高新区新增企业31家")
    assert second.confidence < 0.5


def test_a_line_left_out_goes_where_the_rules_put_it() -> None:
    assert printed(pieces_of(INCOMPLETE)) == printed(pieces_of(RIGHT))


def test_a_line_left_out_stands_where_the_page_has_it() -> None:
    first, second, _ = pieces_of(split(piece("3", "", "5"), piece("2", "1", "8", "6"), furniture="9"))
    assert (first.lines, second.lines) == ((2, 4, 5), (1, 0, 7, 8, 6))


def test_a_piece_without_a_text_is_furniture() -> None:
    pieces = pieces_of(split(piece("3", "", "4-5"), piece("2", "", "7-8", "6"), piece("9", "1")))
    assert printed(pieces)[1:] == [
        ("article", "江北高新区新增企业31家", None, (1, 7, 8, 6)),
        ("furniture", None, None, (0, 9)),
    ]


def test_a_picture_story_is_its_photographer_s() -> None:
    [*_, picture, _] = pieces_of(
        split(RIGHT.pieces[0], piece("2", "1", "7-8"), piece(captions="6", kind="picture"), furniture="9")
    )
    assert (picture.kind, picture.byline, picture.lines) == ("picture", "李四", (6,))


def test_an_answer_is_the_surer_the_more_of_it_the_rules_say_too() -> None:
    [first, second, _] = pieces_of(split(piece("3", "", "4-5"), piece("2", "1", "7-8"), furniture="6, 9"))
    assert (first.confidence, 0.5 < second.confidence < 1.0) == (1.0, True)


def test_a_headline_that_was_cut_within_a_word_is_joined_as_the_text_has_it() -> None:
    text = PAGE.replace("云岭高新区签约项目24家\n\n", "云岭高新区签约项\n\n目24家\n\n")
    answer = split(piece("3-4", "", "5-6"), piece("2", "1", "8-9", "7"), furniture="10")
    assert pieces_of(answer, text)[0].title == "云岭高新区签约项目24家"
