"""What earlier runs have finished: looked up by content key before anything is sent to a briefer.

Only the columns of the keys are read; the keys lie once per machine in Ray's shared memory, sixteen bytes an article.
A cache of replies on the output would need a look for each request, and would not spare reading and checking; the
figures are in docs/scale.md.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final, NamedTuple

from summarizer.article import Document
from summarizer.cluster.journal import folder_of
from summarizer.cluster.packages import package
from summarizer.cluster.shelf import Shelf
from summarizer.store.work import Again

_COLUMNS: Final = ["key", "articles", "position", "kind", "status", "passing", "cost", "currency", "run_id"]
_LATEST: Final = 100
_KEY_BYTES: Final = 16


class Known(NamedTuple):
    """What earlier runs have left."""

    keys: Any
    """Sorted keys of documents that need not be done, a pyarrow array."""
    spent: dict[str, Decimal]
    """By currency."""
    latest: tuple[tuple[str, Decimal], ...]
    """Currency and cost of some articles of late."""
    last_run: int


def keys_of(document: Document) -> tuple[str, str]:
    """Return the key of a document, and its key whatever its date; see `journal.Row`."""
    path = document.path or ""
    return digest(path, document.id, document.published or ""), digest(path, document.id)


def digest(*words: str) -> str:
    """Return the hash by which something is known."""
    told = "\0".join(words).encode("utf-8", "surrogatepass")
    return hashlib.sha256(told).hexdigest()[: 2 * _KEY_BYTES]


def known_of(shelf: Shelf, recipe: str, again: Again | None) -> Known:
    """Return what is finished under a recipe; `again` leaves out what is to be done again."""
    done: set[str] = set()
    pages: dict[str, set[int]] = {}
    wanted: dict[str, int] = {}
    spent: dict[str, Decimal] = {}
    latest: list[tuple[str, Decimal]] = []
    last_run = 0
    for name in shelf.names(folder_of(recipe)):
        if not name.endswith(".parquet"):  # a journal, which a dry run leaves as it is
            continue
        columns = shelf.read_table(name, _COLUMNS).to_pydict()
        for key, articles, position, kind, status, passing, cost, currency, run in zip(
            *(columns[column] for column in _COLUMNS), strict=True
        ):
            last_run = max(last_run, run)
            if cost is not None and currency is not None:
                spent[currency] = spent.get(currency, Decimal(0)) + Decimal(cost)
                latest = [*latest[1 - _LATEST :], (currency, Decimal(cost))]
            if not _is_done(kind, status, passing, again):
                continue
            if articles == 1:
                done.add(key)
            else:
                pages.setdefault(key, set()).add(position)
                wanted[key] = articles
    done.update(key for key, positions in pages.items() if len(positions) >= wanted[key])
    return Known(sorted_keys(done), spent, tuple(latest), last_run)


def sorted_keys(keys: Iterable[str]) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return keys as a sorted pyarrow array, which processes of a machine share without copying it."""
    arrow = package("pyarrow")
    return arrow.array(sorted(bytes.fromhex(key) for key in keys), type=arrow.binary(_KEY_BYTES))


def is_among(keys: Any, key: str) -> bool:  # noqa: ANN401 - pyarrow has no types
    """Return whether a key is among sorted ones."""
    wanted = bytes.fromhex(key)
    place = bisect_left(range(len(keys)), wanted, key=lambda place: keys[place].as_py())
    return place < len(keys) and bool(keys[place].as_py() == wanted)


def _is_done(kind: str, status: str, passing: bool, again: Again | None) -> bool:
    if kind == "unreadable" or again == "all":
        return False
    if kind == "failure":
        return not passing and again != "failed"
    return again != "flagged" or status == "verified"
