"""Clean text, and the way back to the text as read."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.clean import clean_text, paragraphs_of
from summarizer.clean.doubled import undouble
from summarizer.clean.wrap import display_width

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed"
needs_seed = pytest.mark.skipif(not SEED.is_dir(), reason="the seed page is not part of the repository")

WRAPPED = [
    "云岭高新区今年上半年签约项目多，",
    "投资额也比去年同期高出许多，园区",
    "管委会表示，下一步将继续做好企业",
    "服务，推动产业升级。",
]
WHOLE = "".join(WRAPPED)


def lines_of(text: str) -> list[str]:
    return clean_text(text).text.split("\n")


# Folding


def test_full_width_digits_letters_and_percent_become_ascii() -> None:
    assert clean_text("增长１２．５％，ＡＢｃ").text == "增长12.5%，ABc"


def test_signs_are_folded_beside_digits_and_letters_only() -> None:
    assert clean_text("５Ｇ＋，１－５月，和／或，１／３，＋").text == "5G+，1-5月，和／或，1/3，＋"


def test_chinese_punctuation_stays() -> None:
    assert clean_text("甲，乙：丙；丁！（戊）？．").text == "甲，乙：丙；丁！（戊）？．"


def test_spaces_are_made_one_and_invisible_characters_dropped() -> None:
    clean = clean_text("\ufeff签\u200b约\u00a0\u3000\t24\u00ad个\x07 \u200b 。")
    assert clean.text == "签约 24个 。"
    assert [clean.raw_offset(place) for place in range(len(clean.text))] == [1, 3, 4, 7, 8, 10, 12, 15]


def test_every_kind_of_line_end_ends_a_line() -> None:
    assert lines_of("甲。\r\n乙。\r丙。\f丁。\u2028戊。") == ["甲。", "乙。", "丙。", "丁。", "戊。"]


def test_nothing_comes_of_nothing() -> None:
    assert clean_text("").text == ""
    assert clean_text(" \n\u200b\n").runs == ()


# Shadow headlines


def test_a_headline_printed_twice_becomes_single_and_points_at_the_first_print() -> None:
    line = "云岭高新区向云岭高新区向““高高””攀攀 向向““新新””走走"
    clean = clean_text(line)
    assert clean.text == "云岭高新区向“高”攀 向“新”走"
    assert [clean.raw_offset(place) for place in (0, 5, 6, 7, 9, 10)] == [0, 5, 12, 14, 18, 20]


@pytest.mark.parametrize(
    ("line", "single"),
    [
        ("““高高””攀攀新新", "“高”攀新"),
        ("科科技技创创新新增增活活力力", "科技创新增活力"),
        ("云岭高新区云岭高新区““招招””商招商招", "云岭高新区“招”商招"),
    ],
)
def test_doubled_lines_become_single(line: str, single: str) -> None:
    assert clean_text(line).text == single


@pytest.mark.parametrize(
    "line",
    [
        "实实在在",
        "高高兴兴快快乐乐",
        "爷爷奶奶爸爸妈妈",
        "研究研究讨论讨论",
        "112233445566",
        "------------",
        "，，，，，，，，",
        "高高兴兴地签约22家",
        "科科技技创创新新增增活活力",
        "甲甲乙乙甲丙",
        "啊" * 300,
        WHOLE + WHOLE,
    ],
)
def test_plain_words_numbers_and_rules_are_left_alone(line: str) -> None:
    assert undouble(line) is None
    assert clean_text(line).text == line


def test_the_rest_of_a_shadow_headline_is_one_too() -> None:
    assert lines_of("云麓高新区跨境电商产云麓高新区跨境电商产\n业园业园\n研究研究问题问题。")[:2] == [
        "云麓高新区跨境电商产",
        "业园",
    ]
    assert lines_of("业园业园")[0] == "业园业园"


def test_a_shadow_headline_is_known_by_its_glyphs_whatever_its_spaces() -> None:
    text = "澜江高新区 澜江高新区老厂房里 老厂房里走出走出新产业 新产业\n上半年签约项目24家。"
    assert [one.doubled for one in paragraphs_of(text)] == [True, False]


# Unwrapping


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


# The way back


def folds_to(raw: str, clean: str) -> bool:
    if clean in " \n":
        return raw.isspace() or raw in "\x1c\x1d\x1e\x85"
    return raw == clean or unicodedata.normalize("NFKC", raw) == clean


MIXED = st.text(
    alphabet=st.sampled_from("云岭园区高新企业24家12.5%，。！？“”（）《》 \n\r\t\u3000\u200b５Ｇ＋－．％abA-'\"▶：说")
)


@given(st.one_of(MIXED, st.text()))
def test_every_clean_character_stands_for_its_raw_one(text: str) -> None:
    clean = clean_text(text)
    offsets = [clean.raw_offset(place) for place in range(len(clean.text))]
    assert offsets == sorted(set(offsets))
    assert all(folds_to(text[offset], char) for offset, char in zip(offsets, clean.text, strict=True))


@given(st.lists(st.text(alphabet="云岭园区高新企业创新发展", min_size=60, max_size=90), min_size=1, max_size=5))
def test_cleaning_clean_text_changes_nothing(bodies: list[str]) -> None:
    page = "\n".join(f"提速增效\n\u3000\u3000{body[:30]}，{body[30:]}。" for body in bodies)
    once = clean_text(page).text
    assert clean_text(once).text == once


def test_a_paragraph_that_a_page_end_cut_is_joined() -> None:
    first = "前三季度，云东经开区进出口总额386.2亿元；" + "园区企业创新发展，" * 12 + "势头良好。"
    cut = (
        "前三季度，云东经开区进出口总额386.2亿元；实际使用外资2.85亿美元，下降6.4%。同期，云岭高\n新区进出口128.9亿元。"
    )
    assert clean_text(f"{first}\n{cut}").text == f"{first}\n{cut.replace(chr(10), '')}"


# The seed page, where it is at hand


@needs_seed
@pytest.mark.parametrize("name", ["page.txt", "seed_A.txt", "seed_C.txt"])
def test_the_seed_stays_as_it_is_when_cleaned_again(name: str) -> None:
    text = (SEED / name).read_text(encoding="utf-8")
    once = clean_text(text).text
    assert clean_text(once).text == once
    assert all(display_width(line) < 40 or line[-1] in "。…” 霏伟蕾" for line in once.split("\n"))


@needs_seed
def test_the_amounts_of_the_seed_are_whole() -> None:
    text = clean_text((SEED / "seed_A.txt").read_text(encoding="utf-8")).text
    for amount in ("拟开工 24家", "13个百分点", "211工程", "亿元以上", "100家", "9个", "20多所"):
        assert amount in text


@needs_seed
def test_subheads_and_byline_of_the_seed_stand_alone() -> None:
    raw = (SEED / "seed_A.txt").read_text(encoding="utf-8")
    lines = lines_of(raw)
    printed = [line.strip() for line in raw.split("\n") if line.strip()]
    alone = [
        line for line in printed if display_width(line) <= 24 and line[-1] not in "。，；、：”…" and line[0] != "2"
    ]
    assert len(alone) >= 8
    assert set(alone) <= set(lines)


@needs_seed
def test_the_shadow_headline_of_the_seed_is_single() -> None:
    raw = (SEED / "page.txt").read_text(encoding="utf-8")
    [shadow] = [line for line in raw.split("\n") if "““" in line]
    single = clean_text(shadow).text
    assert "““" not in single
    assert 2 * len(single.replace(" ", "")) == len(shadow.replace(" ", ""))
    assert single in lines_of(raw)
