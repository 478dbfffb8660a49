"""One article comes to the same brief whatever it is stored in."""

import csv
import gzip
import io
import json
import re
from pathlib import Path

import pytest

from summarizer import summarize
from summarizer.extract.rules import RulesExtractor
from tests.make import docx, paragraph, tarred, zipped
from tests.test_pdf import made
from tests.test_warc import record

TITLE = "云岭高新区上半年签约项目114个"
BODY = (
    "今年上半年，云岭高新区共签约项目114个，总投资1400.14亿元，同比增长21.02%，其中亿元以上项目52个。",
    "截至6月底，园区有高新技术企业863家，比去年底净增47家；“项目到了哪一步，服务就跟到哪一步。”云岭高新区管委会主任周一鸣说。",
    "下一步，园区力争全年完成投资300亿元，新增就业1.2万人，为企业发展提供更好的环境和更多的支持。",
)
TEXT = "\n".join((TITLE, *BODY)) + "\n"
HTML = f"<html><head><meta charset=utf-8><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>" + "".join(
    f"<p>{paragraph}</p>" for paragraph in BODY
)


LINES = (TITLE, *(line for paragraph in BODY for line in re.findall(".{1,28}", paragraph)))
"""As a PDF has them: cut at the width of its column, within numbers too."""


def table() -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([["正文", "编号"], [TEXT, "1"]])
    return written.getvalue().encode("utf-8-sig")


FILES = {
    "a.txt": TEXT.encode(),
    "gb.txt": TEXT.encode("gb18030"),
    "utf16.txt": TEXT.encode("utf-16"),
    "a.html": HTML.encode(),
    "a.docx": docx("".join(map(paragraph, TEXT.splitlines()))),
    "a.zip": zipped({"新闻.txt": TEXT.encode("gb18030")}),
    "a.tar.gz": tarred({"a.txt": TEXT.encode()}, "w:gz"),
    "a.txt.gz": gzip.compress(TEXT.encode()),
    "a.jsonl": json.dumps({"text": TEXT}).encode(),
    "a.csv": table(),
    "a.pdf": made(LINES, title="", author=""),
    "a.warc": record("http://news.example/a.html", HTML.encode(), "text/html; charset=utf-8"),
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_brief(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    [wanted] = summarize(TEXT, extractor=RulesExtractor())
    [brief] = summarize(tmp_path / name, extractor=RulesExtractor())
    assert brief.source.title == TITLE
    assert [park.name for park in brief.parks] == ["云岭高新区"]
    assert [(number.text, number.value, number.period) for number in brief.numbers] == [
        (number.text, number.value, number.period) for number in wanted.numbers
    ]
    assert len(brief.numbers) > 6
    assert [quote.text for quote in brief.quotes] == [quote.text for quote in wanted.quotes]
    assert brief.check.status == "verified"
