"""A brief for a person, section by section: what it is of, how it stands, summary, numbers, and what else there is.

Everything that the check has to say stands under what it says it of; the rest is a list at the end.
"""

from collections.abc import Iterator
from typing import IO, Final

from rich.cells import cell_len
from rich.text import Text

from summarizer.article import Language
from summarizer.brief import Brief, BriefQuote, Summary
from summarizer.counted import counted
from summarizer.export import plain_name
from summarizer.show_brief.excerpts import Passage, find_passage, find_span, fit, in_line, passage_at
from summarizer.show_brief.lines import GAP, INDENT, Paper, paragraph, shown, side_by_side
from summarizer.show_brief.marks import BAD, DOUBTFUL, FAINT, GOOD, Findings, mark_of, remarks
from summarizer.show_brief.numbers import number_lines
from summarizer.value import OK_VERDICTS, Span, Verdict

_LEFT_OUT: Final = 12
"""Rows of the list of left-out quantities; the JSON has them all."""
_QUOTE_ROWS: Final = 2
_LEAST_QUOTED: Final = 24
"""In fewer columns the words that a left-out quantity stands in tell nothing."""
_HEADING: Final = "bold"
_DRAFTED: Final = {"rules": "the rules, no model", "given": "a given brief"}


def write_sections(brief: Brief, stream: IO[str], text: str | None, *, dated_by_text: bool) -> None:
    """Write a brief for a person; in colours on a terminal only, and no line wider than it."""
    paper = Paper(stream)
    paper.write(_Sections(brief, text, paper.width, styled=paper.styled).lines(dated_by_text))


