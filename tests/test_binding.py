"""True numbers under false labels, periods, parks and states."""

import pytest

from bench.true_drafts import RUN
from summarizer.draft import Draft, DraftNumber, DraftPark
from summarizer.verify import prove
from tests.test_evidence import article_of

NEWS = """云岭高新区半年报
今年1-5月，云岭高新区签约项目86个，总投资560.6亿元。
2022年签约项目中在建18家、投产22家、拟开工24家。
2022年园区产值为90亿元，预计2028年将达到200亿元；我国产业规模已达1400亿元。
到2027年，园区产值力争突破300亿元，绿电占比达到40%，较目前的18%提高22个百分点。
江北高新区同期签约项目31个，全国高新区共有企业43万家。
近年来，园区设立服务站5个。"""


def item(metric: str, text: str, at: int = 0, **more: object) -> DraftNumber:
    fields = {"park": None, "period": None, "status": "actual"} | more
    return DraftNumber.model_validate({"metric": metric, "text": text, "at": at} | fields)


def found(
    *items: DraftNumber, text: str = NEWS, parks: tuple[str, ...] = (), published: str | None = None
) -> list[str]:
    draft = Draft(
        about_park=True,
        parks=tuple(DraftPark(name=name, role="mentioned" if place else "subject") for place, name in enumerate(parks)),
        period=None,
        summary="",
        numbers=items,
        policies=(),
        quotes=(),
    )
    brief = prove(article_of(text, published), draft, RUN)
    return [f"{finding.path} {finding.code}" for finding in brief.check.findings]


def test_exchanged_labels_are_found_on_both() -> None:
    assert found(item("签约项目中在建", "22家", 3), item("签约项目中投产", "18家", 3)) == [
        "numbers.0 label-swapped",
        "numbers.1 label-swapped",
    ]


@pytest.mark.parametrize(
    ("metric", "text"), [("签约项目中在建", "22家"), ("签约项目中投产", "18家"), ("签约项目中拟开工", "22家")]
)
def test_an_exchanged_label_is_found_when_its_partner_is_not_told(metric: str, text: str) -> None:
    assert found(item(metric, text, 3)) == ["numbers.0 label-swapped"]


def test_labels_sent_round_in_a_ring_are_all_found() -> None:
    ring = [item("在建", "22家", 3), item("投产", "24家", 3), item("拟开工", "18家", 3)]
    assert [line.split()[1] for line in found(*ring)] == ["label-swapped"] * 3


def test_true_labels_of_a_list_are_silent_in_any_order() -> None:
    assert found(item("拟开工", "24家", 3), item("签约项目中在建", "18家", 3), item("投产", "22家", 3)) == []
    assert found(item("签约项目总投资", "560.6亿元", 2), item("签约项目数", "86个", 2)) == []


def test_labels_of_different_units_are_told_apart() -> None:
    assert len(found(item("总投资", "86个", 2), item("签约项目", "560.6亿元", 2))) == 2


def test_a_faulty_number_still_holds_its_place() -> None:
    items = (item("园区产值", "95亿元", 4), item("园区产值预计", "200亿元", 4, status="forecast"))
    assert found(*items) == ["numbers.0 digits"]


def test_words_that_stand_nowhere_near_are_a_warning() -> None:
    assert found(item("晶圆月产能", "86个", 2)) == ["numbers.0 label-unsupported"]


@pytest.mark.parametrize("period", ["2011年", "2022年", "去年", "上半年"])
def test_a_period_that_is_not_the_numbers_is_found(period: str) -> None:
    assert found(item("签约项目", "86个", 2, period=period)) == ["numbers.0 period-unsupported"]


@pytest.mark.parametrize("period", ["今年1-5月", "1—5月", "１－５月", "今年1至5月"])
def test_the_numbers_own_period_is_silent_in_any_writing(period: str) -> None:
    assert found(item("签约项目", "86个", 2, period=period)) == []


def test_the_publication_date_resolves_a_period() -> None:
    assert found(item("签约项目", "86个", 2, period="2023年1-5月"), published="2023-07-01") == []
    assert found(item("签约项目", "86个", 2, period="2022年1-5月"), published="2023-07-01") != []


