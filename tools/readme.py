"""Writes into README.md the briefs that it shows, so that they are always what the program makes.

A block between `<!-- brief: NAME.AUTHOR -->` and `<!-- end -->` is replaced; AUTHOR is rules or model. Only the first
two numbers are shown, the others are counted. Between `<!-- printed -->` and `<!-- end -->` stands a command with what
it prints in a pipe.
"""

import contextlib
import io
import json
import os
import re
import shlex
from collections.abc import Mapping, Sequence

from summarizer.cli import main as summarize
from tools.briefs import ROOT, make

_BLOCK = re.compile(r"(<!-- brief: (\w+)\.(\w+) -->\n)```json\n.*?```\n(?=<!-- end -->)", re.DOTALL)
_PRINTED = re.compile(r"(<!-- printed -->\n```console\n\$ summarize (.*?)\n).*?(?=```\n<!-- end -->)", re.DOTALL)
_WIDTH = 118
_NUMBERS_SHOWN = 2


def render(readme: str) -> str:
    """Return the text of README.md with its briefs made anew."""
    readme = _PRINTED.sub(lambda match: f"{match.group(1)}{_printed(match.group(2))}", readme)
    return _BLOCK.sub(lambda match: f"{match.group(1)}```json\n{_shown(match.group(2), match.group(3))}\n```\n", readme)


def _printed(command: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        summarize(shlex.split(command))
    return printed.getvalue().rstrip("\n") + "\n"


def _shown(name: str, author: str) -> str:
    brief = make(name, author)
    more = len(brief["numbers"]) - _NUMBERS_SHOWN
    brief["numbers"] = [*brief["numbers"][:_NUMBERS_SHOWN], f"… {more} more"]
    for source in ("document", "article"):
        brief["source"][source] = brief["source"][source][:14] + "…"
    return _flow(brief, 0)


def _flow(value: object, indent: int) -> str:
    """Return JSON that fills its lines: what fits stays on one, objects break between keys, lists between items."""
    flat = json.dumps(value, ensure_ascii=False)
    if indent and len(flat) + indent <= _WIDTH:
        return flat
    if isinstance(value, Mapping):
        items = [f"{json.dumps(key)}: {_flow(item, indent + len(key) + 5)}" for key, item in value.items()]
        return "{" + _packed(items, indent + 1, by_line=not indent) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + _packed([_flow(item, indent + 1) for item in value], indent + 1, by_line=True) + "]"
    return flat


def _packed(items: Sequence[str], indent: int, *, by_line: bool) -> str:
    """Join items with commas, as many on a line as fit, or each on its own."""
    lines = [""]
    for place, item in enumerate(items):
        text = item + ("," if place < len(items) - 1 else "")
        room = _WIDTH - indent - len(lines[-1].rsplit("\n", 1)[-1])
        if lines[-1] and (by_line or "\n" in lines[-1] or len(text.split("\n", 1)[0]) + 1 > room):
            lines.append(text)
        else:
            lines[-1] += (" " if lines[-1] else "") + text
    return ("\n" + " " * indent).join(lines)


def main() -> None:
    """Rewrite README.md."""
    os.chdir(ROOT)
    path = ROOT / "README.md"
    path.write_text(render(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
