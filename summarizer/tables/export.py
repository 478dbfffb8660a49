"""Writes the tables of a store into a folder: whole, or not at all.

Everything is written into a hidden folder within the one that is named, and moved out of it when all of it is on the
disk. So neither a full disk nor Ctrl-C leaves half a file, or takes away what was there before.
"""

import os
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from summarizer.errors import StoreError
from summarizer.store import Store
from summarizer.store.lookup import set_gone_aside, snapshot
from summarizer.tables.layout import BRIEFS, TABLES, Form, Row, Wanted, rows_of
from summarizer.tables.lines import BRIEFS_FILE, write_briefs, write_lines
from summarizer.tables.parquet import write_parquet
from summarizer.tables.separated import write_separated
from summarizer.tables.sheet import Sheet
from summarizer.tables.workbook import WORKBOOK_FILE, write_workbook


class Exported(NamedTuple):
    """What was written."""

    rows: dict[str, int]
    """Of each table."""
    files: tuple[str, ...]
    """Names in the folder."""
    remarks: tuple[str, ...]
    """What the form could not hold, a line each."""


def export_tables(store: Store, folder: Path, form: Form, *, wanted: Wanted = "all", force: bool = False) -> Exported:
    """Write the tables of TABLES into `folder`, which is made where there is none; what is `gone` is left out.

    `wanted` chooses articles by the status of their brief. Memory is flat. Raises StoreError where a file is there
    already (unless `force`), where a package is missing, and for whatever the system says against reading or writing.
    """
    files = _files(form)
    _refuse(folder, files, force=force)
    counts: Counter[str] = Counter({table.name: 0 for table in TABLES})
    with _told(folder), snapshot(store) as db, _staging(folder) as staging:
        set_gone_aside(db)
        remarks = _write(db, staging, form, wanted, counts)
        _move(staging, folder, files)
    return Exported(dict(counts), files, tuple(remarks))


def _files(form: Form) -> tuple[str, ...]:
    if form == "xlsx":
        return (WORKBOOK_FILE,)
    tables = tuple(f"{table.name}.{form}" for table in TABLES)
    return (*tables, BRIEFS_FILE) if form == "jsonl" else tables


def _write(db: sqlite3.Connection, staging: Path, form: Form, wanted: Wanted, counts: Counter[str]) -> list[str]:
    sheets = (Sheet(table, _counted(rows_of(db, table.query, wanted), table.name, counts)) for table in TABLES)
    if form == "csv":
        return write_separated(staging, sheets)
    if form == "xlsx":
        return write_workbook(staging, sheets)
    if form == "parquet":
        write_parquet(staging, sheets)
    else:
        write_lines(staging, sheets)
        write_briefs(staging, _counted(rows_of(db, BRIEFS, wanted), "briefs", counts))
    return []


def _counted(rows: Iterable[Row], name: str, counts: Counter[str]) -> Iterator[Row]:
    for row in rows:
        counts[name] += 1
        yield row


def _refuse(folder: Path, files: Iterable[str], *, force: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"cannot write the tables to {str(folder)!r}: it is no folder; name another")
    there = [name for name in files if os.path.lexists(folder / name)]
    if there and not force:
        told = f"and {len(there) - 1} more are there" if len(there) > 1 else "is there"
        raise StoreError(f"{str(folder / there[0])!r} {told} already; name another folder, or add --force")


def _move(staging: Path, folder: Path, files: Iterable[str]) -> None:
    for name in files:
        try:
            (staging / name).replace(folder / name)
        except OSError as error:
            raise StoreError(
                f"cannot put {str(folder / name)!r} in its place: {error.strerror or error}; close what has it open,"
                " then export again with --force"
            ) from error


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what the system says against writing into StoreError."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"cannot write the tables to {str(folder)!r}: {error.strerror or error}; make room or name another folder,"
            " nothing was changed"
        ) from error


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Yield a folder within `folder` that is taken away afterwards, and `folder` too where it was made in vain."""
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        staging = Path(tempfile.mkdtemp(prefix=".export-", dir=folder))
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except BaseException:
        if made:
            with suppress(OSError):  # somebody has put something there
                folder.rmdir()
        raise
