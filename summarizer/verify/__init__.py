"""The check: a draft held against its article, item by item. It needs no model."""

from summarizer.verify.given import draft_from, read_brief
from summarizer.verify.prove import prove

__all__ = ["draft_from", "prove", "read_brief"]
