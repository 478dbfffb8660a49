"""Takes away what a paper prints around a report and not of it: datelines, bylines, credits, its own date lines.

Two papers print one wire story with different furniture, so it is left out of their comparison. What is taken away is
never compared, which is why each pattern must fill the whole line or bracket and a line that holds a fact stays.
"""

import re
from typing import Final, NamedTuple

from summarizer.byline import byline_at_end, byline_of_line
from summarizer.dateline.lines import read_date_line
from summarizer.dateline.outlets import paper_alone
from summarizer.quantities import scan

SURNAMES: Final = (
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉"
    "阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶"
    "洪翟安颜顏倪严嚴牛温溫芦蘆季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛叢焦向柳邢骆駱岳齐齊尚梅莫庄莊辛管祝左涂谷祁时時舒耿卜路詹关關苗凌费費纪紀靳盛童欧歐"
    "甄项項曲游裴席卫衛查屈鲍鮑霍翁隋甘景单單柏宁寧房解阮柯池闵閔湛云雲米沙乌桂瞿佟宫宮冉蓝藍植仇司荀晏简簡虞褚喻冼臧滕蒙边邊卓应應"
)
_LONGEST: Final = 120
"""Characters of a line of furniture; the longest of the fixtures (date, source, reporters, size of type) has 62."""
_PROSE: Final = re.compile(r"。|[！？!?…][”’」』）)]*$|[.!?](?: |[”\"]?$)")
_PROSE_CHARS: Final = 60
_FILED_ON: Final = r"[\u4e00-\u9fff]{0,8} ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日 ?"
_DATELINE: Final = re.compile(
    rf"[【\[（(]?[据據]?(?:(?:本[报報刊网網台臺]|[\u4e00-\u9fff]{{1,6}}?[社网網报報])(?:{_FILED_ON}[电電讯訊]|[讯訊]|消息)"
    r"|(?:新[华華]社|中新社|中新[网網]|中[国國]新[闻聞]社|中央社)[\u4e00-\u9fff]{0,8}[电電])"
    r"(?:[】\])）]|(?=[\s（(【“「]|$)|(?<=[本][报報刊网網][讯訊])|(?<=日[电電讯訊]))\s*"
    r"|[A-Z][A-Za-z .'’-]{1,30}, [A-Z][a-z]{2,8}\.? [0-9]{1,2}(?:, [0-9]{4})?(?: \([A-Z]\w{1,20}\))? ?(?:--|—|–) ?"
)
"""本报讯, 澜江日报讯; 电 only with a day or behind an agency's name: 园区合作社光伏发电 is none."""
_DAY: Final = re.compile(r"([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日")
_BRACKET: Final = re.compile(r"[（(【\[]([^（）()【】\[\]\n]{1,60})[）)】\]]\s*")
_LAST_BRACKET: Final = re.compile(r"\s*[（(【\[]([^（）()【】\[\]\n]{1,60})[）)】\]]\s*$")
_REPORTED_FROM: Final = re.compile(r"[／/ ][\u4e00-\u9fff]{1,8}(?:报道|報導|報道|电|電)$")
_ROLE: Final = re.compile(r"[记記]者|通[讯訊][员員]|撰稿|[评評][论論][员員]|特[约約][员員]|\b(?:By|BY) ")
_BETWEEN: Final = r"(?:[、，,/／; ；|]{1,3})"
_PERSON: Final = rf"(?:[{SURNAMES}](?:[\u4e00-\u9fff]{{1,3}}| [\u4e00-\u9fff])|[A-Za-z.·]{{2,20}})"
_OUTLET: Final = (
    r"《?[\u4e00-\u9fffA-Za-z·]{2,20}"
    r"(?:[报報网網社刊台臺]|[发發][布佈]|在[线線]|客[户戶]端|中心|公[众眾][号號]|[观觀]察)》?"
)
_CREDIT: Final = re.compile(
    rf"(?:(?:(?:文章|稿件|信息|本文)?[来來]源|稿源|[转轉]自) ?[:：/／] ?{_OUTLET}{_BETWEEN}?"
    r"|(?:[责責]任[编編][辑輯]|[责責本值][班]?[编編][辑輯]?|[编編][辑輯审審]|校[对對]|[审審]核|[一二三初复終终][审審]|[监監]制|美[编編]|版式"
    r"|[摄攝]影|供[图圖]|作者|[记記]者|通[讯訊][员員])(?:(?<=者) | ?[:：/／] ?)"
    rf"{_PERSON}(?:{_BETWEEN}{_PERSON}(?! ?[:：/／]))*{_BETWEEN}?)+"
)
"""Sources and editors, one after the other; a source is an outlet, so that 来源：税收收入 is none."""
_NOTICE: Final = re.compile(r"完|[上下][接转轉][^，。]{0,10}版")
_SECTION: Final = re.compile(
    r"首页 ?[>＞»].*|(?:当前|您的|现在的)?位置 ?[:：].*[>＞»].*"
    r"|第? ?[A-Z]?[0-9]{1,2} ?版(?:[:：· ]{1,2}[\u4e00-\u9fff]{2,6})?"
    r"|[\u4e00-\u9fff]{0,2}(?:要闻|要聞)|[\u4e00-\u9fff]{2}新[闻聞]|综合|头版|专版|专题|特刊|导读"
)
_NAMES: Final = re.compile(
    rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}|[{SURNAMES}] [\u4e00-\u9fff]|[{SURNAMES}][{SURNAMES}][\u4e00-\u9fff]{{1,2}}"
)
_NO_NAME: Final = re.compile(
    r"[不未预預计計划劃约約估快报報数數据據审審核算目标標增减減升降误誤正订訂假否完待续續见見图圖注附元亿億吨噸价價比期径徑]"
)
"""（未经审计）, （可比价） and （亿元） stand where names stand."""
_TITLE: Final = re.compile(r"[（(【\[]?原(?:标|標|文标)[题題][為为是]?[:：]\s*(.+?)[）)】\]]?$")


