"""Labels that stand elsewhere than at their numbers, and the parks that are dealt out with them."""

import pytest

from summarizer.subjects import Subjects
from summarizer.verify.parks import Parks, same_park, zone_of
from summarizer.verify.structure import Structure
from tests.test_evidence import evidence_of


def bond_of(text: str, words: str) -> tuple[str, str | None] | None:
    evidence = evidence_of(text)
    [quantity] = [found for found in evidence.quantities if found.text == words]
    bond = Structure(evidence).bond(quantity)
    return None if bond is None else (bond.words, bond.anchor.text if bond.anchor else None)


DEALT = "高端装备、新材料产业产值分别达到402.6亿元、265.8亿元，分别增长12.3%、10.7%。"


@pytest.mark.parametrize(
    ("text", "words", "bond"),
    [
        (DEALT, "402.6亿元", ("高端装备。达到", None)),
        (DEALT, "265.8亿元", ("新材料产业产值。达到", None)),
        (DEALT, "10.7%", ("", "265.8亿元")),
        ("进出口总额88.3亿元，其中出口61.7亿元，分别增长4.9%和7.2%。", "4.9%", ("", "88.3亿元")),
        ("规上工业总产值1180亿元，增长9.3%。", "9.3%", ("", "1180亿元")),
        ("签约项目67个，投产22家。", "22家", None),
    ],
)
def test_words_are_found_where_they_stand(text: str, words: str, bond: tuple[str, str | None] | None) -> None:
    found = bond_of(text, words)
    if bond is not None and bond[0]:
        assert found is not None
        assert found[0].startswith(bond[0].split("。")[0])
    else:
        assert found == bond


CITY = "锦川高新区、锦川经开区分别完成产值186.2亿元、154.7亿元。其中高新区投产51家、经开区22家。"


def other_owner(text: str, claim: str, words: str) -> str | None:
    evidence = evidence_of(text)
    [quantity] = [found for found in evidence.quantities if found.text == words]
    return Parks(evidence, Subjects(evidence.article), Structure(evidence)).other_owner(claim, quantity)


@pytest.mark.parametrize(
    ("claim", "words", "owner"),
    [
        ("锦川高新区", "186.2亿元", None),
        ("锦川经开区", "186.2亿元", "锦川高新区"),
        ("锦川高新区", "154.7亿元", "锦川经开区"),
        ("锦川高新区", "22家", "经开区"),
        ("锦川经开区", "22家", None),
        ("锦川经开区", "51家", "高新区"),
    ],
)
def test_a_park_gets_the_numbers_that_are_dealt_out_to_it(claim: str, words: str, owner: str | None) -> None:
    assert other_owner(CITY, claim, words) == owner


def test_parks_are_told_apart_by_stem_and_kind() -> None:
    assert same_park("云州高新区", "云州国家高新技术产业开发区")
    assert same_park("锦川高新区", "高新区")
    assert not same_park("锦川高新区", "锦川经开区")
    assert not same_park("锦川高新区", "云州高新区")
    assert zone_of("园区") is None
