"""What the survey of a run on Ray costs: `python -m bench.survey [ROWS]`; needs no Ray.

CPU time an article, beside that of briefing it by the rules; then time and memory of the driver for a survey of so many
rows (a million), a fifth of which share their marks with another, and a tenth of them their content.
"""

import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.archive.articles import write_archive
from summarizer.archive.telling import marks_of, same_telling
from summarizer.cluster.desk import Begun
from summarizer.cluster.earlier import Earlier, earlier_of, put_aside
from summarizer.cluster.gather import errands_of, run_errand, together
from summarizer.cluster.kinship import groups_in
from summarizer.cluster.parts import File, Part, parts_of
from summarizer.cluster.reading import ReadingTold, Watcher
from summarizer.cluster.repeats import links_of_groups, links_without_texts, printings_of
from summarizer.cluster.shelf import opened_shelf
from summarizer.cluster.survey import ARTICLE, PartSurvey, SurveyTold, stream_of, survey_of, survey_part
from summarizer.extract.rules import RulesExtractor
from summarizer.pages import articles_of
from summarizer.pipeline import brief_with
from summarizer.read import read_documents
from summarizer.settings import Settings

_ARTICLES = 4_000
_PART = 10_000
_NOBODY = Watcher(lambda _: Begun(0, None), lambda *_: None, lambda *_: True, lambda _: None)


def of_articles() -> None:
    """Print what reading, marks and comparison take."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "a.jsonl"
        write_archive(archive, _ARTICLES, 5)
        parts = parts_of([str(archive)], []).parts
        documents, read = _timed(lambda: list(read_documents(archive)))
        _, marks = _timed(lambda: [marks_of(document.text) for document in documents])
        told = SurveyTold(ReadingTold(None, None), "auto")
        found, whole = _timed(lambda: [survey_part(part, told, lambda item: item, _NOBODY) for part in parts])
        survey = survey_of(parts, found)
        groups = printings_of(survey, groups_in(survey.rows), _nothing_earlier())
        bucket_of = {one.row: 0 for group in groups.mixed for one in group}
        errands = list(errands_of(survey, parts, bucket_of))
        shares, fetched = _timed(lambda: [run_errand(errand, 1, told.reading)[0] for errand in errands])
        links, compared = _timed(lambda: links_of_groups(groups.mixed, together(shares)))
        settings = Settings(extractor="rules")
        few = [articles_of(document, "none")[0] for document in documents[:200]]
        _, checked = _timed(lambda: [brief_with(article, RulesExtractor(), settings) for article in few])
    print(
        f"survey: {1000 * whole / _ARTICLES:.2f} ms an article (reading {1000 * read / _ARTICLES:.2f}, marks", end=" "
    )
    print(f"{1000 * marks / _ARTICLES:.2f}); the brief by the rules: {1000 * checked / len(few):.1f} ms")
    print(
        f"of {_ARTICLES:,} articles, every fifth a reprint, {len(bucket_of):,} are compared: {len(links):,} links;",
        end=" ",
    )
    print(
        f"fetched in {fetched:.2f} s, compared in {compared:.2f} s ({1000 * compared / len(links):.1f} ms a repeat);",
        end=" ",
    )
    alone = _timed(lambda: same_telling(few[0].text, few[1].text))[1]
    print(f"two that are unlike: {1000 * alone:.2f} ms")


def _nothing_earlier() -> Earlier:
    with tempfile.TemporaryDirectory() as folder:
        return earlier_of(opened_shelf(folder), "none")


def of_rows(count: int) -> None:
    """Print what a survey of so many rows takes of the driver."""
    rng, empty = random.Random(7), _peak()
    parts = [Part(first // _PART, (File(str(first), str(first), 1),)) for first in range(0, count, _PART)]
    surveys = [_made(part.number, rng) for part in parts]
    returned = sum(len(one.rows) for one in surveys)
    survey, put = _timed(lambda: survey_of(parts, surveys))
    del surveys[:]
    groups, grouped = _timed(lambda: groups_in(survey.rows))
    (links, mixed), looked = _timed(lambda: links_without_texts(survey, groups, _nothing_earlier()))
    members = sum(map(len, groups))
    put_aside(survey, _nothing_earlier(), [group[1] for group in groups])
    rows = len(survey.rows)
    print(
        f"{rows:,} rows: {survey.rows.nbytes / rows:.0f} bytes each; put together in {put:.1f} s, grouped in", end=" "
    )
    print(f"{grouped:.1f} s, {len(groups):,} groups of {members:,}, looked up in {looked:.1f} s;", end=" ")
    print(f"{len(mixed):,} of them to be compared, {len(links):,} links known")
    each = (_peak() - empty) / rows
    print(
        f"memory of the driver at most: {each:.0f} bytes a row, {returned / rows:.0f} of them what the parts returned"
    )


def _made(part: int, rng: random.Random) -> PartSurvey:
    kept: list[tuple[Any, ...]] = []
    for _ in range(_PART):
        keys = rng.randbytes(16), rng.randbytes(16)
        marks: Sequence[int] = sorted(rng.getrandbits(63) for _ in range(4))
        content = rng.getrandbits(62), rng.getrandbits(62)
        if kept and rng.random() < 0.2:
            again = rng.choice(kept)
            marks, content = again[10], (again[8], again[9]) if rng.random() < 0.1 else content
        kept.append((part, *keys, ARTICLE, False, False, 650, 1, *content, marks))
    return PartSurvey(part, stream_of(kept), (), (), whole=True)


def _timed(call: Any) -> tuple[Any, float]:  # noqa: ANN401 - any function
    started = time.process_time()
    return call(), time.process_time() - started


def _peak() -> int:
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    of_rows(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
    of_articles()
