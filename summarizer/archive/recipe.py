"""What a brief depends on beside its article: with the same recipe, a brief in the store need not be made again."""

import hashlib
import json
from typing import Final

from summarizer.resources import read_prompt, read_schema
from summarizer.settings import Settings
from summarizer.store.ledger import Recipe

CHECKING: Final = 1
"""Raised when reading, check or rules give other briefs than before; drafts are then proved anew, for nothing."""

_PROMPTS: Final = ("extract.v1", "complete.v1", "repair.v1", "split.v1")
_SCHEMAS: Final = ("draft.v1", "complete.v1", "repair.v1", "split.v1")


def recipe_of(settings: Settings, extractor: str | None = None) -> Recipe:
    """Return the recipe of a run; `extractor` names one that a caller brings, whose versions it must name itself."""
    by_model = settings.drafts_by_model and extractor is None
    asks = by_model or settings.split == "model"
    details = {
        "extractor": extractor or ("model" if by_model else "rules"),
        "model": settings.model if asks else None,
        "split": settings.split,
        "complete": settings.complete if by_model or extractor else None,
        "check_reasks": settings.check_reasks if by_model or extractor else None,
        "prompts": {name: _hash(read_prompt(name)) for name in _PROMPTS} if asks else None,
        "schemas": {name: _hash(read_schema(name)) for name in _SCHEMAS} if asks else None,
    }
    text = json.dumps(details, sort_keys=True, ensure_ascii=False)
    return Recipe(_hash(text), CHECKING, str(details["extractor"]), settings.model if asks else None, text)


def _hash(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
