"""Words that say how a number is meant: as a result or a target, up or down; and which periods govern.

The rules extractor writes by them and the check judges by them, so that they agree on what a target is.
"""

import re
from functools import lru_cache
from typing import Final

from summarizer.value import Status

STATUS_BEFORE, STATUS_BEHIND = 400, 12
"""How many characters before and behind a number its status is read from; the longest sentence of targets in the
evaluation set has 190."""
_TARGET: Final = (
    r"力争|争取|力爭|爭取|确保|確保|打算|(?<!对照)(?<!完成)目标(?!的|任务|责任|导向|要求|明确|考核)|目標(?!的)"
    r"|(?<!年度)(?<!行动)(?<![占比较按原])(?<!三年)(?<!发展)[计計][划劃](?![的（(”》，。、]|经济|单列)"
    r"|[按依](?:照|据)?[^，。]{0,16}规划，|规划到|年度计划(?=投资|总投资|新|完成)(?!投资的|总投资的)"
    r"|要(?=把|将|在|干到|达到|突破|实现|完成|新增|力争|确保|建成|引进)|[須须应應][达達]到?|不得(?=超|低|少)|挑[战戰]$"
    r"|下一步|拟(?=[于在])|年内(?=将|交付|建成|投产|新|完成|实现)"
    r"|\b(?:aims? to|aiming (?:to|for)|targets?|plans? to|planned|hopes? to|goal|seeks? to|set to|pledged? to)\b"
)
_YEAR_AHEAD: Final = (
    r"(?:^|(?<=[，,。；;：:\s”》）)]))到(?:20[2-9]\d|民[国國]1[1-9]\d)年?(?:底|末)?|\b[Bb]y (?:the end of )?20[2-9]\d\b"
)
_AT_HAND: Final = r"[拟擬](?=[用投建新增招引开開发發]|$)"
"""Planned, but only the item of the list that it stands in: 在建18家、拟开工24家，开工率60%."""
_FORECAST: Final = (
    r"预计|預計|预期(?=\d|可|将|达|增)|预测|預估|预估|有望|可望|料将|届时|屆時"
    r"|将(?=达|突破|实现|建|超|新增|形成|有|投入|投资|带动|提供|交付|可|组建|出台|推出|开工|聘|建设)|將(?=達|突破|實現|建成|超|新增|形成|有|投入|釋出|聘|開工|建設)"
    r"|[将將](?=[于於在从從新])|后，?(?:每年|年)?可(?=[达带新实增为提释减])|expected to|expects? to|forecast"
    r"|projected to|\bwill (?:reach|exceed|have|be|create|add|rise|grow)\b"
)
_REACHED: Final = (
    r"已(?!知|成为|于)|已于|[完实达][成现到]了|仅完成|超额|提前(?=完|实|达)|(?<![比较較由从從])(?:目前|上年|去年|前年)|眼下|[現现]有|当前"
    r"|上个?月|截至(?!20[3-9])|累计(?=完成|实现|达|有|已)"
    r"|前[一二三]季度|\b(?:currently|last year|so far|already|generated|rose|grew)\b"
)
_HEADS: Final = (
    "、，,。！？!?\n；;拟擬到力争爭确確打目計计划划按依年要规须須應应不得挑下预預有可料将將届屆后已完实达仅超提上去前眼下现現当截累达"
    "BabcefghlnprstwABCEFGHLNPRSTW"
)
"""What the cues begin with; most characters of a sentence begin none, so that nothing else is tried there."""
_CUES: Final = re.compile(
    rf"(?=[{_HEADS}])(?:(?P<year>{_YEAR_AHEAD})|(?P<hand>{_AT_HAND})|(?P<mark>[、，,])|(?P<target>{_TARGET})"
    rf"|(?P<forecast>{_FORECAST})|(?P<reached>{_REACHED})|(?P<stop>[。！？!?\n])|(?P<part>[；;]))"
)
_AHEAD: Final = re.compile(rf"(?=[{_HEADS}])(?:{_YEAR_AHEAD}|{_AT_HAND}|{_TARGET}|{_FORECAST})")
"""Any cue of a target or a forecast."""
_FRAME: Final = ("目标", "目標", "下一步", "规划", "goal", "target", "按", "依")
"""Cues of a whole list of goals, which semicolons divide: 目标是：总值增长8%；投资增长12%."""
_BEHIND: Final = re.compile(
    r"(?:左右|以上)?\s?(?:的?(?P<target>目[标標]|[拟擬]|计划(?=\d|在|于|今|明|年))|(?P<forecast>预计|有望))"
)
_OF_TARGET: Final = re.compile(r"目[标標](?:值|任务)?[为是]?\s?[\d.,]+\s?[万亿]{0,2}[一-鿿]{0,3}的\s?[约近超]?\s?$")
"""完成全年目标110亿元的53.0%: what was reached of a target is no target."""
UP: Final = re.compile(
    r"增长|增加|增至|增幅|上升|上涨|提高|提升|扩大|攀升|高出|高于|增速|年增|增長|成長|成长|翻[了过近约]{0,2}$|翻番|increase|grew|growth|rise"
    r"|rose|up\b|higher"
)
DOWN: Final = re.compile(
    r"下降|减少|減少|降低|下滑|回落|缩减|下跌|降幅|跌幅|低于|年减|年減|衰退|降至|decrease|fell|decline|drop"
    r"|down\b|lower"
)


