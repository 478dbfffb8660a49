"""Plants one fault at a time in a true draft, and says what the check must find."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from bench.true_drafts import Case
from summarizer.article import Article
from summarizer.draft import Draft, DraftPolicy
from summarizer.quantities import agree, differ, find_periods, fold, has_dates


class Planted(NamedTuple):
    """A draft with one fault and the findings that it must cause, no others."""

    kind: str
    case: Case
    draft: Draft
    expected: frozenset[tuple[str | None, str]]
    verdict: tuple[int, str] | None = None
    """For faults that are mended and not flagged: the number and the verdict it must get."""
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


def plant(case: Case, rng: random.Random) -> Iterator[Planted]:
    """Yield the case's draft with one fault at a time."""
    for place in range(len(case.draft.numbers)):
        yield from _in_number(case, place, rng)
        yield from _in_binding(case, place, rng)
    yield from _in_labels(case)
    yield from _in_words(case)


def _planted(kind: str, case: Case, place: int, code: str, **changes: object) -> Planted:
    number = case.draft.numbers[place]
    note = f"{number.metric} {number.text} -> {changes}"
    return Planted(
        kind, case, with_number(case.draft, place, **changes), frozenset({(f"numbers.{place}", code)}), None, note
    )


def _in_number(case: Case, place: int, rng: random.Random) -> Iterator[Planted]:
    number = case.draft.numbers[place]
    for _ in range(3):
        digit = one_digit_changed(number.text, rng)
        if digit:
            yield _planted("digit", case, place, "digits", text=digit)
    for kind, code, pairs in (("scale", "scale", _SCALES), ("unit", "unit", _UNITS)):
        changed = replaced(number.text, pairs)
        if changed:
            yield _planted(kind, case, place, code, text=changed)
    turned = None if "增加值" in number.metric else replaced(number.metric, _SIGNS)
    if turned:
        yield _planted("sign", case, place, "sign", metric=turned)
    rounded = _rounded(number.text)
    if rounded:
        yield _planted("rounded", case, place, "rounded", text=rounded)
    added = number.model_copy(update={"text": _invented(case.article, number.text, rng)})
    draft = case.draft.model_copy(update={"numbers": (*case.draft.numbers, added)})
    yield Planted(
        "invented", case, draft, frozenset({(f"numbers.{len(case.draft.numbers)}", "absent")}), None, added.text
    )
    digit = one_digit_changed(number.text, rng)
    if digit and f"：{number.text}；" in case.draft.summary:
        told = case.draft.summary.replace(f"：{number.text}；", f"：{digit}；", 1)
        draft = case.draft.model_copy(update={"summary": told})
        yield Planted("summary", case, draft, frozenset({("summary", "digits")}), None, f"{number.text} -> {digit}")
    others = [sentence.number for sentence in case.article.sentences if sentence.number != number.at]
    if others and number.at:
        draft = with_number(case.draft, place, at=rng.choice(others))
        yield Planted("citation", case, draft, frozenset(), (place, "moved"), f"{number.metric} {number.text}")


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


def _in_binding(case: Case, place: int, rng: random.Random) -> Iterator[Planted]:
    number = case.draft.numbers[place]
    chinese = case.article.language != "en"
    if number.period and has_dates(number.period):
        yield _planted("period absent", case, place, "period-unsupported", period="2011年一季度" if chinese else "2011")
        others = [mention.text for mention in find_periods(case.article.text) if has_dates(mention.text)]
        others = [other for other in others if differ(other, number.period) and not agree(other, number.period, None)]
        if others:
            yield _planted("period other", case, place, "period-unsupported", period=rng.choice(others))
    if number.park:
        wrong = "临港高新区" if chinese else "Lingang High-Tech Zone"
        yield _planted("park", case, place, "park-unsupported", park=wrong)
    if number.status != "actual":
        metric = re.sub(r"目标|目標|预计|預估|计划| target|expects to hire", "", number.metric)
        yield _planted("target", case, place, "target-as-actual", status="actual", metric=metric)


def _in_labels(case: Case) -> Iterator[Planted]:
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for place, number in enumerate(case.draft.numbers):
        by_sentence[number.at].append(place)
    for places in by_sentence.values():
        for one, other in pairwise(places):
            first, second = case.draft.numbers[one], case.draft.numbers[other]
            if first.status != second.status or first.metric == second.metric:
                continue
            swapped = with_number(with_number(case.draft, one, metric=second.metric), other, metric=first.metric)
            found = frozenset({(f"numbers.{one}", "label-swapped"), (f"numbers.{other}", "label-swapped")})
            note = f"{first.metric} {first.text} <> {second.metric} {second.text}"
            alike = "swap, one unit" if _unit(first.text) == _unit(second.text) else "swap, two units"
            yield Planted(alike, case, swapped, found, None, note)
            if alike == "swap, one unit":
                alone = with_number(case.draft, one, metric=second.metric)
                alone = alone.model_copy(update={"numbers": alone.numbers[:other] + alone.numbers[other + 1 :]})
                found = frozenset({(f"numbers.{one}", "label-swapped")})
                yield Planted("swap, other not told", case, alone, found, None, note)


def _unit(text: str) -> str:
    return re.sub(r"[\d０-９.．,多余]", "", text)


def _in_words(case: Case) -> Iterator[Planted]:
    draft, chinese = case.draft, case.article.language != "en"
    for place, quote in enumerate(draft.quotes):
        middle = len(quote.text) // 2
        changed = [
            (
                "quote altered",
                "altered",
                {"text": quote.text[:middle] + ("不" if chinese else "never ") + quote.text[middle:]},
            ),
            ("quote altered", "altered", {"text": quote.text[: middle - 3] + quote.text[middle:]}),
            (
                "quote invented",
                "absent",
                {
                    "text": "我们要抓住低空经济的窗口期，三年再造一个新城"
                    if chinese
                    else "Our rivals will be left far behind before anyone wakes"
                },
            ),
            ("speaker", "speaker-unsupported", {"speaker": "欧阳锦程" if chinese else "Walter Quimby"}),
        ]
        for kind, code, change in changed:
            quotes = (*draft.quotes[:place], quote.model_copy(update=change), *draft.quotes[place + 1 :])
            expected = frozenset({(f"quotes.{place}", code)})
            yield Planted(kind, case, draft.model_copy(update={"quotes": quotes}), expected, None, str(change))
    for name in ("《低空经济创新发展三年行动方案》", "“雏鹰腾飞”工程"):
        policy = DraftPolicy(name=name, detail=None, at=2)
        changed_draft = draft.model_copy(update={"policies": (*draft.policies, policy)})
        yield Planted(
            "policy", case, changed_draft, frozenset({(f"policies.{len(draft.policies)}", "absent")}), None, name
        )
