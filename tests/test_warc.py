"""Web archives: pages and plain texts among the answers of servers; everything else is passed over."""

import gzip
from pathlib import Path

import pytest

from summarizer.article import Document
from summarizer.errors import ReadError
from summarizer.read import read_documents, warc
from tests.make import AFTER, BODY, html

PAGE = html('<meta name="PubDate" content="2023-07-03">', charset="gb2312").encode("gb18030")


def record(name: str, content: bytes, media: str, *headers: str, status: str = "200 OK") -> bytes:
    http = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Type: {media}", *headers, "", "")).encode() + content
    about = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        f"WARC-Target-URI: http://a.example/{name}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return about.encode() + http + b"\r\n\r\n"


INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:0>\r\nContent-Length: 6\r\n\r\na: b\r\n\r\n\r\n"
PICTURE = record("2.png", b"\x89PNG", "image/png")
RECORDS = (
    INFO,
    record("1.html", PAGE, "text/html"),
    PICTURE,
    record("3.html", html().encode(), "text/html; charset=utf-8", status="404 Not Found"),
    record("4.txt", AFTER.encode(), "text/plain; charset=utf-8"),
    record("5.html", b"<html></html>", "text/html"),
    record("6.html", gzip.compress(html().encode()), "text/html;charset=UTF-8", "Content-Encoding: gzip"),
)


def archive(packed: bool = False) -> bytes:
    return b"".join(gzip.compress(one) if packed else one for one in RECORDS)


def all_of(path: Path, content: bytes) -> tuple[list[Document], list[str]]:
    path.write_bytes(content)
    told: list[ReadError] = []
    documents = list(read_documents(path, on_error=told.append))
    assert not any("\n" in str(error) for error in told)
    return documents, [str(error) for error in told]


@pytest.mark.parametrize(("name", "packed"), [("a.warc", False), ("a.warc.gz", True)])
def test_pages_and_texts_are_read_and_a_page_without_text_is_told(tmp_path: Path, name: str, packed: bool) -> None:
    path = tmp_path / name
    documents, told = all_of(path, archive(packed))
    assert [(document.path, document.media_type, document.encoding) for document in documents] == [
        (f"{path}!/http://a.example/1.html", "text/html", "gb18030"),
        (f"{path}!/http://a.example/4.txt", "text/plain", "utf-8"),
        (f"{path}!/http://a.example/6.html", "text/html", "utf-8"),
    ]
    assert BODY in documents[0].text
    assert (documents[0].title, documents[0].published) == ("园区提速", "2023-07-03")
    assert documents[1].text == AFTER
    assert len(told) == 1
    assert "5.html" in told[0]


def test_an_archive_without_pages_is_told(tmp_path: Path) -> None:
    documents, told = all_of(tmp_path / "a.warc", INFO + PICTURE)
    assert (documents, len(told)) == ([], 1)
    assert "holds no web page and no plain text among its responses" in told[0]


def test_a_torn_archive_gives_what_stands_before_the_tear(tmp_path: Path) -> None:
    content = archive(packed=True)
    documents, told = all_of(tmp_path / "a.warc.gz", content[: len(content) - 60])
    assert [document.media_type for document in documents] == ["text/html", "text/plain"]
    assert "is cut short" in told[-1]


def test_damage_is_told(tmp_path: Path) -> None:
    documents, told = all_of(tmp_path / "a.warc", b"WARC/1.0\r\nno header\r\n\r\nnothing\r\n\r\nmore\r\n")
    assert documents == []
    assert len(told) == 1


def test_a_record_of_a_wrong_length_is_told_and_the_next_one_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = record("1.txt", b"x" * 50 + b"\r\n", "text/plain").replace(b"Content-Length: 9", b"Content-Length: 6")
    documents, told = all_of(tmp_path / "a.warc", wrong + record("2.txt", AFTER.encode(), "text/plain"))
    assert documents[-1].text == AFTER
    assert any("is damaged: its length is wrong" in line for line in told)
    assert capsys.readouterr().err == ""


def test_an_answer_larger_than_a_document_is_told_and_the_rest_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "MAX_BYTES", len(AFTER.encode()))
    documents, told = all_of(tmp_path / "a.warc", archive())
    assert AFTER in [document.text for document in documents]
    assert len([line for line in told if "is too large" in line]) == 2
