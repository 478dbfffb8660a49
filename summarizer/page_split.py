"""How a language model says which lines of a page belong together: numbers of lines and nothing else.

No text of the page comes back from the model, so none can come back changed; titles and bodies are cut from the page.
It stands this low because the stage that asks and the stage that splits never import each other.
"""

from typing import Literal

from summarizer.value import Value


class SplitPiece(Value):
    """One article, brief item or picture story of the page."""

    kind: Literal["article", "brief", "picture"]
    """article, brief item of a paragraph or two, or picture story that goes with no article."""
    title: str
    """Its headline's lines: kicker, title, sub-title, as `3-4, 9`; empty where it has none."""
    byline: str
    """Lines that hold nothing but its authors."""
    body: str
    """Its text, subheadings included, in reading order."""
    captions: str
    """Captions of its pictures."""


class PageSplit(Value):
    """The whole page, every line in one place."""

    pieces: tuple[SplitPiece, ...]
    furniture: str
    """Lines of no article: masthead, date, page number, column name, contents box, staff, advertisement."""
