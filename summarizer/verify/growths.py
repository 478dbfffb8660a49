"""Growth against the levels beside it: 由640亿元增至800亿元，增长35% says 35 where its own levels say 25.

Only where one sentence tells both levels and the growth, one behind the other, and nothing else can be meant.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from summarizer.quantities import Quantity, resolve, same_unit
from summarizer.quantities.periods import STAND_IN
from summarizer.verify.places import Contradicted, Places, contradicted, shown
from summarizer.verify.worth import Worth, printed_step, rounding, worth

_QUALIFIED = r"(?:约|近|超过?|逾|达到?|至|为|大约|接近)*"
_RISE: Final = re.compile(r"(?:增|升|提高|提升|扩大|攀升|跃升|扩|涨|上涨)[^，,。；;、]{0,3}[至到][^，,。；;、]{0,10}$")
_FALL: Final = re.compile(
    r"(?:降|减|减少|下降|压缩|压减|缩短|缩减|精简|回落|下滑)[^，,。；;、]{0,3}[至到][^，,。；;、]{0,10}$"
)
_FROM: Final = re.compile(r"(?:由|从)[^，,。；;]{0,16}$")
_TURN: Final = re.compile(r"^[^，,。；;0-9]{0,12}$")
_THEN: Final = re.compile(
    rf"^[，,（(](?P<yearly>同比|比上年|较上年|比去年|较去年)?(?:实现)?(?P<way>增长|增加|净增|增幅|提高|提升|上升|扩大"
    rf"|下降|减少|降低|缩减|缩短|压缩|压减|降幅|精简)了?{_QUALIFIED}$"
)
_AGAINST: Final = re.compile(r"^[，,]?[比较](?P<base>上年|去年|上年同期|去年同期|同期)的$")
_GREW: Final = re.compile(rf"^(?:同比)?(?P<way>增长|增加|下降|减少|提高)了?{_QUALIFIED}$")
_FALLING: Final = frozenset("下减降缩压精")
_RANKS: Final = frozenset({"位", "级"})
"""Units of a rank, which rises where its number falls; 名 counts people where something 增 or 减."""
_DOWNWARDS: Final = re.compile(r"下降|降幅|跌|负|亏|[-－]")
"""Where a loss is told, 由下降5%回升至下降3% rises though its number falls."""
_SLACK: Final = Decimal("1.1")
"""Steps of its last digit by which a growth may be off: half of one is rounding, a whole one is
cutting off. Of 660 true growths printed to 0.1 (bench/contradictions.py) none is accused from 0.5 on, 238 at 0."""


def find_growths(places: Places) -> Iterator[Contradicted]:
    """Yield the growths that do not follow from their levels, and the levels that go the other way than told."""
    for facts in places.facts():
        for number, (first, second) in enumerate(pairwise(facts)):
            third = facts[number + 2] if number + 2 < len(facts) else None
            turned = _turned(places, first, second)
            if turned is not None:
                yield turned
            elif third is not None:
                found = _told_behind(places, first, second, third) or _told_against(places, first, second, third)
                if found is not None:
                    yield found


def _turned(places: Places, old: Quantity, new: Quantity) -> Contradicted | None:
    """Return a level that is said to rise where it falls, or the other way round."""
    words = places.between(old.end, new.start)
    if not _goes_over(places, old, new, words):
        return None
    before, after = worth(old), worth(new)
    if before is None or after is None or _DOWNWARDS.search(places.clause(old) + words[-4:]):
        return None
    rises, falls = _RISE.search(words), _FALL.search(words)
    if rises and not falls and after.high < before.low and old.kind != "duration":  # 时限由15天提升至3天 is sloppy
        return contradicted([old], [new], f"{shown(new)} is said to be a rise from {shown(old)}")
    if falls and not rises and before.high < after.low:
        return contradicted([old], [new], f"{shown(new)} is said to be a fall from {shown(old)}")
    return None


def _goes_over(places: Places, old: Quantity, new: Quantity, words: str) -> bool:
    """Whether the sentence says that something went from `old` to `new`."""
    if old.unit != new.unit and not same_unit(old.unit, new.unit):
        return False
    if old.kind != new.kind or old.unit in _RANKS or not (_RISE.search(words) or _FALL.search(words)):
        return False
    if old.unit is None and old.kind == "count":
        return False
    if old.unit == "名" and "增" not in words and "减" not in words:
        return False
    return bool(_FROM.search(places.clause(old))) and "、" not in words and "，" not in words and "," not in words


def _told_behind(places: Places, old: Quantity, new: Quantity, told: Quantity) -> Contradicted | None:
    """Check 由A增至B，增长x%: x is the growth from A to B, or by how much B is more."""
    if not _goes_over(places, old, new, places.between(old.end, new.start)):
        return None
    then = _THEN.match(places.between(new.end, told.start))
    if then is None or (then["yearly"] and not _is_a_year(places, old, new)):
        return None
    return _compare(old, new, told, then["way"][0] in _FALLING)


def _told_against(places: Places, new: Quantity, old: Quantity, told: Quantity) -> Contradicted | None:
    """Check B，比上年的A增长x%."""
    if new.kind != old.kind or not same_unit(new.unit, old.unit) or not places.is_level(new):
        return None
    grew = _GREW.match(places.between(old.end, told.start))
    if grew is None or not _AGAINST.match(places.between(new.end, old.start)):
        return None
    return _compare(old, new, told, grew["way"][0] in _FALLING)


def _is_a_year(places: Places, old: Quantity, new: Quantity) -> bool:
    """Whether `old` is told of the year before, so that 同比 may be computed from it."""
    words = places.between(max(0, old.start - 12), old.start)
    if any(word in words for word in ("上年", "去年", "同期")):
        return True
    named = places.evidence.periods_within(max(0, old.start - 12), new.start)
    days = [resolve(mention.text, STAND_IN) for mention in named]
    years = [dates.start.year for dates in days if dates is not None]
    return len(years) == 2 and years[1] - years[0] == 1


def _compare(old: Quantity, new: Quantity, told: Quantity, falls: bool) -> Contradicted | None:
    """Return the three numbers where the change from `old` to `new` cannot be what is told."""
    before, after = (worth(level, rounding(level)) for level in (old, new))
    claimed = worth(told, _SLACK * printed_step(told))
    if before is None or after is None or claimed is None or before.low <= 0:
        return None
    sign = -1 if falls else 1
    change = Worth(*sorted((sign * (after.low - before.high), sign * (after.high - before.low))))
    readings = _readings(old, told, change, before, after)
    if not readings or any(reading.meets(claimed) for reading in readings):
        return None
    way = "less" if falls else "more"
    return contradicted([old, new], [told], f"from {shown(old)} to {shown(new)} is not {shown(told)} {way}")


def _readings(old: Quantity, told: Quantity, change: Worth, before: Worth, after: Worth) -> list[Worth]:
    """Return what the growth may be, read in each way that is usual; nothing where it cannot be told."""
    if told.kind == "percentage_point":
        return [change] if old.unit == "%" else []
    if told.kind == old.kind and same_unit(told.unit, old.unit) and old.unit != "%":
        return [change]
    if told.kind != "ratio" or old.kind == "ratio" or before.high.is_infinite() or after.high.is_infinite():
        return []
    if told.unit == "%":
        return [Worth(change.low / before.high * 100, change.high / before.low * 100)]
    if told.unit == "倍":  # 增长6倍 is said of seven times as much, and of six times as much too
        return [
            Worth(change.low / before.high, change.high / before.low),
            Worth(after.low / before.high, after.high / before.low),
        ]
    return []
