"""What a brief gains and loses by gold, figure by figure; each miss in its sentence."""

import pytest

from summarizer.evaluate.score import ArticleScore, score_article
from summarizer.evaluate.tally import FIGURES, Verdicts
from tests.build import DRAFT, NEWS
from tests.golds import GOLD, brief, case, number, said

TRUE = brief(policies=[])
"""A brief with which the gold of NEWS has no quarrel."""


def counts(score: ArticleScore) -> dict[str, tuple[int, int]]:
    return {name: tuple(count) for name, count in score.counts.items() if count.of}  # type: ignore[misc]  # pairs


def told(score: ArticleScore) -> list[tuple[str, str, str]]:
    return [(miss.kind, miss.item, miss.words) for miss in score.misses]


def test_a_true_brief_has_everything_right() -> None:
    score = score_article(case(), TRUE)
    assert all(good == of for good, of in counts(score).values())
    assert counts(score)["found"] == (2, 2)
    assert (score.misses, score.placed, score.brief) == ((), True, "read")
    assert score.verdicts == Verdicts(right_passed=2)


def test_a_missing_brief_misses_everything() -> None:
    score = score_article(case(policies=[{"name": "项目攻坚行动"}]), None)
    found = ("found", "parks found", "article period", "policies found", "quotes found", "about")
    assert counts(score) == {name: (0, 2 if name == "found" else 1) for name in FIGURES if name in found}
    assert told(score) == [
        ("missed", "article", "news"),
        ("missed", "number", "114个"),
        ("missed", "number", "560.6亿元"),
        ("missed", "park", "西安高新区"),
        ("wrong", "period", "上半年"),
        ("missed", "policy", "项目攻坚行动"),
        ("missed", "quote", "下半年还要更快。"),
    ]
    assert score.brief == "missing"


def test_a_miss_is_shown_in_its_sentence() -> None:
    score = score_article(case(), brief(policies=[], numbers=DRAFT["numbers"][:1]))
    [miss] = score.misses
    assert (miss.kind, miss.words, miss.label) == ("missed", "560.6亿元", "签约项目总投资")
    assert miss.excerpt is not None
    assert miss.excerpt.words == "560.6亿元"


def test_optional_numbers_are_no_loss_and_no_fault() -> None:
    optional = [GOLD["numbers"][0], GOLD["numbers"][1] | {"optional": True}]
    for numbers in (DRAFT["numbers"], DRAFT["numbers"][:1]):
        score = score_article(case(numbers=optional), brief(policies=[], numbers=numbers))
        assert counts(score)["found"] == (1, 1)
        assert counts(score)["reported"] == (len(numbers), len(numbers))
        assert score.misses == ()


def test_each_field_is_judged_by_itself_and_shown() -> None:
    wrong = said("114个", metric="签约项目数", park="北京高新区", period="1-5月", status="target")
    score = score_article(case(), brief(policies=[], numbers=[wrong, DRAFT["numbers"][1]]))
    figures = counts(score)
    assert [figures[name] for name in ("value", "unit", "qualifier", "label")] == [(2, 2)] * 4
    assert [figures[name] for name in ("status", "period", "park", "whole")] == [(1, 2)] * 4
    [miss] = score.misses
    assert {one.field: (one.wanted, one.told) for one in miss.differences} == {
        "status": ("actual", "target"),
        "period": ("上半年", "1-5月"),
        "park": ("西安高新区", "北京高新区"),
    }
    assert miss.flagged is True
    assert score.verdicts == Verdicts(right_passed=1, wrong_flagged=1)


def test_labels_that_are_exchanged_are_wrong() -> None:
    text = "西安高新区在建企业18家、投产企业22家。"
    numbers = [number("18家", metric="在建企业数"), number("22家", metric="投产企业数")]
    swapped = [said("18家", metric="投产企业"), said("22家", metric="在建企业")]
    score = score_article(case(text, numbers=numbers), brief(text, numbers=swapped, quotes=[], policies=[]))
    assert counts(score)["label"] == (0, 2)
    assert counts(score)["value"] == (2, 2)


