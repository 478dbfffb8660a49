"""Clean text, and the way back to the text as read."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.clean import clean_text, paragraphs_of
from summarizer.clean.doubled import undouble
from summarizer.clean.wrap import display_width
from tests.wrapped import WHOLE, lines_of

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed"
needs_seed = pytest.mark.skipif(not SEED.is_dir(), reason="the seed page is not part of the repository")


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
