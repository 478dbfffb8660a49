"""Surveys of small archives, and runs as a cluster does them in passes, without Ray."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from summarizer.article import Document
from summarizer.cluster.again import Past
from summarizer.cluster.earlier import earlier_of, keep_gone, put_aside
from summarizer.cluster.finished import is_among, known_of, sorted_keys
from summarizer.cluster.gather import bucketed, errands_of, run_errand, together
from summarizer.cluster.kinship import groups_in
from summarizer.cluster.parts import parts_of
from summarizer.cluster.printings import Link
from summarizer.cluster.reading import LeftOf, ReadingTold, read_part
from summarizer.cluster.repeats import (
    Outcomes,
    held_in,
    links_of_groups,
    links_without_texts,
    printings_of,
    repeat_chunks,
)
from summarizer.cluster.shelf import Shelf
from summarizer.cluster.survey import (
    Survey,
    SurveyTold,
    survey_of,
    survey_part,
)
from tests.archives import news
from tests.clusters import RECIPE, brief_chunk, watcher, whole

NEAR = news(1, lead="本报讯（记者 王明）")
"""Another printing of article 1."""
READING = ReadingTold(None, None)


def surveyed(source: Path, left_of: LeftOf = whole, *, counts: bool = False, read: Any = None) -> Survey:  # noqa: ANN401
    parts = parts_of([str(source)], []).parts
    told = SurveyTold(ReadingTold(None, None, read), "auto", counts)
    return survey_of(parts, [survey_part(part, told, left_of, watcher()) for part in parts])


def linked(source: Path, shelf: Shelf, survey: Survey) -> list[Link]:
    """Return the links of a survey, as the passes on Ray find them."""
    earlier = earlier_of(shelf, RECIPE)
    found, mixed = links_without_texts(survey, groups_in(survey.rows), earlier)
    buckets = bucketed(mixed, lambda group: group, survey)
    bucket_of = {row: at for at, some in enumerate(buckets) for group in some for row in group}
    for some, items in zip(buckets, brought(source, survey, bucket_of, len(buckets)), strict=True):
        found += links_of_groups(printings_of(survey, some, earlier).mixed, items)
    return sorted(found, key=lambda link: (link.original, link.row))


def brought(source: Path, survey: Survey, bucket_of: Mapping[int, int], count: int) -> list[dict[int, Any]]:
    if not bucket_of:
        return []
    errands = errands_of(survey, parts_of([str(source)], []).parts, bucket_of)
    shares = [run_errand(errand, count, READING) for errand in errands]
    return [together(some[bucket] for some in shares) for bucket in range(count)]


def documents(source: Path) -> list[Document]:
    parts = parts_of([str(source)], []).parts
    chunks = [chunk for part in parts for chunk in read_part(part, READING, whole, watcher())]
    return [item.found for chunk in chunks for item in chunk.items if isinstance(item.found, Document)]


def not_among(keys: Any, past: Past) -> LeftOf:  # noqa: ANN401 - a pyarrow array
    return lambda item: None if is_among(keys, item.key) else past.left_of(item)


def brief_all(source: Path, shelf: Shelf, run: int = 1) -> list[Link]:
    """Do what a run does; return what repeated what."""
    earlier = earlier_of(shelf, RECIPE)
    known = known_of(shelf, RECIPE, None)
    past = Past(shelf, known)
    survey = surveyed(source, past.left_of)
    keep_gone(shelf, RECIPE, earlier, survey)
    links = linked(source, shelf, survey)
    aside = put_aside(survey, earlier, [link.row for link in links])
    for part in parts_of([str(source)], []).parts:
        if part.number in aside.parts:
            for chunk in read_part(
                part, READING, not_among(aside.keys, past), watcher(), aside.copies.get(part.number, frozenset())
            ):
                brief_chunk(shelf, chunk, run=run)
    if links:
        rows = {row for link in links for row in (link.row, link.original)}
        (items,) = brought(source, survey, dict.fromkeys(rows, 0), 1)
        names = [name for name in shelf.names("briefs") if name.endswith(".parquet")]
        originals = survey.rows["document_key"].take([link.original for link in links]).to_pylist()
        held = held_in(shelf, names, sorted_keys(key.hex() for key in originals))
        for chunk in repeat_chunks(links, items, Outcomes(shelf, held)):
            brief_chunk(shelf, chunk, run=run)
    return links
