"""JSON Lines: one object for each row, and every published brief as it was made."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from summarizer.tables.layout import Kind
from summarizer.tables.sheet import Sheet, finite

BRIEFS_FILE: Final = "briefs.jsonl"


def write_lines(folder: Path, sheets: Iterable[Sheet]) -> None:
    """Write each table to a file of its own in `folder`. Raises OSError."""
    for table, rows in sheets:
        names = [column.name for column in table.columns]
        turns = [(place, _TURNS[column.kind]) for place, column in enumerate(table.columns) if column.kind in _TURNS]
        with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            for row in rows:
                cells = list(row)
                for place, turn in turns:
                    if cells[place] is not None:
                        cells[place] = turn(cells[place])
                file.write(json.dumps(dict(zip(names, cells, strict=True)), ensure_ascii=False) + "\n")


def write_briefs(folder: Path, briefs: Iterator[tuple[str]]) -> None:
    """Write the briefs, as JSON each, to one file. Raises OSError."""
    with (folder / BRIEFS_FILE).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{brief}\n" for (brief,) in briefs)


_TURNS: Final[Mapping[Kind, Callable[[Any], object]]] = {"flag": bool, "json": json.loads, "real": finite}
"""Dates and exact decimals are strings in JSON, as they are in the store."""