class _Sections:
    """Lays out one brief."""

    def __init__(self, brief: Brief, text: str | None, width: int, *, styled: bool) -> None:
        self._brief, self._text, self._width, self._styled = brief, text, width, styled
        self._findings = Findings(brief.check.findings)

    def lines(self, dated_by_text: bool) -> Iterator[Text]:
        """Yield all lines, an empty one behind each block."""
        blocks = (
            self._head(dated_by_text),
            self._summary(self._brief.summary),
            number_lines(self._brief, self._findings, self._text, self._width, styled=self._styled),
            self._policies(),
            self._quotes(),
            self._contradictions(),
            self._left_out(),
            self._rest(),
        )
        for block in blocks:
            written = False
            for line in block:
                yield line
                written = True
            if written:
                yield Text()

    def _head(self, dated_by_text: bool) -> Iterator[Text]:
        title = in_line(self._brief.source.title or "(no title)")
        yield from self._paragraph(Text(title, "bold"))
        yield from self._paragraph(Text(_subject(self._brief, dated_by_text), FAINT))
        yield from self._paragraph(_standing(self._brief))

    def _summary(self, summary: Summary) -> Iterator[Text]:
        """Yield the summary, a mark behind each number that is not proved, and why it is not."""
        words, told = Text(), 0
        text = in_line(summary.text)
        for number in summary.numbers:
            printed = in_line(number.text)
            start = text.find(printed, told)
            if start < 0:
                continue
            words.append(text[told:start])
            if number.verdict in OK_VERDICTS:
                words.append(printed)
            else:
                mark = mark_of(number.verdict)
                words.append(printed, mark.style).append_text(mark)
            told = start + len(printed)
        words.append(text[told:])
        if words.plain:
            yield from self._paragraph(words)
        yield from remarks(self._findings.take("summary"), self._width)

    def _policies(self) -> Iterator[Text]:
        if self._brief.policies:
            yield from self._paragraph(Text("policies", _HEADING))
        for place, policy in enumerate(self._brief.policies):
            words = Text(in_line(policy.name))
            if policy.detail:
                words.append(f" – {in_line(policy.detail)}", FAINT)
            yield from self._item(words, policy.verdict, f"policies.{place}")

    def _quotes(self) -> Iterator[Text]:
        if self._brief.quotes:
            yield from self._paragraph(Text("quotes", _HEADING))
        for place, quote in enumerate(self._brief.quotes):
            who = _speaker(quote, self._brief.source.language)
            told = in_line(quote.text)[: self._width * _QUOTE_ROWS]  # no more can be shown
            words = fit(Passage(f"{who}: “{told}”"), self._width - INDENT, _QUOTE_ROWS)
            yield from self._item(Text(words.words), quote.verdict, f"quotes.{place}")

    def _item(self, words: Text, verdict: Verdict, path: str) -> Iterator[Text]:
        """Yield an item with its mark, and what the check objects to it."""
        findings = self._findings.take(path)
        yield from self._paragraph(words, mark_of(verdict, findings))
        yield from remarks(findings, self._width)

    def _contradictions(self) -> Iterator[Text]:
        """Yield where the article contradicts itself, with the words of both sides."""
        if self._brief.check.contradictions:
            yield from self._paragraph(Text("the article contradicts itself", _HEADING))
        for contradiction in self._brief.check.contradictions:
            yield from self._paragraph(Text(in_line(contradiction.message)), Text("!", DOUBTFUL))
            for span in contradiction.spans:
                if (words := self._quoted(span, self._width - INDENT)).plain:
                    yield from paragraph(words, self._width, INDENT)

    def _left_out(self) -> Iterator[Text]:
        """Yield the quantities that the brief leaves out, with their kinds and the words that they stand in."""
        left_out = self._brief.check.unreported
        if not left_out:
            return
        yield from self._paragraph(Text("left out", _HEADING))
        listed = [(in_line(item.text), plain_name(item.kind), item.span) for item in left_out[:_LEFT_OUT]]
        widest = max(cell_len(words) for words, _, _ in listed)
        sizes = [min(widest, (self._width - INDENT) // 3), max(len(kind) for _, kind, _ in listed)]
        room = self._width - INDENT - sum(sizes) - GAP * len(sizes)
        for words, kind, span in listed:
            if cell_len(words) > sizes[0] or room < _LEAST_QUOTED:
                yield from self._paragraph(Text.assemble(words, (f"  {kind}", FAINT)), Text("-", FAINT))
                continue
            cells = [(Text(words), sizes[0]), (Text(kind, FAINT), sizes[1]), (self._quoted(span, room), room)]
            yield side_by_side([(Text("-", FAINT), INDENT - GAP), *cells])
        if len(left_out) > _LEFT_OUT:
            yield from self._paragraph(Text(f"and {len(left_out) - _LEFT_OUT} more", FAINT), Text("-", FAINT))

    def _rest(self) -> Iterator[Text]:
        """Yield what the check says of nothing that is shown above."""
        findings = self._findings.take_rest()
        if findings:
            yield from self._paragraph(Text("remarks", _HEADING))
        yield from remarks(findings, self._width, indent=0)

    def _quoted(self, span: Span, room: int) -> Text:
        """Return the words that a span stands in: the evidence of a number there, else the document's, where known."""
        text = self._text if self._text is not None and span.end <= len(self._text) else None
        there = [
            (number, number.evidence)
            for number in self._brief.numbers
            if number.evidence and number.span and span.start <= number.span.start and number.span.end <= span.end
        ]
        for number, sentence in there:
            found = find_passage(sentence, number.text) if text is None else find_span(sentence, text, span)
            if found is not None:
                break
        else:
            found = Passage("") if text is None else passage_at(text, span)
        return shown(fit(found if self._styled else found.bracketed(), room), FAINT, "bold")

    def _paragraph(self, words: Text, mark: Text | None = None) -> Iterator[Text]:
        return paragraph(words, self._width, 0 if mark is None else INDENT, mark)


def _subject(brief: Brief, dated_by_text: bool) -> str:
    """Return what the article is of: parks, period with its days, day of publication, author."""
    parks = [
        park.name if park.verdict in OK_VERDICTS else f"{park.name}{mark_of(park.verdict)}"
        for park in brief.parks
        if park.role == "subject"
    ]
    told = [(", " if brief.source.language == "en" else "、").join(parks) or "no park"]
    if (period := brief.period) is not None:
        days = period.start if period.start == period.end else f"{period.start} to {period.end}"
        told.append(f"{period.text} ({days})" if period.start else period.text)
    if brief.source.published is not None:
        told.append(f"published {brief.source.published}{' (from the text)' if dated_by_text else ''}")
    if brief.source.byline:
        told.append(brief.source.byline)
    return in_line(" · ".join(told))


def _standing(brief: Brief) -> Text:
    """Return the verdict on the brief, the counts that are not zero, and who drafted it for how much."""
    check, run = brief.check, brief.run
    counts = check.counts
    elsewhere = sum(
        finding.severity != "info" and not (finding.path or "").startswith("numbers.") for finding in check.findings
    )
    tally = [
        counted(counts.numbers, "number") if counts.numbers else "no numbers",
        *([f"{counts.flagged} flagged"] if counts.flagged else ["all proved"] if counts.numbers else []),
        *([f"{elsewhere} flagged elsewhere"] if elsewhere else []),
        *([f"{counts.unreported} left out"] if counts.unreported else []),
        *([f"{counted(len(check.contradictions), 'contradiction')} in the article"] if check.contradictions else []),
    ]
    author = f"model {run.model}" if run.extractor == "model" else _DRAFTED[run.extractor]
    cost = f" for {run.cost.amount} {run.cost.currency}" if run.cost else ""
    errors = any(finding.severity == "error" for finding in check.findings)
    style = GOOD if check.status == "verified" else DOUBTFUL if check.status == "flagged" and not errors else BAD
    mark = mark_of("exact" if check.status == "verified" else "absent")
    verdict = (f"{mark.plain} {check.status}", f"bold {style}")
    return Text.assemble(verdict, (f": {', '.join(tally)}", style), (in_line(f" · draft by {author}{cost}"), FAINT))


def _speaker(quote: BriefQuote, language: Language) -> str:
    """Return who speaks, the office before the name as Chinese has it, or behind it."""
    parts = [in_line(part) for part in (quote.role, quote.speaker) if part]
    return (", ".join(reversed(parts)) if language == "en" else " ".join(parts)) or "(unnamed)"
