"""A paragraph as a newspaper's column breaks it, and the lines that cleaning leaves of a text."""

from summarizer.clean import clean_text

WRAPPED = [
    "云岭高新区今年上半年签约项目多，",
    "投资额也比去年同期高出许多，园区",
    "管委会表示，下一步将继续做好企业",
    "服务，推动产业升级。",
]
WHOLE = "".join(WRAPPED)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, cleaned."""
    return clean_text(text).text.split("\n")
