"""Which runs on a store live: each holds a lock that the system takes from it when it dies, however it dies.

So the claims of a run that was killed are free at once, and no clock or heartbeat has to be trusted.
"""

import contextlib
from collections.abc import Iterable
from pathlib import Path, PurePath

from filelock import FileLock, Timeout


class RunLock:
    """The lock of one run, held until `release` or the end of the process."""

    def __init__(self, store: Path, run: int) -> None:
        self._path = _lock_path(store, run)
        self._lock = FileLock(self._path)
        self._lock.acquire(timeout=0)

    def release(self) -> None:
        """Give the lock up and take its file away."""
        self._lock.release()
        _remove(self._path)


def dead_runs(store: Path, runs: Iterable[int], own: int) -> list[int]:
    """Return those of the runs that no longer live."""
    return [run for run in runs if run != own and not _lives(_lock_path(store, run))]


def is_lock(store: str, path: str) -> bool:
    """Return whether a file, by its name, is the lock of a run on the store."""
    return PurePath(path).name.startswith(f".{PurePath(store).name}-run")


def _lock_path(store: Path, run: int) -> Path:
    """Return a hidden name beside the store, which a walk over its folder passes over."""
    return store.with_name(f".{store.name}-run{run}")


def _lives(path: Path) -> bool:
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    _remove(path)
    return False


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
