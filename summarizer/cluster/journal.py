"""What is finished, kept as soon as it is: rows of `briefs/`, from which everything else can be made again.

A chunk is finished over seconds or minutes. Where the output can be appended to, each article is a line in the chunk's
journal the moment that it is done, and the chunk's last one turns the journal into a Parquet file; so a worker that is
killed loses what was in flight. An object store has no appending: there, what was finished within a second becomes a
small Parquet file of its own, and that second is what may be paid twice beside what was in flight. At its end a chunk's
small files become one, for the next run reads them all.
"""

import json
import re
import time
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple, get_type_hints

from summarizer.cluster.packages import package
from summarizer.cluster.shelf import Shelf

BRIEFS: Final = "briefs"
_FLUSH_SECONDS: Final = 1.0
_RUN: Final = re.compile(r"/run=([0-9]+)/")
RANKED: Final = ["document_key", "position", "kind", "run_id", "made_at"]
"""Columns by which it is told which of the rows of an article counts."""

Rank = tuple[bool, int, str]


class Row(NamedTuple):
    """An article that is finished, or a document or input that gave none."""

    key: str
    """Hash of path, content and given date of its document: with the same, it need not be done again."""
    document_key: str
    """Hash of path and content: of two rows with the same one and position, one has superseded the other."""
    position: int
    """From 1 in the document; 0 for a document that gave no article."""
    articles: int
    """How many rows its document has in all."""
    kind: str
    """brief, failure, unreadable, or split: a page whose articles are known, written before any of them is done."""
    status: str
    """verified, flagged or failed, by the check; error without a brief."""
    input: str
    """Path of the file that the document came from."""
    document: str
    document_hash: str
    outlet: str | None
    document_published: str | None
    published_from: str | None
    title: str | None
    byline: str | None
    published: str | None
    language: str | None
    chars: int
    piece: str | None
    """Its lines on its page, as the store keeps them; null where it is the document. Of a split the same of all its
    articles, with their titles and lengths (`again.told_in_row`)."""
    same_as: int | None
    """Id of the article that it repeats."""
    likeness: str | None
    checking: int
    """Version of reading and check (`archive.recipe`)."""
    brief: str | None
    """The published JSON."""
    failure: str | None
    """The kind of failure."""
    message: str | None
    passing: bool
    requests: int
    prompt: int
    completion: int
    cached: int
    cost: str | None
    """Exact."""
    currency: str | None
    run_id: int
    made_at: str


