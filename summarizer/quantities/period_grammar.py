"""The words of periods, Chinese and English. Patterns only; period_days.py and its neighbours say what they mean.

Source: the table of dates in fixtures/eval/README.md; GB/T 15835-2011 (dates in figures and in words); GB/T 7408 (dates
with hyphens); the People's Daily's style for 同期, 以来, 截至.
"""

import re
from typing import Final

from summarizer.quantities.grammar import DIGIT_YEAR, GAP

DASH: Final = r"(?:——|[-—~至到–])"
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}|廿[一二三四五六七八九]?)"
_CUT_YEAR = r"(?:(?:19|20)\n?\d\n?\d(?!\d))"
_YEAR = (
    rf"(?:(?:{_CUT_YEAR}|[〇零○一二三四五六七八九]{{4}}|民国{GAP}(?:\d{{1,3}}|[一二三四五六七八九十百]{{1,4}})|"
    rf"(?<!\d)(?:10[1-9]|11\d|12[0-5]))"
    rf"{GAP}(?:年度|财年|学年|年)(?!级|历史|多|来|间|以上|的历)|今年度?|本年度?|去年度?|上年度?|前年度?"
    rf"|明年度?|后年|上一年度?|[前后]一年)"
)
_QUARTER = r"(?:第?[一二三四1-4]季(?:度|(?![节]))|首季度?|末季|前[一二两三1-3]个?季度?|首[二两三23]个?季度?)"
_DAY = rf"(?:{_N}{GAP}[日号](?!楼|线|店|院|馆|站|厅|门|路|桥|文|公告|工程|令))"
_HOUR = rf"(?:\d{{1,2}}|[一二三四五六七八九十两]{{1,3}}){GAP}(?:[时點点](?:半|整|{GAP}\d{{1,2}}{GAP}分?)?|:\d\d)"
_CLOCK = rf"(?:(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜间|深夜|当晚|夜里|晨|早|晚)(?:{_HOUR})?|{_HOUR})"
_MONTH = rf"{_N}{GAP}月(?:份|{GAP}(?:底|末|初(?![步期始级])|中旬|上旬|下旬))?"
_MONTHS = (
    rf"(?:{_N}(?:{GAP}月?(?:份)?{GAP}(?:{DASH}|、){GAP}{_N})?{GAP}月(?:份|{GAP}(?:底|末|初(?![步期始级])|中旬"
    rf"|上旬|下旬))?)"
)
_DAYS = rf"{_MONTH}{GAP}{_N}(?:{GAP}[日号]?{GAP}(?:{DASH}|、){GAP}(?:{_MONTH}{GAP})?{_N})?{GAP}[日号](?:{GAP}{_CLOCK})?"
_PART = rf"(?:[上下]半年|{_QUARTER}(?:末|底)?|(?<!提)前{_N}{GAP}个?月|{_DAYS}|{_MONTHS}|全年|年[底末初中]|同期)"
_PART_OF_YEAR = rf"(?:{_PART}|[底末初](?![次期始级创试]|公司)|[春夏秋冬][天季])"
_SPAN_OF_YEARS = rf"{DIGIT_YEAR}{GAP}(?:年{GAP})?{DASH}{GAP}{DIGIT_YEAR}{GAP}年度?"
_SPAN_OF_ROC = rf"(?:民国)?1[0-3]\d年{DASH}1[0-3]\d年"
_SPAN_OF_MONTHS = rf"{_YEAR}{GAP}{_MONTH}{GAP}{DASH}{GAP}{_YEAR}{GAP}{_MONTH}"
_PLAN = (
    r"(?:[“「『]?十[一二三四五六]五[”」』]?|第十[一二三四五六]个五年规划)(?:时期|期间|前[一两二三四]年|末|以来"
    r"|开局之年|收官之年)?"
)
_RECENT = (
    rf"(?:(?:最近|过去的?|近){GAP}(?:\d{{1,2}}|[一二两三四五六七八九十]{{1,3}}|半){GAP}(?:个?季度|年|个月|天|周)"
    rf"(?:间|里|来)?)"
)
_NEAR_DAY = (
    r"(?:今[日天晨早晚]|昨[日天晚夜晨]|昨[（(]\d{1,2}[)）]日|今[（(]\d{1,2}[)）]日|前[日天](?!起床)|明[日天晚]"
    r"|后天)"
)
_NEAR = (
    rf"(?:{_NEAR_DAY}|[上本下这]周(?:[一二三四五六日末])?|(?:周|星期)[一二三四五六日天]|[上本下]个?月(?:底|末"
    rf"|初)?(?!球|饼)|[上本]季度?|[前上]一季度?)"
)
_CENTURY = (
    rf"(?:(?:上个?|本)世纪|(?:\d{{2}}|[一二][十]?[一二三四五六七八九十]?){GAP}世纪)(?:{GAP}(?:[1-9]0"
    rf"|[一二三四五六七八九]十){GAP}年代(?:初|末|中期)?)?"
)
_FIGURES = r"(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:[0-2]?\d|3[01])(?!\d)"
_VAGUE = r"近年来|近几年来?|近日|日前|目前|截至目前|当前|现有|如今|近期|连续多年|连续[一两二三四五六七八九十\d]{1,3}年"
CHINESE: Final = (
    rf"(?:截[至止](?:到)?{GAP})?(?:{_SPAN_OF_MONTHS}|{_SPAN_OF_YEARS}|{_SPAN_OF_ROC}|{_FIGURES}"
    rf"|{_YEAR}(?:{GAP}{_PART_OF_YEAR})?(?:以来|同期)?|{_PART}(?:以来)?|{_PLAN}|{_NEAR}|{_DAY}(?:{GAP}{_CLOCK})?)"
    rf"|{_RECENT}|{_CENTURY}|{_VAGUE}"
)

