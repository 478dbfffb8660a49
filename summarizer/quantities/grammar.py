"""The number grammar: regular expressions compiled from tables.py, once.

Every repetition over white space is bounded and no two neighbouring parts can match the same characters in two ways,
so matching is linear on hostile text. Word lists become prefix trees, because an alternation of 300 words is
tried one by one, and a tree is not.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from summarizer.quantities import counters, idioms, tables

GAP: Final = r"\s{0,8}"
"""White space inside a quantity: a few spaces, or a line break with a blank line after it."""

_BREAK: Final = r"(?:\s{0,2}\n\s{0,3}| )?"
"""A line break or a stray blank inside a word."""


_RUN = f"[{tables.NUMERAL_CHARS}]"
_NO_LETTER: Final = "(?![A-Za-z])"
"""Behind a word in Latin letters: the m of 5mg is no metre."""


def trie(words: Iterable[str]) -> str:
    """Return a regular expression that matches the longest of `words`."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(tree)


def _fan(options: list[tuple[str, str]]) -> str:
    """Return the alternatives, each given with the character that it begins with, in groups behind a class.

    Tried one after the other, the 300 words of units are most of a match of `NUMBER` (3.3 us, now 1.1 to 1.8); the
    class of a group rules out all its words at once. Words of different first characters exclude each other, so only
    those of one character must keep their order.
    """
    by_first: dict[str, list[str]] = {}
    for first, pattern in options:
        by_first.setdefault(first, []).append(pattern)
    heads = sorted(by_first, key=lambda head: _COMMON.find(head) if head in _COMMON else len(_COMMON))
    groups = [heads[place : place + _FAN] for place in range(0, len(heads), _FAN)]
    return "|".join(
        f"(?=[{re.escape(''.join(group))}])(?:{'|'.join(option for head in group for option in by_first[head])})"
        for group in groups
    )


_FAN: Final = 16
_COMMON: Final = "元%个家项年月名人倍天公件平米亩"
"""What most units begin with."""


def _options(words: Iterable[str]) -> list[tuple[str, str]]:
    """Return the branches of a prefix tree, each with its first character."""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word)
    return [(first, trie(of_first)) for first, of_first in by_first.items()]


def _branch(tree: dict[str, Any], gap: str = "", last: str = "") -> str:
    ends = "" in tree
    options = [_spelled(char, below) for char, below in tree.items() if char]
    stop = _NO_LETTER if last.isascii() and last.isalpha() else ""
    if not options:
        return stop
    joined = options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
    if ends:
        return f"(?:{gap}{joined}|{stop})" if stop else f"(?:{gap}{joined})?"
    return gap + joined


def _spelled(char: str, below: dict[str, Any]) -> str:
    """Match `char` and what may follow it; a line may break inside a Chinese word, English blanks stretch."""
    if char == " ":
        return r"\s{1,3}" + _branch(below)
    return re.escape(char) + _branch(below, _BREAK if char > "⺀" else "", char)


def _guarded(table: Mapping[str, str]) -> list[tuple[str, str]]:
    """Match a word of the table that is not followed by what its entry forbids."""
    plain = [word for word, forbidden in table.items() if not forbidden]
    guarded = [(word[0], f"{re.escape(word)}(?!{GAP}{_forbidden(bad)})") for word, bad in table.items() if bad]
    longer = [word for word in plain if any(word.startswith(key) for key, bad in table.items() if bad)]
    rest = [word for word in plain if word not in longer]
    return [*_options(longer), *guarded, *_options(rest)]


def _forbidden(entry: str) -> str:
    """Match one of the characters of an entry, or one of its words where blanks part it."""
    return f"(?:{trie(entry.split())})" if " " in entry else f"[{re.escape(entry)}]"


# 千 is a scale, but not the first half of a unit; 兆 likewise. 亿 may carry 个 before it in speech (3个亿).
SCALE: Final = (
    r"(?=[十百千万亿兆多个])(?:[十百千]?万亿|多?个多?亿(?!元?(?:以上|级|项目))"
    r"|[十百千]?[万亿]|千(?![瓦米克伏卡帕赫字兆])|百(?![分帕])|兆(?![瓦赫帕字欧比]))"
)
_ABOUT_TEN = r"(?<=[十百千0万])来(?=[万亿个家名人台位项件套所座条辆吨亩户岁年天里分种次公小平间款张场支部只斤米颗])"
MORE: Final = rf"(?=[多余来+])(?:[多余](?![于少])|{_ABOUT_TEN}|(?<=\d\d)\+(?![\dA-Za-z]))"
_FEW = r"几(?![乎何])"
_UNITS = [
    *_options((*tables.PERCENTAGE_POINTS, *tables.BASIS_POINTS)),
    *_options(tables.CURRENCIES),
    *_guarded(tables.DURATIONS),
    ("P", r"(?<=\d)P(?![A-Za-z0-9/+-])"),
    *_guarded({unit: bad for unit, bad in tables.MEASURES.items() if unit != "P"}),
    *_guarded(tables.RATIOS),
    *_guarded(counters.COUNTERS),
]
UNIT: Final = _fan(_UNITS)
_AFTER = _fan(_guarded({word: tables.NOT_AFTER.get(word, "") for word in tables.AFTER if not word.startswith(" ")}))
AFTER: Final = re.compile(_AFTER)
"""Words behind a unit that bound it."""

