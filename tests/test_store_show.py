"""A brief of a store with where it comes from, and the search for articles."""

import json

import pytest

from summarizer.brief import Contradiction
from summarizer.errors import StoreError
from summarizer.store import intake
from summarizer.store.lookup import Match, find_articles, search, snapshot
from summarizer.value import Span
from tests.command import Run
from tests.stores import Filler, brief_of


def ids(filler: Filler, words: str) -> list[int]:
    with snapshot(filler.store) as db:
        return [article.id for article in find_articles(db, words)]


def found(filler: Filler, words: str, limit: int = 20) -> list[Match]:
    with snapshot(filler.store) as db:
        return search(db, words, limit)


def test_a_brief_is_shown_with_where_it_comes_from(filler: Filler, run: Run) -> None:
    one, two = filler.document("news.zip!/a.txt", ["一", "二"], outlet="云州日报")
    filler.brief(two)
    said = run("show", filler.path, two, "--format", "text")
    lines = said.out.splitlines()
    assert (said.code, said.err) == (0, "")
    assert lines[0] == f"{two} · news.zip!/a.txt, article 2 of 2 · 云州日报"
    assert lines[1] == "西安高新区上半年签约项目114个"
    assert "published 2023-07-03 (from the text)" in lines[2]
    assert one == two - 1


def test_a_contradiction_is_shown_with_the_words_of_both_sides(filler: Filler, run: Run) -> None:
    text = "上半年，西安高新区签约项目114个。\n全年签约项目115个。"
    [one] = filler.document("a.txt", [text])
    spans = tuple(Span(text.index(words), text.index(words) + 4) for words in ("114个", "115个"))
    check = brief_of(status="verified").check
    quarrel = check.model_copy(update={"contradictions": (Contradiction(spans=spans, message="two values"),)})
    filler.brief(one, text, brief=brief_of(status="verified").model_copy(update={"check": quarrel, "numbers": ()}))
    lines = run("show", filler.path, one, "--format", "text").out.splitlines()
    place = lines.index("!  two values")
    assert lines[place + 1 : place + 3] == ["   上半年，西安高新区签约项目[114个]。", "   全年签约项目[115个]。"]


def test_json_is_the_published_brief_and_the_rest_is_said_beside_it(filler: Filler, run: Run) -> None:
    [one] = filler.document("a.txt")
    [two] = filler.document("b.txt", ["二"])
    filler.brief(one)
    filler.brief(two)
    filler.repeat(two, one, "exact")
    said = run("show", filler.path, two, "--format", "json")
    assert json.loads(said.out) == json.loads(brief_of(status="verified").to_json())
    assert said.err == f"summarize: {two} · b.txt\nsummarize: repeats word for word {one} · a.txt\n"


def test_an_article_is_found_by_its_path_or_a_part_that_no_other_has(filler: Filler) -> None:
    [one] = filler.document("2024/news_1.txt", ["一"])
    [two] = filler.document("2024/news_10.txt", ["二"])
    assert ids(filler, "2024/news_1.txt") == [one]
    assert ids(filler, "_10") == [two]
    assert ids(filler, str(two)) == [two]
    with pytest.raises(StoreError, match=r"part of the paths of 2 documents \('2024/news_1.txt', '2024/news_10.txt'"):
        ids(filler, "news")
    with pytest.raises(StoreError, match="no article and no document '%'"):
        ids(filler, "%")


def test_digits_that_are_no_id_may_be_part_of_a_path(filler: Filler) -> None:
    [one] = filler.document("20240101.txt", ["一"])
    assert ids(filler, "20240101") == [one]
    with pytest.raises(StoreError, match="no article and no document"):
        ids(filler, "9" * 40)


def test_a_document_shows_all_its_articles(filler: Filler, run: Run) -> None:
    one, two, three = filler.document("page.pdf", ["一", "二", "三"])
    filler.brief(one)
    filler.brief(two)
    filler.fail(three, "truncated", "the reply ended early")
    said = run("show", filler.path, "page.pdf", "--format", "jsonl")
    assert said.out.count("\n") == 2
    assert said.code == 1
    assert f"article {three} of 'page.pdf' has no brief: truncated: the reply ended early" in said.err


