"""The numbers of a brief as a table: each with its mark and, beside it, the words of the article that prove it.

What the check objects to stands under the number that it objects to. The narrower the terminal, the fewer the columns.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.text import Text

from summarizer.article import Language
from summarizer.brief import Brief, BriefNumber, Finding
from summarizer.export import reading
from summarizer.show_brief.excerpts import Passage, find_passage, find_span, fit, in_line
from summarizer.show_brief.lines import GAP, folded, shown, side_by_side
from summarizer.show_brief.marks import FAINT, GOOD, Findings, mark_of, remarks

_ARTICLE: Final = "in the article"
_LAYOUTS: Final = (
    ("metric", "number", "read as", "period", _ARTICLE),
    ("metric", "number", "period", _ARTICLE),
    ("metric", "number", _ARTICLE),
    ("metric", "number"),
)
"""The columns, the first that fit; where there is no period, a target is called so beside its number."""
_WIDE: Final = 120
"""Columns from which on there is room for what the numbers were read as."""
_NARROW: Final = 60
"""On fewer columns the words of the article would leave the others a few characters each."""
_EVIDENCE: Final[dict[Language, int]] = {"zh-Hans": 24, "zh-Hant": 24, "en": 28}
"""In fewer columns the words of the article tell nothing, or take many rows to."""
_ENOUGH: Final = 36
"""In so many they tell enough to leave the rest to long labels."""
_SHARES: Final = {"metric": 28, "number": 20, "read as": 16, "period": 15}
"""Per cent of the width that a column takes at most; found by reading the shipped articles at 60 to 140 columns."""
_LEAST: Final = 8
_STATUS: Final = "cyan"
_BLANK: Final = Text(" ")


class _Row(NamedTuple):
    """A number as it is shown."""

    mark: Text
    metric: Text
    number: Text
    status: str
    """Empty where the number is reached."""
    period: str
    read_as: str
    passage: Passage
    findings: Sequence[Finding]

    def cell(self, column: str, columns: Sequence[str]) -> Sequence[Text]:
        """Return the words that stand in a column, among these columns; on rows of their own where one is too short."""
        status = Text(self.status, _STATUS)
        cells = {
            "metric": (self.metric,),
            "number": (self.number,) if "period" in columns else (self.number, status),
            "read as": (Text(self.read_as, FAINT),),
            "period": (status, Text(self.period, FAINT)),
        }
        return [words for words in cells.get(column, ()) if words.plain]


def number_lines(brief: Brief, findings: Findings, text: str | None, width: int, *, styled: bool) -> Iterator[Text]:
    """Yield the table of a brief's numbers; `text` is that of the document as read, where it is known."""
    listed = [
        _row(brief, number, findings.take(f"numbers.{place}"), text) for place, number in enumerate(brief.numbers)
    ]
    if not listed:
        return
    widths = _layout(listed, width, _EVIDENCE[brief.source.language])
    headings = [(Text(name, FAINT), size) for name, size in widths.items()]
    yield side_by_side([(Text(), 1), *headings])
    for row in listed:
        yield from _lines(row, widths, styled=styled)
        yield from remarks(row.findings, width)


def _row(brief: Brief, number: BriefNumber, findings: Sequence[Finding], text: str | None) -> _Row:
    mark = mark_of(number.verdict, findings, objected=bool(number.findings))
    subjects = [park.name for park in brief.parks if park.role == "subject"]
    metric = Text(in_line(number.metric))
    if number.park and number.park not in subjects[:1] and number.park not in number.metric:
        metric.append(f" · {in_line(number.park)}", FAINT)
    return _Row(
        mark=mark,
        metric=metric,
        number=Text(in_line(number.text), "bold" if mark.style == GOOD else f"bold {mark.style}"),
        status="" if number.status == "actual" else number.status,
        period=in_line(number.period.text) if number.period else "",
        read_as=_read_as(number),
        passage=_passage(number, findings, text),
        findings=findings,
    )


