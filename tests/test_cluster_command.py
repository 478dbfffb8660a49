"""What the command says before anything runs on Ray; no Ray is needed for it."""

from pathlib import Path

import pytest

from summarizer.cluster import packages
from tests.command import Run


def test_an_output_is_needed(run: Run, page: Path) -> None:
    done = run("batch", str(page), "--engine", "ray")
    assert done.code == 2
    assert "-o" in done.err


def test_what_is_for_one_machine_is_refused(run: Run, page: Path) -> None:
    done = run("batch", str(page), "--engine", "ray", "-o", "out", "--store", "x.db")
    assert done.code == 2
    assert "leave --store out" in done.err


def test_what_is_for_ray_is_refused_on_one_machine(run: Run, page: Path) -> None:
    assert run("batch", str(page), "-o", "out").code == 2
    assert run("batch", str(page), "--store", "x.db", "--address", "host:1").code == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--via", "batch-api"), "--via batch-api"),
        (("--record", "x.json"), "--record writes one file"),
        (("--replay", "none.json"), "'none.json' cannot be read"),
    ],
)
def test_settings_that_would_go_unused_are_refused(run: Run, page: Path, more: tuple[str, ...], words: str) -> None:
    done = run(
        "batch", str(page), "--engine", "ray", "-o", "out", "--model", "m", "--base-url", "http://127.0.0.1:9/v1", *more
    )
    assert done.code == 1
    assert words in done.err


def test_without_the_extra_one_line_says_what_to_install(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(packages, "import_module", missing)
    done = run("batch", str(page), "--engine", "ray", "-o", "out", "--extractor", "rules")
    assert done.code == 1
    assert "pip install 'summarizer[ray]'" in done.err
