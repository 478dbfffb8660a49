"""What people do with briefs: read them as a table, pipe them as JSON."""

from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Final, Literal

from summarizer.brief import Brief, BriefNumber, Finding
from summarizer.quantities import Quantity
from summarizer.terminal import columns, printable, rows
from summarizer.value import OK_VERDICTS

if TYPE_CHECKING:
    from rich.console import Console

Format = Literal["json", "jsonl", "text"]

_MARK: Final = {"exact": "✓", "normalised": "✓", "moved": "✓", "rounded": "≈", "absent": "✗"}
_WRONG: Final = "✗"
_SHOWN: Final = 12
"""Rows of the list of left-out numbers; the JSON has them all."""
_COLUMNS: Final = ("", "metric", "number", "remark", "period", "sentence")
_NARROW: Final = 60
"""On a narrower terminal the last two columns would leave the others a few characters each."""


def write_brief(brief: Brief, stream: IO[str], form: Format, *, dated_by_text: bool = False) -> None:
    """Write one brief to `stream` and flush it: indented JSON, one line of JSON, or a table for a person.

    The table says so where `dated_by_text`, the day of publication having been found in the text.
    """
    if form == "text":
        _write_text(brief, stream, dated_by_text)
    else:
        stream.write(brief.to_json(indent=2 if form == "json" else None) + "\n")
    stream.flush()


def quantity_line(quantity: Quantity) -> str:
    """Return a quantity of `summarize numbers` as one line of JSON; decimals as strings, offsets `[start, end)`."""
    import json

    fields = quantity._asdict()
    for name in ("value", "low", "high"):
        number = fields[name]
        fields[name] = None if number is None else format(number, "f")
    return json.dumps(fields, ensure_ascii=False)


def _write_text(brief: Brief, stream: IO[str], dated_by_text: bool) -> None:
    """Write a brief as a table; colours on a terminal only, widths right for Chinese."""
    from rich.console import Console  # late: 100 ms that JSON output need not pay

    console = Console(file=stream, width=columns(), highlight=False)
    with console.capture() as captured:  # rich ends the whole process where its own write meets a closed pipe
        _say(console, brief.source.title or "(no title)", "bold")
        _say(console, _subject_line(brief, dated_by_text), "dim")
        _say(console, _headline(brief), "green" if brief.check.status == "verified" else "red")
        if brief.summary.text:
            _say(console, brief.summary.text)
        _write_table(console, brief.numbers)
        for line in _lists(brief):
            _say(console, line)
        console.print()
    stream.write(captured.get())


def _lists(brief: Brief) -> Iterator[str]:
    """Yield what is no number: policies, quotations, and what the check has to say."""
    for policy in brief.policies:
        yield f"{_mark(policy.verdict)} policy  {policy.name}"
    for quote in brief.quotes:
        who = " ".join(part for part in (quote.role, quote.speaker) if part)
        yield f"{_mark(quote.verdict)} quote   {who or '(unnamed)'}: “{quote.text}”"
    yield from _remarks(brief)


def _write_table(console: "Console", numbers: Iterable[BriefNumber]) -> None:
    from rich.table import Table
    from rich.text import Text

    rows = [_row(number) for number in numbers]
    if not rows:
        return
    headings = _COLUMNS if console.width >= _NARROW else _COLUMNS[:4]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row[: len(headings)]))
    console.print(table)


def _say(console: "Console", words: str, style: str = "") -> None:
    """Print a paragraph, broken where Chinese may be broken: rich breaks at blanks alone."""
    from rich.text import Text

    shown = printable(words)
    for start, end in rows(shown, console.width):
        console.print(Text(shown[start:end].rstrip(), style=style), overflow="fold")


def _mark(verdict: str) -> str:
    return _MARK.get(verdict, _WRONG)


def _subject_line(brief: Brief, dated_by_text: bool) -> str:
    parks = [park.name for park in brief.parks if park.role == "subject"] or ["no park"]
    published = brief.source.published
    if published is not None and dated_by_text:
        published = f"published {published} (from the text)"
    parts = ["、".join(parks), brief.period.text if brief.period else None, published, brief.source.byline]
    return " · ".join(part for part in parts if part)


def _headline(brief: Brief) -> str:
    counts = brief.check.counts
    run = brief.run
    cost = f" for {run.cost.amount} {run.cost.currency}" if run.cost else ""
    author = {"model": f"model {run.model}", "rules": "the rules, no model", "given": "a given brief"}[run.extractor]
    tally = f"{counts.numbers} numbers, {counts.flagged} flagged, {counts.unreported} left out"
    return f"{brief.check.status}: {tally}; draft by {author}{cost}"


def _row(number: BriefNumber) -> tuple[str, str, str, str, str, str]:
    period = number.period.text if number.period else ""
    remark = "" if number.status == "actual" else str(number.status)
    if number.verdict not in ("exact", "normalised"):
        remark = " ".join((remark, number.verdict)).strip()
    mark = _mark(number.verdict) if number.verdict not in OK_VERDICTS or not number.findings else _WRONG
    return mark, number.metric, number.text, remark, period, str(number.sentence or "")


def _remarks(brief: Brief) -> Iterable[str]:
    """Yield what the check has to say, the worst first."""
    order = {"error": 0, "warning": 1, "info": 2}
    findings = sorted(brief.check.findings, key=lambda finding: order[finding.severity])
    yield from (_remark(finding) for finding in findings)
    for contradiction in brief.check.contradictions:
        yield f"! the article contradicts itself: {contradiction.message}"
    left_out = [" ".join(item.text.split()) for item in brief.check.unreported]
    if left_out:
        more = f" and {len(left_out) - _SHOWN} more" if len(left_out) > _SHOWN else ""
        yield f"- left out: {', '.join(left_out[:_SHOWN])}{more}"


def _remark(finding: Finding) -> str:
    sign = "!" if finding.severity != "info" else "-"
    where = f" {finding.path}" if finding.path else ""
    return f"{sign} {finding.code}{where}: {finding.message}"
