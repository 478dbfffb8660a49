"""Times how one large file of articles is read by Ray's tasks on this machine: whole, and in ranges.

python -m bench.ray_reading             200,000 articles, 380 MB of JSON Lines, and the same as Parquet
python -m bench.ray_reading 20000       as many as you say
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from bench.archive.articles import write_archive
from summarizer.cluster.connection import connected_ray
from summarizer.cluster.desk import Begun
from summarizer.cluster.parts import Part, parts_of
from summarizer.cluster.ranges import Came, One, cut_up
from summarizer.cluster.reading import ReadingTold, Watcher, read_part
from summarizer.read import Fields


def main() -> None:
    """Print documents a second of both, and what the look for line ends takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=int, default=200_000)
    count = parser.parse_args().articles
    with _written(count) as paths, connected_ray(None) as ray:

        def many(do: Callable[[One], Came], each: Sequence[One]) -> list[Came]:
            task = ray.remote(do)
            found: list[Came] = ray.get([task.remote(one) for one in each])
            return found

        many(_documents, [Part(0, ())] * 2)  # workers have started
        for path in paths:
            whole = parts_of([str(path)], []).parts
            began = time.monotonic()
            ranges = parts_of([str(path)], [], lambda files: cut_up(files, Fields(), many)).parts
            print(
                f"{path.name}: {path.stat().st_size / 1e6:.0f} MB, cut into {len(ranges)} ranges in "
                f"{time.monotonic() - began:.2f} s"
            )
            for name, parts in (("whole", whole), ("in ranges", ranges)):
                began = time.monotonic()
                read = sum(many(_documents, parts))
                print(f"  {name}: {read:,} documents, {read / (time.monotonic() - began):,.0f} a second", flush=True)


@contextmanager
def _written(count: int) -> Iterator[list[Path]]:
    with tempfile.TemporaryDirectory() as folder:
        lines, table = Path(folder, "a.jsonl"), Path(folder, "a.parquet")
        write_archive(lines, count)
        rows: list[Any] = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), table, row_group_size=max(1, count // 16))
        yield [lines, table]


def _documents(part: Part) -> int:
    watcher = Watcher(lambda _: Begun(0, None), lambda *_: None, lambda *_: True, lambda _: None)
    return sum(len(chunk.items) for chunk in read_part(part, ReadingTold(None, None), lambda item: item, watcher))


if __name__ == "__main__":
    main()
