"""Cuts a label for a number from the words around it: what is counted or measured, without the number itself.

Only words of the sentence are used, in their order, so that a label can be found again where it came from.
"""

import re
from typing import Final

from summarizer.quantities import Quantity

LABEL_CHARS: Final = 24
_ENGLISH_CHARS: Final = 70
_ENGLISH_WORDS: Final = 9

_MARK: Final = re.compile(r"[，、。；：！？,;:!?（）()“”‘’「」『』《》\n…—]")
_SOFT_MARK: Final = re.compile(r"[，。；：！？,;:!?（）()\n…—]")
_LEAD_IN: Final = re.compile(
    r"^(?:其中|并|且|以及|及|和|与|共(?![建同享])|目前|现有|现(?![场代金实])|拥有|有(?![效机色限])|建有|已(?!投)|截至目前|累计|新增"
    r"|据悉|据了解|此外|同时|为(?!期)|达(?!成)|有着|，|、|\s)+"
    r"(?=.{3})"
)
_LEAD_OUT: Final = re.compile(
    r"(?:已经|已|预计|预|共计|共|总计|累计|达到|達到|达|達|为|為|则|則|(?<![签簽节節制])[约約]|近|超过|超|逾|突破|不少于|不低于|有|只|仅|至|到|占"
    r"|由|从|從|将|將|可望|有望|完成了|实现了|吸引|引进了|其中|，|、|\s|：|:|(?<=..)的)+$"
)
_RELATION: Final = re.compile(
    r"^(?:较?(?:同比|环比|年|比上年|比去年|较上年同期|较去年)?"
    r"(?:增长|增加|下降|减少|提高|上升|回落|增|減|减|提升|增幅)(?:了|至|约|超|逾)*|占比|占|增速|增幅)+$"
)
_CARRIES_ON: Final = re.compile(
    r"^(?:(?:升|降|增|减|压缩|缩短|扩大|提高|增加|减少|提升)(?:至|到|为)|和|或|及|、|至|到)+$"
)
"""Words between two values of one thing: 由9.8%升至15.3%, 3000元、1500元和800元."""
_PLACE: Final = re.compile(r"^[^，。]*?(?:高新[区區]|园区|園區)(?:已|现有|现(?![场代])|拥有|在|共|有)+(?=.{2})")
_NOUN: Final = re.compile(
    r"(?!的|中|内|以上|以下|在(?!建)|和|与|及|等|是|为|被|均|都|已|正|左右|进入|入选|获|同比|增长)[一-鿿]{2,14}?"
    r"(?=中[一-鿿]|在|为|向|对|等|被|均|都|已|正在|进入|入选|获|位列|落户|签约$|投产$|的|达|占|、|$)"
)
_WHOLES: Final = frozenset({"家", "个", "個", "名", "位", "项", "項", "所", "件", "座", "条", "款", "支", "人"})
"""Counters behind which the thing counted may stand."""

_LATIN: Final = re.compile(r"[\x00-\xff‐-‟]*")
_NUMERAL: Final = re.compile(
    r"(?:[\d.,]+|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|and|or|to|between|about|of)(?:-\w+)?)",
    re.IGNORECASE,
)
_VERBS: Final = r"(?:is|are|was|were|be|been|has|have|had|will|would|and|but|as|after|while|by|with|said)"
_LEFT_LEAD: Final = re.compile(
    r"^(?:(?:and|but|which|that|who|it|they|them|the|a|an|of|to|is|are|was|were|has|have|had|also|"
    r"(?:the |its |their )?(?:zone|park|company)(?= \w+))\b\s*)+",
    re.IGNORECASE,
)
_LEFT_TAIL: Final = re.compile(
    r"(?:(?:^|\s+)(?:nearly|about|around|almost|some|over|exceeded|exceeding|reached|reaching|totall?ed|hit|stood|worth|"
    r"more|less|fewer|than|at|least|most|up|by|to|of|for|from|in|on|the|a|an|its|and|as|between|only|"
    r"accounted|was|were|is|are))+$",
    re.IGNORECASE,
)
_CONTINUES: Final = re.compile(
    r"(?:^|\s)(?:compared with|compared to|up from|down from|against|up|down)$", re.IGNORECASE
)
_RIGHT_LEAD: Final = re.compile(
    r"^(?:(?:of (?:it|them|these|those)|have been|has been|is|are|was|were|the|a|an)\b\s*)+", re.IGNORECASE
)
_RIGHT_END: Final = re.compile(
    rf"\s+(?:{_VERBS}|(?:this|last|next) (?:year|month|quarter)|so far|from a year earlier|a year earlier)\b.*$",
    re.IGNORECASE,
)
_RIGHT_TAIL: Final = re.compile(r"(?:\s+(?:of|in|than|a|an|the|at|to|from|on|for))+$|^(?:of|in|than|at|to|from)$")
_CLAUSE_WORD: Final = re.compile(r"\b(?:and|were|was|are|is|among|of|the)\b", re.IGNORECASE)
_COMPARED: Final = re.compile(r"^(?:higher|lower|more|less|up|down|above|below|of|from)\b")


