"""Nothing stops a walk and the reading of its documents, whatever names, folders and files are like."""

import inspect
import io
import os
import sys
import tracemalloc
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from summarizer.archive.walk import Input, Skipped, documents, walk
from summarizer.article import Document
from summarizer.errors import ReadError
from summarizer.read import Fields
from tests.make import BODY, tarred, zipped
from tests.trees import NO_LINKS, found, make, skipped

pytestmark = pytest.mark.usefixtures("own_folder")


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
