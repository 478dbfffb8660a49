"""Pages into articles: every line has one owner, and numbers stay with their own park."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.split import PAGES, matched, owners, score, total
from bench.true_drafts import SEED
from summarizer import summarize
from summarizer.article import Article
from summarizer.extract.rules import RulesExtractor
from summarizer.pages import articles_of, split_document
from summarizer.pipeline import load
from summarizer.read import document_from_text
from summarizer.split import Printed, split_page
from summarizer.verify.parks import same_park

NAMES = sorted(path.stem for path in PAGES.glob("*.txt"))
LINES = st.sampled_from(
    [
        "",
        "本报讯 近日，云岭高新区签约项目24家，总投资56亿元。",
        "云岭高新区：签约提速",
        "江北高新区新增企业31家",
        "▶ 本报记者 张三",
        "图为园区一角。 李四 摄",
        "第05版 2023年7月3日 星期一",
        "责任编辑：王五",
        "江北高新区今年上半年完成投资31.5亿元，同比增长",
        "8.4%。",
        "招商引资添动力",
        "　　他说，下一步要建设",
        "新区。 赵六",
        "科科技技兴兴园园再再出出发发",
        "Biwan High-tech Zone opened a desk. It has 12 staff.",
    ]
)


def page_of(name: str) -> str:
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8")


def gold_of(name: str) -> list[dict[str, Any]]:
    articles: list[dict[str, Any]] = json.loads((PAGES / "gold" / f"{name}.json").read_text(encoding="utf-8"))[
        "articles"
    ]
    return articles


def assert_every_line_has_one_owner(text: str) -> None:
    owned = [line for piece in split_page(text) for line in piece.lines]
    assert sorted(owned) == [line for line, words in enumerate(text.split("\n")) if words.strip()]


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_a_page_has_one_owner(name: str) -> None:
    assert_every_line_has_one_owner(page_of(name))


@given(st.lists(LINES, max_size=30))
def test_every_line_of_any_page_has_one_owner(lines: list[str]) -> None:
    assert_every_line_has_one_owner("\n".join(lines))


@pytest.mark.parametrize("name", NAMES)
def test_lines_go_to_their_articles(name: str) -> None:
    counts = score(PAGES / f"{name}.txt").counts
    assert counts.right / counts.lines >= 0.95


def test_headlines_and_bylines_go_to_their_articles() -> None:
    counts = total([score(PAGES / f"{name}.txt") for name in NAMES])
    assert counts.titles == counts.articles
    assert counts.bylines >= 30


@pytest.mark.parametrize("name", NAMES)
def test_every_piece_is_of_its_kind(name: str) -> None:
    text, gold = page_of(name), gold_of(name)
    pieces = split_page(text)
    found = matched(pieces, owners(text, {"articles": gold}))
    assert [pieces[place].kind for place in found] == [gold[article]["kind"] for article in found.values()]


def assert_traceable(article: Article) -> None:
    """Every clean character stands for one of its own ranges, the same but for what cleaning folds."""
    raw = article.document.text
    for place, char in enumerate(article.text):
        offset = article.clean.raw_offset(place)
        if char.isalnum():
            assert any(start <= offset < end for start, end in article.ranges)
            assert raw[offset] == char or not raw[offset].isascii()


@pytest.mark.parametrize("name", NAMES)
def test_every_character_of_an_article_can_be_traced_to_the_page(name: str) -> None:
    for article in articles_of(document_from_text(page_of(name))):
        assert_traceable(article)


@pytest.mark.parametrize("name", NAMES)
def test_no_number_is_told_under_the_neighbours_park(name: str) -> None:
    text, gold = page_of(name), gold_of(name)
    for brief in summarize(text, extractor=RulesExtractor()):
        for number in brief.numbers:
            if number.park is None or number.span is None:
                continue
            at = text.count("\n", 0, number.span.start) + 1
            owner = next(one for one in gold if any(first <= at <= last for first, last in one["lines"]))
            assert owner["park"] is None or same_park(number.park, owner["park"]), (number.text, at)


def test_a_sentence_that_a_caption_cuts_is_whole_again() -> None:
    [article, *_] = articles_of(document_from_text(page_of("p4_chiqiao")))
    assert "下游有大模型、数据标注，链上企业已达342家，其中上市公司9家。" in article.text


def test_one_article_is_no_page() -> None:
    articles = Path(PAGES.parent / "articles" / "annual_results.txt")
    assert split_document(load(articles)).pieces == []
    assert len(articles_of(load(articles))) == 1


def test_a_page_can_be_left_whole() -> None:
    document = document_from_text(page_of("p4_chiqiao"))
    assert len(articles_of(document, "none")) == 1
    assert len(articles_of(document)) == 4


def test_ranges_are_those_of_the_lines() -> None:
    layout = Printed("一\n\n二\n三\n四").lay_out((4, 0, 2))
    assert layout.text == "四\n一\n\n二"
    assert [tuple(span) for span in layout.ranges] == [(7, 8), (0, 4)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\f", "\u2028"])
def test_any_line_end_ends_a_line(end: str) -> None:
    lines = page_of("p4_chiqiao").split("\n")
    pieces = split_page(end.join(lines))
    assert [piece.lines for piece in pieces] == [piece.lines for piece in split_page("\n".join(lines))]
    for article in articles_of(document_from_text(end.join(lines))):
        assert_traceable(article)


@pytest.mark.skipif(not SEED.exists(), reason="the seed page is not here")
def test_the_seed_page_is_five_articles_and_a_picture_story() -> None:
    briefs = summarize(SEED / "page.txt", extractor=RulesExtractor())
    assert [brief.source.byline for brief in briefs] == [
        "文盈",
        None,
        "特约通讯员 李宝乐",
        "朱泳霏",
        "杨蕾",
        "本报特约通讯员 张静攀",
    ]
    subjects = [[park.name for park in brief.parks if park.role == "subject"] for brief in briefs]
    assert subjects == [["宜春丰城高新区"], [], ["包头稀土高新区"], ["烟台高新区"], ["贵阳高新区"], ["西安高新区"]]
    for brief, names in zip(briefs, subjects, strict=True):
        assert {number.park for number in brief.numbers} <= {*names, None}
        assert brief.check.status == "verified"
    assert briefs[0].source.title == "宜春丰城高新区向“高”攀 向“新”行 以创新驱动赋能高质量发展"
    assert briefs[5].source.title == "签约项目114个 完成投资501亿元 西安高新区高质量发展迈向新台阶"
