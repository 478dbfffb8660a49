"""Word files: what a reader of the page sees, in order, and what the properties say."""

from pathlib import Path

import pytest

from summarizer.errors import ReadError
from summarizer.read import document_from_bytes, read_document
from tests.make import AFTER, BODY, docx, paragraph, zipped

TABLE = (
    "<w:tbl><w:tblPr/><w:tr><w:tc><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>数值</w:t></w:r></w:p>"
    "</w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>签约</w:t></w:r></w:p><w:p><w:r><w:t>项目</w:t></w:r></w:p></w:tc>"
    "<w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>114个</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>"
)


def refusal(content: bytes, path: str = "a.docx") -> str:
    with pytest.raises(ReadError) as caught:
        document_from_bytes(content, path=path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_paragraphs_and_tables_come_in_order(tmp_path: Path) -> None:
    path = tmp_path / "news.docx"
    path.write_bytes(docx(paragraph("园区提速") + paragraph(BODY) + TABLE + paragraph(AFTER)))
    document = read_document(path)
    assert document.text == f"园区提速\n\n{BODY}\n\n指标\t数值\n签约 项目\t114个\n\n{AFTER}"
    assert document.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert (document.encoding, document.title, document.published) == ("binary", None, None)


def test_deleted_words_and_instructions_are_left_out_and_inserted_ones_kept() -> None:
    body = (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>签约</w:t></w:r>"
        "<w:del><w:r><w:delText>67个</w:delText></w:r></w:del><w:ins><w:r><w:t>76个</w:t></w:r></w:ins>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:tab/><w:t>园区</w:t><w:br/><w:t>提速</w:t></w:r></w:p>"
    )
    assert document_from_bytes(docx(body), path="a.docx").text == "签约76个\t园区\n提速"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('图：园区一角')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>项目114个</w:t></w:r><w:r><w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback></w:r></w:p>"
    )
    assert document_from_bytes(docx(body), path="a.docx").text == "项目114个\n\n图：园区一角"


def test_properties_become_title_author_and_day() -> None:
    core = (
        "<dc:title>园区提速</dc:title><dc:creator>苏禾</dc:creator><dcterms:created>2023-07-01T02:00:00Z</dcterms:created>"
        "<dcterms:modified>2023-07-03T02:00:00Z</dcterms:modified>"
    )
    document = document_from_bytes(docx(paragraph(BODY), core), path="a.docx")
    assert (document.title, document.author) == ("园区提速", "苏禾")
    assert (document.published, document.published_from) == ("2023-07-03", "metadata")
    given = document_from_bytes(docx(paragraph(BODY), core), path="a.docx", published="2022-01-01")
    assert (given.published, given.published_from) == ("2022-01-01", "given")


@pytest.mark.parametrize(
    ("title", "author", "created"),
    [("Microsoft Word - 新建文档.doc", "Administrator", "2010"), ("文档1", "微软用户", "2013"), ("", "lenovo", "2009")],
)
def test_what_programs_put_into_properties_is_nobodys_word(title: str, author: str, created: str) -> None:
    core = (
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
        f"<dcterms:created>{created}-01-01T00:00:00Z</dcterms:created><dcterms:modified>2023-07-03T02:00:00Z</dcterms:modified>"
    )
    document = document_from_bytes(docx(paragraph(BODY), core), path="a.docx")
    assert (document.title, document.author, document.published) == (None, None, None)


def test_damaged_properties_do_no_harm() -> None:
    assert document_from_bytes(docx(paragraph(BODY), "<dc:title>"), path="a.docx").text == BODY


def test_a_docx_that_is_none_is_told() -> None:
    assert "is no Word document, despite its name" in refusal(BODY.encode())
    assert "it holds a web page, maybe a server's error" in refusal(b"<!DOCTYPE html><html>404</html>")
    assert "has no word/document.xml" in refusal(zipped({"a.txt": BODY.encode()}))
    assert "is a damaged ZIP archive" in refusal(docx(paragraph(BODY))[:200])
    assert "its XML does not parse" in refusal(docx("<w:p>"))
    assert "nests too deeply" in refusal(docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000))
    assert "without text" in refusal(docx(""))
    assert "defines entities" in refusal(
        zipped({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "[Content_Types].xml": b""})
    )


def test_a_docx_whose_text_swells_is_left_at_the_limit() -> None:
    assert "more than 30,000,000 bytes of XML" in refusal(docx(" " * 31_000_000))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("xl/workbook.xml", "an Excel workbook: save its sheet as CSV"),
        ("ppt/slides.xml", "a PowerPoint file"),
        ("META-INF/container.xml", "an EPUB book"),
        ("content.xml", "an OpenDocument file"),
    ],
)
def test_other_office_files_are_named(name: str, told: str) -> None:
    assert told in refusal(zipped({"mimetype": b"x", name: b"x"}), "a.bin")


def test_an_old_doc_is_told_to_be_saved_anew() -> None:
    assert "is an old Office document (doc, xls, ppt), which is not read: save it as docx" in refusal(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc"
    )