_MONTH_NAME = (
    r"(?:January|February|March|April|May(?![a-z])|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|\b))"
)
_EY = DIGIT_YEAR
_OF = rf"(?:\s(?:of|in)\s(?:the\syear|this\syear|last\syear|{_EY})|,?\s{_EY}(?!\d))"
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|\d{1,2})"
_ENGLISH_PART = (
    rf"(?:first|second)\shalf{_OF}?|(?:first|second|third|fourth|final|last)\squarter{_OF}?|first\s{_COUNT}\s"
    rf"(?:months|quarters){_OF}?"
    rf"|[QH][1-4]\s(?:of\s)?{_EY}|{_EY}\s?[QH][1-4]\b"
)
_ENGLISH_DAYS = (
    rf"(?<![A-Za-z]){_MONTH_NAME}\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:\s?(?:-|–|to)\s?"
    rf"(?:{_MONTH_NAME}\s)?\d{{1,2}}(?!\d))?(?:,?\s{_EY}(?!\d))?"
    rf"|\d{{1,2}}\s{_MONTH_NAME}(?:\s{_EY}(?!\d))?"
)
_ENGLISH_MONTHS = (
    rf"(?<![A-Za-z]){_MONTH_NAME}\s?(?:-|–|to|and|through)\s?{_MONTH_NAME}(?![a-z])(?:\s(?:of\s)?{_EY}(?!\d))?"
    rf"|(?<![A-Za-z]){_MONTH_NAME}(?![a-z])(?:\s(?:of\s)?{_EY}(?!\d)|\sthis\syear|\slast\syear)?"
)
_END = (
    rf"end(?:\sof\s|-)(?:{_EY}|{_MONTH_NAME}(?:\s{_EY})?|this\syear|last\syear|the\syear|this\smonth|last\smonth)"
    rf"|year-end(?:\s{_EY})?"
)
_RELATIVE = (
    r"same\s(?:period|month|quarter)\s(?:of\s|in\s|a\s|the\s)?(?:last\syear|previous\syear|year\searlier"
    r"|year\sbefore|(?:19|20)\d\d)"
    rf"|(?:past|last)\s{_COUNT}\s(?:years|months|weeks)|so\sfar\sthis\syear|(?:last|this|next)\s(?:year|month"
    rf"|week|quarter)"
    r"|yesterday|today|tomorrow|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|1[0-9]th\sFive-Year\sPlan(?:\speriod)?(?:\s\((?:19|20)\d\d[-–](?:19|20)?\d\d\))?"
)
ENGLISH: Final = (
    rf"{_END}|{_ENGLISH_PART}|{_ENGLISH_DAYS}|{_ENGLISH_MONTHS}|{_RELATIVE}|(?:19|20)\d0s\b|(?:fiscal"
    rf"(?:\syear)?\s|FY\s?){_EY}"
    rf"|(?<![\d,.$-]){_EY}\s?(?:[-–]|to)\s?{_EY}(?![\d,%])|(?<=in\s){_EY}(?![\d%-]|,\d)|(?<=of\s){_EY}(?![\d%-]"
    rf"|,\d)|(?<=by\s){_EY}(?![\d%-]|,\d)"
    rf"|(?<=since\s){_EY}(?![\d%-]|,\d)|(?<=from\s){_EY}(?![\d%-]|,\d)|(?<=than\s){_EY}(?![\d%-]|,\d)|"
    rf"(?<=BY\s){_EY}(?![\d%-]|,\d)|(?<=for\s){_EY}(?![\d%-]|,\d)|(?<=\ba\s){_EY}(?=\s[a-z])"
    rf"|\d{{1,2}}(?::\d\d)?\s?[ap]\.?m\.?(?:\sto\s\d{{1,2}}(?::\d\d)?\s?[ap]\.?m\.?)?"
)
_CHINESE_HEADS = "“○〇「『一七三上下九二五今全八六前十去同后周四如年廿当截日明星昨最末本民现目第过近这连零首"
_ENGLISH_HEADS = "ADFHJMNOQSTWeflnpsty"
_CHINESE_FIGURES = rf"\d{{1,4}}{GAP}[年财学月份日号世季—~至到–、/.-]|\d{{1,4}}\n\d"
_ENGLISH_FIGURES = r"\d{1,2}(?:\s?[ap]|:|\s[A-Z]|th)|\d{4}"
MENTION: Final = re.compile(
    rf"(?=[\d{_CHINESE_HEADS}{_ENGLISH_HEADS}])"
    rf"(?:(?=[{_CHINESE_HEADS}]|{_CHINESE_FIGURES})(?:{CHINESE})|(?=[{_ENGLISH_HEADS}]|{_ENGLISH_FIGURES})(?:{ENGLISH}))"
)
"""The alternatives behind the characters that they can begin with, and figures behind what can follow them.

Most characters begin no period and most figures are amounts: without these guards each was tried against every
alternative, which took most of the search (five to eight times as long in all).
"""
