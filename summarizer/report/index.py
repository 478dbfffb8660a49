"""What stands before the briefs of a store: how many and in what state, the most doubtful first, and what they tell.

Everything is counted by SQLite. A brief's JSON, which is most of a store, is not read for it.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from summarizer.quantities.units import unit_kind
from summarizer.report.charts import Bars, Line, Point, bars_of, line_of
from summarizer.store.intake import POSITIONS
from summarizer.store.lookup import NOT_GONE, set_gone_aside
from summarizer.value import OK_VERDICTS, Value

ROWS: Final = 1000
"""Articles on one page of the index; a table of 20,000 takes a browser seconds to lay out."""
_UNITS: Final = 8
_TRENDS: Final = 6
"""Small charts of a park's metric."""
_WEIGHED: Final = 200
"""Pairs of park and metric whose points are looked at to find those."""
_LIKE: Final = 0.1
"""How far the lengths of periods on one line may differ: a half-year and a year are no two points of one line."""


class Choice(Value):
    """Which articles of a store are wanted; what is None does not matter."""

    park: str | None = None
    """Name of a park that the brief lists."""
    status: str | None = None
    period: str | None = None
    """As the article prints the brief's period, or the beginning of its first day: 2024, 2024-01."""


class Row(Value):
    """An article in the list."""

    id: int
    title: str | None
    path: str
    published: str | None
    status: str
    park: str | None
    period: str | None
    numbers: int
    flagged: int
    unreported: int
    contradictions: int


class Trend(NamedTuple):
    """What one metric of a park did over its periods."""

    park: str
    metric: str
    unit: str | None
    line: Line


class Overview(NamedTuple):
    """The index of a store, or one page of it."""

    name: str
    """The store's file name."""
    total: int
    """Articles chosen."""
    statuses: Bars
    units: Bars
    kinds: Bars
    trends: tuple[Trend, ...]
    rows: tuple[Row, ...]
    first: int
    """Place of the first of `rows` among all, from 1; 0 where there are none."""
    parks: tuple[str, ...]
    """Of the rows, those with most first."""
    periods: tuple[str, ...]
    pages: int
    page: int
    """From 1."""
    single: bool
    """Whether the briefs stand on the same page."""


class Chosen(NamedTuple):
    """The articles chosen, set aside in a temporary table of the connection."""

    total: int
    pages: int


