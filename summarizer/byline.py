"""Knows the lines and phrases that name who wrote an article, so that they are not taken for headlines.

Lower than the stages because two of them ask: sentences (a byline is no heading) and articles (who wrote it).
"""

import re

_ROLE = r"(?:本报|本刊|本网)?(?:特约|特派|见习|實習|实习|首席)?(?:记者|記者|通讯员|通訊員|撰稿人|撰稿|评论员|特约员)"
# 记者了解到, 记者从高新区获悉 begin a sentence, not a name; 张 三 is how a column of names is justified. Atomic,
# because a space may be within a name or between two, and trying both ways is exponential.
_NAME = (
    r"(?!从|在|了解|获悉|看到|采访|近日|日前|走进|发现|注意|随|就|也|從|獲悉|採訪)"
    r"(?>[\u4e00-\u9fff] {0,2}(?:(?!报道|報道|摄影)[\u4e00-\u9fff]){1,3}+(?:·[\u4e00-\u9fff]{1,8})?)"
)
_MORE = rf"(?:[ 、，,/／]{{1,2}}(?:{_ROLE} ?)?{_NAME}){{0,7}}+"
_PEOPLE = rf"(?:{_ROLE} ?)?{_NAME}{_MORE}"
_LATIN = r"[A-Z][\w.'’ -]{2,60}"
_OUTLET = r"(?:本报|本刊|本网|[\u4e00-\u9fff]{1,4}(?:社|网|報|报))"
_DATELINE = rf"{_OUTLET}[^，。（(\n]{{0,14}}?(?:讯|訊|电|電)"

# ▶ and □ alone announce a name; the other marks announce items of a list as well, so they need a role.
# One pattern for each two of these forms: a pattern with names in it costs 5 ms of every start to compile.
_MARKED_OR_CREDIT = re.compile(
    rf"(?:[▶►□] ?(?:文 ?[/／:：] ?)?|(?:文|作者|撰文|{_ROLE}) ?[/／:：] ?)({_PEOPLE}|{_LATIN})"
)
_WITH_ROLE = re.compile(rf"(?:[▷▲△■◆◇●○★☆◎] ?)?({_ROLE} ?{_NAME}{_MORE})(?: ?(?:报道|報道|摄影报道|文/图|文))?")
_HINT = re.compile(r"[▶►□▷▲△■◆◇●○★☆◎]|[文者员員稿人] ?[/／:：]|记者|記者|通讯员|通訊員|撰稿|评论员|特约员|\b(?:By|BY) ")
"""What every byline has; most lines have none of it."""
_ENGLISH = re.compile(r"(?:By|BY) ([A-Z][\w.'’-]+(?:,? (?:and )?[A-Z][\w.'’-]+){1,7})")
_FROM = r"(?:[／/ ][^／/ ）)】]{1,8}(?:报道|報導|電))?"  # 【記者某某／某地報導】, the usage in Taiwan
_BRACKETED = re.compile(rf"(?:{_DATELINE})? ?[（(【] ?({_ROLE}[ :：]?[^（）()【】。\n]{{1,60}}?){_FROM} ?[）)】]")
_OTHER_CREDIT = re.compile(
    r"[（(]?(?:来源|來源|责任编辑|責任編輯|责编|编辑|編輯|校对|版式|图片|摄影|供图|Source|Editor)s? ?[:：/／ ].{1,40}"
)
_DATE = re.compile(r"[0-9年月日/.:： \-]*[0-9日](?: ?(?:星期|周).)?")
_TRAILING = re.compile(r"[。！？!?.…][”’」』）)]* +([\u4e00-\u9fff]{2,4}(?: [\u4e00-\u9fff]{2,4}){0,4})$")
_PLACED = re.compile(rf"本报讯|本報訊|{_DATELINE}(?= |[（(]|$)")


def byline_of_line(line: str) -> str | None:
    """Return the names where the whole line is a byline, as printed without mark or brackets; else None."""
    line = line.strip()
    if len(line) > 100 or _HINT.search(line) is None:
        return None
    for pattern in (_MARKED_OR_CREDIT, _BRACKETED, _WITH_ROLE, _ENGLISH):
        match = pattern.fullmatch(line)
        if match is not None:
            return match[1].strip()
    return None


def byline_at_start(paragraph: str) -> str | None:
    """Return the names in brackets at the head of a paragraph, behind its dateline if it has one; else None."""
    match = _BRACKETED.match(paragraph)
    return match[1].strip() if match else None


def byline_at_end(paragraph: str) -> str | None:
    """Return the names behind the last full stop of a paragraph, alone or in brackets with a role; else None."""
    tail = paragraph[-100:]
    match = _TRAILING.search(tail)
    if match is not None:
        return match[1]
    opened = max(map(tail.rfind, "（(【"))
    match = _BRACKETED.fullmatch(tail[opened:]) if opened >= 0 else None
    return match[1].strip() if match else None


def is_credit(line: str) -> bool:
    """Tell whether the whole line names an author, an editor or a source: no headline, and no body text."""
    return byline_of_line(line) is not None or _OTHER_CREDIT.fullmatch(line.strip()) is not None


def is_date(line: str) -> bool:
    """Tell whether the whole line is a date, a time or another bare number."""
    return len(line) <= 40 and _DATE.fullmatch(line.strip()) is not None


def opens_report(line: str) -> bool:
    """Tell whether a line begins with a dateline (本报讯, 新华社北京7月3日电): always a new paragraph."""
    return _PLACED.match(line[:40]) is not None
