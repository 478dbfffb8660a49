"""Makes pieces of the line numbers that a model gives: checks them, and lets the rules place what it left without one.

The model is not trusted to be complete: a line named twice belongs where it stands first, a line named nowhere goes
where the rules put it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from summarizer.clean import Paragraph, paragraphs_of
from summarizer.page_split import PageSplit
from summarizer.split.layout import Printed
from summarizer.split.likeness import bigrams
from summarizer.split.owners import Piece, PieceKind, names_of, signed_by, title_of
from summarizer.split.page import Sheet
from summarizer.split.units import Unit

_RANGE: Final = re.compile(r"\[?(\d{1,7})\]?(?:\s*(?:-|–|—|~|～|至|到)\s*\[?(\d{1,7})\]?)?")
_BETWEEN: Final = re.compile(r"[,，、;；\s]+")
_SHOWN: Final = 12
"""Ranges that one complaint names."""


class _Named(NamedTuple):
    """One list of line numbers of an answer."""

    piece: int
    """Its piece, -1 for the furniture."""
    part: str
    numbers: tuple[int, ...]
    """From 1."""
    unread: tuple[str, ...]
    """Words that are no line numbers."""


class _Parts(NamedTuple):
    """The lines of one piece, named as in an answer."""

    title: Sequence[int]
    byline: Sequence[int]
    body: Sequence[int]
    captions: Sequence[int]

    @property
    def lines(self) -> tuple[int, ...]:
        """All of them, in reading order."""
        return (*self.title, *self.byline, *self.body, *self.captions)


def faults_of(split: PageSplit, count: int) -> list[str]:
    """Return what keeps an answer from giving each of `count` lines one place, in the prompt's language."""
    faults: list[str] = []
    for named in _named(split):
        place = "furniture" if named.piece < 0 else f"pieces[{named.piece}].{named.part}"
        faults += [f"{place} 里的“{words}”不是行号，请写成“15-62, 66”的样子。" for words in named.unread[:_SHOWN]]
        beyond = [number for number in named.numbers if not 1 <= number <= count]
        if beyond:
            faults.append(f"{place} 里的第 {_ranges(beyond)} 行不存在，这一页只有 {count} 行。")
    owned = _times_named(split, count)
    twice = sorted(number for number, times in owned.items() if times > 1)
    if twice:
        faults.append(f"第 {_ranges(twice)} 行出现了不止一次。")
    missing = [number for number in range(1, count + 1) if number not in owned]
    if missing:
        faults.append(f"第 {_ranges(missing)} 行没有出现。")
    empty = [place for place, piece in enumerate(split.pieces) if not (piece.body.strip() or piece.captions.strip())]
    faults += [f"pieces[{place}] 没有正文，不成一篇。" for place in empty]
    return faults


def misplaced(split: PageSplit, count: int) -> int:
    """Return how many of `count` lines an answer gives no place, or several."""
    owned = _times_named(split, count)
    return sum(owned[number] != 1 for number in range(1, count + 1))


def _times_named(split: PageSplit, count: int) -> Counter[int]:
    return Counter(number for named in _named(split) for number in named.numbers if 1 <= number <= count)


def pieces_of_split(split: PageSplit, sheet: Sheet, printed: Printed) -> list[Piece]:
    """Return the pieces that an answer makes of a sheet, each line of it in exactly one."""
    lines = sheet.lines
    parts: dict[tuple[int, str], list[int]] = {}
    owner: dict[int, int] = {}
    for named in _named(split):
        for number in named.numbers:
            if 1 <= number <= len(lines) and lines[number - 1] not in owner:
                owner[lines[number - 1]] = named.piece
                parts.setdefault((named.piece, named.part), []).append(lines[number - 1])
    for place in range(len(split.pieces)):
        if not (parts.get((place, "body")) or parts.get((place, "captions"))):
            for part in ("title", "byline"):  # no article without a text; a headline alone points elsewhere
                parts.setdefault((-1, "furniture"), []).extend(parts.pop((place, part), []))
    left_out = _place_rest(sheet, owner, parts)
    words = _Words(sheet, printed)
    found: list[Piece] = []
    for place, piece in enumerate(split.pieces):
        own = _Parts(*(parts.get((place, part), []) for part in _Parts._fields))
        if own.lines:
            found.append(_piece(piece.kind, own, words, sheet))
    found += left_out
    furniture = sorted(parts.get((-1, "furniture"), []))
    return [*found, Piece("furniture", None, None, tuple(furniture), 1.0)] if furniture else found


