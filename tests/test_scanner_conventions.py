"""The scanner by the conventions of fixtures/eval/README.md: a row for each rule, most of them once read wrong."""

import pytest

from summarizer.quantities import scan
from tests.test_scanner import table_rows, told

FACTS = r"""
三个多亿 => 三个多亿|300000000|CNY|at_least|money
投资3.5个亿 => 3.5个亿|350000000|CNY|exact|money
投入3千5百万元 => 3千5百万元|35000000|CNY|exact|money
补贴3千5 => 3千5|3500|-|exact|count
投资6千余亿元 => 6千余亿元|600000000000|CNY|at_least|money
月销3万5 => 3万5|35000|-|exact|count
二十几家 => 二十几家|21..29|家|range|count
十几万人 => 十几万人|110000..190000|人|range|count
十来家企业 => 十来家|10|家|about|count
四百来人 => 四百来人|400|人|about|count
营收翻番 => 翻番|1|番|exact|ratio
翻了两番 => 两番|2|番|exact|ratio
半数来自邻市 => 半数|0.5|-|exact|ratio
减少了一半 => 一半|0.5|-|exact|ratio
占比近半， => 半|0.5|-|about|ratio
企业过半。 => 半|0.5|-|more_than|ratio
占两成多 => 两成多|20|%|at_least|ratio
省下三成五。 => 三成五|35|%|exact|ratio
万分之三 => 万分之三|0.0003|-|exact|ratio
百分\n之三十 => 百分\n之三十|30|%|exact|ratio
不少\n于30家 => 30家|30|家|at_least|count
1\n024家 => 1\n024家|1024|家|exact|count
高8.\n9% => 8.\n9%|8.9|%|exact|ratio
总数达1 286家 => 1 286家|1286|家|exact|count
增长 19. 3%； => 19. 3%|19.3|%|exact|ratio
项目达 12. 5 亿元 => 12. 5 亿元|1250000000|CNY|exact|money
占地3万平方呎 => 3万平方呎|30000|平方呎|exact|measure
投资12. 5亿元 => 12. 5亿元|1250000000|CNY|exact|money
占地3 20亩 => 3 20亩|320|亩|exact|measure
投资 1 860 亿元 => 1 860 亿元|186000000000|CNY|exact|money
产值两千一百三十\n五亿元 => 两千一百三十\n五亿元|213500000000|CNY|exact|money
人员3萬\n4,205人 => 3萬\n4,205人|34205|人|exact|count
近半小\n时 => 半小\n时|0.5|小时|about|duration
半年省下 => 半年|0.5|年|exact|duration
半个月 => 半个月|0.5|个月|exact|duration
两个半小时 => 两个半小时|2.5|小时|exact|duration
三年多 => 三年多|3|年|at_least|duration
3小时20分 => 3小时|3|小时|exact|duration; 20分|20|分|exact|duration
一年减少成本 => 一年|1|年|exact|duration
成立十五年来 => 十五年|15|年|exact|duration
五年后 => 五年|5|年|exact|duration
28微克/立方米 => 28微克/立方米|28|微克/立方米|exact|measure
350公里/小时 => 350公里/小时|350|公里/小时|exact|measure
5000元/平方米 => 5000元|5000|CNY|exact|money
87.4亿吨公里 => 87.4亿吨公里|8740000000|吨公里|exact|measure
吞吐量30万TEU => 30万TEU|300000|TEU|exact|count
达10EFLOPS以上 => 10EFLOPS|10|EFLOPS|at_least|measure
智能算力达5000P， => 5000P|5000|P|exact|measure
亮度500nits => 500nits|500|nits|exact|measure
不到全市1% => 1%|1|%|less_than|ratio
租金约为每平方米12元 => 12元|12|CNY|about|money
最高可抵扣50% => 50%|50|%|at_most|ratio
单片最长123米 => 123米|123|米|exact|measure
迈过百亿元关口 => 百亿元|10000000000|CNY|exact|money
折合约5.5亿元 => 5.5亿元|550000000|CNY|about|money
36億元人民幣 => 36億元人民幣|3600000000|CNY|exact|money
1.6億元港幣 => 1.6億元港幣|160000000|HKD|exact|money
不少於15人 => 15人|15|人|at_least|count
其中一件关于 => 一件|1|件|exact|count
每吸纳一名应届生 => 一名|1|名|exact|count
每半年付息一次， => 半年|0.5|年|exact|duration; 一次|1|次|exact|count
六十多个电话 => 六十多个|60|个|at_least|count
三点要求 => 三点|3|点|exact|count
八堂课 => 八堂|8|堂|exact|count
三四百号工人 => 三四百号|300..400|号|range|count
能省出四千块。 => 四千块|4000|CNY|exact|money
20-odd firms => 20-odd firms|20|firms|at_least|count
1,200-plus firms => 1,200-plus firms|1200|firms|at_least|count
half a million people => half a million people|500000|people|exact|count
22 high-tech firms and 35 firms => 22|22|-|exact|count; 35 firms|35|firms|exact|count
between 20 and 30 firms => 20 and 30 firms|20..30|firms|range|count
three to five years => three to five years|3..5|years|range|duration
$1.5-$2 billion => $1.5-$2 billion|1500000000..2000000000|USD|range|money
3-5 billion yuan => 3-5 billion yuan|3000000000..5000000000|CNY|range|money
sales rose from 3 to 5 firms => 3|3|-|exact|count; 5 firms|5|firms|exact|count
120 high-tech firms => 120|120|-|exact|count
hold five patents or more => five patents|5|patents|at_least|count
not less than 1,500 graduates => 1,500 graduates|1500|graduates|at_least|count
jumped threefold => threefold|3|倍|exact|ratio
2.6 times its capital => 2.6 times|2.6|倍|exact|ratio
downloaded 21 million times => 21 million times|21000000|times|exact|count
shrank by nearly a third. => a third|0.3333|-|about|ratio
20 MW of power => 20 MW|20|MW|exact|measure
"""

