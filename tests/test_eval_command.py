"""`summarize eval` as people use it: tables, JSON, a page, two runs, and what it says of what is missing."""

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from bench.true_drafts import ROOT
from summarizer.cli_base import DONE, USAGE
from summarizer.evaluate.tally import FIGURES
from tests.build import DRAFT
from tests.command import Run, refused, stdin_of
from tests.golds import brief_of, briefed, number, written
from tests.stores import Filler

SHIPPED = (ROOT / "fixtures" / "gold", ROOT / "fixtures" / "briefs" / "*.model.json")


def test_the_shipped_set_is_told_in_eighty_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = run("eval", *SHIPPED, "--briefed", "--against", ROOT / "fixtures" / "briefs" / "*.rules.json")
    assert said.code == DONE
    assert max(map(cell_len, said.out.splitlines())) <= 80
    assert re.search(r"reported numbers in gold +\d\d\.\d % \(\d\d\.\d–\d+\.\d\) +\d+ of \d+", said.out)
    for title in FIGURES.values():
        assert title in said.out
    assert re.search(r"period +\d+\.\d % +\+\d+\.\d \(\+\d+\.\d to \+\d+\.\d\) +\d+:0 +0\.\d+", said.out)


def test_json_has_figures_verdicts_articles_and_misses(run: Run, tmp_path: Path) -> None:
    said = run("eval", written(tmp_path), briefed(tmp_path / "run"), "--format", "json")
    value = json.loads(said.out)
    assert list(value) == ["articles", "briefed", "placed", "figures", "verdicts", "scores"]
    assert [figure["name"] for figure in value["figures"]] == list(FIGURES)
    assert value["verdicts"] == {"right_passed": 2, "right_flagged": 0, "wrong_passed": 0, "wrong_flagged": 0}
    [score] = value["scores"]
    assert (score["id"], score["brief"], score["counts"]["found"]) == ("news", "read", [2, 2])
    [miss] = score["misses"]
    assert (miss["kind"], miss["item"], miss["words"]) == ("extra", "policy", "项目攻坚行动")


def test_two_runs_are_compared(run: Run, tmp_path: Path) -> None:
    gold, one = written(tmp_path), briefed(tmp_path / "one")
    other = briefed(tmp_path / "other", numbers=DRAFT["numbers"][:1])
    value = json.loads(run("eval", gold, one, "--against", other, "--format", "json").out)
    found = value["against"]["differences"][0]
    assert (found["name"], found["share"], found["other"], found["better"]) == ("found", 1.0, 0.5, 1)


def test_a_store_is_measured_as_files_are(run: Run, tmp_path: Path) -> None:
    made = brief_of()
    with Filler(tmp_path / "briefs.db") as filler:
        [article] = filler.document("2023/news.txt")
        source = made.source.model_copy(update={"path": "2023/news.txt"})
        filler.brief(article, brief=made.model_copy(update={"source": source}))
    gold, files = written(tmp_path), briefed(tmp_path / "run")
    stored = run("eval", gold, tmp_path / "briefs.db")
    assert (stored.code, stored.err) == (DONE, "")
    assert stored.out == run("eval", gold, files).out


def test_what_has_no_counterpart_is_said_and_counts_as_missed(run: Run, tmp_path: Path) -> None:
    written(tmp_path, "lost")
    gold, briefs = written(tmp_path), briefed(briefed(tmp_path / "run"), "stray")
    said = run("eval", gold, briefs)
    assert said.err.splitlines() == [
        "summarize: gold 'lost' has no brief",
        f"summarize: {str(briefs / 'stray.json')!r} has no gold",
    ]
    assert "2 articles with gold, 1 without brief" in said.out
    assert re.search(r"owed numbers found +50\.0 % \(0\.0–100\.0\) +2 of 4", said.out)
    assert re.search(r"lost +0/2 +– +– +no brief", said.out)
    assert re.search(r"owed numbers found +100\.0 % +2 of 2", run("eval", gold, briefs, "--briefed").out)


def test_gold_without_text_is_said_once(run: Run, tmp_path: Path) -> None:
    written(tmp_path, "other", text=None)
    said = run("eval", written(tmp_path, text=None), briefed(tmp_path / "run"))
    assert "gold 'news' and 1 more without its article's text: places and sentences are not known" in said.err
    assert re.search(r"owed numbers found +50\.0 %", said.out)


def test_numbers_of_gold_that_stand_nowhere_are_said(run: Run, tmp_path: Path) -> None:
    slips = [number(f"{place}家") for place in range(9001, 9009)]
    said = run("eval", written(tmp_path, numbers=slips), briefed(tmp_path / "run"))
    assert said.err.splitlines()[0] == "summarize: gold 'news': numbers.0 '9001家' stands nowhere in its article"
    assert said.err.splitlines()[-1] == "summarize: 3 more numbers of gold stand nowhere in their articles"


def test_briefs_may_come_through_a_pipe(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = brief_of()
    source = made.source.model_copy(update={"path": "2023/news.txt"})
    lines = made.model_copy(update={"source": source}).to_json() + "\n" + brief_of(about_park=False).to_json() + "\n"
    stdin_of(lines.encode(), monkeypatch)
    said = run("eval", written(tmp_path), "-")
    assert re.search(r"owed numbers found +100\.0 % +2 of 2", said.out)
    assert said.err == "summarize: '-', line 2 has no gold\n"
    assert run("eval", "-", "-").code == USAGE


def test_the_page_is_written_beside_the_tables(run: Run, tmp_path: Path) -> None:
    said = run("eval", written(tmp_path), briefed(tmp_path / "run"), "--html", tmp_path / "page.html")
    assert said.code == DONE
    assert "项目攻坚行动" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_articles_with_most_misses_come_first_and_twenty_are_listed(run: Run, tmp_path: Path) -> None:
    for place in range(23):
        written(tmp_path, f"n{place:02}")
    said = run("eval", tmp_path / "gold", briefed(tmp_path / "run", "n07"))
    assert "and 3 more; --format json and --html have them all" in said.out
    assert said.out.index("n22") if "n22" in said.out else True
    assert "n07" not in said.out


def test_what_would_steer_a_terminal_is_taken_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gold.json").write_text(json.dumps({"id": "a\x1b[31m", "about_park": True, "numbers": []}))
    said = run("eval", tmp_path / "gold.json", briefed(tmp_path / "run"))
    assert "\x1b" not in said.out + said.err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is not JSON"),
        ('{"id": "a", "about_park": true, "colour": 1}', "colour: extra inputs are not permitted"),
    ],
)
def test_gold_that_is_none_is_one_line(run: Run, tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    said = refused(run("eval", tmp_path / "a.json", briefed(tmp_path / "run")))
    assert "a.json" in said
    assert told in said


def test_other_refusals_are_one_line_too(run: Run, tmp_path: Path) -> None:
    gold, briefs = written(tmp_path), briefed(tmp_path / "run")
    (tmp_path / "empty").mkdir()
    assert "holds no gold" in refused(run("eval", tmp_path / "empty", briefs))
    assert "holds no briefs" in refused(run("eval", gold, tmp_path / "empty"))
    assert "no such file" in refused(run("eval", gold, tmp_path / "missing"))
    assert "cannot write the page" in refused(run("eval", gold, briefs, "--html", tmp_path / "none" / "page.html"))
    stray = briefed(tmp_path / "stray", "stray")
    said = run("eval", gold, stray, "--briefed")
    assert "has gold; its source or file must bear the id of one" in said.err.splitlines()[-1]
    assert run("eval", gold).code == USAGE
