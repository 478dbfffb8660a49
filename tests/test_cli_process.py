"""The command among real pipes, disks, signals and locales."""

import importlib
import io
import json
import os
import runpy
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from summarizer.cli import main
from summarizer.cli_base import DONE, FAILED, INTERRUPTED
from tests.build import NEWS
from tests.command import ARTICLE, Run, process
from tests.fake_service import Answer, fake_service


def test_python_dash_m_is_the_same(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    importlib.import_module("summarizer.__main__")  # to import it is to run nothing
    monkeypatch.delitem(sys.modules, "summarizer.__main__")
    monkeypatch.setattr(sys, "argv", ["summarize", "--version"])
    with pytest.raises(SystemExit) as left:
        runpy.run_module("summarizer", run_name="__main__")
    assert left.value.code == DONE
    assert capsys.readouterr().out.startswith("summarize ")


def test_help_and_version_are_said(run: Run) -> None:
    for option in ("--help", "-h"):
        said = run(option)
        assert (said.code, said.err) == (DONE, "")
        assert said.out.startswith("Usage: summarize [OPTIONS] FILE...\n")
        assert all(word in said.out for word in ("--replay", "--version", "check", "numbers", "Exit codes:"))
    assert run("--version").out.startswith("summarize ")
    assert "ARTICLE BRIEF" in run("check", "--help").out


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"TERM": "dumb"},
        {"NO_COLOR": "1"},
        {"COLUMNS": "40"},
        {"COLUMNS": "wide"},
    ],
    ids=str,
)
def test_no_locale_or_terminal_breaks_the_output(env: dict[str, str]) -> None:
    done = process("--extractor", "rules", "--format", "text", str(ARTICLE), env=env)
    assert (done.returncode, done.stderr) == (DONE, b"")
    assert "482.9亿元" in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="their file names are Unicode")
def test_a_file_name_need_not_be_unicode(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/bad\xff\nname.txt"
    Path(os.fsdecode(name)).write_text(NEWS, encoding="utf-8")
    done = process("--extractor", "rules", name)
    assert (done.returncode, done.stderr) == (DONE, b"")
    assert json.loads(done.stdout)["source"]["path"].endswith("/bad?\nname.txt")
    missing = process("--extractor", "rules", name + b"x")
    assert (missing.returncode, missing.stdout, missing.stderr.count(b"\n")) == (FAILED, b"", 1)


needs_devices = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


@needs_devices
@pytest.mark.parametrize("form", ["jsonl", "text"])
def test_a_full_disk_is_said(form: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = process("--extractor", "rules", "--format", form, str(ARTICLE), stdout=full)
    assert done.returncode == FAILED
    assert done.stderr.startswith(b"summarize: cannot write the output: No space left on device")
    assert done.stderr.count(b"\n") == 1


@needs_devices
def test_a_full_disk_for_messages_leaves_the_exit_code() -> None:
    with Path("/dev/full").open("wb") as full:
        assert process("nothing.txt", stderr=full).returncode == FAILED
        assert process(str(ARTICLE), stderr=full).returncode == DONE


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's redirections")
def test_closed_descriptors_are_no_crash() -> None:
    command = shlex.join([sys.executable, "-W", "error", "-m", "summarizer", "--extractor", "rules"])
    article = shlex.quote(str(ARTICLE))
    for redirected, told in (("- <&-", "no standard input"), (f"{article} >&-", "no standard output")):
        done = subprocess.run(["sh", "-c", f"{command} {redirected}"], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (FAILED, "", 1)
        assert told in done.stderr


@pytest.mark.parametrize("form", ["jsonl", "text"])
def test_a_reader_that_has_seen_enough_is_no_error(form: str) -> None:
    command = [sys.executable, "-W", "error", "-m", "summarizer", "--extractor", "rules", "--format", form]
    started = subprocess.Popen([*command, *[str(ARTICLE)] * 20], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert started.stdout is not None
    assert started.stderr is not None
    with started.stdout, started.stderr:
        started.stdout.read(10)
        started.stdout.close()
        assert started.stderr.read() == b""
        assert started.wait(60) == DONE


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def _hear_interrupts() -> None:
    """Undo what a shell does to commands in its background, which never hear Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_a_waiting_run_in_one_line(page: Path) -> None:
    with fake_service(Answer(act="hang")) as service:
        env = os.environ | {"SUMMARIZER_MODEL": "m", "SUMMARIZER_BASE_URL": service.url}
        command = [sys.executable, "-W", "error", "-m", "summarizer", str(page)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=env, preexec_fn=_hear_interrupts) as started:
            deadline = time.monotonic() + 30
            while not service.calls and time.monotonic() < deadline:
                time.sleep(0.02)
            started.send_signal(signal.SIGINT)
            out, err = started.communicate(timeout=30)
    assert (started.returncode, out) == (INTERRUPTED, b"")
    assert err == b"summarize: interrupted; what was written before stays\n"


class Broken(io.StringIO):
    """A stream whose reader, disk or user has gone."""

    def __init__(self, trouble: BaseException) -> None:
        super().__init__()
        self.trouble = trouble

    def write(self, _text: str) -> int:
        raise self.trouble


@pytest.mark.parametrize(
    ("trouble", "code", "told"),
    [
        (OSError(28, "No space left on device"), FAILED, "cannot write the output: No space left on device"),
        (BrokenPipeError(32, "Broken pipe"), DONE, ""),
        (KeyboardInterrupt(), INTERRUPTED, "interrupted; what was written before stays"),
    ],
    ids=["full", "closed", "interrupted"],
)
def test_trouble_in_writing_ends_in_a_code_and_at_most_a_line(
    page: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    trouble: BaseException,
    code: int,
    told: str,
) -> None:
    monkeypatch.setattr(sys, "stdout", Broken(trouble))
    assert main(["--extractor", "rules", str(page)]) == code
    err = capsys.readouterr().err
    assert told in err
    assert err.count("\n") == (1 if told else 0)


def test_without_a_standard_output_nothing_is_begun(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main([str(page)]) == FAILED
    assert "no standard output" in capsys.readouterr().err


def test_messages_that_nobody_can_read_stop_nothing(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Broken(OSError(28, "No space left on device")))
    assert main([str(page)]) == DONE