NOT_FACTS = r"""
另一半 =>
三次产业 => 三次产业|idiom
产线三班倒 => 三班倒|idiom
一日三餐 => 一日三餐|idiom
十年磨一剑 => 十年磨一剑|idiom
N95口罩 => 95口|name
G1873次列车 => 1873次|name
PD-1单抗 => 1单|name
12路公交 => 12|name
“双11”期间 => 11|name
“冲刺100天”行动 => 100天|name
“15分钟便民生活圈” => 15分钟|name
“金优58”， => 58|name
“24小时书房” => 24小时|idiom
首台16兆瓦海上风电机组 => 16兆瓦|name
1类新药 => 1类|name
28nm产品 => 28nm|name
110英寸8K => 110英寸|name; 8|name
28奈米以下先進製程 => 28奈米|name
1080P => 1080P|name
满足条件：1.投资 => 1|ordinal
民國112年 => 112年|date
112年至115年 => 112年至115年|date
“十四五”前三年 => 十四五|date; 三年|date
高新区近三年关停 => 三年|date
较上一年度 => 上一年度|date
首三季 => 三季|date
5、6月 => 5、6月|date
股份代號9127 => 9127|identifier
0500-5550 0231 => 0500-5550 0231|identifier
1-2-3-4-5-6-7-8-9-10 => 1-2-3-4-5-6-7-8-9-10|identifier
the 863 Program => 863|name
top 5 production => 5|ordinal
CO2 emissions => 2|name
first nine months => nine months|date
the past three years => three years|date
a 7-nanometer chip => 7-nanometer|name
as the "new three" => three|name
"""


@pytest.mark.parametrize(("text", "expected"), table_rows(FACTS))
def test_fact_is_read_by_the_conventions(text: str, expected: list[str]) -> None:
    assert told(text, facts_only=True) == expected


@pytest.mark.parametrize(("text", "expected"), table_rows(NOT_FACTS))
def test_what_is_no_fact_is_known(text: str, expected: list[str]) -> None:
    assert [f"{quantity.text}|{quantity.kind}" for quantity in scan(text)] == expected


@pytest.mark.parametrize(
    "text", ["一些", "三星电子", "半导体", "零部件", "万一", "统一", "十分", "“双百”行动", "亿元以上项目", "百亿级集群"]
)
def test_words_with_numerals_make_no_facts(text: str) -> None:
    assert not [quantity for quantity in scan(text) if quantity.is_fact]


@pytest.mark.parametrize("text", ["2023 35家", "表\n3\n5家", "企业 35 40家", "邮编 710075 3家"])
def test_numbers_that_stand_apart_are_not_joined(text: str) -> None:
    assert len(scan(text)) >= 2


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("直径12英寸，", "could be the name of a specification, not a measure"),
        ("12英寸晶圆", "could be a measure, not the name of a specification"),
        ("其中一家关门", "could be an indefinite article, not a count"),
        ("来了一家企业", "could count one"),
        ("三五年", "could be two digits read one by one (35)"),
        ("半年省下", "could be a stretch of the calendar, not a measured span"),
        ("投資3億元", "could be Taiwan dollars: the text is in traditional characters and names no currency"),
        ("58科创集团", "could count the noun behind it"),
        ("七年前", "could be a measured span"),
        ("三四家", None),
        ("投资3亿元", None),
        ("67家", None),
    ],
)
def test_another_reading_that_the_words_allow_is_said(text: str, doubt: str | None) -> None:
    assert [quantity.doubt for quantity in scan(text)] == [doubt]