_PER = (
    "立方米 立方公尺 平方公尺 平方米 平方公里 平方千米 立方厘米 平方厘米 公里 千米 百公里 小时 分钟 分 秒 天 日 "
    "月 年 人 人次 户 亩 公顷 吨 升 毫升 台 辆 片 "
    "公斤 千克 克 米 千瓦时 度 次 株 平米 平 h s d a m³ m² m3 m2 kg L mL t km ㎡ ㎥ min"
)
"""What a measure is told by: 微克/立方米, 公里/小时, 吨/年."""
_EACH = r"每(?:立方米|平方米|平方公里|平方千米|小时|秒|公里|千米|升)"
"""The same in words: 微克每立方米."""
_TAIL = (
    rf"(?P<few>{_FEW})?(?:{GAP}(?P<more>{MORE}))?(?:{GAP}(?P<scale>{SCALE}))?(?:{GAP}(?P<more2>{MORE})"
    rf"(?P<scale2>[万亿])?)?"
    rf"(?:{GAP}(?P<unit>{UNIT})(?P<per>/{_BREAK}(?:{trie(_PER.split())})|{_EACH})?)?(?:{GAP}(?P<after>{_AFTER}))?"
)

WESTERN: Final = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
COMPOUND: Final = re.compile(
    r"(?P<num>\d+(?:\.\d+)?)(?P<big>[兆亿万])\n?(?=\d{1,4}(?:,\d{3})?(?:\.\d+)?(?![\d年月]|[亿万]\d))"
)
"""The head of two scales with digits between them: 1万6000, 1兆4,833.74亿元; `NUMBER` reads what follows."""

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
    rf"(?P<of>{_RUN}{{1,8}}|\d{{1,6}}){_BREAK}分{_BREAK}之{_BREAK}(?P<part>数|{_PART})"
    rf"(?:{GAP}[-—~至到]{GAP}(?:(?P=of)分之)?(?P<last>{_PART}))?"
    rf"(?:{GAP}(?P<after>{MORE}|{_AFTER}))?"
)
"""百分之三十, 千分之五, 三分之一, 百分之五至十."""

SLASHED: Final = re.compile(r"(?P<part>\d)/(?P<of>[2-9]|10)(?![\d/.号栋路])")
"""1/3, 2/5 …: a share where the part is the smaller."""

HALF: Final = re.compile(
    rf"(?<![另])一{_BREAK}半(?![一天夜路])|半{_BREAK}数|(?<=[近过超逾约])半(?={GAP}(?:$"
    rf"|[，。；、的以左在是由为来企项人市]))"
)
"""一半, 半数, and 半 alone behind a qualifier (占比过半): told as a share."""
DOUBLED: Final = re.compile(rf"翻{_BREAK}番(?!{GAP}(?:计划|行动|工程))")
"""翻番: one doubling (GB/T 15835 leaves it in words; 现代汉语八百词, 番)."""
_PIECES = r"\d[\d.,]{0,12}(?:(?:[ \u00a0\u2009]|[ ]?\n\s{0,2})(?:[\d,]|\.\d)[\d.,]{0,12}){1,3}"
CUT: Final = re.compile(_PIECES)
"""Western digits that a line end or a stray blank cuts."""
WHOLE: Final = re.compile(r"(?:0|[1-9]\d{0,8}|[1-9]\d{0,2}(?:,\d{3}){1,4})(?:\.\d{1,4})?")
"""A number as it is printed when nothing cuts it."""
CUT_RUN: Final = re.compile(rf"{_RUN}{{1,12}}\n{_RUN}{{1,12}}")
"""A Chinese numeral that a line end cuts."""
MIXED: Final = re.compile(r"\d千(?:\d百(?:\d十\d?)?)?\d?(?![\d.])|\d百(?:\d十\d?|\d)(?![\d.])")
"""Western digits with small scales: 3千5百万."""