def choose(db: sqlite3.Connection, choice: Choice) -> Chosen:
    """Set the wanted articles aside, the most doubtful first; all else here reads what is set aside.

    Flagged briefs come before others; then count flagged numbers, contradictions, what is left out. Takes a connection
    in a `snapshot`, and may be called once in it. Raises sqlite3.Error.
    """
    set_gone_aside(db)
    db.execute("DROP TABLE IF EXISTS temp.chosen")
    db.execute("CREATE TEMP TABLE chosen (place INTEGER PRIMARY KEY, article_id INTEGER NOT NULL UNIQUE)")
    done = db.execute(
        "INSERT INTO temp.chosen (article_id) SELECT b.article_id FROM briefs b"
        f" WHERE b.article_id / {POSITIONS} {NOT_GONE} AND (:status IS NULL OR b.status = :status)"
        " AND (:park IS NULL OR b.park = :park"
        "  OR b.article_id IN (SELECT article_id FROM parks WHERE name = :park))"
        " AND (:period IS NULL OR b.period = :period OR substr(b.period_start, 1, length(:period)) = :period)"
        " ORDER BY b.status <> 'flagged', b.flagged DESC, b.contradictions DESC, b.unreported DESC, b.article_id",
        choice.model_dump(),
    )
    return Chosen(done.rowcount, max(1, -(-done.rowcount // ROWS)))


def overview_of(db: sqlite3.Connection, name: str, chosen: Chosen, *, page: int = 1, single: bool = False) -> Overview:
    """Return a page of the index; charts stand on the first alone. Raises sqlite3.Error."""
    rows = tuple(_rows(db, page))
    first = page == 1
    units = _units(db) if first else Counter[str]()
    return Overview(
        name=name,
        total=chosen.total,
        statuses=bars_of(_statuses(db) if first else {}),
        units=bars_of(dict(units.most_common(_UNITS))),
        kinds=bars_of(dict(_kinds(units).most_common())),
        trends=tuple(_trends(db)) if first else (),
        rows=rows,
        first=(page - 1) * ROWS + 1 if rows else 0,
        parks=_common(row.park for row in rows),
        periods=_common(row.period for row in rows),
        pages=chosen.pages,
        page=page,
        single=single,
    )


def _common(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(name for name, _ in Counter(name for name in names if name).most_common())


def _rows(db: sqlite3.Connection, page: int) -> Iterator[Row]:
    found = db.execute(
        "SELECT a.id, a.title, d.path, coalesce(a.published, d.published), b.status, b.park, b.period, b.numbers,"
        " b.flagged, b.unreported, b.contradictions"
        " FROM temp.chosen c CROSS JOIN briefs b ON b.article_id = c.article_id"
        " CROSS JOIN articles a ON a.id = b.article_id CROSS JOIN documents d ON d.id = a.document_id"
        " WHERE c.place > ? ORDER BY c.place LIMIT ?",
        ((page - 1) * ROWS, ROWS),
    )
    for row in found:
        yield Row.model_construct(**dict(zip(Row.model_fields, row, strict=True)))


def _statuses(db: sqlite3.Connection) -> dict[str, int]:
    """Return the articles by the status of their brief, and how many of the store have none."""
    counts = dict(
        db.execute(
            "SELECT status, count(*) FROM briefs WHERE +article_id IN (SELECT article_id FROM temp.chosen) GROUP BY 1"
        )
    )
    [without] = db.execute(
        f"SELECT count(*) FROM articles WHERE id / {POSITIONS} {NOT_GONE} AND state <> 'done'"
        " AND id NOT IN (SELECT article_id FROM briefs)"
    ).fetchone()
    known = {name: counts[name] for name in ("verified", "flagged", "failed") if name in counts}
    return known | ({"unread": without} if without else {})


_CHOSEN: Final = "numbers WHERE article_id IN (SELECT article_id FROM temp.chosen)"
"""The numbers of the chosen articles, in the order in which they lie: by doubt, they take twice as long to read."""


def _units(db: sqlite3.Connection) -> Counter[str]:
    return Counter(dict(db.execute(f"SELECT coalesce(unit, ''), count(*) FROM {_CHOSEN} GROUP BY 1")))


def _kinds(units: Counter[str]) -> Counter[str]:
    kinds: Counter[str] = Counter()
    for unit, count in units.items():
        kinds[_kind(unit)] += count
    return kinds


def _kind(unit: str) -> str:
    """Return the kind of number that a brief's unit makes."""
    if len(unit) == 3 and unit.isascii() and unit.isupper():  # ISO 4217
        return "money"
    if unit in ("percentage_point", "basis_point"):
        return "percentage_point"
    return unit_kind(unit)[1] if unit else "none"


_PROVED: Final = ", ".join(f"'{verdict}'" for verdict in sorted(OK_VERDICTS))
_TOLD: Final = (
    f"{_CHOSEN} AND park IS NOT NULL AND period_start IS NOT NULL AND period_end IS NOT NULL AND value IS NOT NULL"
    f" AND status = 'actual' AND verdict IN ({_PROVED})"
)
"""Proved numbers of a park and of days that are known. What is aimed at or foreseen is another line than what was
reached."""
_PLACES: Final = 100_000
"""More than a brief has numbers: article and place are one integer, of which the greatest is the last."""
_PAIRS: Final = (
    "SELECT park, metric, unit, group_concat(last) FROM ("
    f"SELECT park, metric, unit, count(*) AS times, max(article_id * {_PLACES} + position) AS last FROM {_TOLD}"
    " GROUP BY park, metric, unit, period_start, period_end)"
    " GROUP BY 1, 2, 3 HAVING count(*) > 1 ORDER BY count(*) DESC, sum(times) DESC, 1, 2, 3 LIMIT ?"
)
"""The numbers are sorted once: a second reading of them for the points of the pairs takes as long as the first."""


def _trends(db: sqlite3.Connection) -> Iterator[Trend]:
    """Yield the pairs of park and metric that are told of most periods of one length."""
    found = [
        Trend(park, metric, unit, line)
        for park, metric, unit, places in db.execute(_PAIRS, (_WEIGHED,)).fetchall()
        if (line := line_of(_alike(_points(db, places)))) is not None
    ]
    found.sort(key=lambda trend: (-len(trend.line.dots), trend.park, trend.metric, trend.unit or ""))
    yield from _various(found)[:_TRENDS]


def _various(trends: list[Trend]) -> list[Trend]:
    """Return trends with the first of each park before the second of any."""
    seen: Counter[str] = Counter()
    turns = []
    for trend in trends:
        turns.append(seen[trend.park])
        seen[trend.park] += 1
    return [trend for _, trend in sorted(zip(turns, trends, strict=True), key=lambda pair: pair[0])]


def _points(db: sqlite3.Connection, places: str) -> list[Point]:
    """Return the numbers of a pair, one of each period: where articles differ, that of the last one."""
    points = []
    for place in places.split(","):
        start, end, value, text, period = db.execute(
            "SELECT period_start, period_end, value, text, period FROM numbers WHERE article_id = ? AND position = ?",
            divmod(int(place), _PLACES),
        ).fetchone()
        points.append(Point(date.fromisoformat(start), date.fromisoformat(end), Decimal(value), text, period or ""))
    return sorted(points)


def _alike(points: Iterable[Point]) -> list[Point]:
    """Return the points of the commonest length of period."""
    lengths: defaultdict[int, list[Point]] = defaultdict(list)
    for point in points:
        days = (point.end - point.start).days + 1
        known = next((length for length in lengths if abs(length - days) <= _LIKE * length), days)
        lengths[known].append(point)
    return max(lengths.values(), key=len, default=[])
