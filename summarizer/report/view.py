"""What is shown of a brief and its article: plain values, in the order in which they are shown.

Pure, and knows nothing of HTML, so that pages and desks show the same items in the same order with the same marks.
"""

from collections.abc import Mapping
from functools import cached_property
from itertools import groupby

from summarizer.brief import Brief
from summarizer.report.evidence import evidence_segments
from summarizer.report.items import items_of
from summarizer.report.segments import Cover, segments_of
from summarizer.report.shown import Grade, Item, Segment
from summarizer.value import OK_VERDICTS, Value, Verdict

__all__ = ["BriefView", "Item", "Segment", "SummaryPart", "view_of"]


class SummaryPart(Value):
    """A stretch of the summary; a number has its verdict."""

    text: str
    verdict: Verdict | None = None
    path: str | None = None
    """The item that tells the same number, where one does."""

    @property
    def wrong(self) -> bool:
        """Whether it is a number that the check objects to."""
        return self.verdict is not None and self.verdict not in OK_VERDICTS


class BriefView(Value):
    """A brief and its article, ready to be shown."""

    brief: Brief
    items: tuple[Item, ...]
    """Flagged ones first, then what was left out, then contradictions, then the rest in the order of the text."""
    segments: tuple[Segment, ...]
    """The article in reading order; without the article's text the sentences of evidence."""
    summary: tuple[SummaryPart, ...]
    missing: str | None = None
    """Why there is no article to show, in one line; None where there is one."""
    origin: str | None = None
    """Where it comes from, for people: a document's path."""

    @cached_property
    def by_path(self) -> Mapping[str, Item]:
        """The items by their paths."""
        return {item.path: item for item in self.items}

    @property
    def groups(self) -> list[tuple[Grade, list[Item]]]:
        """The items of each grade that there are, in the order in which they are shown."""
        return [(grade, list(items)) for grade, items in groupby(self.items, lambda item: item.grade)]

    @property
    def title(self) -> str | None:
        """The article's headline."""
        return self.brief.source.title

    @property
    def parks(self) -> tuple[str, ...]:
        """The parks that it is about, else all that it names."""
        subjects = tuple(park.name for park in self.brief.parks if park.role == "subject")
        return subjects or tuple(park.name for park in self.brief.parks)

    def count(self, *grades: Grade) -> int:
        """Return how many items have one of these grades."""
        return sum(item.grade in grades for item in self.items)


def view_of(brief: Brief, text: str | None, *, missing: str | None = None, origin: str | None = None) -> BriefView:
    """Return what is shown of a brief whose document reads `text`; None where that is not to be had, as `missing` says.

    Spans that the text does not have are left out, so a brief of any origin can be shown. Takes time that grows as
    n log n with the items.
    """
    items = items_of(brief, text)
    if text is None:
        segments = evidence_segments(brief, items)
    else:
        covers = [Cover(span.start, span.end, item.path, item.rank) for item in items for span in item.spans]
        segments = segments_of(text, brief.source.ranges, covers)
    return BriefView(
        brief=brief,
        items=items,
        segments=segments,
        summary=tuple(_summary(brief, items)),
        missing=(missing or "the article's text is not at hand") if text is None else None,
        origin=origin or brief.source.path,
    )


def _summary(brief: Brief, items: tuple[Item, ...]) -> list[SummaryPart]:
    """Return the summary cut at its numbers, which it holds in their order."""
    prose, at = brief.summary.text, 0
    paths = {item.text: item.path for item in reversed(items) if item.kind == "number"}
    parts: list[SummaryPart] = []
    for number in brief.summary.numbers:
        found = prose.find(number.text, at) if number.text else -1
        if found < 0:
            continue
        if found > at:
            parts.append(SummaryPart(text=prose[at:found]))
        parts.append(SummaryPart(text=number.text, verdict=number.verdict, path=paths.get(number.text)))
        at = found + len(number.text)
    if at < len(prose):
        parts.append(SummaryPart(text=prose[at:]))
    return parts
