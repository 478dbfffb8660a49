"""Plants one fault at a time in a true draft, and says what the check must find."""

import random
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from bench.true_drafts import Case
from summarizer.article import Article
from summarizer.draft import Draft
from summarizer.quantities import fold, scan


class Planted(NamedTuple):
    """A draft with one fault, and what the check must say of it."""

    kind: str
    case: Case
    draft: Draft
    paths: frozenset[str]
    """Where the fault lies. It is caught when a warning or an error is found at one of them."""
    codes: frozenset[str]
    """The right names of the fault. It is named when every path has one of them."""
    verdict: tuple[int, str] | None = None
    """For faults that are mended and not flagged: the number and the verdict it must get."""
    dropped: int | None = None
    """For omissions: the place in the true draft of the number that is left out."""
    note: str = ""


def with_number(draft: Draft, place: int, **changes: object) -> Draft:
    """Return the draft with fields of one number replaced."""
    changed = draft.numbers[place].model_copy(update=changes)
    return draft.model_copy(update={"numbers": (*draft.numbers[:place], changed, *draft.numbers[place + 1 :])})


def one_digit_changed(text: str, rng: random.Random) -> str | None:
    """Return `text` with one digit replaced by another; None where it has none."""
    digits = [place for place, char in enumerate(text) if "0" <= char <= "9" or "０" <= char <= "９"]
    if not digits:
        return None
    place = rng.choice(digits)
    zero = "０" if text[place] >= "０" else "0"
    choices = [digit for digit in range(1 if place == digits[0] else 0, 10) if chr(ord(zero) + digit) != text[place]]
    return text[:place] + chr(ord(zero) + rng.choice(choices)) + text[place + 1 :]


_SCALES: Final = [
    ("万亿", "亿"),
    ("亿", "万"),
    ("億", "萬"),
    ("万", "亿"),
    ("billion", "million"),
    ("million", "billion"),
]
_UNITS: Final = [
    ("个百分点", "%"),
    ("個百分點", "%"),
    ("percentage points", "percent"),
    ("percent", "percentage points"),
    ("％", "个百分点"),
    ("%", "个百分点"),
    ("港幣", "美金"),
    ("亿美元", "亿元"),
    ("亿元", "亿美元"),
    ("億元", "億美元"),
    ("家", "个"),
    ("个", "家"),
    ("名", "家"),
    ("件", "家"),
    ("yuan", "dollars"),
]
_SIGNS: Final = [
    ("增长", "下降"),
    ("增加", "减少"),
    ("增長", "下降"),
    ("成長", "衰退"),
    ("年增", "年減"),
    ("年減", "年增"),
    ("提高", "降低"),
    ("上升", "下降"),
    ("高出", "低于"),
    ("growth", "decline"),
    ("rise of", "decline of"),
]


def replaced(text: str, pairs: list[tuple[str, str]]) -> str | None:
    """Return `text` with the first pair that occurs exchanged; None where none does."""
    for old, new in pairs:
        if old in text:
            return text.replace(old, new, 1)
    return None


def plant_numbers(case: Case, rng: random.Random) -> Iterator[Planted]:
    """Yield the case's draft with one wrong, invented, wrongly cited or dropped number at a time."""
    for place in range(len(case.draft.numbers)):
        yield from _wrong(case, place, rng)
        yield from _added(case, place, rng)


def in_number(kind: str, case: Case, place: int, codes: str, **changes: object) -> Planted:
    """Return the draft with fields of number `place` replaced; `codes` are separated by blanks."""
    number = case.draft.numbers[place]
    note = f"{number.metric} {number.text} -> {changes}"
    draft = with_number(case.draft, place, **changes)
    return Planted(kind, case, draft, frozenset({f"numbers.{place}"}), frozenset(codes.split()), note=note)


