"""Which articles repeat which, and how those that do are briefed: with the draft of the one that they repeat.

What `archive.line` does from the store is done here in passes. Groups of kin are compared text by text (`group_of`,
`links_of`); originals and all others are briefed; then the repeats, each with the brief and document of its original,
or with its failure (`repeat_chunks`).
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from summarizer.archive.jobs import Given
from summarizer.archive.telling import same_telling
from summarizer.article import Document
from summarizer.cluster.earlier import Earlier
from summarizer.cluster.finished import article_id, is_among
from summarizer.cluster.journal import RANKED, Rank, rank_of
from summarizer.cluster.packages import package
from summarizer.cluster.printings import Link, Printing, links_of
from summarizer.cluster.reading import CHUNK, CHUNK_CHARS, Chunk, Item, Start, chunk_of
from summarizer.cluster.shelf import Shelf
from summarizer.cluster.survey import Survey
from summarizer.store.work import Failure

_OUTCOME: Final = [*RANKED, "brief", "failure", "message", "passing"]
_GROUPS: Final = 50_000
"""Looked up at once: an article that may repeat another takes 700 bytes in the meantime."""
_FILES: Final = 8
"""Files of `briefs/` whose briefs a task remembers; links come in the order of their originals, as the files do."""


class Groups(NamedTuple):
    """Groups of articles that may repeat each other."""

    alike: list[list[Printing]]
    """Those of one content: their texts need not be seen."""
    mixed: list[list[Printing]]


def printings_of(survey: Survey, groups: Sequence[Sequence[int]], earlier: Earlier) -> Groups:
    """Return groups of rows as printings, without those in which nothing is to do."""
    arrow = package("pyarrow")
    rows = [row for group in groups for row in group]
    names = ["document_key", "content", "content_rest", "marks", "done", "drafted"]
    chosen = survey.rows.select(names).take(arrow.array(rows, type=arrow.int64()))
    same_as = earlier.same_as(chosen["document_key"])
    cells = zip(rows, *(chosen[name].to_pylist() for name in names), strict=True)
    alike: list[list[Printing]] = []
    mixed: list[list[Printing]] = []
    for group in groups:
        found = []
        for _ in group:
            row, key, content, rest, marks, done, drafted = next(cells)
            done = done or drafted  # it is nobody's repeat now, for it has a draft
            known = same_as.get(key) if done else None
            found.append(Printing(row, (content, rest), tuple(marks), done, article_id(key.hex(), 1), known))
        if all(printing.done for printing in found):
            continue
        (alike if len({printing.content for printing in found}) == 1 else mixed).append(found)
    return Groups(alike, mixed)


def links_without_texts(
    survey: Survey, groups: Sequence[Sequence[int]], earlier: Earlier
) -> tuple[list[Link], list[Sequence[int]]]:
    """Return the links that are plain without any text, and the groups whose texts must be compared."""
    links: list[Link] = []
    mixed: list[Sequence[int]] = []
    for first in range(0, len(groups), _GROUPS):
        found = printings_of(survey, groups[first : first + _GROUPS], earlier)
        links += links_of_groups(found.alike)
        mixed += [[one.row for one in group] for group in found.mixed]
    return links, mixed


def links_of_groups(groups: Iterable[Sequence[Printing]], items: Mapping[int, Item] | None = None) -> list[Link]:
    """Return what the articles of groups repeat; `items` are their documents, where texts must be seen.

    The same document at two places of the archive repeats nothing.
    """
    found = []
    for group in groups:
        texts: dict[int, str] = {}
        if items is not None:
            texts = {one.row: _text(items[one.row]) for one in group if one.row in items}
            group = [one for one in group if one.row in texts]
        articles = {one.row: one.article for one in group}
        links = links_of(group, texts, same_telling)
        found += [link for link in links if articles[link.row] != articles[link.original]]
    return found


def _text(item: Item) -> str:
    assert isinstance(item.found, Document)  # nothing else is brought
    return item.found.text


class Held(NamedTuple):
    """Where the outcome of an original lies."""

    rank: Rank
    name: str


def held_in(shelf: Shelf, names: Sequence[str], wanted: Any) -> dict[str, Held]:  # noqa: ANN401 - a pyarrow array
    """Return in which of these files the outcomes of the `wanted` documents lie, of which each is one article."""
    found: dict[str, Held] = {}
    for name, table in zip(names, shelf.read_tables(names, RANKED), strict=True):
        columns = table.to_pydict()
        for key, position, kind, run, made in zip(*(columns[column] for column in RANKED), strict=True):
            if position != 1 or kind not in ("brief", "failure") or not is_among(wanted, key):
                continue
            held = Held(rank_of(kind, run, made), name)
            if key not in found or held.rank > found[key].rank:
                found[key] = held
    return found


class Outcome(NamedTuple):
    """What came of an original."""

    brief: str | None
    failure: Failure | None


class Outcomes:
    """Reads what came of originals, file by file."""

    def __init__(self, shelf: Shelf, held: Mapping[str, Held]) -> None:
        self._shelf, self._held = shelf, held
        self._files: OrderedDict[str, dict[str, Outcome]] = OrderedDict()

    def __call__(self, document_key: str) -> Outcome | None:
        """Return what came of a document's article; None where that is left to a later run."""
        held = self._held.get(document_key)
        return None if held is None else self._in(held.name).get(document_key)

    def _in(self, name: str) -> dict[str, Outcome]:
        if name not in self._files:
            rows = self._shelf.read_table(name, _OUTCOME).to_pylist()
            rows.sort(key=lambda row: rank_of(row["kind"], row["run_id"], row["made_at"]))
            self._files[name] = {row["document_key"]: _outcome(row) for row in rows if row["position"] == 1}
            if len(self._files) > _FILES:
                self._files.popitem(last=False)
        return self._files[name]


def _outcome(row: Mapping[str, Any]) -> Outcome:
    if row["brief"] is not None:
        return Outcome(row["brief"], None)
    return Outcome(None, Failure(row["failure"], row["message"], row["passing"]))


def repeat_chunks(
    links: Sequence[Link], items: Mapping[int, Item], outcome_of: Callable[[str], Outcome | None]
) -> Iterator[Chunk]:
    """Yield chunks of the repeats of which the outcome of the original is there."""
    chosen: list[Item] = []
    size = 0
    for link in links:
        item, original = items.get(link.row), items.get(link.original)
        outcome = None if original is None else outcome_of(original.document_key)
        if item is None or original is None or outcome is None:
            continue
        chosen.append(item._replace(starts=(_start(link, original, outcome),)))
        size += len(_text(item)) + len(outcome.brief or "")
        if len(chosen) >= CHUNK or size >= CHUNK_CHARS:
            yield chunk_of(chosen)
            chosen, size = [], 0
    if chosen:
        yield chunk_of(chosen)


def _start(link: Link, original: Item, outcome: Outcome) -> Start:
    article = article_id(original.document_key, 1)
    start = Start(1, same_as=article, likeness=link.likeness)
    if outcome.failure is not None:
        why = f"it repeats article {article}, which failed: {outcome.failure.message}"
        return start._replace(failure=outcome.failure._replace(message=why))
    assert isinstance(original.found, Document)
    assert outcome.brief is not None
    return start._replace(given=Given(outcome.brief, article, original.found, None))