def test_of_two_periods_in_a_sentence_the_nearer_counts() -> None:
    assert found(item("产值", "200亿元", 4, period="2028年", status="forecast")) == []
    assert found(item("产值", "200亿元", 4, period="2022年", status="forecast")) == ["numbers.0 period-unsupported"]
    assert found(item("我国产业规模", "1400亿元", 4, period="2022年")) == []


def test_this_year_covers_its_months_and_no_other_year() -> None:
    assert found(item("签约项目", "86个", 2, period="今年")) == []
    assert found(item("产值", "90亿元", 4, period="今年")) == ["numbers.0 period-unsupported"]


def test_a_comparison_gives_no_period() -> None:
    text = "今年一季度，园区产值90亿元，比2022年同期增长5%。"
    assert found(item("产值", "90亿元", 1, period="今年一季度"), text=text) == []
    assert found(item("产值同比增长", "5%", 1, period="2022年"), text=text) == ["numbers.0 period-unsupported"]


def test_a_finer_period_of_the_lead_holds_where_the_sentence_says_this_year() -> None:
    text = "4月20日，第三届人才日在创智广场举行。今年活动共设展位210个。"
    assert found(item("展位", "210个", 2, period="4月20日"), text=text) == []
    assert found(item("展位", "210个", 2, period="去年"), text=text) == ["numbers.0 period-unsupported"]


def test_what_a_number_grew_from_may_have_any_period_of_the_article() -> None:
    text = "2014年公司成立。\n2023年，员工从6人增加到712人。"
    assert found(item("员工", "6人", 2, period="2014年"), text=text) == []
    assert found(item("员工", "712人", 2, period="2014年"), text=text) == ["numbers.0 period-unsupported"]
    assert found(item("员工", "6人", 2, period="2011年"), text=text) == ["numbers.0 period-unsupported"]


def test_a_period_is_inherited_from_the_heading() -> None:
    text = "云岭高新区2023年工作综述\n园区抓项目，强服务。\n共签约项目86个。"
    assert found(item("签约项目", "86个", 3, period="2023年"), text=text) == []


def test_a_period_may_stand_behind_its_number() -> None:
    text = "The zone had 368 certified firms at the end of 2024, and aims to have 500 by 2027."
    assert found(item("certified firms", "368", 1, period="end of 2024"), text=text) == []


def test_words_without_dates_must_stand_in_the_article() -> None:
    assert found(item("服务站", "5个", 7, period="近年来")) == []
    assert found(item("服务站", "5个", 7, period="十三五期间")) == ["numbers.0 period-unsupported"]


def test_a_park_that_the_article_does_not_name_is_found() -> None:
    assert found(item("签约项目", "86个", 2, park="临港高新区")) == ["numbers.0 park-unsupported"]


def test_a_park_by_its_full_name_is_the_same_park() -> None:
    assert found(item("签约项目", "86个", 2, park="云岭国家高新技术产业开发区")) == []


def test_a_number_of_one_park_told_as_anothers_is_found() -> None:
    parks = ("云岭高新区", "江北高新区")
    assert found(item("签约项目", "86个", 2, park="江北高新区"), parks=parks) == ["numbers.0 park-unsupported"]
    assert found(item("签约项目", "31个", 6, park="江北高新区"), parks=parks) == []


def test_a_target_told_as_reached_is_found() -> None:
    assert found(item("园区产值", "300亿元", 5)) == ["numbers.0 target-as-actual"]
    assert found(item("园区产值", "300亿元", 5, status="target")) == []
    assert found(item("园区产值目标是", "300亿元", 5)) == []


@pytest.mark.parametrize("text", ["园区计划新开工项目50个。", "园区确保项目不少于50个。", "园区将于年内建成项目50个。"])
def test_announcements_are_targets_too(text: str) -> None:
    assert found(item("项目", "50个", 1), text=text) == ["numbers.0 target-as-actual"]


@pytest.mark.parametrize("text", ["园区计划新开工，已完成项目50个。", "完成年度计划投资的50个项目。"])
def test_a_plan_that_is_fulfilled_is_no_target(text: str) -> None:
    assert found(item("项目", "50个", 1), text=text) == []


def test_traditional_plans_are_plans() -> None:
    assert found(item("投資", "3億元", 1), text="園區企業擬投資3億元。") == ["numbers.0 target-as-actual"]


