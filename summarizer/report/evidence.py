"""What stands in an article's place where its text is not to be had: the sentences that the brief itself quotes."""

from collections.abc import Sequence

from summarizer.brief import Brief
from summarizer.report.segments import Cover, segments_of
from summarizer.report.shown import Item, Segment
from summarizer.value import Span


def evidence_segments(brief: Brief, items: Sequence[Item]) -> tuple[Segment, ...]:
    """Return the numbers' sentences of evidence, a paragraph each, in the order of the article."""
    sentences = {number.evidence: number.sentence or 0 for number in reversed(brief.numbers) if number.evidence}
    by_evidence: dict[str, list[Item]] = {}
    for item in items:
        if item.evidence:
            by_evidence.setdefault(item.evidence, []).append(item)
    segments: list[Segment] = []
    for evidence in sorted(sentences, key=lambda words: (sentences[words], words)):
        if segments:
            segments.append(Segment(text="", start=None, role="paragraph"))
        found = segments_of(evidence, (Span(0, len(evidence)),), _covers(evidence, by_evidence[evidence]))
        segments.extend(segment.model_copy(update={"start": None}) for segment in found)
    return tuple(segments)


def _covers(evidence: str, items: Sequence[Item]) -> list[Cover]:
    """Return where the items' words stand in a sentence; of equal words the next place is the next item's."""
    covers: list[Cover] = []
    after: dict[str, int] = {}
    for item in sorted(items, key=lambda item: (item.spans[0] if item.spans else Span(0, 0), item.path)):
        start = evidence.find(item.text, after.get(item.text, 0)) if item.text else -1
        if start >= 0:
            after[item.text] = start + len(item.text)
            covers.append(Cover(start, start + len(item.text), item.path, item.rank))
    return covers
