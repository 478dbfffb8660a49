"""What tokens cost: the published table, whose a price is, and the arithmetic."""

import pickle
import sys
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, localcontext
from typing import Any, Self

import pytest

from summarizer.brief import Cost
from summarizer.extract.extraction import Spent
from summarizer.prices import Price, Prices, price_of, read_table
from summarizer.prices.price import Peak, Tier

TABLE = read_table()
BEIJING = "https://dashscope.aliyuncs.com/compatible-mode/v1"
SINGAPORE = "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"
DEEPSEEK = "https://api.deepseek.com/v1"
ONCE = Spent(attempts=1, prompt=3000, completion=1000)


@pytest.fixture(autouse=True)
def _without_genai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "genai_prices", None)


def price(**changes: Any) -> Price:  # noqa: ANN401 - any field
    tier = {"input": "2", "cached": "0.5", "output": "8"}
    return Price.model_validate({"currency": "CNY", "tiers": [tier], **changes})


def amount(cost: Cost | None) -> str | None:
    return None if cost is None else f"{cost.amount} {cost.currency}"


def test_every_row_has_a_page_as_its_source_and_a_day() -> None:
    assert len([row for part in TABLE.lists for row in part.models]) > 60
    for part in TABLE.lists:
        for row in part.models:
            assert (row.source or part.source).startswith("https://"), row.name
            assert date(2025, 6, 1) <= (row.as_of or part.as_of) <= date.today(), row.name


def test_every_row_is_found_by_each_of_its_names_at_each_of_its_hosts() -> None:
    for part in TABLE.lists:
        for host in part.hosts:
            for row in part.models:
                found = {price_of(name, f"https://{host.replace('*', 'x')}/v1", TABLE) for name in row.names}
                assert found == {part.price(row)}, (host, row.name)


def test_tiers_rise_and_only_the_last_holds_for_any_length() -> None:
    for part in TABLE.lists:
        for row in part.models:
            steps = [(tier.up_to or 10**9, tier.reply_up_to or 10**9) for tier in row.tiers]
            assert steps == sorted(set(steps)), row.name


def test_a_cached_token_costs_no_more_than_another() -> None:
    for part in TABLE.lists:
        for tier in (tier for row in part.models for tier in row.tiers):
            assert tier.cached is None or tier.cached <= tier.input
            assert tier.input <= tier.output


@pytest.mark.parametrize(
    ("model", "base_url", "cost"),
    [
        ("gpt-4o-mini", None, "0.00105 USD"),
        ("gpt-4o-mini", "https://api.openai.com/v1", "0.00105 USD"),
        ("GPT-4o-mini", "HTTPS://API.OpenAI.com:443/v1/", "0.00105 USD"),
        ("openai/gpt-4o-mini", None, "0.00105 USD"),
        ("gpt-4o-mini-2024-07-18", None, "0.00105 USD"),
        ("gpt-4o-2024-08-06", None, "0.0175 USD"),
        ("gpt-4o-2024-05-13", None, "0.03 USD"),
        ("qwen-plus", BEIJING, "0.0044 CNY"),
        ("qwen-plus", "https://ws-1.cn-beijing.maas.aliyuncs.com/compatible-mode/v1", "0.0044 CNY"),
        ("qwen-plus-2025-12-01", BEIJING, "0.0044 CNY"),
        ("qwen-plus", SINGAPORE, "0.0024 USD"),
        ("kimi-k2.6", "https://api.moonshot.cn/v1", "0.0465 CNY"),
        ("kimi-k2.6", "https://api.moonshot.ai/v1", "0.00685 USD"),
        ("GLM-4.7", "https://open.bigmodel.cn/api/paas/v4", "0.023 CNY"),
        ("glm-4.7-flash", "https://open.bigmodel.cn/api/paas/v4", "0 CNY"),
        ("doubao-seed-2-1-turbo-260615", "https://ark.cn-beijing.volces.com/api/v3", "0.024 CNY"),
    ],
)
def test_a_model_is_priced_by_its_name_and_host(model: str, base_url: str | None, cost: str) -> None:
    found = price_of(model, base_url, TABLE)
    assert found is not None
    assert amount(found.cost(ONCE)) == cost


@pytest.mark.parametrize(
    ("model", "base_url"),
    [
        ("gpt-4o-mini", "https://gateway.example.com/v1"),
        ("openai/gpt-4o-mini", "https://openrouter.ai/api/v1"),
        ("gpt-4o-mini", "https://api.openai.com.example.com/v1"),
        ("gpt-4o-mini", "http://127.0.0.1:8000/v1"),
        ("qwen-plus", "http://localhost:11434/v1"),
        ("qwen-plus", None),
        ("gpt-4o", BEIJING),
        ("gpt-4o-audio-preview", None),
        ("ft:gpt-4o-mini-2024-07-18:us::1", None),
        ("gpt-4o:extended", None),
        ("gpt-4", None),
        ("deepseek-chat", DEEPSEEK),
        ("", None),
        ("gpt-4o", "http://[::1"),
    ],
)
def test_what_no_list_tells_has_no_price(model: str, base_url: str | None) -> None:
    assert price_of(model, base_url, TABLE) is None


