"""Which park of an article a number belongs to, where several are named.

By what 分别 deals out, by the subject of the number's clause, by the last park that opened a clause of the paragraph. A
park is known by its stem and its kind (锦川 + 高新区), so that a bare 高新区 is that of the town and no 经开区.
"""

import re
from collections import Counter
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from summarizer.quantities import Quantity
from summarizer.subjects import Subjects
from summarizer.verify.evidence import Evidence, fold_words
from summarizer.verify.structure import Structure

_KINDS: Final = (
    ("high-tech", r"(?:国家级?)?高新(?:技术)?(?:产业)?(?:开发区|园区|区)"),
    ("economic", r"(?:国家级?)?(?:经济技术开发区|经济开发区|经开区)"),
    ("bonded", r"综合保税区|综保区|保税区"),
    ("science park", r"科学园区|科技园区|科学城|科技城"),
    ("free trade", r"自贸区"),
    ("new area", r"新区"),
)
_KIND: Final = re.compile("|".join(f"(?P<k{place}>{pattern})" for place, (_, pattern) in enumerate(_KINDS)))
_STEM: Final = re.compile(r"[一-鿿]{0,6}$")
_TOGETHER: Final = re.compile(r"[与和同及]|联合|牵手|携手|共建|对接|签订|签署|来自|相邻")
"""Words that put another park into a clause without giving it the clause's numbers."""
_ITEM_CHARS: Final = 30
_ANY_KIND: Final = "|".join(pattern for _, pattern in _KINDS)
_ITEM: Final = re.compile(
    rf"(?:[、，,；;：:。—\n]|其中|^)\s?(?:其中)?(?P<name>(?:(?![占全在于比约为较])[一-鿿]){{0,6}}?(?:{_ANY_KIND}))(?:[一-鿿“”]{{0,8}})\s?$"
)
"""A park that opens the number's own item of a list."""
_SEVERAL: Final = re.compile(r"合计|共|分别|均|[与和及]|以及|高于|低于|比|较|相当")
_MAIN: Final = 0.34
"""A park named a third as often as the one named most is a subject of the article too."""


class Zone(NamedTuple):
    """What a name says of its park."""

    stem: str
    """锦川 of 锦川高新区; empty for a bare 高新区."""
    kind: str


@lru_cache(maxsize=1024)
def zone_of(name: str) -> Zone | None:
    """Return stem and kind of a park's name; None for one without a known kind (园区, a name in English)."""
    folded = fold_words(name)
    kinds = list(_KIND.finditer(folded))
    if not kinds:
        return None
    found = kinds[-1]
    stem = _STEM.search(folded[: found.start()])
    return Zone(stem.group() if stem else "", _KINDS[int((found.lastgroup or "k0")[1:])][0])


def same_park(one: str, other: str) -> bool:
    """Whether two names may mean one park: 云州高新区, 云州国家高新技术产业开发区, a bare 高新区."""
    left, right = zone_of(one), zone_of(other)
    if left is None or right is None:
        folded = fold_words(one).lower(), fold_words(other).lower()
        return folded[0] in folded[1] or folded[1] in folded[0]
    if left.kind != right.kind:
        return False
    return left.stem.endswith(right.stem) or right.stem.endswith(left.stem)


class Parks:
    """The parks of one article and the numbers that are theirs."""

    def __init__(self, evidence: Evidence, subjects: Subjects, structure: Structure) -> None:
        self._evidence = evidence
        self._subjects = subjects
        self._structure = structure

    def other_owner(self, claim: str, quantity: Quantity) -> str | None:
        """Return the park that the article gives the number to, where that is certainly not `claim`."""
        owner = self._owner(quantity)
        if owner is not None:
            clear = zone_of(owner) is not None and zone_of(claim) is not None
            return owner if clear and not same_park(claim, owner) and not self._together(claim, quantity) else None
        return self._foreign(claim, quantity)

    def _owner(self, quantity: Quantity, depth: int = 3) -> str | None:
        before = self._evidence.article.text[max(0, quantity.start - _ITEM_CHARS) : quantity.start]
        item = _ITEM.search(before) if "区" in before or "城" in before else None  # what every kind ends in
        if item is not None and not _SEVERAL.search(item.group()):
            return item.group("name")  # 高新区518家、经开区367家
        bond = self._structure.bond(quantity)
        if bond is not None and bond.anchor is not None and depth:
            governor = self._subjects.governor(quantity.start, quantity.kind)
            if governor is None or governor.start <= bond.anchor.start or bond.dealt:
                return self._owner(bond.anchor, depth - 1)
        dealt = zone_of(bond.words.split("。")[0]) if bond is not None and bond.words else None
        if bond is not None and dealt is not None:
            return (
                f"{dealt.stem}{bond.words.split('。')[0].strip()[-3:]}"
                if not dealt.stem
                else bond.words.split("。")[0].strip()
            )
        return next((name for name in self._subjects.parks_before(quantity.start) if zone_of(name) is not None), None)

    def _together(self, claim: str, quantity: Quantity) -> bool:
        """Whether the claimed park stands beside the clause's own, with a word that joins the two."""
        sentence = self._evidence.article.sentence_at(quantity.start)
        before = self._evidence.article.text[sentence.start : quantity.start] if sentence else ""
        clause = re.split(r"[，,；;。]", before)[-1]
        return _TOGETHER.search(clause) is not None and fold_words(claim) in fold_words(clause)

    def _foreign(self, claim: str, quantity: Quantity) -> str | None:
        """Return the article's own park where `claim` is one that it names in passing and not near the number."""
        zone = zone_of(claim)
        if zone is None or not self._named or self._named[zone] >= _MAIN * max(self._named.values()):
            return None
        sentence = self._evidence.article.sentence_at(quantity.start)
        near = self._evidence.neighbours(sentence, after=0) if sentence else ""
        if fold_words(claim) in fold_words(near):
            return None
        main = self._named.most_common(1)[0][0]
        return next((name for name in self._subjects.park_names() if zone_of(name) == main), None)

    @cached_property
    def _named(self) -> Counter[Zone]:
        found: Counter[Zone] = Counter()
        for name in dict.fromkeys(self._subjects.park_names()):
            zone = zone_of(name)
            if zone is not None and zone.stem:
                found[zone] = self._evidence.folded.count(fold_words(name))
        return found
