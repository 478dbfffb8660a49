"""The documents say what is true: README's code runs, its brief is the program's, its options are all of them."""

import json
import re
from pathlib import Path

import click
import pytest

from summarizer.cli import cli
from summarizer.evaluate import gold_from
from summarizer.prices import price_of, read_table
from summarizer.version import VERSION
from tests.command import Run, stdin_of
from tools.briefs import ROOT
from tools.readme import render

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SUMMARIZER_MODEL", "OPENAI_API_KEY", "SUMMARIZER_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(ROOT)
    [code] = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("verified ")
    assert second.startswith("digits ")
    assert "67个" in second


def test_the_brief_shown_is_the_one_that_the_program_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert render(README) == README, "run `python -m tools.readme`"
    shown, _ = re.findall(r"```json\n(.*?)```", README, flags=re.DOTALL)
    assert json.loads(shown)["schema"] == "brief.v1"


def test_the_price_file_shown_is_one(tmp_path: Path) -> None:
    _, shown = re.findall(r"```json\n(.*?)```", README, flags=re.DOTALL)
    (tmp_path / "prices.json").write_text(shown, encoding="utf-8")
    table = read_table(tmp_path / "prices.json")
    assert price_of("qwen3-max", "http://127.0.0.1:8000/v1", table) is not None


def test_the_numbers_shown_are_those_that_the_program_shows(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    [(text, shown)] = re.findall(
        r"\$ echo '(.*?)' \| summarize numbers --format text -\n(.*?)```", README, flags=re.DOTALL
    )
    stdin_of(text.encode(), monkeypatch)
    assert run("numbers", "--format", "text", "-").out == shown


def test_the_gold_shown_is_gold() -> None:
    [shown] = re.findall(r"```js\n(.*?)```", README, flags=re.DOTALL)
    first, second, _ = gold_from(json.loads(shown)).numbers
    assert (first.value, second.unit) == ("114", "CNY")


@pytest.mark.parametrize("command", ["brief", "check", "numbers", "eval"])
def test_every_option_is_documented(command: str) -> None:
    for parameter in cli.commands[command].params:
        if isinstance(parameter, click.Option) and parameter.name not in ("help", "model", "base_url"):
            assert any(name in README for name in parameter.opts if name.startswith("--")), parameter.name


def test_changelog_and_package_agree_on_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changelog, flags=re.MULTILINE)[0] == VERSION


def test_no_document_names_a_path_of_one_machine() -> None:
    machine_path = re.compile(r"/(?:home|root|tmp|work|Users)/\w")
    code = (path for folder in ("summarizer", "bench", "tools") for path in (ROOT / folder).rglob("*.py"))
    for path in (*ROOT.glob("*.md"), *ROOT.glob("prompts/*"), ROOT / "Makefile", *code):
        assert not machine_path.search(Path(path).read_text(encoding="utf-8")), path


def test_every_file_named_in_contributing_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.+?`(?:, `.+?`)*) \|", text, flags=re.MULTILINE)
    assert rows
    for row in rows:
        for name in re.findall(r"`(.+?)`", row):
            assert (ROOT / "summarizer" / name).exists(), name
