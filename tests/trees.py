"""Trees of files for the tests of the walk, in the working folder, and what a walk finds in them."""

import sys
from collections.abc import Sequence
from pathlib import Path

from summarizer.archive.walk import Input, Skipped, walk
from tests.make import BODY

NO_LINKS = sys.platform == "win32"


def make(*names: str) -> None:
    """Make files, with their folders."""
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BODY, encoding="utf-8")


def link(name: str, target: str) -> None:
    """Make a link."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).symlink_to(target)


def found(*sources: str, leave_out: Sequence[str] = ()) -> list[str]:
    """Return the paths that a walk of sources reads."""
    return [step.path for step in walk(sources, leave_out=leave_out) if isinstance(step, Input)]


def skipped(*sources: str, leave_out: Sequence[str] = ()) -> dict[str, str]:
    """Return what a walk passes over, with why."""
    steps = [step for step in walk(sources, leave_out=leave_out) if isinstance(step, Skipped)]
    assert len({step.path for step in steps}) == len(steps)
    return {step.path: step.cause for step in steps}
