"""Where one article of a page ends: what each sign between two paragraphs says."""

import pytest

from summarizer.names import find_parks
from summarizer.split.stories import find_stories
from summarizer.split.units import Unit, UnitKind

SIGNED = "上半年签约的项目已有多半开工。"
NIGHT = "夜校教室里坐满刚下班的青年。"
ENGLISH = "The zone opened a desk for foreign talent, which has a staff of twelve."


def unit(words: str) -> Unit:
    """Return a unit written as `kind: words`; prose where no kind is named."""
    kind, apart, text = words.partition(": ")
    named: dict[str, UnitKind] = {"h": "heading", "b": "byline", "c": "caption", "f": "furniture"}
    told = text if apart else words
    return Unit(named.get(kind, "prose"), told, (0,), frozenset(park.name for park in find_parks(told)), False)


def ends(*words: str) -> bool:
    """Tell whether an article ends somewhere in a page of these units."""
    return len(find_stories([unit(one) for one in words])) > 1


@pytest.mark.parametrize(
    ("sign", "between"),
    [
        ("a byline", ["b: 张三"]),
        ("furniture", ["f: 第05版"]),
        ("a headline that names a park", ["h: 云岭高新区夜校开课"]),
        ("a headline of two lines", ["h: 下班之后", "h: 教室灯火通明"]),
    ],
)
def test_what_stands_between_two_paragraphs_parts_them(sign: str, between: list[str]) -> None:
    assert ends(SIGNED, *between, NIGHT), sign


@pytest.mark.parametrize(
    ("sign", "between"),
    [
        ("nothing", []),
        ("a caption", ["c: 园区一角。 李四 摄"]),
        ("a subheading", ["h: 下班之后"]),
        ("rows of a ranking", ["h: 第1名 锦川 28.4万元", "h: 第2名 临洮 27.1万元"]),
    ],
)
def test_what_stands_within_an_article_does_not_part_it(sign: str, between: list[str]) -> None:
    assert not ends(SIGNED, *between, NIGHT), sign


def test_the_paragraphs_themselves_tell_an_end() -> None:
    assert ends(SIGNED, "本报讯 " + NIGHT)
    assert ends(SIGNED + " 张三", NIGHT)
    assert ends(SIGNED, ENGLISH)


def test_a_sentence_that_goes_on_is_not_parted() -> None:
    furniture = ["c: 园区一角。 李四 摄", "f: 第05版"]
    assert ends(SIGNED, *furniture, NIGHT)
    assert not ends("上半年签约的项目已有多半", *furniture, NIGHT)
    assert not ends("云岭高新区签约的项目已有多半", *furniture, "江北高新区" + NIGHT)


def test_an_item_without_a_full_stop_is_a_weak_end() -> None:
    assert not ends("上半年签约的项目，", "h: 下班之后", "h: 教室灯火通明", NIGHT)


def test_a_story_keeps_to_its_park() -> None:
    assert ends("云岭高新区" + SIGNED, "f: 第05版", "江北高新区" + NIGHT)
    assert not ends("云岭高新区" + SIGNED, "f: 第05版", "云岭高新区" + NIGHT)
    assert ends("云岭高新区" + SIGNED, "江北高新区" + NIGHT)


def test_a_story_keeps_to_its_words() -> None:
    assert not ends(SIGNED, "f: 第05版", "上半年签约的项目已有多半在上半年开工。")


def test_the_surest_ends_are_the_clearest() -> None:
    [first, _] = find_stories([unit(SIGNED), unit("f: 第05版"), unit(NIGHT)])
    [clear, _] = find_stories([unit(SIGNED + " 张三"), unit("f: 第05版"), unit("本报讯 " + NIGHT)])
    assert first.confidence < clear.confidence


def test_the_longest_article_is_one() -> None:
    paragraphs = [unit(f"云岭高新区第{number}项举措已经落地。") for number in range(34)]
    assert len(find_stories(paragraphs)) == 1