DIGIT_YEAR: Final = r"(?:1[89]|20|21)\d{2}"
_YEAR = rf"(?:{DIGIT_YEAR}|[〇零○一二三四五六七八九]{{4}})"
_DASH = r"(?:[-—~至到]|–|——)"
_DAY_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_MONTHS = (
    rf"{_DAY_NUMBER}(?:{GAP}月?(?:份)?{GAP}(?:{_DASH}|、){GAP}{_DAY_NUMBER})?{GAP}月(?:份|底|初|末|中旬|上旬|下旬)?"
)
_DAYS = rf"{_DAY_NUMBER}(?:{GAP}[日号]?{GAP}{_DASH}{GAP}{_DAY_NUMBER})?{GAP}[日号](?!楼|线|店|院|馆|站|厅|门|路|桥|文)"
_PART_OF_YEAR = r"(?:[上下]半年|第?[一二三四1-4]季度|前[一二两三四1-4]个?季度|首季度?|[年底末初]{1,2}(?=[，。、；,;]))"
DATE: Final = re.compile(
    rf"""
    (?:10[1-9]|11\d|12[0-5])年(?:{GAP}{_DASH}{GAP}(?:1[0-3]\d)年|{GAP}第[1-4一二三四]季|度)?(?!多?来|[前后间历]|的历|以上|之久|校庆|华诞|不变|如一)
  | {DIGIT_YEAR}[-/.](?:0?[1-9]|1[0-2])[-/.](?:[0-2]?\d|3[01])(?!\d)
  | {_YEAR}{GAP}(?:年{GAP})?(?:度)?{GAP}{_DASH}{GAP}{_YEAR}{GAP}(?:学年|年度|年)
  | {DIGIT_YEAR}{_DASH}{DIGIT_YEAR}(?!\s?[\d.,%A-Za-z一-鿿])
  | 20\d\d-[2-9]\d(?![\d.,%])
  | {_YEAR}{GAP}(?:财年|学年|年度|年代|年)(?:{GAP}(?:{_MONTHS}(?:{GAP}{_DAYS})?|{_PART_OF_YEAR}))?
  | {_MONTHS}(?:{GAP}{_DAYS})?
  | {_DAYS}(?:{GAP}{_DASH}{GAP}{_MONTHS}{GAP}{_DAYS})?
  | \d{{1,2}}[)）]{GAP}[日月]
  | [一二三四1-4]季度
  | 十[一二三四五六]五(?=[”」』"]|时期|规划|期间|开局|末|以来|收官|发展)
  | \d{{1,2}}点(?:{GAP}\d{{1,2}}分|半|整|钟)
  | \d{{1,2}}{GAP}时(?:{GAP}\d{{1,2}}{GAP}分)?(?!间|代|候|段|速)
  | (?:[01]?\d|2[0-4]):[0-5]\d(?::\d{{2}})?(?!\d)
  | (?:\d{{2}}|[一二三四五六七八九十]{{2,3}}){GAP}世纪(?:{GAP}(?:\d0|[一二三四五六七八九]十){GAP}年代)?
  | [五六七八九]十年代 | [2-9]0年代
    """,
    re.VERBOSE,
)
"""Dates and parts of years that begin with a numeral."""

FIRST_PART: Final = re.compile(rf"{_DAY_NUMBER}{GAP}(?:个{GAP}月|月|个?季度?|年(?![级的]))(?!内)")
"""What 前 or 首 makes a part of the year, or of a longer stretch: 前8月, 前5个月, 首三季, “十四五”前三年."""

LATE_YEAR: Final = re.compile(rf"{DIGIT_YEAR}(?!\d|[.,]\d|[A-Za-z%‰])")
"""A bare four-digit year, as in 2023数博会."""

PLUS_NAME: Final = re.compile(
    r"\d+(?:\+\n?[\dA-Za-zＮＸ]+|\s\+\s(?:\d+(?![\d家个项])|[NXＮＸ]))+|\d+\n?[Gg]\+?(?![A-Za-z0-9])"
    r"|\d{1,2}[×xX*]\d{1,3}(?:小时|天)?(?!\d)|\d比\d(?!\d)|0到1(?!\d)"
    r"|\d{1,3}(?:\.\d)?(?::\d{1,3}(?:\.\d)?){1,3}(?![\d:]|\s?[家个项名亿万%元人])|\d{1,2}·\d{1,2}(?!\d)"
    r"|\d{1,4}\^\d{1,4}|\d{1,3}/\d{1,3}(?![\d/%]|\.\d|\s?[家个项名亿万元人])"
)
"""Slogans and technologies: 2+N, 1+1+N, 5G+, 7×24, 3比1, 1:1, 6·18, 10^6, 24/7."""

