"""Lines that a column has broken become paragraphs again, and nothing else does."""

import pytest

from summarizer.clean import clean_text
from tests.wrapped import WHOLE, WRAPPED, lines_of


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\n\u3000\n"])
def test_wrapped_lines_become_one_paragraph(gap: str) -> None:
    assert lines_of(gap.join(WRAPPED)) == [WHOLE]


def test_blank_lines_part_paragraphs_where_they_are_not_everywhere() -> None:
    page = "\n".join(WRAPPED)
    assert lines_of(f"{page}\n\n{page}") == [WHOLE, WHOLE]


def test_an_indent_begins_a_paragraph() -> None:
    first, *rest = WRAPPED
    cut = ["\u3000\u3000" + first[:-3] + "，", *rest[:2]]  # a last line that happens to be full
    text = "\n".join([*cut, "\u3000\u3000" + first, *rest])
    assert lines_of(text) == ["".join(cut).strip(), WHOLE]


def test_an_indent_on_every_line_says_nothing() -> None:
    assert lines_of("\n".join("    " + line for line in WRAPPED)) == [WHOLE]


def test_subheads_and_bylines_stay_lines_of_their_own() -> None:
    page = "\n".join(["签约提速添动力", "▶ 苏禾", *WRAPPED, "聚焦产业强链补链", *WRAPPED])
    assert lines_of(page) == ["签约提速添动力", "▶ 苏禾", WHOLE, "聚焦产业强链补链", WHOLE]


def test_a_headline_as_wide_as_the_column_is_parted_from_a_report() -> None:
    page = "\n".join([*WRAPPED, "云岭高新区服务企业办好实事暖人心", "本报讯 " + WRAPPED[0][3:], *WRAPPED[1:]])
    assert lines_of(page)[1:] == ["云岭高新区服务企业办好实事暖人心", "本报讯 " + WHOLE[3:]]


def test_a_headline_under_a_label_is_parted_from_the_text() -> None:
    page = "\n".join(["云岭高新区：", "办好实事服务企业“最后一公里”提速", *WRAPPED])
    assert lines_of(page) == ["云岭高新区：", "办好实事服务企业“最后一公里”提速", WHOLE]


def test_stacked_headlines_are_not_joined() -> None:
    stack = ["签约项目114个 总投资501亿元到", "云岭高新区高质量发展迈上新的台阶"]
    assert lines_of("\n".join([*WRAPPED, *stack])) == [WHOLE, *stack]
    alone = ["云岭高新区：提速增效，再上新的台阶", "星河高新区：提质增效，迈上更高台阶"]
    assert lines_of("\n".join(alone)) == alone


def test_unwrapped_paragraphs_are_not_joined() -> None:
    long = WHOLE.replace("。", "") * 3
    text = f"签约提速\n{long}\n{long}。\n短段。\n{long}"
    assert lines_of(text) == text.split("\n")


def test_stacked_headlines_over_unwrapped_paragraphs_are_not_joined() -> None:
    text = f"云岭高新区：提速增效，再上新的台阶\n星河高新区：提质增效，迈上更高台阶\n{WHOLE}{WHOLE}\n{WHOLE}"
    assert lines_of(text) == text.split("\n")


def test_a_number_and_its_counter_are_joined_wherever_the_line_ends() -> None:
    assert lines_of("拟开工 24\n家，其中\n总投资12\n亿元\n产值3万\n多元") == [
        "拟开工 24家，其中",
        "总投资12亿元",
        "产值3万多元",
    ]
    assert lines_of("签约114\n日前，园区") == ["签约114", "日前，园区"]
    assert lines_of("签约114\n\u3000\u3000个人消费") == ["签约114", "个人消费"]


def test_a_missing_blank_line_behind_a_number_joins_where_all_others_have_one() -> None:
    page = "\n\n".join([*WRAPPED[:3], "推广“星火 211\n工程”经验", *WRAPPED])
    assert "推广“星火 211工程”经验" in clean_text(page).text


def test_a_name_behind_the_last_stop_ends_the_paragraph() -> None:
    page = "\n".join([*WRAPPED[:3], "务，推动产业更上一层楼。 苏禾", *WRAPPED])
    assert lines_of(page)[1:] == [WHOLE]


def test_a_full_line_that_ends_a_sentence_breaks_unless_a_quotation_is_open() -> None:
    ended = [WRAPPED[0][:-1] + "。", *WRAPPED[1:]]
    assert lines_of("\n".join([*WRAPPED, *ended]))[1:] == [ended[0], "".join(ended[1:])]
    quoted = ["“" + WRAPPED[0][:-1] + "。", *WRAPPED[1:3], "服务。”管委会主任苏禾说。"]
    assert lines_of("\n".join([*WRAPPED, *quoted]))[1:] == ["".join(quoted)]


def test_the_speaker_behind_a_full_line_belongs_to_the_quotation() -> None:
    page = [*WRAPPED[:2], "“云岭高新区的服务让企业满意。”", "企业负责人苏禾说。", *WRAPPED]
    assert "让企业满意。”企业负责人苏禾说。" in clean_text("\n".join(page)).text


def test_a_column_wider_than_its_surroundings_is_joined_too() -> None:
    wide = WRAPPED[0] + WRAPPED[1] + "园区企业"
    page = "\n".join([*WRAPPED, wide, wide, "共庆。", *WRAPPED, *WRAPPED])
    assert lines_of(page)[1] == wide + wide + "共庆。"


def test_latin_words_are_joined_with_one_space_and_hyphens_without() -> None:
    english = [
        "The high-tech zone signed twenty-four contracts in the first half, a semi-",
        "official count that its owner, who is known for other things as well, has",
        "confirmed in a talk with our paper on Tuesday of last week in his offices.",
        "The zone lies to the north of the city and has 1.2 million square meters (",
        "some 300 acres) of floor.",
    ]
    first = " ".join(english[:3]).replace("semi- official", "semi-official")
    assert lines_of("\n".join(english)) == [first, english[3] + english[4]]


def test_quotation_marks_between_chinese_lines_take_no_space() -> None:
    page = [*WRAPPED, "高新区今年推动企业“上云工程”“AI”", "ABC123四个企业先后参加活动，取得成绩。", *WRAPPED]
    assert "“AI”ABC123" in clean_text("\n".join(page)).text


def test_a_paragraph_that_a_page_end_cut_is_joined() -> None:
    first = "前三季度，云东经开区进出口总额386.2亿元；" + "园区企业创新发展，" * 12 + "势头良好。"
    cut = (
        "前三季度，云东经开区进出口总额386.2亿元；实际使用外资2.85亿美元，下降6.4%。同期，云岭高\n新区进出口128.9亿元。"
    )
    assert clean_text(f"{first}\n{cut}").text == f"{first}\n{cut.replace(chr(10), '')}"
