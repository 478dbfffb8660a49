"""Whole archives: found, read, briefed by many workers at once, and kept in a store.

Names are loaded when they are first used: the command's options need none of what a run does.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.archive.archive import run_archive
    from summarizer.archive.hall import Finished
    from summarizer.archive.opening import Orders
    from summarizer.archive.progress import Progress

_HOMES = {"Finished": "hall", "Orders": "opening", "Progress": "progress", "run_archive": "archive"}

__all__ = ["Finished", "Orders", "Progress", "run_archive"]


def __getattr__(name: str) -> object:
    """Import the module of a public name at its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
