"""Reads a page as units: paragraphs, headings, bylines, captions and furniture, each with its printed lines.

What one line is, is decided here by its own words and shape; whose it is, by page.py.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from summarizer.byline import byline_at_end, byline_of_line, is_date, is_imprint, opens_report
from summarizer.clean import Paragraph, paragraphs_of
from summarizer.names import find_parks

UnitKind = Literal["prose", "heading", "byline", "caption", "furniture"]

_TERMINAL: Final = re.compile(r"[。！？!?…][”’」』）)\]】》\"]*$|[a-z]\.[”\"]?$")
_PROSE: Final = re.compile(r"[。；]|[，、：][^：]*[，、]|[a-z]\. [A-Z]|[a-z], ")
_SIGNED_END: Final = re.compile(r"[。！？][”’」』）)]*\s?[（(]?[一-鿿\s·]{2,16}[）)]?$")
"""朱泳霏 or （苗　青） behind the last full stop: the article ends."""
_SIGNED_IN_BRACKETS: Final = re.compile(r"[（(][一-鿿](?:\s?[一-鿿]){1,3}(?:\s[一-鿿](?:\s?[一-鿿]){1,2}){0,3}[）)]$")
_PHOTOGRAPHER: Final = re.compile(
    r"(?:^|[。 \u3000])([一-鿿](?:[ \u3000]?[一-鿿]){1,3})[ \u3000]?(?:摄影|摄|攝|供图|供圖)[）)]?$"
)
_CAPTION: Final = re.compile(r"(?:摄|攝|摄影|供图|供圖|资料图片|/图|图片由[^。]{2,20}提供)[）)]?$")
_CAPTION_START: Final = re.compile(r"^(?:图为|圖為|图片?[①②③\d：:]|上图|下图|左图|右图)")
_NAME_REST: Final = re.compile(r"^[一-鿿]{0,3}\s?[摄攝][）)]?$")
"""The rest of a photographer's name on a line of its own: 舟摄."""
_STAFF: Final = re.compile(
    r"(?:编辑|編輯|校对|校對|英文|审读)\s?[：:／/]|本版(?:责编|编辑)|邮箱|信箱|E-?mail|热线电话|^地址[：:]|^电话[：:]"
)
_EDITION: Final = re.compile(
    r"第\s?[A-Z]?\d{1,2}\s?版|(?:星期|周)[一二三四五六日天](?![一-鿿])|^[A-Z]?\d{1,3}$|^[·•\s—-]*[A-Z]?\d{1,3}[·•\s—-]*$|^\d{2}\s?版"
)
_OUTLET: Final = re.compile(
    r"(?:日报|晚报|周报|週報|导报|導報|时报|時報|周刊|週刊|早报|商报|快报|WEEKLY|DAILY|Weekly|Daily)\s*$"
)
_HEAD_LINE: Final = re.compile(r"第\s?[A-Z]?\d{1,2}\s?版|\d{1,2}月\s?\d{1,2}\s?日.{0,8}(?:星期|周)")
_PAPER: Final = re.compile(r"^[一-鿿]{3,7}[报報]$")
_COLUMN: Final = re.compile(
    r"^(?:今日|本期|本版)?(?:导读|導讀|提要)$"
    r"|^[一-鿿]{0,4}(?:简讯|簡訊|一句话新闻|时评|時評|短波|快讯|速览|速遞|速递|动态|一览|要闻|综合|集锦|看台|副刊|图片新闻|國際|国际合作)(?:[·•][一-鿿]{2,4})?$"
)
_POINTS_ON: Final = re.compile(r"(?:详见|詳見|见|全文见|下转|上接|转)\s?第?\s?[A-Z]?\d{1,2}\s?版")
_SENTENCE: Final = re.compile(r"[。！？，；]")
_APART: Final = "。\n"
"""Between paragraphs, so that no name reaches over their ends."""
_WIDER: Final = 1.8
"""How much wider than the usual column the lines of a caption are: 78 to 88 against 30 to 34 on the seed page."""
_WIDEST_CAPTION: Final = 110
"""Half characters; a wider line is a paragraph that nobody wrapped."""
_CAPTION_CHARS: Final = 220
_MOST_CAPTIONS: Final = 0.15
"""Share of a page's paragraphs."""
_REST_CHARS: Final = 18
_COLUMN_WIDTH: Final = 60
"""Half characters; wider text is not set in columns."""
_FURNITURE_CHARS: Final = 60
_LATIN_SHARE: Final = 0.8
_HEADING_WIDTH: Final = 96
_NAME: Final = r"(?![^ ]*[区园企新业展提创发强促建投产经城会])[一-鿿](?: ?[一-鿿]){1,2}"
_NAME_ALONE: Final = re.compile(rf"^[（(■●▲]? ?{_NAME}(?: {_NAME}){{0,3}}[）)]?$")
"""阮慕雲 談笑, （热依娜 石 川）."""
_SURNAMES: Final = frozenset(
    "阮闵談谈欧阳歐陽关關苍易白童庞安车金喻仇丘巴辛巫幸桂奚阎阴霖杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫"
    "段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤盛舒耿祁卓霍纪池乔凌苗柯迟成穆葛宫解温柳殷尚庄聂章鲁岑裴简闻艾費费蒲鲍谷米臧翁屈詹欧管祝左席晏齐路俞骆虞颜张沙"
    "陳張劉楊黃趙吳孫馬羅鄭謝許馮鄧蔣葉蘇呂盧鍾譚陸賈韋鄒龍賀顧龔錢嚴湯紀喬遲莊魯費歐齊駱顏單簡聞"
)


