"""What is shown of a brief: its items in their order, their grades, and the article with their places."""

import time
from collections import Counter
from pathlib import Path

import pytest

from summarizer import check, summarize
from summarizer.extract.rules import RulesExtractor
from summarizer.read import read_document
from summarizer.report.view import BriefView, view_of
from summarizer.value import Span
from tests.build import NEWS
from tests.command import ARTICLES
from tests.reports import TELLING, at, brief, checked, crowded, finding, mixed, number


@pytest.fixture
def view() -> BriefView:
    return view_of(mixed(), TELLING)


def test_the_doubtful_ones_come_first(view: BriefView) -> None:
    assert [(item.path, item.grade) for item in view.items] == [
        ("numbers.1", "error"),
        ("policies.0", "error"),
        ("check.findings.3", "error"),
        ("numbers.2", "warning"),
        ("check.unreported.0", "unreported"),
        ("check.contradictions.0", "contradiction"),
        ("parks.0", "ok"),
        ("numbers.0", "ok"),
        ("quotes.0", "ok"),
        ("check.findings.2", "note"),
    ]


def test_every_grade_has_a_sign_of_its_own(view: BriefView) -> None:
    signs = {item.grade: item.mark for item in view.items}
    assert signs == {
        "error": "✗", "warning": "≈", "unreported": "?", "contradiction": "≠", "ok": "✓", "note": "·",
    }  # fmt: skip


def test_what_the_check_says_stands_at_its_item(view: BriefView) -> None:
    assert [remark.message for remark in view.by_path["numbers.1"].remarks] == [
        "510亿元 is not in the article, 501亿元 is"
    ]
    assert view.by_path["check.findings.3"].label == "summary"
    assert view.by_path["numbers.0"].remarks == ()


def test_the_article_tells_which_items_cover_it(view: BriefView) -> None:
    lit = {segment.text: segment.paths for segment in view.segments if segment.paths}
    assert lit["200个"] == ("numbers.2", "check.contradictions.0", "quotes.0")
    assert lit["下半年还要更快，力争签约"] == ("quotes.0",)
    assert lit["501亿元"] == ("numbers.1",)


def test_the_summary_is_cut_at_its_numbers(view: BriefView) -> None:
    assert [(part.text, part.verdict, part.path) for part in view.summary] == [
        ("签约", None, None),
        ("114个", "exact", "numbers.0"),
        ("，总投资", None, None),
        ("510亿元", "digits", "numbers.1"),
        ("。", None, None),
    ]


def test_a_finding_about_an_item_that_there_is_not_stands_for_itself() -> None:
    view = view_of(brief(check=checked([finding("numbers.99"), finding("policies.7", "warning")])), TELLING)
    assert {item.path for item in view.items} >= {"check.findings.0", "check.findings.1"}


def test_a_number_whose_findings_are_lost_is_not_taken_for_proved() -> None:
    view = view_of(brief(numbers=[number("114个", at("114个"), findings=["label-swapped"])]), TELLING)
    assert view.by_path["numbers.0"].grade == "error"


def test_spans_beyond_the_text_are_left_out() -> None:
    view = view_of(brief(numbers=[number("1个", [3, 9999]), number("2个", [-1, 4]), number("3个", [5, 5])]), TELLING)
    assert {item.spans for item in view.items if item.kind == "number"} == {()}


def test_a_value_is_told_where_the_text_does_not_tell_it_already() -> None:
    told = [("318.6亿元", "31860000000"), ("18.4%", "18.4"), ("28,000人", "28000"), ("三年", "3"), ("100个", "10")]
    numbers = [number(text, at("114个"), value=value) for text, value in told]
    view = view_of(brief(numbers=numbers), TELLING)
    worths = [view.by_path[f"numbers.{place}"].worth for place in range(len(told))]
    assert worths == ["31860000000", None, None, "3", "10"]


def test_without_its_article_the_evidence_is_shown_and_why() -> None:
    telling = brief(
        numbers=[
            number("3个", [30, 32], evidence="新增3个，退出3个。", sentence=2),
            number("3个", [36, 38], evidence="新增3个，退出3个。", sentence=2),
            number("5亿元", [4, 8], evidence="投资5亿元。", sentence=1),
            number("9个", None),
        ]
    )
    view = view_of(telling, None, missing="the file is gone")
    assert view.missing == "the file is gone"
    assert "".join(one.text or "|" for one in view.segments) == "投资5亿元。|新增3个，退出3个。"
    assert [(one.text, one.paths) for one in view.segments if one.paths] == [
        ("5亿元", ("numbers.2",)),
        ("3个", ("numbers.0",)),
        ("3个", ("numbers.1",)),
    ]
    assert {segment.start for segment in view.segments} == {None}


def test_a_brief_without_evidence_and_article_is_shown_all_the_same() -> None:
    assert view_of(brief(), None).segments == ()
    assert view_of(brief(), None).missing == "the article's text is not at hand"


def test_what_a_number_is_worth_is_told_also_of_ranges() -> None:
    telling = brief(numbers=[number("5至7亿元", [0, 3], low="500000000", high="700000000", unit="CNY")])
    assert view_of(telling, TELLING).by_path["numbers.0"].value == "500000000–700000000"


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt"))[:6], ids=lambda path: path.stem)
def test_every_item_of_a_real_brief_is_lit_where_it_stands(path: Path) -> None:
    text = read_document(path).text
    [made] = summarize(path, extractor=RulesExtractor())
    view = view_of(made, text)
    lit: Counter[str] = Counter()
    for segment in view.segments:
        for one in segment.paths:
            lit[one] += len(segment.text)
    for item in view.items:
        assert lit[item.path] == sum(span.end - span.start for span in item.spans), item
    inside = {place for span in made.source.ranges for place in range(*span)}
    assert {one.start for one in view.segments if one.text} <= inside


def test_a_wrong_number_shows_the_place_that_the_check_names() -> None:
    view = view_of(check(NEWS, {"numbers": [{"metric": "签约项目", "text": "141个"}]}), NEWS)
    [wrong] = [item for item in view.items if item.grade == "error"]
    assert wrong.verdict == "digits"
    assert [NEWS[span.start : span.end] for span in wrong.spans] == ["114个"]
    assert isinstance(wrong.spans[0], Span)


def test_five_thousand_items_are_a_matter_of_a_moment() -> None:
    text, telling = crowded()
    started = time.process_time()
    view = view_of(telling, text)
    assert time.process_time() - started < 2
    assert view.count("error") == 500
    assert view.count("ok") == 4500
