"""Parquet, typed: dates are dates, counts are integers, exact decimals are strings beside an amount to compute with.

The values of a number have all scales from 0 to dozens of digits, for which one decimal type would be too narrow.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

from summarizer.tables.layout import Column, Kind, Row
from summarizer.tables.packages import package
from summarizer.tables.sheet import Sheet, day_of, finite, moment_of

_GROUP_ROWS: Final = 20_000
"""Rows of a row group, which is held in memory whole: some 20 MB of the widest table."""


def write_parquet(folder: Path, sheets: Iterable[Sheet]) -> None:
    """Write each table to a file of its own in `folder`. Raises OSError, and StoreError without pyarrow."""
    arrow = package("pyarrow", "parquet", "Parquet")
    parquet = package("pyarrow.parquet", "parquet", "Parquet")
    for table, rows in sheets:
        schema = arrow.schema([_field(arrow, column) for column in table.columns])
        with parquet.ParquetWriter(folder / f"{table.name}.parquet", schema, compression="zstd") as writer:
            for group in _groups(rows):
                columns = zip(table.columns, zip(*group, strict=True), strict=True)
                arrays = [
                    arrow.array(_turned(column.kind, cells), type=schema.field(column.name).type)
                    for column, cells in columns
                ]
                writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))


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