class Unit(NamedTuple):
    """A paragraph or a line of its own, with what it is."""

    kind: UnitKind
    text: str
    lines: tuple[int, ...]
    """Numbers of its printed lines, from 0, blank lines counted."""
    parks: frozenset[str]
    """The parks that it names."""
    doubled: bool
    """True for a shadow headline."""

    @property
    def is_open(self) -> bool:
        """Whether its last sentence goes on elsewhere."""
        return self.kind == "prose" and not (_TERMINAL.search(self.text[-12:]) or self.is_signed)

    @property
    def is_signed(self) -> bool:
        """Whether its author is named behind its last full stop."""
        tail = self.text[-24:]
        if self.kind != "prose" or _SIGNED_END.search(tail) is None:
            return False
        return byline_at_end(self.text) is not None or _SIGNED_IN_BRACKETS.search(tail) is not None

    @property
    def is_edition(self) -> bool:
        """Whether it is the line at a page's head: the date, the number of the page."""
        return self.kind == "furniture" and _HEAD_LINE.search(self.text) is not None

    @property
    def photographer(self) -> str | None:
        """The name behind a caption: 贺闻舟 摄."""
        found = _PHOTOGRAPHER.search(self.text[-20:])
        return letters(found[1]) if found else None

    @property
    def signature(self) -> str | None:
        """The names in brackets behind its last full stop: （苗　青）."""
        found = _SIGNED_IN_BRACKETS.search(self.text[-24:]) if self.is_signed else None
        return found[0].strip("（()） ") if found else None

    @property
    def is_latin(self) -> bool:
        """Whether it is in a language of Latin letters."""
        return len(self.text.encode("ascii", "ignore")) > _LATIN_SHARE * len(self.text)

    @property
    def opens(self) -> bool:
        """Whether it begins a report: 本报讯."""
        return opens_report(self.text)


def units_of(text: str) -> list[Unit]:
    """Return the units of a page in the order of its lines; every line that is not blank is in exactly one."""
    paragraphs = paragraphs_of(text)
    parks = _parks([one.text for one in paragraphs])
    found = [
        Unit(_kind_of(one.text), one.text, one.lines, named, one.doubled)
        for one, named in zip(paragraphs, parks, strict=True)
    ]
    found = _with_names_again(list(_with_captions(_with_wide_captions(found, paragraphs))))
    return list(_with_pointers(found))


def _parks(texts: Sequence[str]) -> list[frozenset[str]]:
    """Return the parks that each paragraph names; where a name begins, the whole page tells."""
    starts, named = [0], [set[str]() for _ in texts]
    for text in texts:
        starts.append(starts[-1] + len(text) + len(_APART))
    for mention in find_parks(_APART.join(texts)):
        named[bisect_right(starts, mention.start) - 1].add(mention.name)
    return [frozenset(names) for names in named]


