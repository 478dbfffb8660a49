"""PDF pages that are drawn row by row: the columns come in reading order; tables stay as they are."""

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from summarizer.pages import articles_of
from summarizer.read import document_from_bytes
from summarizer.read.columns import Box, drawn_by_rows, reading_order

FONT = "STSong-Light"
STORY = (
    "云岭高新区今年上半年签约项目114个，总投资501亿元，同比增长12.5%。园区坚持把招商作为头等大事来抓，"
    "围绕电子信息、生物医药、新能源三个方向，先后走访企业230家，带回线索87条。截至6月底，新开工项目36个，"
    "竣工项目28个，实现工业总产值1200.4亿元，新增高新技术企业47家，带动就业1.2万人。下一步，园区将继续完善"
    "服务体系，力争全年签约项目200个，新增规模以上企业30家，研发投入强度达到5.3%，为高质量发展打下更好的基础。"
)
WIDTH = 24


def wrapped(text: str) -> list[str]:
    """Return the lines of a column, as wide as 12 Chinese characters."""
    lines = [""]
    for char in text:
        if sum(1 if other.isascii() else 2 for other in lines[-1] + char) > WIDTH:
            lines.append("")
        lines[-1] += char
    return lines


LINES = wrapped(STORY)


def page(rows: Sequence[Sequence[str]], *, head: str | None = None, step: float = 160) -> bytes:
    """Return a PDF whose rows are drawn one after the other, each across all its columns."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    written = io.BytesIO()
    drawn = canvas.Canvas(written, pagesize=(600, 800), invariant=1)
    if head:
        drawn.setFont(FONT, 22)
        drawn.drawString(40, 760, head)
    drawn.setFont(FONT, 11)
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            if words:
                drawn.drawString(40 + column * step, 720 - 16 * row, words)
    drawn.save()
    return written.getvalue()


def in_columns(count: int) -> list[list[str]]:
    height = -(-len(LINES) // count)
    columns = [LINES[at : at + height] for at in range(0, len(LINES), height)]
    return [[column[row] if row < len(column) else "" for column in columns] for row in range(height)]


def text_of(content: bytes) -> str:
    return document_from_bytes(content, path="a.pdf").text


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_drawn_by_rows_are_read_one_after_the_other(columns: int) -> None:
    head = "云岭高新区签约提速" * columns
    assert text_of(page(in_columns(columns), head=head)) == "\n".join([head, *LINES])


def test_no_sentence_is_cut_by_its_neighbour_column() -> None:
    [article] = articles_of(document_from_bytes(page(in_columns(3)), path="a.pdf"))
    assert article.text == STORY


def test_a_headline_over_two_columns_parts_what_stands_above_and_below() -> None:
    rows = in_columns(2) + in_columns(2)
    half = len(rows) // 2
    parted = [*rows[:half], ["工业经济稳中有进高质量发展再上新的台阶全年目标不动摇"], *rows[half:]]
    wanted = [row[0] for row in rows[:half]] + [row[1] for row in rows[:half] if row[1]] + parted[half]
    wanted += [row[0] for row in rows[half:]] + [row[1] for row in rows[half:] if row[1]]
    assert text_of(page(parted)) == "\n".join(wanted)


def test_the_rows_of_a_table_stay_together() -> None:
    rows = [(f"第{number}高新区", f"{number * 17}亿元", f"{number}.4%") for number in range(1, 20)]
    assert text_of(page(rows)).split("\n")[1].split() == ["第2高新区", "34亿元", "2.4%"]


def test_few_boxes_and_columns_drawn_one_by_one_are_left_as_they_are() -> None:
    assert not drawn_by_rows([(40, 700, 200), (240, 700, 400)])
    column = [(40.0, 700.0 - 16 * row, 200.0) for row in range(20)]
    assert not drawn_by_rows([*column, *((left + 200, foot, right + 200) for left, foot, right in column)])
    assert not drawn_by_rows([*column, (240.0, column[-1][1], 400.0)])
    assert reading_order([Box(40, 700 - 16 * row, 200 - row * 8, "行" * 10) for row in range(10)]) is None
