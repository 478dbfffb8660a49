"""The page: complete, escaped, and whole or not there."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from summarizer.errors import EvaluationError
from summarizer.evaluate import compare
from summarizer.evaluate.page import page_of, write_page
from summarizer.evaluate.report import Report, report_of
from summarizer.evaluate.score import score_article
from summarizer.show_eval import WORDINGS
from tests.build import DRAFT, NEWS
from tests.golds import brief, case, number, said

EVIL = "<script>alert('1')</script>"


class Balanced(HTMLParser):
    """Refuses tags that are not closed."""

    VOID = frozenset({"meta"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def report(text: str = NEWS, **changes: object) -> Report:
    return report_of([score_article(case(text, **changes), brief(text, policies=[], numbers=DRAFT["numbers"][:1]))])


def test_every_miss_stands_in_its_sentence_with_the_words_marked() -> None:
    page = page_of(report(), None, WORDINGS)
    assert "missing in the brief</span> number <strong>560.6亿元</strong>" in page
    assert "签约项目114个，总投资<mark>560.6亿元</mark>。</blockquote>" in page
    assert '<td>50.0 %</td><td class="number">1 of 2</td>' in page


def test_nothing_of_articles_gold_or_briefs_is_taken_for_markup() -> None:
    text = f"西安高新区{EVIL}签约项目114个，总投资560.6亿元。"
    page = page_of(
        report_of(
            [
                score_article(
                    case(text, id=EVIL, title=EVIL, period=EVIL, numbers=[number("560.6亿元", metric=EVIL)]),
                    brief(text, numbers=[said("114个", metric=EVIL, park=EVIL)], quotes=[], policies=[]),
                )
            ]
        ),
        None,
        WORDINGS,
    )
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 5


def test_the_page_is_well_formed_and_needs_nothing_else() -> None:
    one = report()
    page = page_of(one, compare(one, report(numbers=[])), WORDINGS)
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []
    assert not parser.seen & {"script", "img", "link", "iframe"}
    assert not re.search(r"(?:https?:)?//|url\(", page)
    assert "Against the other run" in page
    assert '<span class="label">owed numbers found</span> 1/2 : 0/0' in page


def test_a_report_of_nothing_is_a_page_too() -> None:
    assert "0 articles with gold" in page_of(report_of([]), compare(report_of([]), report_of([])), WORDINGS)


def test_missing_briefs_and_missing_texts_are_said() -> None:
    page = page_of(report_of([score_article(case(None), None)]), None, WORDINGS)
    assert "it has no brief" in page
    assert "no such place is known in the article" in page


def test_the_file_is_whole_or_what_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.html"
    write_page(report(), None, WORDINGS, path)
    before = path.read_text(encoding="utf-8")
    assert before.endswith("</html>\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(EvaluationError, match="No space left on device"):
        write_page(report_of([]), None, WORDINGS, path)
    assert path.read_text(encoding="utf-8") == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="name a file in a folder that is there"):
        write_page(report(), None, WORDINGS, tmp_path / "none" / "page.html")
    for name in ("", "/", "a\0b"):
        with pytest.raises(EvaluationError, match="cannot write the page"):
            write_page(report(), None, WORDINGS, Path(name))


def test_half_a_character_does_not_stop_the_page(tmp_path: Path) -> None:
    one = report(title="half: \ud83d")
    write_page(one, None, WORDINGS, tmp_path / "page.html")
    assert "half: \\ud83d" in (tmp_path / "page.html").read_text(encoding="utf-8")
