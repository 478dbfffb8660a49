"""Prices beside our own: a file of the user's, which outweighs them, and genai-prices, which they outweigh."""

import json
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from summarizer.errors import SettingsError
from summarizer.extract.extraction import Spent
from summarizer.prices import price_of, read_table
from tests.test_prices import DEEPSEEK, ONCE, TABLE, amount


@pytest.fixture(autouse=True)
def _without_genai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "genai_prices", None)


def listed(tmp_path: Path, *models: dict[str, Any], **changes: Any) -> Path:  # noqa: ANN401 - any field
    own = {"provider": "ours", "hosts": ["GW.example.com"], "currency": "EUR", "source": "our contract"}
    path = tmp_path / "prices.json"
    path.write_text(json.dumps({"lists": [{**own, "as_of": "2026-11-01", "models": models, **changes}]}))
    return path


def test_a_file_of_the_users_outweighs_the_table(tmp_path: Path) -> None:
    row = {"name": "GPT-4o", "also": ["relay"], "input": "1", "output": "1"}
    table = read_table(listed(tmp_path, row, hosts=["api.openai.com", "127.0.0.1"], batch_factor="0.5"))
    ours = [price_of(name, None, table) for name in ("gpt-4o", "gpt-4o-2024-05-13", "relay")]
    assert [found and amount(found.cost(ONCE)) for found in ours] == ["0.004 EUR"] * 3
    local = price_of("relay", "http://127.0.0.1:8000/v1", table)
    assert local is not None
    assert amount(local.cost(ONCE, batch=True)) == "0.002 EUR"
    theirs = price_of("gpt-4o-mini", None, table)
    assert theirs is not None
    assert theirs.currency == "USD"
    assert price_of("relay", "https://gateway.example.com/v1", table) is None


def test_a_list_for_any_host_is_written_with_a_star(tmp_path: Path) -> None:
    table = read_table(listed(tmp_path, {"name": "m", "input": "1", "output": "1"}, hosts=["*"]))
    assert price_of("m", "http://anything:1/v1", table) == price_of("org/m", None, table) is not None


def test_hosts_are_written_in_any_case(tmp_path: Path) -> None:
    table = read_table(listed(tmp_path, {"name": "m", "input": "1", "output": "1"}))
    assert price_of("m", "https://gw.EXAMPLE.com/v1", table) is not None


ROW = {"name": "m", "input": "1", "output": "1"}


