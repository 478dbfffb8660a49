"""The check: a draft held against its article, item by item. It needs no model."""

from summarizer.verify.given import draft_from, read_brief
from summarizer.verify.grounds import Grounds
from summarizer.verify.prove import prove

__all__ = ["Grounds", "draft_from", "prove", "read_brief"]
