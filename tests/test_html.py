"""Web pages: the article and nothing else, in whatever charset, with what the page says of itself."""

from pathlib import Path

import pytest

from summarizer.errors import ReadError
from summarizer.pages import articles_of
from summarizer.read import document_from_bytes, read_document, read_documents
from tests.make import AFTER, BODY, html

TEXT = f"园区提速\n\n{BODY}\n\n指标\t数值\n\n签约项目\t114个\n\n{AFTER}"


def page_text(content: bytes, path: str = "a.html") -> str:
    return document_from_bytes(content, path=path).text


def refusal(content: bytes, path: str = "a.html") -> str:
    with pytest.raises(ReadError) as caught:
        document_from_bytes(content, path=path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_article_is_read_without_menu_comments_and_footer(tmp_path: Path) -> None:
    path = tmp_path / "news.html"
    path.write_text(html(), encoding="utf-8")
    document = read_document(path)
    assert document.text == TEXT
    assert (document.media_type, document.encoding, document.title) == ("text/html", "utf-8", "园区提速")
    assert (document.author, document.outlet, document.published) == (None, None, None)


@pytest.mark.parametrize("path", ["a.html", "a.txt", "-", "a.asp?id=7"])
def test_a_page_is_known_by_its_content(path: str) -> None:
    assert page_text(html().encode(), path) == TEXT


@pytest.mark.parametrize(
    ("codec", "declared", "found"),
    [
        ("gb18030", "gb2312", "gb18030"),
        ("gb18030", "utf-8", "gb18030"),  # wrongly declared
        ("gb18030", "iso-8859-1", "gb18030"),
        ("utf-8", "gb2312", "utf-8"),
        ("utf-8-sig", "gb2312", "utf-8-sig"),
        ("utf-16", "utf-16", "utf-16"),
    ],
)
def test_a_page_is_read_in_its_charset_even_where_it_declares_another(codec: str, declared: str, found: str) -> None:
    document = document_from_bytes(html(charset=declared).encode(codec), path="a.html")
    assert (document.text, document.encoding) == (TEXT, found)


def test_a_traditional_page_in_big5_is_read() -> None:
    text = (
        "雲嶺科學園區今年上半年簽約項目114個，總投資501億元，較去年同期成長12.5%。園區企業在技術創新上有新的成績。" * 3
    )
    page = (
        f"<html><head><meta charset=big5><title>園區</title></head><body><article><p>{text}</p></article></body></html>"
    )
    document = document_from_bytes(page.encode("big5hkscs"), path="a.htm")
    assert document.text.endswith(text)
    assert document.encoding == "big5hkscs"


def test_a_few_damaged_characters_of_a_declared_page_are_replaced_as_browsers_do() -> None:
    content = html(charset="gbk").replace(AFTER, AFTER * 20).encode("gb18030")
    place = content.index("首页".encode("gb18030"))
    damaged = content[:place] + b"\xff" + content[place:]
    assert BODY in page_text(damaged)
    assert "cannot tell how 'a.html' is encoded" in refusal(b"<p>\xff\xff\xfe\x81" * 400)


@pytest.mark.parametrize(
    ("head", "title", "author", "outlet", "published"),
    [
        (
            '<meta property="og:title" content="园区提速 产业提质"><meta name=author content=张三>'
            '<meta property="article:published_time" content="2023-07-03T10:00:00+08:00">'
            '<meta property="og:site_name" content="云州日报">',
            *("园区提速", "张三", "云州日报", "2023-07-03"),
        ),
        (
            '<meta name="ArticleTitle" content="高新区半年报"><meta name="Author" content="作者：李四">'
            '<meta name="PubDate" content="2023-07-03 08:30"><meta name="ContentSource" content="来源：云州网">',
            *("高新区半年报", "李四", "云州网", "2023-07-03"),
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", '
            '"headline": "高新区：半年报", "datePublished": "2023-07-02T23:00:00Z", "author": '
            '[{"name": "王五"}, {"name": "赵六"}], "publisher": {"name": "云州晚报"}}]}</script>',
            *("高新区：半年报", "王五、赵六", "云州晚报", "2023-07-03"),
        ),
        (
            '<script type="application/ld+json">{broken</script><meta name="publishdate" content="2023年7月3日">'
            '<meta name="author" content="https://a.example/li"><meta name="source" content="云州网">',
            *("园区提速", None, "云州网", "2023-07-03"),
        ),
        (
            '<meta name="author" content="云州网"><meta name="source" content="云州网"><meta name=date content=soon>',
            *("园区提速", None, "云州网", None),
        ),
    ],
)
def test_what_a_page_says_of_itself_is_kept(
    head: str, title: str, author: str | None, outlet: str | None, published: str | None
) -> None:
    document = document_from_bytes(html(head).encode(), path="a.html")
    assert (document.title, document.author, document.outlet) == (title, author, outlet)
    assert (document.published, document.published_from) == (published, "metadata" if published else None)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("高新区半年报_云州日报", "高新区半年报"),
        ("高新区半年报 - 云州日报", "高新区半年报"),
        ("高新区半年报|云州网|新闻", "高新区半年报"),
        ("高新区——创新之路", "高新区——创新之路"),
    ],
)
def test_the_site_is_cut_off_the_title(title: str, kept: str) -> None:
    page = html(title=title).replace("<h1>园区提速</h1>", "")
    document = document_from_bytes(page.encode(), path="a.html")
    assert document.title == kept
    assert document.text.startswith(BODY), "a title that is not printed on the page is not put into its text"


def test_title_and_author_of_the_page_go_before_those_of_the_text() -> None:
    head = '<meta name="author" content="张三"><meta name="PubDate" content="2023-07-03">'
    [article] = articles_of(document_from_bytes(html(head).encode(), path="a.html"))
    assert (article.title, article.byline, article.published) == ("园区提速", "张三", "2023-07-03")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<html><body></body></html>", "no article was found in the web page 'a.html'"),
        ("<nav><a href=/>首页</a><a href=/x>招商</a></nav><footer>版权所有</footer>".encode(), "no article was found"),
        (b"<!DOCTYPE html><html><script>go()</script></html>", "its text may be loaded by a script"),
        (b"<!doctype html><!-- nothing -->", "web page"),
        (b"", "is empty"),
    ],
)
def test_a_page_without_text_is_told(content: bytes, told: str) -> None:
    assert told in refusal(content)


def test_text_that_only_bears_the_name_of_a_page_is_text() -> None:
    document = document_from_bytes(BODY.encode(), path="a.html")
    assert (document.text, document.media_type) == (BODY, "text/plain")


def test_a_missing_package_is_told_with_what_installs_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr("summarizer.read.extras.import_module", missing)
    for name, content, package, extra in (
        ("x.html", html().encode(), "trafilatura", "html"),
        ("x.pdf", b"%PDF-1.7", "pypdfium2", "pdf"),
        ("x.warc", b"WARC/1.0\r\n", "warcio", "warc"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        [told] = [str(error) for error in _errors(path)]
        assert told == f"reading '{path}' needs the package {package}: pip install 'summarizer[{extra}]'"


def _errors(path: Path) -> list[ReadError]:
    told: list[ReadError] = []
    assert list(read_documents(path, on_error=told.append)) == []
    return told


def test_reading_text_imports_no_package_of_the_extras() -> None:
    code = "from summarizer.read import document_from_text, read_document; read_document('README.md')"
    from tests.test_api import modules_after

    assert not {"trafilatura", "lxml", "pypdfium2", "warcio", "pypdf"} & modules_after(code)
