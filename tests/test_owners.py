"""What the lines of a page are and whose, on pages made for one question each."""

from summarizer.article import Document
from summarizer.pages import split_document
from summarizer.read import document_from_text
from summarizer.split import Piece, read_sheets, split_page

CLOUD = "本报讯 云岭高新区上半年签约项目24家，总投资56亿元。"
RIVER = "本报讯 江北高新区新增企业31家，就业稳中向好。"
GARDEN = "晓岚高新区的孩子们在屋顶菜园里认识蔬菜，这里每周末开放，已接待游客上千人次，还要再建三处。 李四 摄"
PIER = "碧湾高新区的志愿者在码头清理漂浮物，两个小时装满四十只袋子，活动每月一次，已经坚持了五年。 王五 摄"


def told(*lines: str) -> list[Piece]:
    return [piece for piece in split_page("\n\n".join(lines)) if piece.kind != "furniture"]


def test_a_headline_that_says_nothing_goes_to_the_text_below_it() -> None:
    assert [one.title for one in told("云岭高新区签约提速", CLOUD, "下班之后的灯火", RIVER)] == [
        "云岭高新区签约提速",
        "下班之后的灯火",
    ]


def test_an_article_is_as_sure_as_its_headline() -> None:
    [clear, named] = told("云岭高新区签约提速", CLOUD, "下班之后的灯火", RIVER)
    [_, untitled] = told("云岭高新区签约提速", CLOUD, RIVER)
    assert clear.confidence > named.confidence > untitled.confidence == 0.6


def test_long_captions_are_picture_stories_one_for_each_photographer() -> None:
    [_, garden, pier, _] = told(CLOUD, GARDEN, PIER, RIVER)
    assert [(one.kind, one.byline) for one in (garden, pier)] == [("picture", "李四"), ("picture", "王五")]


def test_a_caption_of_a_picture_beside_it_is_no_story() -> None:
    assert [one.lines for one in told(CLOUD, "图为云岭高新区签约现场，" + GARDEN, RIVER)] == [(0, 2), (4,)]


def test_the_rest_of_a_photographer_s_name_is_of_the_caption() -> None:
    assert told(CLOUD, "云岭高新区的厂房一角。 李四", "摄", RIVER)[0].lines == (0, 2, 4)


def test_what_points_to_other_pages_is_furniture() -> None:
    [first, *_] = told(
        "今日导读", "江北高新区新增企业31家", "江北高新区夜校开课", "详见第3版", "云岭高新区签约提速", CLOUD, RIVER
    )
    assert first.lines == (8, 10)


def test_a_text_without_edition_lines_has_sheets_of_its_length() -> None:
    text = "\n\n".join(line for number in range(170) for line in (f"云岭高新区第{number}号", CLOUD))
    sheets = read_sheets(text)
    assert len(sheets) == 2
    assert [line for sheet in sheets for line in sheet.lines] == list(range(0, 680, 2))


PAGE = document_from_text("\n\n".join([CLOUD, RIVER] * 20))
TITLED = PAGE.model_copy(update={"title": "云岭要闻"})


def is_page(document: Document) -> bool:
    return bool(split_document(document).pieces)


def test_only_long_texts_and_pdf_files_may_be_pages() -> None:
    assert is_page(PAGE)
    assert not is_page(document_from_text(f"{CLOUD}\n\n{RIVER}"))
    assert not is_page(PAGE.model_copy(update={"media_type": "text/html"}))
    assert not is_page(TITLED)
    assert is_page(TITLED.model_copy(update={"media_type": "application/pdf"}))


def test_by_rules_one_article_has_pieces_too_and_furniture_alone_has_none() -> None:
    one = document_from_text(f"第05版 2023年7月3日 星期一\n\n{CLOUD}")
    assert [piece.kind for piece in split_document(one, "rules").pieces] == ["brief", "furniture"]
    assert split_document(one).pieces == []
    assert split_document(document_from_text("第05版 2023年7月3日 星期一"), "rules").pieces == []
