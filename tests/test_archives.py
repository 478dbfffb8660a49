"""Archives: every file in its place, under its own path; bombs, damage and nests are one line each."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from summarizer.article import Document
from summarizer.errors import ReadError
from summarizer.read import MAX_BYTES, limits, read_document, read_documents
from summarizer.read import archives as archives_module
from tests.make import BODY, docx, paragraph, tarred, zipped

ONE, TWO = BODY, "云岭高新区新开工项目36个。"
PAGES = {"dir/a.txt": ONE.encode(), "b.txt": TWO.encode("gb18030")}


def all_of(path: Path) -> tuple[list[Document], list[str]]:
    told: list[ReadError] = []
    documents = list(read_documents(path, on_error=told.append))
    lines = [str(error) for error in told]
    assert not any("\n" in line for line in lines)
    return documents, lines


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("news.zip", zipped(PAGES)),
        ("news.zip", zipped(PAGES, zipfile.ZIP_STORED)),
        ("news.tar", tarred(PAGES)),
        ("news.tar.gz", tarred(PAGES, "w:gz")),
        ("news.tgz", tarred(PAGES, "w:gz")),
        ("news.tar.bz2", tarred(PAGES, "w:bz2")),
        ("news.tar.xz", tarred(PAGES, "w:xz")),
        ("no-name", tarred(PAGES, "w:xz")),
    ],
)
def test_every_member_is_a_document_of_its_own(tmp_path: Path, name: str, content: bytes) -> None:
    path = written(tmp_path, name, content)
    documents, told = all_of(path)
    assert [(document.path, document.text, document.encoding) for document in documents] == [
        (f"{path}!/dir/a.txt", ONE, "utf-8"),
        (f"{path}!/b.txt", TWO, "gb18030"),
    ]
    assert told == []
    assert len({document.id for document in documents}) == 2


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_one_packed_file_is_one_document_under_its_own_name(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    path = written(tmp_path, "news.txt.gz", pack(ONE.encode("gb18030")))
    if pack is not gzip.compress:
        path = path.rename(tmp_path / "news")
    document = read_document(path)
    assert (document.path, document.text) == (str(path), ONE)


def test_the_archive_of_a_pipe_is_read() -> None:
    for content in (zipped(PAGES), tarred(PAGES, "w:gz")):
        texts = [(document.path, document.text) for document in read_documents("-", stdin=io.BytesIO(content))]
        assert texts == [("-!/dir/a.txt", ONE), ("-!/b.txt", TWO)]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_in_old_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    name = "新聞/高新區.txt"
    raw = zipped({"x" * len(name.encode(encoding)): ONE.encode()}).replace(
        b"x" * len(name.encode(encoding)), name.encode(encoding)
    )
    path = written(tmp_path, "old.zip", raw)
    [document], _ = all_of(path)
    assert document.path == f"{path}!/{name}"
    path = written(tmp_path, "old.tar", tarred({name: ONE.encode()}, encoding=encoding))
    [document], _ = all_of(path)
    assert document.path == f"{path}!/{name}"


def test_a_member_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    members = {"a.txt": ONE.encode(), "b.jpg": b"\xff\xd8\xff\xe0", "c.txt": b"", "d.txt": TWO.encode()}
    path = written(tmp_path, "news.zip", zipped(members))
    documents, told = all_of(path)
    assert [document.text for document in documents] == [ONE, TWO]
    assert told == [
        f"'{path}!/b.jpg' is a JPEG image, which is not read: run OCR on it, or save its text in UTF-8",
        f"'{path}!/c.txt' is empty: give an input that has text",
    ]
    reading = read_documents(path)
    assert next(reading).text == ONE
    with pytest.raises(ReadError, match=r"b\.jpg' is a JPEG image"):
        next(reading)


def test_litter_of_systems_is_passed_over(tmp_path: Path) -> None:
    litter = dict.fromkeys(("__MACOSX/._a.txt", ".DS_Store", "dir/Thumbs.db", "._b.txt"), b"\0\1\2\xff")
    for name, content in (("a.zip", zipped(litter | PAGES)), ("a.tar", tarred(litter | PAGES))):
        documents, told = all_of(written(tmp_path, name, content))
        assert (len(documents), told) == (2, [])


def test_a_file_of_several_documents_is_told_where_one_is_needed(tmp_path: Path) -> None:
    path = written(tmp_path, "news.zip", zipped(PAGES))
    with pytest.raises(ReadError, match=r"holds several documents \('.*a\.txt', '.*b\.txt' …\), and one is needed"):
        read_document(path)
    assert read_document(written(tmp_path, "one.zip", zipped({"a.txt": ONE.encode()}))).text == ONE


def test_archives_in_archives_are_read_to_the_limit(tmp_path: Path) -> None:
    nest = tarred({"c.txt": ONE.encode()}, "w:gz")
    for name in ("b.tar.gz", "a.zip"):
        nest = zipped({name: nest, "word.docx": docx(paragraph(TWO))})
    path = written(tmp_path, "nest.zip", nest)
    documents, told = all_of(path)
    assert [(document.path, document.text) for document in documents] == [
        (f"{path}!/a.zip!/b.tar.gz!/c.txt", ONE),
        (f"{path}!/a.zip!/word.docx", TWO),
        (f"{path}!/word.docx", TWO),
    ]
    deeper = written(tmp_path, "deeper.zip", zipped({"nest.zip": nest}))
    documents, told = all_of(deeper)
    assert told == [
        f"'{deeper}!/nest.zip!/a.zip!/b.tar.gz' lies in 3 archives, the limit is 3: unpack the outer ones",
        f"'{deeper}!/nest.zip!/a.zip!/word.docx' lies in 3 archives, the limit is 3: unpack the outer ones",
    ]
    assert len(documents) == 1


def test_gzip_within_gzip_is_a_nest_too(tmp_path: Path) -> None:
    content = ONE.encode()
    for _ in range(4):
        content = gzip.compress(content)
    _, told = all_of(written(tmp_path, "a.gz", content))
    assert len(told) == 1
    assert "the limit is 3" in told[0]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_one_file_that_swells_is_left_at_the_size_of_a_document(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    _, told = all_of(written(tmp_path, "a.txt.gz" if pack is gzip.compress else "a", pack(b"a" * (MAX_BYTES + 9))))
    assert len(told) == 1
    assert f"is too large: more than the limit of {MAX_BYTES:,} bytes" in told[0]


def test_a_bomb_of_many_members_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RATIO_COUNTS_FROM", 5_000_000)
    bomb = zipped({f"{number}.txt": b"a" * 900_000 for number in range(30)})
    for name, content in (("bomb.zip", bomb), ("bomb.tar.gz", tarred({"a": bomb, "b": bomb}, "w:gz"))):
        documents, told = all_of(written(tmp_path, name, content))
        assert len(documents) <= 6
        assert len(told) == 1, "and it is not told again for every further member"
        assert "unpacks to more than 200 times its size: it may be a zip bomb" in told[0]


def test_a_bomb_from_a_pipe_is_measured_by_what_was_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RATIO_COUNTS_FROM", 5_000_000)
    bomb = tarred({f"{number}.txt": b"a" * 900_000 for number in range(30)}, "w:gz")
    told: list[ReadError] = []
    assert len(list(read_documents("-", stdin=io.BytesIO(bomb), on_error=told.append))) <= 6
    assert "zip bomb" in str(told[0])


def test_a_zip_that_lies_about_its_sizes_is_measured_by_what_comes_out(tmp_path: Path) -> None:
    content = zipped({"a.txt": b"a" * (MAX_BYTES + 5)})
    lying = content.replace(struct.pack("<L", MAX_BYTES + 5), struct.pack("<L", 9))
    documents, told = all_of(written(tmp_path, "a.zip", lying))
    assert documents == []
    assert len(told) == 1


def test_all_that_is_unpacked_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_EXPANDED_BYTES", 1000)
    _, told = all_of(written(tmp_path, "a.zip", zipped({f"{number}.txt": ONE.encode() for number in range(9)})))
    assert "unpacks to more than 1,000 bytes" in told[0]
    assert len(told) == 1


def test_the_members_of_an_archive_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives_module, "MAX_MEMBERS", 2)
    members = {f"{number}.txt": ONE.encode() for number in range(4)}
    for name, content in (("a.zip", zipped(members)), ("a.tar", tarred(members))):
        documents, told = all_of(written(tmp_path, name, content))
        assert len(documents) == 2
        assert told == [f"'{tmp_path / name}' holds more than 2 files: split it; the rest is not read"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.zip", zipped({}), "is an empty archive"),
        ("a.tar", tarred({}), "is an empty archive"),
        ("a.zip", zipped(PAGES)[:-40], "is a damaged ZIP archive"),
        ("a.zip", b"no archive", "is no ZIP archive, despite its name"),
        ("a.gz", b"no archive", "is no gzip archive, despite its name"),
        ("a.tar.xz", b"no archive", "is no xz archive, despite its name"),
        ("a.txt.gz", gzip.compress(ONE.encode() * 99)[:-30], "is cut short"),
        ("a.txt", bz2.compress(ONE.encode() * 99)[:-30], "is cut short"),
        ("a.txt", lzma.compress(ONE.encode() * 99)[:-30], "is cut short"),
        ("a.txt.gz", gzip.compress(ONE.encode())[:-8] + b"12345678", "is damaged (CRC check failed"),
        ("a.rar", b"Rar!\x1a\x07\0", "is a RAR archive, which is not read: pack it anew as zip"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive"),
        ("a.gz", b"", "is empty"),
    ],
)
def test_a_damaged_archive_is_one_line(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    documents, lines = all_of(written(tmp_path, name, content))
    assert documents == []
    assert len(lines) == 1
    assert told in lines[0]


def test_a_torn_tar_gives_what_stands_before_the_tear(tmp_path: Path) -> None:
    noise = bytes((number * 7919) >> 5 & 0xFF for number in range(60_000))
    whole = tarred({"a.txt": ONE.encode(), "b.txt": noise.hex().encode(), "c.txt": TWO.encode()}, "w:gz")
    documents, told = all_of(written(tmp_path, "a.tar.gz", whole[: len(whole) // 2]))
    assert [document.text for document in documents] == [ONE]
    assert "is cut short: it ends in the middle; fetch it again" in told[-1]
    plain = tarred({"a.txt": ONE.encode(), "b.txt": noise.hex().encode()})
    documents, told = all_of(written(tmp_path, "a.tar", plain[:9000]))
    assert [document.text for document in documents] == [ONE]
    assert "is cut short" in told[0]


def test_an_encrypted_member_is_told_and_the_rest_read(tmp_path: Path) -> None:
    content = bytearray(zipped(PAGES))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags] |= 1
    documents, told = all_of(written(tmp_path, "a.zip", bytes(content)))
    assert [document.text for document in documents] == [TWO]
    assert "a.txt' is encrypted: unpack it with its password" in told[0]


def test_a_member_packed_by_an_unknown_method_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped(PAGES))
    for signature, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        content[content.index(signature) + method] = 99
    documents, told = all_of(written(tmp_path, "a.zip", bytes(content)))
    assert [document.text for document in documents] == [TWO]
    assert "a method that is not known here" in told[0]


def test_links_and_folders_of_a_tar_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    _, told = all_of(path)
    assert told == [f"'{path}' is an empty archive: there is no file in it"]
