"""An extractor that answers from a script, for tests of what is said with one."""

from collections.abc import Sequence
from typing import Any

from summarizer.article import Article
from summarizer.brief import Brief
from summarizer.dialogue import brief_article
from summarizer.draft import Draft, DraftNumber
from summarizer.errors import ModelError
from summarizer.extract.extraction import Complaint, Extraction, Spent
from summarizer.pages import articles_of
from summarizer.read import document_from_text
from summarizer.value import Span
from tests.build import NEWS

RIGHT = DraftNumber(metric="签约项目", text="114个", park="西安高新区", period="上半年", status="actual", at=2)
WRONG = RIGHT.model_copy(update={"text": "141个"})
STILL_WRONG = RIGHT.model_copy(update={"text": "411个"})


def drafted(*numbers: DraftNumber) -> Draft:
    return Draft(about_park=True, parks=(), period=None, summary="", numbers=numbers, policies=(), quotes=())


def answered(draft: Draft, *, withdrawn: tuple[str, ...] = ()) -> Extraction:
    spent = Spent(attempts=1, prompt=100, completion=10, cached=50)
    return Extraction(
        draft=draft, extractor="model", model="m", mode="json", prompt="p@sha256:0", spent=spent, withdrawn=withdrawn
    )


class Scripted:
    """An extractor that answers from lists: the first draft, what the follow-up adds, what each re-ask brings."""

    def __init__(
        self,
        first: Draft,
        *repairs: Extraction | ModelError | None,
        adds: Sequence[DraftNumber] | ModelError | None = None,
    ) -> None:
        self.first = first
        self.repairs = list(repairs)
        self.adds = adds
        self.heard: list[list[Complaint]] = []
        self.left_out: list[list[str]] = []

    def extract(self, article: Article) -> Extraction:
        return answered(self.first)

    def repair(self, article: Article, draft: Draft, complaints: Sequence[Complaint]) -> Extraction | None:
        self.heard.append(list(complaints))
        repair = self.repairs.pop(0)
        if isinstance(repair, ModelError):
            raise repair
        return repair

    def complete(self, article: Article, draft: Draft, left_out: Sequence[Span]) -> Extraction | None:
        self.left_out.append([article.text[span.start : span.end] for span in left_out])
        if isinstance(self.adds, ModelError):
            raise self.adds
        if self.adds is None:
            return None
        return answered(draft.model_copy(update={"numbers": (*draft.numbers, *self.adds)}))


def briefed(extractor: Scripted, text: str = NEWS, **options: Any) -> Brief:  # noqa: ANN401 - what brief_article takes
    [news] = articles_of(document_from_text(text, published="2023-07-03"))
    return brief_article(news, extractor, **options)


def told(brief: Brief) -> list[str]:
    return [number.text for number in brief.numbers]
