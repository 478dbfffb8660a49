"""Streams chunks through briefers: those of the archive, then those of the repeats.

For these, repeats and their originals are brought together from wherever in the archive they lie.
"""

import pickle
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final, cast

from summarizer.cluster.again import Past
from summarizer.cluster.briefer import Briefer
from summarizer.cluster.desk import Begun
from summarizer.cluster.finished import is_among, sorted_keys
from summarizer.cluster.gather import Errand, bucketed, errands_of, run_errand, together
from summarizer.cluster.journal import files_of
from summarizer.cluster.packages import package
from summarizer.cluster.parts import Part
from summarizer.cluster.prepared import RETRIES, TASKS_AT_ONCE, Prepared, watcher_of
from summarizer.cluster.printings import Link
from summarizer.cluster.reading import Item, read_part
from summarizer.cluster.repeats import Held, Outcomes, held_in, repeat_chunks
from summarizer.cluster.survey import Survey

_CHUNKS_AT_ONCE: Final = 4
"""Chunks that a briefer has under way: enough that the others fill the line while one ends."""
_MOST_BLOCKS: Final = 2_000
_FILES: Final = 1_000
"""Files of `briefs/` that one task looks through."""

Read = Callable[[dict[str, bytes]], Iterator[dict[str, bytes]]]
"""Makes chunks of a task, both pickled."""


def through_briefers(prepared: Prepared, tasks: Sequence[bytes], read: Read) -> Iterator[int]:
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
        yield from map(int, batch["documents"])


def reader_of(prepared: Prepared, known: Any, aside: Any, survey: Survey) -> Read:  # noqa: ANN401 - a pyarrow array
    """Return the function of the reading tasks. It takes along no more than it needs, for it is pickled."""
    desk, told, shelf, poison = prepared.desk, prepared.reading, prepared.shelf, survey.poison
    keys = prepared.ray.put(aside)

    def read(row: dict[str, bytes]) -> Iterator[dict[str, bytes]]:
        ray = package("ray")
        part, elsewhere = cast("tuple[Part, frozenset[str]]", pickle.loads(row["task"]))
        past, done = Past(shelf, ray.get(known)), ray.get(keys)
        asked = watcher_of(desk)
        watcher = asked._replace(found=lambda chunk, *_: asked.found(chunk, 0, ()))  # the survey has counted
        if part.number in poison:
            watcher = watcher._replace(begin=lambda name: _warned(asked.begin(name), poison[part.number]))

        def left_of(item: Item) -> Item | None:
            return None if is_among(done, item.key) else past.left_of(item)

        for chunk in read_part(part, told, left_of, watcher, elsewhere):
            yield {"chunk": pickle.dumps(chunk)}

    return read


def _warned(begun: Begun, poison: tuple[str, ...]) -> Begun:
    """Return what is known of a part in which the survey has found files that kill."""
    return begun._replace(condemned=(*poison, *begun.condemned))


def repeater_of(prepared: Prepared, survey: Survey, links: Sequence[Link]) -> tuple[list[bytes], Read]:
    """Return tasks, and the function that makes chunks of repeats of each."""
    ray, desk, shelf = prepared.ray, prepared.desk, prepared.shelf
    alike = [list(some) for _, some in groupby(links, key=lambda link: link.original)]
    buckets = bucketed(alike, lambda some: [some[0].original, *(link.row for link in some)], survey)
    bucket_of = {
        row: at for at, few in enumerate(buckets) for some in few for link in some for row in (link.original, link.row)
    }
    shares = sent(prepared, survey, bucket_of)
    held = _held(prepared, survey, links)
    told = []
    for few, lies in zip(buckets, shares, strict=True):
        rows = package("pyarrow").array([some[0].original for some in few], "int64")
        keys = [key.hex() for key in survey.rows["document_key"].take(rows).to_pylist()]
        mine = {key: held[key] for key in keys if key in held}
        told.append(ray.put(([link for some in few for link in some], mine, lies)))  # a task takes along one reference

    def read(row: dict[str, bytes]) -> Iterator[dict[str, bytes]]:
        ray = package("ray")
        at = cast("int", pickle.loads(row["task"]))
        wanted, mine, lies = ray.get(told[at])
        watcher = watcher_of(desk)
        for chunk in repeat_chunks(wanted, together(ray.get(lies)), Outcomes(shelf, mine)):
            if not watcher.found(chunk.key, 0, ()):
                return
            yield {"chunk": pickle.dumps(chunk)}

    return [pickle.dumps(at) for at in range(len(buckets))], read


def sent(prepared: Prepared, survey: Survey, bucket_of: dict[int, int]) -> list[list[Any]]:
    """Have documents brought to their buckets; return for each where its shares lie, of a stopped run not all."""
    ray, told = prepared.ray, prepared.reading
    count = max(bucket_of.values()) + 1

    def bring(errand: Errand) -> Any:  # noqa: ANN401 - Ray wants one value, or a list of as many as are told
        shares = run_errand(errand, count, told)
        return shares if count > 1 else shares[0]

    task = ray.remote(bring).options(num_returns=count, max_retries=RETRIES)
    shares: list[list[Any]] = [[] for _ in range(count)]
    under_way: list[Any] = []
    for errand in prepared.until_stopped(errands_of(survey, prepared.found.parts, bucket_of)):
        returned = task.remote(errand)
        for lies, share in zip(shares, [returned] if count == 1 else returned, strict=True):
            lies.append(share)
        under_way.append(shares[0][-1])
        if len(under_way) >= TASKS_AT_ONCE * prepared.workers:
            _, under_way = ray.wait(under_way, fetch_local=False)
    ray.wait(under_way, num_returns=len(under_way), fetch_local=False)
    return shares


def _held(prepared: Prepared, survey: Survey, links: Sequence[Link]) -> dict[str, Held]:
    """Return where what came of the originals lies."""
    ray, shelf = prepared.ray, prepared.shelf
    originals = package("pyarrow").array(sorted({link.original for link in links}), "int64")
    keys = survey.rows["document_key"].take(originals).to_pylist()
    wanted = ray.put(sorted_keys(key.hex() for key in keys))
    names = files_of(shelf, prepared.recipe)
    task = ray.remote(held_in)
    slices = (names[first : first + _FILES] for first in range(0, len(names), _FILES))
    held: dict[str, Held] = {}
    for found in prepared.done(task.remote(shelf, some, wanted) for some in prepared.until_stopped(slices)):
        held |= {key: one for key, one in found.items() if key not in held or one.rank > held[key].rank}
    return held
