"""Quotations are found whole, with their speakers, and slogans in quotation marks are not taken for speech."""

import pytest

from summarizer.article import Sentence
from summarizer.draft import DraftQuote
from summarizer.extract.speech import find_quotes


def quotes_in(*texts: str) -> list[tuple[str | None, str | None, str]]:
    sentences = [
        Sentence(number=number, start=0, end=len(text), text=text) for number, text in enumerate(texts, start=1)
    ]
    return [(quote.speaker, quote.role, quote.text) for quote in find_quotes(sentences)]


@pytest.mark.parametrize(
    ("sentence", "speaker", "role", "words"),
    [
        (
            "“我们要让企业少跑路、快办事。”云州高新区管委会主任李明远表示。",
            *("李明远", "云州高新区管委会主任", "我们要让企业少跑路、快办事。"),
        ),
        (
            "云州高新区党工委书记沈砚秋说：“下半年还要更快一些。”",
            "沈砚秋",
            "云州高新区党工委书记",
            "下半年还要更快一些。",
        ),
        ("“这里的服务真是没得说。”该公司总经理坦言。", "该公司总经理", None, "这里的服务真是没得说。"),
        ("“把‘红线’穿进‘链条’，再出发。”区委书记王一介绍说。", "王一", "区委书记", "把‘红线’穿进‘链条’，再出发。"),
        ("“坚持“政策上门”，一户一策办。”局长赵宁指出。", "赵宁", "局长", "坚持“政策上门”，一户一策办。"),
        ("管理局局長陳立人表示，「今年營業額可望再創新高。」", "陳立人", "管理局局長", "今年營業額可望再創新高。"),
        ("接受采访时，张晓雨告诉本报记者，“订单已经排到明年了。”", "张晓雨", None, "订单已经排到明年了。"),
        (
            '"We want every plant to run within a year," said Chen Moran, director of the bureau.',
            *("Chen Moran", "director of the bureau", "We want every plant to run within a year,"),
        ),
        (
            "Chen Moran, director of the bureau, said: “We do not chase any headlines.”",
            *("Chen Moran", "director of the bureau", "We do not chase any headlines."),
        ),
        ("Li Wei added, “The park is full and we love it.”", "Li Wei", None, "The park is full and we love it."),
    ],
)
def test_a_quotation_is_found_with_its_speaker(
    sentence: str, speaker: str | None, role: str | None, words: str
) -> None:
    assert quotes_in(sentence) == [(speaker, role, words)]


@pytest.mark.parametrize(
    "sentence",
    [
        "园区下好高质量发展“一盘棋”，构建“融入中心抓党建、抓好党建促发展”的格局。",
        "大力推广“红色动力211工程”经验做法。",
        "会议指出，要加快建设。",
        'The zone issued its "Ten Measures for Industrial Upgrading" in March.',
        "没有引号，只有某某表示。",
    ],
)
def test_slogans_and_names_are_no_speech(sentence: str) -> None:
    assert quotes_in(sentence) == []


def test_quotes_keep_their_order_and_their_sentence() -> None:
    first, second = "“第一句话在这里。”主任王一说。", "主任李二说：“第二句话在这里。”"
    found = find_quotes(
        [Sentence(number=number, start=0, end=1, text=text) for number, text in ((4, first), (9, second))]
    )
    assert found == (
        DraftQuote(speaker="王一", role="主任", text="第一句话在这里。", at=4),
        DraftQuote(speaker="李二", role="主任", text="第二句话在这里。", at=9),
    )


def test_words_between_two_attributions_are_told_once() -> None:
    assert quotes_in("主任王一表示，“我们要让企业少跑路。”主任王一说。") == [("王一", "主任", "我们要让企业少跑路。")]
    english = 'Chen Moran said, "We want it to run well," said Chen Moran.'
    assert [words for _, _, words in quotes_in(english)] == ["We want it to run well,"]


@pytest.mark.parametrize("unit", ["“", "“某某说", "说：“", 'Aa Bb said, "', "A", "接受采访时", "“某某”表示"])
def test_hostile_text_costs_no_more_than_its_length(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    quotes_in(text)  # seconds would be minutes if any pattern went over the text once per character


def test_a_quotation_in_two_parts_has_one_speaker() -> None:
    assert quotes_in("“钱要给到点子上，”中心主任纪听雨笑着说，“过去是企业来找我们。”") == [
        ("纪听雨", "中心主任", "钱要给到点子上，"),
        ("纪听雨", "中心主任", "过去是企业来找我们。"),
    ]


def test_whom_a_pronoun_stands_for_is_not_guessed() -> None:
    assert quotes_in("“人要记得路是从哪里开始走的。”他站在窗前说。") == [(None, None, "人要记得路是从哪里开始走的。")]
