"""The walk of a batch run: what it finds, in which order, what it passes over, and that nothing stops it."""

import inspect
import io
import os
import random
import sys
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from summarizer.archive.walk import Input, Skipped, documents, walk
from summarizer.article import Document
from summarizer.errors import ReadError
from summarizer.read import Fields
from tests.make import BODY, tarred, zipped

NO_LINKS = sys.platform == "win32"


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def make(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BODY, encoding="utf-8")


def link(name: str, target: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).symlink_to(target)


def found(*sources: str, leave_out: Sequence[str] = ()) -> list[str]:
    return [step.path for step in walk(sources, leave_out=leave_out) if isinstance(step, Input)]


def skipped(*sources: str, leave_out: Sequence[str] = ()) -> dict[str, str]:
    steps = [step for step in walk(sources, leave_out=leave_out) if isinstance(step, Skipped)]
    assert len({step.path for step in steps}) == len(steps)
    return {step.path: step.cause for step in steps}


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


@pytest.mark.skipif(NO_LINKS, reason="links need rights on Windows")
def test_links_to_folders_are_followed_once_and_never_in_circles() -> None:
    make("n/a.txt", "n/sub/b.txt", "out/c.txt", "out/deep/d.txt")
    link("n/again", "sub")
    link("n/loop", ".")
    link("n/sub/up", "../..")
    link("n/out1", "../out")
    link("n/out2", "../out")
    link("n/out0", "../out/deep")
    link("out/back", "../n")
    assert found("n") == ["n/a.txt", "n/out0/d.txt", "n/out1/c.txt", "n/sub/b.txt"]
    assert skipped("n") == {
        "n/again": "repeated",
        "n/loop": "loop",
        "n/sub/up": "loop",
        "n/out2": "repeated",
        "n/out1/back": "repeated",
    }
    assert found("n/again") == ["n/again/b.txt"]
    assert found("n/again", "n") == ["n/again/b.txt", "n/a.txt", "n/out0/d.txt", "n/out1/c.txt"]
    assert found("n/*/*.txt") == ["n/out0/d.txt", "n/out1/c.txt", "n/sub/b.txt"]
    assert skipped("n/*/b.txt")["n/again"] == "repeated"


@pytest.mark.skipif(NO_LINKS, reason="links need rights on Windows")
def test_links_to_files_are_followed_once() -> None:
    make("n/2023/a.txt", "n/.annex/b", "out/c.txt", "out/p.jpg")
    link("n/latest.txt", "2023/a.txt")
    link("n/b1.txt", ".annex/b")
    link("n/b2.txt", ".annex/b")
    link("n/p.jpg", "../out/c.txt")
    link("n/q.txt", "../out/c.txt")
    link("n/z", "../out")
    assert found("n") == ["n/2023/a.txt", "n/b1.txt", "n/q.txt"]
    assert skipped("n") == {
        "n/.annex": "hidden",
        "n/b2.txt": "repeated",
        "n/latest.txt": "repeated",
        "n/p.jpg": "kind",
        "n/z/p.jpg": "kind",
    }
    assert found("n/latest.txt", "n")[0] == "n/latest.txt"
    assert "n/2023/a.txt" not in found("n/latest.txt", "n")


@pytest.mark.skipif(NO_LINKS, reason="links need rights on Windows")
def test_links_that_lead_nowhere_are_told() -> None:
    make("n/a.txt")
    link("n/gone.txt", "nothing")
    link("n/self.txt", "self.txt")
    assert skipped("n") == {"n/gone.txt": "unreadable", "n/self.txt": "loop"}
    assert skipped("n/gone.txt") == {"n/gone.txt": "unreadable"}
    assert skipped("n/*.md", "n/**/a*") == {"n/*.md": "no match"}


def tree(chance: random.Random) -> None:
    """Make a small tree with links in all directions."""
    folders = ["t"]
    for number in range(chance.randint(2, 7)):
        folders.append(f"{chance.choice(folders)}/{chance.choice(['', '', '', '.'])}d{number}")
    for number in range(chance.randint(3, 12)):
        make(f"{chance.choice(folders)}/{chance.choice('ab')}{number}{chance.choice(['', '.txt', '.json', '.jpg'])}")
    for folder in folders:
        Path(folder).mkdir(parents=True, exist_ok=True)
    for number in range(chance.randint(0, 5)):
        target = chance.choice([*folders, *(str(path) for path in sorted(Path("t").rglob("[ab]*")))])
        link(f"{chance.choice(folders)}/l{number}", str(Path(target).absolute()))


