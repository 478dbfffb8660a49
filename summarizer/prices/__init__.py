"""What runs cost: published prices of tokens, and whose they are.

A price that is not known stays unknown (None here, null in a brief): it is never 0 and never a neighbour's. So a price
holds at the hosts that its list names and at no other: a gateway may charge anything, one's own server has no list.
Amounts are those of the public lists, before taxes, free quotas and what an account has agreed for itself.

`price` is the value and its arithmetic, `table` the lists (prices.json), `lookup` finds a model's row, `genai` asks the
library genai-prices, where it is installed, for what no row tells.
"""

from summarizer.prices.lookup import Prices, price_of, prices_for
from summarizer.prices.price import Price
from summarizer.prices.table import PriceTable, read_table

__all__ = ["Price", "PriceTable", "Prices", "price_of", "prices_for", "read_table"]
