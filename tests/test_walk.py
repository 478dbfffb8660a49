"""The walk of a batch run: what it finds, in which order, and what it passes over."""

import io
import os
import random
from pathlib import Path

import pytest

from summarizer.archive.walk import Input, Skipped, documents, walk
from summarizer.article import Document
from tests.make import BODY
from tests.trees import NO_LINKS, found, link, make, skipped

pytestmark = pytest.mark.usefixtures("own_folder")


def test_folders_are_read_to_the_ground_by_the_code_points_of_names() -> None:
    make(
        "news/b.txt",
        "news/B.txt",
        "news/a/z.txt",
        "news/a/10.txt",
        "news/a/9.txt",
        "news/a.txt",
        "news/园.txt",
        "x.txt",
    )
    in_order = [
        "news/B.txt",
        "news/a/10.txt",
        "news/a/9.txt",
        "news/a/z.txt",
        "news/a.txt",
        "news/b.txt",
        "news/园.txt",
    ]
    assert found("news") == found("news/") == found("./news") == found("news//.") == in_order
    assert found(".") == [*in_order, "x.txt"]
    assert found(str(Path("news/a").absolute())) == [
        Path(f"news/a/{n}.txt").absolute().as_posix() for n in ("10", "9", "z")
    ]


def test_the_order_does_not_depend_on_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    make(*(f"news/{number}/{letter}.txt" for number in range(12) for letter in "abcd"))
    in_order = found("news")
    listed = os.listdir

    def shuffled(path: str) -> list[str]:
        return random.Random(path).sample(listed(path), len(listed(path)))

    monkeypatch.setattr(os, "listdir", shuffled)
    assert found("news") == in_order == sorted(in_order, key=lambda path: path.split("/"))


def test_sizes_and_times_come_with_a_file() -> None:
    make("a.txt")
    os.utime("a.txt", ns=(5, 1_600_000_000_123_456_700))
    [step] = walk(["a.txt"])
    assert step == Input("a.txt", "a.txt", Path("a.txt").stat().st_size, Path("a.txt").stat().st_mtime_ns)


def test_standard_input_is_one_input_and_a_file_of_its_name_another() -> None:
    assert list(walk(["-", "-"])) == [Input("-", "-", None, None)]
    make("-")
    assert found(".") == found("./-") == ["./-"]
    [step] = walk(["./-"])
    assert isinstance(step, Input)
    [document] = documents(step, stdin=io.BytesIO(b"wrong"))
    assert isinstance(document, Document)
    assert (document.path, document.text) == ("./-", BODY)


def test_hidden_names_litter_and_kinds_that_are_no_news_are_told_and_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make(
        "n/a.txt", "n/README", "n/b.doc", "n/c.php", "n/.git/x.txt", "n/.x.txt", "n/~$a.docx", "n/Thumbs.db", "n/a.txt~"
    )
    make(
        "n/__MACOSX/a.txt",
        "n/#a.txt#",
        "n/p.JPG",
        "n/s.xlsx",
        "n/d.db",
        "n/x.json",
        "n/s.py",
        "n/s.css",
        "n/f.woff2",
        "n/v.mp4",
    )
    monkeypatch.setattr("builtins.open", None)
    assert found("n") == ["n/README", "n/a.txt", "n/b.doc", "n/c.php"]
    causes = skipped("n")
    assert {path for path, cause in causes.items() if cause == "hidden"} == {"n/.git", "n/.x.txt"}
    assert {path for path, cause in causes.items() if cause == "litter"} == {
        *("n/~$a.docx", "n/Thumbs.db", "n/a.txt~", "n/__MACOSX", "n/#a.txt#")
    }
    assert {path for path, cause in causes.items() if cause == "kind"} == {
        *("n/p.JPG", "n/s.xlsx", "n/d.db", "n/x.json", "n/s.py", "n/s.css", "n/f.woff2", "n/v.mp4")
    }


def test_every_reason_goes_on_to_one_line() -> None:
    make("n/a.jpg", "n/.x", "n/~$a.docx")
    link("n/gone", "nothing")
    link("n/up", "..")
    for step in walk(["n", "missing", "no*", "", "a\0b"]):
        assert isinstance(step, Skipped)
        assert step.reason.splitlines() == [step.reason]
        assert step.reason.startswith(("is ", "matches ", "cannot "))
        assert step.is_trouble == (step.path in ("n/gone", "missing", "no*", "", "a\0b"))


@pytest.mark.parametrize("name", ["n/a.jpg", "n/.a.txt", "n/Thumbs.db", "n/.git/config", "n/a[1].txt", "n/*.py"])
def test_a_file_that_is_named_is_always_tried(name: str) -> None:
    if NO_LINKS and "*" in name:
        return
    make(name, "n/1.txt")
    assert found(name) == [name]
    assert found("n", name) == (["n/1.txt", name])


