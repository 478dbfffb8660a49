"""Fills stores by the store's own functions, for the tests of what people do with a store afterwards."""

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from summarizer import summarize
from summarizer.article import Document
from summarizer.brief import Brief
from summarizer.extract.rules import RulesExtractor
from summarizer.store import Store, intake, ledger, open_store, work
from summarizer.store.flatten import flatten
from summarizer.store.intake import NewArticle
from summarizer.store.ledger import Recipe, StoredAttempt
from summarizer.store.searchable import index_listed
from summarizer.store.work import Failure, Known
from summarizer.tables import Exported, Form, Wanted, export_tables
from tests.build import NEWS

STATUSES = ("verified", "flagged", "failed")


@cache
def brief_of(text: str = NEWS, status: str = "verified") -> Brief:
    """Return the brief that the rules make of a text, with a status of our choice."""
    [brief] = summarize(text, extractor=RulesExtractor(), published="2023-07-03")
    return brief.model_copy(update={"check": brief.check.model_copy(update={"status": status})})


class Filler:
    """Fills a store as a run does, article by article."""

    def __init__(self, path: Path, model: str | None = "qwen-plus", sources: str = '["news"]') -> None:
        self.path = path
        self.store: Store = open_store(path, create=True)
        with self.store.transaction() as db:
            self.recipe = ledger.find_recipe(db, Recipe(f"ask {model}", 1, "model" if model else "rules", model, "{}"))
            self.run = ledger.start_run(db, self.recipe, "0.1", sources, "{}")

    def __enter__(self) -> "Filler":
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def end(self, outcome: str = "finished") -> None:
        """End the run."""
        with self.store.transaction() as db:
            ledger.end_run(db, self.run, outcome)

    def input(self, path: str = "news") -> int:
        """Begin an input."""
        with self.store.transaction() as db:
            return intake.start_input(db, path, "reading", self.run)

    def document(
        self, path: str, texts: Sequence[str] = (NEWS,), *, outlet: str | None = None, given: int | None = None
    ) -> list[int]:
        """Put a document in with an article for each text; return the articles' ids."""
        whole = "\n\n".join(texts)
        digest = f"sha256:{hashlib.sha256(whole.encode()).hexdigest()}"
        document = Document(
            id=digest, path=path, media_type="text/plain", encoding="utf-8", text=whole, outlet=outlet,
            published="2023-07-03", published_from="text",
        )  # fmt: skip
        found = [
            NewArticle(place, None, len(text), hashlib.sha256(text.encode()).hexdigest(), (), None, text)
            for place, text in enumerate(texts, start=1)
        ]
        with self.store.transaction() as db:
            number, _ = intake.put_document(
                db, given or intake.start_input(db, "news", "r", self.run), document, self.run
            )
            return intake.put_articles(db, number, found, "split", lambda _, __: False) if found else []

    def brief(
        self,
        article: int,
        text: str = NEWS,
        *,
        status: str = "verified",
        title: str | None = "标题",
        brief: Brief | None = None,
    ) -> None:
        """Put an article's brief in."""
        known = Known(title, None, "2023-07-03", "zh-Hans", text)
        with self.store.transaction() as db:
            made = brief or brief_of(status=status)
            work.keep_brief(db, article, known, flatten(made), self.recipe, self.run)
            index_listed(db)

    def fail(
        self, article: int, kind: str = "refused", message: str = "the model declined", *, passing: bool = False
    ) -> None:
        """Note that an article, or with position 0 a document, failed."""
        with self.store.transaction() as db:
            document, position = divmod(article, intake.POSITIONS)
            work.keep_failure(db, document, position, Failure(kind, message, passing), self.recipe, self.run)

    def attempt(
        self, article: int, cost: str | None = None, currency: str | None = None, status: int | None = 200
    ) -> None:
        """Note a request."""
        amount = None if cost is None else Decimal(cost)
        one = StoredAttempt(*divmod(article, intake.POSITIONS), status, 1.0, 1000, 200, 100, amount, currency)
        with self.store.transaction() as db:
            ledger.keep_attempts(db, self.run, [one])

    def repeat(self, article: int, original: int, likeness: str = "near") -> None:
        """Say that an article repeats another."""
        with self.store.transaction() as db:
            db.execute("UPDATE articles SET same_as = ?, likeness = ? WHERE id = ?", (original, likeness, article))

    def lose(self, article: int) -> None:
        """Mark an article's document as gone."""
        with self.store.transaction() as db:
            db.execute("UPDATE documents SET gone = 1 WHERE id = ?", (article // intake.POSITIONS,))


def exported(filler: Filler, folder: Path, form: Form, wanted: Wanted = "all") -> Exported:
    """Export a store's tables into a folder."""
    return export_tables(filler.store, folder, form, wanted=wanted)
