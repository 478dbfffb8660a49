"""Shows a person how good briefs are: figures with their intervals, verdicts, articles; one run beside another."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any, Final, Literal

from summarizer.counted import counted
from summarizer.evaluate import Comparison, Report
from summarizer.evaluate.compare import Difference
from summarizer.evaluate.report import Figure
from summarizer.evaluate.score import ArticleScore
from summarizer.evaluate.tally import Count
from summarizer.terminal import columns, printable

_INDENT: Final = "  "
_GAP: Final = "  "
_SHOWN: Final = 20
"""Articles listed, those with most misses first; JSON and the page have them all."""
_LEAST_SHOWN: Final = 0.0005
"""A smaller difference rounds to nothing, which has no sign."""
_PLAIN_P, _LEAST_P = 0.05, 0.0001
_SECTIONS: Final = {
    "numbers": ("found", "reported", "names"),
    "of the numbers that were found, right are": (
        *("value", "unit", "qualifier", "status", "period", "park", "label", "whole"),
    ),
    "the rest": (
        *("parks found", "parks reported", "article period", "policies found", "policies reported"),
        *("quotes found", "quotes reported", "quotes verbatim", "speakers", "about", "refusals", "verdicts"),
    ),
}
"""The figures by what they are shares of."""

Sides = Sequence[Literal["left", "right"]]


def write_report(report: Report, comparison: Comparison | None, stream: IO[str], form: Literal["text", "json"]) -> None:
    """Write a report, and a comparison where there is one: as tables, or as one object with the keys of Report."""
    if form == "json":
        told: dict[str, Any] = report.model_dump(mode="json")
        if comparison is not None:
            told["against"] = comparison.model_dump(mode="json")
        stream.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    else:
        stream.writelines(f"{line}\n" for line in _lines(report, comparison))
    stream.flush()


def percent(share: float | None) -> str:
    """Return a share in per cent; – where there is none."""
    return "–" if share is None else f"{100 * share:.1f} %"


def with_interval(figure: Figure) -> str:
    """Return a share with its 95 % interval: 93.1 % (90.2–95.6)."""
    if figure.low is None or figure.high is None:
        return percent(figure.share)
    return f"{percent(figure.share)} ({100 * figure.low:.1f}–{100 * figure.high:.1f})"


def points(difference: float | None) -> str:
    """Return a difference in points, signed."""
    if difference is None:
        return "–"
    return f"{100 * difference:+.1f}" if abs(difference) >= _LEAST_SHOWN else "0.0"


def gap_with_interval(one: Difference) -> str:
    """Return a difference in points with its 95 % interval."""
    if one.low is None or one.high is None:
        return points(one.difference)
    return f"{points(one.difference)} ({points(one.low)} to {points(one.high)})"


def p_value(one: Difference) -> str:
    """Return a p-value, with * below 5 % and ** where it stays below with all figures counted."""
    if one.p is None:
        return ""
    mark = "**" if one.certain else "*" if one.p < _PLAIN_P else ""
    return f"{one.p:.4f}{mark}" if one.p >= _LEAST_P else f"<{_LEAST_P}{mark}"


WORDINGS: Final[dict[str, Callable[..., str]]] = {
    "percent": percent,
    "with_interval": with_interval,
    "gap_with_interval": gap_with_interval,
    "p_value": p_value,
}
"""How the page words what stands on the terminal too."""


def _lines(report: Report, comparison: Comparison | None) -> Iterator[str]:
    missing = report.articles - report.briefed
    articles = f"{counted(report.articles, 'article')} with gold, {missing or 'none'} without brief"
    yield f"{articles}; in brackets 95 % intervals"
    for heading, names in _SECTIONS.items():
        yield ""
        yield heading
        figures = [report.figure(name) for name in names]
        told = [(one.title, with_interval(one), f"{one.good:,} of {one.of:,}") for one in figures]
        yield from _table(told, ("left", "left", "right"), least=(26, 22, 0))
    yield from _verdict_lines(report)
    yield from _article_lines(report.scores)
    if comparison is not None:
        yield from _comparison_lines(comparison)


def _verdict_lines(report: Report) -> Iterator[str]:
    cells = report.verdicts
    yield ""
    yield "the check's verdicts on the reported numbers, against gold"
    told = [
        ("", "passed", "flagged"),
        ("right by gold", f"{cells.right_passed:,}", f"{cells.right_flagged:,}"),
        ("wrong by gold", f"{cells.wrong_passed:,}", f"{cells.wrong_flagged:,}"),
    ]
    yield from _table(told, ("left", "right", "right"), least=(26, 8, 8))


def _article_lines(scores: Sequence[ArticleScore]) -> Iterator[str]:
    ranked = sorted(scores, key=lambda score: -len(score.misses))
    yield ""
    yield "articles, most misses first"
    told: list[Sequence[str]] = [("", "found", "in gold", "all right", "misses")]
    for score in ranked[:_SHOWN]:
        shares = [_fraction(score.counts[name]) for name in ("found", "reported", "whole")]
        told.append((score.id, *shares, "no brief" if score.brief == "missing" else f"{len(score.misses):,}"))
    yield from _table(told, ("left", "right", "right", "right", "right"), least=(26, 8, 8, 9, 8))
    if len(ranked) > _SHOWN:
        yield f"{_INDENT}and {len(ranked) - _SHOWN:,} more; --format json and --html have them all"


def _comparison_lines(comparison: Comparison) -> Iterator[str]:
    yield ""
    yield f"against the other run, over the {counted(comparison.articles, 'article')} of both"
    told = [("", "other", "difference in points", "better:worse", "p")]
    for one in comparison.differences:
        if one.share is not None or one.other is not None:
            articles = f"{one.better}:{one.worse}" if one.better or one.worse else ""
            told.append((one.title, percent(one.other), gap_with_interval(one), articles, p_value(one)))
    yield from _table(told, ("left", "right", "left", "right", "left"), least=(0, 7, 0, 0, 0))
    yield f"{_INDENT}* below 0.05, ** also with Holm's correction for so many figures"


def _fraction(count: Count) -> str:
    return f"{count.good}/{count.of}" if count.of else "–"


def _table(told: Sequence[Sequence[str]], sides: Sides, *, least: Sequence[int]) -> Iterator[str]:
    """Yield rows with their columns aligned, counting a Chinese character as two; the first gives way to the width."""
    from rich.cells import cell_len, set_cell_size

    cells = [[printable(cell) for cell in row] for row in told]
    widths = [max(room, *(cell_len(row[place]) for row in cells)) for place, room in enumerate(least)]
    over = len(_INDENT) + sum(widths) + len(_GAP) * (len(widths) - 1) - columns()
    widths[0] = max(8, widths[0] - max(0, over))
    for row in cells:
        shown = []
        for cell, width, side in zip(row, widths, sides, strict=True):
            cut = cell if cell_len(cell) <= width else set_cell_size(cell, width - 1).rstrip() + "…"
            blanks = " " * (width - cell_len(cut))
            shown.append(blanks + cut if side == "right" else cut + blanks)
        yield (_INDENT + _GAP.join(shown)).rstrip()