class Report(NamedTuple):
    """What is left of an article without its furniture."""

    paragraphs: tuple[str, ...]
    titles: tuple[str, ...]
    """Headlines that a note tells of (原标题：…)."""
    filed: frozenset[tuple[int, int]]
    """Months and days of its datelines."""
    dated: frozenset[str]
    """Lines of the head that are a date and nothing else: a paper's own, or a chronicle's."""
    signed: frozenset[str]
    """Names without a role that were taken away: the writers', or those of a list."""


def strip_furniture(paragraphs: list[str]) -> Report:
    """Return the report in clean paragraphs: furniture lines at head and foot gone, datelines and names cut off."""
    prose = [place for place, words in enumerate(paragraphs) if _is_prose(words)]
    first, last = (prose[0], prose[-1]) if prose else (len(paragraphs), -1)
    kept: list[str] = []
    titles: list[str] = []
    filed: set[tuple[int, int]] = set()
    dated: set[str] = set()
    signed: set[str] = set()
    for place, words in enumerate(paragraphs):
        if place < first or place > last:
            told = _TITLE.fullmatch(words)
            if told is not None:
                titles.append(told[1])
                continue
            if _is_date_alone(words):
                dated.add("".join(words.split()))
                continue
            if is_furniture(words):
                continue
            if _are_names(_unbracketed(words).lstrip("▶►□■ ")):
                signed.add("".join(words.split()))
                continue
        elif len(words) <= _LONGEST and _is_byline(words):
            continue
        words = _without_dateline(words, filed)
        if place == last:
            words, names = _without_names(words)
            signed.update(names)
        words = _without_credit(words)
        if words.strip():
            kept.append(words.strip())
    return Report(tuple(kept), tuple(titles), frozenset(filed), frozenset(dated), frozenset(signed))


def is_furniture(line: str) -> bool:
    """Tell whether a line of head or foot is the paper's own: a date line, names, credits, the name of a section."""
    if len(line) > _LONGEST or _has_fact(line):
        return False
    bare = _unbracketed(line)
    return (
        _is_byline(line)
        or any(pattern.fullmatch(bare) for pattern in (_CREDIT, _NOTICE, _SECTION))
        or paper_alone(line) is not None
        or _is_dated(line)
    )


def _is_byline(line: str) -> bool:
    """Tell whether a line names writers by their role; ▶ alone also stands before headings."""
    return _ROLE.search(line) is not None and byline_of_line(line) is not None and not _has_fact(line)


def _is_prose(words: str) -> bool:
    return len(words) > _PROSE_CHARS or _PROSE.search(words) is not None


def _has_fact(words: str) -> bool:
    return any(found.is_fact for found in scan(words))


def _unbracketed(line: str) -> str:
    match = _BRACKET.fullmatch(line)
    return match[1].strip() if match else line.strip()


def _narrow(line: str) -> str:
    return " ".join(line.replace("：", ":").replace("（", "(").replace("）", ")").replace("，", ",").split())


def _is_dated(line: str) -> bool:
    dated = read_date_line(_narrow(line))
    return dated is not None and dated.form != "bare"


def _is_date_alone(line: str) -> bool:
    dated = read_date_line(_narrow(line))
    return dated is not None and dated.form == "bare"


def _without_dateline(words: str, filed: set[tuple[int, int]]) -> str:
    """Cut off a dateline and the names in brackets behind it, or such names alone; note the day that it prints."""
    match = _DATELINE.match(words)
    if match is not None and not _has_fact(match[0]):
        filed.update((int(month), int(day)) for month, day in _DAY.findall(match[0]))
        words = words[match.end() :]
    bracket = _BRACKET.match(words)
    if bracket is None or _has_fact(bracket[1]):
        return words
    named = _is_byline(_REPORTED_FROM.sub("", bracket[1].strip())) or (match is not None and _are_names(bracket[1]))
    return words[bracket.end() :] if named else words


def _without_credit(words: str) -> str:
    """Cut off brackets at the end that hold a byline, a credit or （完）."""
    match = _LAST_BRACKET.search(words[-64:])
    if match is None or _has_fact(match[1]):
        return words
    inside = match[1].strip()
    if _is_byline(inside) or _CREDIT.fullmatch(inside) is not None or _NOTICE.fullmatch(inside) is not None:
        return words[: len(words) - len(match[0])]
    return words


def _without_names(words: str) -> tuple[str, list[str]]:
    """Cut off the writers' names behind the report's last full stop, in brackets or bare; return them too."""
    match = _LAST_BRACKET.search(words[-64:])
    if match is not None and _are_names(match[1]) and words[: -len(match[0])].endswith(("。", "”", "！")):
        return words[: len(words) - len(match[0])], [match[1]]
    names = byline_at_end(words)
    if names is not None and _are_names(names) and words.endswith(names):
        return words[: -len(names)], [names]
    return words, []


def _are_names(words: str) -> bool:
    """Tell whether words in the place of names can be some: up to four, each with a surname."""
    parts = [part for part in re.split(r"[、，,]| (?=[\u4e00-\u9fff]{2})", words.strip()) if part]
    return 0 < len(parts) <= 4 and all(map(_NAMES.fullmatch, parts)) and _NO_NAME.search(words) is None
