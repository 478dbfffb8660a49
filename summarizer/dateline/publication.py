"""Weighs what the lines of a text say of its publication, rank by rank; the package says by which patterns."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

from summarizer.dateline.days import DAY, days_in
from summarizer.dateline.filed import Filed, datelines
from summarizer.dateline.lines import DateLine, read_date_line
from summarizer.dateline.outlets import paper_alone, paper_beside, source_of

_Told = TypeVar("_Told")

_HEAD_CHARS: Final = 4000
_HEAD_LINES: Final = 20
"""Lines that may come before the text: as extracted, a page can begin with all its headlines."""
_FOOT_CHARS: Final = 1500
_FOOT_LINES: Final = 8
_LONGEST: Final = 200
"""Characters of a line; no date line is longer, and normalising is quadratic in runs of combining marks."""
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f\xad\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u206f]")
"""Control characters, soft hyphens, zero-width characters, bidi marks."""
_BODY: Final = re.compile(r"。|[,、;]$|^[,。、;]|[a-z0-9)%]\. +[A-Z]|[a-z]{3}\.$")
"""What lines of running text have, and headlines, bylines and mastheads have not."""
_OPEN_LABEL: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,10} ?:")
_GOES_ON: Final = re.compile(r"[,、;:至到于於在自从從-]$")
_GOES_ON_BEHIND: Final = re.compile(
    r"[,。、;)”」至到起-]|[上下中]午|以[来來后後前]|(?:[会會][议議]|活[动動]|[举舉][办辦])?地[点點址]"
)
"""The next line goes on with the sentence that a date begins, or says where what happens on that day happens."""
_DAY_ALONE: Final = re.compile(rf"^[ \t\u3000(（]*(?:{DAY.pattern})[ \t\u3000)）]*$", re.MULTILINE)
_OTHER_NEWS: Final = re.compile(
    r"[\[(【]?(?:相[关關]|推[荐薦]|延伸|[上下]一[篇条條]|[热熱][门門点點]|猜你|更多|往期|(?i:related|more))"
)
"""What stands over the headlines and days of other articles."""
_END_SOURCE: Final = re.compile(r"[(（【\[]([^()（）【】\[\]\n]{2,40})[)）】\]]\s*$")


class Publication(NamedTuple):
    """What a text prints of its own publication."""

    published: str | None
    """ISO date."""
    outlet: str | None


class _Line(NamedTuple):
    words: str
    dated: DateLine | None

    @property
    def names_paper(self) -> bool:
        """Whether what stands beside is a paper's name rather than a headline."""
        return self.dated is not None and self.dated.masthead


def read_publication(text: str) -> Publication:
    """Return the day and the outlet that the text prints of itself, None where it does not, or in two ways."""
    head, foot, filed = _read(_head(text)), _read(_foot(text)), list(datelines(text))
    return Publication(_published(head, foot, filed, text), _outlet(head, foot, filed, text))


def _head(text: str) -> list[str]:
    """Return the lines before the body and the first one of it; none that the limit cuts."""
    printed = text[:_HEAD_CHARS].splitlines()
    lines: list[str] = []
    for line in _normalised(printed[: len(printed) - (len(text) > _HEAD_CHARS)]):
        lines.append(line)
        if len(lines) == _HEAD_LINES or len(line) >= _LONGEST or _BODY.search(line):
            break
    return lines


def _foot(text: str) -> list[str]:
    """Return the lines behind the body; none where there is no body between head and foot."""
    printed = text[-_FOOT_CHARS:].splitlines()[len(text) > _FOOT_CHARS :]
    lines: list[str] = []
    for line in _normalised(reversed(printed)):
        if len(line) >= _LONGEST or "。" in line or len(lines) == _FOOT_LINES:
            return lines[::-1]
        if _OTHER_NEWS.match(line):
            lines.clear()
        else:
            lines.append(line)
    return []


def _normalised(printed: Iterable[str]) -> Iterator[str]:
    """Yield the lines that are not blank, narrow, their spaces made single; one by one, since few are asked for."""
    for line in printed:
        plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", line[:_LONGEST]))
        if bare := " ".join(plain.split()):
            yield bare


def _read(lines: Sequence[str]) -> list[_Line]:
    """Read lines, a label alone (发布时间：) together with the next one."""
    joined: list[str] = []
    for line in lines:
        if joined and _OPEN_LABEL.fullmatch(joined[-1]):
            joined[-1] += line
        else:
            joined.append(line)
    around = ["", *joined, ""]
    return [
        _Line(line, None if _is_in_sentence(before, line, after) else read_date_line(line))
        for before, line, after in zip(around, joined, around[2:], strict=False)
    ]


def _is_in_sentence(before: str, line: str, after: str) -> bool:
    return bool(_GOES_ON.search(before) or _GOES_ON.search(line) or _GOES_ON_BEHIND.match(after))


def _published(head: Sequence[_Line], foot: Sequence[_Line], filed: Sequence[Filed], text: str) -> str | None:
    """Return the agreed day; one that stands alone in its line must be the only such day, or it is a chronicle's."""
    top = [line.dated for line in head if line.dated]
    end = [line.dated for line in foot if line.dated]
    bare = [line.day for line in top if line.form == "bare"]
    sign_off = [line.day for line in end if line.form == "bare"]
    alone: list[date] = []
    if bare or sign_off:
        alone = [found.day for match in _DAY_ALONE.finditer(text) for found in days_in(match[0]) if found.day]
    day = _agreed(
        [
            *([line.day for line in top if line.form == form] for form in ("label", "marked")),
            [*bare, *alone] if bare else [],
            [line.day for line in end if line.form in ("label", "marked")],
            [dateline.day for dateline in filed if dateline.day],
            [*sign_off, *alone] if sign_off else [],
            [line.day for line in (*top, *end) if line.form == "update"],
        ]
    )
    return None if day is None else day.isoformat()


def _outlet(head: Sequence[_Line], foot: Sequence[_Line], filed: Sequence[Filed], text: str) -> str | None:
    sources = [source_of(line.words) for line in (*head, *foot)]
    if end := _END_SOURCE.search(text[-60:]):
        sources.append(source_of(unicodedata.normalize("NFKC", end[1])))
    names = [name for lines in (head, foot) for name in _names(lines)]
    return _agreed([[name for name in rank if name] for rank in (sources, names, [line.outlet for line in filed])])


def _names(lines: Sequence[_Line]) -> Iterator[str | None]:
    """Yield the papers' names: in date lines, alone in a line, and by a shorter proof beside a masthead."""
    yield from (line.dated.outlet for line in lines if line.dated)
    yield from (paper_alone(line.words) for line in lines)
    for one, other in pairwise(lines):
        if one.names_paper:
            yield paper_beside(other.words)
        if other.names_paper:
            yield paper_beside(one.words)


def _agreed(ranks: Sequence[Sequence[_Told]]) -> _Told | None:
    """Return what the first rank that says anything agrees on; None where it does not agree."""
    for rank in ranks:
        if rank:
            return rank[0] if len(set(rank)) == 1 else None
    return None
