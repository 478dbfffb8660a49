"""Bytes in, a document or one clear line out."""

import hashlib
import io
import os
import sys
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import charset
from summarizer.errors import ReadError
from summarizer.read import MAX_BYTES, document_from_bytes, document_from_text, read_document
from summarizer.read.source import read_all, source_of

NEWS = (
    "云岭高新区今年上半年签约项目114个，总投资501亿元，同比增长12.5%。园区企业在技术创新和产业发展上取得新的成绩，"
    "管委会负责人表示，下一步要把服务企业的工作做好。"
)
TRADITIONAL = (
    "雲嶺科學園區今年上半年簽約項目114個，總投資501億元，較去年同期成長。園區企業在技術創新和產業發展上有新的成績，"
    "管理局長表示，下一步要把服務企業的工作做好。"
)


class Endless(io.RawIOBase):
    """A pipe that never ends and counts what is taken from it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        assert size >= 0
        self.taken += size
        return b"x" * size


class Broken(io.RawIOBase):
    def read(self, size: int = -1, /) -> bytes:
        raise OSError(5, "Input/output error")


def message_of(content: bytes, path: str | None = "page.txt") -> str:
    with pytest.raises(ReadError) as caught:
        document_from_bytes(content, path=path)
    text = str(caught.value)
    assert "\n" not in text
    return text


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("gb18030", "gb18030"),
    ],
)
def test_simplified_text_is_read_in_every_encoding(codec: str, found: str) -> None:
    document = document_from_bytes(NEWS.encode(codec), path="page.txt")
    assert (document.text, document.encoding) == (NEWS, found)


@pytest.mark.parametrize("codec", ["utf-8", "big5hkscs", "gb18030", "utf-16-le", "utf-16-be"])
def test_traditional_text_is_read_in_every_encoding(codec: str) -> None:
    document = document_from_bytes(TRADITIONAL.encode(codec), path=None)
    assert (document.text, document.encoding) == (TRADITIONAL, codec)


@pytest.mark.parametrize(("start", "length"), [(start, length) for start in range(0, 60, 7) for length in (20, 40)])
@pytest.mark.parametrize("codec", ["gb18030", "utf-16-le", "utf-16-be"])
def test_short_cuts_are_recognised(codec: str, start: int, length: int) -> None:
    cut = NEWS[start : start + length]
    assert document_from_bytes(cut.encode(codec), path=None).text == cut


def test_marks_of_utf16_big_endian_and_gb18030_are_dropped() -> None:
    assert document_from_bytes(b"\xfe\xff" + NEWS.encode("utf-16-be"), path=None).text == NEWS
    assert document_from_bytes(("\ufeff" + NEWS).encode("gb18030"), path=None).text == NEWS


def test_english_in_utf16_without_a_mark_is_read() -> None:
    assert document_from_bytes("The zone signed 24 projects.".encode("utf-16-le"), path=None).encoding == "utf-16-le"


def test_line_ends_are_kept_as_read(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes("一\r\n二\r三\n".encode())
    document = read_document(path)
    assert document.text == "一\r\n二\r三\n"
    assert document.path == str(path)
    assert document.media_type == "text/plain"


def test_the_id_is_the_hash_of_the_bytes() -> None:
    content = NEWS.encode("gb18030")
    assert document_from_bytes(content, path=None).id == "sha256:" + hashlib.sha256(content).hexdigest()
    assert document_from_text(NEWS).id == "sha256:" + hashlib.sha256(NEWS.encode()).hexdigest()


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_a_torn_last_character_is_replaced(codec: str) -> None:
    document = document_from_bytes(NEWS[:-1].encode(codec) + "业".encode(codec)[:1], path=None)
    assert document.text == NEWS[:-1] + "\ufffd"


def test_gb18030_torn_within_four_bytes_is_read() -> None:
    assert document_from_bytes(NEWS.encode("gb18030") + "𠀀".encode("gb18030")[:3], path=None).text[:-1] == NEWS


def test_a_mark_before_damaged_text_is_an_error() -> None:
    assert "cannot tell how 'page.txt' is encoded" in message_of(b"\xef\xbb\xbf" + b"\xff" + NEWS.encode())


def test_damage_inside_chinese_text_is_an_error_not_gibberish() -> None:
    content = NEWS.encode("gb18030")
    for codec in ("gb18030", "utf-8"):
        content = NEWS.encode(codec)
        assert "save it anew in UTF-8" in message_of(content[:60] + b"\xff\xff" + content[60:])


def test_western_text_goes_to_the_statistics() -> None:
    text = "The café near the zone’s gate – naïve as it seems – sold 3,500 crêpes in a year, its owner said. " * 3
    assert document_from_bytes(text.encode("cp1252"), path=None).text == text


def test_western_text_that_is_mostly_gibberish_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charset, "_by_score", lambda content: None)
    assert "encoded" in message_of("éàüöèß".encode("cp1252") * 20)


def test_korean_is_left_to_the_statistics() -> None:
    text = "한국의 반도체 회사가 새로운 공장을 짓고 있으며 올해 투자를 늘릴 계획이라고 밝혔다. " * 3
    assert document_from_bytes(text.encode("cp949"), path=None).text == text


def test_no_guess_at_all_is_an_error() -> None:
    assert "cannot tell" in message_of(bytes([0x81, 0xFF, 0x8D, 0xFF, 0x9D, 0xFE, 0x80]) * 9)


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", "　\u200b\ufeff\n".encode()])
def test_an_empty_input_is_said_to_be_empty(content: bytes) -> None:
    assert message_of(content) == "'page.txt' is empty: give an input that has text"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "a damaged PDF file"),
        (b"PK\x03\x04rest", "a damaged ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        (b"{\\rtf1", "an RTF document"),
    ],
)
def test_a_known_kind_of_file_is_named(content: bytes, kind: str) -> None:
    assert message_of(content).startswith(f"'page.txt' is {kind}")


def test_nul_bytes_that_are_no_utf16_are_binary() -> None:
    assert "binary file" in message_of(b"\x01\x00\xff\xfe\x00\x00\x00\x07" * 20)
    assert "binary file" in message_of(b"ELF\x00\x01\x02\x80")


def test_a_missing_file_a_folder_and_a_bad_name_are_one_line_each(tmp_path: Path) -> None:
    for path, said in (
        (tmp_path / "none.txt", "no such file"),
        (tmp_path, "is a folder"),
        (Path("a" * 5000), "check the path"),
        (Path("a\0b"), "check the path"),
    ):
        with pytest.raises(ReadError, match=said) as caught:
            read_document(path)
        assert "\n" not in str(caught.value)
        assert repr(str(path)) in str(caught.value)


def test_a_file_without_access_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.txt"
    path.write_text(NEWS, encoding="utf-8")

    def refuse(*_: object) -> None:  # the suite may run as root, who may read everything
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadError, match="permission denied"):
        read_document(path)


def test_a_large_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(ReadError, match=r"10,000,001 bytes, over the limit of 10,000,000 bytes"):
        read_document(path)


def test_a_large_value_is_refused() -> None:
    assert "too large" in message_of(b"x" * (MAX_BYTES + 1))
    with pytest.raises(ReadError, match="the text is too large"):
        document_from_text("x" * (MAX_BYTES + 1))


def test_an_endless_input_is_left_at_the_limit() -> None:
    pipe = Endless()
    with pytest.raises(ReadError, match="standard input is too large: more than the limit"):
        read_document("-", stdin=pipe)  # type: ignore[arg-type]  # RawIOBase is all that is read from
    assert pipe.taken == MAX_BYTES + 1


def test_a_fifo_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # so that the writer does not wait for one
    writer = os.open(path, os.O_WRONLY)
    os.write(writer, NEWS.encode())
    with open(path, "rb") as stream:  # noqa: PTH123  # opened before the writer goes, so that nothing is lost
        os.close(writer)
        os.close(reader)
        assert read_all(source_of("pipe", stream)) == NEWS.encode()


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    given_stream: BinaryIO = io.BytesIO(NEWS.encode("gb18030"))
    document = read_document("-", stdin=given_stream)
    assert (document.text, document.path, document.encoding) == (NEWS, "-", "gb18030")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NEWS.encode())))
    assert read_document("-").text == NEWS
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(ReadError, match="no standard input"):
        read_document("-")


def test_a_failing_stream_is_one_line() -> None:
    with pytest.raises(ReadError, match="cannot read standard input: Input/output error"):
        read_document("-", stdin=Broken())  # type: ignore[arg-type]  # RawIOBase is all that is read from


def test_a_file_name_that_is_no_unicode_is_stored_readably(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xb8\xdf.txt")
    path.write_text(NEWS, encoding="utf-8")
    assert read_document(path).path == f"{tmp_path}/??.txt"


def test_a_given_date_is_kept_and_a_bad_one_refused(tmp_path: Path) -> None:
    dated = document_from_text(NEWS, published="2023-07-03")
    assert (dated.published, dated.published_from) == ("2023-07-03", "given")
    undated = document_from_text(NEWS)
    assert (undated.published, undated.published_from) == (None, None)
    for wrong in ("2023-02-30", "20230703", "2023-7-3", "2023年7月3日", ""):
        with pytest.raises(ReadError, match="write it as YYYY-MM-DD"):
            read_document(tmp_path / "none.txt", published=wrong)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ReadError, match="lone surrogate"):
        document_from_text("园区\ud83d")


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_one_line(content: bytes) -> None:
    problem = ""
    try:
        document_from_bytes(content, path=None).text.encode()
    except ReadError as error:
        problem = str(error)
    assert "\n" not in problem
