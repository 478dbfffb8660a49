"""Makes files of every format for the tests of reading."""

import io
import tarfile
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

BODY = (
    "云岭高新区今年上半年签约项目114个，总投资501亿元，同比增长12.5%。园区企业在技术创新和产业发展上取得新的成绩，"
    "管委会负责人表示，下一步要把服务企业的工作做好。"
)
AFTER = "下一步，园区将继续完善配套设施，力争全年引进项目200个，固定资产投资达到560亿元，新增规模以上企业30家。"

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{}</cp:coreProperties>'
)


def html(head: str = "", *, title: str = "园区提速_云州日报", charset: str = "utf-8") -> str:
    """Return a web page with menu, table, comments and footer around an article."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title>{head}</head><body>'
        '<nav><a href="/">首页</a> <a href="/x">招商</a> <a href="/y">联系我们</a></nav>'
        f"<h1>园区提速</h1><div class='article'><p>{BODY}</p>"
        "<table><tr><th>指标</th><th>数值</th></tr><tr><td>签约项目</td><td>114个</td></tr></table>"
        f"<p>{AFTER}</p></div><div id='comments'><p>网友评论：很好，支持云岭高新区的发展，希望越来越好。</p></div>"
        "<footer>版权所有 ICP备12345号</footer></body></html>"
    )


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w", encoding: str = "utf-8") -> bytes:
    """Return a TAR archive, packed as `mode` says (`w:gz`)."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, encoding=encoding, format=tarfile.GNU_FORMAT) as archive:  # type: ignore[call-overload]  # mode is no literal
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return made.getvalue()


def paragraph(words: str) -> str:
    """Return a paragraph of a Word file."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def docx(body: str, core: str = "") -> bytes:
    """Return a Word file; `body` is the XML inside of the body, `core` that of its properties."""
    members = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": f"<w:document {_W}><w:body>{body}<w:sectPr/></w:body></w:document>".encode(),
    }
    return zipped(members | ({"docProps/core.xml": _CORE.format(core).encode()} if core else {}))
