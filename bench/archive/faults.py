"""Which calls fail and how: decided by the article and the attempt alone, so that two runs meet the same faults."""

from typing import Final, NamedTuple

KINDS: Final = ("429", "500", "reset", "timeout", "html", "length", "broken")
"""Too many requests; server error; connection reset; no answer; a proxy's page; cut at the token limit; broken JSON."""
_SETTINGS: Final = frozenset({"mixed", "sticky", "first", "wait", "retry_after"})
_SCALE: Final = 1 << 30


class Faults(NamedTuple):
    """How many calls fail, and how."""

    shares: tuple[tuple[str, float], ...] = ()
    """Kinds of failure, each with its share of the calls."""
    sticky: float = 0.0
    """Share of the articles whose every call fails."""
    first: int = 0
    """How many calls for an article may fail; 0 for any number. Sticky articles do not mind."""
    wait: float = 5.0
    """Seconds without an answer, before the connection is closed."""
    retry_after: int = 1
    """Seconds that a 429 asks for."""

    def of(self, serial: int, attempt: int) -> str | None:
        """Return how this call fails (attempt 1 is the first); None where it does not."""
        if self.sticky and share_of(serial, 0) < self.sticky:
            return KINDS[int(share_of(serial, -1) * len(KINDS))]
        if not self.shares or (self.first and attempt > self.first):
            return None
        reached, drawn = 0.0, share_of(serial, attempt)
        for kind, share in self.shares:
            reached += share
            if drawn < reached:
                return kind
        return None


def read_faults(spec: str) -> Faults:
    """Return the faults of `mixed=0.2,sticky=0.01,first=2,wait=5,retry_after=1` or `429=0.05,reset=0.01`.

    `mixed` is shared evenly by all kinds. Raises ValueError for a word that is none of these.
    """
    given: dict[str, float] = {}
    for part in filter(None, spec.split(",")):
        name, _, value = part.partition("=")
        if name not in KINDS and name not in _SETTINGS:
            raise ValueError(f"{name!r} is no fault; write {', '.join(KINDS)} or {', '.join(sorted(_SETTINGS))}")
        given[name] = float(value)
    each = given.get("mixed", 0.0) / len(KINDS)
    shares = tuple((kind, share) for kind in KINDS if (share := given.get(kind, 0.0) + each))
    return Faults(
        shares=shares,
        sticky=given.get("sticky", 0.0),
        first=int(given.get("first", 0)),
        wait=given.get("wait", 5.0),
        retry_after=int(given.get("retry_after", 1)),
    )


def share_of(serial: int, attempt: int) -> float:
    """Return a number from 0 to below 1 that follows from both (murmur3's last mixing)."""
    mixed = (serial * 0x9E3779B1 + (attempt + 2) * 0x85EBCA77) & 0xFFFFFFFF
    mixed = (mixed ^ mixed >> 16) * 0x85EBCA6B & 0xFFFFFFFF
    mixed = (mixed ^ mixed >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    return ((mixed ^ mixed >> 16) >> 2) / _SCALE
