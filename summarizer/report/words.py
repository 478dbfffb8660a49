"""The words of the interface, Chinese and English; a page holds both, and shows those of its reader's language."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from markupsafe import Markup

from summarizer.report.visible import plain


class Words(NamedTuple):
    """One thing, in two languages."""

    zh: str
    en: str


GRADES: Final[Mapping[str, Words]] = {
    "error": Words("有误", "Wrong"),
    "warning": Words("存疑", "Doubtful"),
    "unreported": Words("简报未提", "Left out of the brief"),
    "contradiction": Words("原文矛盾", "The article contradicts itself"),
    "ok": Words("已核实", "Proved"),
    "note": Words("说明", "Notes"),
}
KINDS: Final[Mapping[str, Words]] = {
    "number": Words("数字", "number"),
    "policy": Words("政策", "policy"),
    "quote": Words("引语", "quote"),
    "park": Words("园区", "park"),
    "unreported": Words("未提", "left out"),
    "contradiction": Words("矛盾", "contradiction"),
    "finding": Words("说明", "note"),
}
VERDICTS: Final[Mapping[str, Words]] = {
    "exact": Words("一致", "exact"),
    "normalised": Words("写法不同，值相同", "other writing"),
    "moved": Words("在别的句子里", "in another sentence"),
    "rounded": Words("约整", "rounded"),
    "scale": Words("量级不符", "off by a power of ten"),
    "digits": Words("数字不符", "other digits"),
    "sign": Words("升降相反", "direction turned round"),
    "unit": Words("单位不符", "other unit"),
    "absent": Words("原文没有", "not in the article"),
    "altered": Words("引文有改动", "not word for word"),
}
CODES: Final[Mapping[str, Words]] = {
    **VERDICTS,
    "label-swapped": Words("指标张冠李戴", "label of another number"),
    "label-unsupported": Words("指标无依据", "label not supported"),
    "period-unsupported": Words("时期无依据", "period not supported"),
    "park-unsupported": Words("园区无依据", "park not supported"),
    "target-as-actual": Words("目标写成实绩", "target told as reached"),
    "scope": Words("范围不符", "other scope"),
    "speaker-unsupported": Words("说话人无依据", "speaker not supported"),
    "unread": Words("未能读出", "could not be read"),
    "withdrawn": Words("模型已撤回", "taken back by the model"),
    "reask-failed": Words("重问失败", "re-ask failed"),
    "completed": Words("补问所得", "added by the follow-up"),
    "completion-failed": Words("补问失败", "follow-up failed"),
    "same-telling": Words("通稿", "same telling as another article"),
}
PLACES: Final[Mapping[str, Words]] = {"summary": Words("摘要", "summary"), "period": Words("时期", "period")}
"""Parts of a brief that findings speak of, besides its items."""
STATUSES: Final[Mapping[str, Words]] = {
    "verified": Words("通过", "verified"),
    "flagged": Words("有疑点", "flagged"),
    "failed": Words("无内容", "nothing extracted"),
    "unread": Words("没有简报", "without a brief"),
    "target": Words("目标", "target"),
    "forecast": Words("预计", "forecast"),
    "subject": Words("主要园区", "subject"),
    "mentioned": Words("提及", "mentioned"),
}
QUANTITIES: Final[Mapping[str, Words]] = {
    "count": Words("计数", "count"),
    "money": Words("金额", "money"),
    "ratio": Words("比率", "ratio"),
    "percentage_point": Words("百分点", "percentage point"),
    "measure": Words("计量", "measure"),
    "date": Words("日期", "date"),
    "duration": Words("时长", "duration"),
    "ordinal": Words("序数", "ordinal"),
    "name": Words("名称", "name"),
    "identifier": Words("编号", "identifier"),
    "idiom": Words("习语", "idiom"),
    "none": Words("无单位", "no unit"),
}
UNITS: Final[Mapping[str, Words]] = {
    "CNY": Words("元", "CNY"),
    "USD": Words("美元", "USD"),
    "percentage_point": Words("个百分点", "percentage points"),
    "basis_point": Words("个基点", "basis points"),
    "": Words("无单位", "no unit"),
}
"""Units that are no words of the article."""


def told(zh: str, en: str) -> Markup:
    """Return something in both languages; the page shows one."""
    return Markup('<span class="t" lang="zh">{}</span><span class="t" lang="en">{}</span>').format(plain(zh), plain(en))


def word(table: Mapping[str, Words], name: object) -> Markup:
    """Return a name in both languages; one that the table does not know stands as it is."""
    found = table.get(str(name))
    return Markup("{}").format(plain(str(name))) if found is None else told(*found)


def both(table: Mapping[str, Words], name: object) -> Words:
    """Return a name in each language, for attributes."""
    return table.get(str(name)) or Words(str(name), str(name))
