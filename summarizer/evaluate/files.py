"""Finds and reads the JSON files that an evaluation names: gold, and briefs that no store holds.

A name is a file, a folder (its *.json and *.jsonl), a pattern with * ? [ ], or - for standard input. A file holds one
object, a list of them, or one on each line.
"""

import glob
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from summarizer.errors import EvaluationError, ReadError
from summarizer.read import read_plain

_SUFFIXES: Final = (".json", ".jsonl")


class Found(NamedTuple):
    """A JSON value and where it was found."""

    value: object
    path: Path
    within: str | None
    """`line 3` or `item 3` of a file of several."""

    @property
    def shown(self) -> str:
        """How messages name it."""
        return repr(str(self.path)) + ("" if self.within is None else f", {self.within}")


def files_of(location: str, wanted: str) -> list[Path]:
    """Return the files that a name stands for, in order; `wanted` says in messages what they should hold.

    Raises EvaluationError where there are none, ReadError where there is no such thing or it may not be looked into.
    """
    try:
        return _files_of(location, wanted)
    except OSError as error:
        raise ReadError(f"cannot read {location!r}: {error.strerror or error}; name {wanted}") from error


def is_file(path: Path) -> bool:
    """Whether there is such a file; names that no file can have are none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _files_of(location: str, wanted: str) -> list[Path]:
    path = Path(location)
    if location == "-" or is_file(path):
        return [path]
    if path.is_dir():
        found = sorted(one for one in path.iterdir() if one.suffix in _SUFFIXES and one.is_file())
        if not found:
            raise EvaluationError(f"the folder {location!r} holds no {wanted}: it has no *.json and no *.jsonl")
        return found
    if any(char in location for char in "*?["):
        found = sorted(one for one in map(Path, glob.glob(location)) if one.is_file())  # noqa: PTH207 - Path.glob takes no absolute one
        if not found:
            raise EvaluationError(f"no file fits the pattern {location!r}; name {wanted}")
        return found
    raise ReadError(f"cannot read {location!r}: no such file; name {wanted}")


def values_in(path: Path) -> Iterator[Found]:
    """Yield the JSON values of a file. Raises EvaluationError for what is not JSON, ReadError for what is no text."""
    if path.suffix == ".jsonl":
        yield from _lines(path, _read_lines(path))
        return
    text = read_plain(path)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data":
            yield from _lines(path, iter(text.split("\n")))
            return
        raise _no_json(repr(str(path)), error) from error
    if isinstance(value, list):
        yield from (Found(one, path, f"item {number}") for number, one in enumerate(value, 1))
    else:
        yield Found(value, path, None)


def _read_lines(path: Path) -> Iterator[str]:
    """Yield lines as they are read: the briefs of an archive may be larger than the memory."""
    try:
        with path.open(encoding="utf-8") as lines:
            yield from lines
    except OSError as error:
        raise ReadError(f"cannot read {str(path)!r}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"cannot read {str(path)!r}: it is not UTF-8 (byte {error.start}); write it anew") from error


def _lines(path: Path, lines: Iterator[str]) -> Iterator[Found]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield Found(json.loads(line), path, f"line {number}")
            except (ValueError, RecursionError) as error:
                raise _no_json(f"{str(path)!r}, line {number}", error) from error


def _no_json(shown: str, error: Exception) -> EvaluationError:
    why = "a number of it is too long"
    if isinstance(error, json.JSONDecodeError):
        why = f"line {error.lineno}: {error.msg}"
    elif isinstance(error, RecursionError):
        why = "nested too deeply"
    return EvaluationError(f"{shown} is not JSON ({why}); mend it or leave it out")
