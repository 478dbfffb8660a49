import random
import re
import subprocess
import sys

import pytest

from bench.planted_tellings import harmful, reprints, templated
from bench.true_drafts import ROOT
from summarizer.archive.telling import Marks, are_candidates, marks_of, same_telling
from summarizer.pages import articles_of
from summarizer.pipeline import load

NEWS = """临澜高新区上半年经济运行平稳
本报讯（记者 张三）今年上半年，临澜高新区实现地区生产总值312.4亿元，同比增长8.2%，规上工业增加值增长9.6%。
全区签约项目114个，总投资560.6亿元，其中在建项目47个；投产项目21个，带动就业3200人。
高新区管委会主任王明表示：“园区将继续优化营商环境。”
"""
LONG = (
    NEWS
    + "上半年，园区工业投资增长18.2%，技改投资增长24.6%；新增高新技术企业27家，总数达到327家，研发投入占比升至4.1%。\n"
    + "外贸进出口总额88.3亿元，其中出口61.7亿元，分别增长4.9%和7.2%；实际使用外资1.26亿美元，完成年度目标的54.8%。\n"
)
BODY = NEWS.split("）", 1)[1]


def linked(one: str, other: str) -> bool:
    answers = {same_telling(one, other), same_telling(other, one)}
    assert len(answers) == 1, "the answer depends on the order"
    return answers.pop()


@pytest.mark.parametrize(
    "reprint",
    [
        BODY,
        f"临澜高新区跑出加速度\n{BODY}",
        f"要闻\n经济稳中有进态势良好\n来源：澜江日报 记者 李四\n新华社临澜7月3日电（记者 李四、赵立）"
        f"{BODY}（完）\n责任编辑：王五",
        f"{NEWS}【责任编辑:王五】",
        f"临澜跑出加速度\n{BODY}（原标题：临澜开新局 园区成色足）",
        f"本报讯（通讯员 赵立）{BODY}下一步将续写新篇章。",
        NEWS.replace("，", ",").replace("“", "「").replace("”", "」"),
        NEWS.replace("；投产", "。投产"),
        NEWS.replace("。其中", "，\n其中").replace("560.6亿元", "５６０.６ 亿元"),
        NEWS.replace("。", "。\n　　"),
        "\n\n".join(NEWS[place : place + 22].replace("\n", "") for place in range(0, len(NEWS), 22)).replace(
            "平稳本报讯", "平稳\n\n本报讯"
        ),
    ],
)
def test_a_reprint_is_the_same_telling(reprint: str) -> None:
    assert linked(NEWS, reprint)
    assert are_candidates(marks_of(NEWS), marks_of(reprint))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("312.4", "312.5"),
        ("312.4", "3124"),
        ("560.6亿", "560.6万"),
        ("8.2%", "8.2个百分点"),
        ("今年上半年", "去年上半年"),
        ("，临澜高新区", "，栖原高新区"),
        ("临澜高新区", "栖原高新区"),
        ("王明", "王朋"),
        ("增长8.2", "下降8.2"),
        ("实现地区", "力争实现地区"),
        ("其中在建", "其中拟建"),
        ("，带动就业3200人", ""),
        ("优化营商", "改善营商"),
        ("114个，总投资560.6亿元，其中在建项目47个", "47个，总投资560.6亿元，其中在建项目114个"),
    ],
)
def test_a_change_in_the_report_makes_another_telling(old: str, new: str) -> None:
    assert old in NEWS
    assert not linked(NEWS, NEWS.replace(old, new))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("企业 12 3\n完。", "企业 1 23\n完。"),
        ("12\n3\n合计。", "1\n23\n合计。"),
        ("共 8 6 家。", "共 86 家。"),
        ("三、四家企业参加。", "三四家企业参加。"),
        ("增速为-3.8个百分点。", "增速为3.8个百分点。"),
        ("占比1.5成。", "占比15成。"),
        ("占比.5成。", "占比5成。"),
        ("吸引5万，人才聚集。", "吸引5万人才聚集。"),
        ("10²平方米。", "102平方米。"),
        ("二○年规划。", "二年规划。"),
        ("增长（下降）5.5%。", "增长下降5.5%。"),
    ],
)
def test_folding_white_space_and_punctuation_keeps_figures_apart(one: str, other: str) -> None:
    assert not linked(NEWS + one, NEWS + other)
    assert marks_of(NEWS + one).exact != marks_of(NEWS + other).exact


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("来源：税收收入", "来源：捐款收入"),
        ("审核：增长", "审核：下降"),
        ("以上为数据。（万元）", "以上为数据。（亿元）"),
        ("以上为数据。（未经审计）", "以上为数据。（张三）"),
        ("以上为数据。（曾预计）", "以上为数据。（张三）"),
        ("首页 > 新闻 > 签约114个", "首页 > 新闻 > 签约21个"),
        ("原标题：签约114个", "原标题：签约115个"),
        ("▶ 预期目标\n上述为其一。", "▶ 完成情况\n上述为其一。"),
        ("预期目标\n上述为其一。", "上述为其一。"),
        ("园区合作社光伏发电 （一期）投用。", "园区供电网风力发电 （一期）投用。"),
        ("（记者了解到产值下降）今后要努力。", "（记者了解到产值上升）今后要努力。"),
    ],
)
def test_what_only_looks_like_furniture_is_compared(one: str, other: str) -> None:
    assert not linked(NEWS + one, NEWS + other)