def _kind_of(text: str) -> UnitKind:
    bare = text.strip()
    if _is_furniture(bare):
        return "furniture"
    if _CAPTION_START.match(bare) or _CAPTION.search(bare):
        return "caption"
    if byline_of_line(bare) is not None or _is_name(bare):
        return "byline"
    if (
        _TERMINAL.search(bare[-12:])
        or _SIGNED_END.search(bare[-24:])
        or _PROSE.search(bare)
        or len(bare) > _HEADING_WIDTH
    ):
        return "prose"
    return "heading"


def _is_name(bare: str) -> bool:
    """Whether a line is names alone: with a mark or in brackets, or beginning with a surname."""
    if _NAME_ALONE.match(bare) is None:
        return False
    return not bare[0].isalnum() or bare[0] in _SURNAMES


def letters(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(char for char in text if char.isalnum())


def _is_furniture(bare: str) -> bool:
    if is_imprint(bare):
        return True
    if len(bare) > _FURNITURE_CHARS:
        return False
    if _COLUMN.match(bare) or _POINTS_ON.search(bare) or _STAFF.search(bare) or _PAPER.match(bare):
        return True
    if _SENTENCE.search(bare):
        return False
    return is_date(bare) or (len(bare) <= 40 and (_OUTLET.search(bare) or _EDITION.search(bare)) is not None)


def _with_captions(units: Sequence[Unit]) -> Iterator[Unit]:
    """Join the rest of a photographer's name, and the sentence before it, to their caption."""
    place = 0
    while place < len(units):
        unit = units[place]
        following = units[place + 1] if place + 1 < len(units) else None
        if following is not None and _goes_on(unit, following):
            parks = unit.parks | following.parks
            yield Unit("caption", unit.text + following.text, unit.lines + following.lines, parks, False)
            place += 2
            continue
        yield unit
        place += 1


def _with_wide_captions(units: Sequence[Unit], paragraphs: Sequence[Paragraph]) -> list[Unit]:
    """Make captions of short paragraphs whose lines are far wider than the page's columns; few are, or it has none."""
    widths = [one.width for unit, one in zip(units, paragraphs, strict=True) if unit.kind == "prose" for _ in one.lines]
    usual = sorted(widths)[len(widths) // 2] if widths else 0
    wide = [
        unit.kind == "prose"
        and _WIDER * usual < one.width <= _WIDEST_CAPTION
        and len(unit.text) <= _CAPTION_CHARS
        and not unit.opens
        for unit, one in zip(units, paragraphs, strict=True)
    ]
    prose = sum(unit.kind == "prose" for unit in units)
    if usual > _COLUMN_WIDTH or sum(wide) > _MOST_CAPTIONS * prose:
        return list(units)
    return [unit._replace(kind="caption") if is_wide else unit for unit, is_wide in zip(units, wide, strict=True)]


def _with_names_again(units: Sequence[Unit]) -> list[Unit]:
    """Make bylines of lines that are the names of a byline elsewhere: at the head and （热依娜 石 川） at the end."""
    named = {letters(unit.text) for unit in units if unit.kind == "byline"}
    return [
        unit._replace(kind="byline") if unit.kind == "heading" and letters(unit.text) in named else unit
        for unit in units
    ]


def _goes_on(unit: Unit, following: Unit) -> bool:
    """Whether two units are one caption, whose lines are wider than a column's."""
    if _NAME_REST.match(following.text.strip()):
        return unit.kind in ("prose", "heading", "caption")
    if unit.is_open and len(unit.lines) == 1 and following.kind == "caption":
        return not _CAPTION_START.match(following.text)  # a caption's lines are wider than a column's
    if unit.kind == "heading" and len(unit.lines) == 1 and following.kind == "caption" and not following.parks:
        return len(following.text) <= _REST_CHARS < len(unit.text)  # the caption's last line, after its first
    starts = unit.kind == "caption" and not _CAPTION.search(unit.text)
    return starts and following.kind == "caption" and not _CAPTION_START.match(following.text)


def _with_pointers(units: Sequence[Unit]) -> Iterator[Unit]:
    """Make furniture of the headlines in a box that points to other pages."""
    for place, unit in enumerate(units):
        following = units[place + 1] if place + 1 < len(units) else None
        before = units[place - 1] if place else None
        points = following is not None and following.kind == "furniture" and _POINTS_ON.search(following.text)
        in_box = before is not None and before.kind == "furniture" and "读" in before.text[-3:]
        if unit.kind == "heading" and (points or in_box):
            yield unit._replace(kind="furniture")
        else:
            yield unit