@pytest.mark.parametrize(
    ("models", "changes", "said"),
    [
        ([ROW | {"input": 0.1}], {}, "lists.0.models.0.tiers.0.input: Value error, write a decimal as a string"),
        ([ROW | {"input": "1e-3"}], {}, "write a decimal as a string"),
        ([ROW | {"output": "-1"}], {}, "write a decimal as a string"),
        ([ROW | {"input": "NaN"}], {}, "write a decimal as a string"),
        ([{"name": "m", "input": "1"}], {}, "lists.0.models.0.tiers.0.output: Field required"),
        ([ROW | {"inputs": "1"}], {}, "lists.0.models.0.inputs: Extra inputs are not permitted"),
        ([ROW | {"tiers": [{"input": "1", "output": "1"}]}], {}, "lists.0.models.0.input: Extra inputs"),
        ([ROW | {"tiers": []}], {}, "lists.0.models.0.tiers"),
        ([ROW, ROW | {"name": "M"}], {}, "more than one row is named 'm'"),
        ([], {}, "lists.0.models"),
        ([ROW], {"hosts": []}, "lists.0.hosts"),
        ([ROW], {"currency": "$"}, "lists.0.currency"),
        ([ROW], {"as_of": "lately"}, "lists.0.as_of"),
        ([ROW], {"source": ""}, "lists.0.source"),
    ],
)
def test_a_malformed_file_is_told_in_one_line(
    models: list[dict[str, Any]], changes: dict[str, Any], said: str, tmp_path: Path
) -> None:
    path = listed(tmp_path, *models, **changes)
    with pytest.raises(SettingsError) as told:
        read_table(path)
    message = str(told.value)
    assert (said in message, str(path) in message, "\n" in message) == (True, True, False), message


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"null", b"[" * 100_000])
def test_a_file_that_is_no_table_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "prices.json"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match="price file"):
        read_table(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.json': No such file or directory; name one"):
        read_table(tmp_path / "none.json")


class FakeGenai(ModuleType):
    """The part of genai-prices that is used: dollars for two models, LookupError for the rest."""

    def __init__(self, **known: SimpleNamespace) -> None:
        super().__init__("genai_prices")
        self.known, self.asked = known, list[tuple[str, str]]()

    def Usage(self, **tokens: int) -> SimpleNamespace:
        return SimpleNamespace(**tokens)

    def calc_price(self, usage: SimpleNamespace, *, model_ref: str, provider_api_url: str) -> SimpleNamespace:
        assert (usage.input_tokens, usage.output_tokens) == (1, 1)
        self.asked.append((model_ref, provider_api_url))
        if model_ref not in self.known:
            raise LookupError(model_ref)
        return SimpleNamespace(model_price=self.known[model_ref])


def stepped(base: str, *steps: tuple[int, str]) -> SimpleNamespace:
    tiers = [SimpleNamespace(start=start, price=Decimal(price)) for start, price in steps]
    return SimpleNamespace(base=Decimal(base), tiers=tiers)


@pytest.fixture
def genai(monkeypatch: pytest.MonkeyPatch) -> FakeGenai:
    plain = SimpleNamespace(input_mtok=Decimal("0.2"), cache_read_mtok=None, output_mtok=Decimal("0.5"))
    steps = SimpleNamespace(
        input_mtok=stepped("1", (2000, "2")), cache_read_mtok=Decimal("0.1"), output_mtok=stepped("3", (2000, "4"))
    )
    written = SimpleNamespace(input_mtok=Decimal(1), cache_write_mtok=Decimal("1.25"), output_mtok=Decimal(1))
    fake = FakeGenai(grok=plain, stepped=steps, writes=written, speech=SimpleNamespace(input_mtok=None))
    monkeypatch.setitem(sys.modules, "genai_prices", fake)
    return fake


def test_genai_prices_is_asked_for_what_no_row_tells(genai: FakeGenai) -> None:
    found = price_of("x-ai/Grok-2026-01-01", "https://api.x.ai/v1", TABLE)
    assert found is not None
    assert amount(found.cost(ONCE)) == "0.0011 USD"
    assert found.cost(ONCE, batch=True) is None
    assert {url for _, url in genai.asked} == {"https://api.x.ai/v1"}


def test_its_steps_become_tiers(genai: FakeGenai) -> None:
    found = price_of("stepped", None, TABLE)
    assert found is not None
    costs = [amount(found.cost(Spent(attempts=1, prompt=n, completion=1000, cached=1000))) for n in (2000, 2001)]
    assert costs == ["0.0041 USD", "0.006102 USD"]


def test_our_own_rows_go_before_it(genai: FakeGenai) -> None:
    assert price_of("gpt-4o", None, TABLE) is not None
    assert genai.asked == []


def test_it_is_not_asked_where_bills_are_in_another_currency(genai: FakeGenai) -> None:
    assert price_of("grok", DEEPSEEK, TABLE) is None
    assert genai.asked == []


def test_a_list_for_any_host_does_not_keep_it_out(genai: FakeGenai, tmp_path: Path) -> None:
    table = read_table(listed(tmp_path, {"name": "m", "input": "1", "output": "1"}, hosts=["*"]))
    assert price_of("grok", None, table) is not None


@pytest.mark.parametrize("model", ["unheard-of", "writes", "speech"])
def test_what_it_does_not_know_or_prices_otherwise_stays_unknown(model: str, genai: FakeGenai) -> None:
    assert price_of(model, None, TABLE) is None
    assert genai.asked