@pytest.mark.parametrize(
    "end",
    [
        "但这一目标并未实现。",
        "以上内容纯属虚构。",
        "下一步，栖原高新区将续写新篇章。",
        "下一步，园区将实施《惠企条例》。",
        "今后三年，园区将新增产值90亿元。",
        "“今后更要努力。”李四说。",
        "奋进的园区令人难忘。" * 8,
        "园区令人难忘。",
    ],
)
def test_a_reprint_lacks_no_figure_quotation_policy_park_or_contradiction(end: str) -> None:
    assert linked(LONG, LONG + "下一步，园区将续写新篇章。")
    assert not linked(LONG, LONG + end)


def test_only_the_end_may_be_cut() -> None:
    closing = "奋进正当时，续写新篇章。"
    assert linked(LONG, LONG + closing)
    assert not linked(LONG, LONG.replace("高新区管委会", f"{closing}高新区管委会"))


@pytest.mark.parametrize(
    "headline",
    [
        "栖原高新区上半年经济运行平稳",
        "栖原上半年经济运行平稳",
        "栖原国际生物医药城上半年经济运行平稳",
        "临澜高新区签约项目115个",
        "总投资114个",
        "临澜高新区今年工作目标公布",
        "下半年稳中有进",
        "关于一则报道的更正说明",
    ],
)
def test_a_headline_that_tells_what_the_report_does_not_makes_another_telling(headline: str) -> None:
    assert not linked(NEWS, f"{headline}\n{NEWS.split(chr(10), 1)[1]}")


def test_a_headline_may_be_all_that_says_whose_a_report_is() -> None:
    nameless = NEWS.replace("临澜高新区", "园区").replace("园区上半年", "{}上半年", 1)
    assert not linked(nameless.format("临澜"), nameless.format("栖原"))


def test_headlines_over_a_report_that_tells_no_facts_must_be_the_same() -> None:
    award = (
        "获奖名单公布\n王明\n以上同志在全区工作中表现突出，特此表彰，希望干部职工以他为榜样，扎实工作，"
        "开拓进取，共同建设美好的家园与城市，为园区建设添砖加瓦。"
    )
    assert not linked(award, award.replace("王明", "李华"))
    assert not linked(award, award.replace("获奖名单公布", "今天我们向谁学习"))
    named = award.replace("王明\n", "")
    assert not linked(named, named.replace("获奖名单公布", "今天我们向谁学习"))


def test_headlines_must_not_tell_opposite_directions() -> None:
    body = NEWS.split("\n", 1)[1]
    assert linked(f"增势喜人 持续提升\n{body}", f"园区生产势头引人关注\n{body}")
    assert not linked(f"增势喜人 持续提升\n{body}", f"园区生产持续下滑引人关注\n{body}")


