"""The passes of a run one after the other, on a Ray that does at once what it is told: how they end."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from summarizer.archive.governor import Limits
from summarizer.cluster import passes
from summarizer.cluster.desk import Desk, DeskTold
from summarizer.cluster.earlier import gone_in
from summarizer.cluster.finished import known_of
from summarizer.cluster.parts import parts_of
from summarizer.cluster.prepared import Prepared
from summarizer.cluster.reading import Watcher
from summarizer.cluster.shelf import Shelf, opened_shelf
from summarizer.settings import Settings
from tests.archives import lines, news
from tests.surveys import NEAR, READING, brief_all
from tests.test_cluster_work import RECIPE


class Call:
    """A function or method that is called as Ray's are."""

    def __init__(self, do: Callable[..., Any], tell: Callable[[str], object]) -> None:
        self._do, self._tell = do, tell
        self._returns = 1

    def options(self, num_returns: int = 1, **_: object) -> "Call":
        self._returns = num_returns
        return self

    def remote(self, *values: Any) -> Any:  # noqa: ANN401 - what the function returns
        self._tell(self._do.__name__)
        return self._do(*values)


class AtOnce:
    """What the passes use of Ray; a promise is what was promised."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.stops_after: str | None = None
        """The task after which the run is stopped."""
        self.desk = Desk(DeskTold(Limits(4), None, Decimal(0), (), None, asks=False, parts=1))

    def _tell(self, name: str) -> None:
        self.begun.append(name)
        if name == self.stops_after:
            self.desk.stop("stopped")

    def remote(self, do: Callable[..., Any]) -> Call:
        return Call(do, self._tell)

    def put(self, value: Any) -> Any:  # noqa: ANN401 - anything
        return value

    def get(self, promised: Any, timeout: float | None = None) -> Any:  # noqa: ANN401 - anything
        return promised

    def wait(self, promised: list[Any], **_: object) -> tuple[list[Any], list[Any]]:
        return promised, []


class AtDesk:
    """The desk as its handle is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __getattr__(self, name: str) -> Call:
        return Call(getattr(self._desk, name), lambda _: None)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return opened_shelf(str(tmp_path / "out"))


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return three files, a part each: two printings of one article, and another one."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for number, text in enumerate((news(1), NEAR, news(2))):
        lines(folder / f"{number}.jsonl", [text])
    monkeypatch.setattr("summarizer.cluster.parts._FILES", 1)
    return folder


def begun(
    archive: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, stops_after: str | None = None
) -> tuple[list[str], Prepared]:
    """Do the passes of a run; return which tasks were begun, and the run."""
    ray = AtOnce()
    ray.stops_after = stops_after
    found = parts_of([str(archive)], [])
    briefers = type("Told", (), {"settings": Settings(extractor="rules")})()
    known = known_of(shelf, RECIPE, None)
    prepared = Prepared(ray, AtDesk(ray.desk), shelf, RECIPE, known, found, briefers, READING, workers=1)
    desk = ray.desk
    monkeypatch.setattr(passes, "watcher_of", lambda _: Watcher(desk.begin, desk.announce, desk.found, desk.ended))

    def through(_: object, tasks: list[bytes], read: Callable[..., Any]) -> Iterator[int]:
        ray.begun.append(f"brief {len(tasks)}")
        return iter(())

    monkeypatch.setattr(passes, "through_briefers", through)
    assert list(passes.briefed(prepared)) == []
    return ray.begun, prepared


def test_the_passes_of_a_run_that_nobody_stops(archive: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks, _ = begun(archive, shelf, monkeypatch)
    assert tasks == [*["read"] * 3, *["bring"] * 2, "compare", "brief 2", *["bring"] * 2, "brief 1"]


@pytest.mark.parametrize("after", ["read", "bring", "compare"])
def test_after_a_stop_nothing_is_begun(
    archive: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    tasks, _ = begun(archive, shelf, monkeypatch, after)
    assert tasks.index(after) == len(tasks) - 1


def test_a_survey_that_was_stopped_takes_nothing_for_gone(
    archive: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief_all(archive, shelf)
    lines(archive / "0.jsonl", [news(7)])
    begun(archive, shelf, monkeypatch, "read")
    assert gone_in(shelf, RECIPE) == []
    begun(archive, shelf, monkeypatch)
    assert len(gone_in(shelf, RECIPE)) == 1
