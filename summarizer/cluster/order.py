"""What is to be done again (`--again`), kept in the output until it is done: so the command without it goes on with it.

One machine's store marks the articles themselves (`store.work.order_again`). Here a small file says which, of which
sources, and which run was the first to work on it: what that one and later ones have made is done. As there, a further
`--again` begins anew.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from summarizer.cluster.shelf import Shelf, is_url, shown_url
from summarizer.store.work import Again

ORDERED: Final = "again"
_YET_TO_COME: Final = sys.maxsize


class Order(NamedTuple):
    """What of that which is done is to be done again."""

    again: Again
    run: int = _YET_TO_COME
    """The first that works on it."""


def again_of(order: Order | None, run: int) -> Again | None:
    """Return what is to be done again of what a run has made."""
    return order.again if order is not None and run < order.run else None


def order_for(shelf: Shelf, recipe: str, sources: Sequence[str], again: Again | None) -> Order | None:
    """Return what is to be done again: what is told now, else what was told of the same sources and is not done."""
    if again is not None:
        return Order(again)
    try:
        told = json.loads(shelf.read(_name(recipe)))
    except FileNotFoundError:
        return None
    return Order(told["again"], told["run"]) if told["sources"] == _known_as(sources) else None


def keep_order(shelf: Shelf, recipe: str, sources: Sequence[str], order: Order) -> None:
    """Note what is to be done again, in place of what was to be before."""
    told = {**order._asdict(), "sources": _known_as(sources)}
    shelf.write(_name(recipe), json.dumps(told, ensure_ascii=False).encode())


def end_order(shelf: Shelf, recipe: str) -> None:
    """Note that it is done."""
    shelf.delete(_name(recipe))


def _name(recipe: str) -> str:
    return f"{ORDERED}/recipe={recipe}/order.json"


def _known_as(sources: Sequence[str]) -> list[str]:
    """Return sources by names that stay the same, without keys."""
    return sorted(shown_url(source) if is_url(source) else str(Path(source).absolute()) for source in sources)
