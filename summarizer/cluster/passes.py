"""The passes of a run: a survey of the archive, a look at what may repeat something, briefing, tables.

    survey ──columns──▶ driver ──groups──▶ compare ──links──▶ brief all but repeats ──▶ brief repeats ──▶ tables

Where nothing repeats anything, and where nothing is to do, the passes in the middle do not take place.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple, cast

from summarizer.archive.progress import Progress
from summarizer.archive.survey import Forecast, reckoned
from summarizer.cluster.again import Past
from summarizer.cluster.briefer import Briefer, BrieferTold
from summarizer.cluster.desk import condemned
from summarizer.cluster.earlier import Earlier, earlier_of, keep_gone, settled_of, usual_of
from summarizer.cluster.finished import Known, is_among, sorted_keys
from summarizer.cluster.flat import drop_old, groups_of, is_made, make_tables
from summarizer.cluster.gather import Errand, Share, bucketed, errands_of, run_errand, together
from summarizer.cluster.journal import folder_of
from summarizer.cluster.kinship import groups_in
from summarizer.cluster.packages import package
from summarizer.cluster.parts import Found, Part
from summarizer.cluster.printings import Link, Printing
from summarizer.cluster.reading import Item, ReadingTold, Watcher, read_part
from summarizer.cluster.repeats import (
    Held,
    Outcomes,
    held_in,
    links_of_groups,
    links_without_texts,
    printings_of,
    repeat_chunks,
)
from summarizer.cluster.shelf import Shelf
from summarizer.cluster.survey import PartSurvey, Survey, SurveyTold, ahead_in, survey_of, survey_part
from summarizer.prices import Prices

SILENT_SECONDS: Final = 8.0
"""After which the desk, or Ray's head, is taken for gone."""
_CHUNKS_AT_ONCE: Final = 4
"""Chunks that a briefer has under way: enough that the others fill the line while one ends."""
_MOST_BLOCKS: Final = 2_000
_TASKS_AT_ONCE: Final = 4
"""Tasks that the driver has under way for each worker."""
_FILES: Final = 1_000
"""Files of `briefs/` that one task looks through."""
_RETRIES: Final = 8
"""Of a task that reads: two for each of some files that kill whoever reads them."""

_Read = Callable[[dict[str, bytes]], Iterator[dict[str, bytes]]]
"""Makes chunks of a task, both pickled."""


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


def briefed(prepared: Prepared) -> Iterator[int]:
    """Do all that is to be done; yield, chunk by chunk, how many articles were left to a later run."""
    earlier = earlier_of(prepared.shelf, prepared.recipe)
    survey = _surveyed(prepared, counts=False)
    if not survey.whole:
        return
    keep_gone(prepared.shelf, prepared.recipe, earlier, survey)
    links = _linked(prepared, survey, earlier)
    settled = settled_of(survey, prepared.known.keys, earlier, [link.row for link in links])
    parts = [pickle.dumps(part) for part in prepared.found.parts if part.number in settled.parts]
    if parts:
        yield from _through_briefers(prepared, parts, _reader(prepared, settled.keys, survey))
    if links and not prepared.stopped:
        yield from _through_briefers(prepared, *_repeater(prepared, survey, links))


def foretold(prepared: Prepared, prices: Prices | None, *, asks: bool) -> Forecast:
    """Return what a run would do; nobody is asked, and nothing is written."""
    earlier = earlier_of(prepared.shelf, prepared.recipe)
    survey = _surveyed(prepared, counts=True)
    links = _linked(prepared, survey, earlier)
    ahead = ahead_in(survey, [link.row for link in links])
    seen = cast("Progress", prepared.call("progress")).seen
    for trouble in prepared.found.troubles:
        seen = seen.with_trouble(trouble)
    seen = seen._replace(articles=ahead.articles, repeats=len(links), skipped=prepared.found.skipped)
    if not asks:
        return Forecast(seen, ahead.drafts, 0, 0, None, None, 0)
    return reckoned(seen, ahead.drafts, ahead.chars, usual_of(prepared.shelf, prepared.recipe), prices)


def make_all_tables(prepared: Prepared) -> None:
    """Make what is missing of the tables, on all workers; then take away what they replace."""
    shelf = prepared.shelf
    groups = groups_of(shelf, prepared.recipe)
    there = set(shelf.names("tables"))
    make = prepared.ray.remote(make_tables)
    for _ in _done(prepared, (make.remote(shelf, group) for group in groups if not is_made(there, group))):
        pass
    drop_old(shelf, groups)


