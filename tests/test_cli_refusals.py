"""What the command refuses: one line that says what failed, on what, and what to do; never a traceback."""

import sys
from pathlib import Path

import pytest

from summarizer.cli_base import USAGE
from tests.command import Run, refused, stdin_of


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "no FILE is named"),
        (["--strict"], "Missing argument 'FILE...'"),
        (["--bogus", "x"], "No such option '--bogus'"),
        (["--format", "xml", "x"], "'xml' is not one of"),
        (["--date", "tomorrow", "x"], "'tomorrow' does not match"),
        (["--date", "2023-02-30", "x"], "'2023-02-30' does not match"),
        (["--reasks", "many", "x"], "'many' is not a valid integer"),
        (["--reasks", "-1", "x"], "-1 is not in the range x>=0"),
        (["--timeout", "0", "x"], "0.0 is not in the range x>0"),
        (["--max-tokens", "0", "x"], "0 is not in the range x>=1"),
        (["check", "x"], "Missing argument 'BRIEF'"),
        (["numbers", "x", "y"], "unexpected extra argument (y)"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(run: Run, arguments: list[str], told: str) -> None:
    said = run(*arguments)
    assert (said.code, said.out) == (USAGE, "")
    assert said.err.startswith("summarize: ")
    assert said.err.endswith("; see summarize --help\n")
    assert said.err.count("\n") == 1
    assert told in said.err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (" \n\t\u3000\n".encode(), "is empty"),
        (bytes(range(256)), "binary file"),
        (b"%PDF-1.7 ...", "a damaged PDF file"),
        ("\u200b\u2060\ufeff".encode(), "empty"),
        (b"\x01\x02\x03", "no readable text"),
    ],
)
def test_a_file_without_text_is_refused(run: Run, tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "bad\nname.txt"
    path.write_bytes(content)
    assert told in refused(run("--extractor", "rules", path))


def test_what_is_no_file_is_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "is a folder" in refused(run(tmp_path))
    assert "no such file" in refused(run(tmp_path / "missing.txt"))
    assert "name too long" in refused(run(tmp_path / ("x" * 300 + ".txt")))
    refused(run(""))
    refused(run("a\0b"))
    stdin_of(b"", monkeypatch)
    assert "standard input is empty" in refused(run("-"))
    monkeypatch.setattr(sys, "stdin", None)
    assert "there is no standard input" in refused(run("-"))


def test_a_file_that_may_not_be_read_is_refused(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert "permission denied" in refused(run(page))


def test_a_file_larger_than_any_article_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(20_000_000)
    assert "is too large" in refused(run(path))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("hello", "is not JSON"),
        ("[1, 2]", "is no brief"),
        ('{"a": 1}', "is no brief"),
        ("7", "is no brief"),
        ("[" * 200_000, "nested too deeply"),
        ('{"numbers": [{"metric": "a"}]}', "numbers[0] needs metric and text"),
        ('{"numbers": 7}', "is no brief"),
    ],
)
def test_a_brief_that_is_none_is_refused(run: Run, page: Path, tmp_path: Path, content: str, told: str) -> None:
    brief = tmp_path / "brief.json"
    brief.write_text(content, encoding="utf-8")
    assert told in refused(run("check", page, brief))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--extractor", "model"], "no API key"),
        (["--model", "m"], "no API key"),
        (["--base-url", "http://127.0.0.1:9/v1", "--extractor", "model"], "no model"),
        (["--model", "m", "--base-url", "ftp://x"], "is not an http(s) address"),
        (["--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--record", "{tmp}/no/x.json"], "cannot be written"),
        (["--replay", "{tmp}/none.json"], "cannot be read"),
        (["--replay", "{page}"], "is not JSON"),
        (["--record", "{tmp}/x.json"], "name one with --model"),
        (["--record", "a", "--replay", "b"], "exclude each other"),
    ],
)
def test_settings_that_cannot_work_are_refused(
    run: Run, page: Path, tmp_path: Path, options: list[str], told: str
) -> None:
    filled = [option.format(tmp=tmp_path, page=page) for option in options]
    assert told in refused(run(*filled, page))
