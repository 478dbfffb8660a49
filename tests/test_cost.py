"""Every brief from a model says what it cost, where that is known."""

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer import check, summarize
from summarizer.brief import Brief, Cost
from summarizer.dialogue import brief_article
from summarizer.errors import ServiceBusy
from summarizer.extract.extraction import Spent
from summarizer.extract.rules import RulesExtractor
from summarizer.pages import articles_of
from summarizer.prices import Prices, read_table
from summarizer.read import document_from_text
from summarizer.settings import Settings, read_settings
from tests.build import NEWS, draft_json
from tests.command import ARTICLE, Run, refused
from tests.fake_service import completion, fake_service
from tests.numbered import PAGE
from tests.numbered import RIGHT as RIGHT_SPLIT
from tests.numbered import Scripted as ScriptedSplitter
from tests.scripted import RIGHT, WRONG, Scripted, answered, briefed, drafted

RELAY = ARTICLE.parent.parent / "recordings" / "investment_half_year.json"
PRICES = Prices(read_table(), None, "gpt-5-mini")


@pytest.fixture
def price_file(tmp_path: Path) -> Path:
    rows = [{"name": name, "input": "2", "cached": "1", "output": "10"} for name in ("relay", "m", "fake")]
    listed = {"provider": "ours", "hosts": ["*"], "currency": "CNY", "source": "our contract", "as_of": "2026-11-01"}
    path = tmp_path / "prices.json"
    path.write_text(json.dumps({"lists": [{**listed, "models": rows}]}), encoding="utf-8")
    return path


def spent_by(brief: Brief) -> str | None:
    return None if brief.run.cost is None else f"{brief.run.cost.amount} {brief.run.cost.currency}"


def test_a_brief_costs_what_its_draft_its_follow_up_and_its_re_asks_cost() -> None:
    brief = briefed(Scripted(drafted(WRONG), answered(drafted(RIGHT)), adds=()), prices=PRICES)
    assert (brief.run.usage.prompt, brief.run.usage.completion, brief.run.usage.cached) == (300, 30, 150)
    assert spent_by(brief) == "0.00010125 USD"  # (150 * 0.25 + 150 * 0.025 + 30 * 2) / 1,000,000


def test_a_question_that_failed_is_paid_all_the_same() -> None:
    failed = ServiceBusy("busy", attempts=2, prompt_tokens=1000, completion_tokens=0)
    assert spent_by(briefed(Scripted(drafted(RIGHT), adds=failed), prices=PRICES)) == "0.00028375 USD"


def test_what_was_paid_before_for_the_article_is_in_it() -> None:
    split = Spent(attempts=1, prompt=1000, completion=100)
    brief = briefed(Scripted(drafted(RIGHT)), prices=PRICES, spent=split, complete=False)
    assert spent_by(brief) == "0.00048375 USD"


def test_without_prices_or_tokens_the_cost_is_null_and_never_0() -> None:
    assert briefed(Scripted(drafted(RIGHT))).run.cost is None
    unknown = Prices(read_table(), "https://gateway.example.com/v1", "gpt-5-mini")
    assert briefed(Scripted(drafted(RIGHT)), prices=unknown).run.cost is None
    [news] = articles_of(document_from_text(NEWS))
    assert brief_article(news, RulesExtractor(), prices=PRICES).run.cost is None


def test_rules_whose_page_a_model_split_cost_what_the_split_cost() -> None:
    [news] = articles_of(document_from_text(NEWS))
    brief = brief_article(news, RulesExtractor(), spent=Spent(attempts=1, prompt=1000), prices=PRICES)
    assert (brief.run.extractor, spent_by(brief)) == ("rules", "0.00025 USD")


def test_a_given_brief_cost_nothing_that_is_known() -> None:
    assert check(NEWS, {"numbers": []}).run.cost is None


def test_the_first_article_of_a_page_carries_the_cost_of_its_split(price_file: Path) -> None:
    class Both(Scripted, ScriptedSplitter):
        def __init__(self) -> None:
            Scripted.__init__(self, drafted())
            ScriptedSplitter.__init__(self, RIGHT_SPLIT)

    settings = Settings(model="m", split="model", complete=False, prices=price_file)
    briefs = summarize(PAGE, extractor=Both(), settings=settings)
    # a draft: (50 * 2 + 50 * 1 + 10 * 10) / 1,000,000; the split: (100 * 2 + 10 * 10) / 1,000,000
    assert [spent_by(brief) for brief in briefs] == ["0.00055 CNY", "0.00025 CNY"]


def test_a_brief_from_a_service_says_its_cost(run: Run, page: Path, price_file: Path) -> None:
    with fake_service(completion(draft_json())) as service:
        arguments: tuple[Any, ...] = ("--model", "m", "--base-url", service.url, "--no-complete", "--reasks", "0")
        priced = json.loads(run(*arguments, "--prices", price_file, page).out)
        unpriced = json.loads(run(*arguments, page).out)
    usage = priced["run"]["usage"]
    assert usage["prompt"] > usage["cached"]
    paid = 2 * (usage["prompt"] - usage["cached"]) + usage["cached"] + 10 * usage["completion"]
    assert priced["run"]["cost"] == {"amount": f"{paid / 1_000_000:.6f}".rstrip("0"), "currency": "CNY"}
    assert unpriced["run"]["cost"] is None


def test_the_variable_names_the_file_and_the_option_outweighs_it(price_file: Path, tmp_path: Path) -> None:
    environment = {"SUMMARIZER_PRICES": str(price_file)}
    assert read_settings(environment).prices == price_file
    assert read_settings(environment, prices=tmp_path / "other.json").prices == tmp_path / "other.json"
    assert read_settings({"SUMMARIZER_PRICES": ""}).prices is None


def test_the_table_on_a_terminal_tells_the_cost(run: Run, price_file: Path) -> None:
    article = ARTICLE.with_name("investment_half_year.txt")
    said = run("--format", "text", "--replay", RELAY, "--prices", price_file, article).out
    assert "draft by model relay for 0.01812 CNY" in " ".join(said.split())  # (3055 * 2 + 1201 * 10) / 1,000,000
    assert " for " not in run("--format", "text", "--replay", RELAY, article).out.split("draft by")[1].split("\n")[0]


def test_a_bad_price_file_stops_the_run_before_anything_is_asked(run: Run, page: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"lists": [{}]}', encoding="utf-8")
    with fake_service(completion(draft_json())) as service:
        for more in ((), ("--split", "model"), ("--extractor", "rules", "--split", "model")):
            said = refused(run("--model", "m", "--base-url", service.url, "--prices", bad, *more, page))
            assert said.startswith(f"summarize: price file {str(bad)!r}: lists.0.provider: Field required")
        assert service.requests == []


def test_the_rules_alone_need_no_prices(run: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_PRICES", str(tmp_path / "missing.json"))
    assert json.loads(run("--extractor", "rules", page).out)["run"]["cost"] is None


def test_a_cost_is_a_plain_decimal_in_the_published_schema() -> None:
    cost = briefed(Scripted(drafted(RIGHT)), prices=PRICES).run.cost
    assert cost is not None
    assert Cost.model_validate(cost.model_dump()) == cost
