"""The verdict on one number: every row of the table, and which number of the article it is held against."""

import pytest

from summarizer import check
from summarizer.draft import DraftNumber
from summarizer.verify.labels import Labels
from summarizer.verify.numbers import Located, NumberCheck, read_claim
from tests.test_evidence import evidence_of

NEWS = """云岭高新区半年报
上半年，云岭高新区签约项目86个，总投资560.6亿元，同比增长21.02%，占全省比重提高2.4个百分点。
其中在建18家、投产22家、拟开工24家。
园区服务时限由15天压缩至6天，补助5万元至10万元。
全年研发投入同比下降3.5%，能耗比上年少12吨。
两化融合示范企业16家、贯标企业22家。"""


def item(metric: str, text: str, at: int = 0) -> DraftNumber:
    return DraftNumber(metric=metric, text=text, park=None, period=None, status="actual", at=at)


def locate_all(*items: DraftNumber) -> list[Located]:
    evidence = evidence_of(NEWS)
    return NumberCheck(evidence, Labels(evidence)).locate_all(items)


def verdict(metric: str, text: str, at: int = 0) -> str:
    return locate_all(item(metric, text, at))[0].verdict


@pytest.mark.parametrize(
    ("metric", "text", "at", "expected"),
    [
        ("签约项目", "86个", 2, "exact"),
        ("签约项目", "86个", 0, "exact"),
        ("签约项目", "86", 0, "exact"),
        ("总投资", "５６０．６亿元", 2, "exact"),
        ("总投资", "0.05606万亿元", 2, "normalised"),
        ("总投资", "56060000000元", 0, "normalised"),
        ("签约项目", "86个", 3, "moved"),
        ("总投资", "561亿元", 2, "rounded"),
        ("总投资", "560.6万元", 2, "scale"),
        ("总投资", "550.6亿元", 2, "digits"),
        ("总投资", "506.6亿元", 2, "digits"),
        ("总投资", "56.6亿元", 2, "digits"),
        ("同比下降", "21.02%", 2, "sign"),
        ("研发投入同比增长", "3.5%", 5, "sign"),
        ("能耗比上年增加", "12吨", 5, "sign"),
        ("占全省比重提高", "2.4%", 2, "unit"),
        ("总投资", "560.6亿美元", 2, "unit"),
        ("总投资", "560.6亿美元", 0, "unit"),
        ("签约项目", "793个", 2, "absent"),
        ("签约项目", "很多", 2, "absent"),
        ("签约项目", "", 0, "absent"),
        ("补助", "5万元至10万元", 4, "exact"),
        ("补助", "5万元至16万元", 4, "digits"),
        ("补助", "5亿元至10万元", 4, "scale"),
        ("补助", "7万元至16万元", 4, "absent"),
    ],
)
def test_every_kind_of_verdict(metric: str, text: str, at: int, expected: str) -> None:
    assert verdict(metric, text, at) == expected


def test_a_number_is_never_found_inside_a_longer_one() -> None:
    assert verdict("签约项目", "6个", 2) != "exact"
    assert verdict("总投资", "60.6亿元", 2) == "digits"


def test_a_slip_is_found_in_a_neighbouring_sentence() -> None:
    assert verdict("总投资", "550.6亿元", 3) == "digits"


def test_the_true_place_of_a_moved_number_is_told() -> None:
    [located] = locate_all(item("签约项目", "86个", 4))
    assert located.source is not None
    assert located.source.text == "86个"


def test_a_slip_that_equals_another_number_by_chance_is_a_slip() -> None:
    told = locate_all(item("两化融合示范企业", "16家", 6), item("两化融合贯标企业", "22家", 6), item("投产", "24家", 3))
    assert [located.verdict for located in told] == ["exact", "exact", "exact"]
    told = locate_all(item("在建", "18家", 3), item("投产", "24家", 3), item("拟开工", "24家", 3))
    assert [located.verdict for located in told] == ["exact", "digits", "exact"]
    assert told[1].source is not None
    assert told[1].source.text == "22家"


def test_a_value_that_stands_elsewhere_is_moved_only_if_its_label_fits_there() -> None:
    [located] = locate_all(item("两化融合示范企业", "18家", 6))  # 18家 stands in sentence 3, of other things
    assert located.verdict == "digits"
    assert located.source is not None
    assert located.source.text == "16家"


def test_equal_numbers_of_a_sentence_are_told_apart_by_their_labels() -> None:
    evidence = evidence_of("园区拥有专精特新企业22家、技术中心22家。")
    told = NumberCheck(evidence, Labels(evidence)).locate_all([item("技术中心", "22家"), item("专精特新企业", "22家")])
    starts = [located.source.start for located in told if located.source]
    assert starts == sorted(starts, reverse=True)


def test_two_items_may_tell_one_number() -> None:
    told = locate_all(item("签约项目", "86个", 2), item("签约项目", "86个", 2))
    assert [located.verdict for located in told] == ["exact", "exact"]


def test_a_direction_shared_by_two_numbers_counts_for_both() -> None:
    evidence = evidence_of("上半年，质押融资额3.45亿元，惠及企业29家，同比分别增长27.9%和31.8%。")
    told = NumberCheck(evidence, Labels(evidence)).locate_all([item("惠及企业数同比下降", "31.8%", 1)])
    assert told[0].verdict == "sign"


def test_a_direction_behind_the_number_counts() -> None:
    evidence = evidence_of("The share of the zone reached 46.8 percent, 4.5 percentage points higher than in 2023.")
    told = NumberCheck(evidence, Labels(evidence)).locate_all(
        [item("decline of the share", "4.5 percentage points", 1)]
    )
    assert told[0].verdict == "sign"


def test_a_label_for_another_kind_of_number_says_nothing_of_the_direction() -> None:
    assert verdict("总投资同比下降", "86个", 2) == "exact"


def test_the_number_of_a_claim_is_its_first_fact() -> None:
    claim = read_claim("2023年签约86个", "CNY")
    assert claim is not None
    assert claim.text == "86个"
    claim = read_claim("2023年", "CNY")
    assert claim is not None
    assert claim.kind == "date"
    assert read_claim("没有", "CNY") is None


def test_a_second_number_of_a_claim_is_not_smuggled_in() -> None:
    article = "云岭高新区引进项目67个，签约金额560.6亿元。"
    told = [{"metric": "引进项目", "text": text} for text in ("67个，签约999亿元", "67个和99个", "67个，签约560.6亿元")]
    assert [number.verdict for number in check(article, {"numbers": told}).numbers] == [
        "absent",
        "absent",
        "normalised",
    ]