def schema() -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return the schema of the files of `briefs/`."""
    arrow = package("pyarrow")
    types = {int: arrow.int64(), int | None: arrow.int64(), bool: arrow.bool_()}
    hints = get_type_hints(Row)
    return arrow.schema([arrow.field(name, types.get(hints[name], arrow.string())) for name in Row._fields])


def table_of(rows: Sequence[Row]) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return rows as a pyarrow table."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in Row._fields)
    return package("pyarrow").table([list(column) for column in columns], schema=schema())


def rows_of(table: Any) -> list[Row]:  # noqa: ANN401 - pyarrow has no types
    """Return the rows of a pyarrow table."""
    return [Row(*cells) for cells in zip(*(table.column(name).to_pylist() for name in Row._fields), strict=True)]


def folder_of(recipe: str, run: int | None = None) -> str:
    """Return where the rows of a recipe lie, or those of one of its runs; partitioned as Hive does it."""
    whole = f"{BRIEFS}/recipe={recipe}"
    return whole if run is None else f"{whole}/run={run}"


def files_of(shelf: Shelf, recipe: str) -> tuple[str, ...]:
    """Return the Parquet files of a recipe in the order of its runs, of which the tenth comes after the second.

    What later runs add so stands behind what was there, wherever files are taken together. Journals are left out: a
    dry run meets some.
    """
    names = (name for name in shelf.names(folder_of(recipe)) if name.endswith(".parquet"))
    return tuple(sorted(names, key=lambda name: (_run_of(name), name)))


def rank_of(kind: str, run: int, made_at: str) -> Rank:
    """Return what weighs one row of an article against others: a brief supersedes a failure, a later run the others."""
    return kind == "brief", run, made_at


class Journal:
    """The rows of one chunk, of one run; for one thread."""

    def __init__(self, shelf: Shelf, folder: str, chunk: str) -> None:
        self._shelf, self._folder, self._chunk = shelf, f"{folder}/{chunk[:2]}", chunk
        self._rows: list[Row] = []
        """Not in a Parquet file yet."""
        self._file: Any = None
        self._has_lines = False
        """Whether there is a file of lines."""
        self._parts: list[str] = []
        """Parquet files of the chunk so far."""
        self._kept: dict[tuple[str, int], Row] = {}
        """What is in them."""
        self._number = 0
        """Of the next one."""
        self._flushed = time.monotonic()

    def load(self) -> list[Row]:
        """Return what an earlier try of this chunk in this run has finished; it need not be done again."""
        found: list[Row] = []
        for name in self._shelf.names(self._folder):
            if not name.startswith(f"{self._folder}/{self._chunk}"):
                continue
            if name.endswith(".parquet"):
                rows = rows_of(self._shelf.read_table(name))
                self._parts.append(name)
                self._number = max(self._number, 1 + (_number_of(name) or 0))
                self._keep(rows)
                found += rows
            else:
                self._rows = read_lines(self._shelf.read(name))
                self._has_lines = True
                self._shelf.write(name, _lines(self._rows))  # without the line that a death has torn
                found += self._rows
        return found

    def append(self, rows: Sequence[Row]) -> None:
        """Keep rows."""
        self._rows += rows
        if self._shelf.appends:
            if self._file is None:
                self._file = self._shelf.opened_to_append(self._name("jsonl"))
                self._has_lines = True
            self._file.write(_lines(rows))
        self.keep_up()

    def keep_up(self) -> None:
        """Write what has waited for long enough; to be called now and then, for more may be long in coming."""
        if not self._shelf.appends and self._rows and time.monotonic() - self._flushed > _FLUSH_SECONDS:
            self._flush()

    def seal(self) -> None:
        """Note that the chunk is finished, or that nobody goes on with it."""
        self._flush()
        self._gather()
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._has_lines:
            self._shelf.delete(self._name("jsonl"))
            self._has_lines = False

    def _flush(self) -> None:
        if self._rows:
            name = self._name(f"{self._number}.parquet")
            self._shelf.write_table(name, table_of(self._rows))
            self._parts.append(name)
            self._number += 1
            self._keep(self._rows)
            self._rows = []
        self._flushed = time.monotonic()

    def _gather(self) -> None:
        """Make one file of several. `drop_gathered` does the rest where this is killed in between."""
        if len(self._parts) > 1:
            whole = self._name("parquet")
            self._shelf.write_table(whole, table_of(list(self._kept.values())))
            for name in self._parts:
                if name != whole:
                    self._shelf.delete(name)
            self._parts = [whole]

    def _keep(self, rows: Iterable[Row]) -> None:
        self._kept.update(((row.key, row.position), row) for row in rows)

    def _name(self, ending: str) -> str:
        return f"{self._folder}/{self._chunk}.{ending}"


def seal_left(shelf: Shelf, recipe: str) -> None:
    """Turn the journals that a killed run has left into Parquet files."""
    names = set(shelf.names(folder_of(recipe)))
    for name in sorted(names):
        if not name.endswith(".jsonl"):
            continue
        rows = read_lines(shelf.read(name))
        sealed = name.removesuffix(".jsonl")
        known = {
            (row.key, row.position)
            for other in names
            if other.startswith(sealed) and other.endswith(".parquet")
            for row in rows_of(shelf.read_table(other))
        }
        rows = [row for row in rows if (row.key, row.position) not in known]
        if rows:
            shelf.write_table(f"{sealed}.left.parquet", table_of(rows))
        shelf.delete(name)


def drop_gathered(shelf: Shelf, recipe: str) -> None:
    """Take away small files whose rows stand in a chunk's one file too: a run was killed while it gathered them."""
    names = set(shelf.names(folder_of(recipe)))
    for name in sorted(names):
        number = _number_of(name)
        whole = name.removesuffix(f".{number}.parquet") + ".parquet"
        if number is not None and whole in names:
            kept = {(row.key, row.position) for row in rows_of(shelf.read_table(whole))}
            if all((row.key, row.position) in kept for row in rows_of(shelf.read_table(name))):
                shelf.delete(name)


def _run_of(name: str) -> int:
    """Return in which run a file was written."""
    found = _RUN.search(name)
    return int(found[1]) if found else 0


def _number_of(name: str) -> int | None:
    """Return which of a chunk's small files it is; None for its one file."""
    number = name.removesuffix(".parquet").rpartition(".")[2]
    return int(number) if number.isdigit() else None


def read_lines(content: bytes) -> list[Row]:
    """Return the rows of a journal; the last line may be torn, and does not count then."""
    whole = content[: content.rfind(b"\n") + 1]
    return [Row(*json.loads(line)) for line in whole.splitlines()]


def _lines(rows: Iterable[Row]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)
