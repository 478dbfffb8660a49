"""What the commands share: exit codes, the one-line message, the format of the output."""

import contextlib
import os
import sys
from collections.abc import Collection
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from summarizer.export import Format

DONE, FAILED, USAGE, FLAGGED, INTERRUPTED = 0, 1, 2, 3, 130


def say(message: str) -> None:
    """Write one line to stderr; where there is none to write to, the exit code has to do."""
    try:
        click.echo(f"summarize: {' '.join(message.split())}", err=True)
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Point a stream at nothing, so that the interpreter's last flush cannot fail a second time."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def form_of(form: "Format | None") -> "Format":
    """Return the format asked for; else a table for a terminal, JSON Lines for a pipe."""
    return form or ("text" if sys.stdout.isatty() else "jsonl")


def worst(outcomes: Collection[int], strict: bool) -> int:
    """Return the exit code of a run: a failure outweighs a flag, and flags count only when strict."""
    if FAILED in outcomes:
        return FAILED
    return FLAGGED if strict and FLAGGED in outcomes else DONE
