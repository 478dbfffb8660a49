"""Quotes, speakers, policies and parks: words that must stand in the article as told."""

import pytest

from summarizer import check
from summarizer.draft import DraftPark, DraftPolicy, DraftQuote
from summarizer.verify import words
from tests.test_evidence import evidence_of

NEWS = (
    """云岭高新区出台《云岭高新区重点项目服务办法》。
园区启动“雏鹰”行动。
“项目到了哪一步，干部就跟到哪
一步。我们把‘办公桌’搬到工地上。”云岭高新区项目局局长周一鸣说。
"""
    + "园区的日子一天天过去，企业一家家落地。\n" * 40
    + "“人要记得路是从哪里开始走的。”他站在车间里说。"
)
QUOTE = "项目到了哪一步，干部就跟到哪一步。我们把“办公桌”搬到工地上。"


def quote(text: str, at: int = 3, speaker: str | None = "周一鸣") -> DraftQuote:
    return DraftQuote(speaker=speaker, role=None, text=text, at=at)


def test_a_quote_is_the_same_over_line_ends_and_in_other_quotation_marks() -> None:
    assert words.check_quote(evidence_of(NEWS), quote(QUOTE)).verdict == "exact"
    assert words.check_quote(evidence_of(NEWS), quote(QUOTE, at=0)).verdict == "exact"


def test_a_quote_cited_elsewhere_is_moved() -> None:
    assert words.check_quote(evidence_of(NEWS), quote(QUOTE, at=1)).verdict == "moved"


def test_an_altered_quote_shows_the_difference() -> None:
    found = words.check_quote(evidence_of(NEWS), quote(QUOTE.replace("干部", "领导")))
    assert found.verdict == "altered"
    assert found.difference == "after '哪一步,': quoted '领导', printed '干部'"


def test_the_difference_ends_where_the_quote_ends() -> None:
    evidence = evidence_of(NEWS)
    found = words.check_quote(evidence, quote("项目不不到了哪一步，干部就跟到哪一步"))
    assert found.difference == "after '项目': quoted '不不', printed ''"
    assert found.span is not None
    printed = evidence.article.text[found.span.start : found.span.end]
    assert printed.startswith("项目")
    assert printed.endswith("步")


def test_at_most_three_differences_are_shown() -> None:
    told = QUOTE.replace("项目", "工程").replace("干部", "领导").replace("我们", "咱们").replace("工地", "工厂")
    found = words.check_quote(evidence_of(NEWS), quote(told))
    assert found.difference is not None
    assert found.difference.count("printed") == 3


@pytest.mark.parametrize("text", ["", "好", "三年再造一座新城，五年走向世界", "长" * 100_000])
def test_words_that_stand_nowhere_are_absent(text: str) -> None:
    assert words.check_quote(evidence_of(NEWS), quote(text)).verdict == "absent"


def test_the_speaker_must_be_named_near_the_quote() -> None:
    evidence = evidence_of(NEWS)
    span = words.check_quote(evidence, quote(QUOTE)).span
    assert words.speaker_stands(evidence, quote(QUOTE), span)
    assert words.speaker_stands(evidence, quote(QUOTE, speaker=None), span)
    assert not words.speaker_stands(evidence, quote(QUOTE, speaker="欧阳远"), span)
    assert not words.speaker_stands(evidence, quote("没有这句话呀", speaker="欧阳远"), None)


def test_a_pronoun_stands_for_a_speaker_named_before() -> None:
    evidence = evidence_of(NEWS)
    last = quote("人要记得路是从哪里开始走的。", at=44)
    span = words.check_quote(evidence, last).span
    assert words.speaker_stands(evidence, last, span)
    assert not words.speaker_stands(evidence, quote(last.text, speaker="欧阳远"), span)


@pytest.mark.parametrize(
    ("name", "at", "verdict"),
    [
        ("《云岭高新区重点项目服务办法》", 1, "exact"),
        ("云岭高新区重点项目服务办法", 0, "exact"),
        ("《“雏鹰”行动》", 2, "exact"),
        ("雏鹰行动", 1, "moved"),
        ("《低空经济三年行动方案》", 1, "absent"),
        ("", 1, "absent"),
    ],
)
def test_a_policys_name_stands_with_or_without_its_marks(name: str, at: int, verdict: str) -> None:
    found = words.check_policy(evidence_of(NEWS), DraftPolicy(name=name, detail=None, at=at))
    assert found.verdict == verdict


def test_a_parks_name_must_stand_in_the_article() -> None:
    evidence = evidence_of(NEWS)
    assert words.check_park(evidence, DraftPark(name="云岭高新区", role="subject")).verdict == "exact"
    assert words.check_park(evidence, DraftPark(name="临港高新区", role="subject")).verdict == "absent"


INTERRUPTED = (
    "云澜高新区近日开会。\n“很多人问我为什么不搬走，”他站在观察窗前说，“因为园区的人帮我们跑过贷款。”\n会议随后结束。"
)


@pytest.mark.parametrize("at", [2, 0])
def test_a_quote_that_an_attribution_interrupts_stands(at: int) -> None:
    told = {"text": "很多人问我为什么不搬走，因为园区的人帮我们跑过贷款。", "at": at}
    brief = check(INTERRUPTED, {"numbers": [], "quotes": [told]})
    [quote] = brief.quotes
    assert (quote.verdict, brief.check.findings) == ("normalised", ())
    assert quote.span is not None
    assert INTERRUPTED[slice(*quote.span)].startswith("很多人")


def test_an_interrupted_quote_may_begin_and_end_with_the_same_words() -> None:
    told = {"text": "很多人问我为什么不搬走，因为园区的人。", "at": 2}
    assert check(INTERRUPTED, {"numbers": [], "quotes": [told]}).quotes[0].verdict == "altered"


def test_the_reporters_words_inside_a_quote_are_said() -> None:
    told = {"text": "很多人问我为什么不搬走，他站在观察窗前说，因为园区的人帮我们跑过贷款。", "at": 2}
    brief = check(INTERRUPTED, {"numbers": [], "quotes": [told]})
    assert brief.quotes[0].verdict == "altered"
    assert "他站在观察窗前说" in brief.check.findings[0].message


def test_straight_marks_are_told_apart_by_the_verb() -> None:
    article = 'The zone met.\n"We do not chase headlines," Chen said. "We chase projects that stay here."'
    told = {"text": "We do not chase headlines, We chase projects that stay here.", "at": 2}
    assert check(article, {"numbers": [], "quotes": [told]}).quotes[0].verdict == "normalised"


TWO_SPEAKERS = (
    "云澜高新区开会。\n“项目要快。”云澜高新区党工委副书记何清越说。\n"
    "园区局局长许念安表示，“服务要实，企业要来。”\n会议指出，要抓落实。"
)


@pytest.mark.parametrize(
    ("words_told", "speaker", "flagged"),
    [
        ("项目要快。", "何清越", False),
        ("项目要快。", "许念安", True),
        ("服务要实，企业要来。", "许念安", False),
        ("服务要实，企业要来。", "何清越", True),
    ],
)
def test_a_quote_belongs_to_whom_the_words_beside_it_name(words_told: str, speaker: str, flagged: bool) -> None:
    brief = check(TWO_SPEAKERS, {"numbers": [], "quotes": [{"text": words_told, "speaker": speaker}]})
    assert [finding.code for finding in brief.check.findings] == ["speaker-unsupported"] * flagged
