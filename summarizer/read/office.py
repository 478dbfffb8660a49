"""Tells titles and names that a person gave from those that a program put into a file."""

import re
from typing import Final

_NO_TITLE: Final = re.compile(
    r"untitled.*|(?:microsoft )?(?:word|powerpoint|excel) ?-.*|.*\.(?:docx?|wps|pdf|indd|fbd|txt|fit|s2)"
    r"|(?:新建|未命名|无标题) ?(?:Microsoft |Office |Word |DOCX? |文本 ?)*(?:文档|文件|文件夹)?[ ()（）0-9]*"
    r"|(?:document|doc|title|文档|文件|标题)[ _-]?[0-9]*|[0-9._ -]+|无|none|unknown",
    re.IGNORECASE,
)
_NO_PERSON: Final = re.compile(
    r"admin\w*|user\w*|用户.*|微软用户|微软中国|windows.*|microsoft.*|python-docx|apache poi|un-named|openpyxl|wps.*"
    r"|anonymous|unknown|owner|guest|未知|佚名|系统管理员|番茄花园|雨林木风|深度技术"
    r"|lenovo.*|dell.*|hp|hewlett.*|acer|asus.*|thinkpad|huawei|a|pc|[a-z]*-?pc|[0-9._ -]+",
    re.IGNORECASE,
)


def title(words: str | None) -> str | None:
    """Return a title, None for names of files and those that programs give."""
    bare = " ".join((words or "").split())
    return None if not bare or _NO_TITLE.fullmatch(bare) else bare


def person(words: str | None) -> str | None:
    """Return an author's name, None for those of computers and programs."""
    bare = " ".join((words or "").split())
    return None if not bare or _NO_PERSON.fullmatch(bare) else bare
