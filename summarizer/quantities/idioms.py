"""Fixed phrases with numerals in them, of politics, place and everyday speech; none counts anything. Data only.

Source: usage in the genre; the phrases of politics as the People's Daily prints them, the rest from 现代汉语词典 where
a scanner without this list would read a count (三班倒, 三餐). What no counter follows (半导体, 零部件) needs no line.
"""

from typing import Final

_POLITICS = (
    "五位一体 三位一体 四位一体 六位一体 多位一体 四个全面 四个意识 四个自信 四个伟大 四个革命 四个最严 两个维护 "
    "两个确立 两个大局 两个毫不动摇 两个一百年 三个代表 三个务必 三个区分开来 五个一批 五大发展理念 三大攻坚战 "
    "八项规定 三会一课 三重一大 一带一路 三去一降一补 两不愁三保障 一岗双责 两学一做 一网通办 一网统管 一业一证 "
    "三个务实 四不两直 一国两制 两个结合 两新组织 三次产业 两个先锋 四风 四下基层 千万工程 两个覆盖 两个健康 三个表率"
)
_SPEECH = (
    "一心一意 一五一十 三三两两 七七八八 千家万户 千方百计 成千上万 百分百 九牛一毛 一把手 二把手 三班倒 两班倒 "
    "四班三运转 "
    "三班两运转 两班制 三班制 一日三餐 三餐 三伏天 三伏 三九天 三人行 两条腿走路 十年磨一剑 百年大计 百年老店 "
    "百年未有 千年古 千年一遇 "
    "百年一遇 十年树木 百年树人 百年树木 百年名校 百年企业 百年品牌 百年品质 一年一度 一年四季 一年到头 一年之计 "
    "一年又一年 一天到晚 一天天 "
    "一年年 一时间 一分钱 两条腿 三言两语 三番五次 三步并作两步 三顾茅庐 一步到位 一步步 一步一个脚印 一个萝卜一个坑 "
    "两手抓 两手都要硬 两头在外 两头挑 一条龙 一条心 一揽子 一个样 一次性 一个劲 一个个 一家家 一件件 一项项 "
    "一批批 一台台 "
    "一年半载 三年五载 三天两头 两面三刀 七上八下 五湖四海 五颜六色 四面八方 四通八达 千军万马 千载难逢 万家灯火 "
    "一目了然 "
    "一举两得 两全其美 三心二意 五花八门 百尺竿头 千锤百炼 千头万绪 千差万别 千变万化 万无一失 万众一心 百花齐放 "
    "百家争鸣 百家讲坛 "
    "千里之行 千里迢迢 千里马 十之八九 八九不离十 一天一个样 三天三夜 两袖清风 一家之言 一家亲 一家人 两家人 一家子 "
    "百家姓 百家饭 四季度如春 四季如春 一站式 一个都不能少 一个都不少 三分钟热度 半路出家 半途而废 半推半就 一年级"
)
SLOGANS: Final = tuple(f"{_POLITICS} {_SPEECH}".split())
"""Longest match first, at the numeral that begins the phrase."""

_PLACES = "三亚 四川 九江 六安 七台河 八里 三明 三门峡 五台山 九寨 三峡 六盘水 万州 百色 十堰 四平 三水"
PLACES: Final = tuple(_PLACES.split())
"""Places whose name begins with a numeral and goes on with a character that the grammar takes for a counter."""