def _read_as(number: BriefNumber) -> str:
    """Return the value that a number was read as, unless its digits say it already."""
    bounds = [number.value] if number.value is not None else [number.low, number.high]
    told = reading(number.qualifier, [None if bound is None else Decimal(bound) for bound in bounds], number.unit)
    printed = unicodedata.normalize("NFKC", number.text).replace(",", "")
    plain = number.qualifier == "exact" and number.value is not None and number.value.lstrip("-") in printed
    return "" if plain else in_line(told.removeprefix("= "))


def _passage(number: BriefNumber, findings: Sequence[Finding], text: str | None) -> Passage:
    """Return the evidence with the place of the number, or of the one that the check takes for it."""
    sentence = number.evidence or ""
    told = find_passage(sentence, number.text)
    span = number.span or next((finding.span for finding in findings if finding.span is not None), None)
    if text is not None and span is not None:
        found = find_span(sentence, text, span)
        if found and not (told and told.start <= found.start and found.end <= told.end):  # told with its 超过, nearly
            return found
    return told or Passage(in_line(sentence))


def _layout(listed: Sequence[_Row], width: int, least: int) -> Mapping[str, int]:
    """Return the columns and how wide they are, that of the article's words no less than `least`."""
    quoted = any(row.passage.words for row in listed)
    for layout in _LAYOUTS:
        if (_ARTICLE in layout and width < _NARROW) or ("read as" in layout and width < _WIDE):
            continue
        columns = [column for column in layout if quoted or column != _ARTICLE]
        widths = _widths(listed, columns, width - 1 - GAP)
        if widths.get(_ARTICLE, least) >= least:
            break
    return widths


def _widths(listed: Sequence[_Row], columns: Sequence[str], room: int) -> Mapping[str, int]:
    """Return how wide each column is; a column that nothing stands in is left out."""
    quoted = _ARTICLE in columns
    shares = {column: max(_LEAST, room * _SHARES.get(column, 0) // (100 if quoted else 50)) for column in columns}
    needed = {
        column: max(cell_len(_BLANK.join(row.cell(column, columns)).plain) for row in listed) for column in columns
    }
    sizes = {
        column: min(max(size, len(column)), shares[column])
        for column, size in needed.items()
        if size and column != "metric"
    }
    left = room - sum(sizes.values()) - GAP * len(sizes)
    longest = max(needed["metric"], len("metric"))
    if not quoted:
        return {"metric": min(longest, left), **sizes}
    left -= GAP
    sentence = max(len(_ARTICLE), *(cell_len(row.passage.bracketed().words) for row in listed))
    metric = min(longest, max(shares["metric"], left - min(sentence, _ENOUGH)))
    return {"metric": metric, **sizes, _ARTICLE: left - metric}


def _lines(row: _Row, widths: Mapping[str, int], *, styled: bool) -> Iterator[Text]:
    """Yield the lines of a row; the words of the article take as many as the other cells do."""
    columns = tuple(widths)
    cells = {column: _stacked(row.cell(column, columns), widths[column]) for column in columns if column != _ARTICLE}
    if _ARTICLE in widths:
        height = max(len(cell) for cell in cells.values())
        passage = row.passage if styled else row.passage.bracketed()
        if cell_len(passage.number) > widths[_ARTICLE] // 2:  # it would stand there without its label
            height += 1
        passage = fit(passage, widths[_ARTICLE], height)
        cells[_ARTICLE] = folded(shown(passage, FAINT, "bold"), widths[_ARTICLE])
    for place, parts in enumerate(zip_longest(*cells.values(), fillvalue=Text())):
        mark = Text() if place else row.mark
        yield side_by_side([(mark, 1), *zip(parts, widths.values(), strict=True)])


def _stacked(words: Sequence[Text], width: int) -> list[Text]:
    """Return words side by side where they fit a row, else each on rows of its own."""
    line = _BLANK.join(words)
    if cell_len(line.plain) <= width:
        return [line]
    return [row for one in words for row in folded(one, width)]
