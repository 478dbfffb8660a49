"""Charsets of web pages: what a page declares counts where its bytes agree."""

import pytest

from summarizer.charset import declared, decode_page

TEXT = "云岭高新区今年上半年签约项目114个，总投资501亿元，同比增长12.5%。"


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="gb2312">', "gb2312"),
        (b"<META http-equiv=Content-Type content='text/html; charset=GBK'>", "GBK"),
        (b'<?xml version="1.0" encoding="big5"?><html>', "big5"),
        ('<meta charset="utf-16">'.encode("utf-16-le"), "utf-16"),
        (b"<title>charset=gbk</title>", None),
        (b"", None),
    ],
)
def test_the_declared_charset_is_found(head: bytes, charset: str | None) -> None:
    assert declared(head) == charset


@pytest.mark.parametrize(
    ("content", "label", "encoding"),
    [
        (TEXT.encode("gb18030"), "gb2312", "gb18030"),
        (TEXT.encode("gb18030"), "GBK", "gb18030"),
        (TEXT.encode("gb18030"), "big5", "gb18030"),
        (TEXT.encode("gb18030"), "latin-1", "gb18030"),
        (TEXT.encode("gb18030"), None, "gb18030"),
        (TEXT.encode(), "gbk", "utf-8"),
        (TEXT.encode("utf-8-sig"), "gbk", "utf-8-sig"),
        (TEXT.encode("utf-16-le"), "gbk", "utf-16-le"),
        (b"plain words", "gbk", "utf-8"),
    ],
)
def test_a_label_counts_where_the_bytes_agree(content: bytes, label: str | None, encoding: str) -> None:
    decoded = decode_page(content, label)
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (TEXT if content != b"plain words" else "plain words", encoding)


def test_a_label_lets_a_damaged_page_be_read_but_not_a_ruin() -> None:
    content = (TEXT * 40).encode("gb18030")
    torn = content[:60] + b"\xff" + content[60:]
    decoded = decode_page(torn, "gbk")
    assert decoded is not None
    assert decoded.text.count("\ufffd") == 1
    assert decode_page(torn, None) is None
    assert decode_page(b"\xff\xfe\xfa".join([content[:20]] * 50), "gbk") is None
