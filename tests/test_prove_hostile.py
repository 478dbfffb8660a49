"""The check on hostile words and sizes: nothing raises, nothing costs its square."""

import pytest

from bench.true_drafts import RUN
from summarizer.draft import DraftNumber
from summarizer.pipeline import check
from summarizer.quantities import Quantity, Relation, relate
from summarizer.verify import draft_from, prove
from tests.test_evidence import article_of
from tests.test_prove import NEWS

HOSTILE = ["", " ", "\0", "\0" * 50, "九" * 100_000, "9" * 100_000, "1." * 50_000, "《》", "👍🏽", "%", "A" * 100_000]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_anywhere_raise_nothing(words: str) -> None:
    number = {"metric": words, "text": words, "park": words, "period": words}
    for at in (-1, 0, 1, 10**9):
        brief = check(
            NEWS,
            {
                "numbers": [number | {"at": at}, {"metric": words, "text": "86个", "period": words, "at": at}],
                "parks": [words],
                "period": words,
                "summary": words,
                "policies": [{"name": words, "detail": words, "at": at}],
                "quotes": [{"text": words, "speaker": words, "at": at}],
            },
        )
        assert len(brief.numbers) == 2


@pytest.mark.parametrize("at", [-1, 10**9])
def test_a_draft_may_cite_a_sentence_that_is_none(at: int) -> None:
    number = DraftNumber(metric="投产", text="22家", park=None, period=None, status="actual", at=at)
    draft = draft_from({"numbers": []}).model_copy(update={"numbers": (number,)})
    assert prove(article_of(NEWS), draft, RUN).numbers[0].verdict == "exact"


def test_an_article_without_numbers_and_an_empty_draft_are_fine() -> None:
    brief = check("园区很好。", {"numbers": []})
    assert brief.check.status == "verified"
    assert check("园区很好。", {"numbers": [{"metric": "a", "text": "3家"}]}).numbers[0].verdict == "absent"


def test_a_label_in_another_language_is_a_warning_only() -> None:
    brief = check(NEWS, {"numbers": [{"metric": "contracts signed", "text": "86个"}]})
    assert brief.numbers[0].verdict == "exact"
    assert {finding.severity for finding in brief.check.findings} <= {"warning"}


def comparisons(count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many pairs of numbers are compared for a sentence with `count` numbers, all told wrongly."""
    text = "云岭高新区" + "、".join(f"签约项目{place}家" for place in range(1, count)) + "。"
    numbers = [{"metric": "签约项目", "text": f"{place}9家", "at": 1} for place in range(1, count)]
    calls = 0

    def counted(claimed: Quantity, source: Quantity) -> Relation | None:
        nonlocal calls
        calls += 1
        return relate(claimed, source)

    with monkeypatch.context() as patched:
        patched.setattr("summarizer.verify.faults.relate", counted)
        patched.setattr("summarizer.verify.evidence.relate", counted)
        check(text, {"numbers": numbers})
    return calls


def test_a_sentence_with_thousands_of_numbers_does_not_cost_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    assert comparisons(1600, monkeypatch) < 8 * comparisons(400, monkeypatch)
