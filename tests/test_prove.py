"""The check as a whole: true briefs are silent, planted faults are found and nothing else, `check` keeps its word."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.planted import with_number
from bench.true_drafts import ROOT, RUN, SEED, Case, article_paths, case_of, flags, uncited
from summarizer.brief import Brief
from summarizer.draft import Draft
from summarizer.pipeline import check
from summarizer.value import OK_VERDICTS
from summarizer.verify import draft_from, prove
from tests.test_evidence import article_of

CASES = {article.stem: (article, gold) for article, gold in article_paths()}
DOUBTS = {
    "c3_firm": frozenset({("numbers.0", "label-unsupported")}),
    "talent_day": frozenset({("numbers.26", "label-unsupported")}),
    "old_chen": frozenset({("numbers.2", "period-unsupported"), ("numbers.22", "label-unsupported")}),
    "a1_services": frozenset({("numbers.20", "period-unsupported")}),
}
"""Where the gold says more than the place does: labels in words of its own, a period that only the next sentence names,
and, uncited, one value that the article gives to two periods."""


def case(name: str) -> Case:
    if name not in CASES:
        pytest.skip(f"{SEED} is not here")
    return case_of(*CASES[name])


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("cited", [True, False], ids=["cited", "uncited"])
def test_a_true_brief_is_silent(name: str, cited: bool) -> None:
    true = case(name)
    brief = prove(true.article, true.draft if cited else uncited(true.draft), RUN)
    assert flags(brief) <= DOUBTS.get(name, frozenset())
    assert {number.verdict for number in brief.numbers} <= OK_VERDICTS
    if not cited:
        assert "moved" not in {number.verdict for number in brief.numbers}


EXACT_CASES: list[tuple[str, dict[str, tuple[str, Any]]]] = [
    (
        "seed_A",
        {
            "digits": ("签约金额", {"text": "560.8亿元"}),
            "scale": ("在建项目投资额", {"text": "637.5万元"}),
            "label-swapped": ("签约项目中在建", "签约项目中投产"),
            "absent": ("出口额", "9147.3亿元"),
            "altered": ("quotes", None),
        },
    ),
    (
        "annual_results",
        {
            "digits": ("协议总额", {"text": "492.9亿元"}),
            "scale": ("企业研发总投入", {"text": "23.08万元"}),
            "label-swapped": ("签约项目中在建", "签约项目中投产"),
            "absent": ("出口额", "9147.3亿元"),
            "altered": ("quotes", None),
        },
    ),
]
CODES = ["digits", "scale", "label-swapped", "absent", "altered"]


def place_of(draft: Draft, metric: str) -> int:
    return next(place for place, number in enumerate(draft.numbers) if number.metric == metric)


def faulty(true: Case, draft: Draft, code: str, fault: tuple[str, Any]) -> tuple[Draft, set[tuple[str, str]]]:
    """Return the draft with one fault more, and the findings that it owes."""
    if code == "altered":
        [quote, *others] = draft.quotes
        altered = quote.model_copy(update={"text": quote.text[:20] + "永远" + quote.text[20:]})
        return draft.model_copy(update={"quotes": (altered, *others)}), {("quotes.0", code)}
    if code == "absent":
        invented = draft.numbers[3].model_copy(update={"metric": fault[0], "text": fault[1]})
        path = f"numbers.{len(draft.numbers)}"
        return draft.model_copy(update={"numbers": (*draft.numbers, invented)}), {(path, code)}
    if code == "label-swapped":
        one, other = (place_of(draft, metric) for metric in fault)
        swapped = with_number(with_number(draft, one, metric=fault[1]), other, metric=fault[0])
        return swapped, {(f"numbers.{one}", code), (f"numbers.{other}", code)}
    place = place_of(draft, fault[0])
    return with_number(draft, place, **fault[1]), {(f"numbers.{place}", code)}


def checked(true: Case, draft: Draft) -> Brief:
    path = CASES[true.name][0]
    return check(path, json.dumps(draft.model_dump(), ensure_ascii=False))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("name", "faults"), EXACT_CASES, ids=[name for name, _ in EXACT_CASES])
def test_each_fault_alone_is_found_under_its_code_and_nothing_else(
    name: str, faults: dict[str, tuple[str, Any]], code: str
) -> None:
    true = case(name)
    draft, owed = faulty(true, true.draft, code, faults[code])
    assert flags(checked(true, draft)) == owed


@pytest.mark.parametrize(("name", "faults"), EXACT_CASES, ids=[name for name, _ in EXACT_CASES])
def test_all_faults_at_once_are_found_under_their_codes_and_nothing_else(
    name: str, faults: dict[str, tuple[str, Any]]
) -> None:
    true = case(name)
    draft, owed = true.draft, set()
    for code in CODES:
        draft, more = faulty(true, draft, code, faults[code])
        owed |= more
    assert flags(checked(true, draft)) == owed


NEWS = """云岭高新区半年报
上半年，云岭高新区签约项目86个，总投资560.6亿元，同比增长21.02%。
其中在建18家、投产22家。
“企业少跑一趟路。”局长周一鸣说。
园区出台《云岭高新区服务办法》。"""
MINE: dict[str, Any] = {
    "numbers": [
        {"metric": "投产", "text": "22家"},
        {"metric": "签约项目", "text": 86},
        {"metric": "总投资", "text": "0.05606万亿元"},
        {"metric": "总投资", "text": "570.6亿元"},
        {"metric": "同比增长", "text": "21%"},
    ]
}


def test_metric_and_text_are_enough_and_the_order_is_kept() -> None:
    brief = check(NEWS, MINE)
    assert [number.metric for number in brief.numbers] == [number["metric"] for number in MINE["numbers"]]
    assert [number.verdict for number in brief.numbers] == ["exact", "exact", "normalised", "digits", "rounded"]


def test_without_a_citation_nothing_is_moved() -> None:
    brief = check(NEWS, {"numbers": [{"metric": "投产", "text": "22家"}]})
    assert [(number.verdict, number.sentence) for number in brief.numbers] == [("exact", 3)]


def test_the_counts_add_up() -> None:
    counts = check(NEWS, MINE).check.counts
    assert (counts.numbers, counts.exact, counts.normalised, counts.flagged) == (5, 2, 1, 2)


def test_numbers_with_a_warning_are_flagged_and_still_counted_exact() -> None:
    counts = check(NEWS, {"numbers": [{"metric": "晶圆月产能", "text": "22家"}]}).check.counts
    assert (counts.exact, counts.flagged) == (1, 1)


@pytest.mark.parametrize("name", [*CASES, "news"])
def test_a_brief_fed_back_gives_the_same_verdicts(name: str) -> None:
    source: str | Path = NEWS if name == "news" else CASES[name][0]
    first = check(source, MINE if name == "news" else case(name).draft)
    second = check(source, json.loads(first.to_json()))
    assert second.numbers == first.numbers
    assert second.quotes == first.quotes
    assert second.check == first.check


def test_a_moved_citation_is_mended_so_the_second_check_finds_it_exact() -> None:
    first = check(NEWS, {"numbers": [{"metric": "投产", "text": "22家", "at": 2}]})
    second = check(NEWS, first)
    assert [brief.numbers[0].verdict for brief in (first, second)] == ["moved", "exact"]


def test_the_span_of_a_number_points_into_the_text_as_read() -> None:
    [number] = check("云岭高新区签约项目\n\n８６\n个。", {"numbers": [{"metric": "签约项目", "text": "86个"}]}).numbers
    assert number.span is not None
    assert "云岭高新区签约项目\n\n８６\n个。"[slice(*number.span)] == "８６\n个"


def test_the_summary_is_held_to_the_same_verdicts() -> None:
    summary = "云岭高新区签约项目86个，总投资570.6亿元，同比增长21%，引进院士7位。"
    brief = check(NEWS, {"numbers": [], "summary": summary})
    assert [number.verdict for number in brief.summary.numbers] == ["exact", "digits", "rounded", "absent"]
    assert flags(brief) == {("summary", "digits"), ("summary", "rounded"), ("summary", "absent")}


def test_a_number_of_the_summary_that_stands_only_under_another_label_is_a_slip() -> None:
    brief = check(NEWS, {"numbers": [], "summary": "投产18家。"})
    assert [number.verdict for number in brief.summary.numbers] == ["exact"]  # 18家 shares its list with 投产
    brief = check("园区绿色工厂5家。\n首批签约企业6家。", {"numbers": [], "summary": "首批签约企业5家。"})
    assert [number.verdict for number in brief.summary.numbers] == ["digits"]


def test_parks_period_policies_and_quotes_are_judged() -> None:
    brief = check(
        NEWS,
        {
            "numbers": [],
            "period": "2019年",
            "parks": ["云岭高新区", "临港高新区"],
            "policies": [{"name": "《云岭高新区服务办法》", "at": 2}, "《没有的办法》"],
            "quotes": [{"text": "企业少跑一趟路。", "speaker": "欧阳远"}, "从来没有人说过这样的话"],
        },
    )
    assert flags(brief) == {
        ("period", "period-unsupported"),
        ("parks.1", "park-unsupported"),
        ("policies.1", "absent"),
        ("quotes.0", "speaker-unsupported"),
        ("quotes.1", "absent"),
    }
    assert [policy.verdict for policy in brief.policies] == ["moved", "absent"]
    assert brief.check.status == "flagged"


def test_a_main_period_may_mean_days_that_the_article_names() -> None:
    period = {"numbers": [], "period": "2023年上半年"}
    assert flags(check(NEWS, period, published="2023-07-03")) == frozenset()
    assert flags(check(NEWS, period)) == {("period", "period-unsupported")}


def test_what_is_withdrawn_is_recorded_and_not_flagged() -> None:
    brief = prove(article_of(NEWS), draft_from({"numbers": []}), RUN, ("numbers.3",))
    assert [finding.code for finding in brief.check.findings] == ["withdrawn"]
    assert brief.check.status == "verified"


def test_a_brief_about_no_park_owes_no_numbers() -> None:
    assert check(NEWS, {"numbers": [], "about_park": False}).check.counts.unreported == 0
    assert check(NEWS, {"numbers": []}).check.counts.unreported == 5


def test_the_articles_contradictions_are_reported_as_its_own() -> None:
    text = "上半年，园区项目完成投资318.6亿元。\n1-5月，园区重点项目完成投资318.6亿元。"
    brief = check(text, {"numbers": []})
    assert len(brief.check.contradictions) == 1
    assert brief.check.status == "verified"


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ({"metric": "总投资", "text": "570.6亿元"}, "'570.6亿元' differs from '560.6亿元' in its digits"),
        ({"metric": "总投资", "text": "560.6万元"}, "'560.6万元' differs from '560.6亿元' by a power of ten"),
        ({"metric": "总投资", "text": "561亿元"}, "'561亿元' is '560.6亿元', rounded"),
        ({"metric": "同比增长", "text": "21.02个百分点"}, "'21.02个百分点' has another unit than '21.02%'"),
        ({"metric": "同比下降", "text": "21.02%"}, "'同比下降' turns the direction of '21.02%' round"),
        (
            {"metric": "投产", "text": "9373家", "at": 3},
            "'9373家' does not stand in the article; sentence 3 has 18家, 22家",
        ),
        ({"metric": "投产", "text": "许多", "at": 1}, "'许多' states no number that can be read"),
    ],
)
def test_messages_are_one_sentence_with_the_nearest_evidence(number: dict[str, Any], message: str) -> None:
    [finding] = check(NEWS, {"numbers": [number]}).check.findings
    assert finding.message == message


def test_the_gold_stands_beside_its_articles() -> None:
    assert {path.parent.parent for path, _ in CASES.values()} >= {ROOT / "fixtures"}