def test_the_version_that_is_still_there_counts(filler: Filler, run: Run) -> None:
    [old] = filler.document("a.txt", ["旧"])
    filler.lose(old)
    assert ids(filler, "a.txt") == [old]
    [new] = filler.document("a.txt", ["新"])
    assert ids(filler, "a.txt") == [new]
    filler.brief(old)
    assert "its document is no longer in the archive" in run("show", filler.path, old, "--format", "text").out


def test_an_old_version_that_has_come_back_counts(filler: Filler) -> None:
    [old] = filler.document("a.txt", ["旧"])
    [new] = filler.document("a.txt", ["新"])
    filler.lose(new)
    assert ids(filler, "a.txt") == [old]


def test_a_moved_document_does_not_make_a_part_of_its_path_doubtful(filler: Filler) -> None:
    [old] = filler.document("old/a.txt", ["一"])
    filler.lose(old)
    [other] = filler.document("new/a.txt", ["别的"])
    filler.lose(other)
    [new] = filler.document("new/a.txt", ["一"])
    assert ids(filler, "a.txt") == [new]


@pytest.mark.parametrize(("passing", "cure"), [(True, "the next run tries it again"), (False, "--again failed")])
def test_a_failure_is_told_with_what_to_do(filler: Filler, run: Run, passing: bool, cure: str) -> None:
    [one] = filler.document("a.txt")
    filler.fail(one, "busy", "no answer came", passing=passing)
    said = run("show", filler.path, one)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert f"article {one} of 'a.txt' has no brief: busy: no answer came; " in said.err
    assert cure in said.err


def test_what_is_to_do_is_told_as_that(filler: Filler, run: Run) -> None:
    [one] = filler.document("a.txt")
    said = run("show", filler.path, one)
    assert (said.code, said.out) == (1, "")
    assert "it is still to do; run the same batch command again" in said.err


def test_the_brief_of_an_earlier_run_is_shown_and_said_to_be_that(filler: Filler, run: Run) -> None:
    [one] = filler.document("a.txt")
    filler.brief(one)
    filler.fail(one, "busy", "no answer came", passing=True)
    said = run("show", filler.path, one, "--format", "text")
    assert said.code == 0
    assert "this brief is of an earlier run; since then: busy: no answer came" in said.out


def test_a_document_without_articles_says_why(filler: Filler) -> None:
    filler.document("a.pdf", [])
    filler.document("b.pdf", [])
    with filler.store.transaction() as db:
        [[number]] = db.execute("SELECT id FROM documents WHERE path = 'b.pdf'")
    filler.fail(number * intake.POSITIONS, "unreadable", "its pages are pictures")
    with pytest.raises(StoreError, match=r"'a.pdf' is not split into articles yet"):
        ids(filler, "a.pdf")
    with pytest.raises(StoreError, match=r"'b.pdf' gave no articles: unreadable: its pages are pictures"):
        ids(filler, "b.pdf")


def test_a_brief_that_cannot_be_read_is_one_line(filler: Filler, run: Run) -> None:
    [one] = filler.document("a.txt")
    filler.brief(one)
    with filler.store.transaction() as db:
        db.execute("UPDATE briefs SET brief = '{}'")
    said = run("show", filler.path, one)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


def test_where_a_brief_comes_from_steers_no_terminal(filler: Filler, run: Run) -> None:
    [one] = filler.document("\x1b[31m.txt", outlet="\x9b1m")
    filler.brief(one)
    assert "\x1b" not in run("show", filler.path, one, "--format", "text").out
    assert "\x1b" not in run("show", filler.path, one, "--format", "json").err


def test_a_search_tells_what_it_found(filler: Filler) -> None:
    [one] = filler.document("a.txt")
    filler.brief(one, "云岭高新区上半年签约项目114个，" * 20, title="提速")
    [match] = found(filler, "签约项目")
    assert match[:6] == (one, "a.txt", "2023-07-03", "西安高新区", "提速", "verified")
    assert match.snippet.startswith("云岭高新区上半年签约项目114个")
    assert match.snippet.endswith("…")


def test_the_best_match_comes_first(filler: Filler) -> None:
    one, two = filler.document("a.txt", ["一", "二"])
    filler.brief(one, "别的事情" * 50 + "高新区" + "别的事情" * 50)
    filler.brief(two, "高新区，又是高新区")
    assert [match.id for match in found(filler, "高新区")] == [two, one]


