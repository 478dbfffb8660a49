"""Threads that take turns at the processor, and let the service answer all of them meanwhile.

The interpreter runs one thread at a time anyway, but switches among all that could run, so that of replies that come
together all are done late instead of one after another; and what is done together is asked for together again. In
turns they are spread after the first time, and each finds the processor free.
"""

import threading
from collections import deque


class Turn:
    """A lock that is handed on in the order in which it was asked for; those who want it shortly go first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()
        self._shortly: deque[threading.Lock] = deque()

    @property
    def taken(self) -> bool:
        """Whether it is somebody's turn."""
        return self._taken

    @property
    def waiting(self) -> int:
        """Threads that wait for their turn."""
        return len(self._waiting) + len(self._shortly)

    def take(self, *, shortly: bool = False) -> None:
        """Wait until it is this thread's turn; with `shortly` before all who did not say so."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Lock()
            mine.acquire()
            (self._shortly if shortly else self._waiting).append(mine)
        mine.acquire()  # until `give` lets it go

    def give(self) -> None:
        """Hand the turn on; only by the thread that has it."""
        with self._lock:
            if waiting := self._shortly or self._waiting:
                waiting.popleft().release()
            else:
                self._taken = False
