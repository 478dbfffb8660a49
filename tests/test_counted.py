"""Messages that count say 1 article and 2 articles."""

from decimal import Decimal
from pathlib import Path

import pytest

from summarizer.archive.line import Seen
from summarizer.archive.progress import AtProvider, Progress
from summarizer.archive.survey import Forecast
from summarizer.counted import counted
from summarizer.show_run import closing_lines, forecast_lines, progress_line

ONE = Seen(articles=1, repeats=1, unreadable=1, skipped=0, complete=True)


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 articles"), (1, "1 article"), (2, "2 articles"), (20_000, "20,000 articles")]
)
def test_one_is_told_as_one(number: int, said: str) -> None:
    assert counted(number, "article") == said


def test_what_goes_with_a_number_goes_with_its_verb() -> None:
    assert [counted(number, "batch goes", "batches go") for number in (1, 2)] == ["1 batch goes", "2 batches go"]


def test_a_run_of_one_article_is_told_in_the_singular() -> None:
    progress = Progress(ONE, verified=1, repeats=1, seconds=1.0)
    assert ", 1 repeat, " in progress_line(progress)
    first, *_ = closing_lines(progress, "finished", Path("b.db"))
    assert first == "1 article in 1.0 s: 1 verified, 0 flagged, 0 failed (1 of them repeats another)"
    batches = progress_line(progress._replace(at_provider=AtProvider(1, 1, 0)))
    assert batches == (
        "1 question submitted, 0 done at the provider, 1 batch under way, 1 of 1 article briefed, 0 failed"
    )


def test_a_forecast_of_one_article_is_told_in_the_singular() -> None:
    forecast = Forecast(ONE, 1, 2000, 500, Decimal("0.01"), "USD", 0)
    assert list(forecast_lines(forecast)) == [
        "1 article to do, 1 of them repeats another; 1 input or part of one cannot be read; nobody was asked",
        "1 draft: about 2000 + 500 tokens, 0.01 USD (by recorded articles: a first guess)",
    ]
