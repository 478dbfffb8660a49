"""Reads the briefs that are to be measured: JSON files, folders of them, or the store of a batch run.

Only what is measured is looked at, and whatever else stands in a brief passes, so that briefs of other versions can be
compared. What is not in brief.v1's form goes through `summarize check` first.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from pydantic import ConfigDict, Field, ValidationError

from summarizer.brief import Brief, DecimalText
from summarizer.errors import EvaluationError
from summarizer.evaluate.files import files_of, values_in
from summarizer.evaluate.gold import Worth
from summarizer.store import open_store
from summarizer.value import OK_VERDICTS, Qualifier, Severity, Span, Status, Value, Verdict

_SQLITE: Final = b"SQLite format 3\0"
_BRIEFS: Final = """SELECT d.path, b.brief FROM briefs b JOIN articles a ON a.id = b.article_id
    JOIN documents d ON d.id = a.document_id WHERE NOT d.gone ORDER BY a.id"""


class _Part(Value):
    model_config = ConfigDict(extra="ignore")


class ToldSource(_Part):
    """Where a brief says that it comes from."""

    document: str | None = None
    path: str | None = None
    article: str | None = None


class ToldPeriod(_Part):
    """A period in words and, where it could be resolved, in days."""

    text: str
    start: date | None = None
    end: date | None = None

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day."""
        return None if self.start is None or self.end is None else (self.start, self.end)


class ToldNumber(_Part):
    """A number that a brief reports."""

    metric: str
    text: str
    value: DecimalText | None = None
    low: DecimalText | None = None
    high: DecimalText | None = None
    unit: str | None = None
    qualifier: Qualifier = "exact"
    status: Status = "actual"
    park: str | None = None
    period: ToldPeriod | None = None
    span: Span | None = None
    verdict: Verdict

    @property
    def worth(self) -> Worth:
        """Value and ends as numbers."""
        return Worth(*(None if end is None else Decimal(end) for end in (self.value, self.low, self.high)))


class ToldPark(_Part):
    """A park that a brief names."""

    name: str


class ToldPolicy(_Part):
    """A policy that a brief names."""

    name: str


class ToldQuote(_Part):
    """A quote."""

    speaker: str | None = None
    text: str
    span: Span | None = None


class ToldFinding(_Part):
    """What the check objected to."""

    severity: Severity
    path: str | None = None


class ToldCheck(_Part):
    """What the check said."""

    findings: tuple[ToldFinding, ...] = ()


class Told(_Part):
    """What a brief tells, as far as it is measured."""

    schema_: str = Field(alias="schema", pattern=r"^brief\.v1$")
    source: ToldSource = ToldSource()
    about_park: bool
    parks: tuple[ToldPark, ...] = ()
    period: ToldPeriod | None = None
    numbers: tuple[ToldNumber, ...]
    policies: tuple[ToldPolicy, ...] = ()
    quotes: tuple[ToldQuote, ...] = ()
    check: ToldCheck = ToldCheck()

    def passed(self, place: int) -> bool:
        """Whether the check had nothing against a number: no bad verdict, no warning, no error."""
        path = f"numbers.{place}"
        spoken = any(one.path == path and one.severity != "info" for one in self.check.findings)
        return self.numbers[place].verdict in OK_VERDICTS and not spoken


class OneBrief(NamedTuple):
    """A brief and how it can be told whose it is."""

    told: Told
    shown: str
    """How messages name it."""
    names: dict[str, int]
    """Names that it goes by, the nearest (0) first."""


def read_briefs(location: str) -> Iterator[OneBrief]:
    """Yield the briefs of a file, a folder, a pattern or a store, as they are read.

    Raises EvaluationError for what is no brief, StoreError and ReadError for what cannot be read.
    """
    for path in files_of(location, "briefs, JSON files or a store"):
        if location != "-" and _is_store(path):
            yield from _stored(path)
        else:
            for found in values_in(path):
                told = told_from(found.value, found.shown)
                yield OneBrief(told, found.shown, _names(told, path if found.within is None else None))


def brief_as_read(brief: Brief) -> OneBrief:
    """Return a brief that never was in a file as `read_briefs` would give it, by the name of its source."""
    told = Told.model_validate(brief.model_dump(mode="json", by_alias=True))
    return OneBrief(told, f"the brief of {brief.source.path!r}", _names(told, None))


def told_from(value: object, shown: str) -> Told:
    """Return what a brief tells. Raises EvaluationError where the value is no brief."""
    try:
        return Told.model_validate(value)
    except ValidationError as error:
        raise _no_brief(shown, error) from None


def _no_brief(shown: str, error: ValidationError) -> EvaluationError:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"])) or "it"
    said = f"{first['msg'][:1].lower()}{first['msg'][1:]}"
    return EvaluationError(f"{shown} is no brief.v1: {where}: {said}; `summarize check` makes one of other forms")


def _is_store(path: Path) -> bool:
    try:
        with path.open("rb") as opened:
            return opened.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False  # whoever reads it says why it cannot be read


def _stored(path: Path) -> Iterator[OneBrief]:
    with open_store(path) as store, store.told(), closing(store.db.cursor()) as cursor:
        rows: Iterator[sqlite3.Row] = cursor.execute(_BRIEFS)
        for document, text in rows:
            shown = f"the brief of {document!r} in {str(path)!r}"
            try:
                told = Told.model_validate_json(text)
            except ValidationError as error:
                raise _no_brief(shown, error) from None
            yield OneBrief(told, shown, _names(told, None))


def _names(told: Told, path: Path | None) -> dict[str, int]:
    """Return the names of a brief: of its file, less and less of it (a.b.json is a.b, then a), then of its source."""
    names: dict[str, int] = {}
    if path is not None and str(path) != "-":
        name = path.stem
        names[name] = 0
        while "." in name:
            name = name.rpartition(".")[0]
            names[name] = len(names)
    if told.source.path is not None:
        last = PurePosixPath(told.source.path.replace("\\", "/")).name
        document, _, record = last.partition("#")
        for known in (record, PurePosixPath(document).stem, document):
            if known:
                names.setdefault(known, len(names))
    return names
