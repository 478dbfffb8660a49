"""Opens a store, and keeps its transactions whole.

One SQLite file in WAL mode: readers never wait for the run that writes, and several runs on one machine may share it.
`synchronous` is FULL, so that what was committed is on the disk when the power fails: what was paid for must not be
paid for again. A run commits some results together, which makes that cheap (`Batch` in the archive's run).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from summarizer.errors import StoreError
from summarizer.store.migrations import applied, migrate, unknown

_BUSY_SECONDS: Final = 60.0
"""How long a writer waits for another run's transaction: milliseconds, for a checkpoint seconds."""
_CACHE_KIBIBYTES: Final = 64_000
"""Page cache. The indexes of a hundred thousand articles are looked up at random, and have some 60 MB."""
_NOT_A_STORE: Final = "is no store of this program; name another file with --store"


class Store:
    """An open store. One thread may use it at a time; close it, or use it in a `with`."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self.db = db
        """In autocommit mode: writes belong in `transaction`."""

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection in a write transaction that is kept whole or not at all. Raises StoreError."""
        with self.told():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:  # a full disk may have rolled it back already
                    self.db.execute("ROLLBACK")
                raise

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what SQLite says against the store into StoreError."""
        try:
            yield
        except sqlite3.Error as error:
            raise store_error(self.path, error) from error

    def close(self) -> None:
        """Close the file; the last one to do so folds the write-ahead log into it."""
        with self.told():
            self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self.db.close()  # the first error is the one to tell


def open_store(path: Path, *, create: bool = False) -> Store:
    """Open the store at `path`, brought to the newest layout; with `create`, make it where there is none.

    Raises StoreError where there is none, where the file is something else or was made by a newer program, and for
    whatever the system says against it.
    """
    if not create and not path.exists():
        raise StoreError(f"there is no store at {str(path)!r}; make one with `summarize batch ARCHIVE --store FILE`")
    if not path.parent.is_dir():
        raise StoreError(f"cannot make the store {str(path)!r}: there is no folder {str(path.parent)!r}; make it first")
    try:
        db = _connected(path)
        try:
            _refuse_foreign(path, db)
            migrate(db)
        except BaseException:
            db.close()
            raise
    except sqlite3.Error as error:
        raise store_error(path, error) from error
    return Store(path, db)


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    return db


def _refuse_foreign(path: Path, db: sqlite3.Connection) -> None:
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and not applied(db):
        raise StoreError(f"{str(path)!r} {_NOT_A_STORE}")
    if newer := unknown(db):
        raise StoreError(
            f"the store {str(path)!r} was made by a newer version of this program ({', '.join(newer)}); update it"
        )


def store_error(path: Path, error: sqlite3.Error) -> StoreError:
    """Return what a user can do about an error of SQLite."""
    words = str(error)
    shown = f"the store {str(path)!r}"
    if "is full" in words or "disk I/O" in words:
        return StoreError(
            f"cannot write {shown}: no room on the disk, or it fails ({words}); make room and run the same "
            "command again, what was committed is safe"
        )
    if "not a database" in words or "file is encrypted" in words:
        return StoreError(f"{str(path)!r} {_NOT_A_STORE}")
    if "locked" in words or "busy" in words:
        return StoreError(f"{shown} was busy with another program for {_BUSY_SECONDS:.0f} s ({words}); try again")
    if "readonly" in words or "unable to open" in words:
        return StoreError(f"cannot write {shown}: {words}; check its access rights and those of its folder")
    return StoreError(f"{shown} gives an error: {words}; check it with `sqlite3 FILE 'PRAGMA integrity_check'`")
