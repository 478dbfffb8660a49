"""The flat tables, made of what is finished: the same tables and columns as `summarize export --to parquet` writes.

A table's files are named by what they are made of, so that a further run makes only those anew whose articles changed.
Of two rows of one article a brief supersedes a failure, and a later run an earlier one.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from summarizer.brief import Brief
from summarizer.cluster.earlier import gone_in
from summarizer.cluster.finished import article_id, digest
from summarizer.cluster.journal import RANKED, Rank, Row, files_of, rank_of, rows_of
from summarizer.cluster.shelf import Shelf
from summarizer.store.flatten import BRIEF_COLUMNS, COLUMNS, FlatBrief, flatten
from summarizer.tables.layout import TABLES, Column, Table
from summarizer.tables.parquet import table_of
from summarizer.tables.sheet import Sheet

FOLDER: Final = "tables"
_FILES: Final = 64
"""Files of `briefs/` that become one of each table: some 4,000 articles, 10 MB of the widest."""
UNREADABLE: Final = Table(
    "unreadable", (Column("document", "text"), Column("reason", "text"), Column("run_id", "whole")), ""
)
"""What locally stands in the store alone; here there is no other place for it."""

Identity = tuple[str, int]


class Group(NamedTuple):
    """Files of `briefs/` that become one of each table."""

    name: str
    files: tuple[str, ...]
    left_out: tuple[frozenset[Identity], ...]
    """Of each file, the articles whose rows are superseded by those of another, or whose document is gone."""


def groups_of(shelf: Shelf, recipe: str) -> list[Group]:
    """Return what the tables of a recipe are made of."""
    names = files_of(shelf, recipe)
    best: dict[Identity, tuple[Rank, int]] = {}
    beaten: list[set[Identity]] = [set() for _ in names]
    for number, table in enumerate(shelf.read_tables(names, RANKED)):
        columns = table.to_pydict()
        for key, position, kind, run, made in zip(*(columns[column] for column in RANKED), strict=True):
            rank = rank_of(kind, run, made)
            other = best.get((key, position))
            if other is None or rank > other[0]:
                best[key, position] = (rank, number)
                if other is not None and other[1] != number:
                    beaten[other[1]].add((key, position))
            elif other[1] != number:
                beaten[number].add((key, position))
    gone = set(gone_in(shelf, recipe))
    for (key, position), (_, number) in best.items():
        if key in gone:
            beaten[number].add((key, position))
    groups = []
    for first in range(0, len(names), _FILES):
        files, left_out = names[first : first + _FILES], beaten[first : first + _FILES]
        told = [f"{name} {sorted(out)}" for name, out in zip(files, left_out, strict=True)]
        groups.append(Group(digest(*told), files, tuple(frozenset(out) for out in left_out)))
    return groups


def is_made(names: set[str], group: Group) -> bool:
    """Return whether the files of a group are there; the last table is written last."""
    return _file(UNREADABLE.name, group.name) in names


def make_tables(shelf: Shelf, group: Group) -> None:
    """Write a group's file of each table."""
    rows: list[Row] = []
    for name, left_out in zip(group.files, group.left_out, strict=True):
        ranked = sorted(rows_of(shelf.read_table(name)), key=lambda row: (row.kind == "brief", row.run_id, row.made_at))
        found = {(row.document_key, row.position): row for row in ranked}
        rows += [row for identity, row in found.items() if identity not in left_out]
    rows.sort(key=lambda row: (row.document, row.document_hash, row.position))
    cells = _cells(rows)
    for table in (*TABLES, UNREADABLE):
        shelf.write_table(_file(table.name, group.name), table_of(Sheet(table, iter(cells[table.name]))))


def drop_old(shelf: Shelf, groups: Sequence[Group]) -> None:
    """Take away the files of tables that are of no group any more."""
    wanted = {_file(table.name, group.name) for group in groups for table in (*TABLES, UNREADABLE)}
    for name in shelf.names(FOLDER):
        if name not in wanted:
            shelf.delete(name)


def _file(table: str, group: str) -> str:
    return f"{FOLDER}/{table}/{group}.parquet"


def _cells(rows: Sequence[Row]) -> dict[str, list[tuple[Any, ...]]]:
    cells: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in (*TABLES, UNREADABLE)}
    for row in rows:
        if row.kind == "unreadable":
            cells["unreadable"].append((row.document, row.message, row.run_id))
            continue
        if row.kind == "split":  # no article; it is there for further runs (`again`)
            continue
        shared = _shared(row)
        if row.kind == "failure":
            shown = {"kind": row.failure, "failed_at": row.made_at, "article": row.title}
            article = shared["article_id"] if row.position else None
            cells["failures"].append(_row("failures", {**row._asdict(), **shared, **shown, "article_id": article}))
        flat = None if row.brief is None else flatten(Brief.model_validate_json(row.brief))
        if row.position:
            cells["articles"].append(_article(row, flat, shared))
        for name, listed in ({} if flat is None else flat.lists).items():
            for place, values in enumerate(listed):
                told = dict(zip(COLUMNS[name], values, strict=True))
                cells[name].append(_row(name, {**shared, "article": row.title, **told, "position": place}))
    return cells


def _article(row: Row, flat: FlatBrief | None, shared: Mapping[str, Any]) -> tuple[Any, ...]:
    values: dict[str, Any] = {**row._asdict(), **dict.fromkeys(BRIEF_COLUMNS), "state": "failed"}
    if flat is not None:
        values |= {**dict(zip(BRIEF_COLUMNS, flat.brief, strict=True)), "state": "done"}
    else:
        values |= {"run_id": None, "made_at": None}
    return _row("articles", {**values, **shared, "id": shared["article_id"]})


_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    table.name: tuple(column.name for column in table.columns) for table in TABLES
}


def _row(table: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values[name] for name in _NAMES[table])


def _shared(row: Row) -> dict[str, Any]:
    published = row.published or row.document_published
    return {
        "article_id": article_id(row.document_key, row.position),
        "document": row.document,
        "outlet": row.outlet,
        "published": published,
    }
