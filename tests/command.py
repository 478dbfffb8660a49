"""Runs the command, in this process or in one of its own, and keeps what it said."""

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from summarizer.cli import main
from summarizer.cli_base import FAILED

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
ARTICLE = ARTICLES / "annual_results.txt"
VARIABLES = (
    *("SUMMARIZER_MODEL", "SUMMARIZER_BASE_URL", "SUMMARIZER_API_KEY"),
    *("SUMMARIZER_COMPLETE", "SUMMARIZER_PRICES"),
    *("OPENAI_API_KEY", "OPENAI_BASE_URL"),
)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Said(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


class Run:
    """Runs the command in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Said:
        self._capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Said(code, *self._capsys.readouterr())


def refused(said: Said) -> str:
    """Return the one line that says why there is no brief."""
    assert (said.code, said.out) == (FAILED, "")
    assert said.err.startswith("summarize: ")
    assert said.err.count("\n") == 1
    return said.err


def stdin_of(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def process(
    *arguments: str | bytes,
    env: dict[str, str] | None = None,
    **options: Any,  # noqa: ANN401 - what subprocess.run takes
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, warnings being errors."""
    command: Sequence[str | bytes] = [sys.executable, "-W", "error", "-m", "summarizer", *arguments]
    clean = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    piped: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    done: subprocess.CompletedProcess[bytes] = subprocess.run(
        command, check=False, timeout=60, env=clean | (env or {}), **(piped | options)
    )
    return done
