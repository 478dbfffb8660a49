"""All articles together: the figures with their intervals, the verdicts, and every article's score."""

from collections.abc import Mapping, Sequence

from summarizer.evaluate.bootstrap import draws, interval_of, share
from summarizer.evaluate.briefs import OneBrief
from summarizer.evaluate.gold_files import Case
from summarizer.evaluate.score import ArticleScore, score_article
from summarizer.evaluate.tally import FIGURES, Verdicts
from summarizer.value import Value


class Figure(Value):
    """A share over all articles."""

    name: str
    title: str
    good: int
    of: int
    share: float | None
    """Null where there is nothing to be right."""
    low: float | None
    """Lower end of the 95 % interval by the bootstrap over articles; null where all articles agree."""
    high: float | None


class Report(Value):
    """How good briefs are, by gold."""

    articles: int
    briefed: int
    """Articles that have a brief."""
    placed: int
    """Articles whose numbers were compared by their places."""
    figures: tuple[Figure, ...]
    verdicts: Verdicts
    scores: tuple[ArticleScore, ...]

    def figure(self, name: str) -> Figure:
        """Return the figure of a name."""
        return next(figure for figure in self.figures if figure.name == name)


def evaluate(cases: Sequence[Case], briefs: Mapping[str, OneBrief]) -> Report:
    """Return how good `briefs`, by the id of their gold, are; gold without brief counts as missed."""
    return report_of([score_article(case, briefs.get(case.id)) for case in cases])


def report_of(scores: Sequence[ArticleScore]) -> Report:
    """Return what the scores of articles come to."""
    drawn = draws(len(scores))
    figures = []
    for name, title in FIGURES.items():
        counts = [score.counts[name] for score in scores]
        within = interval_of(counts, drawn)
        figures.append(
            Figure(
                name=name,
                title=title,
                good=sum(count.good for count in counts),
                of=sum(count.of for count in counts),
                share=share(counts),
                low=within and within.low,
                high=within and within.high,
            )
        )
    verdicts = Verdicts()
    for score in scores:
        verdicts = verdicts.plus(score.verdicts)
    return Report(
        articles=len(scores),
        briefed=sum(score.brief == "read" for score in scores),
        placed=sum(score.placed for score in scores),
        figures=tuple(figures),
        verdicts=verdicts,
        scores=tuple(scores),
    )
