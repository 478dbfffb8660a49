"""Shows a store to a person: how it stands, where a brief comes from, what a search has found; or the same as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Final, Literal, NamedTuple

from summarizer.counted import counted
from summarizer.export import Format
from summarizer.store.lookup import Match, StoredArticle, what_failed
from summarizer.store.status import Reason, RunTold, Spending, StoreStatus
from summarizer.terminal import columns, printable, rows

_GAP: Final = "  "
_INDENT: Final = "  "
_SNIPPET_INDENT: Final = "    "
_LEAST_CELLS: Final = 8
"""A column is cut to no less, however narrow the terminal."""
_LEAST_WHOLE: Final = 20
"""In less room a sentence would be a tower of words; it is cut instead."""

Side = Literal["left", "right"]
Cells = Sequence[str]


class _Section(NamedTuple):
    """Rows whose columns are aligned with each other, under a heading."""

    heading: str
    rows: Sequence[Cells]
    sides: Sequence[Side]
    """Of the columns."""
    whole: bool = False
    """Whether the last column goes on on further lines where it is too long for one; else it is cut."""


def write_status(status: StoreStatus, stream: IO[str], form: Literal["text", "json"]) -> None:
    """Write how a store stands: aligned for a person, or as one object whose keys are those of StoreStatus."""
    if form == "json":
        stream.write(status.model_dump_json(indent=2) + "\n")
    else:
        for place, section in enumerate(filter(lambda section: section.rows, _sections(status))):
            stream.write(("\n" if place else "") + f"{section.heading}\n")
            stream.writelines(f"{_INDENT}{line}\n" for line in _aligned(section, columns() - len(_INDENT)))
    stream.flush()


def origin_lines(article: StoredArticle) -> Iterator[str]:
    """Yield where an article stands in its archive, and what there is to know of its brief."""
    place = f", article {article.position} of {article.of}" if article.of > 1 else ""
    outlet = f" · {article.outlet}" if article.outlet else ""
    yield f"{article.id} · {article.path}{place}{outlet}"
    if article.same_as is not None:
        how = "repeats word for word" if article.likeness == "exact" else "tells the same as"
        yield f"{how} {article.same_as} · {article.same_path}"
    if article.gone:
        yield "its document is no longer in the archive"
    if article.brief is not None and article.state != "done":
        yield f"this brief is of an earlier run; since then: {why_no_brief(article)}"


def why_no_brief(article: StoredArticle) -> str:
    """Return why an article has no brief of the last run, and what to do."""
    if article.state == "failed" and article.failure is not None:
        return what_failed(article.failure)
    return "it is still to do; run the same batch command again"


def write_matches(matches: Sequence[Match], stream: IO[str], form: Format) -> None:
    """Write what a search has found: two lines each for a person, else objects whose keys are those of Match."""
    if form == "text":
        found = [(str(one.id), one.published or "", one.park or "", one.title or one.document) for one in matches]
        section = _Section("", found, ("right", "left", "left", "left"))
        for line, match in zip(_aligned(section, columns()), matches, strict=True):
            stream.write(f"{line}\n{_cut(_SNIPPET_INDENT + printable(match.snippet), columns())}\n")
    else:
        told = [match._asdict() for match in matches]
        if form == "json":
            stream.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        else:
            stream.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in told)
    stream.flush()


def _aligned(section: _Section, width: int) -> Iterator[str]:
    """Yield rows with their columns aligned, counting a Chinese character as two."""
    from rich.cells import cell_len

    cells = [[printable(cell) for cell in row] for row in section.rows]
    if not cells:
        return
    places = range(len(section.sides) - 1)
    widths = [min(max(cell_len(row[place]) for row in cells), max(_LEAST_CELLS, width // 3)) for place in places]
    for row in cells:
        known = zip(row[:-1], widths, section.sides, strict=False)
        head = "".join(_padded(_cut(cell, room), room, side) + _GAP for cell, room, side in known)
        room = width - cell_len(head)
        if section.whole and room >= _LEAST_WHOLE:
            for place, (start, end) in enumerate(rows(row[-1], room)):
                yield f"{' ' * cell_len(head) if place else head}{row[-1][start:end]}".rstrip()
        else:
            yield _cut(f"{head}{row[-1]}".rstrip(), width)


def _padded(cell: str, width: int, side: Side) -> str:
    from rich.cells import cell_len

    blanks = " " * (width - cell_len(cell))
    return blanks + cell if side == "right" else cell + blanks


def _cut(words: str, width: int) -> str:
    """Return words that take no more than `width` columns, ending in … where they were longer."""
    from rich.cells import cell_len, set_cell_size

    return words if cell_len(words) <= width else set_cell_size(words, max(0, width - 1)).rstrip() + "…"


def _sections(status: StoreStatus) -> Iterator[_Section]:
    yield _Section(_headline(status), list(_counts(status)), ("left", "right", "left"))
    inputs = status.inputs
    yield _Section("inputs that were skipped", _reasons(inputs.skipped_examples), ("left", "left"), whole=True)
    yield _Section("inputs that cannot be read", _reasons(inputs.unreadable_examples), ("left", "left"), whole=True)
    yield _Section(
        "failures, with an example each",
        [
            (
                one.kind,
                f"{one.count:,}",
                _again(one.count, one.passing),
                f"{one.article or one.document}: {one.message}",
            )
            for one in status.failures
        ],
        ("left", "right", "left", "left"),
        whole=True,
    )
    yield _Section("spent", [_spending(one) for one in status.spent], ("left", "right", "right", "left"))
    yield _Section(
        "parks that most articles are about",
        [(f"{one.articles:,}", one.name) for one in status.parks],
        ("right", "left"),
    )
    yield _Section("last runs (UTC)", [_run(run) for run in status.runs], ("right", "left", "left", "left", "left"))


def _headline(status: StoreStatus) -> str:
    first, last = status.articles.first_published, status.articles.last_published
    articles = counted(status.articles.total, "article")
    return articles if first is None else f"{articles}, published {first} to {last}"


def _counts(status: StoreStatus) -> Iterator[Cells]:
    """Yield the rows of counts; what is zero and not worth a word is left out."""
    articles, documents, inputs = status.articles, status.documents, status.inputs
    empty = f", {articles.empty:,} with nothing to extract" if articles.empty else ""
    yield "done", f"{articles.done:,}", f"{articles.verified:,} verified, {articles.flagged:,} flagged{empty}"
    if articles.failed:
        yield "failed", f"{articles.failed:,}", ""
    yield "to do", f"{articles.todo:,}", f"{articles.claimed:,} in work" if articles.claimed else ""
    if articles.earlier:
        have = "has" if articles.earlier == 1 else "have"
        yield "earlier", f"{articles.earlier:,}", f"of those failed or to do still {have} the brief of an earlier run"
    if repeats := articles.repeats_exact + articles.repeats_near:
        yield "repeats", f"{repeats:,}", f"{articles.repeats_exact:,} word for word, {articles.repeats_near:,} nearly"
    told = [
        *([f"{documents.unsplit:,} not split yet"] if documents.unsplit else []),
        *([f"{documents.failed:,} that could not be split"] if documents.failed else []),
        *([f"{counted(documents.gone, 'more is', 'more are')} gone and not counted"] if documents.gone else []),
    ]
    yield "documents", f"{documents.total:,}", ", ".join(told)
    unfinished = f", {inputs.reading:,} not to its end" if inputs.reading else ""
    skipped = f", {inputs.skipped:,} skipped" if inputs.skipped else ""
    unreadable = f", {inputs.unreadable:,} unreadable or in part" if inputs.unreadable else ""
    total = inputs.read + inputs.reading + inputs.skipped
    yield "inputs", f"{total:,}", f"{inputs.read:,} read{unfinished}{skipped}{unreadable}"


def _reasons(reasons: Iterable[Reason]) -> list[Cells]:
    return [(one.path, one.reason) for one in reasons]


def _again(count: int, passing: int) -> str:
    if not passing:
        return ""
    return "tried again by the next run" if passing == count else f"{passing:,} tried again by the next run"


def _spending(one: Spending) -> Cells:
    cached = f" ({one.cached:,} cached)" if one.cached else ""
    unanswered = f", {one.unanswered:,} of the requests unanswered" if one.unanswered else ""
    cost = "price unknown" if one.amount is None else f"{one.amount} {one.currency}"
    tokens = f"{one.prompt:,} + {one.completion:,} tokens{cached}{unanswered}"
    return one.model or one.extractor, counted(one.requests, "request"), cost, tokens


def _run(run: RunTold) -> Cells:
    took = "" if run.ended_at is None else f" after {_span(run.started_at, run.ended_at)}"
    sources = ", ".join(map(str, json.loads(run.sources)))
    started = run.started_at[:16].replace("T", " ")
    return str(run.id), started, f"{run.outcome}{took}", run.model or run.extractor, sources


def _span(start: str, end: str) -> str:
    """Return the time between two moments."""
    seconds = round((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds())
    minutes, hours = seconds // 60, seconds // 3600
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min {seconds % 60} s" if minutes else f"{seconds} s"
