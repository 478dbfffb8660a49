"""One self-contained page of briefs: it needs no network and no other file, and prints."""

from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, NamedTuple

from summarizer.report.rendering import template
from summarizer.report.view import BriefView
from summarizer.value import Value

if TYPE_CHECKING:
    from summarizer.report.index import Overview


class Choices(NamedTuple):
    """What the items of a view can be filtered by."""

    parks: tuple[str, ...]
    periods: tuple[str, ...]


class Listed(Value):
    """A brief in the list at the side."""

    key: str
    title: str | None
    status: str
    doubts: int
    """Items to look at: flagged, left out, contradictions."""
    parks: tuple[str, ...]


class Section(NamedTuple):
    """A brief with the name that its part of the page bears."""

    key: str
    """Letters, digits and hyphens; unlike that of any other part."""
    view: BriefView

    @property
    def listed(self) -> Listed:
        """The line in the list at the side."""
        view = self.view
        doubts = view.count("error", "warning", "unreported", "contradiction")
        return Listed(key=self.key, title=view.title, status=view.brief.check.status, doubts=doubts, parks=view.parks)


def sections_of(views: Iterable[BriefView]) -> list[Section]:
    """Return views with keys in their order."""
    return [Section(str(place), view) for place, view in enumerate(views, start=1)]


def choices_of(sections: Iterable[Section]) -> Choices:
    """Return the parks and the periods of the items, in the order in which they first stand."""
    parks: dict[str, None] = {}
    periods: dict[str, None] = {}
    for section in sections:
        parks.update(dict.fromkeys(section.view.parks))
        for item in section.view.items:
            if item.park:
                parks[item.park] = None
            if item.period is not None:
                periods[item.period.text] = None
    return Choices(tuple(parks), tuple(periods))


def write_page(
    views: Iterable[BriefView], stream: IO[str], *, overview: "Overview | None" = None, back: str | None = None
) -> None:
    """Write a page of briefs to `stream`; `overview` stands before them, `back` is the address of a page of more."""
    sections = sections_of(views)
    for part in rendered(sections, overview=overview, back=back):
        stream.write(part)


def rendered(
    sections: Sequence[Section], *, overview: "Overview | None" = None, back: str | None = None
) -> Iterable[str]:
    """Yield the page's text in parts."""
    return template("page.html").generate(sections=sections, choices=choices_of(sections), overview=overview, back=back)
