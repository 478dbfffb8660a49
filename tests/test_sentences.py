"""Numbered sentences, headings, and the language."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.clean import detect_language, split_sentences
from summarizer.clean.enclosures import enclosures
from summarizer.clean.sentences import MAX_CHARS

EVALUATION = Path(__file__).parent.parent / "fixtures" / "eval"
MIXED = st.text(
    alphabet=st.sampled_from("云岭园区高新企业24家12.5%，。！？“”（）《》 \n\r\t\u3000\u200b５Ｇ＋－．％abA-'\"▶：说")
)


def sentences_of(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


def headings_of(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text) if sentence.heading]


@given(st.one_of(MIXED, st.text(), st.text(alphabet="园，； “。”\n", min_size=MAX_CHARS)))
def test_every_visible_character_is_in_exactly_one_sentence(text: str) -> None:
    sentences = split_sentences(text)
    covered = [place for sentence in sentences for place in range(sentence.start, sentence.end)]
    assert covered == sorted(set(covered))
    assert {place for place, char in enumerate(text) if not char.isspace()} <= set(covered)
    assert [sentence.number for sentence in sentences] == list(range(1, len(sentences) + 1))
    for sentence in sentences:
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip()
        assert "\n" not in sentence.text
        assert len(sentence.text) <= MAX_CHARS


@pytest.mark.parametrize(
    "parts",
    [
        ["签约24个。", "增长5%！", "为何？", "因为……", "一切顺利。"],
        ["第一；第二；第三。"],
        ["他等……等了很久。"],
        ["推出“签约。开工。投产”三步走。", "成效好。"],
        ["出台《怎么办？怎么干！》方案。"],
        ["成绩好（见图。下同）。", "再接再厉。"],
        ["（完。）", "另讯。"],
        ["“签约了。", "开工了。", "他很高兴。"],
        ["“服务很好。”企业负责人苏禾说。", "园区还将努力。"],
        ["“服务很好。”", "园区产值去年增长。"],
        ["“服务很好。”", "“我们放心。”苏禾说。"],
        ["苏禾表示：“服务很好。”", "李青说，还要努力。"],
        ["苏禾说，“服务很好！”", "大家都笑了。"],
        ["唱响“冲啊！”口号。"],
        ["喊出“冲啊！”"],
        ["唱响“冲啊。”", "大家笑了。"],
        ["“冲啊！”的口号响起。"],
        ["“服务很好。”", "园" * 80 + "说。"],
        ["“服务很好。”苏禾说"],
        ["签约。”", "开工。"],
        ['签约。"', "开工。"],
        ["真的吗?", "是的!", "网址a.cn/?b=1已开。"],
        ["他说「好。」", "再見。"],
    ],
)
def test_chinese_sentences_end_where_they_should(parts: list[str]) -> None:
    assert sentences_of("".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["Output rose 3.5 percent.", "It was a record.", "24 firms came."],
        ["Mr. Li of Yunling Co. Ltd. and the U.S. firm came on Jan. 5.", "J. Smith left."],
        ["He read No. 5 aloud.", "He said no.", "Then he left."],
        ["Is it so?", "Yes!", "Yahoo! is a firm."],
        ['"It works," he said.', '"It works well." said Li.'],
        ['"It works." Mr Li said.', "We left."],
        ["Wait... for it.", "Done... .", "End etc."],
        ["He asked “why?” and left."],
    ],
)
def test_english_sentences_end_where_they_should(parts: list[str]) -> None:
    assert sentences_of(" ".join(parts)) == parts


def test_a_sentence_that_never_ends_is_cut_behind_a_mark() -> None:
    for mark in ("；", "，", " "):
        first, second = sentences_of("园" * 700 + mark + "园" * 700)
        assert len(first) == (700 if mark == " " else 701)
        assert len(second) == 700
    assert [len(part) for part in sentences_of("园" * 2500)] == [1000, 1000, 500]


def test_short_lines_without_a_stop_are_headings() -> None:
    text = (
        "签约提速\n▶ 苏禾\n来源：云岭日报\n2023-07-03\n24\n怎么办？\n首先，\n"
        + "园" * 41
        + "\n签约24个。增长\nZone lures firms"
    )
    assert headings_of(text) == ["签约提速", "Zone lures firms"]


def test_a_headline_that_calls_out_is_one_heading() -> None:
    text = "最高3000万元！云岭高新区发布措施\n园区很好！企业很多。"
    assert headings_of(text) == ["最高3000万元！云岭高新区发布措施"]
    assert sentences_of(text) == ["最高3000万元！云岭高新区发布措施", "园区很好！", "企业很多。"]


def test_a_point_that_a_blank_parts_from_its_decimals_ends_nothing() -> None:
    text = "园区产值615. 3亿元，增长8. 2%。工作共2. 3项。"
    assert sentences_of(text) == ["园区产值615. 3亿元，增长8. 2%。", "工作共2.", "3项。"]


def test_marks_without_a_partner_enclose_nothing() -> None:
    assert [tuple(found) for found in enclosures("甲“乙（丙”丁）戊")] == [(1, 6, True)]
    assert enclosures("（" + "园" * 700 + "）") == []
    assert enclosures("“" + "（" * 30 + "”") == []
    assert [found.start for found in enclosures("（甲）（乙“丙”）")] == [0, 3]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("云岭高新区的企业发展", "zh-Hans"),
        ("雲嶺科學園區的企業發展", "zh-Hant"),
        ("Yunling (云岭) is a high-tech zone in the north of the country", "en"),
        ("云岭高新区引进BBS和ABC", "zh-Hans"),
        ("", "zh-Hans"),
        ("123 456 78.9%", "zh-Hans"),
        ("臺廠赴「云岭高新区创业园」「东湖新技术开发区」「苏州工业园区」參訪。", "zh-Hant"),
        ("云岭高新区与「瀾灣科學園區」「新竹科學工業園區」「臺灣積體電路製造」签约。", "zh-Hans"),
        ("云岭高新区发布《瀾灣科學園區條例》简体版", "zh-Hans"),
        ("「云岭高新区」", "zh-Hans"),
        ("「瀾灣科學園區」5G", "zh-Hant"),
        ("鏡片保險賠付", "zh-Hant"),
        ("竹科廠商上月營收月增8%", "zh-Hant"),
        ("Wanlu High-Tech Zone (万鹿高新技术产业开发区) lured 12 firms.", "en"),
        ("Wanlu High-Tech Zone (万鹿高新技术产业开发区) Lures New Money", "en"),
        ("Firms from Wanlu (万鹿高新技术产业开发区), Yunling (云岭国家级高新区) and Lan (澜江) grew.", "en"),
        ("The Wanlu zone, known as 万鹿高新技术产业开发区 in Chinese, said output rose 5 percent.", "en"),
        ("OUTPUT UP 5%", "en"),
        ("澜芯发布NebulaCore X1 Pro、SkyLink Gateway 5000、Quantum Storage Array和OpenFabric SDK四款产品。", "zh-Hans"),
        ("园区入驻Siemens Healthineers、Schneider Electric、Honeywell International等外企。", "zh-Hans"),
        ("澜芯科技（Lanxin Semiconductor Technology Co., Ltd. of the Yunling Zone）落户。", "zh-Hans"),
        ("AI+IoT+5G+NB-IoT融合（Artificial Intelligence of Things）示范区", "zh-Hans"),
    ],
)
def test_the_language_is_told_by_its_characters(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("gold", sorted(EVALUATION.glob("gold/*.json")), ids=lambda path: path.stem)
def test_sixty_characters_are_enough_to_tell_the_language(gold: Path) -> None:
    text = (EVALUATION / "articles" / f"{gold.stem}.txt").read_text(encoding="utf-8")
    cuts = [text[start : start + 60] for start in range(0, len(text) - 59, 20)]
    assert {detect_language(cut) for cut in cuts} == {json.loads(gold.read_text(encoding="utf-8"))["lang"]}
