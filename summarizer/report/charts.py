"""The geometry of the index's small charts: where bars, dots and lines stand. The template draws them as inline SVG."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

WIDTH: Final = 420
_ROW: Final = 22
_NAMES, _COUNTS = 116, 64
"""Room for the names at the left of bars, and for the counts at their right: 1,000,000."""
_HEIGHT: Final = 120
_MARGIN: Final = 34
_LABEL_ROOM: Final = 72
"""Between two labels: the width of 31860.5亿元."""


class Bar(NamedTuple):
    """A horizontal bar."""

    name: str
    number: int
    y: int
    x: int
    width: int


class Bars(NamedTuple):
    """A chart of bars."""

    bars: tuple[Bar, ...]
    height: int


class Point(NamedTuple):
    """A number of a period."""

    start: date
    end: date
    value: Decimal
    text: str
    """As printed."""
    period: str
    """As printed."""


class Dot(NamedTuple):
    """A number of a period: a bar as long as the period, and a dot at its end."""

    x_start: float
    x: float
    y: float
    label: str
    """Empty where there is no room."""
    title: str
    anchor: str
    """Where the label is held: start, middle, end."""


class Line(NamedTuple):
    """A chart of numbers over time."""

    dots: tuple[Dot, ...]
    path: str
    """Points of the line that joins them."""
    first_day: str
    last_day: str
    height: int


def bars_of(counts: Mapping[str, int]) -> Bars:
    """Return bars in the order of `counts`; the longest takes all the room."""
    most = max(counts.values(), default=1) or 1
    room = WIDTH - _NAMES - _COUNTS
    bars = tuple(
        Bar(name, count, place * _ROW, _NAMES, max(1, round(room * count / most)))
        for place, (name, count) in enumerate(counts.items())
    )
    return Bars(bars, len(bars) * _ROW)


def _labelled(points: Sequence[Point], places: Sequence[float]) -> set[int]:
    """Return which dots have their number above them: the last, the first, the extremes, then all that find room."""
    by_value = sorted(range(len(points)), key=lambda place: points[place].value)
    told: list[int] = []
    for place in (len(points) - 1, 0, by_value[-1], by_value[0], *range(len(points))):
        if all(abs(places[place] - places[other]) >= _LABEL_ROOM for other in told):
            told.append(place)
    return set(told)


def line_of(points: Sequence[Point]) -> Line | None:
    """Return the chart of points in the order of time; None where there are not two."""
    if len(points) < 2:
        return None
    first, last = min(point.start for point in points), max(point.end for point in points)
    low, high = min(point.value for point in points), max(point.value for point in points)
    days = max(1, (last - first).days)

    def x(day: date) -> float:
        return round(_MARGIN + (WIDTH - 2 * _MARGIN) * (day - first).days / days, 1)

    def y(value: Decimal) -> float:
        part = (value - low) / (high - low) if high > low else Decimal("0.5")
        return round(_HEIGHT - 30 - float(part) * (_HEIGHT - 56), 1)

    told = _labelled(points, [x(point.end) for point in points])
    dots = tuple(
        Dot(
            x_start=x(point.start),
            x=x(point.end),
            y=y(point.value),
            label=point.text if place in told else "",
            title=f"{point.period} ({point.start} – {point.end}): {point.text}",
            anchor="end" if place == len(points) - 1 else "middle",
        )
        for place, point in enumerate(points)
    )
    path = " ".join(f"{dot.x},{dot.y}" for dot in dots)
    return Line(dots, path, first.isoformat(), last.isoformat(), _HEIGHT)
