"""Runs over a provider's batch API in this process and in no time, killed at any point; and live ones beside them."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import pytest

from bench.archive.articles import compose, record
from summarizer.archive.archive import run_archive
from summarizer.archive.batches import MOST
from summarizer.archive.hall import Finished
from summarizer.archive.opening import Orders
from summarizer.archive.rounds import Outside, opened_rounds
from summarizer.extract.batches import BatchService
from summarizer.extract.model import ModelExtractor
from summarizer.settings import Settings
from summarizer.store.requests import Bounds
from tests.archives import rows
from tests.batch_provider import Provider

SETTINGS: Final = Settings(model="bench-1", base_url="http://127.0.0.1:9/v1", via="batch-api", busy_retries=2)
COUNT: Final = 12
"""Articles of a test's archive."""


def articles(path: Path, count: int) -> Path:
    """Write an archive of so many articles."""
    path.write_text("".join(record(compose(serial)) for serial in range(count)), encoding="utf-8")
    return path


class FakeTime:
    """A clock that goes as fast as one sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class Told(list[str]):
    """What a run said."""

    def __call__(self, line: str) -> None:
        self.append(line)


def run_batches(
    source: Path,
    store: Path,
    provider: Provider,
    *,
    settings: Settings = SETTINGS,
    service: Callable[..., BatchService] = BatchService,
    most: Bounds = MOST,
    told: Told | None = None,
    **orders: Any,  # noqa: ANN401
) -> list[Finished]:
    """Run an archive to its end over the provider's batch API, in this process and in no time."""
    time = FakeTime()
    outside = Outside(time.now, time.sleep, service(settings, time.sleep, provider), most)
    given = Orders.model_validate({"processes": 1} | orders)
    say = Told() if told is None else told
    with opened_rounds([str(source)], store, settings, given, say, outside) as run:
        return list(run.articles())


class Killed(BaseException):
    """Stands for kill -9: what the store held at that moment lies in `Killing.left`."""


class Killing(BatchService):
    """A client in whose midst the process dies."""

    point = ""
    store: Path
    left: Path

    def _die(self, point: str) -> None:
        if point == type(self).point:
            for tail in ("", "-wal", "-shm"):
                source = Path(f"{self.store}{tail}")
                if source.exists():
                    shutil.copy(source, f"{self.left}{tail}")
            raise Killed

    def upload(self, key: str, lines: IO[bytes]) -> str:
        self._die("before the upload")
        found = super().upload(key, lines)
        self._die("after the upload")
        return found

    def create(self, input_file: str, key: str) -> str:
        self._die("before the creation")
        found = super().create(input_file, key)
        self._die("after the creation")
        return found

    def look(self, provider_id: str) -> Any:  # noqa: ANN401
        self._die("before the poll")
        found = super().look(provider_id)
        self._die("after the poll")
        return found

    @contextmanager
    def fetched(self, name: str) -> Iterator[IO[bytes]]:
        with super().fetched(name) as file:
            self._die("after the download")
            if type(self).point == "in the midst of storing":
                yield self._half(file)  # type: ignore[misc]
            else:
                yield file
            self._die("after the storing")

    def _half(self, file: IO[bytes]) -> Iterator[bytes]:
        for place, line in enumerate(file):
            if place == 7:
                self._die("in the midst of storing")
            yield line


POINTS: Final = (
    *("before the upload", "after the upload", "before the creation", "after the creation"),
    *("before the poll", "after the poll", "after the download", "in the midst of storing", "after the storing"),
)


def killed(archive: Path, store: Path, point: str, provider: Provider) -> Path:
    """Run until the process dies at a point, and return the store that it leaves behind."""
    remains = store.with_name(f"left by {store.name}")

    class Here(Killing):
        pass

    Here.point, Here.store, Here.left = point, store, remains
    with pytest.raises(Killed):
        run_batches(archive, store, provider, service=Here)
    return remains


def live(
    archive: Path, store: Path, provider: Provider, settings: Settings = SETTINGS
) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of a live run with the same model."""
    settings = settings.model_copy(update={"via": "live"})
    with ModelExtractor(settings, transport=provider) as extractor:
        list(run_archive([archive], store, extractor=extractor, settings=settings))
    return rows(store)
