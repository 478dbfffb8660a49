"""The first pass over the archive: what it holds, a few columns for each document and no text.

From them the driver sees which articles may repeat others, what is gone, and what there is to do; parts in which
nothing is to do are not read again. A document takes the driver 97 bytes in these columns with four marks, and 300 at
the moment when a third of them are grouped (`python -m bench.survey 4000000`): 3 GB for 10 million.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from summarizer.archive.survey import without_model
from summarizer.archive.telling import marks_of
from summarizer.article import Document
from summarizer.cluster.desk import poison_of
from summarizer.cluster.packages import package
from summarizer.cluster.parts import Part
from summarizer.cluster.reading import (
    FileWatch,
    Item,
    LeftOf,
    ReadingTold,
    Start,
    Unreadable,
    Watcher,
    item_of,
    results_of,
)
from summarizer.pages import needs_split, split_document
from summarizer.settings import Split

ARTICLE, PAGE, UNREADABLE = 0, 1, 2
"""What a row is of: a document that is one article, one whose articles are to be found first, something unreadable."""
_TOLD_EVERY: Final = 256
"""Documents after which the desk is told how many were found."""
_SUMMED: Final = ("articles", "chars")
_HALF: Final = 8
"""Bytes of each half of what is kept of a content's hash."""


class SurveyTold(NamedTuple):
    """How parts are surveyed."""

    reading: ReadingTold
    split: Split
    counts: bool = False
    """Whether pages are split by the rules, to count their articles."""


class PartSurvey(NamedTuple):
    """What a part holds."""

    part: int
    rows: bytes
    """A table as Arrow's stream: copied out of Ray's shared memory, which is small."""
    read: tuple[str, ...]
    """Files and ranges that were read to their end, as messages call them."""
    poison: tuple[str, ...]
    """The files that kill whoever reads them."""
    whole: bool
    """Whether nobody ended the survey before its time."""


class Survey(NamedTuple):
    """What the archive holds."""

    rows: Any
    """A pyarrow table of `schema`, in the order of the archive: each document where it was met first."""
    copies: Any
    """The same of those that were met again, in other parts."""
    begun: frozenset[str]
    read: frozenset[str]
    """Files that were read to their end."""
    poison: dict[int, tuple[str, ...]]
    """By part."""
    whole: bool