def test_the_snippet_stands_around_the_word(filler: Filler) -> None:
    [one] = filler.document("a.txt")
    filler.brief(one, "甲" * 100 + "\nGrowth\n" + "乙" * 100)
    [match] = found(filler, "growth")
    assert match.snippet == "…" + "甲" * 19 + " Growth " + "乙" * 43 + "…"


@pytest.mark.parametrize("words", ["高新区 项目", "项目 高新区", "高新 114个", "高新", "个", "CHIP", "p 高新区"])
def test_all_words_must_be_held_short_ones_too(filler: Filler, words: str) -> None:
    one, two = filler.document("a.txt", ["一", "二"])
    filler.brief(one, "云岭高新区签约项目114个，chip")
    filler.brief(two, "别的事情")
    assert [match.id for match in found(filler, words)] == [one]
    assert found(filler, f"{words} 没有这个") == []
    assert found(filler, f"{words} 没") == []


@pytest.mark.parametrize(
    "words",
    [
        *('"', 'a"b', '""""', "'", "\\", "%", "_", "*", "a*", "^abc", "-abc", "(((", "{a b}:c", "title:x"),
        *("AND", "NOT x", "NEAR(a b)"),
    ],
)
def test_no_words_of_a_user_are_syntax(filler: Filler, words: str) -> None:
    [one] = filler.document("a.txt")
    filler.brief(one, "云岭高新区", title=None)
    assert found(filler, words) == []
    filler.brief(one, f"云岭{words}高新区")
    assert [match.id for match in found(filler, words)] == [one]


def test_no_words_are_told(filler: Filler, run: Run) -> None:
    said = run("show", filler.path, "--search", " ")
    assert (said.code, said.out) == (1, "")
    assert "no word to search for" in said.err


def test_what_is_gone_or_was_never_read_closely_is_not_found(filler: Filler) -> None:
    [one] = filler.document("a.txt", ["云岭高新区一"])
    [two] = filler.document("b.txt", ["云岭高新区二"])
    filler.brief(one, "云岭高新区一")
    filler.lose(one)
    assert found(filler, "高新区") == found(filler, "高新") == []
    filler.brief(two, "云岭高新区二")
    assert [match.id for match in found(filler, "高新区")] == [match.id for match in found(filler, "高新")] == [two]


def test_the_list_is_cut_at_the_limit_and_that_is_said(filler: Filler, run: Run) -> None:
    for article in filler.document("a.txt", [f"云岭高新区{place}" for place in range(3)]):
        filler.brief(article, "云岭高新区")
    said = run("show", filler.path, "--search", "高新区", "--limit", "2", "--format", "jsonl")
    assert said.out.count("\n") == 2
    assert "the first 2 of more" in said.err
    said = run("show", filler.path, "--search", "高新区", "--limit", "3", "--format", "json")
    assert [row["title"] for row in json.loads(said.out)] == ["标题"] * 3
    assert said.err == ""


def test_matches_are_aligned_and_steer_no_terminal(filler: Filler, run: Run) -> None:
    one, two = filler.document("a.txt", ["一", "二"])
    filler.brief(one, "云岭高新区\x1b[31m", title="\x1b[2J标题")
    filler.brief(two, "云岭高新区", title=None)
    said = run("show", filler.path, "--search", "高新区", "--format", "text")
    assert said.out.splitlines() == [
        *(f"{two}  2023-07-03  西安高新区  a.txt", "    云岭高新区"),
        *(f"{one}  2023-07-03  西安高新区   [2J标题", "    云岭高新区 [31m"),
    ]


def test_nothing_found_is_said(filler: Filler, run: Run) -> None:
    said = run("show", filler.path, "--search", "高新区", "--format", "text")
    assert (said.code, said.out) == (0, "")
    assert "no article" in said.err


@pytest.mark.parametrize("arguments", [(), ("1", "--search", "高新区")])
def test_either_an_id_or_words_are_named(filler: Filler, run: Run, arguments: tuple[str, ...]) -> None:
    assert run("show", filler.path, *arguments).code == 2
