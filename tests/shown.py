"""Briefs to show, and what of them a person sees."""

import io
import json
import re
from pathlib import Path
from typing import Any

from summarizer import summarize
from summarizer.brief import Brief
from summarizer.export import Format
from summarizer.extract.rules import RulesExtractor
from summarizer.show_brief import write_brief
from tests.build import NEWS

BRIEFS = Path(__file__).parent.parent / "fixtures" / "briefs"
CODES = re.compile(r"\x1b\[[\d;]*m")
"""The program's own."""


def briefed(text: str = NEWS) -> Brief:
    [brief] = summarize(text, extractor=RulesExtractor(), published="2023-07-03")
    return brief


def changed(brief: Brief, part: str, **changes: Any) -> Brief:  # noqa: ANN401 - any field
    return brief.model_copy(update={part: getattr(brief, part).model_copy(update=changes)})


def stored(name: str) -> Brief:
    fields = json.loads((BRIEFS / f"{name}.json").read_text(encoding="utf-8"))
    fields["run"] |= {"seconds": 1.0, "version": "0"}
    return Brief.model_validate(fields)


def written(brief: Brief, form: Format = "text", stream: io.StringIO | None = None, *, text: str | None = None) -> str:
    stream = stream or io.StringIO()
    write_brief(brief, stream, form, text=text)
    return stream.getvalue()


def after(shown: str, line: str, count: int = 1) -> list[str]:
    """Return the lines under the one that begins with `line`."""
    lines = shown.splitlines()
    [place] = [number for number, other in enumerate(lines) if other.startswith(line)]
    return lines[place + 1 : place + 1 + count]
