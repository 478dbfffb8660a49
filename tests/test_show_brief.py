"""Briefs for people and for programs: the table says what is in them, and what is wrong where it is wrong."""

import json
import re
import time

import pytest
from rich.cells import cell_len

from summarizer import check
from summarizer.brief import Contradiction, Finding, Unreported
from summarizer.value import Span
from tests.build import NEWS
from tests.command import Terminal
from tests.shown import after, briefed, changed, stored, written

pytestmark = pytest.mark.usefixtures("plain_terminal")


def test_json_is_indented_and_json_lines_are_one_line_each() -> None:
    brief = briefed()
    assert json.loads(written(brief, "json")) == json.loads(written(brief, "jsonl"))
    assert written(brief, "json").startswith('{\n  "schema": "brief.v1",\n')
    assert written(brief, "jsonl").count("\n") == 1
    assert "西安高新区" in written(brief, "jsonl")


def test_the_table_tells_what_is_in_the_brief() -> None:
    assert written(briefed(), text=NEWS).splitlines() == [
        "西安高新区上半年签约项目114个",
        "西安高新区 · 上半年 (2023-01-01 to 2023-06-30) · published 2023-07-03",
        "✓ verified: 2 numbers, all proved · draft by the rules, no model",
        "",
        "上半年，西安高新区签约项目114个，总投资560.6亿元。",
        "",
        "   metric              number     period  in the article",
        "✓  西安高新区签约项目  114个      上半年  上半年，西安高新区签约项目[114个]，总投资560.6亿元。",
        "✓  总投资              560.6亿元  上半年  上半年，西安高新区签约项目114个，总投资[560.6亿元]。",
        "",
        "quotes",
        "✓  区管委会主任 王明: “下半年还要更快。”",
        "",
    ]


def test_what_is_wrong_stands_under_what_it_is_said_of() -> None:
    given = {
        "summary": "西安高新区签约项目141个。",
        "period": "去年",
        "parks": [{"name": "某某高新区", "role": "subject"}],
        "numbers": [
            {"metric": "签约项目", "text": "141个", "status": "target", "park": "西安高新区"},
            {"metric": "总投资", "text": "561亿元", "park": "某某高新区"},
        ],
        "policies": ["某某办法"],
        "quotes": ["下半年还要更慢。"],
    }
    shown = written(check(NEWS, given), text=NEWS)
    lines = shown.splitlines()
    assert lines[1].startswith("某某高新区✗ · 去年")
    assert re.fullmatch(r"✗ flagged: 2 numbers, 2 flagged, \d flagged elsewhere.* · draft by a given brief", lines[2])
    assert "西安高新区签约项目141个✗。" in lines
    assert after(shown, "西安高新区签约项目141个") == [
        "   ! digits: the summary's '141个' is '114个' in the article (digits)"
    ]
    assert after(shown, "✗  签约项目 · 西安高新区  141个") == [
        "   ! digits: '141个' differs from '114个' in its digits"
    ]
    assert "签约项目[114个]，" in shown, "the number that the draft has wrong is marked where it stands"
    assert after(shown, "✗  总投资", 2) == [
        "   ! park-unsupported: the article names no park '某某高新区'",
        "   ! rounded: '561亿元' is '560.6亿元', rounded",
    ]
    assert after(shown, "✗  某某办法") == ["   ! absent: the article names no '某某办法'"]
    assert after(shown, "✗  (unnamed): “下半年还要更慢。”")[0].startswith("   ! altered: ")
    assert after(shown, "remarks", 2) == [
        "!  park-unsupported: the article names no park '某某高新区'",
        "!  period-unsupported: the article names no period '去年'",
    ]
    assert "numbers." not in shown
    assert shown.count("! ") == len(check(NEWS, given).check.findings), "each is told once"


def test_the_worst_that_is_said_of_a_number_colours_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    brief = briefed()

    def shown(code: str, severity: str, verdict: str) -> str:
        finding = Finding.model_validate(
            {"code": code, "severity": severity, "path": "numbers.0", "message": "so", "span": None}
        )
        first = brief.numbers[0].model_copy(update={"findings": (code,), "verdict": verdict})
        flagged = changed(brief, "check", status="flagged", findings=(finding,))
        return written(flagged.model_copy(update={"numbers": (first,)}), stream=Terminal())

    assert "\x1b[31m✗\x1b[0m" in shown("label-unsupported", "error", "exact")
    assert "\x1b[33m✗\x1b[0m" in shown("scope", "warning", "exact")
    assert "\x1b[33m≈\x1b[0m" in shown("rounded", "warning", "rounded")
    assert "\x1b[32m✓\x1b[0m" in shown("remark", "info", "exact")
    assert "\x1b[1;33m✗ flagged" in shown("scope", "warning", "exact")
    assert "\x1b[1;31m✗ flagged" in shown("digits", "error", "digits")


