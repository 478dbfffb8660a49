"""What is left of a document that somebody began with: an earlier run, or an earlier try of its chunk in this one.

A page that is split is never split again: its articles stand in a row of their own (`outcomes.split_row`), written
before the first of them is asked for, so that what is missing can be told from what is finished. A brief under an older
check is proved anew from its own draft, for nothing. Where nothing of the kind is known, a document is done as a whole.
"""

import json
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, cast

from summarizer.archive.jobs import Given
from summarizer.archive.work import NOTHING_SPENT
from summarizer.cluster.finished import Known, Standing, article_id, is_among, standing_of
from summarizer.cluster.journal import Row, rows_of
from summarizer.cluster.order import again_of
from summarizer.cluster.reading import Item, Start, Unreadable
from summarizer.cluster.shelf import Shelf
from summarizer.extract.extraction import Spent
from summarizer.store.intake import Likeness, NewArticle

_FILES: Final = 8
"""Files of `briefs/` that a reading task keeps in memory, half a megabyte each: a chunk's documents were mostly of one
chunk in the run before too, and articles that failed then are spread over some."""


class Past:
    """What earlier runs have left, for one reading task."""

    def __init__(self, shelf: Shelf, known: Known) -> None:
        self._shelf, self._known = shelf, known
        self._files: OrderedDict[str, dict[str, list[Row]]] = OrderedDict()

    def left_of(self, item: Item) -> Item | None:
        """Return what is to be done of an item; None where it is finished. Raises OSError."""
        if isinstance(item.found, Unreadable):
            return item
        if is_among(self._known.keys, item.key):
            return None
        rows = sorted(self._rows(item.key), key=lambda row: (row.run_id, row.made_at))
        return remaining(item, rows, self._standing)

    def _standing(self, row: Row) -> Standing:
        again = again_of(self._known.order, row.run_id)
        return standing_of(row.kind, row.status, row.position, again=again, passing=row.passing, checking=row.checking)

    def _rows(self, key: str) -> Iterator[Row]:
        loose, wanted = self._known.loose, bytes.fromhex(key)
        place = bisect_left(range(len(loose.keys)), wanted, key=lambda place: loose.keys[place].as_py())
        while place < len(loose.keys) and loose.keys[place].as_py() == wanted:
            yield from self._file(loose.names[loose.files[place].as_py()]).get(key, ())
            place += 1

    def _file(self, name: str) -> dict[str, list[Row]]:
        if name in self._files:
            self._files.move_to_end(name)
            return self._files[name]
        found: dict[str, list[Row]] = {}
        for row in rows_of(self._shelf.read_table(name)):
            found.setdefault(row.key, []).append(row)
        self._files[name] = found
        if len(self._files) > _FILES:
            self._files.popitem(last=False)
        return found


def remaining(item: Item, rows: Sequence[Row], standing: Callable[[Row], Standing]) -> Item | None:
    """Return what is to be done of an item by its rows, the oldest first; None where that is nothing."""
    starts = item.starts
    if not starts:
        split = next((row for row in reversed(rows) if row.kind == "split"), None)
        starts = (Start(1),) if split is None else starts_of_row(split)
        if split is not None:  # a row of before its split was of the whole page
            rows = [row for row in rows if row.articles == len(starts)]
        elif any(standing(row) == "done" for row in rows if row.position == 0):
            return None
    left = [start for start in starts if _is_left(start, rows, standing)]
    if not left:
        return None
    known = tuple(_with_draft(start, rows, standing) for start in left)
    if known == (Start(1),):  # nothing is known: it may yet be a page
        return item
    return item._replace(starts=known, articles=item.articles if item.starts else len(starts))


def settled(row: Row) -> Standing:
    """Return what a row of this run means to it: what it has finished it does not begin again, however that ended."""
    return "todo" if row.kind == "split" else "done"


def starts_of(articles: Iterable[NewArticle], spent: Spent) -> Iterator[Start]:
    """Yield the articles of a page; the first bears what the split cost."""
    for new in articles:
        yield Start(new.position, new, spent=spent if new.piece is not None else NOTHING_SPENT)
        spent = NOTHING_SPENT


def told_in_row(articles: Iterable[NewArticle]) -> str:
    """Return the articles of a page as the row of its split keeps them."""
    return json.dumps([(new.title, new.chars, new.piece) for new in articles], ensure_ascii=False)


def starts_of_row(split: Row) -> tuple[Start, ...]:
    """Return the articles of a page by the row of its split; what only repeats are found by is not kept."""
    told: list[tuple[Any, ...]] = json.loads(split.piece or "[]")
    articles = [
        NewArticle(position, title, chars, content="", marks=(), piece=piece, text="")
        for position, (title, chars, piece) in enumerate(told, start=1)
    ]
    spent = Spent(attempts=split.requests, prompt=split.prompt, completion=split.completion, cached=split.cached)
    return tuple(starts_of(articles, spent))


def _is_left(start: Start, rows: Sequence[Row], standing: Callable[[Row], Standing]) -> bool:
    """Return whether an article is not finished."""
    return not any(
        standing(row) == "done" for row in _decisive([row for row in rows if row.position == start.position])
    )


def _decisive(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the last brief and the failures after it: it supersedes what was before, as in `finished`."""
    last = max((place for place, row in enumerate(rows) if row.kind == "brief"), default=0)
    return [row for row in rows[last:] if row.kind in ("brief", "failure")]


def _with_draft(start: Start, rows: Sequence[Row], standing: Callable[[Row], Standing]) -> Start:
    """Return an article with its own brief, where only the check has changed since."""
    briefs = [row for row in rows if row.position == start.position and row.kind == "brief"]
    if not briefs or standing(briefs[-1]) != "draft" or briefs[-1].brief is None:
        return start
    row, (brief, likeness) = briefs[-1], (briefs[-1].brief, cast("Likeness | None", briefs[-1].likeness))
    given = Given(brief, article_id(row.document_key, row.position), None, None)
    return start._replace(given=given, same_as=row.same_as, likeness=likeness)
