"""The marks of items by their verdicts, and what the check has to say of each, told right where it stands."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.text import Text

from summarizer.brief import Finding
from summarizer.show_brief.excerpts import in_line
from summarizer.show_brief.lines import INDENT, paragraph
from summarizer.value import OK_VERDICTS, Severity, Verdict

GOOD, DOUBTFUL, BAD, FAINT = "green", "yellow", "red", "dim"

_RIGHT, _NEARLY, _WRONG = "✓", "≈", "✗"
_STYLES: Final[dict[Severity, str]] = {"info": FAINT, "warning": DOUBTFUL, "error": BAD}
_WORST_FIRST: Final[Sequence[Severity]] = ("error", "warning", "info")


class Findings:
    """Hands out what the check has to say, each finding once, so that none is told twice and none is lost."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._left: dict[str | None, list[Finding]] = {}
        for finding in findings:
            self._left.setdefault(finding.path, []).append(finding)

    def take(self, path: str) -> Sequence[Finding]:
        """Return the findings on an item (`numbers.3`)."""
        return worst_first(self._left.pop(path, ()))

    def take_rest(self) -> Sequence[Finding]:
        """Return those that nobody has taken."""
        rest = [finding for findings in self._left.values() for finding in findings]
        self._left.clear()
        return worst_first(rest)


def worst_first(findings: Iterable[Finding]) -> Sequence[Finding]:
    """Return findings with errors first, then warnings."""
    return sorted(findings, key=lambda finding: _WORST_FIRST.index(finding.severity))


def mark_of(verdict: Verdict, findings: Sequence[Finding] = (), *, objected: bool = False) -> Text:
    """Return an item's mark in the colour of the worst that is said of it.

    Where it is `objected` to and nobody has the findings, they are taken for errors.
    """
    severities = {finding.severity for finding in findings}
    if "error" in severities or (not severities and (objected or verdict not in (*OK_VERDICTS, "rounded"))):
        return Text(_WRONG, BAD)
    if verdict == "rounded":
        return Text(_NEARLY, DOUBTFUL)
    return Text(_WRONG, DOUBTFUL) if "warning" in severities else Text(_RIGHT, GOOD)


def remarks(findings: Iterable[Finding], width: int, indent: int = INDENT) -> Iterator[Text]:
    """Yield what the check has to say of the item above, or of the brief where there is no indent."""
    for finding in findings:
        style = _STYLES[finding.severity]
        sign = Text(f"{' ' * indent}{'-' if finding.severity == 'info' else '!'}", style)
        words = Text.assemble((finding.code, style), f": {in_line(finding.message)}")
        yield from paragraph(words, width, indent + INDENT - 1 if indent else INDENT, sign)
