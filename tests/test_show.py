"""The numbers of a text for a person: marked where they stand, read underneath, and nothing that steers a terminal."""

import io
import json
import re
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from summarizer.cli_base import DONE
from summarizer.export import Format
from summarizer.quantities import scan
from summarizer.show import write_numbers
from tests.build import NEWS
from tests.command import ARTICLE, Run, Terminal, process

pytestmark = pytest.mark.usefixtures("plain_terminal")

CODES = re.compile(r"\x1b\[(?:0|2|3[2356]|9[45])m")
"""The program's own."""
SEVEN = "2023年，园区引进企业90多家、项目10~20个，投资约5.6亿元，增长12%，高2.4个百分点，占地300亩，历时三年。"


def shown(text: str, stream: io.StringIO | None = None, form: Format = "text") -> str:
    stream = stream or io.StringIO()
    write_numbers(text, scan(text), stream, form)
    return stream.getvalue()


def coloured(text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TERM", "xterm")
    return shown(text, Terminal())


def test_facts_are_bracketed_and_read_under_their_sentence() -> None:
    assert shown("园区概况\n上半年引进企业90多家。投资5.6亿元，增长12%。\n\n\n\n没有数字。").split("\n") == [
        "3 facts (in brackets): 1 count · 1 money · 1 ratio; besides: 1 date",
        "≥ at least",
        "",
        "园区概况",
        "上半年引进企业[90多家]。",
        "    上半年 date · 90多家 ≥ 90 家 count",
        "投资[5.6亿元]，增长[12%]。",
        "    5.6亿元 = 560,000,000 CNY money · 12% = 12 % ratio",
        "",
        "没有数字。",
        "",
    ]


def test_every_kind_has_its_colour_and_no_fact_is_faint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    legend, signs, _, text, readings, _ = coloured(SEVEN, monkeypatch).split("\n")
    for words, colour in {
        "90多家": 36,
        "5.6亿元": 32,
        "12%": 35,
        "2.4个百分点": 95,
        "300亩": 33,
        "三年": 94,
        "2023年": 2,
    }.items():
        assert f"\x1b[{colour}m{words}\x1b[0m" in text
        assert f"\x1b[{colour}m{words}\x1b[0m" in readings
    assert CODES.sub("", text) == SEVEN
    assert "\x1b[2m date\x1b[0m" in readings
    assert "count" not in readings, "the legend says which colour is which"
    assert legend.startswith("7 facts: \x1b[36m2 count\x1b[0m · ")
    assert legend.endswith("; besides: \x1b[2m1 date\x1b[0m")
    assert signs == "≈ about · ≥ at least"
    for reading in ("90多家 ≥ 90 家", "10~20个 = 10–20 个", "5.6亿元 ≈ 560,000,000 CNY", "三年 = 3 年"):
        assert reading in CODES.sub("", readings)
    assert "2.4个百分点 = 2.4 percentage point ·" in CODES.sub("", readings)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1", "TERM": "xterm"}, {"TERM": "dumb"}], ids=str)
def test_who_wants_no_colours_gets_brackets(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    text = shown(NEWS, Terminal())
    assert "\x1b" not in text
    assert text == shown(NEWS)
    assert "总投资[560.6亿元]。" in text


def test_a_number_broken_over_lines_is_shown_whole() -> None:
    lines = shown("共引进24\r\n家企业，\n投资43 亿\n\n元").split("\n")
    assert lines[2:] == [
        "共引进[24⏎家]企业，",
        "    24 家 = 24 家 count",
        "投资[43 亿⏎⏎元]",
        "    43 亿 元 = 4,300,000,000 CNY money",
        "",
    ]


def test_full_width_and_traditional_numbers_are_shown_as_printed() -> None:
    text = shown("總投資１兆４，８３３億元，增長一成五。")
    assert "總投資[１兆４，８３３億元]，增長[一成五]。" in text
    assert "一成五 = 15 % ratio" in text


@pytest.mark.parametrize("columns", ["40", "20"])
@pytest.mark.parametrize("colours", [True, False])
def test_rows_fit_the_terminal_and_lose_nothing(columns: str, colours: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    text = coloured(SEVEN * 3, monkeypatch) if colours else shown(SEVEN * 3)
    plain = CODES.sub("", text)
    rows = plain.split("\n")
    printed = [row for row in rows if not row.startswith("    ")]
    assert all(cell_len(row) <= int(columns) for row in printed)
    assert SEVEN * 3 in re.sub(r"[\n\[\]]|    .*", "", plain).replace("\n", "")
    assert not [row for row in rows if row.startswith(("，", "。", "、", "]"))]
    assert text.count("\x1b[0m") * 2 == text.count("\x1b"), "each row closes what it opens"


def test_a_word_wider_than_the_terminal_is_broken_and_accents_stay_with_their_letter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    link = "https://example.com/" + "e\u0301" * 30
    lines = shown(f"见{link} 企业3家。").split("\n")[2:]
    assert max(map(cell_len, lines)) <= 20
    assert "".join(lines).startswith(f"见{link}")
    assert not [line for line in lines if line.startswith("\u0301")]


def test_nothing_in_a_file_steers_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = "签约\x1b[2J114\x07个，\x1b]0;title\x07\u202e投资5.6\x1b[41m亿元\x9b2J\r\u2028引进3\u200b家。\ud800"
    for text in (shown(hostile), shown(hostile, Terminal()), coloured(hostile, monkeypatch)):
        assert not set("\x1b\x07\x9b\u202e\u200b\u2028\r\ud800") & set(CODES.sub("", text))
        assert "签约 [2J114 个， ]0;title  投资5.6 [41m亿元 2J" in re.sub(r"\[([\d.]+)\]", r"\1", CODES.sub("", text))


@given(st.text(alphabet="1二十百万亿.,%元家个年。！”\n\r\t \u2028\x1b[m签A（"))
def test_any_text_is_shown_whole_and_harmless(text: str) -> None:
    plain = shown(text)
    assert not set("\x1b\r\u2028\t") & set(plain)
    body = plain.split("\n\n", 1)[1] if "\n\n" in plain else plain
    for quantity in scan(text):
        assert "".join(char for char in quantity.text if char.isdigit()) in re.sub(r"[^\d]", "", body)


def test_a_long_text_takes_time_in_proportion() -> None:
    def seconds(text: str) -> float:
        quantities = scan(text)
        started = time.process_time()
        write_numbers(text, quantities, io.StringIO(), "text")
        return time.process_time() - started

    sentences, line = SEVEN * 150, SEVEN.replace("。", "，") * 150
    for text in (sentences, line, "。" * 20_000, "“" * 20_000, "5" * 20_000):
        short = max(seconds(text), 0.01)
        assert seconds(text * 8) < 40 * short


def test_a_doubt_is_shown_once_for_all_that_have_it() -> None:
    quantities = [
        quantity._replace(doubt="could be\x1b[2J a name" if quantity.unit == "英寸" else None)
        for quantity in scan("产线用8英寸、12英寸和8英寸，投资3亿元。")
    ]
    stream = io.StringIO()
    write_numbers("产线用8英寸、12英寸和8英寸，投资3亿元。", quantities, stream, "text")
    assert stream.getvalue().splitlines()[-1] == "    ? 8英寸, 12英寸: could be [2J a name"


def test_json_is_a_line_each_or_one_list() -> None:
    lines = [json.loads(line) for line in shown(NEWS, form="jsonl").splitlines()]
    assert lines == json.loads(shown(NEWS, form="json"))
    assert [line["text"] for line in lines] == [quantity.text for quantity in scan(NEWS)]
    assert json.loads(shown("没有数字。", form="json")) == []
    assert shown("没有数字。", form="jsonl") == ""


def test_a_text_without_numbers_is_shown() -> None:
    assert shown("没有数字。") == "0 facts (in brackets)\n\n没有数字。\n"
    assert shown("") == "0 facts (in brackets)\n\n"
    assert shown("企业3家。").startswith("1 fact (in brackets)")


def test_the_command_shows_on_a_terminal_and_lists_in_a_pipe(
    run: Run, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("numbers", page).out == shown(NEWS, form="jsonl")
    assert run("numbers", "--format", "json", page).out == shown(NEWS, form="json")
    assert run("numbers", "--format", "text", page).out == shown(NEWS)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    assert run("numbers", page).out == shown(NEWS)
    assert run("numbers", "--format", "jsonl", page).out == shown(NEWS, form="jsonl")


def test_no_locale_breaks_it() -> None:
    done = process("numbers", "--format", "text", str(ARTICLE), env={"LC_ALL": "C", "COLUMNS": "30"})
    assert (done.returncode, done.stderr) == (DONE, b"")
    assert "48,290,000,000 CNY" in done.stdout.decode("utf-8")
