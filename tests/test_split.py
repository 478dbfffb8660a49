"""One document, one article: title, byline, identity, range."""

import hashlib

import pytest

from summarizer import byline
from summarizer.article import Article
from summarizer.clean import clean_text, detect_language, split_sentences
from summarizer.read import document_from_text
from summarizer.split import article_from

BODY = "云岭高新区上半年签约项目114个，总投资501亿元。下一步，园区将继续做好服务。"


def article_of(text: str) -> Article:
    document = document_from_text(text)
    clean = clean_text(document.text)
    return article_from(document, clean, split_sentences(clean.text), detect_language(clean.text))


def test_the_first_headline_is_the_title() -> None:
    assert article_of(f"签约提速 产业提质\n云岭高新区上半年工作综述\n▶ 苏禾\n{BODY}").title == "签约提速 产业提质"


def test_a_label_takes_its_headline_along() -> None:
    assert article_of(f"云岭高新区：\n服务企业“零距离”\n{BODY}").title == "云岭高新区：服务企业“零距离”"
    assert article_of(f"云岭高新区：\n{BODY}").title == "云岭高新区："


def test_bylines_and_dates_are_no_titles() -> None:
    assert article_of(f"▶ 苏禾\n2023-07-03\n来源：云岭日报\n项目提速\n{BODY}").title == "项目提速"


def test_a_headline_at_the_end_serves_where_none_is_at_the_head() -> None:
    assert article_of(f"{BODY}\n项目提速\n产业提质\n▶ 本报通讯员 苏禾").title == "项目提速"


def test_a_headline_printed_twice_goes_before_one_at_the_end() -> None:
    article = article_of(f"{BODY}\n““云云岭岭””高高新新区区提提速速\n{BODY}\n图片新闻")
    assert article.title == "“云岭”高新区提速"


def test_a_subhead_in_the_body_is_no_title() -> None:
    assert article_of(f"{BODY}\n项目提速\n{BODY}").title is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"项目提速\n ▶ 苏禾\n{BODY}", "苏禾"),
        (f"{BODY}\n▶ 本报特约通讯员 苏禾青", "本报特约通讯员 苏禾青"),
        (f"本报讯 （特约通讯员 苏禾青）\n{BODY}", "特约通讯员 苏禾青"),
        (f"本报讯（记者 苏禾 通讯员 林一舟）{BODY}", "记者 苏禾 通讯员 林一舟"),
        (f"新华社云州7月3日电（记者苏禾、林一舟）{BODY}", "记者苏禾、林一舟"),
        (f"【記者蘇禾／雲州報導】{BODY}", "記者蘇禾"),
        (f"项目提速\n□ 苏禾\n{BODY}", "苏禾"),
        (f"项目提速\n● 本报记者 苏 禾\n{BODY}", "本报记者 苏 禾"),
        (f"项目提速\n文/苏禾\n{BODY}", "苏禾"),
        (f"项目提速\n本报记者 苏禾报道\n{BODY}", "本报记者 苏禾"),
        (f"Zone lures chip makers\nBy Jane Doe\n{BODY}", "Jane Doe"),
        (f"{BODY} 苏禾青", "苏禾青"),
        (f"{BODY} 苏禾 林一舟\n图片新闻", "苏禾 林一舟"),
        (f"{BODY}（记者 苏禾）", "记者 苏禾"),
        (f"{BODY}（见图）", None),
        (BODY, None),
        ("项目提速", None),
        (f"记者从高新区获悉\n{BODY}", None),
        (f"● 招商引资\n{BODY}", None),
    ],
)
def test_the_byline_is_found_as_printed(text: str, names: str | None) -> None:
    assert article_of(text).byline == names


def test_an_article_knows_where_it_stands() -> None:
    article = article_of(f"\n 　项目提速\n{BODY}\n\n")
    [(start, end)] = article.ranges
    assert article.document.text[start:end] == f"项目提速\n{BODY}"
    assert article.id == "sha256:" + hashlib.sha256(article.text.encode()).hexdigest()
    assert article.language == "zh-Hans"


def test_a_text_of_control_characters_alone_is_an_article_without_words() -> None:
    article = article_of("\x01")
    assert (article.title, article.byline, article.sentences) == (None, None, ())


def test_a_text_of_headlines_alone_has_the_first_as_title() -> None:
    assert article_of("项目提速\n产业提质").title == "项目提速"


def test_a_long_line_is_no_byline() -> None:
    assert byline.byline_of_line("记者 苏禾 " * 30) is None
    assert not byline.is_date("2" * 50)
