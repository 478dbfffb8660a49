"""Prints articles again, for bench/tellings.py: as papers do with a wire story, and changed so that it is another."""

import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from summarizer.dateline import read_publication
from summarizer.names import find_parks
from summarizer.quantities import scan

_HEADLINES: Final = ("{park}交出亮眼成绩单", "奋楫争先 再启新程", "看{park}如何破局", "跑出高质量发展“加速度”")
_DATELINES: Final = (
    "新华社澜州{day}电（记者 张三、李思远）",
    "本报讯（记者 王小明 通讯员 赵一鸣）",
    "中新网澜州{day}电 （周明 吴倩）",
    "本报讯 ",
    "【澜江日报讯】",
)
_SOURCES: Final = (
    "来源：澜江日报",
    "发布时间：{date} 08:30 来源：澜江新闻网",
    "本报记者 钱途",
    "▶ 孙立群 周舟",
    "（来源：新华社）",
)
_FEET: Final = (
    "责任编辑：郑好",
    "（责任编辑：郑好）",
    "编辑：郑好 校对：冯程 审核：陈晨",
    "（完）",
    "【责任编辑:郑好】",
)
_TAILS: Final = ("下一步，园区上下将同心协力，续写高质量发展新篇章。", "奋进的号角已经吹响，新的征程就在脚下。")
_SECTIONS: Final = ("综合新闻", "要闻", "第05版：要闻", "首页 > 新闻中心 > 园区要闻")
_WIDE: Final = str.maketrans("0123456789%", "０１２３４５６７８９％")
_ASCII: Final = str.maketrans("，；：！？（）", ",;:!?()")
_ROUND: Final = str.maketrans("“”", "「」")

Change = Callable[[str, random.Random], str]


def _head(text: str) -> int:
    """Return where the report begins: behind all lines without a stop."""
    place = 0
    for line in text.split("\n"):
        if re.search("[。？…]", line) or len(line) > 60:
            return place
        place += len(line) + 1
    return 0


def _wrapped(text: str, rng: random.Random) -> str:
    width = rng.choice((15, 18, 21, 24, 30))
    start, between = _head(text), rng.choice(("\n", "\n\n"))
    report = text[start:].split("\n")
    lines = [line[place : place + width] for line in report for place in range(0, len(line), width)]
    return text[:start].replace("\n", between) + between.join(lines)


def _headline(text: str, rng: random.Random) -> str:
    parks = find_parks(text[_head(text) :])
    chosen = rng.choice([line for line in _HEADLINES if parks or "{" not in line])
    return chosen.format(park=parks[0].name if parks else "") + "\n" + text[_head(text) :]


def _dateline(text: str, rng: random.Random) -> str:
    start = _head(text)
    body = re.sub(r"^本报讯 ?(?:[（(][^）)]*[）)])? ?", "", text[start:])
    day = _day(text)
    return text[:start] + rng.choice(_DATELINES).format(day=f"{day.month}月{day.day}日") + body


def _day(text: str) -> date:
    """Return a day on which the article could be printed again: its own, or the last that it names."""
    printed = read_publication(text).published
    if printed is not None:
        return date.fromisoformat(printed)
    days = re.findall(r"(?<![0-9])([0-9]{1,2})月([0-9]{1,2})日", text[:400])
    return date(2024, int(days[0][0]), int(days[0][1])) if days else date(2024, 6, 25)


def _source(text: str, rng: random.Random) -> str:
    return rng.choice(_SOURCES).format(date=_day(text).isoformat())


def _spaced(text: str, rng: random.Random) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9])(?=[\u4e00-\u9fff])", " ", text)


def _stopped(text: str, rng: random.Random) -> str:
    return text.replace("；", "。") if "；" in text else text.replace("。", "；", 1)


_HARMLESS: Final[dict[str, Change]] = {
    "line width": _wrapped,
    "paragraphs split": lambda text, rng: re.sub(r"。(?![”’」』\n]|$)", "。\n　　", text),
    "paragraphs joined": lambda text, rng: text[: _head(text)] + text[_head(text) :].replace("。\n", "。"),
    "full-width figures": lambda text, rng: text.translate(_WIDE),
    "half-width marks": lambda text, rng: text.translate(_ASCII),
    "quotation marks": lambda text, rng: text.translate(_ROUND),
    "other stops": _stopped,
    "blanks at figures": _spaced,
    "blanks gone": lambda text, rng: re.sub(r"(?<=[0-9]) (?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) (?=[0-9])", "", text),
    "other headline": _headline,
    "headline gone": lambda text, rng: text[_head(text) :],
    "dateline": _dateline,
    "section, source line": lambda text, rng: f"{rng.choice(_SECTIONS)}\n{_source(text, rng)}\n{text}",
    "source line": lambda text, rng: text[: _head(text)] + _source(text, rng) + "\n" + text[_head(text) :],
    "editor's line": lambda text, rng: f"{text}\n{rng.choice(_FEET)}",
    "closing words": lambda text, rng: f"{text}\n{rng.choice(_TAILS)}" if text.endswith("。") else text,
}


