"""What a brief leaves out."""

from summarizer.quantities import Quantity
from summarizer.value import Span
from summarizer.verify.evidence import Evidence
from summarizer.verify.labels import Labels
from summarizer.verify.omissions import find_unreported
from tests.test_evidence import evidence_of

NEWS = """云岭高新区签约项目86个
2023年，云岭高新区第一批签约项目86个，企业31家，服务站31个。
“我们有12家银行。”周一鸣说。"""


def left_out(reported: list[str], covered: list[Span] | None = None, text: str = NEWS) -> list[str]:
    evidence = evidence_of(text)
    proofs = [found for found in evidence.quantities if found.text in reported]
    found = find_unreported(evidence, Labels(evidence), proofs[-1:] if reported == ["86个"] else proofs, covered or [])
    return [quantity.text for quantity in found]


def test_every_fact_that_is_not_told_is_listed_in_order() -> None:
    assert left_out([]) == ["86个", "86个", "31家", "31个", "12家"]


def test_dates_and_ordinals_are_no_omissions() -> None:
    assert "2023年" not in left_out([])


def test_a_headline_that_repeats_the_lead_is_told_with_it() -> None:
    assert left_out(["86个"]) == ["31家", "31个", "12家"]


def test_the_same_value_of_another_thing_is_still_owed() -> None:
    assert "31个" in left_out(["31家"])


def test_numbers_inside_a_told_quote_are_covered() -> None:
    evidence = evidence_of(NEWS)
    start = evidence.article.text.index("我们有")
    spans = [Span(start, start + 8), Span(start + 2, start + 9), Span(0, 1)]
    assert "12家" not in left_out([], spans)


def test_nothing_is_owed_of_an_article_without_numbers() -> None:
    evidence: Evidence = evidence_of("园区很好。")
    reported: list[Quantity] = []
    assert find_unreported(evidence, Labels(evidence), reported, []) == []
