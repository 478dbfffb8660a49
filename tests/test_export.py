"""Briefs for people and for programs."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from summarizer import check, summarize
from summarizer.brief import Brief, Unreported
from summarizer.export import Format, quantity_line, write_brief
from summarizer.extract.rules import RulesExtractor
from summarizer.quantities import scan
from summarizer.value import Span
from tests.build import NEWS
from tests.command import Terminal

FIXTURES = Path(__file__).parent.parent / "fixtures"


pytestmark = pytest.mark.usefixtures("plain_terminal")


def briefed(text: str = NEWS) -> Brief:
    [brief] = summarize(text, extractor=RulesExtractor(), published="2023-07-03")
    return brief


def changed(brief: Brief, part: str, **changes: Any) -> Brief:  # noqa: ANN401 - any field
    return brief.model_copy(update={part: getattr(brief, part).model_copy(update=changes)})


def written(brief: Brief, form: Format, stream: io.StringIO | None = None) -> str:
    stream = stream or io.StringIO()
    write_brief(brief, stream, form)
    return stream.getvalue()


def test_json_is_indented_and_json_lines_are_one_line_each() -> None:
    brief = briefed()
    assert json.loads(written(brief, "json")) == json.loads(written(brief, "jsonl"))
    assert written(brief, "json").startswith('{\n  "schema": "brief.v1",\n')
    assert written(brief, "jsonl").count("\n") == 1
    assert "西安高新区" in written(brief, "jsonl")


def test_the_table_tells_what_is_in_the_brief() -> None:
    shown = written(briefed(), "text")
    lines = shown.splitlines()
    assert lines[0] == "西安高新区上半年签约项目114个"
    assert lines[1] == "西安高新区 · 上半年 · 2023-07-03"
    assert lines[2] == "verified: 2 numbers, 0 flagged, 0 left out; draft by the rules, no model"
    assert any(line.split() == ["✓", "总投资", "560.6亿元", "上半年", "2"] for line in lines)
    assert "✓ quote   区管委会主任 王明: “下半年还要更快。”" in lines
    assert "\x1b" not in shown


def test_what_is_wrong_is_said_with_its_reason() -> None:
    given = {
        "summary": "",
        "numbers": [{"metric": "签约项目", "text": "141个", "status": "target"}],
        "policies": ["某某办法"],
        "quotes": ["下半年还要更慢。"],
    }
    shown = written(check(NEWS, given), "text")
    assert "flagged: 1 numbers" in shown
    assert "draft by a given brief" in shown
    assert "✗  签约项目  141个   target digits" in shown
    assert "✗ policy  某某办法" in shown
    assert "✗ quote   (unnamed): “下半年还要更慢。”" in shown
    assert "! digits numbers.0: '141个' differs from '114个'" in shown
    assert "- left out: 114个" in shown


def test_a_model_is_named() -> None:
    assert "draft by model qwen-plus" in written(
        changed(briefed(), "run", extractor="model", model="qwen-plus"), "text"
    )


def test_a_label_that_is_objected_to_is_marked_though_the_digits_are_right() -> None:
    brief = briefed()
    first = brief.numbers[0].model_copy(update={"findings": ("label-unsupported",)})
    shown = written(brief.model_copy(update={"numbers": (first, *brief.numbers[1:])}), "text")
    assert f"✗  {first.metric}" in shown


def test_a_brief_of_nothing_is_still_shown() -> None:
    shown = written(briefed("村里的苹果熟了。"), "text")
    assert "no park" in shown
    assert "metric" not in shown
    untitled = changed(changed(briefed(), "source", title=None), "summary", text="")
    assert written(untitled, "text").startswith("(no title)\n")


def test_contradictions_and_long_lists_are_told_short() -> None:
    brief = briefed()
    items = tuple(
        Unreported(text=f"{n}\n家", value=str(n), unit="家", kind="count", span=Span(0, 1)) for n in range(20)
    )
    shown = written(changed(brief, "check", unreported=items), "text")
    assert "- left out: 0 家, 1 家" in shown
    assert "11 家 and 8 more" in shown
    gold = (FIXTURES / "articles" / "traditional_park.txt").read_text(encoding="utf-8")
    assert "verified" in written(briefed(gold), "text")


def test_an_article_that_contradicts_itself_is_said_to() -> None:
    from summarizer.brief import Contradiction

    quarrel = Contradiction(spans=(Span(0, 1), Span(1, 2)), message="114个 and 115个")
    shown = written(changed(briefed(), "check", contradictions=(quarrel,)), "text")
    assert "! the article contradicts itself: 114个 and 115个" in shown


def test_colours_are_for_a_terminal_that_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[32mverified" in written(briefed(), "text", Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[32m" not in written(briefed(), "text", Terminal())
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in written(briefed(), "text", Terminal())


@pytest.mark.parametrize("columns", ["40", "20", "1"])
def test_a_narrow_terminal_loses_no_number(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", columns)
    shown = written(briefed(), "text")
    assert "sentence" not in shown
    if columns != "1":
        assert max(cell_len(line) for line in shown.splitlines()) <= int(columns)
        assert "114个" in shown


@pytest.mark.parametrize("columns", ["", "0", "abc", "-5"])
def test_a_width_that_is_none_does_no_harm(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert "560.6亿元" in written(briefed(), "text")


def test_lines_break_between_chinese_characters_and_not_before_their_punctuation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    brief = changed(briefed(), "summary", text="云州高新区，" * 20 + "https://" + "x" * 50 + " end")
    lines = written(brief, "text").splitlines()
    assert not [line for line in lines if line.startswith("，")]
    assert "x" * 20 in "".join(lines)
    assert "".join(lines).replace(" ", "").count("x") >= 50


def test_nothing_in_a_draft_can_steer_the_terminal() -> None:
    given = {"numbers": [{"metric": "签约\x1b[2J项目", "text": "114个\x07"}], "policies": ["a\x1b]0;b\x07c\u202ed"]}
    shown = written(check(NEWS, given), "text")
    assert not set("\x1b\x07\u202e") & set(shown)
    assert "签约 [2J项目" in shown


def test_markup_in_an_article_is_text() -> None:
    brief = changed(changed(briefed(), "source", title="[bold]签约[/bold]"), "summary", text="[red]x[/]")
    assert "[bold]签约[/bold]" in written(brief, "text")
    assert "[red]x[/]" in written(brief, "text")


def test_a_quantity_is_a_line_of_json() -> None:
    [money, span, day] = scan("投资560.6亿元，企业10~20家，2023年")
    assert json.loads(quantity_line(money)) == {
        "start": 2,
        "end": 9,
        "text": "560.6亿元",
        "value": "56060000000",
        "low": None,
        "high": None,
        "unit": "CNY",
        "qualifier": "exact",
        "kind": "money",
        "doubt": None,
    }
    assert [json.loads(quantity_line(span))[name] for name in ("low", "high", "value")] == ["10", "20", None]
    assert json.loads(quantity_line(day))["kind"] == "date"
