"""Where an article contradicts itself."""

import json
from pathlib import Path

import pytest

from bench.true_drafts import ROOT, case_of, eval_paths, pairs_in
from summarizer.verify.contradictions import find_contradictions
from summarizer.verify.evidence import Evidence, fold_words
from summarizer.verify.labels import Labels
from tests.test_evidence import evidence_of

PAGE = Path(__file__).resolve().parents[2] / "shared" / "seed" / "page.txt"


def places(text: str) -> list[tuple[list[str], str]]:
    evidence = evidence_of(text)
    found = find_contradictions(evidence, Labels(evidence))
    return [([" ".join(place.text.split()) for place in one.places], one.message) for one in found]


def contradictions(text: str) -> list[str]:
    return [message for _, message in places(text)]


def test_one_value_under_two_periods_is_a_contradiction() -> None:
    text = "上半年，园区项目完成投资318.6亿元。1-5月，园区重点项目完成投资318.6亿元。"
    assert contradictions(text) == ["318.6亿元 is given for 上半年 and for 1-5月"]


@pytest.mark.skipif(not PAGE.exists(), reason="the seed page is not part of the repository")
def test_a_half_year_sum_that_the_body_gives_to_five_months_is_found() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    place = {words: number for number, line in enumerate(lines) for words in _ENDS if words in line}
    headline, first, last = (place[words] for words in _ENDS)
    text = "\n".join([*lines[headline : headline + 5], *lines[first : last + 1]])
    evidence = evidence_of(text)
    [found] = find_contradictions(evidence, Labels(evidence))
    clean = evidence.article.text
    spans = [text[slice(*evidence.raw(one.start, one.end))] for one in found.places]
    assert spans == ["501亿元", "501亿元"]
    before = [clean[one.start - 60 : one.start] for one in found.places]
    assert ("上半年" in before[0], "1-5" in before[1].replace(" ", "")) == (True, True)
    assert found.places[0].start < found.places[1].start


_ENDS = ("签约项目114个 完成投资501亿元", "今年以来，西安高新区围绕", "强化了重点项目服务保障")
"""Where the report's headline stands, where its body begins and where it ends."""


def test_the_headlines_sum_is_the_leads_and_only_the_body_disagrees() -> None:
    text = """签约项目93个 完成投资412.7亿元
临河高新区大项目提速
今年以来，临河高新区抓项目、促投资，上半年共签约项目93个，完成投资412.7亿元。
据介绍，今年1-5月，临河高新区76个省市重点在建项目完成投资412.7亿元，完成年度计划投资的48%。"""
    assert places(text) == [(["412.7亿元", "412.7亿元"], "412.7亿元 is given for 上半年 and for 今年1-5月")]


@pytest.mark.parametrize(
    "text",
    [
        "上半年，园区项目完成投资318.6亿元。今年上半年，园区重点项目完成投资318.6亿元。",
        "上半年，园区项目完成投资318.6亿元。1-5月，园区进出口总额318.6亿元。",
        "上半年，园区项目完成投资30亿元。1-5月，园区重点项目完成投资30亿元。",
        "园区项目完成投资318.6亿元。1-5月，园区重点项目完成投资318.6亿元。",
        "上半年，完成投资318.6亿元。1-5月，完成投资318.6万元。",
        "上半年，园区高新技术企业达到327家。截至6月底，园区高新技术企业达到327家。",
    ],
)
def test_one_value_that_may_be_true_of_both_is_no_contradiction(text: str) -> None:
    assert contradictions(text) == []


NEWS = """临河高新区上半年规上工业增加值增长11.6%
上半年，临河高新区签约项目93个，签约金额412.7亿元，规模以上工业增加值同比增长{}。
下一步，临河高新区将继续努力。"""


def test_a_headline_with_another_value_than_the_body_is_a_contradiction() -> None:
    message = "11.6% and 10.6% are given for 规模以上工业增加值增长"
    assert places(NEWS.format("10.6%")) == [(["11.6%", "10.6%"], message)]
    assert contradictions(NEWS.format("11.58%")) == contradictions(NEWS.format("11.6%")) == []


def test_lead_and_body_with_two_values_contradict_each_other() -> None:
    text = "上半年，临河高新区共签约93个项目，成绩喜人。\n客商纷至沓来。\n上半年，全区签约项目98个，其中外资项目6个。"
    assert places(text) == [(["93个", "98个"], "93个 and 98个 are given for 签约项目")]


def test_a_growth_without_a_name_takes_that_of_its_level() -> None:
    text = "临河高新区上半年签约金额增长12.5%\n上半年，临河高新区签约金额412.7亿元，同比增长21.5%。"
    assert places(text) == [(["12.5%", "21.5%"], "12.5% and 21.5% are given for 签约金额增长")]