def test_what_was_reached_of_a_target_is_no_target() -> None:
    text = "园区技术合同成交额58.3亿元，完成全年目标110亿元的53%。"
    assert found(item("技术合同成交额完成比例", "53%", 1), text=text) == []
    assert found(item("全年完成额", "110亿元", 1), text=text) == ["numbers.0 target-as-actual"]


def test_what_a_target_is_compared_with_is_reached() -> None:
    assert found(item("绿电占比", "18%", 5)) == []
    assert found(item("产能", "240万片", 1), text="园区产能将从240万片增加到600万片。") == []


def test_a_national_figure_told_as_the_parks_is_a_warning() -> None:
    assert found(item("企业", "43万家", 6, park="云岭高新区")) == ["numbers.0 scope"]
    assert found(item("全国高新区企业", "43万家", 6, park="云岭高新区")) == ["numbers.0 scope"]
    assert found(item("全国高新区企业", "43万家", 6)) == []
    assert found(item("企业", "43万家", 6)) == []


def test_a_nearer_period_may_be_what_the_number_grew_from() -> None:
    text = "2023年，云州高新区高新技术企业由上年的214家增至241家。\n2021年园区还只有一家。"
    assert found(item("高新技术企业", "241家", 1, period="2023年"), text=text) == []
    assert found(item("高新技术企业", "241家", 1, period="2021年"), text=text) != []


def test_words_for_the_present_stand_for_each_other() -> None:
    assert found(item("企业", "214家", 1, period="目前"), text="云州高新区现有企业214家。") == []


def test_numbers_that_order_pairs_with_labels_are_not_judged() -> None:
    text = "云州高新区的博士、硕士分别享受每月补贴3000元、1500元。"
    assert found(item("硕士每月补贴", "1500元", 1), item("博士每月补贴", "3000元", 1), text=text) == []
    english = "In Yunzhou High-Tech Zone, foreign investment actually used fell 6.2 percent to $430 million."
    told = (item("Decline in foreign investment", "6.2 percent", 1), item("Foreign investment used", "$430 million", 1))
    assert found(*told, text=english) == []


TWO_PARKS = (
    "江州高新区与青岭高新区同日开会。\n江州高新区签约62个；青岭高新区签约48个，江州高新区与青岭高新区共建园区3个。"
)


def test_parks_exchanged_within_a_sentence_are_found() -> None:
    parks = ("江州高新区", "青岭高新区")
    wrong = (item("签约", "62个", 2, park="青岭高新区"), item("签约", "48个", 2, park="江州高新区"))
    assert found(*wrong, text=TWO_PARKS, parks=parks) == ["numbers.0 park-unsupported", "numbers.1 park-unsupported"]
    right = (item("签约", "62个", 2, park="江州高新区"), item("签约", "48个", 2, park="青岭高新区"))
    assert found(*right, item("共建园区", "3个", 2, park="江州高新区"), text=TWO_PARKS, parks=parks) == []


HEADLINE = """最高3000万元！云岭高新区发布措施
签约项目逾32个
云岭高新区昨日举行签约仪式，现场签约32个项目。
单个项目配套最高3000万元，由管委会按国家拨付资金配套。"""


def test_the_body_speaks_for_the_numbers_of_a_headline() -> None:
    assert found(item("单个项目配套资金", "3000万元", 1), text=HEADLINE) == []
    assert found(item("亩均税收总额", "3000万元", 1), text=HEADLINE) == ["numbers.0 label-unsupported"]


def test_the_day_of_the_lead_is_that_of_the_headline() -> None:
    yesterday = item("签约项目", "32个", 2, period="昨日")
    assert found(yesterday, text=HEADLINE, published="2025-03-11") == []
    other = item("签约项目", "32个", 2, period="3月2日")
    assert found(other, text=HEADLINE, published="2025-03-11") == ["numbers.0 period-unsupported"]


def test_what_was_and_what_is_are_told_apart() -> None:
    text = "办理时限由30个工作日压缩至10个工作日。"
    labels = item("原办理时限", "30个工作日", 1), item("现办理时限", "10个工作日", 1)
    assert found(*labels, text=text) == []
    swapped = item("原办理时限", "10个工作日", 1), item("现办理时限", "30个工作日", 1)
    assert found(*swapped, text=text) == ["numbers.0 label-swapped", "numbers.1 label-swapped"]
