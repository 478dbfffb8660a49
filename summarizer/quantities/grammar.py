"""The number grammar: regular expressions compiled from tables.py, once.

Every repetition over white space is bounded and no two neighbouring parts can match the same characters in two ways,
so matching is linear on hostile text. Word lists become prefix trees, because an alternation of 300 words is
tried one by one, and a tree is not.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from summarizer.quantities import counters, tables

GAP: Final = r"\s{0,8}"
"""White space inside a quantity: a few spaces, or a line break with a blank line after it."""

_BREAK: Final = r"(?:\s{0,2}\n\s{0,3}| )?"
"""A line break or a stray blank inside a word."""


def trie(words: Iterable[str]) -> str:
    """Return a regular expression that matches the longest of `words`."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(tree)


def _branch(tree: dict[str, Any], gap: str = "") -> str:
    ends = "" in tree
    options = [_spelled(char, below) for char, below in tree.items() if char]
    if not options:
        return ""
    joined = options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
    if ends:
        return f"(?:{gap}{joined})?"
    return gap + joined


def _spelled(char: str, below: dict[str, Any]) -> str:
    """Match `char` and what may follow it; a line may break inside a Chinese word, English blanks stretch."""
    if char == " ":
        return r"\s{1,3}" + _branch(below)
    return re.escape(char) + _branch(below, _BREAK if char > "⺀" else "")


def _guarded(table: Mapping[str, str]) -> str:
    """Match a word of the table that is not followed by one of its forbidden characters."""
    plain = [word for word, forbidden in table.items() if not forbidden]
    guarded = [f"{re.escape(word)}(?!{GAP}[{re.escape(bad)}])" for word, bad in table.items() if bad]
    longer = [word for word in plain if any(word.startswith(key) for key, bad in table.items() if bad)]
    rest = [word for word in plain if word not in longer]
    return "|".join(part for part in (trie(longer), *guarded, trie(rest)) if part)


# 千 is a scale, but not the first half of a unit; 兆 likewise. 亿 may carry 个 before it in speech (3个亿).
SCALE: Final = r"(?:[十百千]?万亿|个亿|[十百千]?[万亿]|千(?![瓦米克伏卡帕赫字兆])|百(?![分帕])|兆(?![瓦赫帕字欧比]))"
_ABOUT_TEN = r"(?<=[十百千])来(?=[万亿个家名人台位项件套所座条辆吨亩户岁年天里分种次])"
MORE: Final = rf"(?:[多余](?![于少])|{_ABOUT_TEN}|(?<=\d\d)\+(?![\dA-Za-z]))"
_FEW = r"几(?![乎何])"
_MONEY = trie(tables.CURRENCIES)
_UNITS = [
    trie((*tables.PERCENTAGE_POINTS, *tables.BASIS_POINTS)),
    _MONEY,
    _guarded(tables.DURATIONS),
    _guarded(tables.MEASURES),
    _guarded(tables.RATIOS),
    _guarded(counters.COUNTERS),
]
UNIT: Final = "|".join(_UNITS)
_AFTER = _guarded({word: tables.NOT_AFTER.get(word, "") for word in tables.AFTER if not word.startswith(" ")})
AFTER: Final = re.compile(_AFTER)
"""Words behind a unit that bound it."""

_TAIL = (
    rf"(?P<few>{_FEW})?(?:{GAP}(?P<more>{MORE}))?(?:{GAP}(?P<scale>{SCALE}))?(?:{GAP}(?P<more2>{MORE}))?"
    rf"(?:{GAP}(?P<unit>{UNIT}))?(?:{GAP}(?P<after>{_AFTER}))?"
)

WESTERN: Final = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
COMPOUND: Final = re.compile(
    r"(?P<num>\d+(?:\.\d+)?)(?P<big>[兆亿万])(?=\d{1,4}(?:,\d{3})?(?:\.\d+)?(?![\d年月]|[亿万]\d))"
)
"""The head of two scales with digits between them: 1万6000, 1兆4,833.74亿元; `NUMBER` reads what follows."""

