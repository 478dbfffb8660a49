"""Reads files of briefs, and finds the articles that they were made of.

An article counts only where the hash of its bytes is the one that the brief names: spans in another text would light up
the wrong words. Where it is missing or has changed, that is told on the page.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from summarizer.brief import Brief
from summarizer.errors import BriefError, ReadError
from summarizer.read import read_documents, read_plain
from summarizer.report.view import BriefView, view_of

_PARTS: Final = ("!/", "#")
"""What parts the path of a file from that of what lies in it: `news.zip!/a.txt`, `news.csv#7`."""


class GivenBrief(NamedTuple):
    """A brief as it was found in a file."""

    brief: Brief
    folder: Path | None
    """Of its file; None for standard input."""


def read_briefs(name: str) -> Iterator[GivenBrief]:
    """Yield the briefs of a file (`-` is standard input): one JSON object, or any number of them one after the other.

    Raises ReadError for a file that cannot be read, BriefError for one that holds something else.
    """
    text = read_plain(name)
    folder = None if name == "-" else Path(name).parent
    decoder = json.JSONDecoder()
    at = count = 0
    while (at := _past_blanks(text, at)) < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
            count += 1
            yield GivenBrief(Brief.model_validate(value), folder)
        except (ValueError, RecursionError) as error:
            raise BriefError(_why(name, count, error)) from error
    if not count:
        raise BriefError(f"{name!r} holds no brief; give what `summarize` or `summarize check` has written")


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n\x1e":
        at += 1
    return at


def _why(name: str, count: int, error: ValueError | RecursionError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        return (
            f"{name!r} is no brief of this program (object {count}, {where}: {first['msg']}); give what `summarize`"
            " has written, or make one with `summarize check ARTICLE BRIEF`"
        )
    reason = f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "nested too deep"
    return f"{name!r} is not JSON ({reason}); give what `summarize --format json` or `jsonl` has written"


class Articles:
    """The texts of briefs' documents, each file read once."""

    def __init__(self, briefs: Sequence[GivenBrief], named: Sequence[str] = ()) -> None:
        """`named` are files that a user says the articles are in. Raises ReadError for those that cannot be read."""
        self._wanted = {given.brief.source.document for given in briefs}
        self._texts: dict[str, str] = {}
        self._read: dict[Path, str | None] = {}
        self._named = tuple(named)
        for name in named:
            for document in read_documents(name):
                if document.id in self._wanted:
                    self._texts[document.id] = document.text

    def view(self, given: GivenBrief) -> BriefView:
        """Return what is shown of a brief, with its article where that is to be had."""
        source = given.brief.source
        missing = None if source.document in self._texts else self._look(given)
        return view_of(given.brief, self._texts.get(source.document), missing=missing)

    def _look(self, given: GivenBrief) -> str | None:
        """Read the files in which the article may be; return why it is in none, None where it was found."""
        source = given.brief.source
        if source.path in (None, "-", ""):
            told = "the brief was made of standard input or of a text; name the file with --article"
        else:
            reasons = []
            for path in _candidates(str(source.path), given.folder):
                reason = self._take(path)
                if source.document in self._texts:
                    return None
                changed = f"{str(path)!r} is no longer the text that the brief was made of: it has changed"
                reasons.append(reason or changed)
            reasons.append(f"there is no file {source.path!r}; name it with --article, or run where it is")
            told = reasons[0]
        if self._named:
            told = f"the article is not in {', '.join(map(repr, self._named))}, or has changed; {told}"
        return told

    def _take(self, path: Path) -> str | None:
        """Take the wanted documents of a file; return why that cannot be, if so."""
        if path not in self._read:
            try:
                for document in read_documents(path, on_error=lambda _: None):
                    if document.id in self._wanted:
                        self._texts[document.id] = document.text
                self._read[path] = None
            except ReadError as error:
                self._read[path] = str(error)
        return self._read[path]


def _candidates(path: str, folder: Path | None) -> Iterator[Path]:
    """Yield the files that there are in which a document with this path may be."""
    heads = dict.fromkeys([path, *(path.partition(part)[0] for part in _PARTS)])
    places = [Path(head) for head in heads if head]
    if folder is not None:
        places += [folder / head for head in heads if head] + [folder / Path(head).name for head in heads if head]
    for place in dict.fromkeys(places):
        try:
            found = place.is_file()
        except (OSError, ValueError):  # a name that no file can have
            continue
        if found:
            yield place
