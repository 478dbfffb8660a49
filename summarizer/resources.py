"""Finds the texts that ship with the program: prompts and schemas.

Inside the package when installed from a wheel, beside it in a checkout; this is the only place that knows.
"""

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_ROOT = _PACKAGE if (_PACKAGE / "prompts").is_dir() else _PACKAGE.parent


@cache  # asked for with every article of an archive
def read_prompt(name: str) -> str:
    """Return the text of prompts/NAME.md."""
    return (_ROOT / "prompts" / f"{name}.md").read_text(encoding="utf-8")


@cache
def read_schema(name: str) -> str:
    """Return the text of schemas/NAME.json."""
    return (_ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8")


@cache
def prompt_tag(name: str) -> str:
    """Return `NAME@sha256:…`, the prompt's identity in a brief (first 16 hex digits of the hash of its text)."""
    return f"{name}@sha256:{hashlib.sha256(read_prompt(name).encode()).hexdigest()[:16]}"
