"""JSON Lines and tables: one article per record, in whatever encoding, each damaged record one line."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.article import Document
from summarizer.errors import ReadError
from summarizer.read import Fields, read_documents, records
from tests.make import AFTER, BODY, zipped


def all_of(path: Path, fields: Fields | None = None) -> tuple[list[Document], list[str]]:
    told: list[ReadError] = []
    documents = list(read_documents(path, fields=fields, on_error=told.append))
    assert not any("\n" in str(error) for error in told)
    return documents, [str(error) for error in told]


def written(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def lines_of(*values: object) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


@pytest.mark.parametrize(
    "names",
    [("text", "title", "date", "id"), ("content", "标题", "published", "id"), ("正文", "Title", "日期", "ID")],
)
@pytest.mark.parametrize("form", ["jsonl", "csv", "tsv"])
def test_the_usual_names_are_known(tmp_path: Path, names: tuple[str, ...], form: str) -> None:
    values = (BODY, "园区提速", "2023年7月3日", "n7")
    if form == "jsonl":
        content = lines_of(dict(zip(names, values, strict=True)))
    else:
        between = "\t" if form == "tsv" else ","
        content = between.join(names) + "\r\n" + between.join(values) + "\r\n"
    path = written(tmp_path, f"news.{form}", content)
    [document], told = all_of(path)
    assert told == []
    assert (document.text, document.title, document.published) == (BODY, "园区提速", "2023-07-03")
    assert (document.path, document.published_from) == (f"{path}#n7", "metadata")
    assert document.media_type == {"jsonl": "application/jsonl", "csv": "text/csv"}.get(
        form, "text/tab-separated-values"
    )


def test_names_can_be_given(tmp_path: Path) -> None:
    fields = Fields(text="story", title="head", date="day", id="nr")
    path = written(
        tmp_path, "a.ndjson", lines_of({"nr": 7, "head": "园区", "story": BODY, "day": 20230703, "text": "x"})
    )
    [document], _ = all_of(path, fields)
    assert (document.text, document.title, document.published) == (BODY, "园区", "2023-07-03")
    assert document.path == f"{path}#7"


def test_without_an_id_the_line_tells_the_record(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", f'text\n"{BODY}\n{AFTER}"\n\n{AFTER}\n')
    documents, told = all_of(path)
    assert [document.path for document in documents] == [f"{path}#3", f"{path}#5"]
    assert (documents[0].text, told) == (f"{BODY}\n{AFTER}", [])


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_records_are_read_in_every_encoding(tmp_path: Path, codec: str, name: str) -> None:
    content = f"标题,正文\n园区,{BODY}\n" if name == "a.csv" else lines_of({"标题": "园区", "正文": BODY})
    [document], told = all_of(written(tmp_path, name, content, codec))
    assert (document.title, document.text, told) == ("园区", BODY, [])
    assert document.encoding == codec


def test_a_separator_is_found_in_the_first_row(tmp_path: Path) -> None:
    for between in (";", "|", "\t"):
        [document], _ = all_of(written(tmp_path, "a.csv", f"id{between}text\n1{between}{BODY}\n"))
        assert document.text == BODY


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", f"nr,story\n1,{BODY}\n", "has no column text or content or body or 正文, but 'nr', 'story': name"),
        ("a.jsonl", lines_of({"story": BODY}), "but 'story': name the text with --text-field"),
        ("a.jsonl", lines_of({}), "but none at all"),
        ("a.csv", "x" + ",x" * 30 + "\n", "and 11 more"),
        ("a.csv", "\n", "is empty"),
        ("a.csv", "text\n\n", "there is no row under the names of its columns"),
        ("a.jsonl", "\n \n", "is empty"),
        ("a.jsonl", "", "is empty"),
        ("a.csv", b"", "is empty"),
        ("a.jsonl", BODY, "line 1 of"),
        ("a.csv", b"text\n\x81\xff\x8d\xff\n" * 9, "cannot tell how"),
    ],
)
def test_a_file_without_the_column_is_one_line(tmp_path: Path, name: str, content: str | bytes, told: str) -> None:
    documents, lines = all_of(written(tmp_path, name, content))
    assert documents == []
    assert len(lines) == 1
    assert told in lines[0]


def test_a_name_that_was_given_must_be_there(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", f"text,day\n{BODY},soon\n")
    _, told = all_of(path, Fields(date="when"))
    assert told == [f"'{path}' has no column 'when', but 'text', 'day': name the date with --date-field"]
    _, told = all_of(path, Fields(date="day"))
    assert told == [f"line 2 of '{path}' has no date in 'day': 'soon'; write it as YYYY-MM-DD"]


def test_a_date_of_a_usual_name_that_is_none_is_left(tmp_path: Path) -> None:
    [document], told = all_of(written(tmp_path, "a.csv", f"text,date\n{BODY},soon\n"))
    assert (document.published, told) == (None, [])


def test_one_bad_record_does_not_stop_the_others(tmp_path: Path) -> None:
    content = (
        lines_of({"text": BODY})
        + "{broken\n[1]\n"
        + lines_of({"text": 7}, {"title": "x"}, {"text": " "}, {"text": AFTER})
    )
    path = written(tmp_path, "a.jsonl", content)
    documents, told = all_of(path)
    assert [document.text for document in documents] == [BODY, AFTER]
    assert [line.partition(f" of '{path}' ")[::2] for line in told] == [
        ("line 2", "is no JSON (Expecting property name enclosed in double quotes): one object is needed on each line"),
        ("line 3", "is no JSON object: one object is needed on each line"),
        ("line 4", "holds no article: its 'text' is no text"),
        ("line 5", "holds no article: its 'text' is empty"),
        ("line 6", "holds no article: its 'text' is empty"),
    ]
    assert "nested too deeply" in all_of(written(tmp_path, "b.jsonl", "[" * 200_000))[1][0]


def test_a_record_in_another_encoding_is_decoded_on_its_own(tmp_path: Path) -> None:
    for name, head, row in (("a.csv", "text\n", "{}\n"), ("a.jsonl", '{"text": "abc"}\n', '{{"text": "{}"}}\n')):
        padding = (row.format("plain words. ")) * (records._SAMPLE_BYTES // 10)
        content = (head + padding).encode() + row.format(BODY).encode("gb18030")
        documents, told = all_of(written(tmp_path, name, content))
        assert (documents[-1].text, told) == (BODY, [])
        damaged = (head + padding).encode() + b"\x81\xff\x8d\xff".join([row.format("x").encode()] * 2)
        documents, told = all_of(written(tmp_path, name, damaged))
        assert len(told) >= 1


def test_a_record_as_large_as_a_book_is_refused_and_the_next_one_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MAX_BYTES", 1000)
    path = written(tmp_path, "a.jsonl", lines_of({"text": "x" * 5000}, {"text": BODY}))
    documents, told = all_of(path)
    assert [document.text for document in documents] == [BODY]
    assert told[0].startswith(f"line 1 of '{path}' makes a record of more than 1,000 characters")
    open_quote = written(tmp_path, "a.csv", 'text\n"' + f"{BODY}\n" * 50)
    documents, told = all_of(open_quote)
    assert documents == []
    assert "close its quotation marks" in told[0]


def test_a_cell_longer_than_the_modules_own_limit_is_read(tmp_path: Path) -> None:
    [document], _ = all_of(written(tmp_path, "a.csv", f"text\n{BODY * 2000}\n"))
    assert len(document.text) == len(BODY) * 2000


def test_records_from_a_pipe_are_read_where_a_name_is_given() -> None:
    for content in (lines_of({"story": BODY}), f"story\n{BODY}\n"):
        pipe = io.BytesIO(content.encode())
        [document] = read_documents("-", stdin=pipe, fields=Fields(text="story"))
        assert (document.text, document.encoding) == (BODY, "utf-8")


def test_records_inside_an_archive_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, "a.zip", zipped({"x/news.jsonl": lines_of({"text": BODY, "id": "n1"}).encode()}))
    [document], _ = all_of(path)
    assert document.path == f"{path}!/x/news.jsonl#n1"


class Rows(io.RawIOBase):
    """A pipe of JSON Lines that never ends and counts what was taken of it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        line = lines_of({"text": BODY}).encode()
        content = (line * (size // len(line) + 2))[self.taken % len(line) :][:size]
        self.taken += len(content)
        return content


def test_records_are_read_as_they_come() -> None:
    rows = Rows()
    reading: Iterator[Document] = read_documents("-", stdin=rows, fields=Fields(text="text"))  # type: ignore[arg-type]  # a raw stream
    for _ in range(10_000):  # 3 MB of them, which is more than the sample
        assert next(reading).text == BODY
    assert rows.taken < 5_000_000
