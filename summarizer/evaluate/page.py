"""Writes a report as one HTML page that needs nothing else: the figures, and every miss in its sentence.

Everything in it that comes from articles, gold or briefs is escaped: jinja2 does that for each value, and the page
holds no script. How figures are worded is handed over, so that page and terminal say the same.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from summarizer.counted import counted
from summarizer.errors import EvaluationError
from summarizer.evaluate.compare import Comparison
from summarizer.evaluate.misses import KINDS
from summarizer.evaluate.report import Report
from summarizer.evaluate.score import ArticleScore

_TEMPLATE: Final = Path(__file__).with_name("page.html.j2")

Wordings = Mapping[str, Callable[..., str]]
"""Filters of the template: how a share, a figure, a difference and a p-value are written."""


def page_of(report: Report, comparison: Comparison | None, wordings: Wordings) -> str:
    """Return the page."""
    import jinja2  # late: only the page needs it

    engine = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    engine.filters.update(wordings)
    template = engine.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    context: dict[str, Any] = {
        "report": report,
        "comparison": comparison,
        "kinds": KINDS,
        "scores": sorted(report.scores, key=lambda score: (-len(score.misses), score.id)),
        "kinds_of": kinds_of,
        "counted": counted,
    }
    return template.render(context)


def kinds_of(score: ArticleScore) -> str:
    """Return how many misses of each kind an article has, in words."""
    found = Counter(miss.kind for miss in score.misses)
    return ", ".join(f"{found[kind]} {words}" for kind, words in KINDS.items() if found[kind]) or "nothing is wrong"


def write_page(report: Report, comparison: Comparison | None, wordings: Wordings, path: Path) -> None:
    """Write the page whole, or leave what was there. Raises EvaluationError where it cannot be written."""
    text = page_of(report, comparison, wordings).encode("utf-8", "backslashreplace")
    try:
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_bytes(text)
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise EvaluationError(
            f"cannot write the page {str(path)!r}: {why or error}; name a file in a folder that is there"
        ) from error
