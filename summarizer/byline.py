"""Knows the lines and phrases that name who wrote an article, so that they are not taken for headlines.

Lower than the stages because two of them ask: sentences (a byline is no heading) and articles (who wrote it).
"""

import re

_ROLE = (
    r"(?:本报|本報|本刊|本网|本網)?(?:特约|特約|特派|见习|實習|实习|首席)?"
    r"(?:记者|記者|通讯员|通訊員|撰稿人|撰稿|评论员|特约员)"
)
_NAME = re.compile(
    r"(?!从|在|了解|获悉|看到|采访|近日|日前|走进|发现|注意|随|就|也|從|獲悉|採訪)(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8})"
)
"""One name; 记者了解到, 记者从高新区获悉 begin a sentence, not a name."""
_BETWEEN = re.compile(r"[ 、，,/／]+")
_MOST_NAMES = 8
_LATIN = re.compile(r"[A-Z][\w.'’ -]{2,60}")
_OUTLET = r"(?:本报|本刊|本网|[\u4e00-\u9fff]{1,4}(?:社|网|報|报))"
_DATELINE = rf"{_OUTLET}[^，。（(\n]{{0,14}}?(?:讯|訊|电|電)"

_MARK_OR_CREDIT = re.compile(rf"(?:[▶►□] ?(?:文 ?[/／:：] ?)?|(?:文|作者|撰文|{_ROLE}) ?[/／:：] ?)(?=\S)")
"""▶ and □ alone announce a name; other marks announce items of a list as well, so they need a role."""
_LIST_MARK = re.compile(r"[▷▲△■◆◇●○★☆◎] ?")
_WITH_ROLE = re.compile(_ROLE)
_REPORTED = re.compile(r" ?(?:摄影报道|报道|報道|文/图|文)$")
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
    for pattern in (_BRACKETED, _ENGLISH):
        match = pattern.fullmatch(line)
        if match is not None:
            return match[1].strip()
    announced = _MARK_OR_CREDIT.match(line)
    if announced is not None:
        names = line[announced.end() :]
        return names if _are_names(names) or _LATIN.fullmatch(names) else None
    mark = _LIST_MARK.match(line)
    named = _REPORTED.sub("", line[mark.end() :] if mark else line)
    return named if _WITH_ROLE.match(named) and _are_names(named) else None


def _are_names(words: str) -> bool:
    """Tell whether the words are names, with roles among them, and nothing else; 张 三 is how a column is justified."""
    names, single = 0, False
    for word in _BETWEEN.split(words):
        role = _WITH_ROLE.match(word)
        rest = word[role.end() :] if role else word
        if len(rest) == 1 and "\u4e00" <= rest <= "\u9fff":
            names, single = names + (not single), not single
        elif rest and _NAME.fullmatch(rest) is None:
            return False
        else:
            names += bool(rest)
    return 0 < names <= _MOST_NAMES and not single


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


_IMPRINT = re.compile(
    r"国内统一(?:连续出版物|刊)号|邮发代号|零售每份"
    r"|(?:责任编辑|責任編輯|责编|責編|美编|美編|组版|排版|版式|审读|本版编辑|本版责编) ?[：:／/ ]"
    r"|^(?:遗失声明|啟事|启事|声明|公告)[：:]|广告(?:刊登|热线|经营)|廣告|订阅(?:咨询|热线)|新闻热线|投稿邮箱"
)


def is_imprint(line: str) -> bool:
    """Tell whether the line is the paper's own: its numbers, its editors, its notices."""
    return len(line) <= 80 and _IMPRINT.search(line) is not None


def is_date(line: str) -> bool:
    """Tell whether the whole line is a date, a time or another bare number."""
    return len(line) <= 40 and _DATE.fullmatch(line.strip()) is not None


def opens_report(line: str) -> bool:
    """Tell whether a line begins with a dateline (本报讯, 新华社北京7月3日电): always a new paragraph."""
    return _PLACED.match(line[:40]) is not None
