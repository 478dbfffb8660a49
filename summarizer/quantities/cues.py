"""Words that say how a number is meant: as a result or a target, of the park or of a wider whole, up or down.

The rules extractor writes by them and the check judges by them, so that they agree on what a target is.
"""

import re
from typing import Final

from summarizer.value import Status

TARGET: Final = re.compile(
    r"力争|争取|力爭|爭取|目标是|目标为|目標|确保(?=实现|完成|达到|新增)"
    r"|计划(?:到|在|于|用|新建|新增|新开工|引进|总投资|建成|实现|投入)|将(?:达到?|突破|实现|建成|超过|新增)"
    r"|到(?:20[2-9]\d)年(?:底|末)?|拟(?:投资|建|新增)|aims? to|targets?|plans? to|by (?:the end of )?20[2-9]\d"
    r"|hopes? to|will (?:reach|exceed|have)"
)
"""What is planned or aimed at."""
FORECAST: Final = re.compile(r"预计|預計|预期|预测|有望|可望|expected to|forecast")
"""What is expected to come by itself."""
DONE: Final = re.compile(r"已(?!知)|累计|完成(?!目标)|实现了|达到了|超额|提前|已经")
"""A word of achievement between the cue and the number takes the cue back."""
WIDE: Final = re.compile(
    r"^(?:全球|世界|全世界|国际上|全国|我国|全省|全市|全行业|中国)|(?:全球|世界|全国|全省)(?:共|约|仅|有|已)"
)
"""The clause speaks of the world, the nation or the province."""
UP: Final = re.compile(
    r"增长|增加|增至|增幅|上升|上涨|提高|提升|扩大|攀升|高出|高于|增速|年增|成長|成长|increase|grew|growth|rise"
    r"|rose|up\b|higher"
)
DOWN: Final = re.compile(
    r"下降|减少|減少|降低|下滑|回落|缩减|下跌|降幅|跌幅|低于|年减|年減|衰退|降至|decrease|fell|decline|drop"
    r"|down\b|lower"
)


def told_status(clause: str) -> tuple[Status, str | None]:
    """Return what the words before a number make of it, and the cue that says so; `actual` and None where none does."""
    cues: list[tuple[int, Status, str, int]] = [
        (match.start(), "target", match.group(), match.end()) for match in TARGET.finditer(clause)
    ]
    cues += [(match.start(), "forecast", match.group(), match.end()) for match in FORECAST.finditer(clause)]
    if not cues:
        return "actual", None
    _, status, cue, end = max(cues)
    if DONE.search(clause, end) or re.search(r"[。；;]", clause[end:]):
        return "actual", None
    return status, cue


def wide_scope(clause: str) -> str | None:
    """Return the words that give the clause a wider scope than a park, or None."""
    match = WIDE.search(clause.strip())
    return match.group() if match else None