def label_of(text: str, quantity: Quantity, floor: int, end: int, before: str) -> str:
    """Return the words that name a number: those before it, or behind it where nothing stands before.

    `floor` and `end` bound the search in `text`; `before` is the label of the number before in the same sentence.
    """
    left = text[max(floor, quantity.start - 3 * LABEL_CHARS) : quantity.start]
    behind = text[quantity.end : min(end, quantity.end + _ENGLISH_CHARS)]
    right = re.split(r"\d", _MARK.split(behind[:LABEL_CHARS])[0])[0].strip()
    own = _clause_of(left)
    if _LATIN.fullmatch(own + right + quantity.text):
        return _english(left, quantity, re.split(r"[\d.,;:()\n“”\"]", behind)[0], before)
    return _chinese(left, own, quantity, right, before)


def _chinese(left: str, own: str, quantity: Quantity, right: str, before: str) -> str:
    plain = _LEAD_OUT.sub("", _LEAD_IN.sub("", own)).strip()
    squeezed = "".join(own.split())
    if before and (_CARRIES_ON.match(squeezed) or _CARRIES_ON.match("".join(left.split()))):
        return before
    if _RELATION.match(squeezed) or _RELATION.match(plain):
        return (before + squeezed)[-LABEL_CHARS:] if before else squeezed
    counted = _NOUN.match("".join(right.split())) if quantity.unit in _WHOLES else None
    if counted:
        doing = "".join(_PLACE.sub("", plain).split()) if _MARK.split(left)[-1].strip() else ""
        return (doing[-(LABEL_CHARS - len(counted.group())) :] if doing else "") + counted.group()
    if len(plain) < 2 or (quantity.unit and len(plain) < 3 and len(right) >= 2):
        plain = (plain + right) if len(right) > 1 else (_longer(left) or plain or right)
    return "".join(_PLACE.sub("", plain).split())[-LABEL_CHARS:] or quantity.unit or "数量"


def _clause_of(left: str) -> str:
    """Return the last clause of the words before a number; a 、-list counts as one clause only from its last mark."""
    parts = _MARK.split(left)
    own = parts[-1]
    if len(own.strip()) < 2 and len(parts) > 1:
        own = parts[-2] + own
    return own


def _longer(left: str) -> str:
    """Return the words before the last soft mark when the clause itself is empty."""
    parts = [part.strip() for part in _SOFT_MARK.split(left) if part.strip()]
    return parts[-1] if parts else ""


def _english(left: str, quantity: Quantity, behind: str, before: str) -> str:
    """Return what is counted (companies that signed up) or what stands before an amount (Actual foreign investment).

    A figure in brackets, or one that only compares, takes the label of the number before it.
    """
    clause = re.split(r"[,.;:\n“”\"]\s", left)[-1]
    if before and (clause.rstrip().endswith("(") or _CONTINUES.search(clause.rstrip())):
        direction = re.search(r"\b(?:up|down)$", clause.rstrip())
        return f"{before}, {direction.group()}" if direction else before
    doing = _LEFT_TAIL.sub("", _LEFT_LEAD.sub("", clause.strip().lstrip("-( ")))
    right = _RIGHT_TAIL.sub("", _RIGHT_END.sub("", " " + _RIGHT_LEAD.sub("", behind.strip()))).strip()
    counted = _counted(quantity)
    if before and not doing and not counted and _COMPARED.match(right):
        return _shortened(f"{before}, {right}")
    if counted:
        doing = _CLAUSE_WORD.split(doing)[-1].strip()
    elif quantity.text[-5:].count("-"):  # a 12-inch wafer plant
        doing = ""
    elif quantity.kind == "measure":
        right = right.removeprefix("of ")
    elif quantity.kind == "ratio" and doing and right.startswith("of "):
        return f"{doing}, {right}"
    elif doing and not right.startswith("on "):
        right = ""
    return _shortened(" ".join(word for word in (doing, counted, right) if word)) or before or "number"


def _counted(quantity: Quantity) -> str:
    """Return the things counted, as `certified high-tech enterprises` of `500 certified high-tech enterprises`."""
    words = quantity.text.split() if quantity.kind == "count" and quantity.unit else []
    while words and _NUMERAL.fullmatch(words[0]):
        words = words[1:]
    return " ".join(words)


def _shortened(label: str) -> str:
    return " ".join(label.split()[-_ENGLISH_WORDS:])