def _done(prepared: Prepared, calls: Iterable[Any]) -> Iterator[Any]:
    """Yield what tasks return, as they end; no more than a few of them are under way at once."""
    ray = prepared.ray
    under_way: list[Any] = []
    for call in calls:
        under_way.append(call)
        if len(under_way) >= _TASKS_AT_ONCE * prepared.workers:
            done, under_way = ray.wait(under_way)
            yield from ray.get(done)
    while under_way:
        done, under_way = ray.wait(under_way)
        yield from ray.get(done)


def _surveyed(prepared: Prepared, *, counts: bool) -> Survey:
    ray, desk = prepared.ray, prepared.desk
    shelf, known = prepared.shelf, ray.put(prepared.known)
    told = SurveyTold(prepared.reading, prepared.briefers.settings.split, counts)

    def read(part: Part, known: Known) -> PartSurvey:
        return survey_part(part, told, Past(shelf, known).left_of, _watcher(desk))

    task = ray.remote(read).options(max_retries=_RETRIES)
    parts = prepared.found.parts
    return survey_of(parts, _done(prepared, (task.remote(part, known) for part in parts)))


def _watcher(desk: Any) -> Watcher:  # noqa: ANN401 - Ray has no types that count
    """Return the desk as reading tasks speak to it."""
    ray = package("ray")

    def call(method: str) -> Callable[..., Any]:
        return lambda *values: ray.get(getattr(desk, method).remote(*values))

    return Watcher(call("begin"), call("announce"), call("found"), call("ended"))


def _linked(prepared: Prepared, survey: Survey, earlier: Earlier) -> list[Link]:
    """Return what repeats what, in the order of the originals."""
    ray = prepared.ray
    links, mixed = links_without_texts(survey, groups_in(survey.rows), earlier)
    if mixed and not prepared.stopped:
        members = bucketed(mixed, lambda group: group, survey)
        shares = _sent(
            prepared, survey, {row: at for at, some in enumerate(members) for group in some for row in group}
        )

        def compare(some: list[list[Printing]], *brought: Share) -> list[Link]:
            return links_of_groups(some, together(brought))

        task = ray.remote(compare)
        calls = (
            task.remote(printings_of(survey, some, earlier).mixed, *lies)
            for some, lies in zip(members, shares, strict=True)
        )
        for found in _done(prepared, calls):
            links += found
    prepared.call("linked", len(links))
    return sorted(links, key=lambda link: (link.original, link.row))


def _sent(prepared: Prepared, survey: Survey, bucket_of: dict[int, int]) -> list[list[Any]]:
    """Have documents brought to their buckets; return for each where its shares lie."""
    ray, told = prepared.ray, prepared.reading
    count = max(bucket_of.values()) + 1

    def bring(errand: Errand) -> Any:  # noqa: ANN401 - Ray wants one value, or a list of as many as are told
        shares = run_errand(errand, count, told)
        return shares if count > 1 else shares[0]

    task = ray.remote(bring).options(num_returns=count, max_retries=_RETRIES)
    shares: list[list[Any]] = [[] for _ in range(count)]
    under_way: list[Any] = []
    for errand in errands_of(survey, prepared.found.parts, bucket_of):
        returned = task.remote(errand)
        for lies, share in zip(shares, [returned] if count == 1 else returned, strict=True):
            lies.append(share)
        under_way.append(shares[0][-1])
        if len(under_way) >= _TASKS_AT_ONCE * prepared.workers:
            _, under_way = ray.wait(under_way, fetch_local=False)
    ray.wait(under_way, num_returns=len(under_way), fetch_local=False)
    return shares


def _held(prepared: Prepared, survey: Survey, links: Sequence[Link]) -> dict[str, Held]:
    """Return where what came of the originals lies."""
    ray, shelf = prepared.ray, prepared.shelf
    originals = package("pyarrow").array(sorted({link.original for link in links}), "int64")
    keys = survey.rows["document_key"].take(originals).to_pylist()
    wanted = ray.put(sorted_keys(key.hex() for key in keys))
    names = [name for name in shelf.names(folder_of(prepared.recipe)) if name.endswith(".parquet")]
    task = ray.remote(held_in)
    slices = (names[first : first + _FILES] for first in range(0, len(names), _FILES))
    held: dict[str, Held] = {}
    for found in _done(prepared, (task.remote(shelf, some, wanted) for some in slices)):
        held |= {key: one for key, one in found.items() if key not in held or one.rank > held[key].rank}
    return held


