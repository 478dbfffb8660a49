"""What every check over one article rests on, found once: a re-ask proves a second draft, not a second article."""

from functools import cached_property

from summarizer.article import Article
from summarizer.subjects import Subjects
from summarizer.verify.contradictions import find_contradictions
from summarizer.verify.evidence import Evidence
from summarizer.verify.labels import Labels
from summarizer.verify.parks import Parks
from summarizer.verify.periods import Periods
from summarizer.verify.places import Contradicted


class Grounds:
    """The evidence of one article with what is read from it when first asked for. Not shared between threads."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.evidence = Evidence(article)
        self.labels = Labels(self.evidence)

    @cached_property
    def periods(self) -> Periods:
        """Which period governs a number."""
        return Periods(self.evidence)

    @cached_property
    def subjects(self) -> Subjects:
        """Whose the numbers of a clause are."""
        return Subjects(self.article)

    @cached_property
    def parks(self) -> Parks:
        """Which park a number belongs to."""
        return Parks(self.evidence, self.subjects, self.labels.structure)

    @cached_property
    def contradictions(self) -> tuple[Contradicted, ...]:
        """Where the article contradicts itself, whatever a brief says of it."""
        return tuple(find_contradictions(self.evidence, self.labels))
