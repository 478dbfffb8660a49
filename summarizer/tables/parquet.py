"""Parquet, typed: dates are dates, counts are integers, exact decimals are strings beside an amount to compute with.

The values of a number have all scales from 0 to dozens of digits, for which one decimal type would be too narrow.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

from summarizer.tables.layout import Column, Kind, Row, Table
from summarizer.tables.packages import package
from summarizer.tables.sheet import Sheet, day_of, finite, moment_of

_GROUP_ROWS: Final = 20_000
"""Rows of a row group, which is held in memory whole: some 20 MB of the widest table."""


def write_parquet(folder: Path, sheets: Iterable[Sheet]) -> None:
    """Write each table to a file of its own in `folder`. Raises OSError, and StoreError without pyarrow."""
    arrow = package("pyarrow", "parquet", "Parquet")
    parquet = package("pyarrow.parquet", "parquet", "Parquet")
    for sheet in sheets:
        schema = _schema(arrow, sheet.table)
        with parquet.ParquetWriter(folder / f"{sheet.table.name}.parquet", schema, compression="zstd") as writer:
            for group in _groups(sheet.rows):
                writer.write_table(_table(arrow, schema, sheet.table, group))


def table_of(sheet: Sheet) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return a sheet as one pyarrow table, for whoever writes it elsewhere. Raises StoreError without pyarrow."""
    arrow = package("pyarrow", "parquet", "Parquet")
    return _table(arrow, _schema(arrow, sheet.table), sheet.table, list(sheet.rows))


def _schema(arrow: Any, table: Table) -> Any:  # noqa: ANN401 - pyarrow has no types
    return arrow.schema([_field(arrow, column) for column in table.columns])


def _table(arrow: Any, schema: Any, table: Table, rows: list[Row]) -> Any:  # noqa: ANN401 - pyarrow has no types
    cells = zip(*rows, strict=True) if rows else (() for _ in table.columns)
    arrays = [
        arrow.array(_turned(column.kind, values), type=schema.field(column.name).type)
        for column, values in zip(table.columns, cells, strict=True)
    ]
    return arrow.Table.from_arrays(arrays, schema=schema)


def _field(arrow: Any, column: Column) -> Any:  # noqa: ANN401 - pyarrow has no types
    types = {
        "text": arrow.string(),
        "decimal": arrow.string(),
        "json": arrow.string(),
        "whole": arrow.int64(),
        "real": arrow.float64(),
        "flag": arrow.bool_(),
        "day": arrow.date32(),
        "moment": arrow.timestamp("ms", tz="UTC"),
    }
    return arrow.field(column.name, types[column.kind])


def _groups(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while group := list(islice(rows, _GROUP_ROWS)):
        yield group


def _turned(kind: Kind, cells: tuple[Any, ...]) -> list[Any] | tuple[Any, ...]:
    turn = _TURNS.get(kind)
    return cells if turn is None else [None if cell is None else turn(cell) for cell in cells]


_TURNS: Final[Mapping[Kind, Callable[[Any], object]]] = {
    "day": day_of,
    "moment": moment_of,
    "flag": bool,
    "real": finite,
}
