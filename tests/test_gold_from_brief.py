"""Gold out of a reviewed brief: what stands in it is right, what it leaves out is not owed."""

import json

import pytest

from summarizer import summarize
from summarizer.brief import Brief
from summarizer.evaluate import Case, gold_from, gold_of
from summarizer.evaluate.briefs import OneBrief
from summarizer.evaluate.printed import Printed
from summarizer.evaluate.report import evaluate
from summarizer.evaluate.score import score_article
from summarizer.extract.rules import RulesExtractor
from summarizer.pages import whole_article
from summarizer.read import document_from_text, read_document
from tests.build import DRAFT, NEWS
from tests.command import ARTICLES
from tests.golds import brief_of, said, told


def test_a_brief_agrees_with_the_gold_that_it_made() -> None:
    made = brief_of(policies=[])
    text = Printed(whole_article(document_from_text(NEWS)))
    score = score_article(Case(gold_of(made, NEWS, id="news"), text), OneBrief(told(made), "a brief", {"news": 0}))
    assert score.misses == ()
    assert score.counts["whole"] == (2, 2)


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda path: path.stem)
def test_the_rules_briefs_of_all_shipped_articles_do(path: object) -> None:
    document = read_document(str(path))
    [made] = summarize(str(path), extractor=RulesExtractor())
    written = gold_of(made, document.text, id="news")
    case = Case(gold_from(json.loads(written.to_json())), Printed(whole_article(document)))
    report = evaluate([case], {"news": OneBrief(told(made), "a brief", {"news": 0})})
    assert [miss for score in report.scores for miss in score.misses] == []


def test_what_a_brief_leaves_out_is_optional_and_a_number_that_stands_nowhere_is_left_out() -> None:
    made = brief_of(numbers=[DRAFT["numbers"][0], said("9999个")])
    first, second = gold_of(made, NEWS, id="news").numbers
    assert (first.text, first.metric, first.optional) == ("114个", "签约项目", False)
    assert (second.text, second.value, second.unit, second.optional) == ("560.6亿元", "56060000000", "CNY", True)
    assert not second.says("metric", "park", "period", "status")


def test_words_that_are_no_quantities_become_names() -> None:
    text = NEWS + "\n世界500强企业3家，2023年7月3日揭牌，2023年7月3日公布。"
    written = gold_of(brief_of(text), text, id="news")
    assert [(name.text, name.kind) for name in written.names if not isinstance(name, str)] == [
        ("上半年", "date"),
        ("下半年", "date"),
        ("500强", "name"),
        ("2023年7月3日", "date"),
    ]


def test_gold_names_its_article_and_the_text_that_was_briefed() -> None:
    made = brief_of()
    written = gold_of(made, NEWS, id="news", article="../texts/news.txt")
    assert (written.id, written.article, written.source) == ("news", "../texts/news.txt", made.source.article)
    assert (written.published, written.lang, written.title) == ("2023-07-03", "zh-Hans", made.source.title)
    assert "article" not in json.loads(gold_of(made, NEWS, id="news").to_json())


def test_a_brief_about_no_park_makes_gold_that_asks_for_a_refusal() -> None:
    made = brief_of(about_park=False, parks=[], numbers=[], policies=[], quotes=[], period=None)
    written = gold_of(made, NEWS, id="news")
    assert not written.about_park
    assert written.period is None
    assert all(number.optional for number in written.numbers)


def test_a_day_that_is_none_is_not_taken_over() -> None:
    made = brief_of()
    broken = Brief.model_validate(
        made.model_dump(by_alias=True) | {"source": made.source.model_copy(update={"published": "soon"})}
    )
    assert gold_of(broken, NEWS, id="news").published is None
