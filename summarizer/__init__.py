"""Structured, number-checked briefs from news about China's high-tech parks.

Names are loaded when they are first used, so that `summarize --help` pays for none of them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.brief import Brief
    from summarizer.draft import Draft
    from summarizer.errors import BriefError, ModelError, ReadError, SettingsError, SummarizerError
    from summarizer.pipeline import check, summarize
    from summarizer.settings import Settings

_HOMES = {
    "Brief": "brief",
    "BriefError": "errors",
    "Draft": "draft",
    "ModelError": "errors",
    "ReadError": "errors",
    "Settings": "settings",
    "SettingsError": "errors",
    "SummarizerError": "errors",
    "check": "pipeline",
    "summarize": "pipeline",
}

__all__ = [
    "Brief",
    "BriefError",
    "Draft",
    "ModelError",
    "ReadError",
    "Settings",
    "SettingsError",
    "SummarizerError",
    "check",
    "summarize",
]


def __getattr__(name: str) -> object:
    """Import the module of a public name at its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return list(__all__)