_RUN = f"[{tables.NUMERAL_CHARS}]"
NUMBER: Final = re.compile(
    rf"(?:(?P<num>{WESTERN})|(?P<vague>[数几](?=[十百千万亿]))?(?P<run>{_RUN}{{1,40}})"
    rf"(?:点(?P<point>[〇零○一二三四五六七八九]+))?){_TAIL}"
)
"""A quantity in Western digits (`num`) or Chinese numerals (`run`), up to the words behind its unit.

One pattern, because the units cost 11 ms of every start each time they are compiled. Short runs count only with a unit,
which readings.py decides.
"""

_PART = rf"(?:\d{{1,12}}(?:\.\d{{1,12}})?(?!\d)|{_RUN}{{1,12}}(?:点[〇零○一二三四五六七八九]+)?)"
FRACTION: Final = re.compile(
    rf"(?P<of>{_RUN}{{1,8}}|\d{{1,6}})分之(?P<part>数|{_PART})"
    rf"(?:{GAP}[-—~至到]{GAP}(?:(?P=of)分之)?(?P<last>{_PART}))?"
    rf"(?:{GAP}(?P<after>{MORE}|{_AFTER}))?"
)
"""百分之三十, 千分之五, 三分之一, 百分之五至十."""

SLASHED: Final = re.compile(r"(?P<part>\d)/(?P<of>[2-9]|10)(?![\d/.号栋路])")
"""1/3, 2/5 …: a share where the part is the smaller."""

_HALF_BEFORE = r"(?<=[占近超约达逾过])|(?<=不足)|(?<=不到)|(?<=突破)"
HALF: Final = re.compile(rf"(?:{_HALF_BEFORE})(?:一半|半数)|(?:一半|半数)(?=以上|左右|以下)")
"""一半 where it is told as a share."""

DIGIT_YEAR: Final = r"(?:1[89]|20|21)\d{2}"
_YEAR = rf"(?:{DIGIT_YEAR}|[〇零○一二三四五六七八九]{{4}})"
_DASH = r"(?:[-—~至到]|–|——)"
_DAY_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_MONTHS = rf"{_DAY_NUMBER}(?:{GAP}月?(?:份)?{GAP}{_DASH}{GAP}{_DAY_NUMBER})?{GAP}月(?:份|底|初|末|中旬|上旬|下旬)?"
_DAYS = rf"{_DAY_NUMBER}(?:{GAP}[日号]?{GAP}{_DASH}{GAP}{_DAY_NUMBER})?{GAP}[日号](?!楼|线|店|院|馆|站|厅|门|路|桥|文)"
_PART_OF_YEAR = r"(?:[上下]半年|第?[一二三四1-4]季度|前[一二两三四1-4]个?季度|首季度?|[年底末初]{1,2}(?=[，。、；,;]))"
DATE: Final = re.compile(
    rf"""
    {DIGIT_YEAR}[-/.](?:0?[1-9]|1[0-2])[-/.](?:[0-2]?\d|3[01])(?!\d)
  | {_YEAR}{GAP}(?:年{GAP})?(?:度)?{GAP}{_DASH}{GAP}{_YEAR}{GAP}(?:学年|年度|年)
  | {DIGIT_YEAR}{_DASH}{DIGIT_YEAR}(?!\s?[\d.,%A-Za-z一-鿿])
  | 20\d\d-[2-9]\d(?![\d.,%])
  | {_YEAR}{GAP}(?:财年|学年|年度|年代|年)(?:{GAP}(?:{_MONTHS}(?:{GAP}{_DAYS})?|{_PART_OF_YEAR}))?
  | {_MONTHS}(?:{GAP}{_DAYS})?
  | {_DAYS}(?:{GAP}{_DASH}{GAP}{_MONTHS}{GAP}{_DAYS})?
  | \d{{1,2}}[)）]{GAP}[日月]
  | [一二三四1-4]季度
  | 十[一二三四五六]五(?=[”」』"]|时期|规划|期间|开局|末|以来|收官|发展)
  | \d{{1,2}}{GAP}时(?:{GAP}\d{{1,2}}{GAP}分)?(?!间|代|候|段|速)
  | (?:[01]?\d|2[0-4]):[0-5]\d(?::\d{{2}})?(?!\d)
  | (?:\d{{2}}|[一二三四五六七八九十]{{2,3}}){GAP}世纪(?:{GAP}(?:\d0|[一二三四五六七八九]十){GAP}年代)?
  | [五六七八九]十年代 | [2-9]0年代
    """,
    re.VERBOSE,
)
"""Dates and parts of years that begin with a numeral."""