def _wrong(case: Case, place: int, rng: random.Random) -> Iterator[Planted]:
    number = case.draft.numbers[place]
    for _ in range(3):
        digit = one_digit_changed(number.text, rng)
        if digit:
            yield in_number("digit", case, place, _codes_of(case, digit, "digits"), text=digit)
    for kind, pairs in (("scale", _SCALES), ("unit", _UNITS)):
        changed = replaced(number.text, pairs)
        if changed:
            yield in_number(kind, case, place, _codes_of(case, changed, kind), text=changed)
    turned = None if "增加值" in number.metric else replaced(number.metric, _SIGNS)
    if turned:
        yield in_number("sign", case, place, "sign", metric=turned)
    rounded = _rounded(number.text)
    if rounded:
        yield in_number("rounded", case, place, _codes_of(case, rounded, "rounded"), text=rounded)
    if digit and f"：{number.text}；" in case.draft.summary:
        told = case.draft.summary.replace(f"：{number.text}；", f"：{digit}；", 1)
        draft = case.draft.model_copy(update={"summary": told})
        codes = frozenset(_codes_of(case, digit, "digits").split())
        yield Planted("summary", case, draft, frozenset({"summary"}), codes, note=f"{number.text} -> {digit}")


def _codes_of(case: Case, changed: str, code: str) -> str:
    """Return `code`, and those of a wrong label where the changed number is, by chance, another one of the article."""
    values = {(found.value, found.low, found.high) for found in scan(changed)}
    by_chance = values & {(found.value, found.low, found.high) for found in scan(case.article.text)}
    return f"{code} label-swapped label-unsupported unit digits scale" if by_chance else code


def _added(case: Case, place: int, rng: random.Random) -> Iterator[Planted]:
    number, count = case.draft.numbers[place], len(case.draft.numbers)
    added = number.model_copy(update={"text": _invented(case.article, number.text, rng)})
    draft = case.draft.model_copy(update={"numbers": (*case.draft.numbers, added)})
    yield Planted("invented", case, draft, frozenset({f"numbers.{count}"}), frozenset({"absent"}), note=added.text)
    others = [sentence.number for sentence in case.article.sentences if sentence.number != number.at]
    if others and number.at:
        draft = with_number(case.draft, place, at=rng.choice(others))
        note = f"{number.metric} {number.text} cited {draft.numbers[place].at}, stands {number.at}"
        yield Planted("citation", case, draft, frozenset(), frozenset(), (place, "moved"), note=note)
    if case.draft.about_park and not _told_elsewhere(case, place):  # a brief about no park owes no numbers
        rest = case.draft.numbers[:place] + case.draft.numbers[place + 1 :]
        draft = case.draft.model_copy(update={"numbers": rest})
        kind = "dropped optional" if case.optional[place] else "dropped"
        note = f"{number.metric} {number.text}"
        yield Planted(kind, case, draft, frozenset(), frozenset(), dropped=place, note=note)


def _told_elsewhere(case: Case, place: int) -> bool:
    """Whether the brief tells the number a second time, or quotes it: leaving it out is no omission."""
    words = case.draft.numbers[place].text
    twins = [number for number in case.draft.numbers if fold(number.text) == fold(words)]
    quoted = any(fold(words) in fold(quote.text) for quote in case.draft.quotes)
    return len(twins) > 1 or quoted or any(fold(words) in fold(policy.name) for policy in case.draft.policies)


def _rounded(text: str) -> str | None:
    """Return a number with decimals rounded to whole ones: 560.6亿元 -> 561亿元."""
    found = re.search(r"[\d,]{2,}\.\d+", text)
    if found is None:
        return None
    value = float(found.group().replace(",", ""))
    return text[: found.start()] + str(int(value + 0.5)) + text[found.end() :]


def _invented(article: Article, text: str, rng: random.Random) -> str:
    """Return a number in the manner of `text` whose digits resemble none of the article."""
    printed = [re.sub(r"[.,]", "", found) for found in re.findall(r"\d[\d.,]*", fold(article.text))]
    while True:
        digits = str(rng.randrange(1000, 9999)) + "7"
        if all(len(set(enumerate(digits)) & set(enumerate(number))) < 2 for number in printed if len(number) > 2):
            tail = re.sub(r"^[^\d０-９]*[\d０-９.．,]+", "", text)
            return digits + (tail if tail != text else "家")
