"""Briefs from files, and the articles that they were made of, or why these are not shown."""

import json
import zipfile
from pathlib import Path

import pytest

from summarizer import summarize
from summarizer.brief import Brief
from summarizer.errors import BriefError, ReadError
from summarizer.extract.rules import RulesExtractor
from summarizer.report.files import Articles, read_briefs
from summarizer.report.view import BriefView
from tests.build import NEWS
from tests.command import stdin_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(path: str | Path) -> list[Brief]:
    return summarize(Path(path), extractor=RulesExtractor())


def kept(briefs: list[Brief], path: Path) -> str:
    path.write_text("".join(brief.to_json() + "\n" for brief in briefs), encoding="utf-8")
    return str(path)


def views(name: str, *named: str) -> list[BriefView]:
    briefs = list(read_briefs(name))
    articles = Articles(briefs, named)
    return [articles.view(given) for given in briefs]


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_briefs_are_read_in_every_form_that_the_command_writes(home: Path, form: str) -> None:
    (home / "news.txt").write_text(NEWS, encoding="utf-8")
    [brief] = made("news.txt")
    text = brief.to_json(indent=2 if form == "json" else None)
    (home / "b.json").write_text(f"{text}\n{text}\n", encoding="utf-8")
    assert [given.brief for given in read_briefs("b.json")] == [brief, brief]


def test_briefs_come_from_standard_input_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "news.txt").write_text(NEWS, encoding="utf-8")
    [brief] = made("news.txt")
    stdin_of(brief.to_json().encode(), monkeypatch)
    [view] = views("-")
    assert view.missing is None


def test_an_article_is_found_from_here(home: Path) -> None:
    (home / "in").mkdir()
    (home / "in" / "news.txt").write_text(NEWS, encoding="utf-8")
    (home / "out").mkdir()
    [view] = views(kept(made("in/news.txt"), home / "out" / "b.jsonl"))
    assert view.missing is None
    assert "".join(one.text for one in view.segments) == NEWS


def test_an_article_is_found_beside_its_brief(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "in").mkdir()
    (home / "in" / "news.txt").write_text(NEWS, encoding="utf-8")
    name = kept(made("in/news.txt"), home / "in" / "b.jsonl")
    (home / "elsewhere").mkdir()
    monkeypatch.chdir(home / "elsewhere")
    assert views(name)[0].missing is None


def test_an_article_is_found_in_an_archive_and_in_a_table(home: Path) -> None:
    with zipfile.ZipFile(home / "news.zip", "w") as archive:
        archive.writestr("a/one.txt", NEWS)
    (home / "news.jsonl").write_text(
        "".join(json.dumps({"id": name, "text": NEWS + name}) + "\n" for name in "xy"), encoding="utf-8"
    )
    briefs = [*made("news.zip"), *made("news.jsonl")]
    assert [brief.source.path for brief in briefs] == ["news.zip!/a/one.txt", "news.jsonl#x", "news.jsonl#y"]
    assert [view.missing for view in views(kept(briefs, home / "b.jsonl"))] == [None, None, None]


def test_a_text_that_has_changed_is_not_shown_and_the_page_says_so(home: Path) -> None:
    (home / "news.txt").write_text(NEWS, encoding="utf-8")
    name = kept(made("news.txt"), home / "b.jsonl")
    (home / "news.txt").write_text(NEWS + "。", encoding="utf-8")
    [view] = views(name)
    assert view.missing == "'news.txt' is no longer the text that the brief was made of: it has changed"
    assert any(segment.paths for segment in view.segments)


def test_a_text_that_is_gone_is_told_with_the_cure(home: Path) -> None:
    (home / "news.txt").write_text(NEWS, encoding="utf-8")
    name = kept(made("news.txt"), home / "b.jsonl")
    (home / "news.txt").rename(home / "other.txt")
    assert views(name)[0].missing == "there is no file 'news.txt'; name it with --article, or run where it is"
    assert views(name, "other.txt")[0].missing is None


def test_a_file_that_is_named_and_is_another_text_is_told(home: Path) -> None:
    (home / "news.txt").write_text(NEWS, encoding="utf-8")
    name = kept(made("news.txt"), home / "b.jsonl")
    (home / "news.txt").unlink()
    (home / "other.txt").write_text("另一篇。", encoding="utf-8")
    assert (views(name, "other.txt")[0].missing or "").startswith("the article is not in 'other.txt', or has changed; ")
    with pytest.raises(ReadError, match="no such file"):
        views(name, "nowhere.txt")


def test_a_brief_of_standard_input_asks_for_its_article(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [brief] = summarize(NEWS, extractor=RulesExtractor())
    name = kept([brief], home / "b.jsonl")
    assert "made of standard input or of a text; name the file with --article" in (views(name)[0].missing or "")
    (home / "news.txt").write_text(NEWS, encoding="utf-8")
    assert views(name, "news.txt")[0].missing is None


@pytest.mark.parametrize("path", ["\0", "a" * 5000, "/", "..", "#", "!/"])
def test_a_path_that_names_nothing_is_no_error(home: Path, path: str) -> None:
    [brief] = summarize(NEWS, extractor=RulesExtractor())
    odd = brief.model_copy(update={"source": brief.source.model_copy(update={"path": path})})
    assert views(kept([odd], home / "b.jsonl"))[0].missing


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("\x1e", "holds no brief"),
        ("{", "is not JSON (line 1: "),
        ('{"numbers": []}', "is no brief of this program (object 1, source: Field required)"),
        ("[" * 100_000, "nested too deep"),
        ('{"schema": "brief.v9"}', "is no brief of this program (object 1, schema"),
    ],
)
def test_what_is_no_brief_is_refused_in_one_line(home: Path, content: str, told: str) -> None:
    (home / "b.json").write_text(content, encoding="utf-8")
    with pytest.raises((BriefError, ReadError)) as caught:
        list(read_briefs("b.json"))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
