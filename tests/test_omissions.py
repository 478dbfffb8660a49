"""What a brief leaves out."""

from summarizer.quantities import Quantity
from summarizer.value import Span
from summarizer.verify.evidence import Evidence
from summarizer.verify.labels import Labels
from summarizer.verify.omissions import find_unreported
from tests.test_evidence import evidence_of

NEWS = """云岭高新区签约项目86个
2023年，云岭高新区第一批签约项目86个，企业31家，服务站31个。
“我们有12家银行。”周一鸣说。"""


def left_out(reported: list[str], covered: list[Span] | None = None, text: str = NEWS) -> list[str]:
    evidence = evidence_of(text)
    proofs = [found for found in evidence.quantities if found.text in reported]
    found = find_unreported(evidence, Labels(evidence), proofs[-1:] if reported == ["86个"] else proofs, covered or [])
    return [quantity.text for quantity in found]


def test_every_fact_that_is_not_told_is_listed_in_order() -> None:
    assert left_out([]) == ["86个", "86个", "31家", "31个", "12家"]


def test_dates_and_ordinals_are_no_omissions() -> None:
    assert "2023年" not in left_out([])


def test_a_headline_that_repeats_the_lead_is_told_with_it() -> None:
    assert left_out(["86个"]) == ["31家", "31个", "12家"]


def test_the_same_value_of_another_thing_is_still_owed() -> None:
    assert "31个" in left_out(["31家"])


def test_numbers_inside_a_told_quote_are_covered() -> None:
    evidence = evidence_of(NEWS)
    start = evidence.article.text.index("我们有")
    spans = [Span(start, start + 8), Span(start + 2, start + 9), Span(0, 1)]
    assert "12家" not in left_out([], spans)


def test_nothing_is_owed_of_an_article_without_numbers() -> None:
    evidence: Evidence = evidence_of("园区很好。")
    reported: list[Quantity] = []
    assert find_unreported(evidence, Labels(evidence), reported, []) == []


REPORT = """临河高新区产值突破百亿元大关
上半年，临河高新区完成总产值102.3亿元，签约近70个项目，同比增长两成。
塔吊林立，机器轰鸣，一派热火朝天的景象映入眼帘，令人振奋。
全区签约项目67个，现有企业31家，引进博士12名，产值同比增长19.6%，建成厂房8万平方米，历时14个月，投入资金3.2亿元。"""


def test_what_an_analyst_misses_first_comes_first() -> None:
    shown = left_out([], text=REPORT)
    lead, rest = shown[:4], shown[4:]
    assert lead == ["百亿元", "102.3亿元", "70个", "两成"]
    assert rest == ["3.2亿元", "19.6%", "67个", "31家", "12名", "8万平方米", "14个月"]


def test_a_headline_or_lead_that_tells_it_more_roughly_is_told_with_it() -> None:
    assert left_out(["102.3亿元", "67个", "19.6%"], text=REPORT) == ["3.2亿元", "31家", "12名", "8万平方米", "14个月"]


def test_the_exact_number_is_owed_where_only_the_rough_one_is_told() -> None:
    assert {"102.3亿元", "67个"} <= set(left_out(["百亿元", "70个"], text=REPORT))


def test_a_rough_number_of_another_thing_is_owed() -> None:
    text = "临河高新区简讯\n临河高新区签约近70个项目，令人欣喜，成绩斐然。\n全区有67个站点，新增充电桩81个。"
    assert left_out(["67个"], text=text)[0] == "70个"


def test_a_third_telling_is_told_by_way_of_the_second() -> None:
    text = """签约项目86个 完成投资318.6亿元
今年以来，云州高新区抓招引、抓落地，上半年新签约项目86个，完成投资318.6亿元，成绩喜人。
上半年签约的86个项目，总投资达1027.35亿元。"""
    evidence = evidence_of(text)
    for told in range(3):
        chosen = [found for found in evidence.quantities if found.text == "86个"][told]
        owed = find_unreported(evidence, Labels(evidence), [chosen], [])
        assert "86个" not in [quantity.text for quantity in owed]


def test_these_projects_are_those_told_before() -> None:
    assert left_out(["27个"], text="本子上记着27个在建项目。\n截至10月，这27个完成投资63.8亿元。") == ["63.8亿元"]


def test_what_says_who_is_counted_or_by_when_is_not_owed() -> None:
    text = (
        "产值超10亿元的企业12家，35岁以下青年300名，对年营业收入超过2000万元的企业给予奖励，三年内建成厂房8万平方米。"
    )
    assert left_out([], text=text) == ["12家", "300名", "8万平方米"]


def test_the_size_of_a_wafer_and_a_year_of_the_republic_are_not_owed() -> None:
    assert left_out([], text="The zone opened a 12-inch wafer plant. It covers 38 hectares.") == ["38 hectares"]
    assert "113年" not in left_out([], text="民國113年，園區營業額1兆元。")


def test_a_bound_that_tells_how_much_is_owed() -> None:
    text = "园区总投资超100亿元，企业超50家，其中办理时限缩短至3个月以内，面积10亩以上。"
    assert set(left_out([], text=text)) == {"100亿元", "50家", "3个月", "10亩"}


def test_a_whole_number_of_per_cent_does_not_tell_another_share() -> None:
    text = "临河高新区上半年共办理事项3.86万件，按时办结率100%。\n热线企业诉求办结率97.4%。"
    assert "100%" in left_out(["97.4%"], text=text)
