"""A run that is ready to go, as all its passes have it: handles of Ray, of the desk and of the output."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple, TypeVar

from summarizer.cluster.briefer import BrieferTold
from summarizer.cluster.finished import Known
from summarizer.cluster.packages import package
from summarizer.cluster.parts import Found
from summarizer.cluster.reading import ReadingTold, Watcher
from summarizer.cluster.shelf import Shelf

SILENT_SECONDS: Final = 8.0
"""After which the desk, or Ray's head, is taken for gone."""
TASKS_AT_ONCE: Final = 4
"""Tasks that the driver has under way for each worker."""
RETRIES: Final = 8
"""Of a task that reads: two for the first file of a part that kills whoever reads it, one for each further, so that a
part may hold seven of them."""

Thing = TypeVar("Thing")


class Prepared(NamedTuple):
    """A run that is ready to go."""

    ray: Any
    desk: Any
    shelf: Shelf
    recipe: str
    known: Known
    found: Found
    briefers: BrieferTold
    reading: ReadingTold
    workers: int

    def call(self, method: str, *values: object) -> Any:  # noqa: ANN401 - what the desk returns
        """Return what the desk answers. Raises RayError where it does not."""
        return self.get(getattr(self.desk, method).remote(*values))

    def get(self, promised: Any) -> Any:  # noqa: ANN401 - what the desk returns
        """Return what the desk has promised. Raises RayError where that takes too long."""
        return self.ray.get(promised, timeout=SILENT_SECONDS)

    @property
    def stopped(self) -> bool:
        """Whether nothing more is to be begun."""
        return bool(self.call("outcome")[0] != "finished")

    def until_stopped(self, things: Iterable[Thing]) -> Iterator[Thing]:
        """Yield things to be begun, until nothing more is; a desk that is slow to say so ends no run."""
        for thing in things:
            try:
                if self.stopped:
                    return
            except self.ray.exceptions.GetTimeoutError:
                pass
            yield thing

    def done(self, calls: Iterable[Any]) -> Iterator[Any]:
        """Yield what tasks return, as they end; no more than a few of them are under way at once."""
        under_way: list[Any] = []
        for call in calls:
            under_way.append(call)
            if len(under_way) >= TASKS_AT_ONCE * self.workers:
                done, under_way = self.ray.wait(under_way)
                yield from self.ray.get(done)
        while under_way:
            done, under_way = self.ray.wait(under_way)
            yield from self.ray.get(done)


def watcher_of(desk: Any) -> Watcher:  # noqa: ANN401 - Ray has no types that count
    """Return the desk as reading tasks speak to it."""
    ray = package("ray")

    def call(method: str) -> Callable[..., Any]:
        return lambda *values: ray.get(getattr(desk, method).remote(*values))

    return Watcher(call("begin"), call("announce"), call("found"), call("ended"))
