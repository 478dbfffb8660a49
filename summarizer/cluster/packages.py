"""Imports Ray and pyarrow, or says in one line how to install them."""

from importlib import import_module
from typing import Any

from summarizer.errors import SettingsError


def package(name: str) -> Any:  # noqa: ANN401 - neither has types
    """Import module `name`. Raises SettingsError where it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        needed = name.partition(".")[0]
        raise SettingsError(f"--engine ray needs the package {needed}: pip install 'summarizer[ray]'") from error
