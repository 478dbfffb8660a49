"""Briefs that are to be measured: files and stores, and which gold each is of."""

import json
from pathlib import Path

import pytest

from summarizer.errors import EvaluationError, StoreError
from summarizer.evaluate import brief_as_read, pair_briefs, read_briefs
from summarizer.evaluate.briefs import OneBrief
from tests.build import NEWS
from tests.golds import brief, brief_of, briefed, case, told
from tests.stores import Filler


def names(location: Path | str) -> list[list[str]]:
    return [list(one.names) for one in read_briefs(str(location))]


def refused(location: Path | str) -> str:
    with pytest.raises(EvaluationError) as error:
        list(read_briefs(str(location)))
    assert "\n" not in str(error.value)
    return str(error.value)


def at(path: str, shown: str = "a brief", **source: str) -> OneBrief:
    """Return a brief of a document at a path."""
    made = brief_of()
    made = made.model_copy(update={"source": made.source.model_copy(update={"path": path} | source)})
    value = told(made)
    return OneBrief(value, shown, {Path(path).stem: 0})


def test_a_brief_goes_by_its_file_and_by_its_source(tmp_path: Path) -> None:
    briefed(tmp_path, "news.model")
    assert names(tmp_path) == [["news.model", "news"]]


def test_the_source_names_a_brief_in_a_file_of_many(tmp_path: Path) -> None:
    made = [brief_of().model_dump(mode="json", by_alias=True) for _ in range(3)]
    for one, path in zip(made, ("old/a.txt", "news.zip!/b.c.html", "table.csv#17"), strict=True):
        one["source"]["path"] = path
    (tmp_path / "run.jsonl").write_text("".join(json.dumps(one) + "\n" for one in made), encoding="utf-8")
    assert names(tmp_path / "run.jsonl") == [["a", "a.txt"], ["b.c", "b.c.html"], ["17", "table", "table.csv"]]


def test_more_than_is_measured_may_stand_in_a_brief_and_less(tmp_path: Path) -> None:
    least = {"schema": "brief.v1", "about_park": True, "numbers": [], "mood": "good"}
    (tmp_path / "a.json").write_text(json.dumps(least), encoding="utf-8")
    [one] = read_briefs(str(tmp_path / "a.json"))
    assert one.told.numbers == ()


def test_a_brief_in_memory_goes_by_its_source_too() -> None:
    made = brief_of()
    source = made.source.model_copy(update={"path": "2023/news.txt"})
    one = brief_as_read(made.model_copy(update={"source": source}))
    assert (list(one.names), one.told.numbers) == (["news", "news.txt"], told(made).numbers)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("nonsense", "is not JSON (line 1"),
        ('{"numbers": []}', "is no brief.v1: schema: field required; `summarize check`"),
        ('{"schema": "gold.v1", "about_park": true, "numbers": []}', "schema: string should match"),
        ('{"schema": "brief.v1", "about_park": true, "numbers": [{}]}', "numbers.0.metric: field required"),
        ("[1]", "item 1 is no brief.v1"),
    ],
)
def test_what_is_no_brief_is_said_in_one_line(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    assert said in refused(tmp_path / "a.json")


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    assert "holds no briefs" in refused(tmp_path)


def test_a_store_has_the_briefs_of_what_is_not_gone(tmp_path: Path) -> None:
    with Filler(tmp_path / "briefs.db") as filler:
        [one] = filler.document("2023/news.txt", [NEWS])
        [two] = filler.document("2023/gone.txt", ["二"])
        for article in (one, two):
            made = brief_of()
            source = made.source.model_copy(update={"path": "2023/news.txt"})
            filler.brief(article, brief=made.model_copy(update={"source": source}))
        filler.lose(two)
    [found] = read_briefs(str(tmp_path / "briefs.db"))
    assert list(found.names) == ["news", "news.txt"]
    assert "the brief of '2023/news.txt' in" in found.shown


def test_a_store_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "other.db").write_bytes(b"SQLite format 3\0" + bytes(100))
    with pytest.raises(StoreError, match="no store"):
        list(read_briefs(str(tmp_path / "other.db")))


def test_gold_and_briefs_find_each_other_by_name() -> None:
    paired = pair_briefs([case(), case(id="other")], [at("2023/news.txt"), at("lost.txt", "the brief of 'lost.txt'")])
    assert list(paired.briefs) == ["news"]
    assert paired.remarks == ("gold 'other' has no brief", "the brief of 'lost.txt' has no gold")


def test_the_nearest_file_name_counts_and_the_other_is_named(tmp_path: Path) -> None:
    briefed(tmp_path, "news.cut.model")
    briefed(tmp_path, "news.model")
    paired = pair_briefs([case()], read_briefs(str(tmp_path)))
    assert paired.briefs["news"].shown.endswith("news.model.json'")
    assert "news.cut.model.json' is another brief of 'news', and not counted" in paired.remarks[0]


def test_two_briefs_that_are_equally_near_are_refused(tmp_path: Path) -> None:
    briefed(tmp_path, "news.model")
    briefed(tmp_path, "news.rules")
    with pytest.raises(EvaluationError, match=r"are both briefs of gold 'news'; name one run's briefs"):
        pair_briefs([case()], read_briefs(str(tmp_path)))


def test_a_hash_tells_the_articles_of_one_page_apart() -> None:
    one, two = (at("page.txt", article=f"sha256:{digit * 8}") for digit in "12")
    golds = [case(id="upper", source="sha256:11111111"), case(id="lower", source="sha256:22222222")]
    paired = pair_briefs(golds, [two, one])
    assert (paired.briefs["upper"], paired.briefs["lower"]) == (one, two)
    assert paired.remarks == ()


def test_the_hash_of_the_article_goes_before_that_of_the_document_and_both_before_names() -> None:
    document, article = at("a.txt", document="sha256:99999999"), at("b.txt", article="sha256:99999999")
    paired = pair_briefs([case(source="sha256:99999999")], [brief(), document, article])
    assert paired.briefs["news"] == article
    assert len(paired.remarks) == 2


def test_of_many_briefs_without_gold_five_are_named() -> None:
    paired = pair_briefs([case()], [brief(), *(at(f"{place}.txt", f"brief {place}") for place in range(1007))])
    assert paired.remarks == (*(f"brief {place} has no gold" for place in range(5)), "1,002 more briefs have no gold")
