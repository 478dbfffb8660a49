"""Imports the packages that only some formats need, or says in one line how to install them."""

from importlib import import_module
from types import ModuleType

from summarizer.errors import ReadError


def package(name: str, extra: str, shown: str, *, distribution: str | None = None) -> ModuleType:
    """Import module `name`. Raises ReadError where it is not installed; `extra` installs it."""
    try:
        return import_module(name)
    except ImportError as error:
        needed = distribution or name.partition(".")[0]
        raise ReadError(f"reading {shown} needs the package {needed}: pip install 'summarizer[{extra}]'") from error
