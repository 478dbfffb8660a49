"""What a reviewer decides on: the items of a brief, each known by its content."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from summarizer.brief import Brief, BriefNumber, BriefPark, BriefPolicy, BriefQuote, Unreported

Item = BriefNumber | BriefPolicy | BriefQuote | BriefPark | Unreported

_SAID: Final = {
    "numbers": ("metric", "text", "span", "park", "status"),
    "policies": ("name", "span"),
    "quotes": ("speaker", "text", "span"),
    "parks": ("name", "role"),
    "unreported": ("text", "span"),
}
"""What an item says. Verdicts and findings are not among it: a program that judges anew asks nobody anew."""
_HASH_CHARS: Final = 16


class Keyed(NamedTuple):
    """An item and its key."""

    key: str
    """`numbers:` and a hash of what it says; equal items of one brief are counted, `…#2`."""
    kind: str
    """numbers, policies, quotes, parks or unreported."""
    place: int
    """In the brief's list of that kind, from 0."""
    item: Item

    @property
    def path(self) -> str:
        """Where it stands in the brief: `numbers.3`."""
        return f"{self.kind}.{self.place}"


def keyed(brief: Brief) -> list[Keyed]:
    """Return the items of a brief, in its order."""
    seen: Counter[str] = Counter()
    found = []
    for kind, place, item in _items(brief):
        key = f"{kind}:{_hash(item, _SAID[kind])}"
        seen[key] += 1
        if seen[key] > 1:
            key = f"{key}#{seen[key]}"
        found.append(Keyed(key, kind, place, item))
    return found


def _items(brief: Brief) -> Iterator[tuple[str, int, Item]]:
    for kind in ("parks", "numbers", "policies", "quotes"):
        items: tuple[Item, ...] = getattr(brief, kind)
        for place, item in enumerate(items):
            yield kind, place, item
    for place, left_out in enumerate(brief.check.unreported):
        yield "unreported", place, left_out


def _hash(item: Item, said: tuple[str, ...]) -> str:
    words = json.dumps([getattr(item, name) for name in said], ensure_ascii=False)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_CHARS]
