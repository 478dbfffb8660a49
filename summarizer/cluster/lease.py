"""One run at a time writes to an output: the one that does says so there, again and again, for as long as it lives.

Two runs would both pay for what neither knows of the other; and the workers of a run whose driver was killed live on
for some seconds, so a run that follows at once must let them end. No clock is compared: the machines may differ.
"""

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from summarizer.cluster.shelf import Shelf
from summarizer.errors import StoreError

_NAME: Final = "briefs/.running.json"
"""Hidden, so that no reader of the folder takes it for rows."""
_BEAT_SECONDS: Final = 2.0
_SILENT_SECONDS: Final = 10.0
"""A lease that has not changed for so long is that of a dead run. After a kill -9 of the driver its workers were seen
for 4.5 s, and the desk grants nothing more after 5 (`desk.Desk`)."""
_LOOK_SECONDS: Final = 0.5


@contextmanager
def leased(
    shelf: Shelf,
    tell: Callable[[str], object],
    lost: Callable[[], object],
    sleep: Callable[[float], object] = time.sleep,
) -> Iterator[None]:
    """Hold the output; `tell` is told where that takes waiting, `lost` is called where another run takes it away.

    Raises StoreError where another run writes there, and OSError where nobody can.
    """
    _wait_for_end(shelf, tell, sleep)
    owner = f"{socket.gethostname()}:{os.getpid()}"
    beat, over = 0, threading.Event()

    def say() -> None:
        shelf.write(_NAME, json.dumps({"run": owner, "beat": beat}).encode())

    def keep_saying() -> None:
        nonlocal beat
        while not over.wait(_BEAT_SECONDS):
            try:
                found = _read(shelf)
                # Gone: while this run was suspended another one has taken the output, and has ended since.
                if found is None or _owner(found) not in (None, owner):
                    lost()
                    return
                beat += 1
                say()
            except OSError:  # whatever keeps this from being written keeps the briefs too, and is told of there
                continue

    say()
    thread = threading.Thread(target=keep_saying, daemon=True, name="lease")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        try:
            if _owner(_read(shelf)) == owner:
                shelf.delete(_NAME)
        except OSError:  # the next run waits for a moment
            pass


def _wait_for_end(shelf: Shelf, tell: Callable[[str], object], sleep: Callable[[float], object]) -> None:
    """Return when nobody holds the output. Raises StoreError where somebody goes on to."""
    first = found = _read(shelf)
    if found is None:
        return
    tell(
        f"another run has written to {shelf.shown!r} and did not end: waiting {_SILENT_SECONDS:.0f} s to see whether it"
        " lives"
    )
    for _ in range(round(_SILENT_SECONDS / _LOOK_SECONDS)):
        sleep(_LOOK_SECONDS)
        found = _read(shelf)
        if found is None:
            return
        if found != first:
            raise StoreError(
                f"another run ({_owner(found)}, machine and process) writes to {shelf.shown!r}: wait until it has "
                "ended, or name another output with -o"
            )


def _read(shelf: Shelf) -> bytes | None:
    try:
        return shelf.read(_NAME)
    except FileNotFoundError:
        return None


def _owner(found: bytes | None) -> str | None:
    """Return who holds the output; None where nobody does, or where what stands there is torn."""
    if found is None:
        return None
    try:
        return str(json.loads(found)["run"])
    except (ValueError, KeyError, TypeError):
        return None
