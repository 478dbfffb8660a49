"""What every test starts from: nobody's settings, and a page to brief."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.archives import lines, news
from tests.build import NEWS
from tests.command import VARIABLES, Run
from tests.stores import Filler

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from summarizer.cluster.shelf import Shelf


settings.register_profile("untimed", deadline=None)  # no test depends on how busy the machine is
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*VARIABLES, "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's wishes for colours and widths."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TERM", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command, run in this process."""
    return Run(capsys)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A file with one short article."""
    path = tmp_path / "news.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working folder is the test's own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def filler(tmp_path: Path) -> Iterator[Filler]:
    """A store that is being filled."""
    with Filler(tmp_path / "briefs.db") as filler:
        yield filler


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "out"


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    """A headless Chromium with a profile of its own."""
    from tests.browser import browser  # late: its package loads slowly, and few tests need it

    with browser() as started:
        yield started


@pytest.fixture
def shelf(tmp_path: Path) -> "Shelf":
    """The output of a run on a cluster, a folder."""
    from summarizer.cluster.shelf import opened_shelf  # pyarrow's import takes a while

    return opened_shelf(str(tmp_path / "out"))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A table of five articles."""
    return lines(tmp_path / "a.jsonl", [news(serial) for serial in range(1, 6)])