def test_the_arithmetic_is_exact_whatever_the_precision_outside() -> None:
    spent = Spent(attempts=3, prompt=123_457, completion=7, cached=100_001)
    with localcontext() as narrow:
        narrow.prec = 3
        assert amount(price().cost(spent)) == "0.0969685 CNY"  # (23456 * 2 + 100001 * 0.5 + 7 * 8) / 1,000,000


def test_an_amount_is_written_out_however_small_or_round() -> None:
    tiny = Tier(input=Decimal("0.000001"), output=Decimal(0))
    assert amount(price(tiers=(tiny,)).cost(Spent(attempts=1, prompt=1))) == "0.000000000001 CNY"
    assert amount(price().cost(Spent(attempts=1, prompt=10_000_000_000))) == "20000 CNY"


def test_cached_tokens_cost_as_others_where_their_price_is_not_known() -> None:
    spent = Spent(attempts=1, prompt=1000, cached=1000)
    assert amount(price().cost(spent)) == "0.0005 CNY"
    assert amount(price(tiers=[{"input": "2", "output": "8"}]).cost(spent)) == "0.002 CNY"
    assert amount(price().cost(spent.plus(Spent(cached=5000)))) == "0.0005 CNY"  # more than there are


def test_without_tokens_counted_the_cost_is_unknown_and_not_nothing() -> None:
    assert price().cost(Spent(attempts=2)) is None
    free = price(tiers=[{"input": "0", "output": "0"}])
    assert (free.cost(Spent(attempts=1)), amount(free.cost(ONCE))) == (None, "0 CNY")


def test_the_tier_is_that_of_the_average_request() -> None:
    qwen = price_of("qwen3-max", BEIJING, TABLE)
    assert qwen is not None
    costs = [amount(qwen.cost(Spent(attempts=n, prompt=128_000))) for n in (4, 3, 1)]
    assert costs == ["0.32 CNY", "0.512 CNY", "0.512 CNY"]
    assert amount(qwen.cost(Spent(attempts=1, prompt=128_001))) == "0.896007 CNY"
    assert qwen.cost(Spent(attempts=1, prompt=256_001)) is None
    assert amount(qwen.cost(Spent(attempts=0, prompt=32_000))) == "0.08 CNY"


def test_a_tier_can_hold_for_short_replies_alone() -> None:
    glm = price_of("glm-4.5-air", "https://open.bigmodel.cn/api/paas/v4", TABLE)
    assert glm is not None
    costs = [amount(glm.cost(Spent(attempts=2, prompt=0, completion=n))) for n in (400, 402)]
    assert costs == ["0.0008 CNY", "0.002412 CNY"]


@pytest.mark.parametrize(
    ("day", "hour", "minute", "cost"),
    [
        (23, 1, 0, "0.014 CNY"),  # Monday 9:00 in Beijing
        (23, 0, 59, "0.007 CNY"),
        (23, 3, 59, "0.014 CNY"),
        (23, 4, 0, "0.007 CNY"),  # noon
        (27, 9, 59, "0.014 CNY"),  # Friday 17:59
        (27, 10, 0, "0.007 CNY"),
        (28, 2, 0, "0.007 CNY"),  # Saturday
    ],
)
def test_peak_hours_are_those_of_the_providers_clock(day: int, hour: int, minute: int, cost: str) -> None:
    deepseek = price_of("deepseek-flash", DEEPSEEK, TABLE)
    assert deepseek is not None
    assert amount(deepseek.cost(ONCE, at=datetime(2026, 11, day, hour, minute, tzinfo=UTC))) == cost


def test_without_a_moment_the_price_is_that_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    class Monday(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(2026, 11, 23, 9, 30, tzinfo=tz)

    monkeypatch.setattr("summarizer.prices.price.datetime", Monday)
    peaks = [Peak(factor=Decimal(3), weekdays=(day,), hours=((9, 10),), utc_offset=0) for day in (1, 7)]
    assert [amount(price(peak=peak).cost(ONCE)) for peak in peaks] == ["0.042 CNY", "0.014 CNY"]


def test_a_batch_costs_its_share_and_is_unknown_where_there_is_none() -> None:
    gpt, deepseek = price_of("gpt-5-mini", None, TABLE), price_of("deepseek-flash", DEEPSEEK, TABLE)
    assert gpt is not None
    assert deepseek is not None
    assert (amount(gpt.cost(ONCE)), amount(gpt.cost(ONCE, batch=True))) == ("0.00275 USD", "0.001375 USD")
    assert deepseek.cost(ONCE, batch=True) is None


def test_prices_travel_between_processes() -> None:
    prices = Prices(TABLE, DEEPSEEK, "deepseek-flash")
    assert pickle.loads(pickle.dumps(prices)) == prices
    assert pickle.loads(pickle.dumps(prices.of(None))) == prices.of(None)


def test_the_reported_name_goes_before_the_one_asked_for() -> None:
    prices = Prices(TABLE, None, "gpt-4o")
    assert amount(prices.cost("gpt-4o-mini-2024-07-18", ONCE)) == "0.00105 USD"
    assert amount(prices.cost("unheard-of", ONCE)) == amount(prices.cost(None, ONCE)) == "0.0175 USD"
    assert Prices(TABLE, None, None).cost(None, ONCE) is None
