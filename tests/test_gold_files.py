"""Gold in files: one, a folder, a pattern; with its article or without."""

import json
from pathlib import Path

import pytest

from summarizer.errors import EvaluationError, ReadError
from summarizer.evaluate import read_gold
from tests.build import NEWS
from tests.golds import gold, written


def refused(location: Path | str) -> str:
    with pytest.raises((EvaluationError, ReadError)) as error:
        read_gold(str(location))
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_folder_is_read_in_order_with_the_articles_beside_it(tmp_path: Path) -> None:
    written(tmp_path, "b")
    folder = written(tmp_path, "a")
    cases = read_gold(str(folder))
    assert [case.id for case in cases] == ["a", "b"]
    assert all(case.printed is not None for case in cases)


def test_a_text_beside_the_gold_will_do(tmp_path: Path) -> None:
    (tmp_path / "news.json").write_text(json.dumps(gold()), encoding="utf-8")
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    [case] = read_gold(str(tmp_path / "news.json"))
    assert case.printed is not None


def test_an_article_may_stand_elsewhere_and_in_another_format(tmp_path: Path) -> None:
    (tmp_path / "news.json").write_text(json.dumps(gold(article="texts/page.html")), encoding="utf-8")
    (tmp_path / "texts").mkdir()
    page = f"<html><body><article>{''.join(f'<p>{line}</p>' for line in NEWS.splitlines())}</article></body></html>"
    (tmp_path / "texts" / "page.html").write_text(page, encoding="utf-8")
    [case] = read_gold(str(tmp_path))
    assert case.printed is not None
    assert case.printed.find("560.6亿元")


def test_gold_without_any_text_is_read(tmp_path: Path) -> None:
    [case] = read_gold(str(written(tmp_path, text=None)))
    assert case.printed is None
    assert case.around(None) is None


@pytest.mark.parametrize("name", ["a\0b", "x" * 300, "..", "/"])
def test_an_id_that_no_file_can_have_has_no_text(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.json").write_text(json.dumps(gold(id=name)), encoding="utf-8")
    [case] = read_gold(str(tmp_path / "a.json"))
    assert case.printed is None


def test_an_article_that_gold_names_must_be_there(tmp_path: Path) -> None:
    folder = written(tmp_path, text=None, article="../lost.txt")
    assert "lost.txt" in refused(folder)


def test_lines_and_lists_hold_several(tmp_path: Path) -> None:
    lines = "".join(json.dumps(gold(id=name)) + "\n" for name in ("a", "b"))
    (tmp_path / "two.jsonl").write_text(lines + "\n", encoding="utf-8")
    (tmp_path / "two more.json").write_text(json.dumps([gold(id="c"), gold(id="d")]), encoding="utf-8")
    assert [case.id for case in read_gold(str(tmp_path))] == ["c", "d", "a", "b"]
    (tmp_path / "loose.json").write_text(lines, encoding="utf-8")
    assert [case.id for case in read_gold(str(tmp_path / "loose.json"))] == ["a", "b"]


def test_a_pattern_chooses(tmp_path: Path) -> None:
    written(tmp_path, "a1")
    folder = written(tmp_path, "b1")
    assert [case.id for case in read_gold(str(folder / "a*.json"))] == ["a1"]
    assert "no file fits the pattern" in refused(folder / "c*.json")


def test_what_is_not_there_or_empty_is_said(tmp_path: Path) -> None:
    assert "holds no gold" in refused(tmp_path)
    assert "no such file" in refused(tmp_path / "missing")
    assert "too long" in refused(tmp_path / ("x" * 300))
    assert "no such file" in refused("a\0b")
    (tmp_path / "none.json").write_text("[]", encoding="utf-8")
    assert "holds no gold" in refused(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not JSON (line 1: "),
        ('{"id": 1}\nnonsense', "line 2' is not JSON"),
        ("[" * 100_000, "is not JSON (nested too deeply)"),
        ('"text"', "is no gold.v1: it: input should be a valid dictionary"),
        ('{"id": "a", "about_park": true, "numbers": [{}]}', "numbers.0.text: field required"),
    ],
)
def test_broken_files_are_said_in_one_line(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    told = refused(tmp_path / "a.json")
    assert "a.json" in told
    assert said.replace("'", "") in told.replace("'", "")


def test_files_that_are_no_text_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"id": "\xff"}')
    assert "not UTF-8" in refused(tmp_path / "a.jsonl")
    (tmp_path / "b.json").write_bytes(bytes(range(256)))
    assert "b.json" in refused(tmp_path / "b.json")


def test_two_gold_of_one_article_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(gold()), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps(gold()), encoding="utf-8")
    assert "are both gold of 'news'" in refused(tmp_path)