def reprints(text: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) of harmless reprints; `mixed` ones have a headline, a dateline, a foot and other lines."""
    for kind, change in _HARMLESS.items():
        yield kind, change(text, rng)
    for _ in range(4):
        mixed = _dateline(text, rng)
        if rng.random() < 0.6:
            mixed = _headline(mixed, rng)
        mixed = f"{mixed}\n{rng.choice(_FEET)}"
        for kind in rng.sample(("paragraphs split", "full-width figures", "half-width marks", "blanks gone"), 2):
            mixed = _HARMLESS[kind](mixed, rng)
        yield "mixed", _wrapped(mixed, rng) if rng.random() < 0.3 else mixed


_SWAPS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "unit": (
        ("亿元", "万元"),
        ("万元", "亿元"),
        ("亿元", "亿美元"),
        ("个百分点", "%"),
        ("%", "个百分点"),
        ("家", "个"),
        ("名", "万名"),
    ),
    "direction": (
        ("增长", "下降"),
        ("下降", "增长"),
        ("提高", "降低"),
        ("增加", "减少"),
        ("高于", "低于"),
        ("超过", "不足"),
    ),
    "target told as actual": (
        ("力争", "已"),
        ("预计", ""),
        ("计划", "已"),
        ("目标", "成绩"),
        ("将", "已"),
        ("拟", "已"),
    ),
    "qualifier": (("近", "超"), ("超过", "约"), ("突破", "接近"), ("以上", ""), ("余", "")),
    "negation": (("实现", "未实现"), ("完成", "没有完成"), ("是", "不是"), ("已", "未"), ("有", "没有")),
    "period": (
        ("上半年", "下半年"),
        ("去年", "今年"),
        ("今年", "去年"),
        ("一季度", "二季度"),
        ("同比", "环比"),
        ("前三季度", "上半年"),
    ),
    "scope": (("全区", "全市"), ("全省", "全国"), ("园区", "全市"), ("高新区", "经开区"), ("公司", "园区")),
    "spoken numeral": (("一", "二"), ("三", "四"), ("两", "三"), ("十", "百"), ("五", "六")),
}
_SENTENCE: Final = re.compile(r"[^。\n]*[0-9][^。\n]*。")


def harmful(text: str, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, note, text): the article with one change of its report that makes it another telling."""
    start = _head(text)
    match = re.match(r"[^\n，。]{0,20}?[电电讯](?:[ （(][^）)\n]{0,40}[）)])?", text[start:])
    start += match.end() if match else 0
    body = text[start:]
    yield from ((kind, note, text[:start] + changed) for kind, note, changed in _changed(body, rng))