def test_the_park_that_leads_a_sentence_stays_its_subject() -> None:
    text = "临河高新区高新技术企业达72家\n临河高新区增速高出全市平均水平5个百分点，有技术中心27家，高新技术企业78家。"
    assert places(text) == [(["72家", "78家"], "72家 and 78家 are given for 高新技术企业")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("签约项目超100个", "签约项目103个"),
        ("签约项目近百个", "签约项目96个"),
        ("签约金额12.3亿元", "签约金额12.34亿元"),
        ("签约金额400亿元", "签约金额412.7亿元"),
        ("签约金额412.7亿元", "签约金额增长12.5%"),
        ("签约项目93个", "力争签约项目120个"),
        ("签约项目93个", "新签约外资项目7个"),
        ("签约项目93个", "全市签约项目412个"),
        ("签约项目93个", "去年同期签约项目71个"),
        ("签约项目93个", "签约项目比上年增加12个"),
        ("签约项目140多个", "签约项目146个"),
    ],
)
def test_two_values_that_may_both_be_right_are_no_contradiction(one: str, other: str) -> None:
    assert contradictions(f"临河高新区上半年{one}\n上半年，临河高新区{other}。") == []
    assert contradictions(f"上半年，临河高新区{one}。\n上半年，临河高新区{other}。") == []


@pytest.mark.parametrize(
    "text",
    [
        "上半年，临河高新区签约项目93个。一季度，临河高新区签约项目41个。",
        "临河高新区签约项目93个\n2023年，临河高新区签约项目93个。2022年，临河高新区签约项目71个。",
        "2023年招商情况\n临河高新区：签约项目62个\n临河经开区：签约项目48个",
        "高新区、经开区、综保区签约项目情况\n——高新区签约项目62个\n——经开区签约项目48个\n——综保区签约项目15个",
        "澄隅科技公司营业收入6.3亿元，在园区领先。\n上半年，云帆公司营业收入5.2亿元，也不甘落后。",
        "临河高新区签约项目93个，临山高新区签约项目71个。\n临山高新区签约项目多。",
    ],
)
def test_other_periods_and_other_subjects_are_no_contradiction(text: str) -> None:
    assert contradictions(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全区兑现资金4.8亿元，惠及企业1260家，其中技改类资金5.3亿元。", ["4.8亿元", "5.3亿元"]),
        ("园区有企业132家。其中，高新技术企业174家。", ["132家", "174家"]),
        ("进出口总额88.3亿元，同比增长4.9%，其中出口91.7亿元。", ["88.3亿元", "91.7亿元"]),
        ("园区企业132家，其中智能制造企业74家、新材料企业134家。", ["132家", "134家"]),
        (
            "实现增加值300亿元，其中第二产业、第三产业增加值分别为168.7亿元、139.5亿元。",
            ["300亿元", "168.7亿元", "139.5亿元"],
        ),
        ("项目83个，其中在建47个、投产41个。", ["83个", "47个", "41个"]),
        ("员工862人，其中研发人员395人，占比54.8%。", ["862人", "395人", "54.8%"]),
        ("完成生产总值416.7亿元，占全市1126.2亿元的47%。", ["416.7亿元", "1126.2亿元", "47%"]),
    ],
)
def test_parts_that_do_not_fit_their_whole(text: str, found: list[str]) -> None:
    assert [words for words, _ in places(text)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "全区兑现资金4.8亿元，惠及企业1260家，其中技改类资金2.3亿元。",
        "园区企业132家，其中高新技术企业94家、专精特新企业84家。",
        "完成投资20亿元，其中计划总投资50亿元的储能项目已经开工。",
        "完成投资20亿元，其中储能项目达产后年产值50亿元。",
        "签约项目12个，其中世界500强项目3个，累计引进500强项目36个。",
        "新增企业33家，其中今年新增50家。",
        "园区企业超100家，其中高新技术企业103家。",
        "比上年增加1.2亿元，其中技改资金2.3亿元。",
        "投资12亿元，其中设备12.0亿元。",
        "由14亿元，其中出口20%。",
        "其中，出口61.7亿元。",
        "园区企业132家。其中，员工3000人。",
        "员工862人，其中研发人员395人，占比45.8%。",
        "出口61.7亿元，占全省的三成。",
        "完成生产总值416.7亿元，占全市1126.2亿元的37%。",
        "高新技术企业达到533家，占全市1086家的近一半。",
    ],
)
def test_parts_that_may_fit_their_whole(text: str) -> None:
    assert contradictions(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("制造业项目占签约总额的175.2%。", ["175.2%"]),
        ("研发人员占比达128%，税收占比88.4%。", ["128%"]),
        ("公寓入住率达到103.4%。", ["103.4%"]),
        ("第一产业、第二产业、第三产业占比分别为12%、58%、41%。", ["12%", "58%", "41%"]),
    ],
)
def test_shares_over_a_hundred_per_cent(text: str, found: list[str]) -> None:
    assert [words for words, _ in places(text)] == [found]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("总产值由上年的640亿元增至800亿元，增长35%。", ["640亿元增至800亿元", "35%"]),
        ("项目83个，其中在建47个、投产41个。", ["83个", "47个、投产41个"]),
        ("员工862人，其中研发人员395人，占比54.8%。", ["862人，其中研发人员395人", "54.8%"]),
        ("制造业项目占签约总额的175.2%。", ["制造业项目占签约总额的", "175.2%"]),
        ("第一产业、第二产业、第三产业占比分别为12%、58%、41%。", ["12%、58%", "41%"]),
    ],
)
def test_each_contradiction_has_two_sides(text: str, sides: list[str]) -> None:
    evidence = evidence_of(text)
    [found] = find_contradictions(evidence, Labels(evidence))
    assert [evidence.article.text[slice(*span)] for span in found.spans] == sides


