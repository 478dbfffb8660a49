"""The passes of a run: a survey of the archive, a look at what may repeat something, briefing, tables.

    survey ──columns──▶ driver ──groups──▶ compare ──links──▶ brief all but repeats ──▶ brief repeats ──▶ tables

Where nothing repeats anything, and where nothing is to do, the passes in the middle do not take place.
"""

import pickle
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Any, cast

from summarizer.archive.progress import Progress
from summarizer.archive.survey import Forecast, reckoned
from summarizer.cluster.again import Past
from summarizer.cluster.briefing import reader_of, repeater_of, sent, through_briefers
from summarizer.cluster.earlier import Earlier, earlier_of, keep_gone, put_aside, usual_of
from summarizer.cluster.finished import Known
from summarizer.cluster.flat import FOLDER, drop_old, groups_of, is_made, make_tables
from summarizer.cluster.gather import Share, bucketed, together
from summarizer.cluster.kinship import groups_in
from summarizer.cluster.parts import Part
from summarizer.cluster.prepared import RETRIES, Prepared, watcher_of
from summarizer.cluster.printings import Link, Printing
from summarizer.cluster.repeats import (
    links_of_groups,
    links_without_texts,
    printings_of,
)
from summarizer.cluster.survey import PartSurvey, Survey, SurveyTold, ahead_in, survey_of, survey_part
from summarizer.prices import Prices


def briefed(prepared: Prepared) -> Iterator[int]:
    """Do all that is to be done; yield, chunk by chunk, how many documents it has."""
    earlier = earlier_of(prepared.shelf, prepared.recipe)
    known = prepared.ray.put(prepared.known)
    survey = _surveyed(prepared, known, counts=False)
    if not survey.whole:
        return
    keep_gone(prepared.shelf, prepared.recipe, earlier, survey)
    links = _linked(prepared, survey, earlier)
    aside = put_aside(survey, earlier, [link.row for link in links])
    prepared.call("split", -aside.counted)
    parts = [
        pickle.dumps((part, aside.copies.get(part.number, frozenset())))
        for part in prepared.found.parts
        if part.number in aside.parts
    ]
    if parts and not prepared.stopped:  # links that a stop has cut short would have repeats drafted
        yield from through_briefers(prepared, parts, reader_of(prepared, known, aside.keys, survey))
    if links and not prepared.stopped:
        tasks, read = repeater_of(prepared, survey, links)
        if not prepared.stopped:
            yield from through_briefers(prepared, tasks, read)


def foretold(prepared: Prepared, prices: Prices | None, *, asks: bool) -> Forecast:
    """Return what a run would do; nobody is asked, and nothing is written."""
    earlier = earlier_of(prepared.shelf, prepared.recipe)
    survey = _surveyed(prepared, prepared.ray.put(prepared.known), counts=True)
    links = _linked(prepared, survey, earlier)
    ahead = ahead_in(survey, [link.row for link in links])
    seen = cast("Progress", prepared.call("progress")).seen
    for trouble in prepared.found.troubles:
        seen = seen.with_trouble(trouble)
    seen = seen._replace(articles=ahead.articles, repeats=len(links), skipped=prepared.found.skipped)
    if not asks:
        return Forecast(seen, ahead.drafts, 0, 0, None, None, 0)
    return reckoned(seen, ahead.drafts, ahead.chars, usual_of(prepared.shelf, prepared.recipe), prices)


def make_all_tables(prepared: Prepared, lost: Callable[[], bool]) -> None:
    """Make what is missing of the tables, on all workers; then take away what they replace.

    Nothing more is written or taken away once the output is `lost` to another run.
    """
    shelf = prepared.shelf
    if lost():
        return
    groups = groups_of(shelf, prepared.recipe)
    there = set(shelf.names(FOLDER))
    make = prepared.ray.remote(make_tables)
    missing = (group for group in groups if not is_made(there, group))
    for _ in prepared.done(make.remote(shelf, group) for group in takewhile(lambda _: not lost(), missing)):
        pass
    if not lost():
        drop_old(shelf, groups)


def _surveyed(prepared: Prepared, known: Any, *, counts: bool) -> Survey:  # noqa: ANN401 - a promise of Ray's
    ray, desk = prepared.ray, prepared.desk
    shelf = prepared.shelf
    told = SurveyTold(prepared.reading, prepared.briefers.settings.split, counts)

    def read(part: Part, known: Known) -> PartSurvey:
        return survey_part(part, told, Past(shelf, known).left_of, watcher_of(desk))

    task = ray.remote(read).options(max_retries=RETRIES)
    parts = prepared.found.parts
    return survey_of(parts, prepared.done(task.remote(part, known) for part in prepared.until_stopped(parts)))


def _linked(prepared: Prepared, survey: Survey, earlier: Earlier) -> list[Link]:
    """Return what repeats what, in the order of the originals."""
    ray = prepared.ray
    links, mixed = links_without_texts(survey, groups_in(survey.rows), earlier)
    if mixed and not prepared.stopped:
        members = bucketed(mixed, lambda group: group, survey)
        shares = sent(prepared, survey, {row: at for at, some in enumerate(members) for group in some for row in group})

        def compare(some: list[list[Printing]], *brought: Share) -> list[Link]:
            return links_of_groups(some, together(brought))

        task = ray.remote(compare)
        calls = (
            task.remote(printings_of(survey, some, earlier).mixed, *lies)
            for some, lies in prepared.until_stopped(zip(members, shares, strict=True))
        )
        for found in prepared.done(calls):
            links += found
    prepared.call("linked", len(links))
    return sorted(links, key=lambda link: (link.original, link.row))
