"""Small archives, an extractor that counts, and stores as plain rows, for tests of whole runs."""

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from summarizer.archive.archive import run_archive
from summarizer.archive.hall import Finished
from summarizer.archive.opening import Orders
from summarizer.article import Article
from summarizer.draft import Draft
from summarizer.extract.extraction import Complaint, Extraction, Spent
from summarizer.extract.rules import RulesExtractor
from summarizer.settings import Settings
from summarizer.value import Span

STORED = {
    "inputs": "path, size, state, reason",
    "unreadable": "input_id, reason",
    "documents": "id, path, hash, published, text, split, gone, claimed_by",
    "articles": "id, title, content, text, same_as, likeness, state, recipe_id, claimed_by",
    "marks": "*",
    "briefs": "article_id, status, park, period, summary, numbers, flagged, unreported, extractor, model",
    "parks": "*",
    "numbers": "*",
    "policies": "*",
    "quotes": "*",
    "findings": "*",
    "unreported AS u": "*",
    "contradictions": "*",
    "failures": "document_id, position, kind, message, passing",
}
"""What must be the same in a store however its runs were interrupted: all but times, runs and requests."""


def news(serial: int, *, headline: str | None = None, lead: str = "") -> str:
    """Return an article that no other serial number's repeats."""
    return (
        f"{headline or f'青岚高新区第{serial}期快报'}\n{lead}上半年，青岚高新区新签约项目{100 + serial}个，"
        f"总投资{serial}.{serial % 9 + 1}亿元。\n"
        f"截至6月底，全区规模以上工业企业{300 + 7 * serial}家，同比增长{serial % 50}.5%。\n"
        f"青岚高新区管委会主任林知远说：“今年要再引进{serial + 20}个项目，把创新生态建得更好。”"
    )


def lines(path: Path, texts: Sequence[str]) -> Path:
    """Write texts as JSON Lines."""
    rows = (
        json.dumps({"id": str(place), "text": text, "date": "2024-07-10"}, ensure_ascii=False)
        for place, text in enumerate(texts, start=1)
    )
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


class Counting:
    """An extractor that drafts by the rules, counts who asks, and lets a test interfere; threads may share it."""

    def __init__(self, interfere: Callable[[Article, int], None] | None = None) -> None:
        self.asked: Counter[str] = Counter()
        """Calls for each article, by its title."""
        self._interfere = interfere
        self._lock = threading.Lock()

    def extract(self, article: Article) -> Extraction:
        title = article.title or ""
        with self._lock:
            self.asked[title] += 1
            count = self.asked[title]
        if self._interfere is not None:
            self._interfere(article, count)
        found = RulesExtractor().extract(article)
        spent = Spent(attempts=1, prompt=1000, completion=100)
        return found.model_copy(update={"extractor": "model", "model": "counting", "spent": spent})

    def repair(self, article: Article, draft: Draft, complaints: Sequence[Complaint]) -> Extraction | None:
        return None

    def complete(self, article: Article, draft: Draft, left_out: Sequence[Span]) -> Extraction | None:
        return None


def run_all(source: Path, store: Path, extractor: Counting | None = None, **orders: Any) -> list[Finished]:  # noqa: ANN401
    """Run an archive to its end, by the rules where there is no extractor."""
    settings = Settings(extractor="rules") if extractor is None else Settings()
    return list(
        run_archive([source], store, extractor=extractor, settings=settings, orders=Orders.model_validate(orders))
    )


def rows(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that must not depend on how the store came about."""
    with sqlite3.connect(store) as db:
        return {table: sorted(db.execute(f"SELECT {what} FROM {table}"), key=repr) for table, what in STORED.items()}


def query(store: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Return what a store says to a query."""
    db = sqlite3.connect(store)
    try:
        return db.execute(sql, values).fetchall()
    finally:
        db.close()
