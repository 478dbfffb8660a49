"""PDF files: the text layer page by page; scans, passwords and damage are one line each."""

import io
from pathlib import Path

import pypdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from summarizer.errors import ReadError
from summarizer.pages import articles_of
from summarizer.read import document_from_bytes, pdf, read_document

FONT = "STSong-Light"
PAGES = (
    ("云岭高新区上半年签约项目114个，", "总投资501亿元，同比增长12.5%。新"),
    ("开工项目36个。", "下一步，园区将继续做好服务。"),
)


def made(*pages: tuple[str, ...], title: str = "园区提速", author: str = "苏禾") -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    written = io.BytesIO()
    page = canvas.Canvas(written, pagesize=(400, 400), invariant=1)
    page.setTitle(title)
    page.setAuthor(author)
    for lines in pages:
        page.setFont(FONT, 12)
        for row, line in enumerate(lines):
            page.drawString(40, 350 - 20 * row, line)
        page.showPage()
    page.save()
    return written.getvalue()


def refusal(content: bytes, path: str = "a.pdf") -> str:
    with pytest.raises(ReadError) as caught:
        document_from_bytes(content, path=path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_pages_are_read_in_order_with_a_form_feed_between(tmp_path: Path) -> None:
    path = tmp_path / "news.pdf"
    path.write_bytes(made(*PAGES))
    document = read_document(path)
    assert document.text == "\f".join("\n".join(lines) for lines in PAGES)
    assert (document.media_type, document.encoding) == ("application/pdf", "binary")
    assert (document.title, document.author, document.published) == ("园区提速", "苏禾", None)


def test_columns_are_read_in_the_order_in_which_they_were_written() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    written = io.BytesIO()
    page = canvas.Canvas(written, pagesize=(400, 400))
    page.setFont(FONT, 12)
    for column, words in ((40, ("左栏第一行", "左栏第二行")), (220, ("右栏第一行", "右栏第二行"))):
        for row, line in enumerate(words):
            page.drawString(column, 350 - 20 * row, line)
    page.save()
    text = document_from_bytes(written.getvalue(), path="a.pdf").text
    assert text.split() == ["左栏第一行", "左栏第二行", "右栏第一行", "右栏第二行"]


def test_every_number_keeps_its_place_in_the_text_as_read() -> None:
    [article] = articles_of(document_from_bytes(made(*PAGES), path="a.pdf"))
    assert (article.title, article.byline) == ("园区提速", "苏禾")
    start = article.text.index("36个")
    span = article.raw_span(start, start + 3)
    assert article.document.text[span.start : span.end] == "36个"


def test_titles_and_names_of_programs_are_left_out() -> None:
    document = document_from_bytes(made(*PAGES, title="Microsoft Word - 稿件.doc", author="Administrator"), path=None)
    assert (document.title, document.author) == (None, None)


def test_a_scan_is_told_to_need_ocr() -> None:
    assert "without a text layer (a scan?): it needs OCR first" in refusal(made((), ()))


def test_an_encrypted_file_is_told() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made(*PAGES)))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    assert "is an encrypted PDF file: save it without a password" in refusal(locked.getvalue())
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made(*PAGES)))
    writer.encrypt("", "owner", algorithm="RC4-128")  # may be read by everybody, only not changed
    opened = io.BytesIO()
    writer.write(opened)
    assert "114个" in document_from_bytes(opened.getvalue(), path="a.pdf").text


def test_a_damaged_file_is_told() -> None:
    assert "is a damaged PDF file" in refusal(made(*PAGES)[:300])
    assert "is no PDF file, despite its name; it holds a web page" in refusal(b"<html><body>404</body></html>")


def test_a_line_before_the_signature_does_no_harm() -> None:
    assert "114个" in document_from_bytes(b"\r\n" + made(*PAGES), path="a.pdf").text


def test_a_text_layer_larger_than_a_book_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_BYTES", 40)
    assert "the text of 'a.pdf' is too large" in refusal(made(*PAGES))