def test_reports_filed_or_published_in_other_months_or_years_are_other_tellings() -> None:
    wire = NEWS.replace("本报讯", "新华社临澜{}电")
    assert linked(wire.format("6月25日"), wire.format("6月26日"))
    assert not linked(wire.format("6月25日"), wire.format("12月25日"))
    dated = "发布时间：{}-07-03 来源：澜江日报\n" + NEWS
    assert linked(dated.format(2023), NEWS)
    assert not linked(dated.format(2023), dated.format(2024))
    chronicle = "大事记\n2023年7月{}日\n" + BODY
    assert not linked(chronicle.format(3), chronicle.format(5))


def test_list_articles_have_no_headline_to_differ_in() -> None:
    rows = "临澜统计\n地区生产总值100亿元\n工业产值50亿元\n" + "\n".join(
        f"第{row}项收入{row}亿元" for row in range(1, 9)
    )
    assert not linked(rows, rows.replace("总值100", "总值50").replace("产值50", "产值100"))
    firms = [f"{name}科技股份有限公司" for name in ("澈光", "睛石", "触微", "纫针", "恒陌", "北曜")]
    names = "\n".join(["入选企业名单", *firms])
    assert not linked(f"{names}\n{BODY}", f"{names}\n{BODY}".replace("澈光科技股份", "云巢生物医药"))


def test_a_report_in_english_is_compared_by_words() -> None:
    news = (
        "Wanlu zone signs deals\nBy Hollis Tan\nWANLU, Jan. 16 -- The zone signed contracts worth 38.6 billion yuan in "
        "2024, up 12 percent. It is now here that 147 companies signed up. Output grew 4.5 points."
    )
    assert linked(news, news.replace("WANLU, Jan. 16 -- ", "").replace("Hollis Tan", "Ann Lee"))
    assert not linked(news, news.replace("now here", "nowhere"))


def test_planted_reprints_are_linked_and_planted_changes_never() -> None:
    for name in ("founder_profile", "talent_day"):
        text = articles_of(load(ROOT / f"fixtures/articles/{name}.txt"))[0].text
        harmless = [reprint for kind, reprint in reprints(text, random.Random(3)) if kind != "other headline"]
        assert sum(same_telling(text, reprint) for reprint in harmless) >= 0.9 * len(harmless)
        changes = list(harmful(text, random.Random(3)))
        assert len(changes) > 80
        assert [change[:2] for change in changes if same_telling(text, change[2])] == []


def test_bulletins_by_one_template_are_not_linked() -> None:
    bulletins = list(templated(random.Random(3)).values())[:40]
    assert not any(
        same_telling(one, other) for place, one in enumerate(bulletins) for other in bulletins[place + 1 : place + 4]
    )


def test_marks_are_few_small_integers_and_the_same_in_every_process() -> None:
    here = marks_of(NEWS)
    assert 0 < len(here.marks) <= 8
    assert all(0 <= mark < 2**63 for mark in here.marks)
    assert list(here.marks) == sorted(here.marks)
    assert re.fullmatch("sha256:[0-9a-f]{64}", here.exact)
    code = f"from summarizer.archive.telling import marks_of; print(tuple(marks_of({NEWS!r})))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert shown.strip() == str(tuple(here))


def test_one_print_in_other_lines_and_width_has_the_same_hash() -> None:
    printed = (
        NEWS.replace("，", ",\n")
        .replace("\n高新区", "\n\n　　高新区")
        .replace("114", "１１４")
        .replace("亿元", " 亿元")
    )
    assert marks_of(printed).exact == marks_of(NEWS).exact


def test_texts_without_words_have_no_marks_and_are_no_candidates() -> None:
    assert marks_of("").marks == ()
    assert not are_candidates(Marks("sha256:1", ()), Marks("sha256:2", ()))
    assert not same_telling("", NEWS)
    assert not same_telling("\udcff", "?")
