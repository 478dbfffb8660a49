"""Whose the numbers of a clause are."""

import pytest

from summarizer.pages import articles_of
from summarizer.read import document_from_text
from summarizer.subjects import Subjects


def owner_at(text: str, words: str, kind: str = "count") -> tuple[str, str] | None:
    [article] = articles_of(document_from_text(text + "\n"))
    found = Subjects(article).governor(article.text.index(words), kind)
    return None if found is None else (found.owner, found.name)


@pytest.mark.parametrize(
    ("text", "words", "owner"),
    [
        ("澄隅科技成立于2017年，现有员工230人，拥有专利156件。", "156件", ("firm", "澄隅科技")),
        ("2023年，公司实现营业收入4.2亿元，同比增长55%。", "55%", ("firm", "公司")),
        ("越岭高新区企业澄隅科技有限公司投资3亿元。", "3亿元", ("firm", "澄隅科技有限公司")),
        ("全省新增企业43万家，其中云岭高新区320家。", "43万家", ("region", "全省")),
        ("全省新增企业43万家，其中云岭高新区320家。", "320家", ("park", "云岭高新区")),
        ("我国产业规模已超过1400亿元。", "1400亿元", ("nation", "我国")),
        ("云岭高新区产值312亿元，占全省的四成。", "四成", ("park", "云岭高新区")),
        ("云岭高新区产值417亿元，占全市1126亿元的37%。", "1126亿元", ("region", "全市")),
        ("今年，他帮企业招到技工312人。", "312人", ("person", "他")),
        ("他说，去年引进项目67个。", "67个", None),
        ("同比增长12.5%。", "12.5%", None),
        ("The company hired 300 people. Nationwide, 2,000 firms joined.", "2,000", ("nation", "Nationwide")),
    ],
)
def test_the_subject_of_the_clause_owns_its_numbers(text: str, words: str, owner: tuple[str, str] | None) -> None:
    assert owner_at(text, words) == owner


def test_a_short_name_in_brackets_is_a_firms_unless_it_names_a_park() -> None:
    assert owner_at("走进烁澜微电子有限公司（以下简称“烁澜微”）。\n\n烁澜微累计出货6.8亿颗。", "6.8亿颗") == (
        "firm",
        "烁澜微",
    )
    text = "澜州高新技术产业开发区（简称“澜州高新区”）年会召开。\n\n澜州高新区产值1200亿元。"
    assert owner_at(text, "1200亿元") == ("park", "澜州高新区")


def test_a_firm_holds_for_its_paragraph_and_a_park_for_its_sentence() -> None:
    text = "澄隅科技落户园区。产品出口22个国家。\n\n累计办结诉求287件。"
    assert owner_at(text, "22个") == ("firm", "澄隅科技")
    assert owner_at(text, "287件") is None
