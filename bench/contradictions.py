"""Makes true articles contradict themselves, one place at a time: `python -m bench.contradictions [-v] [--set …]`.

*Found* is a planted contradiction that is reported at its place; *false* is one that is reported elsewhere, or in a
control: the same sentence added with its true number. What the gold says an article contradicts itself in is no fault.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from bench.true_drafts import ROOT as HERE
from bench.true_drafts import Case, cases, eval_paths, pairs_in, seed_paths
from summarizer.article import Article
from summarizer.pages import articles_of
from summarizer.quantities import Quantity
from summarizer.read import document_from_text
from summarizer.value import Span
from summarizer.verify.contradictions import find_contradictions
from summarizer.verify.evidence import Evidence
from summarizer.verify.grams import grams
from summarizer.verify.labels import Labels

_DIGITS: Final = 3
_CLAUSE: Final = re.compile(r"[，,、；;：:。（(\n]")
_GROWTH: Final = re.compile(r"[增减降升]|提高|回落|分别|比|由|从")
_SHARE: Final = re.compile(r"占(?!地|用)[^，。；0-9]*$")


class Planted(NamedTuple):
    """A text that contradicts itself, or a control that does not."""

    kind: str
    text: str
    at: Span | None
    """Where the planted number stands; None for a control."""


class Tally(NamedTuple):
    """How one class fared."""

    planted: int = 0
    found: int = 0
    controls: int = 0
    false: int = 0


def reported(article: Article) -> list[tuple[list[Span], str]]:
    """Return the places and the message of every contradiction, in clean offsets."""
    evidence = Evidence(article)
    found = find_contradictions(evidence, Labels(evidence))
    return [([Span(place.start, place.end) for place in one.places], one.message) for one in found]


def planted_in(case: Case) -> Iterator[Planted]:
    """Yield the case's text with one contradiction at a time, and the controls."""
    evidence, text = Evidence(case.article), case.article.text
    facts = [fact for fact in evidence.quantities if fact.is_fact and re.search(r"\d", fact.text)]
    one_park = sum(park.role == "subject" for park in case.draft.parks) < 2  # else a headline would need to say whose
    for fact in facts:
        if one_park:
            yield from _told_again(evidence, fact)
        before = "".join(text[max(0, fact.start - 30) : fact.start].split())
        if fact.unit == "%" and _SHARE.search(before) and not re.search(r"计划|目标|任务|收入|总值", before[-16:]):
            yield _changed(
                "share over 100 %", text, fact, re.sub(r"[\d.]+", lambda digits: f"1{digits[0]}", fact.text, count=1)
            )
    yield from _parts(evidence, facts)
    yield from _growths(text, facts)
    yield from _twins(evidence, facts)


def _changed(kind: str, text: str, fact: Quantity, words: str) -> Planted:
    return Planted(kind, text[: fact.start] + words + text[fact.end :], Span(fact.start, fact.start + len(words)))


def _another(words: str) -> str:
    """Return the number with its first digit another one."""
    return re.sub(r"\d", lambda digit: str(int(digit[0]) % 9 + 1), words, count=1)


def _told_again(evidence: Evidence, fact: Quantity) -> Iterator[Planted]:
    """Yield a headline that tells the fact with another number, and a sentence that gives it to another period."""
    text, sentence = evidence.article.text, evidence.article.sentence_at(fact.start)
    clause = _CLAUSE.split(text[max(0, fact.start - 30) : fact.start])[-1].strip()
    behind = re.match(r"[一-鿿]{2,6}(?=[，、。；\n])", text[fact.end :])
    words = fact.text.replace("\n", "")
    if sentence is None or sentence.heading or len(clause) < 4 or len(re.sub(r"\D", "", words)) < 2:
        return
    if re.search(r"\d", clause) or re.search(r"分别|其中|由|从|比|全[市省国球]|预计|力争|计划", clause):
        return
    tail = behind[0] if behind else ""
    park = evidence.parks[0].name if evidence.parks else ""
    for kind, number in (("headline", _another(words)), ("headline", words)):
        line = f"{park}{clause}{number}{tail}\n"
        at = Span(line.index(number, len(park + clause)), 0) if number != words else None
        yield Planted(kind, line + text, at)
    named = [mention.text for mention in evidence.periods_within(sentence.start, fact.start)]
    if (
        named
        and len(re.sub(r"\D", "", words).strip("0")) >= _DIGITS
        and not evidence.periods_within(fact.start - len(clause), fact.start)
    ):
        added = f"{text}\n2019年一季度，{clause}{words}{tail}。"
        yield Planted("period", added, Span(added.rindex(words), 0))


