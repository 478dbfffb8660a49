"""Makes gold of what was reviewed: an article that a person has gone through becomes a measure for briefs to come."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from summarizer.brief import Brief
from summarizer.evaluate import Gold, gold_of
from summarizer.review.correct import reviewed
from summarizer.store import Store
from summarizer.store.decisions import holding, reviewed_articles
from summarizer.store.lookup import snapshot

ARTICLES: Final = "articles"
"""The folder of the articles' texts, in that of the gold."""
_ODD: Final = re.compile(r"[^\w.\-]+")
_NAME_CHARS: Final = 60


def write_gold(store: Store, folder: Path) -> Iterator[Path]:
    """Write a gold file, with its article beside it, for each article whose review is done; yield their paths.

    What nobody has decided on counts as accepted, for the reviewer has said that the article is done. Files of an
    earlier export are written over. Raises StoreError, BriefError; OSError for whatever the system says.
    """
    (folder / ARTICLES).mkdir(parents=True, exist_ok=True)
    for name, gold, text in golds(store):
        (folder / ARTICLES / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n", errors="replace")
        path = folder / f"{name}.json"
        path.write_text(gold.to_json(), encoding="utf-8", newline="\n", errors="replace")
        yield path


def golds(store: Store) -> Iterator[tuple[str, Gold, str]]:
    """Yield the name, the gold and the document's text, which its spans count, of each article whose review is done."""
    names: set[str] = set()
    with snapshot(store) as db:
        for article in reviewed_articles(db):
            row = db.execute(
                "SELECT b.brief, d.text, d.path FROM briefs b JOIN articles a ON a.id = b.article_id"
                " JOIN documents d ON d.id = a.document_id WHERE b.article_id = ?",
                (article,),
            ).fetchone()
            if row is None:
                continue  # its brief was taken out since
            told, text, path = row
            name = _name(path, article, names)
            brief = reviewed(Brief.model_validate_json(told), holding(db, article), text)
            yield name, gold_of(brief, text, id=name, article=f"{ARTICLES}/{name}.txt"), text


def _name(path: str, article: int, taken: set[str]) -> str:
    """Return a file's name for an article: its document's, with the article's id where another has that already."""
    last = re.split(r"[/\\]", path)[-1]
    stem = last.rpartition(".")[0] if "#" not in last and "." in last[1:] else last
    name = _ODD.sub("_", stem).strip("._")[:_NAME_CHARS] or "article"
    if name in taken:
        name = f"{name}-{article}"
    taken.add(name)
    return name
