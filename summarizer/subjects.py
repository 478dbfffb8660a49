"""Whose a number is: a park's, a firm's, a city's, the nation's; by the subject of its clause.

A clause that opens with a name (澄隅科技现有员工230人, 全省实现增加值…, 园区新增…) speaks of what it names, and so do
the clauses behind it until another subject opens one. Words in other places (占全省的四成, 在全国) name no subject.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from summarizer.article import Article

Owner = Literal["park", "firm", "person", "region", "nation", "world", "open"]
"""Whose the numbers of a clause are; `open` is a clause that counts anew without saying whose (现有企业118家)."""


def _any(words: str) -> str:
    """Return a pattern for any of the words, which blanks divide."""
    return f"(?:{'|'.join(words.split())})"


_LEAD_WORDS: Final = (
    "放到 放眼 纵观 整个 相邻的 邻近的 同城的 其中 目前 当前 截至 同期 同时 此外 另外 据悉 据了解 据介绍"
    " 其实 而 且 并 从 看 如今 眼下 日前 近日 近年来 去年 今年 明年 上年 全年 上半年 下半年 年初 年底 以来"
    " 来 底 末 初 当年 当月"
)
_LEAD: Final = (
    rf"(?:\s|—|第?\d{{1,2}}名|[“”\"'‘’▶●■◆·▲]|{_any(_LEAD_WORDS)}"
    r"|(?:规模|規模|体量|體量|投资|投資|金额|金額|总额|總額)?(?:最大|最高|居首)的"
    r"|[前一二三四]{1,2}季度|\d{1,4}\s?年度?|\d{1,2}(?:[-—–~至]\d{1,2})?\s?[月日]|二[〇○零]..年|“?十[二三四五]五”?(?:期间|时期)?"
    r"|记者(?:从[^，]{0,12})?获?悉|[在对于](?=[^，。]{2,12}(?:[，。]|$)))*"
)
"""What may stand before the subject of a clause."""
_NO_NAME: Final = (
    "占居获批合计走距在列为是由从到于被超比较位和与及等有租下已聚集深耕申请建该各达增新近约共中内上现的这本落驻"
)


def _han_without(chars: str) -> str:
    """Return a class of the Chinese characters but these; with a look ahead for each, a clause takes a third more."""
    edges = [ord("一") - 1, *sorted(map(ord, set(chars))), ord("鿿") + 1]
    return f"[{''.join(f'{chr(low + 1)}-{chr(high - 1)}' for low, high in pairwise(edges) if high - low > 1)}]"


_C: Final = _han_without(_NO_NAME)
"""A character that names of regions, parks and firms are made of, rarely any other words."""
_SECTOR: Final = _any(
    "科技 电子 電子 股份 光电 光電 半导体 半導體 精密 重工 重装 药业 藥業 制药 生物 智能 新材 芯科 微电子 机器人"
    " 通信 软件 航空 航天 创投 創投 激光 传感 陶瓷 精工 铝材 铝业 钢铁"
    " 电气 电器 医药 重科 化工 机械 仪器 实业 控股 汽车 能源 储能"
)
_NO_FIRM_WORDS: Final = (
    "产业 企业 园 城 领域 创新 人才 成果 型 项目 集群 制造 装备 技术 大 馆 中心 厅 局 部 工作 服务"
    " 奖 金融 特派 支 、 零 材"
)
_NO_FIRM: Final = f"(?!{_any(_NO_FIRM_WORDS)})"
_FIRM: Final = (
    rf"(?:{_C}{{2,8}}?(?:{_SECTOR}|（[一-鿿]{{2,6}}）)?(?:股份)?"
    r"(?:有限责任公司|有限公司|(?<!上市)(?<!分)(?<!子)公司|集团|集團)(?![数们])"
    rf"|(?!社会|新能源|高端|智能|现代|先进|数字|生物|绿色|传统|未来){_C}{{2,4}}?{_SECTOR}{_NO_FIRM})"
)
_PARK_WORDS: Final = _any(
    "高新[区區] [园園][区區] 全[区區](?!域) [区區][内內] 开发区 開發區 科学城 科技城"
    " 科[学學][园園][区區] 科技[园園][区區]"
)
_ZONE: Final = rf"{_C}{{0,8}}?" + _any(
    "经济技术开发区 经济开发区 经开区 综合保税区 综保区 保税区 自贸区 示范区 产业园 科学城 科技城 新区 港区"
)
_NO_REGION: Final = (
    r"(?![级級首唯第最场場值直民政委长長各领領外])(?!排名|范围|重点|知名|优秀|先进|平均|同类|唯一|人大|政协|一流|百强)"
)
_SAYING: Final = _any("[们的]?说 表示 介绍 告诉 认为 指出 坦言 透露 称 强调 提出 要求 希望 建议 们")
_HEAD: Final = re.compile(
    rf"{_LEAD}(?:(?P<anaphor>(?:该|这家|本)?(?:公司|集团|集團)|该企业|这家[^，。]{{0,16}}企业)(?![数们总A-Za-z])"
    rf"|(?P<world>全球|全世界|世界|国际上?){_NO_REGION}"
    rf"|(?P<nation>全国|全國|我国|我國|国内|中国|全行业){_NO_REGION}"
    rf"|(?P<region>全省|全市|{_C}{{2,4}}?[省市]){_NO_REGION}"
    rf"|(?P<park>{_PARK_WORDS}|{_C}{{2,10}}?{_PARK_WORDS}|{_ZONE})"
    rf"(?:(?:内|的)?[一-鿿]{{0,4}}企业)?(?P<firm_in>{_FIRM})?"
    rf"|(?:[一-鿿]{{1,4}}企业)?(?P<firm>{_FIRM})"
    rf"|(?P<person>(?:[他她]|[老小][王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁])(?!{_SAYING}))"
    r"|(?P<open>前者|后者|两者|双方|(?:现有|共有|拥有|累计拥有|全年新)(?=[^，。；]{0,20}\d)))"
)
_HEAD_ENGLISH: Final = re.compile(
    r"\s*(?:(?:In|By|At|As of|Of them|Meanwhile|Last year|This year|And|while|and)[^,]{0,40},\s*)?"
    r"(?:(?P<world>[Gg]lobal(?:ly)?|[Ww]orldwide|[Tt]he world)"
    r"|(?P<nation>China|[Nn]ationwide|[Tt]he (?:country|nation))\b"
    r"|(?P<region>[Tt]he (?:province|city)|[A-Z][a-z]+ (?:Province|City)|[A-Z][a-z]+'s)\b"
    r"|(?P<park>[Tt]he (?:zone|park|science park)|[A-Z][A-Za-z -]{2,40}? (?:Zone|Park))\b"
    r"|(?:Among [^,]{0,40} is )?(?P<firm>(?:[A-Z][A-Za-z]+ ){1,3}"
    + _any(
        "Semiconductor Photonics Technolog(?:y|ies) Electronics Group Co Inc Ltd Corp Company Motors? Energy Pharma\\w*"
        " Materials"
    )
    + r")\b|(?P<anaphor>[Tt]he company)\b)"
)
_ALIAS: Final = re.compile(r"（(?:以下|下)?简称：?[“\"]?([一-鿿A-Za-z]{2,8})[”\"]?）")
_CLAUSE: Final = re.compile(r"(?:[^，,。；;：:！？!?\n（）().]|\.(?!\s))+")


_BESIDE: Final = re.compile(
    r"(?:(?P<share>占)|(?<!平均)[高低][于於]|在)(?P<name>全[省市国國球])(?:平均(?:水平|值)?)?\s?$"
)
"""What the park is held against, right before the number: 占全市1126.2亿元, 均高于全市9.3%."""
_BESIDE_CHARS: Final = 14
_PROFILE, _PROFILE_SHARE = 5, 1.5
"""How often, and how much oftener than parks and towns, firms must be the subject for an article to portray one."""
_PRONOUNS: Final = ("前者", "后者", "两者", "双方")
_PARK_NAME: Final = re.compile(rf"{_PARK_WORDS}|{_ZONE}")
_COUNTS_ON: Final = ("现有", "共有", "拥有", "累计拥有", "全年新")
_PART: Final = re.compile(r"[；;。\n]")
_SENTENCE: Final = re.compile(r"[。\n]")
_FIRM_REACH: Final = 400
_ALIASES_WITHIN: Final = 100_000


class Governor(NamedTuple):
    """The subject that a clause opens with."""

    start: int
    """Offset of the clause in the clean text."""
    owner: Owner
    name: str


class Subjects:
    """The subjects of one article's clauses, found once."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._governors: list[Governor] = []
        text, head = article.text, _HEAD_ENGLISH if article.language == "en" else _HEAD
        known = _known_firms(text)
        for clause in _CLAUSE.finditer(text):
            start, end = clause.span()
            found = _governor(known.match(text, start, end) if known else None, start)
            found = found or _governor(head.match(text, start, end), start)
            if found is not None and not (found.name in _COUNTS_ON and self._carries_on(text, start)):
                self._governors.append(found)
        self._starts = [governor.start for governor in self._governors]

    def parks_before(self, start: int) -> Iterator[str]:
        """Yield the parks that open the clauses before `start` in its paragraph, the nearest first."""
        for place in range(bisect_right(self._starts, start) - 1, -1, -1):
            governor = self._governors[place]
            if start - governor.start > _FIRM_REACH or "\n" in self._article.text[governor.start : start]:
                return
            if governor.owner == "park":
                yield governor.name
            elif governor.owner != "open" or governor.name in _PRONOUNS:
                return

    def park_names(self) -> list[str]:
        """Return the names of parks that open clauses, as often as they do."""
        return [governor.name for governor in self._governors if governor.owner == "park"]

    @cached_property
    def _profiled(self) -> Governor | None:
        """The firm that an article portrays: most of its clauses that name a subject name it."""
        firms = [governor for governor in self._governors if governor.owner == "firm"]
        others = sum(governor.owner in ("park", "region") for governor in self._governors)
        return firms[0] if len(firms) >= _PROFILE and len(firms) > _PROFILE_SHARE * others else None

    def _carries_on(self, text: str, start: int) -> bool:
        """Whether a firm of the same part is still the subject: 澄隅科技成立于2017年，现有员工230人."""
        last = self._governors[-1] if self._governors else None
        if last is None or last.owner != "firm":
            return False
        return not (_SENTENCE if text.startswith(("拥有", "累计拥有"), start) else _PART).search(
            text, last.start, start
        )

    def governor(self, start: int, kind: str) -> Governor | None:
        """Return the subject of the clause of the number at `start`, or of one before it; None where none is named.

        `kind` is the number's. A firm holds for the rest of its paragraph, anything else for the rest of its sentence.
        """
        article = self._article
        sentence = article.sentence_at(start)
        beside = _BESIDE.search(article.text, max(0, start - _BESIDE_CHARS), start)
        if beside is not None and kind != "percentage_point" and not (kind == "ratio" and beside.group("share")):
            return Governor(start, "region", beside.group("name"))
        place = bisect_right(self._starts, start) - 1
        if sentence is None or place < 0:
            return None
        found = self._governors[place]
        if found.start >= sentence.start - 1:
            return found if found.owner != "open" else None
        here = start - found.start <= _FIRM_REACH and "\n" not in article.text[found.start : start]
        if here:
            return found if found.owner == "firm" else None
        return self._profiled


def _known_firms(text: str) -> re.Pattern[str] | None:
    """Return a pattern of the firms that the text names by a short form: 烁澜微电子有限公司（以下简称“烁澜微”）."""
    found = {name for name in _ALIAS.findall(text[:_ALIASES_WITHIN]) if not _PARK_NAME.search(name)}
    names = sorted(found, key=len, reverse=True)
    return re.compile(rf"{_LEAD}(?P<firm>{'|'.join(names[:20])})") if names else None


def _governor(match: re.Match[str] | None, start: int) -> Governor | None:
    if match is None:
        return None
    groups = match.groupdict()
    if groups.get("firm_in"):
        return Governor(start, "firm", groups["firm_in"])
    for group, owner in _OWNERS.items():
        if groups.get(group):
            return Governor(start, owner, groups[group])
    return None


_OWNERS: Final[dict[str, Owner]] = {
    "anaphor": "firm",
    "firm": "firm",
    "park": "park",
    "region": "region",
    "nation": "nation",
    "world": "world",
    "person": "person",
    "open": "open",
}
