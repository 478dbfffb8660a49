"""A Ray that all tests of a process join, started by hand as on a cluster: a start takes six seconds."""

from collections.abc import Iterator

import pytest

from bench.ray_cluster import head


@pytest.fixture(scope="session")
def joins() -> Iterator[tuple[str, str]]:
    """Return what tells the command to join the Ray of the tests."""
    with head(processors=2) as address:
        yield "--address", address