def _named(split: PageSplit) -> Iterator[_Named]:
    for place, piece in enumerate(split.pieces):
        for part in _Parts._fields:
            yield _Named(place, part, *_numbers(getattr(piece, part)))
    yield _Named(-1, "furniture", *_numbers(split.furniture))


def _numbers(words: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the line numbers that `15-62, 66` names, and the words among them that are none."""
    numbers: list[int] = []
    unread: list[str] = []
    at = 0
    while at < len(words):
        gap = _BETWEEN.match(words, at)
        if gap is not None:
            at = gap.end()
            continue
        found = _RANGE.match(words, at)
        last = int(found[2] or found[1]) if found else 0
        if found is None or last < int(found[1]) or last - int(found[1]) > _MOST:
            cut = _BETWEEN.search(words, at)
            end = cut.start() if cut else len(words)
            unread.append(words[at : max(end, at + 1)][:_SHOWN])
            at = max(end, at + 1)
            continue
        numbers.extend(range(int(found[1]), last + 1))
        at = found.end()
    return tuple(numbers), tuple(unread)


_MOST: Final = 20_000
"""Lines of a range; more are a slip of the pen, and would cost memory."""


def _ranges(numbers: Sequence[int]) -> str:
    """Write ascending numbers as ranges, the first few."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs[:_SHOWN])
    return shown + (" 等" if len(runs) > _SHOWN else "")


def _place_rest(sheet: Sheet, owner: dict[int, int], parts: dict[tuple[int, str], list[int]]) -> list[Piece]:
    """Put lines that the answer names nowhere to the piece that has most of their rules' piece; furniture to furniture.

    Returns the pieces of the rules of which the answer names no line: it left them out.
    """
    left_out: list[Piece] = []
    for piece in sheet.pieces:
        rest = [line for line in piece.lines if line not in owner]
        if not rest:
            continue
        shares = Counter(owner[line] for line in piece.lines if owner.get(line, -1) >= 0)
        if piece.kind != "furniture" and not shares:
            left_out.append(piece._replace(lines=tuple(rest), confidence=_LEFT_OUT))
            continue
        body = parts.setdefault((shares.most_common(1)[0][0], "body") if shares else (-1, "furniture"), [])
        for line in rest:
            before = [at for at, other in enumerate(body) if other < line]
            body.insert(before[-1] + 1 if before else 0, line)
    return left_out


_LEFT_OUT: Final = 0.3
"""Confidence of a piece that the rules see and the model does not name."""


class _Words:
    """What stands on the lines of a sheet."""

    def __init__(self, sheet: Sheet, printed: Printed) -> None:
        self._units = {line: unit for unit in sheet.units for line in unit.lines}
        self._printed = printed

    def paragraphs(self, lines: Sequence[int]) -> list[Paragraph]:
        """Return the paragraphs that lines make by themselves."""
        return paragraphs_of(self._printed.lay_out(lines).text)

    def texts(self, lines: Sequence[int]) -> list[str]:
        """Return the texts of headlines or bylines: a unit of the page as one where all its lines are among them."""
        found: list[str] = []
        done: set[int] = set()
        for line in lines:
            if line in done:
                continue
            unit = self._units[line]
            whole = set(unit.lines) <= set(lines)
            done.update(unit.lines if whole else (line,))
            found += [unit.text] if whole else [one.text for one in self.paragraphs([line])]
        return found


def _piece(kind: PieceKind, own: _Parts, words: _Words, sheet: Sheet) -> Piece:
    prose = words.paragraphs(own.body or own.captions)
    signed = None
    if prose:
        ends = [Unit("prose", one.text, one.lines, frozenset(), one.doubled) for one in (prose[0], prose[-1])]
        signed = ends[1].photographer if kind == "picture" else signed_by(*ends)
    return Piece(
        kind,
        title_of(words.texts(own.title), bigrams("".join(one.text for one in prose))),
        names_of(words.texts(own.byline)) or signed,
        own.lines,
        _confidence(own.lines, sheet),
    )


def _confidence(lines: Sequence[int], sheet: Sheet) -> float:
    """Return a half, and the other half for the share of lines on which the rules agree: two ways to one result."""
    own = set(lines)
    agreed = max((len(own & set(piece.lines)) / len(own | set(piece.lines)) for piece in sheet.pieces), default=0.0)
    return round(0.5 + agreed / 2, 2)
