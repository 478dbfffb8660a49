"""Reads the evaluation set: marked passages with every number in place (fixtures/eval/README.md says how).

`python -m bench.eval_set FILE…` checks that files are well formed.
"""

import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final, NamedTuple, get_args

from summarizer.value import FACT_KINDS, Kind, Qualifier

SENTENCES: Final = Path(__file__).resolve().parent.parent / "fixtures" / "eval" / "sentences"
_MARK: Final = re.compile(r"⟦([^⟦⟧]*)⟧")
_KINDS: Final = frozenset(get_args(Kind))
_QUALIFIERS: Final = frozenset(get_args(Qualifier))


class Mark(NamedTuple):
    """A number as a careful reader sees it."""

    start: int
    """Offset of its first character in the passage."""
    end: int
    """Offset behind its last character."""
    text: str
    kind: str
    low: Decimal | None
    """The value of a fact; the lower end of a range."""
    high: Decimal | None
    """Equal to `low` but for ranges."""
    unit: str | None
    qualifier: str | None
    days: tuple[date, date] | None
    """First and last day of a date that can be resolved."""

    @property
    def is_fact(self) -> bool:
        """Whether a brief may owe it."""
        return self.kind in FACT_KINDS


class Passage(NamedTuple):
    """A marked passage."""

    id: str
    published: date | None
    text: str
    marks: tuple[Mark, ...]


def read_passage(line: str) -> Passage:
    """Return the passage of a line; raises ValueError, saying what is wrong with it."""
    record = json.loads(line)
    text, marks, reached = "", [], 0
    for found in _MARK.finditer(record["marked"]):
        text += record["marked"][reached : found.start()]
        words, *fields = found.group(1).split("|")
        marks.append(_mark(words, fields, len(text)))
        text, reached = text + words, found.end()
    text += record["marked"][reached:]
    if "⟦" in text or "⟧" in text:
        raise ValueError("a mark is not closed, or marks are nested")
    published = date.fromisoformat(record["published"]) if record["published"] else None
    return Passage(record["id"], published, text, tuple(marks))


def _mark(words: str, fields: list[str], start: int) -> Mark:
    place = start, start + len(words), words
    if not words.strip():
        raise ValueError("a mark without words")
    if len(fields) == 4:
        value, unit, qualifier, kind = fields
        if kind not in FACT_KINDS or qualifier not in _QUALIFIERS:
            raise ValueError(f"{words!r}: unknown kind or qualifier in {fields}")
        low, _, high = value.partition("..")
        if bool(high) != (qualifier == "range"):
            raise ValueError(f"{words!r}: a range is low..high with the qualifier range")
        try:
            return Mark(*place, kind, Decimal(low), Decimal(high or low), _unit(unit), qualifier, None)
        except InvalidOperation:
            raise ValueError(f"{words!r}: {value!r} is no number") from None
    kind = fields[0] if fields else ""
    if kind not in _KINDS - FACT_KINDS or len(fields) not in (1, 3) or (len(fields) == 3 and kind != "date"):
        raise ValueError(f"{words!r}: {fields} is neither value|unit|qualifier|kind nor a kind that is no fact")
    days = (date.fromisoformat(fields[1]), date.fromisoformat(fields[2])) if len(fields) == 3 else None
    return Mark(*place, kind, None, None, None, None, days)


def _unit(unit: str) -> str | None:
    return None if unit == "-" else unit


def passages(paths: list[Path] | None = None) -> Iterator[Passage]:
    """Yield the passages of the files, of the whole set by default."""
    for path in paths or sorted(SENTENCES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield read_passage(line)


def main(arguments: list[str]) -> int:
    """Check files; print what is wrong and how much there is."""
    wrong = count = facts = 0
    for path in map(Path, arguments):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                passage = read_passage(line)
            except (ValueError, KeyError, TypeError) as error:
                print(f"{path}:{number}: {error}")
                wrong += 1
                continue
            count += 1
            facts += sum(mark.is_fact for mark in passage.marks)
    print(f"{count} passages, {facts} facts, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
