"""Whose price it is: by the host, and by the model's name as the service reports it or as it was asked for."""

import re
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from summarizer.brief import Cost
from summarizer.prices.genai import price_by_genai
from summarizer.prices.price import Price, Tokens
from summarizer.prices.table import PriceTable, read_table
from summarizer.settings import OPENAI_URL, Settings

_DATED: Final = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{6})$")
"""The day of a version at the end of its name: gpt-4o-2024-08-06, doubao-seed-2-1-pro-260615."""


@lru_cache(maxsize=256)  # every article of a run asks for the same one; a look costs 35 µs, one past our table 2 ms
def price_of(model: str, base_url: str | None, table: PriceTable) -> Price | None:
    """Return the price of `model`, named as asked or as reported, at a base URL (null: OpenAI's); None if unknown.

    Case, a provider's prefix (openai/gpt-4o) and the day of a version do not count, unless a row is named with them.
    """
    host, names = _host(base_url or OPENAI_URL), _names(model)
    lists = [listed for listed in table.lists if listed.of_host(host)]
    for listed in lists:
        for name in names:
            for row in listed.models:
                if name in row.names:
                    return listed.price(row)
    if any(listed.currency != "USD" and "*" not in listed.hosts for listed in lists):
        return None  # genai-prices knows dollars alone, and would give those of another list or convert
    return next((price for name in names if (price := price_by_genai(name, base_url or OPENAI_URL))), None)


def _host(base_url: str) -> str:
    try:
        return (urlsplit(base_url).hostname or "").lower()
    except ValueError:  # a bracket that does not close
        return ""


def _names(model: str) -> tuple[str, ...]:
    """Return the names under which a model may be listed, the most exact first."""
    full = model.strip().lower()
    bare = full.rsplit("/", 1)[-1]
    return tuple(dict.fromkeys((full, bare, _DATED.sub("", full), _DATED.sub("", bare))))


class Prices(NamedTuple):
    """The prices of one service, for a run that asked it for one model."""

    table: PriceTable
    base_url: str | None
    asked: str | None
    """The model as it was asked for."""
    batch: bool = False
    """Whether it is asked by the provider's batch API, for which other prices hold."""

    def of(self, reported: str | None) -> Price | None:
        """Return the price of the model that the service says it used, else of the one asked for."""
        named = (name for name in (reported, self.asked) if name)
        return next((price for name in named if (price := price_of(name, self.base_url, self.table))), None)

    def cost(self, reported: str | None, tokens: Tokens) -> Cost | None:
        """Return what an article cost; None where that is not known."""
        price = self.of(reported)
        return None if price is None else price.cost(tokens, batch=self.batch)


def prices_for(settings: Settings) -> Prices:
    """Return the prices of the service that settings name. Raises SettingsError for a bad price file."""
    return Prices(read_table(settings.prices), settings.base_url, settings.model, settings.via == "batch-api")
