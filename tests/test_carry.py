from bench.true_drafts import ROOT, RUN, cases, pairs_in
from summarizer.archive.carry import carried
from summarizer.article import Article
from summarizer.pages import articles_of
from summarizer.pipeline import load
from summarizer.verify import prove


def _article(text: str) -> Article:
    [article] = articles_of(load(text if "\n" in text else f"{text}\n", published="2024-07-03"))
    return article


def test_a_draft_is_carried_to_the_sentences_of_another_printing() -> None:
    for case in cases(pairs_in(ROOT / "fixtures")):
        if case.article.language == "en" or case.article.document.published is None:
            continue
        text = case.article.text
        first = next(line for line in text.split("\n") if "。" in line)
        target = _reprinted(case.article, text.replace(first, f"综述\n{first}").replace("；", "。\n"))
        moved = carried(case.draft, case.article, target)
        before, after = prove(case.article, case.draft, RUN), prove(target, moved, RUN)
        for name in ("numbers", "quotes", "policies"):
            assert [item.verdict for item in getattr(before, name)] == [item.verdict for item in getattr(after, name)]
        assert any(one.at != other.at for one, other in zip(case.draft.numbers, moved.numbers, strict=True))


def _reprinted(article: Article, text: str) -> Article:
    [target] = articles_of(load(text, published=article.document.published))
    return target


def test_citations_follow_split_and_merged_sentences_and_stay_where_nothing_fits() -> None:
    case = cases(pairs_in(ROOT / "fixtures"))[0]
    item = case.draft.numbers[0]
    source = _article("甲区签约14个，乙区签约114个，丙区投产21个。\n丁区投产9个。")
    target = _article("丁区投产9个。\n甲区签约14个，乙区签约114个。\n丙区投产21个。")

    def at(text: str, metric: str, number: int, one: Article, other: Article) -> int:
        changed = item.model_copy(update={"text": text, "metric": metric, "at": number})
        draft = case.draft.model_copy(update={"numbers": (changed,), "policies": (), "quotes": ()})
        return carried(draft, one, other).numbers[0].at

    places = {words: at(words, "", 1, source, target) for words in ("14个", "114个", "21个")}
    assert places == {"14个": 2, "114个": 2, "21个": 3}
    assert at("9个", "丁区投产", 2, source, target) == 1
    assert at("14个", "", 2, target, source) == 1
    assert at("7个", "", 99, source, target) == 99
    parted = _article("甲区签约114个。\n乙区签约14个。")
    assert at("14个", "", 1, _article("甲区签约114个，乙区签约14个。"), parted) == 2
    again = _article("甲区签约14个。\n乙区投产9个。\n甲区签约14个。")
    assert at("14个", "", 3, again, again) == 3
