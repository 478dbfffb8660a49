"""The table of prices: prices.json beside this module, outweighed by a file of the user's in the same form."""

import json
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Final, Self

from pydantic import Field, ValidationError, model_validator

from summarizer.errors import SettingsError
from summarizer.prices.price import Amount, Peak, Price, Tier
from summarizer.value import Value

_TABLE: Final = Path(__file__).with_name("prices.json")


class ListedModel(Value):
    """A row: one model. Prices stand in the row itself, or in `tiers` where they depend on the length of a request."""

    name: str = Field(min_length=1)
    also: tuple[str, ...] = ()
    """Other names of the same model."""
    tiers: tuple[Tier, ...] = Field(min_length=1)
    batch_factor: Amount | None = None
    as_of: date | None = None
    source: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_tier(cls, row: object) -> object:
        if not isinstance(row, dict) or "tiers" in row:
            return row
        tier = {key: row[key] for key in ("input", "cached", "output") if key in row}
        return {key: value for key, value in row.items() if key not in tier} | {"tiers": [tier]}

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in lower case."""
        return tuple(name.lower() for name in (self.name, *self.also))


class PriceList(Value):
    """One provider's list; what it says of date, source and batches, a row may say otherwise of itself."""

    provider: str = Field(min_length=1)
    hosts: tuple[str, ...] = Field(min_length=1)
    """Hosts of base URLs; `*` in one stands for anything."""
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    source: str = Field(min_length=1)
    """Where the prices were published."""
    as_of: date
    """A day on which they held: that of the source, else the earliest that the copy read can be from."""
    batch_factor: Amount | None = None
    peak: Peak | None = None
    note: str | None = None
    models: tuple[ListedModel, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_are_told_once(self) -> Self:
        names = [name for model in self.models for name in model.names]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"more than one row is named {min(twice)!r}")
        return self

    def of_host(self, host: str) -> bool:
        """Return whether the list holds at a host."""
        return any(fnmatchcase(host, pattern.lower()) for pattern in self.hosts)

    def price(self, model: ListedModel) -> Price:
        """Return the price that a row of this list gives."""
        factor = self.batch_factor if model.batch_factor is None else model.batch_factor
        return Price(currency=self.currency, tiers=model.tiers, batch_factor=factor, peak=self.peak)


class PriceTable(Value):
    """Lists, of which an earlier one outweighs a later."""

    lists: tuple[PriceList, ...]

    def __hash__(self) -> int:
        """Tables are told apart by identity, for lookups that are kept; each file is read once."""
        return id(self)


@lru_cache(maxsize=8)
def read_table(path: Path | None = None) -> PriceTable:
    """Return the table of published prices, outweighed by the file at `path`; each is read once a process.

    Raises SettingsError for a file that is none.
    """
    return _read(_TABLE) if path is None else PriceTable(lists=(*_read(path).lists, *read_table().lists))


def _read(path: Path) -> PriceTable:
    try:
        return PriceTable.model_validate(json.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        message = f"price file {str(path)!r}: {error.strerror or error}; name one that can be read"
        raise SettingsError(message) from error
    except ValidationError as error:
        first = error.errors()[0]
        where, message = ".".join(map(str, first["loc"])) or "the whole", " ".join(first["msg"].split())
        raise SettingsError(f"price file {str(path)!r}: {where}: {message}; see Cost in the README") from error
    except (ValueError, RecursionError) as error:  # not UTF-8, not JSON
        message = " ".join(str(error).split())
        raise SettingsError(f"price file {str(path)!r} is not JSON: {message}; see Cost in the README") from error
