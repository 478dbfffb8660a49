"""Files of several articles, from the command and from Python: one brief each, one line for what cannot be read."""

import json
from pathlib import Path

import pytest

from summarizer import Settings, summarize
from summarizer.cli_base import DONE, FAILED
from summarizer.errors import ReadError
from summarizer.read import Fields
from tests.build import NEWS, draft_json
from tests.command import Run, refused
from tests.fake_service import completion, failure, fake_service
from tests.make import BODY, zipped

RULES = Settings(extractor="rules")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "news.zip"
    path.write_bytes(zipped({"a.txt": NEWS.encode(), "b.jpg": b"\xff\xd8\xff\xe0", "c.txt": BODY.encode()}))
    return path


def test_an_archive_is_briefed_article_by_article_and_says_what_it_could_not_read(run: Run, archive: Path) -> None:
    said = run("--extractor", "rules", archive)
    briefs = [json.loads(line) for line in said.out.splitlines()]
    assert [brief["source"]["path"] for brief in briefs] == [f"{archive}!/a.txt", f"{archive}!/c.txt"]
    assert said.code == FAILED
    assert said.err.count("\n") == 1
    assert "b.jpg' is a JPEG image" in said.err


def test_columns_are_named_on_the_command_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text(f"nr,headline,story,day\n7,园区提速,{BODY},2023/7/3\n", encoding="utf-8")
    names = ("--text-field", "story", "--title-field", "headline", "--date-field", "day", "--id-field", "nr")
    said = run("--extractor", "rules", path, *names)
    source = json.loads(said.out)["source"]
    assert (source["path"], source["title"], source["published"]) == (f"{path}#7", "园区提速", "2023-07-03")
    assert said.code == DONE
    assert "name the text with --text-field" in refused(run(path))


def test_a_hopeless_failure_ends_the_archive_too(run: Run, archive: Path) -> None:
    with fake_service(failure(401, "bad key")) as service:
        said = run("--model", "m", "--base-url", service.url, archive, archive)
        assert service.calls == 1
    refused(said)


def test_one_article_that_fails_does_not_stop_the_archive(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    path.write_bytes(zipped({"a.txt": NEWS.encode(), "b.txt": b"\x01\x02", "c.txt": NEWS.encode()}))
    with fake_service(failure(400, "odd"), completion(draft_json())) as service:
        said = run("--model", "m", "--base-url", service.url, "--reasks", "0", "--mode", "json", path)
    assert said.code == FAILED
    assert (len(said.out.splitlines()), said.err.count("\n")) == (1, 2)
    assert "b.txt' holds no readable text" in said.err


def test_check_and_numbers_want_one_document(run: Run, archive: Path, tmp_path: Path) -> None:
    brief = tmp_path / "brief.jsonl"  # a brief is read as it stands, whatever its name
    brief.write_text('{"numbers": [{"metric": "签约项目", "text": "114个"}]}', encoding="utf-8")
    one = tmp_path / "one.zip"
    one.write_bytes(zipped({"a.txt": NEWS.encode()}))
    assert json.loads(run("check", one, brief).out)["check"]["counts"]["exact"] == 1
    assert "is a JPEG image" in refused(run("numbers", archive))
    two = tmp_path / "two.zip"
    two.write_bytes(zipped({"a.txt": NEWS.encode(), "b.txt": NEWS.encode()}))
    assert "holds several documents" in refused(run("numbers", two))
    assert "holds several documents" in refused(run("check", two, brief))


def test_summarize_briefs_every_article_of_a_file(archive: Path, tmp_path: Path) -> None:
    told: list[ReadError] = []
    briefs = summarize(archive, settings=RULES, on_error=told.append)
    assert [brief.source.path for brief in briefs] == [f"{archive}!/a.txt", f"{archive}!/c.txt"]
    assert len(told) == 1
    with pytest.raises(ReadError, match="is a JPEG image"):
        summarize(archive, settings=RULES)
    table = tmp_path / "news.tsv"
    table.write_text(f"story\n{BODY}\n{NEWS.splitlines()[0]}\n", encoding="utf-8")
    assert len(summarize(table, settings=RULES, fields=Fields(text="story"))) == 2


def test_summarize_tells_of_a_text_without_words(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    path.write_bytes(zipped({"a.txt": b"\x01\x02", "b.txt": BODY.encode()}))
    with pytest.raises(ReadError, match="no readable text"):
        summarize(path, settings=RULES)
    told: list[ReadError] = []
    assert len(summarize(path, settings=RULES, on_error=told.append)) == len(told) == 1
