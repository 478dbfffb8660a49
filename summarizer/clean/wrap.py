"""Decides which printed lines belong together.

Text from PDF files and old systems breaks inside sentences, words and amounts (`24` / `家`). The one trace of a
break that the layout made, not the author, is that the next word would not have fitted on the line.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_SIDE_LINES = 8
"""Lines on each side that set the usual width. Columns of a page differ (30 to 34 on the page measured, captions
86); 17 lines span two short paragraphs, and a change of column spoils a handful of lines at most."""
_SLACK = 4
"""Width (half characters) that a full line may lack: on that page, with marks that must not begin a line, lines
of one column differ by 4, sub-heads lack 12 and more."""
_LOOSE_SLACK = 10
"""The same behind a comma, where the sentence cannot be over."""
_ALIKE = 6  # two lines that differ by three characters may be set in one column
_ALIKE_WIDE = 8  # for lines wider than their surroundings, held only against those above and below: captions, 78 to 88
_WIDEST_COLUMN = 120  # no column is wider; a longer line is a paragraph, and the text around it is not wrapped
_LONG_LINE = 60  # thirty characters with a full stop among them: no headline
_NARROWEST_COLUMN = 20  # ten characters; a shorter line is a label or a name
_QUOTE_CHARS = 600  # a quotation left open longer than this was never closed
_LABEL_WIDTH = 30
_MOST = 0.6

_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60‘’“”…—·]+")
_CHINESE = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffef]")
_TOKEN = re.compile(r"[A-Za-z0-9.,%+\-'’]{1,20}")
_FIRST_GLYPHS = re.compile(r".[，。、：；！？”’）》」』…]{0,2}")  # such marks may not begin a line
_NAMES = r"(?: [\u4e00-\u9fff]{2,4}){0,4}"  # a writer's name behind the last full stop
_TERMINAL = re.compile(rf"[。！？!?.…][”’」』）)\]\"】》]*{_NAMES}$")
_QUOTE_END = re.compile(r"[。！？!?][”」』\"]+$")
_ATTRIBUTION = re.compile(r"[^，。！？“「\"]{2,30}(?:说|說|表示|介绍|介紹|坦言|透露|告诉记者|告訴記者|[写笑]道)。")
_CREDITED = re.compile(r"[。 ] ?[一-鿿](?: ?[一-鿿]){0,3} ?[摄攝]$")
"""A photographer's name ends a caption."""
_CHINESE_END = re.compile(r"[一-鿿\d]$")
_LATIN_END = re.compile(r"[0-9A-Za-z][%+\-]?$")
# These two begin with one set of characters, so that the engine seeks it: three times as fast as two alternatives.
_PROSE = re.compile(r"[。！？；.!?](?:(?<=[。！？；])|(?= |$))")
_CLAUSE = re.compile(r"[，。；：！？…,;:!?.](?:(?<!\.)|(?= |$))")
_UNFINISHED = re.compile(r"[，、“‘「『（《(]$")
_CUT_NUMBER = re.compile(r"[0-9] ?[十百千万亿萬億]*$")
# 日前, 多年来, 家庭 and the like begin a line of their own right.
_COUNTER = re.compile(
    r"[多余餘]?(?!日前|日益|日本|日渐|多年|余年|家庭|家长|名为|名叫|项目|月前|年前|年来|个人|个体|人民|人才|人员|元宇|位于)"
    r"[家个個名项項万亿萬億千百元%年月日多余餘亩畝件条條台位人倍次届户戶吨噸度级級米公平岁歲]"
)


class PrintedLine(NamedTuple):
    """A line that is not blank, folded, its spaces made single."""

    pieces: tuple[tuple[int, str], ...]
    """Stretches with their offsets in the text as read; side by side in `text`."""
    text: str
    end: int
    """Offset of the line end in the text as read."""
    width: int
    """In half characters: Chinese characters count two."""
    indented: bool
    after_blank: bool
    """True where a blank line stands above."""
    alone: bool
    """True for bylines and shadow headlines: never joined with a neighbour."""
    doubled: bool
    """True for shadow headlines, whose glyphs stand printed twice."""
    opens: bool
    """True where a report begins (a dateline): never joined to the line above."""


class _Layout(NamedTuple):
    lines: Sequence[PrintedLine]
    widths: list[int]
    prose: list[bool]
    blanks_part: bool
    """Blank lines, if any, stand between paragraphs, not behind every printed line."""
    indents_part: bool


def display_width(text: str) -> int:
    """Return the width of `text` in half characters."""
    return len(text) if text.isascii() else len(text) + sum(map(len, _WIDE.findall(text)))


def separators(lines: Sequence[PrintedLine]) -> list[str]:
    r"""Return what stands between each line and the next: '' or ' ' where they belong together, else '\n'."""
    layout = _layout(lines)
    joined = [False] * max(len(lines) - 1, 0)
    forced = [False] * len(joined)
    depth = quoted = 0
    for place, (line, following) in enumerate(pairwise(lines)):
        depth = max(0, depth + _balance(line.text))
        quoted = quoted + len(line.text) if depth else 0
        if not (line.alone or following.alone or following.opens):
            forced[place] = _cuts_amount(line, following)
            labelled = place > 0 and not joined[place - 1] and _is_label(lines[place - 1])
            joined[place] = forced[place] or (
                _continues(layout, place, quote_open=0 < quoted <= _QUOTE_CHARS)
                and not (labelled and _CLAUSE.search(line.text) is None)
            )
        if not joined[place]:
            depth = quoted = 0
    _part_headlines(lines, joined, forced)
    return [_glue(a.text, b.text) if join else "\n" for (a, b), join in zip(pairwise(lines), joined, strict=True)]