def _parts(evidence: Evidence, facts: list[Quantity]) -> Iterator[Planted]:
    """Yield parts that exceed their whole, and shares that do not follow from part and whole."""
    text = evidence.article.text
    for whole, part in ((one, other) for place, one in enumerate(facts) for other in facts[place + 1 : place + 4]):
        between = text[whole.end : part.start]
        if (
            whole.unit != part.unit
            or whole.kind not in ("money", "count")
            or between.count("其中") != 1
            or "。" in between
        ):
            continue
        if whole.value and part.value and part.value <= whole.value and _level(text, whole) and _level(text, part):
            times = int(whole.value / part.value) + 1
            words = re.sub(
                r"[\d.]+",
                lambda digits, times=times: str(Decimal(digits[0]) * times),
                "".join(part.text.split()),
                count=1,
            )
            yield _changed("part over whole", text, part, words)
    for fact in facts:
        before = "".join(text[max(0, fact.start - 12) : fact.start].split())
        if (
            fact.unit == "%"
            and fact.value
            and re.search(r"[，,]占比(?:近|约|达|为)?$|占[^，。；]*\d(?:亿元|家|个|人)的(?:近|约)?$", before)
        ):
            words = re.sub(r"\d", lambda digit: str((int(digit[0]) + 3) % 9 + 1), fact.text, count=1)
            yield _changed("share of levels", text, fact, words)


def _level(text: str, fact: Quantity) -> bool:
    return not _GROWTH.search(_CLAUSE.split(text[max(0, fact.start - 20) : fact.start])[-1])


def _growths(text: str, facts: list[Quantity]) -> Iterator[Planted]:
    """Yield sentences that tell a level, what it grew from and by how much, wrongly and rightly."""
    for fact in facts:
        words = "".join(fact.text.split())
        if fact.kind not in ("money", "count") or not fact.value or not re.fullmatch(r"[\d.]+[一-鿿]+", words):
            continue
        digits = re.match(r"[\d.]+", words)
        if digits is None or Decimal(digits[0]) < 20:
            continue
        new, unit = Decimal(digits[0]), words[digits.end() :]
        old = (new * Decimal("0.8")).quantize(new)
        growth = ((new - old) / old * 100).quantize(Decimal("0.1"))
        for told in (growth, growth + 9):
            for form in (
                f"由上年的{old}{unit}增至{new}{unit}，增长{told}%",
                f"达{new}{unit}，比上年的{old}{unit}增长{told}%",
            ):
                added = f"{text}\n据统计，该项指标{form}。"
                at = Span(added.rindex(f"{told}%"), 0) if told != growth else None
                yield Planted("growth", added, at)


def _twins(evidence: Evidence, facts: list[Quantity]) -> Iterator[Planted]:
    """Yield one of two tellings of one number in two sentences, changed."""
    by_words: dict[str, list[Quantity]] = defaultdict(list)
    for fact in facts:
        by_words["".join(fact.text.split())].append(fact)
    for words, twins in by_words.items():
        places = {evidence.article.sentence_at(twin.start) for twin in twins}
        labels = [grams(evidence.article.text[max(0, twin.start - 10) : twin.end + 4]) for twin in twins[:2]]
        alike = len(labels[0] & labels[-1]) >= min(map(len, labels)) / 2
        if alike and len(re.sub(r"\D", "", words)) >= 2 and len(twins) == len(places) == 2:
            yield _changed("one of two tellings", evidence.article.text, twins[1], _another(twins[1].text))


def measure(among: list[Case], verbose: bool) -> dict[str, Tally]:
    """Return how every class fared."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for case in among:
        known = {message for _, message in reported(case.article)}
        for planted in planted_in(case):
            [article, *_] = articles_of(document_from_text(planted.text, published=case.article.published))
            found = [(places, message) for places, message in reported(article) if message not in known]
            right = [one for one in found if planted.at and any(_near(article, place, planted.at) for place in one[0])]
            false = len(found) - len(right)
            old = tallies[planted.kind]
            tallies[planted.kind] = Tally(
                old.planted + (planted.at is not None),
                old.found + bool(right),
                old.controls + (planted.at is None),
                old.false + false,
            )
            if verbose and (false or (planted.at and not right)):
                at = planted.at.start if planted.at else 0
                context = planted.text[max(0, at - 30) : at + 12].replace("\n", "/")
                print(f"{planted.kind} {case.name}: {'' if right else 'MISSED '}{context} {[m for _, m in found]}")
    return dict(tallies)


def _near(article: Article, place: Span, at: Span) -> bool:
    """Whether a reported place is the planted one."""
    raw = article.raw_span(*place)
    return raw.start <= at.start < raw.end or at.start <= raw.start < max(at.end, at.start + 1)


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-v", action="store_true", help="show every miss and every false one")
    options = parser.parse_args(arguments)
    among = cases([*pairs_in(HERE / "fixtures"), *eval_paths(), *seed_paths()])
    for case in among:
        for _, message in reported(case.article):
            print(f"{case.name}: {message}")
    tallies = measure(among, options.v)
    print("| class | planted | found | controls | false |\n|---|---|---|---|---|")
    for kind, tally in sorted(tallies.items()):
        share = f"{tally.found / max(1, tally.planted):.0%}"
        print(f"| {kind} | {tally.planted} | {tally.found} ({share}) | {tally.controls} | {tally.false} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
