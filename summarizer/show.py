"""The numbers of a text for a person: each sentence with its numbers marked, and under it what they were read as.

Colours are written by hand: rich takes 100 µs for a line, and a text may have a hundred thousand.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Final, NamedTuple

from summarizer.counted import counted
from summarizer.export import SIGNS, Format, plain_name, quantity_line, reading
from summarizer.quantities import Quantity
from summarizer.terminal import columns, printable, rows
from summarizer.value import Kind

_COLOURS: Final[dict[Kind, str]] = {
    "count": "36",
    "money": "32",
    "ratio": "35",
    "percentage_point": "95",
    "measure": "33",
    "duration": "94",
}
"""Of the kinds that a brief may owe; the other kinds are faint."""
_FAINT, _DOUBTFUL = "2", "31"
_LINE_BREAK: Final = r"(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])"
_BLOCK_END: Final = re.compile(rf"(?:[。！？]+[”’」』）\"]*[ \t]*)?{_LINE_BREAK}|[。！？]+[”’」』）\"]*")
"""Where a block of the page ends: behind a sentence or at the end of a line."""
_BROKEN: Final = re.compile(_LINE_BREAK)
_BRIDGE: Final = "⏎"
"""Shown for a line break inside a number."""
_INDENT, _BETWEEN = "    ", " · "


class _Stretch(NamedTuple):
    """Words in one style."""

    words: str
    style: str
    """Parameters of an escape code; empty for plain words."""


def write_numbers(text: str, quantities: Sequence[Quantity], stream: IO[str], form: Format) -> None:
    """Write the quantities of `text`: marked and read for a person, as JSON Lines, or as one JSON list."""
    if form == "text":
        _Page(stream).write(text, quantities)
    elif form == "jsonl":
        stream.writelines(quantity_line(quantity) + "\n" for quantity in quantities)
    else:
        lines = ",\n  ".join(map(quantity_line, quantities))
        stream.write(f"[\n  {lines}\n]\n" if lines else "[]\n")
    stream.flush()


class _Page:
    """Writes for one stream, in colours where it is a terminal that has them and nobody minds."""

    def __init__(self, stream: IO[str]) -> None:
        from rich.console import Console  # late: 100 ms that JSON output need not pay

        console = Console(file=stream)
        # Windows' old console has colours, but no escape codes.
        self._coloured = console.color_system not in (None, "windows") and not console.no_color
        self._stream = stream
        self._width = columns()

    def write(self, text: str, quantities: Sequence[Quantity]) -> None:
        """Write the legend, then block by block the text and what its numbers were read as."""
        for line in _legend(quantities, coloured=self._coloured):
            self._say(line)
        empty = False
        self._stream.write("\n")
        for start, end, found in _blocks(text, quantities):
            was_empty, empty = empty, not text[start:end].strip()
            if not (empty and was_empty):  # of many empty lines one is shown
                self._say(list(self._marked(text, start, end, found)))
                self._say_readings(found)
                self._say_doubts(found)

    def _say(self, stretches: Sequence[_Stretch]) -> None:
        """Write stretches of words as rows that fit the terminal, each row's colours closed at its end."""
        words = "".join(stretch.words for stretch in stretches)
        stretch, place = 0, 0
        """The stretch whose turn it is, and where it begins in the words."""
        for start, end in rows(words, self._width):
            at = start
            while at < end:
                while place + len(stretches[stretch].words) <= at:
                    place += len(stretches[stretch].words)
                    stretch += 1
                stop = min(end, place + len(stretches[stretch].words))
                self._stream.write(self._styled(words[at:stop], stretches[stretch].style))
                at = stop
            self._stream.write("\n")

    def _say_readings(self, found: Iterable[Quantity]) -> None:
        """Write what the quantities were read as, several on a row, none broken."""
        from rich.cells import cell_len

        used = 0
        for quantity in found:
            stretches = _reading(quantity, with_kind=not (self._coloured and quantity.is_fact))
            size = cell_len("".join(stretch.words for stretch in stretches))
            if used and used + len(_BETWEEN) + size > self._width:
                self._stream.write("\n")
                used = 0
            self._stream.write(_BETWEEN if used else _INDENT)
            used += len(_BETWEEN) if used else len(_INDENT)
            self._stream.write("".join(self._styled(*stretch) for stretch in stretches))
            used += size
        if used:
            self._stream.write("\n")

    def _say_doubts(self, found: Iterable[Quantity]) -> None:
        """Write what else the quantities could be, each doubt once: in some texts it is the same for all."""
        doubted: dict[str, list[str]] = {}
        for quantity in found:
            if quantity.doubt is not None:
                doubted.setdefault(quantity.doubt, []).append(_words(quantity))
        for doubt, words in doubted.items():
            shown = ", ".join(dict.fromkeys(words))
            self._say([_Stretch(f"{_INDENT}? {shown}: {printable(doubt)}", _DOUBTFUL)])

    def _marked(self, text: str, start: int, end: int, found: Iterable[Quantity]) -> Iterator[_Stretch]:
        """Yield the text with its quantities marked: by colour, or facts by brackets where there is none."""
        place = start
        for quantity in found:
            yield _Stretch(printable(text[place : quantity.start]), "")
            words = printable(_BROKEN.sub(_BRIDGE, quantity.text))
            bare = self._coloured or not quantity.is_fact
            yield _Stretch(words if bare else f"[{words}]", _style(quantity))
            place = quantity.end
        yield _Stretch(printable(text[place:end]).rstrip(), "")

    def _styled(self, words: str, style: str) -> str:
        return f"\x1b[{style}m{words}\x1b[0m" if self._coloured and style and words else words


