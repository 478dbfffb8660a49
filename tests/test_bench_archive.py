"""What the bench of archives stands on: true drafts that leave nothing to ask for."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.archive.articles import MARK, Composed, archive, compose, newspaper_page, record, reprint, true_draft
from summarizer.article import Article
from summarizer.dialogue import brief_article
from summarizer.draft import Draft
from summarizer.extract.extraction import Complaint, Extraction, Spent
from summarizer.pages import articles_of
from summarizer.read import document_from_text, read_documents
from summarizer.value import Span


class TrueExtractor:
    """Answers with the true draft of what was composed; refuses to be asked again."""

    def __init__(self, composed: Composed) -> None:
        self._draft = Draft.model_validate(true_draft(composed))

    def extract(self, article: Article) -> Extraction:
        return Extraction(draft=self._draft, extractor="model", model="m", mode="json", prompt="p", spent=Spent())

    def repair(self, article: Article, draft: Draft, complaints: Sequence[Complaint]) -> Extraction | None:
        pytest.fail(f"asked again for {complaints}")

    def complete(self, article: Article, draft: Draft, left_out: Sequence[Span]) -> Extraction | None:
        pytest.fail(f"asked for {left_out}")


def verdicts_of_clean(article: Article, composed: Composed) -> set[str]:
    """Return the verdicts of its numbers."""
    brief = brief_article(article, TrueExtractor(composed))
    assert brief.check.status == "verified"
    assert not brief.check.findings
    assert not brief.check.unreported
    return {number.verdict for number in brief.numbers}


@pytest.mark.parametrize("first", range(0, 300, 60))
def test_the_true_draft_of_an_article_is_proved_and_leaves_nothing_to_ask_for(first: int) -> None:
    for serial in [*range(first, first + 60), 9_999_999 - first]:
        composed = compose(serial)
        [article] = articles_of(document_from_text(composed.text, published=composed.day.isoformat()))
        assert verdicts_of_clean(article, composed) == {"exact"}


def test_the_true_draft_is_that_of_a_reprint_too() -> None:
    for serial in range(20):
        composed = reprint(700 + serial, serial)
        [article] = articles_of(document_from_text(composed.text, published=composed.day.isoformat()))
        assert verdicts_of_clean(article, composed) == {"exact"}
        assert composed.paragraphs == compose(serial).paragraphs
        assert true_draft(composed) == true_draft(compose(serial))
        assert composed.title != compose(serial).title


def test_a_newspaper_page_is_split_into_its_articles() -> None:
    for first in range(0, 20, 4):
        page = [compose(first + place) for place in range(4)]
        found = articles_of(document_from_text(newspaper_page(page)))
        assert len(found) == 4
        for article, composed in zip(found, page, strict=True):
            # A split may leave the outlet's line out, which moves every citation by one.
            assert verdicts_of_clean(article, composed) <= {"exact", "moved"}


def test_an_article_follows_from_its_serial_number_and_bears_its_mark() -> None:
    first, again = compose(1234), compose.__wrapped__(1234)
    assert first == again
    assert MARK.findall(first.text.encode()) == [b"0001234", b"0001234"]
    assert len({compose(serial).text for serial in range(2000)}) == 2000
    assert len({number.text for number in first.numbers}) == len(first.numbers) == 11


def test_every_fifth_article_retells_an_original_that_came_before_it() -> None:
    for place, composed in enumerate(archive(200, reprints=5)):
        assert composed.serial == place
        source = int(MARK.findall(composed.text.encode())[-1])
        if place % 5 == 4:
            assert source < place
            assert source % 5 != 4
        else:
            assert source == place


def test_an_archive_is_read_as_one_dated_article_a_line(tmp_path: Path) -> None:
    path = tmp_path / "archive.jsonl"
    path.write_text("".join(record(composed) for composed in archive(3)), encoding="utf-8")
    documents = list(read_documents(path))
    assert [document.published for document in documents] == [compose(n).day.isoformat() for n in range(3)]
    assert [document.text for document in documents] == [compose(n).text for n in range(3)]
    assert json.loads(record(compose(7)))["title"] == compose(7).title
