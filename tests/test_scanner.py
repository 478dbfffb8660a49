"""The scanner: every number of a text, its value, unit, qualifier and kind."""

import pytest

from summarizer.quantities import Quantity, scan, yuan_of


def told(text: str, *, facts_only: bool = False) -> list[str]:
    """Write quantities as `text|value|unit|qualifier|kind`, so that the tables below read like tables."""
    return [_line(quantity) for quantity in scan(text) if quantity.is_fact or not facts_only]


def _line(quantity: Quantity) -> str:
    value = "-" if quantity.value is None else f"{quantity.value:f}"
    if quantity.low is not None:
        value = f"{quantity.low:f}..{quantity.high:f}"
    return f"{quantity.text}|{value}|{quantity.unit or '-'}|{quantity.qualifier}|{quantity.kind}"


FACTS = r"""
园区有科研院所67 家 => 67 家|67|家|exact|count
拟开工24\n家 => 24\n家|24|家|exact|count
投资43 亿\n\n元 => 43 亿\n\n元|4300000000|CNY|exact|money
提高13个百分\n\n点 => 13个百分\n\n点|13|percentage_point|exact|percentage_point
用工2.1 万人 => 2.1 万人|21000|人|exact|count
贷款１，２３４．５万元 => １，２３４．５万元|12345000|CNY|exact|money
税收３５００亿元 => ３５００亿元|350000000000|CNY|exact|money
出口1,234,567.89元 => 1,234,567.89元|1234567.89|CNY|exact|money
产值1.5万亿元 => 1.5万亿元|1500000000000|CNY|exact|money
产值一万五千亿元 => 一万五千亿元|1500000000000|CNY|exact|money
投资3个亿 => 3个亿|300000000|CNY|exact|money
就业1萬6000人 => 1萬6000人|16000|人|exact|count
營業額1兆4,833.74億元 => 1兆4,833.74億元|1483374000000|CNY|exact|money
奖励壹佰万元 => 壹佰万元|1000000|CNY|exact|money
一百二十八项 => 一百二十八项|128|项|exact|count
两千三百余万元 => 两千三百余万元|23000000|CNY|at_least|money
十多家 => 十多家|10|家|at_least|count
二十余项 => 二十余项|20|项|at_least|count
百余家 => 百余家|100|家|at_least|count
三四十家 => 三四十家|30..40|家|range|count
二三十家 => 二三十家|20..30|家|range|count
十几家 => 十几家|11..19|家|range|count
几十家 => 几十家|20..90|家|range|count
数百万元 => 数百万元|2000000..9000000|CNY|range|money
上百家 => 上百家|100|家|at_least|count
上千万元 => 上千万元|10000000|CNY|at_least|money
过亿元 => 亿元|100000000|CNY|more_than|money
首破千亿元 => 千亿元|100000000000|CNY|more_than|money
近千人 => 千人|1000|人|about|count
逾万人次 => 万人次|10000|人次|more_than|count
千余名 => 千余名|1000|名|at_least|count
100多个国家 => 100多个|100|个|at_least|count
3.5万多人 => 3.5万多人|35000|人|at_least|count
200多亿元 => 200多亿元|20000000000|CNY|at_least|money
1000+家企业 => 1000+家|1000|家|at_least|count
近300家 => 300家|300|家|about|count
签约300家 => 300家|300|家|exact|count
附近5家 => 5家|5|家|exact|count
打破2项 => 2项|2|项|exact|count
会上5家企业签约 => 5家|5|家|exact|count
通过16项 => 16项|16|项|exact|count
超40% => 40%|40|%|more_than|ratio
不少于30 家 => 30 家|30|家|at_least|count
最高20万元 => 20万元|200000|CNY|at_most|money
不足5% => 5%|5|%|less_than|ratio
95%以上 => 95%|95|%|at_least|ratio
145万吨左右 => 145万吨|1450000|吨|about|measure
3家上下游企业 => 3家|3|家|exact|count
20个多功能厅 => 20个|20|个|exact|count
3倍多 => 3倍多|3|倍|at_least|ratio
约为全省均值的3.2倍 => 3.2倍|3.2|倍|about|ratio
不到行业均值的三分之一 => 三分之一|0.3333|-|less_than|ratio
百分之三点五 => 百分之三点五|3.5|%|exact|ratio
百分之百 => 百分之百|100|%|exact|ratio
百分之五至百分之十 => 百分之五至百分之十|5..10|%|range|ratio
百分之五至十 => 百分之五至十|5..10|%|range|ratio
千分之五 => 千分之五|5|‰|exact|ratio
万分之三 => 万分之三|0.0003|-|exact|ratio
三分之二以上 => 三分之二|0.6667|-|at_least|ratio
占1/3 => 1/3|0.3333|-|exact|ratio
占一半以上 => 一半|0.5|-|at_least|ratio
超半数 => 半数|0.5|-|more_than|ratio
四成以上 => 四成|40|%|at_least|ratio
年增逾一成五 => 一成五|15|%|more_than|ratio
过九成 => 九成|90|%|more_than|ratio
打七折 => 七折|7|折|exact|ratio
八五折 => 八五折|8.5|折|exact|ratio
翻一番 => 一番|1|番|exact|ratio
增长一倍 => 一倍|1|倍|exact|ratio
误差±5% => 5%|5|%|exact|ratio
同比-3.2% => -3.2%|-3.2|%|exact|ratio
负2.1% => 负2.1%|-2.1|%|exact|ratio
担负3项 => 3项|3|项|exact|count
零下10℃ => 零下10℃|-10|℃|exact|measure
增幅.5% => .5%|0.5|%|exact|ratio
两个百分点 => 两个百分点|2|percentage_point|exact|percentage_point
25个基点 => 25个基点|25|basis_point|exact|percentage_point
10~20家 => 10~20家|10..20|家|range|count
30至50个 => 30至50个|30..50|个|range|count
8万至9万吨 => 8万至9万吨|80000..90000|吨|range|measure
3至5亿元 => 3至5亿元|300000000..500000000|CNY|range|money
5万元至10万元 => 5万元至10万元|50000..100000|CNY|range|money
20-30% => 20-30%|20..30|%|range|ratio
三至五年 => 三至五年|3..5|年|range|duration
由15%提高到20% => 15%|15|%|exact|ratio; 20%|20|%|exact|ratio
为期4天 => 4天|4|天|exact|duration
两年半 => 两年半|2.5|年|exact|duration
3个半小时 => 3个半小时|3.5|小时|exact|duration
半年时间 => 半年|0.5|年|exact|duration
提前3个月 => 3个月|3|个月|exact|duration
20MW/40MWh => 20MW|20|MW|exact|measure; 40MWh|40|MWh|exact|measure
六十平方米 => 六十平方米|60|平方米|exact|measure
人均12.3万元 => 12.3万元|123000|CNY|exact|money
每家50万元 => 50万元|500000|CNY|exact|money
100万美元 => 100万美元|1000000|USD|exact|money
港币3.5亿元 => 港币3.5亿元|350000000|HKD|exact|money
￥500 => ￥500|500|CNY|exact|money
总投资50亿 => 50亿|5000000000|CNY|exact|money
4个90%以上 => 4个|4|个|exact|count; 90%|90|%|at_least|ratio
一等奖3项 => 3项|3|项|exact|count
三位院士 => 三位|3|位|exact|count
新增上市公司一家， => 一家|1|家|exact|count
2,3家 => 2|2|-|exact|count; 3家|3|家|exact|count
12，300家 => 12|12|-|exact|count; 300家|300|家|exact|count
近3000企业 => 3000|3000|-|about|count
三点五倍 => 三点五倍|3.5|倍|exact|ratio
数百游客 => 数百|200..900|-|range|count
3家-5项 => 3家|3|家|exact|count; 5项|5|项|exact|count
5家至3家 => 5家|5|家|exact|count; 3家|3|家|exact|count
10万2000人 => 10万2000人|102000|人|exact|count
三万五 => 三万五|35000|-|exact|count
1.2 million yuan => 1.2 million yuan|1200000|CNY|exact|money
a $43bn plan => $43bn|43000000000|USD|exact|money
EUR 20m => EUR 20m|20000000|EUR|exact|money
45k people => 45k people|45000|people|exact|count
about 12 percent => 12 percent|12|%|about|ratio
one-third went => one-third|0.3333|-|exact|ratio
half of them => half|0.5|-|exact|ratio
nearly two million people => two million people|2000000|people|about|count
Twenty-two firms => Twenty-two firms|22|firms|exact|count
up to two years => two years|2|years|at_most|duration
10-15 percent => 10-15 percent|10..15|%|range|ratio
minus 3 percent => minus 3 percent|-3|%|exact|ratio
"""

