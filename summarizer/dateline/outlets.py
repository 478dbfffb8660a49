"""Knows the names of newspapers and sites: alone in a line, beside a date, behind 来源."""

import re
from typing import Final

_STRONG: Final = (
    r"(?:(?:日|晚|晨|早|时|時|商|导|導|青年|工人|农民|農民|经济|經濟|科技|科学|科學|园区|園區|都市|都巿|特区|法治|产业|產業)[报報]"
    r"|[周週][报報刊]|新[闻聞][网網]|日[报報][网網]|通[讯訊]社)"
)
"""What a paper's name ends in and a headline does not, as long as the name is short."""
_WEAK: Final = (
    r"(?:[报報网網刊社]|[观觀]察|[发發][布佈]|融媒(?:[体體](?:中心)?)?|客[户戶]端|在[线線]|[电電][视視][台臺]|[广廣]播[电電][台臺]"
    r"|新媒[体體]|[头頭][条條]|公[众眾][号號]|[杂雜][志誌]|之[声聲])"
)
"""What speaks for an outlet only beside a date or a masthead."""
_NOT_PAPERS: Final = re.compile(
    r"(?:[战戰喜捷年季月简簡通汇匯海情预預申填回警板墙牆公呈上快电電见見]|[一这這张張][张張])[报報]$"
    r"|(?:互[联聯]|[电電管联聯全上组組物入张張]|因特|供水|[铁鐵]路|服[务務])[网網]$|旅行社|合作社|[报報通]社$"
)
"""捷报, 年报, 电网: ends of headlines."""
_VERB: Final = re.compile(r"[登获獲被赞讚刊亮荣榮读讀说說晒曬织織]|点[题題]|[聚走]")
_PREFIX: Final = r"[\u4e00-\u9fff]{2,10}?"
_PAPER: Final = re.compile(rf"《([^《》 ]{{2,20}})》|((?!本){_PREFIX}{_STRONG})")
_BESIDE: Final = re.compile(rf"《([^《》 ]{{2,20}})》|((?!本|[据據从從])[\u4e00-\u9fff]{{2,12}}{_WEAK})")
_LATIN_TAIL: Final = re.compile(r"[A-Za-z][A-Za-z .&'-]*")
_QUOTED_PAPER: Final = re.compile(r"[报報刊网網社]$|[杂雜][志誌]$")

ENGLISH: Final = re.compile(
    r"(?<![\w-])(?:The )?(?:[A-Z][\w'-]{1,20} ){1,3}"
    r"(?:Daily|Times|Post|News|Weekly|Journal|Herald|Gazette|Tribune|News Agency)(?![\w-])"
    r"|(?<![\w-])(?:Xinhua(?: News Agency)?|PRNewswire|Reuters|Caixin)(?![\w-])"
)
"""The name of a paper or agency in English."""
SOURCE: Final = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=信息)|(?<=稿件)|(?<=新闻)|(?<=新聞)|(?<=文章)|(?<=内容)|(?<=消息))"
    r"(?:[来來]源|稿源|出[处處]|[转轉]自|(?i:\bSource)) ?[:|/] ?"
    r"(?:《(?P<quoted>[^《》]{2,25})》|(?P<latin>[A-Z][\w.'&-]*(?: [A-Z][\w.'&-]*){0,4}(?![\w.]))"
    r"|(?P<name>[^ |()\[\]【】《》:,;。、<>\x00-\x1f]{2,25}))"
)
"""来源：云岭日报; not 数据来源, 图片来源, which tell where a table and a picture come from."""
_NOBODY: Final = re.compile(
    r"本[报報刊社站网網]|[网網][络絡路]|互[联聯][网網]|[综綜]合|原[创創]|[转轉][载載]|未知|不[详詳]|本站[原整]|(?i:internet|unknown|web)"
)
_CREDIT: Final = re.compile(r"(?:作者|[记記]者|通[讯訊][员員]|[编編][辑輯]|[责責][编編])")


def source_of(words: str) -> str | None:
    """Return who stands behind 来源 or Source in a line; None for nobody, and for 本报, 网络, 综合整理."""
    match = SOURCE.search(words)
    if match is None:
        return None
    name = (match["quoted"] or match["latin"] or match["name"]).strip(" -_")
    if match["name"]:
        name = _CREDIT.split(name)[0]
    return name if len(name) >= 2 and _NOBODY.match(name) is None else None


def paper_alone(line: str) -> str | None:
    """Return the name where a line is a paper's name and nothing else, its English name apart."""
    head, _, tail = line.partition(" ")
    if tail and _LATIN_TAIL.fullmatch(tail) is None:
        return None
    match = _PAPER.fullmatch(head)
    if match is None or (match[2] and not is_named(head)):
        return None
    return match[2] or (match[1] if _QUOTED_PAPER.search(match[1]) else None)


def paper_beside(words: str) -> str | None:
    """Return the name where words beside a date or a masthead are an outlet's: there a shorter proof will do."""
    match = _BESIDE.fullmatch(words)
    if match is None or (match[2] and not is_named(words)):
        return None
    return match[1] or match[2]


def is_named(words: str) -> bool:
    """Whether words that end as an outlet's name does are no headline's end: no verb in them, no 捷报, no 电网."""
    return _VERB.search(words[:-2]) is None and _NOT_PAPERS.search(words) is None
