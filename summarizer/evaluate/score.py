"""Counts what one brief has right of one article's gold, and keeps what it has wrong.

Numbers of gold that are `optional` are no loss where they are missing and no fault where they are told. An article
about no park asks for one thing, that the brief says so and reports no number; the other figures leave it out. A
brief that is missing has all of its article's gold missing.
"""

from typing import Literal

from summarizer.evaluate.briefs import OneBrief, Told
from summarizer.evaluate.gold_files import Case
from summarizer.evaluate.misses import Difference, Miss
from summarizer.evaluate.score_numbers import report_unrefused, score_numbers
from summarizer.evaluate.score_words import score_words
from summarizer.evaluate.tally import Count, Tally, Verdicts
from summarizer.value import Value


class ArticleScore(Value):
    """What a brief has right and wrong of one article."""

    id: str
    title: str | None
    brief: Literal["read", "missing"]
    placed: bool
    """Whether the numbers were compared by their places: gold's text is there, and is the one that was briefed."""
    counts: dict[str, Count]
    """Right, and of how many, by the figure's name."""
    verdicts: Verdicts
    misses: tuple[Miss, ...]


def score_article(case: Case, brief: OneBrief | None) -> ArticleScore:
    """Return what a brief has right and wrong of its article; None is a brief that is missing."""
    told = None if brief is None else brief.told
    placed = told is not None and _same_text(case, told)
    tally = Tally()
    _score_about(tally, case, told)
    if case.gold.about_park:
        score_numbers(tally, case, told, placed=placed)
        score_words(tally, case, told)
    else:
        tally.count("refusals", told is not None and not told.about_park and not told.numbers)
        if told is not None:
            report_unrefused(tally, case, told, placed=placed)
    return ArticleScore(
        id=case.id,
        title=case.gold.title,
        brief="missing" if told is None else "read",
        placed=placed and case.printed is not None,
        counts=tally.counts,
        verdicts=tally.verdicts,
        misses=tuple(tally.misses),
    )


def _same_text(case: Case, told: Told) -> bool:
    """Whether places of the brief are places of the text that gold speaks of."""
    if case.printed is not None:
        return told.source.document == case.printed.document
    return case.gold.source is not None and case.gold.source in (told.source.document, told.source.article)


def _score_about(tally: Tally, case: Case, told: Told | None) -> None:
    right = told is not None and told.about_park == case.gold.about_park
    tally.count("about", right)
    if not right:
        said = "no brief" if told is None else _about(told.about_park)
        parted = Difference(field="about", wanted=_about(case.gold.about_park), told=said)
        kind: Literal["missed", "wrong"] = "missed" if told is None else "wrong"
        words = case.gold.title or case.id
        tally.misses.append(Miss(kind=kind, item="article", words=words, differences=(parted,)))


def _about(park: bool) -> str:
    return "about a park" if park else "about no park"
