"""Says which currency a bare 元 is: the yuan, or the Taiwan dollar where the text speaks of it."""

from summarizer.quantities.doubts import TAIWAN_DOLLARS, is_traditional
from summarizer.quantities.folding import fold_text
from summarizer.quantities.quantity import Quantity


def yuan_of(text: str) -> str:
    """Return the ISO code of the currency that a bare 元 means in `text`: TWD where it speaks of 新台幣, else CNY."""
    folded = fold_text(text)
    return "TWD" if "新台币" in folded and "人民币" not in folded else "CNY"


def in_currency(found: list[Quantity], text: str, yuan: str | None) -> list[Quantity]:
    """Give money in bare 元 the currency that is meant, and a doubt where a traditional text leaves it open."""
    meant = yuan or yuan_of(text)
    if meant != "CNY":
        return [quantity._replace(unit=meant) if _is_bare_yuan(quantity) else quantity for quantity in found]
    if yuan is not None or not is_traditional(text):
        return found
    doubt = TAIWAN_DOLLARS
    return [quantity._replace(doubt=doubt) if _is_bare_yuan(quantity) else quantity for quantity in found]


def _is_bare_yuan(quantity: Quantity) -> bool:
    return quantity.unit == "CNY" and quantity.text.endswith("元") and "人民币" not in quantity.text
