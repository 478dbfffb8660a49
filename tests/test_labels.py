"""How well a label fits a number, in lists with a head, behind linking words, in English."""

import pytest

from summarizer.quantities import Quantity
from summarizer.verify.evidence import Evidence
from summarizer.verify.grams import grams
from summarizer.verify.labels import Labels
from tests.test_evidence import evidence_of

LIST = "2022年签约项目中在建18家、投产22家、拟开工24家。"


def number(evidence: Evidence, text: str) -> Quantity:
    [found] = [quantity for quantity in evidence.quantities if "".join(quantity.text.split()) == text]
    return found


def preference(text: str, metric: str, own: str, other: str) -> float:
    evidence = evidence_of(text)
    return Labels(evidence).preference(metric, number(evidence, own), number(evidence, other))


def test_chinese_is_compared_by_pairs_and_english_by_words() -> None:
    assert grams("签约项目") == {"签约", "约项", "项目"}
    assert grams("Signed companies") == {"signed", "companie"}
    assert grams("额") == {"额"}
    assert grams("") == frozenset()


@pytest.mark.parametrize(
    ("metric", "true", "other"),
    [
        ("签约项目中在建", "18家", "22家"),
        ("签约项目中投产", "22家", "18家"),
        ("签约项目中投产", "22家", "24家"),
        ("签约项目中拟开工", "24家", "22家"),
    ],
)
def test_in_a_list_with_a_head_every_label_prefers_its_own_number(metric: str, true: str, other: str) -> None:
    assert preference(LIST, metric, true, other) < 0
    assert preference(LIST, metric, other, true) > 0.52


def test_words_that_trail_a_number_are_not_its_neighbours() -> None:
    text = "奖项收到47个国家和地区的1260家企业申报，经三轮评审，80家企业获奖。"
    assert preference(text, "国家和地区", "47个", "1260家") < 0
    assert preference(text, "申报企业", "1260家", "47个") < 0


def test_the_unit_tells_money_from_counts_and_shares() -> None:
    text = "园区引进67个，金额560.6亿元，同比增长21.02%。"
    assert preference(text, "签约金额", "67个", "560.6亿元") > 0
    assert preference(text, "引进项目数", "560.6亿元", "67个") > 0
    assert preference(text, "金额同比增长", "560.6亿元", "21.02%") > 0


def test_a_number_without_words_of_its_own_takes_its_neighbours_label() -> None:
    text = "平均办理时限由15个工作日压缩至6个工作日。"
    assert preference(text, "平均办理时限", "6个工作日", "15个工作日") <= 0


def test_before_and_after_are_told_apart() -> None:
    text = "平均办理时限由15个工作日压缩至6个工作日。"
    assert preference(text, "压缩后平均办理时限", "6个工作日", "15个工作日") < 0
    assert preference(text, "压缩后平均办理时限", "15个工作日", "6个工作日") > 0
    assert preference(text, "压缩前平均办理时限", "6个工作日", "15个工作日") > 0


def test_what_a_number_is_compared_with_is_no_better_place() -> None:
    text = "园区绿电占比达到40%，较目前的18%提高22个百分点。"
    evidence = evidence_of(text)
    labels = Labels(evidence)
    assert labels.is_base(number(evidence, "18%"))
    assert not labels.is_base(number(evidence, "40%"))
    assert labels.preference("绿电占比", number(evidence, "22个百分点"), number(evidence, "18%")) <= 0


def test_a_number_inside_the_label_is_no_better_place() -> None:
    text = "Seven Rivers is spending 2.5 billion yuan on the second phase of a 12-inch wafer plant."
    metric = "Seven Rivers spending on the second phase of a 12-inch wafer plant"
    assert preference(text, metric, "2.5billionyuan", "12-inch") <= 0


def test_a_label_without_words_fits_nothing() -> None:
    evidence = evidence_of(LIST)
    assert Labels(evidence).fit("", number(evidence, "18家")) == 0
    assert Labels(evidence).coverage("数", number(evidence, "18家")) == 1


def test_what_the_unit_says_needs_no_words() -> None:
    evidence = evidence_of("园区的12英寸晶圆二厂投产。")
    assert Labels(evidence).coverage("晶圆尺寸", number(evidence, "12英寸")) == 1


def test_coverage_counts_the_heading_and_the_neighbours() -> None:
    evidence = evidence_of("招商引资\n2022年，园区成绩不错。\n共有86个。\n后来又好了。")
    labels = Labels(evidence)
    assert labels.coverage("招商成绩", number(evidence, "86个")) == 1
    assert labels.coverage("晶圆", number(evidence, "86个")) == 0


def test_english_labels_read_the_words_behind_a_number() -> None:
    text = "Among the firms were 147 companies that signed up, and 22 foreign banks that opened branches."
    assert preference(text, "foreign banks", "22", "147companies") < 0
    assert preference(text, "foreign banks", "147companies", "22") > 0