@lru_cache(maxsize=512)
def told_status(before: str, behind: str = "") -> tuple[Status, str | None]:
    """Return what its sentence makes of a number, and the cue that says so; `actual` and None where none does.

    `before` are the sentence's words up to the number, `behind` a few after it. A cue holds over commas until another
    one, a word of achievement or the sentence's end. Over a semicolon only goals and years hold; 拟 ends at any mark.
    """
    if _OF_TARGET.search(before):
        return "actual", None
    after = _BEHIND.match(behind)
    if after is not None:
        return ("target" if after.group("target") else "forecast"), after.group()
    if _AHEAD.search(before) is None:  # most sentences
        return "actual", None
    status: Status = "actual"
    cue: str | None = None
    lasting = at_hand = False
    for match in _CUES.finditer(before):
        kind = match.lastgroup
        if kind in ("stop", "reached") or (kind == "part" and not lasting) or (kind == "mark" and at_hand):
            status, cue, lasting, at_hand = "actual", None, False, False
        elif kind == "forecast":
            if status != "target":
                status, cue = "forecast", match.group()
        elif kind in ("target", "year", "hand"):
            status, cue = "target", match.group()
            lasting = lasting or kind == "year" or match.group().startswith(_FRAME)
            at_hand = kind == "hand"
    return status, cue


_COMPARED: Final = re.compile(r"(?:[较較比]|[高低快慢优大多少当][于於]|than|than in|from|from a)\s*(?:the\s+)?$")
_COMPARED_REACH: Final = 12
_BASE_YEAR: Final = re.compile(r"[由从從自]\s*$")
"""What stands before the year that a change starts from: 由去年的22天压缩到15天."""
_SINCE: Final = re.compile(r"\s*(?:起|开始|以来|[到至—–~-])")
_NAMED_AFTER: Final = ("“", "《", "「", "『")
_DATELINE: Final = re.compile(r"\s{0,2}(?:\(Xinhua\)\s{0,2})?(?:--|—|[电電讯訊])")
"""What stands behind the day of a dateline: WANLU, Jan. 16 --."""
_SPEAKING_DAY: Final = re.compile(r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today", re.IGNORECASE)
"""The day on which somebody said it, in English news."""


def governs(text: str, start: int, end: int) -> bool:
    """Whether the period at `[start, end)` of `text` can be that of numbers.

    It is not where it serves a comparison (比2022年增长, 由去年的22天), names something (2024年“红链”行动), or is
    the day of a dateline or of a statement.
    """
    if text[end : end + 1] in _NAMED_AFTER or _DATELINE.match(text, end) or _SPEAKING_DAY.fullmatch(text, start, end):
        return False
    if _BASE_YEAR.search(text, max(0, start - 2), start) and not _SINCE.match(text, end):
        return False
    return _COMPARED.search(text, max(0, start - _COMPARED_REACH), start) is None