def _blocks(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[int, int, Sequence[Quantity]]]:
    """Yield the sentences and lines of a text with their quantities; what ends inside a quantity does not end there."""
    start = first = last = 0
    for ending in _BLOCK_END.finditer(text):
        while last < len(quantities) and quantities[last].end <= ending.start():
            last += 1
        if last < len(quantities) and quantities[last].start < ending.end():
            continue
        yield start, ending.end(), quantities[first:last]
        start, first = ending.end(), last
    if start < len(text):
        yield start, len(text), quantities[first:]


def _reading(quantity: Quantity, *, with_kind: bool) -> list[_Stretch]:
    """Return what a quantity was read as: its words, then qualifier, value, unit and, where asked for, its kind."""
    faint = "" if quantity.is_fact else _FAINT
    stretches = [_Stretch(_words(quantity), _style(quantity))]
    ends = [quantity.value] if quantity.value is not None else [quantity.low, quantity.high]
    if told := reading(quantity.qualifier, ends, quantity.unit):
        stretches.append(_Stretch(f" {printable(told)}", faint))
    if with_kind and quantity.kind != quantity.unit:
        stretches.append(_Stretch(f" {plain_name(quantity.kind)}", _FAINT))
    return stretches


def _legend(quantities: Sequence[Quantity], *, coloured: bool) -> Iterator[list[_Stretch]]:
    """Yield the lines that say which kinds there are, in their colours, and what the signs mean."""
    kinds = Counter(quantity.kind for quantity in quantities)
    ranked = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    facts = sum(kinds[kind] for kind in _COLOURS)
    line = [_Stretch(f"{counted(facts, 'fact')}{'' if coloured else ' (in brackets)'}", "")]
    for opening, group in (
        (": ", [kind for kind in ranked if kind in _COLOURS]),
        ("; besides: ", [kind for kind in ranked if kind not in _COLOURS]),
    ):
        for place, kind in enumerate(group):
            line.append(_Stretch(_BETWEEN if place else opening, ""))
            line.append(_Stretch(f"{kinds[kind]} {plain_name(kind)}", _COLOURS.get(kind, _FAINT)))
    yield line
    used = {quantity.qualifier for quantity in quantities}
    signs = [f"{sign} {plain_name(name)}" for name, sign in SIGNS.items() if name in used and sign != "="]
    if signs:
        yield [_Stretch(_BETWEEN.join(signs), "")]


def _words(quantity: Quantity) -> str:
    """Return a quantity's words on one line."""
    return printable(" ".join(quantity.text.split()))


def _style(quantity: Quantity) -> str:
    return _COLOURS.get(quantity.kind, _FAINT)
