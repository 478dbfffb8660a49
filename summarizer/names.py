"""Finds the names of high-tech parks in a text, without a model and without a list of places.

Chinese prints no blanks, so where a park's name begins is not marked: 近日烟台高新区 is a date word and a name. The
words that cannot be part of a name end it on the left, and where a park is named more than once the longest stem that
its occurrences share settles the rest.
"""

import re
from collections import Counter
from typing import Final, NamedTuple

_KIND: Final = (
    r"高新技术产业开发区|高新技術產業開發區|高新技术产业园区|高新技术开发区|高新[区區]|科[学學][园園][区區]"
    r"|科技[园園][区區]|科学城"
)
_SUFFIX: Final = re.compile(rf"(?:国家(?:级)?(?:{_KIND})|國家(?:級)?(?:{_KIND})|{_KIND})(?!管理局|分局)")
"""What a park's name ends in; each alternative begins with a letter, so that the engine seeks their few heads."""
_STEM_CHARS: Final = 10
_STEM: Final = re.compile(r"[一-鿿]*$")
_CUT: Final = re.compile(
    r".*(?:[年月日天]|近日|日前|目前|今年|去年|来自|來自|作为|作為|走进|走進|位于|位於|以及|其中|本报|记者|記者|推动|推動|支持|助力|服务|成为|成為|获评|推荐|组织|"
    r"全国|全國|全省|全市|各地|我国|大陆|企业|公司|省内|市内|周边|如今|当前|同时|此次|据悉|了解|表示|介绍|由于|对于|关于|通过|经过|围绕|依托|携手|引领|带动|建设|打造|推进|促进|激活|赋能|融入|落户|入驻|牵手|扎根|扶持|奔赴|考察|调研|参观|联合|签约|"
    r"[在与與和及对對向从從由让讓使为為了的是据據称稱该該本全各到进進赴至于於被将將把给給跟以并並而但故受因如等个個家名位当來来省市盟])"
)
_ENGLISH_ENDS: Final = ("Zone", "Park", "District")
_ENGLISH: Final = re.compile(
    r"(?<![A-Za-z'’-])(?:[A-Z][A-Za-z'’-]{1,30}\s){1,5}?(?:National\s)?"
    r"(?:High[- ][Tt]ech(?:nology)?|Hi[- ][Tt]ech|Science(?:\sand\sTechnology)?|Technology)\s"
    r"(?:(?:Industrial|Industry|Development)\s){0,2}" + f"(?:{'|'.join(_ENGLISH_ENDS)})"
)
_GENERIC: Final = frozenset(
    {"", "国家", "国家级", "级", "省级", "市级", "全", "各", "该", "本", "大", "两", "多", "老", "新", "一", "园区"}
)


class ParkMention(NamedTuple):
    """One place where a text names a park."""

    name: str
    start: int
    """Offset of the name's first character in the text searched."""
    end: int


def find_parks(text: str) -> list[ParkMention]:
    """Return every place where `text` names a high-tech park, in order; a bare 高新区 is none. Linear, pure."""
    english = _ENGLISH.finditer(text) if any(word in text for word in _ENGLISH_ENDS) else ()
    found = [ParkMention(" ".join(match.group().split()), *match.span()) for match in english]
    suffixes = list(_SUFFIX.finditer(text))
    floors = [0, *(match.end() for match in suffixes)]
    stems = _settle([_cut(_stem(text, floor, match.start())) for floor, match in zip(floors, suffixes, strict=False)])
    for match, stem in zip(suffixes, stems, strict=True):
        if stem not in _GENERIC and len(stem) > 1:
            found.append(ParkMention(stem + match.group(), match.start() - len(stem), match.end()))
    return sorted(found, key=lambda mention: mention.start)


def _stem(text: str, floor: int, end: int) -> str:
    """Return the Chinese characters directly before `end`, none before `floor`."""
    match = _STEM.search(text, max(floor, end - _STEM_CHARS), end)
    return match.group() if match else ""


def _cut(stem: str) -> str:
    """Drop what cannot belong to a name from the left; provinces and cities stay only when nothing else is left."""
    match = _CUT.match(stem)
    rest = stem[match.end() :] if match else stem
    return rest if len(rest) > 1 else ""


def _settle(named: list[str]) -> list[str]:
    """Return for each stem the one that the occurrences agree on."""
    counts: Counter[str] = Counter()
    for stem in named:
        counts.update(stem[-size:] for size in range(2, len(stem) + 1))
    settled = []
    for stem in named:
        best = stem
        if len(stem) > 2 and counts[stem[-2:]] > 1:
            shared = [size for size in range(2, len(stem) + 1) if 2 * counts[stem[-size:]] > counts[stem[-2:]]]
            best = stem[-max(shared) :] if shared else stem
        settled.append(best)
    return settled