def test_a_hidden_folder_that_is_named_is_read_and_not_told_as_hidden() -> None:
    make("n/.h/a.txt", "n/b.txt", "n/.i/c.txt")
    assert found("n", "n/.h") == ["n/b.txt", "n/.h/a.txt"]
    assert skipped("n", "n/.h") == {"n/.i": "hidden"}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("n/*.txt", ["n/a.txt", "n/b.txt"]),
        ("n/[ab].txt", ["n/a.txt", "n/b.txt"]),
        ("n/?.txt", ["n/a.txt", "n/b.txt"]),
        ("n/**/*.txt", ["n/2022/07/e.txt", "n/2022/d.txt", "n/2023/f.txt", "n/a.txt", "n/b.txt"]),
        ("**/d.txt", ["n/2022/d.txt"]),
        ("n/202*", ["n/2022/07/e.txt", "n/2022/d.txt", "n/2023/f.txt"]),
        ("n/2*/*.txt", ["n/2022/d.txt", "n/2023/f.txt"]),
        ("*/2022/**", ["n/2022/07/e.txt", "n/2022/d.txt"]),
        ("*/2022/d.txt", ["n/2022/d.txt"]),
        ("n/**/07/**/*.txt", ["n/2022/07/e.txt"]),
        ("n/**/**/e.txt", ["n/2022/07/e.txt"]),
        ("n/*", ["n/2022/07/e.txt", "n/2022/d.txt", "n/2023/f.txt", "n/a.txt", "n/b.txt"]),
        ("n/*.json", ["n/c.json"]),
        ("n/.*", ["n/.h.txt"]),
        ("./n/../n/a*", ["n/../n/a.txt"]),
    ],
)
def test_patterns_match_as_in_a_shell_and_what_they_match_is_read_whole(pattern: str, expected: list[str]) -> None:
    make("n/a.txt", "n/b.txt", "n/c.json", "n/.h.txt", "n/2022/d.txt", "n/2022/07/e.txt", "n/2023/f.txt")
    assert found(pattern) == expected
    assert found(str(Path(pattern).absolute())) == [Path(path).absolute().as_posix() for path in expected]


@pytest.mark.parametrize("pattern", ["n/*.xml", "m/*", "n/**/z", "n/a.txt/*", "n/[", "*/../n/a.txt"])
def test_a_pattern_that_matches_nothing_is_told(pattern: str) -> None:
    make("n/a.txt")
    [step] = walk([pattern])
    assert isinstance(step, Skipped)
    assert (step.path, step.cause, step.is_trouble) == (pattern, "no match", True)


def test_a_pattern_whose_files_another_source_reads_is_not_told_as_empty() -> None:
    make("n/a.txt", "n/b.jpg")
    assert list(walk(["n", "n/*.txt"])) == list(walk(["n"]))
    assert skipped("n", "n/*") == {"n/b.jpg": "kind"}
    assert skipped("n/*", "n", "n/*.md") == {"n/b.jpg": "kind", "n/*.md": "no match"}


def test_litter_is_no_match_for_a_pattern_unless_it_is_spelled_out() -> None:
    make("n/~$a.docx", "n/a.docx", "n/Thumbs.db", "n/__MACOSX/b.docx")
    assert found("n/*.docx", "n/*.db", "n/*/*.docx") == ["n/a.docx"]
    assert found("*/~$a.docx", "*/__MACOSX/*") == ["n/~$a.docx", "n/__MACOSX/b.docx"]


def test_no_folder_is_listed_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    make("n/2023/07/a.txt", "n/2024/b.txt", "m/c.txt")
    listed: list[str] = []
    list_folder = os.listdir

    def noted(path: str) -> list[str]:
        listed.append(path)
        return list_folder(path)

    monkeypatch.setattr(os, "listdir", noted)
    assert found("n/*/07/a.txt", "n/2024", "*", "n") == ["n/2023/07/a.txt", "n/2024/b.txt", "m/c.txt"]
    assert listed == ["n", "n/2024", ".", "m", "n", "n/2023", "n/2023/07"]


def test_a_file_is_read_once_however_often_it_is_named() -> None:
    make("n/a.txt", "n/2023/b.txt", "n/2023/c.txt", "d.txt")
    every = ["n/2023/b.txt", "n/2023/c.txt", "n/a.txt"]
    assert found("n", "n", "n/2023", "n/**/*.txt", "n/2023/b*", str(Path("n").absolute())) == every
    assert found("n/2023", "n") == every
    assert found("n/**/c.txt", "n") == ["n/2023/c.txt", "n/2023/b.txt", "n/a.txt"]
    assert found("d.txt", "./d.txt", "n/../d.txt", "*") == ["d.txt", *every]
    assert found("n/a.txt", "n") == ["n/a.txt", *every[:2]]
    assert found("n", "n/2023/b.txt") == ["n/2023/c.txt", "n/a.txt", "n/2023/b.txt"]
    assert skipped("n", "n/2023", "d.txt", "d.txt", "n/a.txt") == {}


def test_a_kind_that_a_folder_leaves_out_is_read_where_a_pattern_spells_it() -> None:
    make("n/a.txt", "n/x/b.json")
    assert found("n", "n/**/*.json") == ["n/a.txt", "n/x/b.json"]
    assert found("n/**/*.json", "n") == ["n/x/b.json", "n/a.txt"]
    assert skipped("n/**/*.json", "n") == {}
    make("n/d.json/e.json", "n/d.json/.h.txt")
    assert skipped("n", "n/**/*.json")["n/d.json/.h.txt"] == "hidden"
    assert found("n", "n/**/*.json") == ["n/a.txt", "n/d.json/e.json", "n/x/b.json"]


def test_stores_are_left_out_with_what_stands_beside_them() -> None:
    make("n/a.txt", "n/briefs", "n/briefs-wal", "n/briefs-shm", "n/briefs-lock", "n/briefs.lock", "n/x/briefs")
    assert found("n", leave_out=["n/x/../briefs"]) == ["n/a.txt", "n/x/briefs"]
    assert set(skipped("n", leave_out=["n/briefs"]).values()) == {"left out"}
    assert found("n/a.txt", "n/briefs", leave_out=["n/briefs"]) == ["n/a.txt"]
