"""What a process and its descendants have used: CPU time and memory, read from /proc (Linux alone)."""

import contextlib
import os
import time
from pathlib import Path
from typing import Final, NamedTuple

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
_SCHEDULER_CLOCK: Final = 2
"""CPUCLOCK_SCHED of the kernel: nanoseconds where /proc/PID/stat counts hundredths of a second."""


class Used(NamedTuple):
    """Of a whole tree."""

    cpu_seconds: float
    """User and system, of ended children too."""
    megabytes: float
    """Resident now; what is shared counts for each process."""
    processes: int


def used_by(root: int) -> Used:
    """Return what the tree of a process has used; nothing where it has ended."""
    cpu = megabytes = 0.0
    processes = 0
    for pid, ended_ticks in _tree(root).items():
        with contextlib.suppress(OSError, IndexError):
            # `(~pid << 3) | clock` is how clock_getcpuclockid(3) names the clock of a process.
            cpu += time.clock_gettime((~pid << 3) | _SCHEDULER_CLOCK) + ended_ticks / _TICKS
            megabytes += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES / 1e6
            processes += 1
    return Used(cpu, megabytes, processes)


def descendants(root: int) -> list[int]:
    """Return the processes that descend from one, itself left out."""
    return [pid for pid in _tree(root) if pid != root]


def _tree(root: int) -> dict[int, int]:
    """Return the process and its descendants, each with the ticks of CPU of its ended children."""
    parents: dict[int, int] = {}
    ended: dict[int, int] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{entry.name}/stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(fields[1])
                ended[int(entry.name)] = int(fields[13]) + int(fields[14])
    tree = {root: ended.get(root, 0)} if root in parents else {}
    found = bool(tree)
    while found:  # a round for each generation
        children = {pid: ended[pid] for pid, parent in parents.items() if parent in tree and pid not in tree}
        tree |= children
        found = bool(children)
    return tree


def busy_seconds() -> float:
    """Return the CPU time that all cores of the machine have worked since it started."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    idle = fields[3] + fields[4]
    return (sum(fields) - idle) / _TICKS