def _changed(body: str, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    figures = list(re.finditer(r"[0-9]", body))
    for found in rng.sample(figures, min(20, len(figures))):
        digit = rng.choice([char for char in "0123456789" if char != found[0]])
        yield "one digit", body[found.start() - 8 : found.end() + 4], _put(body, found, digit)
    for found in rng.sample(figures, min(6, len(figures))):
        yield "digit dropped", body[found.start() - 8 : found.end() + 4], _put(body, found, "")
        yield "digit added", body[found.start() - 8 : found.end() + 4], _put(body, found, found[0] + "1")
    for found in list(re.finditer(r"20[0-9]{2}年", body))[:6]:
        yield "year", found[0], _put(body, found, f"{int(found[0][:4]) - 1}年")
    for found in list(re.finditer(r"[0-9]\.[0-9]", body))[:5]:
        yield "point dropped", found[0], _put(body, found, found[0].replace(".", ""))
    for kind, swaps in _SWAPS.items():
        for old, new in swaps:
            for found in list(re.finditer(re.escape(old), body))[:4]:
                yield kind, body[max(0, found.start() - 8) : found.end() + 8], _put(body, found, new)
    yield from _renamed(body)
    yield from _sentences(body, rng)


def _put(body: str, found: re.Match[str], new: str) -> str:
    return body[: found.start()] + new + body[found.end() :]


_SPEAKER: Final = re.compile(
    r"(?:主任|书记|局长|经理|董事长|创始人|负责人)([\u4e00-\u9fff]{2,3})(?=说|表示|介绍|透露|坦言)"
)


def _renamed(body: str) -> Iterator[tuple[str, str, str]]:
    for park in find_parks(body)[:4]:
        other = "栖霞" + park.name[2:] if not park.name.startswith("栖霞") else "临江" + park.name[2:]
        yield "park once", park.name, body[: park.start] + other + body[park.end :]
        yield "park everywhere", park.name, body.replace(park.name, other)
    for found in list(_SPEAKER.finditer(body))[:4]:
        yield "person", found[1], body[: found.start(1)] + "郑重其" + body[found.end(1) :]
    for found in list(re.finditer(r"《([^》]{4,})》", body))[:3]:
        yield "policy", found[1], body[: found.start(1)] + "关于" + body[found.start(1) :]
    for found in list(re.finditer(r"“([^”]{12,})”", body))[:3]:
        yield "quotation", found[1], body[: found.start(1) + 3] + "更" + body[found.start(1) + 3 :]


_TELLING: Final = (
    "不过，这一目标并未实现。",
    "上述数据有误，特此更正。",
    "“这很难得。”王明说。",
    "园区印发《惠企若干措施》。",
)


def _sentences(body: str, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    told = list(_SENTENCE.finditer(body))
    for found in rng.sample(told, min(5, len(told))):
        yield "sentence with figure gone", found[0], _put(body, found, "")
    for place in (len(body), *(found.end() for found in told[:3])):
        added = "全年新增就业3200人。"
        yield "sentence with figure added", added, body[:place] + added + body[place:]
    for added in _TELLING:
        yield "telling sentence added", added, body.rstrip() + added
        yield "telling sentence added", added, added + body
    if len(told) > 2:
        one, other = told[0], told[-1]
        swapped = body[: one.start()] + other[0] + body[one.end() : other.start()] + one[0] + body[other.end() :]
        yield "sentences exchanged", one[0], swapped
    cut = body[: len(body) * 3 // 4]
    yield "last quarter cut", "", cut[: cut.rfind("。") + 1]
    values = [found for found in scan(body) if found.is_fact and found.text[0].isdigit()]
    for left, right in zip(values[:-1:3], values[1::3], strict=False):
        if left.text != right.text:
            changed = body[: left.start] + right.text + body[left.end : right.start] + left.text + body[right.end :]
            yield "figures exchanged", f"{left.text} {right.text}", changed
    yield "next year's bulletin", "", re.sub(r"[0-9]+", lambda found: str(int(found[0]) + rng.randint(1, 3)), body)


_PARKS: Final = ("临澜", "栖原", "雁渡", "松岚", "赤桥", "南泽", "星桥", "瑞堰")
_TEMPLATE: Final = """{park}高新区{year}年上半年经济运行情况
今年上半年，{park}高新区深入贯彻落实各项决策部署，坚持稳中求进工作总基调，经济运行总体平稳、稳中向好。
{year}年1—6月，全区实现地区生产总值{a}亿元，同比增长{b}%。规模以上工业总产值{c}亿元，增长{d}%。
园区成立于1992年，是国务院批准的首批国家级高新区之一，规划面积126平方公里，下辖5个街道、2个镇。
固定资产投资增长{e}%，其中工业投资增长{f}%。新签约项目{g}个，总投资{h}亿元。
下一步，园区将聚焦主责主业，优化营商环境，全力以赴完成全年目标任务。"""


def templated(rng: random.Random) -> dict[str, str]:
    """Return bulletins of eight parks and ten years, and for each another one in which a single figure is new."""
    articles: dict[str, str] = {}
    for park in _PARKS:
        for year in range(2014, 2024):
            values: dict[str, object] = {name: rng.randint(10, 990) / 10 for name in "abcdefh"}
            values |= {"g": rng.randint(10, 99), "park": park, "year": year}
            articles[f"{park}{year}"] = _TEMPLATE.format(**values)
            values[rng.choice("abcdefh")] = rng.randint(10, 990) / 10 + 0.03
            articles[f"{park}{year} amended"] = _TEMPLATE.format(**values)
    return articles