def test_a_label_that_is_objected_to_is_marked_though_nobody_has_the_finding() -> None:
    brief = briefed()
    first = brief.numbers[0].model_copy(update={"findings": ("label-unsupported",)})
    shown = written(brief.model_copy(update={"numbers": (first, *brief.numbers[1:])}))
    assert f"✗  {first.metric}" in shown


def test_a_model_is_named() -> None:
    assert " · draft by model qwen-plus" in written(changed(briefed(), "run", extractor="model", model="qwen-plus"))


def test_a_brief_of_nothing_is_still_shown() -> None:
    shown = written(briefed("村里的苹果熟了。"))
    assert "no park" in shown
    assert "✓ verified: no numbers · " in shown
    assert "metric" not in shown
    untitled = changed(changed(briefed(), "source", title=None), "summary", text="", numbers=())
    assert written(untitled).startswith("(no title)\n")


def test_what_was_left_out_is_told_with_its_kind_and_its_words() -> None:
    text = "".join(f"开头。园区引进{n}\n家企业。" for n in range(20))
    items = tuple(
        Unreported(text=f"{n}\n家", value=str(n), unit="家", kind="percentage_point" if n else "count", span=span)
        for n in range(20)
        for span in [Span(text.index(f"进{n}\n") + 1, text.index(f"进{n}\n") + len(f"{n}\n家") + 1)]
    )
    brief = changed(briefed(), "check", unreported=items)
    shown = written(brief, text=text)
    assert after(shown, "left out", 2) == [
        "-  0 家   count             园区引进[0 家]企业。",
        "-  1 家   percentage point  园区引进[1 家]企业。",
    ]
    assert "-  and 8 more" in shown
    assert "-  1 家   percentage point\n" in written(brief), "without the text its words are not known"


def test_both_sides_of_a_contradiction_are_shown() -> None:
    text = NEWS + "\n全年签约项目115个。"
    other = Span(text.index("115个"), text.index("115个") + 4)
    brief = briefed(text)
    quarrel = Contradiction(spans=(brief.numbers[0].span or Span(0, 1), other), message="114个 and 115个")
    quarrelling = changed(brief.model_copy(update={"numbers": brief.numbers[:1]}), "check", contradictions=(quarrel,))
    assert ", 1 contradiction in the article · " in written(quarrelling)
    assert after(written(quarrelling, text=text), "the article contradicts itself", 4) == [
        "!  114个 and 115个",
        "   上半年，西安高新区签约项目[114个]，总投资560.6亿元。",
        "   ”全年签约项目[115个]。",
        "",
    ]
    without = after(written(quarrelling), "the article contradicts itself", 3)
    assert without[1:] == ["   上半年，西安高新区签约项目[114个]，总投资560.6亿元。", ""]


def test_a_target_is_called_one_whatever_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    brief = stored("investment_half_year.model")
    for columns in ("100", "70", "40"):
        monkeypatch.setenv("COLUMNS", columns)
        assert written(brief).count("target") == sum(number.status == "target" for number in brief.numbers)
    assert after(written(brief), "✓  固定资产投资") == [" " * 26 + "target"]


def test_a_wide_terminal_shows_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "130")
    [line] = [line for line in written(briefed()).splitlines() if line.startswith("✓  总投资")]
    assert "  56,060,000,000 CNY  " in line
    assert not [line for line in written(briefed()).splitlines() if "114 个" in line], "the digits say it already"


def test_colours_are_for_a_terminal_that_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    coloured = written(briefed(), stream=Terminal())
    assert "\x1b[1;32m✓ verified" in coloured
    assert "签约项目\x1b[0m\x1b[1m114个\x1b[0m" in coloured, "the number is brighter than the words around it"
    assert "\x1b" not in written(briefed())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1m✓ verified" in written(briefed(), stream=Terminal())
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in written(briefed(), stream=Terminal())
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[1;32m✓ verified" in written(briefed())


@pytest.mark.parametrize("columns", ["59", "40", "20", "1"])
def test_a_narrow_terminal_loses_no_number(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    shown = written(briefed())
    assert "in the article" not in shown
    assert "114个" in shown
    assert max(map(cell_len, shown.splitlines())) <= max(int(columns), 20)


@pytest.mark.parametrize("columns", ["", "0", "abc", "-5"])
def test_a_width_that_is_none_does_no_harm(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert "560.6亿元" in written(briefed())


def test_a_summary_of_a_page_is_shown_in_time_in_proportion() -> None:
    def seconds(text: str) -> float:
        brief = changed(briefed(), "summary", text=text)
        started = time.process_time()
        written(brief)
        return time.process_time() - started

    text = "很好，" * 2_000
    assert seconds(text * 8) < 40 * max(seconds(text), 0.01)