NOT_FACTS = r"""
围绕“2+N”布局 => 2+N|name
“1 + 1 + N”机制 => 1 + 1 + N|name
5G+工业互联网 => 5G+|name
7×24小时服务 => 7×24小时|name
按1:1配套 => 1:1|name
以3∶2获胜 => 3∶2|name
“6·18”促销 => 6·18|name
24/7 => 24/7|name
10^6 => 10^6|name
红帆311工程 => 311|name
66云创集团 => 66|name
世界500强 => 500强|name
M9工厂 => 9|name
COVID-19 => 19|name
A4纸 => 4|name
H200 => 200|name
购入iPhone 15 => 15|name
GB/T 19001 => 19001|name
系统3.0版 => 3.0版|name
工业4.0时代 => 4.0|name
5A级景区 => 5|name
5000万吨级码头 => 5000万吨|name
8英寸晶圆 => 8英寸|name
5亿元以上的大项目 => 5亿元|name
三年行动计划 => 三年|name
a five-year plan => five-year|name
“三大类改革” => 三大类|name
“暖企20条” => 20条|name
“四个一” => 四个|name
《三年300项行动》 => 三年|name; 300项|name
Phase 2 => 2|name
拨打12345热线 => 12345|identifier
版本1.2.3 => 1.2.3|identifier
192.168.1.1 => 192.168.1.1|identifier
20230703 => 20230703|identifier
邮编710075 => 710075|identifier
国发〔2023〕12号 => 2023〕12号|identifier
电话029-88881234 => 029-88881234|identifier
13812345678 => 13812345678|identifier
3号楼 => 3号|identifier
第七届 => 第七届|ordinal
第1-3批 => 第1-3批|ordinal
前10名 => 10名|ordinal
位列前三名 => 三名|ordinal
（3）加强 => 3|ordinal
1.加强 => 1|ordinal
2022年 => 2022年|date
2023-2025 => 2023-2025|date
2022—2023学年 => 2022—2023学年|date
2024-25 => 2024-25|date
1-5月 => 1-5月|date
前8月 => 8月|date
前5个月 => 5个月|date
2023.07.03 => 2023.07.03|date
上半年 => 上半年|date
一季度 => 一季度|date
“十四五”时期 => 十四五|date
9:30 => 9:30|date
2023数博会 => 2023|date
七年前 => 七年|date
近三年 => 三年|date
Jan. 16 => 16|date
16 January 2024 => 16 January 2024|date
in 2024 => 2024|date
五位一体 => 五位一体|idiom
四个全面 => 四个全面|idiom
一心一意 => 一心一意|idiom
一批 => 一批|idiom
最后一米 => 一米|idiom
某一家企业 =>
24小时不打烊 => 24小时|idiom
one-stop => one|idiom
增速达两位数 =>
实现零增长 =>
几家企业 =>
万元以上 =>
每万人 =>
亿元企业 =>
千亿级 =>
双百亿 =>
二期工程 =>
二次创业 =>
三元锂电池 =>
数以万计 =>
双十一， =>
五一三天 =>
百八十人 =>
七台河 => 七台河|idiom
四川 => 四川|idiom
数百级 => 数百级|name
数百万吨级 => 数百万吨|name
百分之数 =>
5/3 => 5/3|name
统一 =>
"""