@pytest.mark.parametrize(
    "text",
    [
        "完成投资占年度计划的112%，产值增长135%。",
        "完成年度目标的112%，投资完成率达到118%，达产率105%，出口率120%。",
        "进出口占地区生产总值的130%，相当于上年的150%。",
        "高新技术产业、战略性新兴产业占比分别为62%、55%。",
        "第一产业、第二产业、第三产业占比分别为12.1%、47.1%、40.9%。",
        "第一产业、第二产业、第三产业占比分别增长12%、58%、41%。",
        "按时办结率100%，满意率99.6%。",
    ],
)
def test_what_may_be_over_a_hundred_per_cent(text: str) -> None:
    assert contradictions(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("总产值由上年的640亿元增至800亿元，增长35%。", ["640亿元", "800亿元", "35%"]),
        ("总产值从2022年的640亿元增长到2023年的800亿元，同比增长28%。", ["640亿元", "800亿元", "28%"]),
        ("办理时间由15个工作日压缩至3个工作日，压缩70%。", ["15个工作日", "3个工作日", "70%"]),
        ("比重由38%提高至71.4%，提高了23.4个百分点。", ["38%", "71.4%", "23.4个百分点"]),
        ("高企由214家增至241家，净增37家。", ["214家", "241家", "37家"]),
        ("产值由120亿元增至860亿元，增长3倍。", ["120亿元", "860亿元", "3倍"]),
        ("总产值800亿元，比上年的640亿元增长35%。", ["800亿元", "640亿元", "35%"]),
        ("员工由712人增至620人。", ["712人", "620人"]),
        ("博士由86名增至60名。", ["86名", "60名"]),
        ("环节由19个精简到64个。", ["19个", "64个"]),
    ],
)
def test_growth_that_does_not_follow_from_its_levels(text: str, found: list[str]) -> None:
    assert [words for words, _ in places(text)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "总产值由上年的640亿元增至800亿元，增长25%。",
        "总产值由上年的640亿元增至800亿元，增长超24%。",
        "总产值从2020年的640亿元增至800亿元，同比增长8%。",
        "总产值从2020年的640亿元增至2023年的800亿元，年均增长7.7%。",
        "比重由38%提高至71.4%，提高了33.4个百分点。",
        "存储容量由120亿元增至860亿元，增长6倍多。",
        "产值由120亿元增至860亿元，增长7倍。",
        "办理时间由15个工作日压缩至3个工作日，压缩80%。",
        "排名由第9位升至第6位，从9位前移到6位。",
        "份额由38%提高至71.4%，增长45%。",
        "高企由214家增至241家，净增27家。",
        "由640亿元增至800亿元，投资增长35%。",
        "总产值800亿元，比上年的640亿元增长25%。",
        "产能由240万片增加到600万片。",
        "出口由下降5%回升至下降3%。",
        "审批时限由15天提升至3天。",
        "全省排名由12上升至5，由12名前移至5名，从9名提升到6名。",
        "累计从5000家增加200家至5200家。",
    ],
)
def test_growth_that_follows_from_its_levels(text: str) -> None:
    assert contradictions(text) == []


@pytest.mark.parametrize("pair", pairs_in(ROOT / "fixtures") + eval_paths(), ids=lambda pair: pair[0].stem)
def test_true_articles_contradict_themselves_only_where_their_gold_says_so(pair: tuple[Path, Path]) -> None:
    gold = json.loads(pair[1].read_text(encoding="utf-8"))
    evidence = Evidence(case_of(*pair).article)
    found = find_contradictions(evidence, Labels(evidence))
    expected = gold.get("contradictions", [])
    if pair[0].stem == "investment_half_year":  # its trap, told in words there
        expected = [{"spans_text": ["完成投资318.6亿元", "完成投资318.6亿元"]}]
    text = fold_words(evidence.article.text)
    assert len(found) == len(expected)
    for one, wanted in zip(found, expected, strict=True):
        assert all(fold_words(words) in text for words in wanted["spans_text"])
        around = [fold_words(evidence.article.text[max(0, at.start - 40) : at.end + 10]) for at in one.places]
        assert all(any(fold_words(words) in near for near in around) for words in wanted["spans_text"])
