"""What earlier runs have finished: looked up by content key before anything is sent to a briefer.

Only the columns of the keys are read; the keys lie once per machine in Ray's shared memory, sixteen bytes an article.
Of what was begun and is not finished (a page some of whose articles are missing, a brief under an older check) twenty
bytes say in which file its rows stand, and `again` reads them there.
A cache of replies on the output would need a look for each request, and would not spare reading and checking; the
figures are in docs/scale.md.
"""

import hashlib
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple

from summarizer.archive.recipe import CHECKING
from summarizer.article import Document
from summarizer.cluster.journal import files_of
from summarizer.cluster.order import Order, again_of
from summarizer.cluster.packages import package
from summarizer.cluster.shelf import Shelf
from summarizer.store.work import Again

_STATE: Final = ("kind", "status", "position", "passing", "checking")
_COLUMNS: Final = ["key", "articles", *_STATE, "cost", "currency", "run_id"]
_LATEST: Final = 100
_KEY_BYTES: Final = 16

Standing = Literal["done", "draft", "todo"]
"""What a row is to a run: it need not be done, only its check must be done anew, or it is no help."""


class Loose(NamedTuple):
    """Where the rows of documents stand that were begun and are not finished, or not under the check of today."""

    keys: Any
    """Sorted, a pyarrow array; a key stands there once for each file that has rows of it."""
    files: Any
    """Of each key the place of its file among the names, a pyarrow array."""
    names: tuple[str, ...]


class Known(NamedTuple):
    """What earlier runs have left."""

    keys: Any
    """Sorted keys of documents that need not be done, a pyarrow array."""
    loose: Loose
    spent: dict[str, Decimal]
    """By currency."""
    latest: tuple[tuple[str, Decimal], ...]
    """Currency and cost of some articles of late."""
    last_run: int
    order: Order | None
    """What of that which is done is to be done again."""


def keys_of(document: Document) -> tuple[str, str]:
    """Return the key of a document, and its key whatever its date; see `journal.Row`."""
    path = document.path or ""
    return digest(path, document.id, document.published or ""), digest(path, document.id)


def digest(*words: str) -> str:
    """Return the hash by which something is known."""
    told = "\0".join(words).encode("utf-8", "surrogatepass")
    return hashlib.sha256(told).hexdigest()[: 2 * _KEY_BYTES]


def article_id(document_key: str, position: int) -> int:
    """Return an article's id: a hash of path, content and position, for there is no counter that all machines share."""
    return int(digest(document_key, str(position))[:16], 16) >> 1


def known_of(shelf: Shelf, recipe: str, order: Order | None) -> Known:
    """Return what is finished under a recipe; `order` leaves out what is to be done again."""
    names = files_of(shelf, recipe)
    finished = _Finished(order)
    loose = [_binary(finished.take_in(table.to_pydict())) for table in shelf.read_tables(names, _COLUMNS)]
    return Known(
        sorted_keys(finished.keys()),
        _loose(loose, names),
        finished.spent,
        tuple(finished.latest),
        finished.last_run,
        order,
    )


class _Finished:
    """Adds up the rows of one file after the other, those of earlier runs first."""

    def __init__(self, order: Order | None) -> None:
        self._order = order
        self._done: set[str] = set()
        self._pages: dict[str, set[int]] = {}
        self._wanted: dict[str, int] = {}
        self.spent: dict[str, Decimal] = {}
        self.latest: deque[tuple[str, Decimal]] = deque(maxlen=_LATEST)
        self.last_run = 0

    def take_in(self, columns: dict[str, list[Any]]) -> set[bytes]:
        """Add the rows of a file; return the keys of those by which less is to be done again."""
        loose: set[bytes] = set()
        for row in zip(*(columns[column] for column in _COLUMNS), strict=True):
            key, articles, kind, status, position, passing, checking, cost, currency, run = row
            self.last_run = max(self.last_run, run)
            self._pay(kind, cost, currency)
            again = again_of(self._order, run)
            standing = standing_of(kind, status, position, passing=passing, checking=checking, again=again)
            if articles > 1 and kind != "unreadable":
                self._done.discard(key)  # a row of before its split was of the whole page
            if articles > 1 or kind == "split" or standing == "draft":
                loose.add(bytes.fromhex(key))
            self._note(key, articles, position, is_done=standing == "done", is_brief=kind == "brief")
        return loose

    def keys(self) -> set[str]:
        """Return the keys of all documents that are finished."""
        pages = {key for key, positions in self._pages.items() if len(positions) >= self._wanted[key]}
        return self._done | pages

    def _pay(self, kind: str, cost: str | None, currency: str | None) -> None:
        if cost is not None and currency is not None:
            self.spent[currency] = self.spent.get(currency, Decimal(0)) + Decimal(cost)
            if kind != "split":  # which is no article's
                self.latest.append((currency, Decimal(cost)))

    def _note(self, key: str, articles: int, position: int, *, is_done: bool, is_brief: bool) -> None:
        if articles > 1:
            done = self._pages.setdefault(key, set())
            self._wanted[key] = articles
            if is_done:
                done.add(position)
            elif is_brief:  # of two briefs the later one counts
                done.discard(position)
        elif is_done:
            self._done.add(key)
        elif is_brief:
            self._done.discard(key)


def _loose(found: Sequence[Any], names: tuple[str, ...]) -> Loose:
    """Return in which file the rows of keys stand, sorted by key; `found` are the keys of each file, pyarrow arrays."""
    arrow = package("pyarrow")
    keys = arrow.concat_arrays([_binary(()), *found])
    files = arrow.concat_arrays([_places(()), *(_places([place] * len(some)) for place, some in enumerate(found))])
    order = package("pyarrow.compute").sort_indices(keys)
    return Loose(keys.take(order), files.take(order), names if len(keys) else ())


def _binary(keys: Iterable[bytes]) -> Any:  # noqa: ANN401 - pyarrow has no types
    arrow = package("pyarrow")
    return arrow.array(list(keys), type=arrow.binary(_KEY_BYTES))


def _places(places: Sequence[int]) -> Any:  # noqa: ANN401 - pyarrow has no types
    arrow = package("pyarrow")
    return arrow.array(places, type=arrow.int32())


def sorted_keys(keys: Iterable[str]) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return keys as a sorted pyarrow array, which processes of a machine share without copying it."""
    return _binary(sorted(bytes.fromhex(key) for key in keys))


def is_among(keys: Any, key: str) -> bool:  # noqa: ANN401 - pyarrow has no types
    """Return whether a key is among sorted ones."""
    wanted = bytes.fromhex(key)
    place = bisect_left(range(len(keys)), wanted, key=lambda place: keys[place].as_py())
    return place < len(keys) and bool(keys[place].as_py() == wanted)


def standing_of(
    kind: str, status: str, position: int, *, passing: bool, checking: int, again: Again | None
) -> Standing:
    """Return what a row is to a run, as one machine's store has it (`store.work`).

    With another check a failure is asked about anew, but for one of a whole document, and a brief is proved anew.
    """
    if kind in ("unreadable", "split") or again == "all":
        return "todo"
    if kind == "failure":
        settled = not passing and again != "failed" and (checking == CHECKING or position == 0)
        return "done" if settled else "todo"
    if again == "flagged" and status != "verified":
        return "todo"
    return "done" if checking == CHECKING else "draft"