@pytest.mark.skipif(NO_LINKS, reason="links need rights on Windows")
@pytest.mark.parametrize("seed", range(150))
def test_several_sources_read_what_each_of_them_reads_and_no_file_twice(seed: int) -> None:
    chance = random.Random(seed)
    tree(chance)
    paths = [str(path) for path in sorted(Path("t").rglob("*"))]
    patterns = [
        "t/*",
        "t/**/*.txt",
        "t/**/*.json",
        "t/*/**/a*",
        "**/d1",
        "t/d0/*",
        "*/*/*",
        "t/**/.*/*",
        "t/**/l*/**/b*",
    ]
    sources = [chance.choice([*paths, *patterns, *patterns]) for _ in range(chance.randint(1, 5))]
    real = [os.path.realpath(path) for path in found(*sources)]
    assert len(real) == len(set(real)), sources
    assert set(real) == {os.path.realpath(path) for source in sources for path in found(source)}, sources


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_names_that_are_no_unicode_are_readable_and_distinct() -> None:
    for name in (b"n/\xd4\xc6.txt", b"n/\xd4\xc7.txt", b"n/\xd4/x.txt"):
        Path(os.fsdecode(name)).parent.mkdir(parents=True, exist_ok=True)
        Path(os.fsdecode(name)).write_text(BODY, encoding="utf-8")
    steps = [step for step in walk(["n"]) if isinstance(step, Input)]
    assert [step.path for step in steps] == [r"n/\xd4/x.txt", r"n/\xd4\xc6.txt", r"n/\xd4\xc7.txt"]
    for step in steps:
        [document] = documents(step)
        assert isinstance(document, Document)
        assert document.path == step.path
    assert skipped(os.fsdecode(b"\xff")) == {r"\xff": "unreadable"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_read_where_it_is_named_alone() -> None:
    Path("n").mkdir()
    os.mkfifo("n/pipe")
    assert skipped("n") == {"n/pipe": "special"}
    assert list(walk(["n/pipe"])) == [Input("n/pipe", "n/pipe", None, None)]


def test_a_walk_is_lazy() -> None:
    make("n/a/1.txt", "n/b/2.txt")
    steps = walk(["n"])
    assert next(steps).path == "n/a/1.txt"
    make("n/b/3.txt")
    assert [step.path for step in steps] == ["n/b/2.txt", "n/b/3.txt"]


def test_folders_may_be_nested_deeper_than_calls() -> None:
    deep = "n/" + "d/" * 150 + "a.txt"
    make(deep)
    usual = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(len(inspect.stack()) + 60)
        steps = list(walk(["n"]))
    finally:
        sys.setrecursionlimit(usual)
    assert [step.path for step in steps] == [deep]


def test_files_and_folders_that_vanish_on_the_way_are_told() -> None:
    make("n/a.txt", "n/b.txt", "n/c/x.txt", "n/d.txt")
    steps = walk(["n"])
    first = next(steps)
    Path("n/b.txt").unlink()
    Path("n/c/x.txt").unlink()
    Path("n/c").rmdir()
    rest = list(steps)
    assert [type(step) for step in rest] == [Skipped, Skipped, Input]
    assert isinstance(first, Input)
    Path("n/a.txt").unlink()
    [error] = documents(first)
    assert isinstance(error, ReadError)
    assert "no such file" in str(error)


def refusing(monkeypatch: pytest.MonkeyPatch, refused: Mapping[str, OSError]) -> None:
    """Let the system refuse to list some folders, as it does for all but the administrator."""
    listed = os.listdir

    def listdir(path: str) -> list[str]:
        if path in refused:
            raise refused[path]
        return listed(path)

    monkeypatch.setattr(os, "listdir", listdir)


def test_a_folder_that_cannot_be_entered_does_not_stop_the_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    make("n/a/1.txt", "n/b/2.txt", "n/c/3.txt")
    refusing(monkeypatch, {"n/a": PermissionError(13, "Permission denied"), "n/b": OSError(5, "Input/output error")})
    assert found("n") == ["n/c/3.txt"]
    assert skipped("n") == {"n/a": "unreadable", "n/b": "unreadable"}
    assert found("n/a", "n/*/*.txt") == ["n/c/3.txt"]
    [told] = walk(["n/a"])
    assert isinstance(told, Skipped)
    assert told.reason == "cannot be entered (permission denied): check its access rights"


def read(*sources: str, **named: Fields | str) -> Iterator[Document | ReadError]:
    for step in walk(sources):
        assert isinstance(step, Input)
        yield from documents(step, **named)  # type: ignore[arg-type]  # one word for two


def test_documents_of_every_kind_of_input_come_in_their_order_with_errors_in_their_places() -> None:
    make("n/a.txt")
    Path("n/b.zip").write_bytes(zipped({"x.txt": BODY.encode(), "y.txt": b"\x89PNG\r\n\x1a\n", "z.txt": BODY.encode()}))
    Path("n/c.tar.gz").write_bytes(tarred({"x.txt": BODY.encode()}, "w:gz"))
    Path("n/d.jsonl").write_text(f'{{"text": "{BODY}"}}\n{{"text": \n{{"text": "{BODY}"}}\n', encoding="utf-8")
    results = [result.path if isinstance(result, Document) else str(result) for result in read("n")]
    assert results[:2] == ["n/a.txt", "n/b.zip!/x.txt"]
    assert results[2] is not None
    assert "'n/b.zip!/y.txt' is a PNG image" in results[2]
    assert results[3:6] == ["n/b.zip!/z.txt", "n/c.tar.gz!/x.txt", "n/d.jsonl#1"]
    assert results[6] is not None
    assert results[6].startswith("line 2 of 'n/d.jsonl' is no JSON")
    assert results[7:] == ["n/d.jsonl#3"]


def test_dates_and_columns_are_handed_on() -> None:
    Path("n.csv").write_text(f"story\n{BODY}\n", encoding="utf-8")
    [document] = read("n.csv", published="2023-07-03", fields=Fields(text="story"))
    assert isinstance(document, Document)
    assert (document.published, document.published_from) == ("2023-07-03", "given")
    with pytest.raises(ReadError, match="is no date"):
        documents(Input("n.csv", "n.csv", 1, 1), published="July")


def test_standard_input_is_read_from_the_stream_given() -> None:
    [document] = documents(Input("-", "-", None, None), stdin=io.BytesIO(BODY.encode()))
    assert isinstance(document, Document)
    assert document.text == BODY


def test_a_file_that_changes_while_it_is_read_says_so_at_its_end() -> None:
    Path("n.jsonl").write_text(f'{{"text": "{BODY}"}}\n' * 2, encoding="utf-8")
    [step] = walk(["n.jsonl"])
    assert isinstance(step, Input)
    results = documents(step)
    next(results)
    with Path("n.jsonl").open("a", encoding="utf-8") as file:
        file.write("{")
    *_, last = results
    assert isinstance(last, ReadError)
    assert "'n.jsonl' changed while it was read" in str(last)


def test_a_file_that_vanishes_while_it_is_read_is_read_to_its_end() -> None:
    if NO_LINKS:
        return  # it cannot, there
    Path("n.jsonl").write_text(f'{{"text": "{BODY}"}}\n' * 2, encoding="utf-8")
    results = read("n.jsonl")
    next(results)
    Path("n.jsonl").unlink()
    assert [type(result) for result in results] == [Document]


def test_a_file_that_may_not_be_read_is_an_error_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    make("n/a.txt", "n/b.txt")
    opened = Path.open

    def refuse(path: Path, mode: str) -> object:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    error, document = read("n")
    assert str(error) == "cannot read 'n/a.txt': permission denied; check its access rights"
    assert isinstance(document, Document)


def peak_of(*sources: str) -> int:
    """Return the most bytes that Python held at once on the way through all documents of the sources."""
    tracemalloc.start()
    try:
        for step in walk(sources):
            for _ in documents(step) if isinstance(step, Input) else ():
                pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def written(count: int) -> dict[str, bytes]:
    """Return files of `count` texts of 9 kB, by the names of their formats."""
    texts = [f"园区签约项目{number}个，" + "总投资501亿元，" * 350 for number in range(count)]
    return {
        "lines.jsonl": "".join(f'{{"text": "{text}"}}\n' for text in texts).encode(),
        "bad.jsonl": b'{"text": "x"}\n' + (b"{" + b" " * 9000 + b"\n") * count,
        "table.csv": "\n".join(["text", *texts]).encode(),
        "texts.tar.gz": tarred({f"{number}.txt": text.encode() for number, text in enumerate(texts)}, "w:gz"),
    }


@pytest.mark.parametrize("name", written(0))
def test_memory_does_not_grow_with_the_number_of_documents(name: str) -> None:
    Path("few").mkdir()
    Path("many").mkdir()
    Path("few", name).write_bytes(written(150)[name])
    Path("many", name).write_bytes(written(600)[name])
    peak_of("few")  # what is imported on the way
    assert peak_of("many") < peak_of("few") + 300_000  # a sample to tell the charset by has a megabyte


def test_memory_of_a_walk_does_not_grow_with_the_number_of_folders() -> None:
    make(*(f"few/{folder}/{name}.jpg" for folder in range(5) for name in range(40)))
    make(*(f"many/{folder}/{name}.jpg" for folder in range(50) for name in range(40)))
    peak_of("few")
    assert peak_of("many") < peak_of("few") + 20_000
