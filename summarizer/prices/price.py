"""What a model's tokens cost, and what a run of them cost, in exact decimals."""

import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Context, Decimal, localcontext
from typing import Annotated, Final, Protocol

from pydantic import BeforeValidator, Field

from summarizer.brief import Cost
from summarizer.value import Value

_MILLION: Final = Decimal(1_000_000)
_EXACT: Final = Context(prec=60)
"""Digits enough that no product of tokens and prices is rounded, whatever context the caller has set."""
_DECIMAL: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?")


def _decimal(text: object) -> Decimal:
    """Return a decimal written as a string: a JSON number would have been a float on its way here."""
    if isinstance(text, Decimal):
        return text
    if not isinstance(text, str) or _DECIMAL.fullmatch(text) is None:
        raise ValueError('write a decimal as a string, such as "0.25"')
    return Decimal(text)


Amount = Annotated[Decimal, BeforeValidator(_decimal)]


class Tokens(Protocol):
    """What is priced: the tokens of all requests for one article."""

    @property
    def attempts(self) -> int:
        """HTTP requests."""
        ...

    @property
    def prompt(self) -> int:
        """Tokens of the prompts, cached ones included."""
        ...

    @property
    def completion(self) -> int:
        """Tokens of the replies."""
        ...

    @property
    def cached(self) -> int:
        """Tokens of the prompts that came from the provider's cache."""
        ...


class Tier(Value):
    """Prices of a million tokens, for requests of up to a length."""

    input: Amount
    cached: Amount | None = None
    """Of prompt tokens that the provider had in its cache; null where not known, and then they cost as `input`."""
    output: Amount
    up_to: int | None = Field(default=None, gt=0)
    """Most prompt tokens of a request, cached ones included; null for any number."""
    reply_up_to: int | None = Field(default=None, gt=0)
    """Most tokens of a reply; null for any number."""

    def holds(self, prompt: Decimal, reply: Decimal) -> bool:
        """Return whether a request of so many tokens is priced so."""
        return (self.up_to is None or prompt <= self.up_to) and (self.reply_up_to is None or reply <= self.reply_up_to)


class Peak(Value):
    """Hours in which all costs a multiple. Public holidays are not known: they count as the weekdays that they are."""

    factor: Amount
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...]
    """1 is Monday."""
    hours: tuple[tuple[Annotated[int, Field(ge=0, le=24)], Annotated[int, Field(ge=0, le=24)]], ...]
    """From and to, `[start, end)`."""
    utc_offset: int = Field(ge=-12, le=14)
    """Hours that the provider's clock is ahead of UTC."""

    def holds(self, at: datetime) -> bool:
        """Return whether a moment is in these hours."""
        there = at.astimezone(timezone(timedelta(hours=self.utc_offset)))
        return there.isoweekday() in self.weekdays and any(start <= there.hour < end for start, end in self.hours)


class Price(Value):
    """What one model's tokens cost at one host."""

    currency: str
    tiers: tuple[Tier, ...]
    """The first that holds counts; where none does, the price of such a request is not known."""
    batch_factor: Amount | None = None
    """What the provider's batch API charges of it; null where it has none, or none is known."""
    peak: Peak | None = None

    def cost(self, tokens: Tokens, *, at: datetime | None = None, batch: bool = False) -> Cost | None:
        """Return what `tokens` cost at a moment (now), exactly; None where that cannot be known.

        It cannot where no tokens were counted, as by services that report none, and where no tier holds. Tokens come
        summed over the requests for an article, so the tier is that of their average request: they all carry the
        article, and differ by little but the first of a page, which carries the question how to split it. Requests that
        failed before they were billed make the average shorter than it was. Where a run goes on into other hours than
        it began in, it is priced as at its end.
        """
        factor = self.batch_factor if batch else Decimal(1)
        if factor is None or tokens.prompt + tokens.completion == 0:
            return None
        with localcontext(_EXACT):
            requests = Decimal(max(tokens.attempts, 1))
            prompt, reply = tokens.prompt / requests, tokens.completion / requests
            tier = next((tier for tier in self.tiers if tier.holds(prompt, reply)), None)
            if tier is None:
                return None
            if self.peak is not None and self.peak.holds(at or datetime.now(UTC)):
                factor *= self.peak.factor
            cached = min(tokens.cached, tokens.prompt)
            amount = (tokens.prompt - cached) * tier.input + tokens.completion * tier.output
            amount += cached * (tier.input if tier.cached is None else tier.cached)
            return Cost(amount=format((amount * factor / _MILLION).normalize(), "f"), currency=self.currency)