def _layout(lines: Sequence[PrintedLine]) -> _Layout:
    widths = [line.width for line in lines]
    blank_gaps = [above for above, below in pairwise(lines) if below.after_blank]
    cut = sum(1 for line in blank_gaps if _TERMINAL.search(line.text) is None)
    behind_every_line = (
        len(blank_gaps) > _MOST * (len(lines) - 1)
        and cut > 0.4 * len(blank_gaps)  # between paragraphs only headings lack a full stop
        and sorted(widths)[len(widths) // 2] <= _WIDEST_COLUMN
    )
    return _Layout(
        lines=lines,
        widths=widths,
        prose=[_PROSE.search(line.text) is not None for line in lines],
        blanks_part=not behind_every_line,
        indents_part=sum(line.indented for line in lines) <= _MOST * len(lines),
    )


def _balance(text: str) -> int:
    return sum(map(text.count, "“「『")) - sum(map(text.count, "”」』"))


def _cuts_amount(line: PrintedLine, following: PrintedLine) -> bool:
    """Tell whether a number ends the line and its counter, or the rest of its digits, begins the next one."""
    if line.text[-1:] == "." and line.text[-2:-1].isdigit() and _CHINESE.search(line.text):
        return not following.indented and following.text[:1].isdigit()  # 8. / 9%; a list's 8. stands alone in its line
    return (
        not following.indented
        and _COUNTER.match(following.text) is not None
        and _CUT_NUMBER.search(line.text[-12:]) is not None
    )


def _is_label(line: PrintedLine) -> bool:
    """Tell whether the line is a label over a headline (某某高新区：)."""
    return line.text.endswith(("：", ":")) and line.width <= _LABEL_WIDTH


def _continues(layout: _Layout, place: int, *, quote_open: bool) -> bool:
    line, following = layout.lines[place], layout.lines[place + 1]
    if _CREDITED.search(line.text[-16:]):
        return False
    if (following.indented and layout.indents_part) or (following.after_blank and layout.blanks_part):
        return False
    if not layout.blanks_part and not following.after_blank and _LATIN_END.search(line.text):
        return True  # where every line has a blank one behind it, its absence is the extractor cutting at a number
    if _is_cut_paragraph(layout, place):
        return True
    if not _is_full(layout, place):
        return False
    attributed = _QUOTE_END.search(line.text[-6:]) and _ATTRIBUTION.match(following.text)
    return quote_open or bool(attributed) or _TERMINAL.search(line.text[-30:]) is None


def _is_cut_paragraph(layout: _Layout, place: int) -> bool:
    """Tell whether a page's end cut the line, in text that is not wrapped: its paragraphs end with a full stop."""
    line, following = layout.lines[place], layout.lines[place + 1]
    return (
        line.width > _LONG_LINE
        and layout.prose[place]
        and max(layout.widths[max(0, place - _SIDE_LINES) : place + _SIDE_LINES + 1]) > _WIDEST_COLUMN
        and not following.after_blank
        and _CHINESE_END.search(line.text) is not None
        and _TERMINAL.search(line.text[-30:]) is None
    )


def _is_full(layout: _Layout, place: int) -> bool:
    """Tell whether the next line's first word would not have fitted on this one."""
    line, following = layout.lines[place], layout.lines[place + 1]
    token = _token_width(line.text, following.text)
    if line.width < _NARROWEST_COLUMN or following.width > line.width + token + 8:  # there was room for more
        return False
    first = max(0, place - _SIDE_LINES)
    around = slice(first, place + _SIDE_LINES + 1)
    if not any(layout.prose[around]):  # a list of headlines
        return False
    window = sorted(layout.widths[around])
    if window[-1] > _WIDEST_COLUMN:
        return False
    usual = window[len(window) // 2]
    if line.width > usual * 1.25 + 6:
        beside = [*layout.widths[max(0, place - 1) : place], following.width]
        return any(abs(width - line.width) <= _ALIKE_WIDE for width in beside)
    slack = _LOOSE_SLACK if _UNFINISHED.search(line.text) else _SLACK
    if line.width + token < usual - slack:
        return False
    alike = bisect_right(window, line.width + _ALIKE) - bisect_left(window, line.width - _ALIKE)
    return alike > 1  # itself, and one more: text that nobody wrapped has no column


def _token_width(line: str, following: str) -> int:
    match = _TOKEN.match(following)
    if match is None:
        return 2 * len(_FIRST_GLYPHS.findall(following[:3])[0])
    return len(match[0]) + (_CHINESE.match(line[-1]) is None)


def _part_headlines(lines: Sequence[PrintedLine], joined: list[bool], forced: list[bool]) -> None:
    """Undo joins that made a paragraph without any punctuation: those are stacked headlines."""
    first = 0
    for place in range(len(lines)):
        if place < len(joined) and joined[place]:
            continue
        if all(_CLAUSE.search(line.text) is None for line in lines[first : place + 1]):
            joined[first:place] = forced[first:place]
        first = place + 1


def _glue(above: str, below: str) -> str:
    """Return what joins two halves of a paragraph: a space between Latin words, nothing at Chinese characters."""
    last, head = above[-1], below[0]
    if _CHINESE.match(last) or _CHINESE.match(head):
        return ""
    if (_WIDE.match(last) or _WIDE.match(head)) and _CHINESE.search(above):
        return ""  # quotation marks and dashes belong to both scripts
    if last in "([" or head in ",.;:!?)]%":
        return ""
    if (
        head.isdigit()
        and (last.isdigit() or (last == "." and above[-2:-1].isdigit()))
        and _CHINESE.search(above + below)
    ):
        return ""  # Chinese prints no two numbers side by side: the line was cut inside one (1 / 024亿元)
    hyphen = last == "-" and above[-2:-1].isalnum() and head.isalnum()
    return "" if hyphen else " "