def test_what_gold_does_not_have_is_wrong_and_repeats_and_names_are_told_apart() -> None:
    text = NEWS + "\n世界500强企业3家。"
    numbers = [*DRAFT["numbers"], said("114个"), said("500强", metric="企业"), said("9999个", metric="项目")]
    score = score_article(case(text, names=["世界500强"]), brief(text, numbers=numbers, policies=[]))
    assert counts(score)["reported"] == (2, 5)
    assert counts(score)["names"] == (0, 1)
    assert [kind for kind, *_ in told(score)] == ["again", "name", "extra"]
    assert score.verdicts == Verdicts(right_passed=3, wrong_flagged=2)  # the repeat is true


def test_a_list_that_gold_does_not_speak_of_is_not_judged() -> None:
    silent = case(quotes=..., policies=..., parks=..., period=..., numbers=...)
    score = score_article(silent, brief())
    assert counts(score) == {"about": (1, 1)}


def test_an_empty_list_says_that_there_is_none() -> None:
    score = score_article(case(quotes=[], parks=[], numbers=[]), brief())
    assert counts(score)["quotes reported"] == (0, 1)
    assert counts(score)["policies reported"] == (0, 1)
    assert counts(score)["reported"] == (0, 2)
    assert "found" not in counts(score)


def test_parks_policies_and_quotes_are_found_in_other_writings() -> None:
    one = case(
        parks=[{"name": "西安国家高新技术产业开发区"}],
        policies=[{"name": "《项目攻坚行动》"}],
        quotes=[{"speaker": "王明", "text": "下半年还要更快"}],
    )
    figures = counts(score_article(one, brief()))
    assert figures["parks found"] == figures["policies found"] == figures["quotes verbatim"] == (1, 1)
    assert figures["speakers"] == (1, 1)


def test_a_quote_that_was_cut_or_given_to_another_is_shown() -> None:
    text = NEWS.replace("还要更快", "还要更快，也要更稳")
    quotes = [{"speaker": "李四", "role": None, "text": "下半年还要更快，", "at": 3}]
    wanted = [{"speaker": "王明", "text": "下半年还要更快，也要更稳。"}]
    score = score_article(case(text, quotes=wanted), brief(text, quotes=quotes, policies=[]))
    assert counts(score)["quotes found"] == (1, 1)
    assert counts(score)["quotes verbatim"] == counts(score)["speakers"] == (0, 1)
    [miss] = score.misses
    assert [one.field for one in miss.differences] == ["words", "speaker"]


def test_an_article_about_no_park_asks_for_a_refusal_alone() -> None:
    none = case(about_park=False)
    refused = score_article(none, brief(about_park=False, parks=[], numbers=[], quotes=[], policies=[]))
    assert counts(refused) == {"about": (1, 1), "refusals": (1, 1)}
    half = score_article(none, brief(about_park=False))
    assert counts(half) == {"about": (1, 1), "refusals": (0, 1)}
    assert told(half) == [("extra", "number", "114个"), ("extra", "number", "560.6亿元")]
    told_of = score_article(none, brief())
    assert counts(told_of) == {"about": (0, 1), "refusals": (0, 1)}
    assert counts(score_article(none, None)) == {"about": (0, 1), "refusals": (0, 1)}


def test_a_brief_of_another_text_is_compared_without_places() -> None:
    other = brief("序\n" + NEWS, policies=[])
    score = score_article(case(), other)
    assert not score.placed
    assert counts(score)["whole"] == (2, 2)


def test_spans_of_gold_without_text_count_where_gold_names_the_briefed_text() -> None:
    made = brief(policies=[])
    place = made.told.numbers[1].span
    wanted = [number("560.6亿元", span=list(place or ())), number("560.6亿元", span=[0, 1], metric="别的")]
    one = case(None, numbers=wanted, source=made.told.source.document)
    assert counts(score_article(one, made))["found"] == (1, 2)


@pytest.mark.parametrize("name", ["found", "reported", "whole"])
def test_a_brief_without_numbers_divides_by_nothing(name: str) -> None:
    score = score_article(case(numbers=[]), brief(numbers=[]))
    assert score.counts[name].of == 0