FIRST_PART: Final = re.compile(rf"{_DAY_NUMBER}{GAP}(?:个{GAP}月|月|个?季度)(?!内)")
"""What 前 makes a part of the year: 前8月, 前5个月, 前三季度."""

LATE_YEAR: Final = re.compile(rf"{DIGIT_YEAR}(?!\d|[.,]\d|[A-Za-z%‰])")
"""A bare four-digit year, as in 2023数博会."""

PLUS_NAME: Final = re.compile(
    r"\d+(?:\+[\dA-Za-zＮＸ]+|\s\+\s(?:\d+(?![\d家个项])|[NXＮＸ]))+|\d+[Gg]\+?(?![A-Za-z0-9])|\d{1,2}[×xX*]\d{1,3}(?!\d)|\d比\d(?!\d)"
    r"|\d{1,3}(?:\.\d)?(?::\d{1,3}(?:\.\d)?){1,3}(?![\d:]|\s?[家个项名亿万%元人])|\d{1,2}·\d{1,2}(?!\d)|\d{1,4}\^\d{1,4}|\d{1,3}/\d{1,3}(?![\d/.%]|\s?[家个项名亿万元人])"
)
"""Slogans and technologies: 2+N, 1+1+N, 5G+, 7×24, 3比1, 1:1, 6·18, 10^6, 24/7."""

LONGEST_DIGITS: Final = 24
"""Digits of the longest number that is taken for a quantity; a longer run is an identifier, or hostile."""

_TOO_LONG = rf"\d{{{LONGEST_DIGITS + 1},}}(?:[,.]\d+)*|\d{{1,3}}(?:,\d{{3}}){{{LONGEST_DIGITS // 3},}}(?:\.\d+)?"
TOO_LONG: Final = re.compile(_TOO_LONG)
"""A number of more digits than that."""

IDENTIFIER: Final = re.compile(
    r"1[3-9]\d{9}(?!\d|\s{0,8}[万亿元家个人项名])|\d{3,4}-\d{7,8}(?!\d)|400-?\d{3}-?\d{4}(?!\d)"
    r"|(?<=[〔\[［])\d{4}[〕\]］]\s?(?:第\s?)?\d+\s?号|"
    rf"{_TOO_LONG}"
    r"|(?!(?:19|20)\d\d\.)\d{1,5}(?:\.\d{1,5}){2,}"
)
"""Telephone numbers, numbers of documents and versions, and digit strings too long for a quantity."""

RUN: Final = re.compile(f"{_RUN}+")
"""Numeral characters side by side, however many."""

SLOGAN: Final = re.compile(trie(tables.SLOGANS))
"""A fixed phrase that begins with a numeral."""

START: Final = re.compile(
    rf"[0-9]|[{tables.NUMERAL_CHARS}半]|[数几](?=[十百千万亿])|(?<![^\s(（，,:~-])\.(?=\d)|(?<=[一-鿿])\.(?=\d{{1,6}}%)"
)
"""Where a number can begin in Chinese text."""

WIDE_SEPARATOR: Final = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
"""A thousands separator printed full width, between digits printed full width; else ， parts two numbers."""

TITLE: Final = re.compile(r"《[^《》]{1,80}》")
"""The name of a document; numerals inside are part of it."""

TENTHS: Final = re.compile(r"[一二三四五六七八九半](?!批|[个条家])")
"""The half step behind 成: 一成五 is 15 %."""

RANGE_DASH: Final = re.compile(rf"(?:{GAP}(?:[-—~至到]|–|——){GAP}|\s(?:to|and)\s)(?=[0-9{tables.NUMERAL_CHARS}])")