def _through_briefers(prepared: Prepared, tasks: Sequence[bytes], read: _Read) -> Iterator[int]:
    """Have the chunks briefed that `read` makes of each of the tasks."""
    data = prepared.ray.data
    context = data.DataContext.get_current()
    context.enable_progress_bars = False
    context.target_max_block_size = 1  # a chunk is a block, and goes on as soon as it is read
    context.target_min_block_size = 1
    blocks = min(len(tasks), _MOST_BLOCKS)
    found = data.from_items([{"task": task} for task in tasks], override_num_blocks=blocks).flat_map(
        read, num_cpus=0, concurrency=min(prepared.workers, blocks)
    )
    pool = data.ActorPoolStrategy(
        size=prepared.workers,
        max_tasks_in_flight_per_actor=_CHUNKS_AT_ONCE,
        max_concurrent_calls_per_actor=_CHUNKS_AT_ONCE,
        enable_true_multi_threading=True,
    )
    briefed = found.map_batches(
        Briefer, batch_size=None, compute=pool, fn_constructor_args=(prepared.briefers,), num_cpus=1
    )
    for batch in briefed.iter_batches(batch_size=None):
        yield from map(int, batch["left"])


def _reader(prepared: Prepared, settled: Any, survey: Survey) -> _Read:  # noqa: ANN401 - a pyarrow array
    """Return the function of the reading tasks. It takes along no more than it needs, for it is pickled."""
    desk, told, shelf, poison = prepared.desk, prepared.reading, prepared.shelf, survey.poison
    known, keys = prepared.ray.put(prepared.known), prepared.ray.put(settled)

    def read(row: dict[str, bytes]) -> Iterator[dict[str, bytes]]:
        ray, part = package("ray"), cast("Part", pickle.loads(row["task"]))
        past, done = Past(shelf, ray.get(known)), ray.get(keys)
        asked = _watcher(desk)
        watcher = asked._replace(found=lambda chunk, *_: asked.found(chunk, 0, ()))  # the survey has counted
        if part.number in poison:
            watcher = watcher._replace(begin=lambda _: condemned(poison[part.number]))

        def left_of(item: Item) -> Item | None:
            return None if is_among(done, item.key) else past.left_of(item)

        for chunk in read_part(part, told, left_of, watcher):
            yield {"chunk": pickle.dumps(chunk)}

    return read


def _repeater(prepared: Prepared, survey: Survey, links: Sequence[Link]) -> tuple[list[bytes], _Read]:
    """Return tasks, and the function that makes chunks of repeats of each."""
    ray, desk, shelf = prepared.ray, prepared.desk, prepared.shelf
    alike = [list(some) for _, some in groupby(links, key=lambda link: link.original)]
    buckets = bucketed(alike, lambda some: [some[0].original, *(link.row for link in some)], survey)
    bucket_of = {
        row: at for at, few in enumerate(buckets) for some in few for link in some for row in (link.original, link.row)
    }
    shares = _sent(prepared, survey, bucket_of)
    held = _held(prepared, survey, links)
    told = []
    for few in buckets:
        rows = package("pyarrow").array([some[0].original for some in few], "int64")
        keys = [key.hex() for key in survey.rows["document_key"].take(rows).to_pylist()]
        mine = {key: held[key] for key in keys if key in held}
        told.append(ray.put(([link for some in few for link in some], mine)))

    def read(row: dict[str, bytes]) -> Iterator[dict[str, bytes]]:
        ray = package("ray")
        at = cast("int", pickle.loads(row["task"]))
        wanted, lies = ray.get(told[at])
        watcher = _watcher(desk)
        for chunk in repeat_chunks(wanted, together(ray.get(shares[at])), Outcomes(shelf, lies)):
            if not watcher.found(chunk.key, 0, ()):
                return
            yield {"chunk": pickle.dumps(chunk)}

    return [pickle.dumps(at) for at in range(len(buckets))], read
