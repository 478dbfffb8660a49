"""The passes of a run one after the other, on a Ray that does at once what it is told: how they end."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from summarizer.archive.governor import Limits
from summarizer.article import Document
from summarizer.cluster import briefing, passes
from summarizer.cluster.briefer import BrieferTold
from summarizer.cluster.desk import Desk, DeskTold
from summarizer.cluster.earlier import gone_in
from summarizer.cluster.finished import known_of
from summarizer.cluster.packages import package
from summarizer.cluster.parts import Found, Part, parts_of
from summarizer.cluster.prepared import Prepared
from summarizer.cluster.reading import Chunk, Item, Watcher
from summarizer.cluster.shelf import Shelf
from summarizer.settings import Settings
from tests.archives import lines, news
from tests.clusters import RECIPE
from tests.surveys import NEAR, READING, brief_all


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
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return three files, a part each: two printings of one article, and another one."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for number, text in enumerate((news(1), NEAR, news(2))):
        lines(folder / f"{number}.jsonl", [text])
    monkeypatch.setattr("summarizer.cluster.parts._FILES", 1)
    return folder


def briefed_of(parts: Sequence[Part], shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Chunk], Prepared]:
    """Return the chunks that are briefed of parts, and the run."""
    ray = AtOnce()
    chunks: list[Chunk] = []
    prepared = prepared_of(ray, Found(tuple(parts), 0, ()), shelf, monkeypatch)

    def through(_: object, tasks: list[bytes], read: Callable[..., Any]) -> Iterator[int]:
        for task in tasks:
            chunks.extend(pickle.loads(row["chunk"]) for row in read({"task": task}))
        return iter(())

    monkeypatch.setattr(passes, "through_briefers", through)
    assert list(passes.briefed(prepared)) == []
    return chunks, prepared


def text_of(item: Item) -> str:
    assert isinstance(item.found, Document)
    return item.found.text


def prepared_of(ray: AtOnce, found: Found, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Prepared:
    briefers = cast("BrieferTold", SimpleNamespace(settings=Settings(extractor="rules")))
    desk = ray.desk
    for module in (passes, briefing):
        monkeypatch.setattr(module, "watcher_of", lambda _: Watcher(desk.begin, desk.announce, desk.found, desk.ended))
    monkeypatch.setattr(briefing, "package", lambda name: ray if name == "ray" else package(name))
    known = known_of(shelf, RECIPE, None)
    return Prepared(ray, AtDesk(desk), shelf, RECIPE, known, found, briefers, READING, workers=1)


def begun(
    archive: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, stops_after: str | None = None
) -> tuple[list[str], Prepared]:
    """Do the passes of a run; return which tasks were begun, and the run."""
    ray = AtOnce()
    ray.stops_after = stops_after
    prepared = prepared_of(ray, parts_of([str(archive)], []), shelf, monkeypatch)

    def through(_: object, tasks: list[bytes], read: Callable[..., Any]) -> Iterator[int]:
        ray.begun.append(f"brief {len(tasks)}")
        return iter(())

    monkeypatch.setattr(passes, "through_briefers", through)
    assert list(passes.briefed(prepared)) == []
    return ray.begun, prepared


def test_the_passes_of_a_run_that_nobody_stops(archive: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks, _ = begun(archive, shelf, monkeypatch)
    assert tasks == [*["read"] * 3, *["bring"] * 2, "compare", "brief 2", *["bring"] * 2, "brief 1"]


def test_a_document_that_stands_in_several_parts_is_briefed_in_the_first(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = lines(tmp_path / "a.jsonl", [news(1), news(2)])
    (part,) = parts_of([str(archive)], []).parts
    other = lines(tmp_path / "b.jsonl", [news(3)])
    (more,) = parts_of([str(other)], []).parts
    # Three parts: the second has something of its own beside the copies, the third has nothing else.
    parts = (part, Part(1, (*part.files, *more.files)), part._replace(number=2))
    chunks, prepared = briefed_of(parts, shelf, monkeypatch)
    assert [[text_of(item) for item in chunk.items] for chunk in chunks] == [[news(1), news(2)], [news(3)]]
    assert prepared.call("progress").seen.articles == 3


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
