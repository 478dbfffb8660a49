"""An independent recount of the shipped set: what `summarize eval` says, counted anew without any of its code.

It knows less, as fifty lines must: it pairs by value, unit and label alone, and tells periods apart by their words. On
this set that comes to the same.
"""

import json
import re
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bench.eval_floors import BRIEFS, GOLD, report

Number = dict[str, Any]
PEOPLE = {"名": "人", "位": "人"}
FILLING = {"of", "the", "a", "an", "in", "by", "for", "to", "and", "on", "at", "with"}
VAGUE = r"目前|近日|日前|现有|累计|多年|本届|当年|那一年|每年|每月|年内|七年|入秋|一年下来|今年春天|连续三年|sofar"
"""Words from which no day follows."""


def read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def bare(words: str | None) -> str:
    return re.sub(r"[\s。！？，、“”「」《》]", "", unicodedata.normalize("NFKC", words or "")).lower()


def worth(number: Number) -> tuple[object, ...]:
    ends = [None if number[end] is None else round(Decimal(number[end]), 4) for end in ("value", "low", "high")]
    return (*ends, number["text"] if ends == [None] * 3 else None)


def same_unit(wanted: Number, told: Number) -> bool:
    one, other = (PEOPLE.get(number["unit"] or "", number["unit"] or "").rstrip("s") for number in (wanted, told))
    return one == other or (not other and one not in wanted["text"])


def when(words: str | None, year: str) -> str:
    plain = re.sub(r"^(?:by|in|at)?(?:the)?|^到|以来|截至|度$|(?<!目)前$", "", bare(words))
    return "" if re.fullmatch(VAGUE, plain) else year if plain == "全年" else plain


def parts(label: str) -> set[str]:
    plain = re.sub(r"[（(].*?[）)]", " ", label.lower())
    pairs = {run[at : at + 2] for run in re.findall(r"[一-鿿]+", plain) for at in range(max(1, len(run) - 1))}
    words = {word[:-1] if word.endswith("s") and len(word) > 3 else word for word in re.findall(r"[a-z-]+|\d+", plain)}
    return pairs | words - FILLING


def dice(one: str, other: str) -> float:
    return 2 * len(parts(one) & parts(other)) / max(1, len(parts(one)) + len(parts(other)))


def right_label(wanted: Number, told: Number, gold: list[Number]) -> bool:
    one, other = parts(wanted["metric"]), parts(told["metric"])
    rivals = [rival["metric"] for rival in gold if rival["unit"] == wanted["unit"]]
    best = max(dice(rival, told["metric"]) for rival in rivals)
    return len(one & other) >= 0.25 * min(len(one), len(other)) and best <= dice(wanted["metric"], told["metric"]) + 0.1


def paired(gold: list[Number], told: list[Number]) -> list[tuple[Number, Number]]:
    """Pair equal values, the likest labels first, each number once."""
    near = [
        (not same_unit(one, number), -dice(one["metric"], number["metric"]), one["optional"], at, place)
        for at, number in enumerate(told)
        for place, one in enumerate(gold)
        if worth(one) == worth(number)
    ]
    pairs: dict[int, int] = {}
    for *_, at, place in sorted(near):
        if at not in pairs and place not in pairs.values():
            pairs[at] = place
    return [(gold[place], told[at]) for at, place in pairs.items()]


def judged(wanted: Number, told: Number, gold: dict[str, Any]) -> dict[str, bool]:
    year, period = when(gold["period"], ""), (told["period"] or {}).get("text")
    return {
        "value": worth(wanted) == worth(told),
        "unit": same_unit(wanted, told),
        **{name: wanted[name] == told[name] for name in ("qualifier", "status", "park")},
        "period": when(wanted["period"], year) == when(period, year),
        "label": right_label(wanted, told, gold["numbers"]),
    }


def recount(author: str) -> dict[str, tuple[int, int]]:
    good: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for path in sorted(GOLD.glob("*.json")):
        if not (stored := BRIEFS / f"{path.stem}.{author}.json").exists():
            continue
        gold, brief = read(path), read(stored)
        good["about"] += gold["about_park"] == brief["about_park"]
        of["about"] += 1
        if not gold["about_park"]:
            good["refusals"] += not brief["about_park"] and not brief["numbers"]
            of["refusals"] += 1
            continue
        pairs = paired(gold["numbers"], brief["numbers"])
        owed = [number for number in gold["numbers"] if not number["optional"]]
        good["found"] += sum(any(one is wanted for wanted, _ in pairs) for one in owed)
        of["found"] += len(owed)
        good["reported"] += len(pairs)
        of["reported"] += len(brief["numbers"])
        for wanted, told in pairs:
            right = judged(wanted, told, gold)
            right["whole"] = all(right.values())
            good.update(name for name, fits in right.items() if fits)
            of.update(list(right))
        spoken = {one["path"] for one in brief["check"]["findings"] if one["severity"] != "info"}
        for at, told in enumerate(brief["numbers"]):
            equal = [judged(one, told, gold) for one in gold["numbers"] if worth(one) == worth(told)]
            true = any(all(fits for name, fits in right.items() if name != "qualifier") for right in equal)
            good["verdicts"] += (f"numbers.{at}" not in spoken) == true
            of["verdicts"] += 1
        for name, key in (("parks", "name"), ("policies", "name"), ("quotes", "text")):
            one, other = ({bare(item[key]) for item in side[name]} for side in (gold, brief))
            good[f"{name} found"] += len(one & other)
            of[f"{name} found"] += len(one)
    return {name: (good[name], of[name]) for name in of}


@pytest.mark.parametrize("author", ["model", "rules"])
def test_the_figures_are_those_of_an_independent_recount(author: str) -> None:
    told, counted = report(author), recount(author)
    assert len(counted) == 16
    assert counted == {name: (told.figure(name).good, told.figure(name).of) for name in counted}
