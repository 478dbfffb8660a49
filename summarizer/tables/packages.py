"""Imports the packages that only some forms need, or says in one line how to install them."""

from importlib import import_module
from types import ModuleType

from summarizer.errors import StoreError


def package(name: str, extra: str, shown: str, *, distribution: str | None = None) -> ModuleType:
    """Import module `name`. Raises StoreError where it is not installed; `extra` installs it."""
    try:
        return import_module(name)
    except ImportError as error:
        needed = distribution or name.partition(".")[0]
        raise StoreError(f"writing {shown} needs the package {needed}: pip install 'summarizer[{extra}]'") from error
