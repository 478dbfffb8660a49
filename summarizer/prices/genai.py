"""Prices by the library genai-prices, an extra of its own: dollars, for many models that our table has no row for."""

from decimal import Decimal
from importlib import import_module
from typing import Final

from summarizer.prices.price import Price, Tier

_ONE: Final = 1
"""Tokens asked about; the library must be asked for some to name a price."""


def price_by_genai(model: str, base_url: str) -> Price | None:
    """Return what genai-prices knows of a model at a base URL; None where it knows nothing, or is not installed.

    None too for models that charge apart for writing to their cache: how much was written, no usage tells us.
    """
    try:
        library = import_module("genai_prices")
    except ImportError:
        return None
    try:
        usage = library.Usage(input_tokens=_ONE, output_tokens=_ONE)
        known = library.calc_price(usage, model_ref=model, provider_api_url=base_url).model_price
    except LookupError:
        return None
    rates = {name: getattr(known, f"{name}_mtok", None) for name in ("input", "cache_read", "cache_write", "output")}
    if rates["input"] is None or rates["output"] is None or rates["cache_write"] not in (None, rates["input"]):
        return None
    starts = sorted({tier.start for rate in rates.values() for tier in getattr(rate, "tiers", ())})
    tiers = [_tier(rates, after, up_to) for after, up_to in zip([-1, *starts], [*starts, None], strict=True)]
    return Price(currency="USD", tiers=tuple(tiers))


def _tier(rates: dict[str, object], after: int, up_to: int | None) -> Tier:
    """Return the prices of requests of more than `after` prompt tokens, up to the next step."""
    known = {name: _rate(rate, after) for name, rate in rates.items() if rate is not None}
    return Tier(input=known["input"], cached=known.get("cache_read"), output=known["output"], up_to=up_to)


def _rate(rate: object, after: int) -> Decimal:
    """Return one price: a number, or a base and what it becomes beyond each step (for all tokens of a request)."""
    reached = [tier.price for tier in getattr(rate, "tiers", ()) if tier.start <= after]
    return Decimal(str(reached[-1] if reached else getattr(rate, "base", rate)))