def schema() -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return the columns of a survey."""
    arrow = package("pyarrow")
    return arrow.schema(
        [
            ("part", arrow.int32()),
            ("key", arrow.binary(16)),
            ("document_key", arrow.binary(16)),
            ("kind", arrow.int8()),
            ("done", arrow.bool_()),
            ("drafted", arrow.bool_()),  # whether it has a draft of its own, and only its check is to be done anew
            ("chars", arrow.int32()),
            ("articles", arrow.int32()),
            ("content", arrow.int64()),  # the first half of the hash, null where it is no article
            ("content_rest", arrow.int64()),
            ("marks", arrow.list_(arrow.int64())),
        ]
    )


def survey_part(part: Part, told: SurveyTold, left_of: LeftOf, watcher: Watcher) -> PartSurvey:
    """Return what a part holds; the same document twice counts once."""
    name = f"survey {part.number}"
    if not watcher.found(name, 0, ()):  # most parts are small, and this is where a survey of them ends
        return PartSurvey(part.number, stream_of(()), (), (), whole=False)
    poison = poison_of(watcher.begin(name))
    rows: list[tuple[Any, ...]] = []
    read: list[str] = []
    met: set[str] = set()
    todo, troubles, whole = 0, [], True
    for path, found in results_of(
        part, told.reading, poison, FileWatch(lambda shown: watcher.announce(name, shown), read.append)
    ):
        item = item_of(found, path)
        if item.key in met:
            continue
        met.add(item.key)
        left = left_of(item)
        rows.append(_row(part.number, item, left, told))
        if isinstance(found, Unreadable):
            troubles.append(found.reason)
        elif left is not None:
            todo += len(left.starts) or 1
        if len(rows) % _TOLD_EVERY == 0:
            whole = watcher.found(f"{name} {len(rows)}", todo, tuple(troubles))
            todo, troubles = 0, []
            if not whole:
                break
    whole = watcher.found(f"{name} end", todo, tuple(troubles)) and whole
    watcher.announce(name, None)
    if whole:
        watcher.ended(part.number)
    return PartSurvey(part.number, stream_of(rows), tuple(read), poison, whole)


def survey_of(parts: Sequence[Part], found: Iterable[PartSurvey]) -> Survey:
    """Put together what the parts hold."""
    arrow = package("pyarrow")
    surveys = sorted(found, key=lambda one: one.part)
    tables = [arrow.ipc.open_stream(one.rows).read_all() for one in surveys]
    rows, copies = _once(arrow.concat_tables([schema().empty_table(), *tables]).combine_chunks())
    begun = [(part.number, file) for part in parts for file in part.files]
    read = {one.part: frozenset(one.read) for one in surveys}
    unread = {file.path for number, file in begun if file.shown not in read.get(number, ())}
    poison = {one.part: one.poison for one in surveys if one.poison}
    paths = frozenset(file.path for _, file in begun)
    whole = len(surveys) == len(parts) and all(one.whole for one in surveys)
    return Survey(rows, copies, paths, paths - unread, poison, whole)


def _once(rows: Any) -> tuple[Any, Any]:  # noqa: ANN401 - pyarrow tables
    """Return rows without those of documents that stand before them, and these; both in their order.

    Sorting takes 24 bytes a row for a moment, and half a second a million; what is sorted alike keeps its order.
    """
    arrow, compute = package("pyarrow"), package("pyarrow.compute")
    if len(rows) < 2:
        return rows, rows.slice(0, 0)
    keys = rows["key"].chunk(0)
    order = compute.sort_indices(keys)
    keys = keys.take(order)
    as_before = compute.equal(keys.slice(1), keys.slice(0, len(keys) - 1))
    again = order.slice(1).filter(as_before)
    if not len(again):
        return rows, rows.slice(0, 0)
    is_again = compute.is_in(arrow.array(range(len(rows)), type=order.type), value_set=again)
    return rows.filter(compute.invert(is_again)).combine_chunks(), rows.filter(is_again).combine_chunks()


class Ahead(NamedTuple):
    """What there is to do."""

    articles: int
    drafts: int
    """Articles that are to be drafted: all but those that repeat others, or have a draft."""
    chars: int
    """Of what is to be drafted."""


def ahead_in(survey: Survey, repeats: Sequence[int]) -> Ahead:
    """Return what there is to do; `repeats` are rows of the survey."""
    arrow, compute = package("pyarrow"), package("pyarrow.compute")
    rows = survey.rows.select(["done", "drafted", "kind", *_SUMMED])
    todo = rows.filter(compute.invert(compute.or_(rows["done"], compute.equal(rows["kind"], UNREADABLE))))
    drafted = todo.filter(compute.invert(todo["drafted"]))
    repeated = rows.take(arrow.array(repeats, type=arrow.int64()))

    def total(table: Any, name: str) -> int:  # noqa: ANN401 - a pyarrow table
        return int(compute.sum(table[name]).as_py() or 0)

    drafts, chars = (total(drafted, name) - total(repeated, name) for name in _SUMMED)
    return Ahead(total(todo, "articles"), drafts, chars)


def _row(part: int, item: Item, left: Item | None, told: SurveyTold) -> tuple[Any, ...]:
    keys = bytes.fromhex(item.key), bytes.fromhex(item.document_key)
    document = item.found
    if isinstance(document, Unreadable):
        return (part, *keys, UNREADABLE, False, False, 0, 0, None, None, [])
    drafted = left is not None and all(start.given is not None for start in left.starts or (Start(1),))
    if needs_split(document, told.split):
        articles = 1 if left is None else len(left.starts)
        if not articles:
            articles = _articles(document, told.split) if told.counts else 1
        return (part, *keys, PAGE, left is None, drafted, len(document.text), articles, None, None, [])
    content, marks = marks_of(document.text)
    halves = halves_of(content)
    return (part, *keys, ARTICLE, left is None, drafted, len(document.text), 1, *halves, list(marks))


def halves_of(content: str) -> tuple[int, int]:
    """Return as two integers what is kept of a hash of `archive.telling`."""
    told = bytes.fromhex(content.removeprefix("sha256:"))
    first, rest = told[:_HALF], told[_HALF : 2 * _HALF]
    return int.from_bytes(first, "big", signed=True), int.from_bytes(rest, "big", signed=True)


def _articles(document: Document, split: Split) -> int:
    """Return how many articles the rules find on a page."""
    pieces = split_document(document, without_model(split)).pieces
    return max(1, sum(piece.kind != "furniture" for piece in pieces))


def stream_of(rows: Sequence[tuple[Any, ...]]) -> bytes:
    """Return rows of a survey as they are sent."""
    arrow = package("pyarrow")
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema())
    table = arrow.table([list(column) for column in columns], schema=schema())
    sink = arrow.BufferOutputStream()
    with arrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    told: bytes = sink.getvalue().to_pybytes()
    return told