def table_rows(table: str) -> list[tuple[str, list[str]]]:
    r"""Split a table; a line break inside a row is written \n."""
    found = []
    for line in table.strip().splitlines():
        text, _, expected = line.partition(" =>")
        parts = [part.strip().replace("\\n", "\n") for part in expected.split("; ")]
        found.append((text.replace("\\n", "\n"), [part for part in parts if part]))
    return found


@pytest.mark.parametrize(("text", "expected"), table_rows(FACTS))
def test_fact_is_read_with_value_unit_qualifier_and_kind(text: str, expected: list[str]) -> None:
    assert told(text) == expected
    assert all(quantity.is_fact for quantity in scan(text))


@pytest.mark.parametrize(("text", "expected"), table_rows(NOT_FACTS))
def test_name_date_idiom_or_identifier_is_no_fact(text: str, expected: list[str]) -> None:
    assert [f"{quantity.text}|{quantity.kind}" for quantity in scan(text)] == expected


def test_rank_needs_a_first_of_its_own() -> None:
    assert told("目前12名") == ["12名|12|名|exact|count"]


def test_digits_beyond_any_quantity_are_one_identifier() -> None:
    [quantity] = scan("8" * 1000)
    assert (quantity.kind, quantity.end) == ("identifier", 1000)


def test_bare_yuan_takes_the_currency_that_the_text_speaks_of() -> None:
    assert yuan_of("新台幣100元") == "TWD"
    assert yuan_of("新台币合人民币") == "CNY"
    assert [quantity.unit for quantity in scan("產值新台幣5億元，投資3億元，5美元")] == ["TWD", "TWD", "USD"]
    assert [quantity.unit for quantity in scan("3億元", yuan="TWD")] == ["TWD"]


def test_unit_is_given_as_printed_in_traditional_characters() -> None:
    [quantity] = scan("700個以上")
    assert (quantity.text, quantity.unit, quantity.qualifier) == ("700個", "個", "at_least")


def test_number_words_are_found_in_long_english_text() -> None:
    text = "The zone said that it was glad. " * 10 + "It has seven firms and 3 labs, and fifty-one more."
    assert told(text) == ["seven firms|7|firms|exact|count", "3 labs|3|labs|exact|count", "fifty-one|51|-|exact|count"]