LONGEST_DIGITS: Final = 24
"""Digits of the longest number that is taken for a quantity; a longer run is an identifier, or hostile."""

_TOO_LONG = rf"\d{{{LONGEST_DIGITS + 1},}}(?:[,.]\d+)*|\d{{1,3}}(?:,\d{{3}}){{{LONGEST_DIGITS // 3},}}(?:\.\d+)?"
_CHAIN = r"\d{1,6}(?:[-:/,~·.]\d{1,6}){8,2000}"
"""More numbers side by side than a list prints without blanks: a code, or noise."""
TOO_LONG: Final = re.compile(_TOO_LONG)
"""A number of more digits than that."""

IDENTIFIER: Final = re.compile(
    r"\d{3,4}-\d{4}[- ]\d{4}(?!\d)|(?<=[(（])[0368]\d{5}(?=[)）])|1[3-9]\d{9}(?!\d|\s{0,8}[万亿元家个人项名])"
    r"|\d{3,4}-\d{7,8}(?!\d)|0\d-\d{7,8}(?!\d)|0\d{1,2}-\d{4}-\d{4}(?!\d)|400-?\d{3}-?\d{4}(?!\d)"
    r"|(?<=[〔\[［])\d{4}[〕\]］]\s?(?:第\s?)?\d+\s?号|"
    rf"{_CHAIN}|{_TOO_LONG}"
    r"|(?!(?:19|20)\d\d\.)\d{1,5}(?:\.\d{1,5}){2,}"
)
"""Telephone numbers, numbers of documents and versions, and digit strings too long for a quantity."""

RUN: Final = re.compile(f"{_RUN}+")
"""Numeral characters side by side, however many."""

SLOGAN: Final = re.compile(trie((*idioms.SLOGANS, *idioms.PLACES)))
"""A fixed phrase that begins with a numeral."""

START: Final = re.compile(
    rf"[0-9{tables.NUMERAL_CHARS}半翻数几.]"
    rf"(?:(?<![翻数几.])|(?<=翻)(?={_BREAK}番)|(?<=[数几])(?=[十百千万亿])|(?<=\.)(?<![^\s(（，,:~-]\.)(?=\d)"
    rf"|(?<=[一-鿿]\.)(?=\d{{1,6}}%))"
)
"""Where a number can begin in Chinese text; one class first, which the engine seeks without trying alternatives."""

_OF_DATES = "年月日号点时世季分至度半期规开末以收发"
"""Characters behind a numeral that can make a date or a share of it."""
PLAIN: Final = re.compile(
    r"(?:\d{1,3}(?:,\d{3}){1,3}(?!\d)|(?P<year>(?:1[89]|20|21)\d\d(?=[一-鿿]))|\d{1,8})(?:\.\d{1,8})?"
    rf"(?=[%一-鿿])(?![比到])(?P<dated>(?=[{_OF_DATES}]))?"
)
"""Western digits that can be no identifier, name or cut number, so that none of these need be tried.

With neither `year` nor `dated` they can be no date or share either, unless the words before make one of them.
"""
PLAIN_RUN: Final = re.compile(rf"{_RUN}{{1,40}}(?![{tables.NUMERAL_CHARS}])(?=[%一-鿿])(?![{_OF_DATES}比到])")
"""The same of a Chinese numeral; it can still begin an idiom."""
_MAY_FOLLOW: Final = "".join({head for head, _ in _UNITS}) + tables.NUMERAL_CHARS + _OF_DATES + "几点多余来个数之至到"
IN_WORD: Final = re.compile(rf"{_RUN}(?=[一-鿿])(?![{re.escape(_MAY_FOLLOW)}])")
"""One numeral before a character that begins no unit, scale or rest of a date: 一般, 二氧化碳; a word, or a slogan."""
WIDE_DIGIT: Final = re.compile(r"[０-９]")

WIDE_SEPARATOR: Final = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
"""A thousands separator printed full width, between digits printed full width; else ， parts two numbers."""

TITLE: Final = re.compile(r"《[^《》]{1,80}》")
"""The name of a document; numerals inside are part of it."""

TENTHS: Final = re.compile(r"[一二三四五六七八九半](?!批|[个条家])")
"""The half step behind 成: 一成五 is 15 %."""

RANGE_DASH: Final = re.compile(
    rf"(?:{GAP}(?:[-—~至到]|–|——){GAP}|\s(?:to|and)\s)(?=[$¥€£]?[0-9{tables.NUMERAL_CHARS}])"
)
