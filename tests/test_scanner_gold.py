"""The scanner against the gold: every number of it found, no name of it read as a fact."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from summarizer.quantities import fold, scan

ROOT = Path(__file__).parent.parent
GOLD = sorted((ROOT / "fixtures" / "gold").glob("*.json"))
SEED = ROOT.parent / "shared" / "seed"

BY_CONVENTION = {
    ("english_expansion", "three"): "the unit comes from another sentence; the scanner reads the bare number",
    ("english_expansion", "368"): "the noun comes from another clause; the scanner reads the bare number",
    ("traditional_park", "4,833.74億元"): "the contract takes a currency printed before the number into the text",
}
"""Gold numbers that differ from the scanner's contract by convention, with the reason."""


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def read_article(name: str) -> str:
    raw = (ROOT / "fixtures" / "articles" / f"{name}.txt").read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def gold_of(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_number_of_the_gold_is_found(path: Path) -> None:
    gold = gold_of(path)
    facts = {
        (fold(quantity.text), quantity.value, quantity.low, quantity.high, quantity.unit, quantity.qualifier)
        for quantity in scan(read_article(path.stem))
        if quantity.is_fact
    }
    missed = [
        number["text"]
        for number in gold["numbers"]
        if not number["optional"]
        and (path.stem, number["text"]) not in BY_CONVENTION
        and (
            fold(number["text"]),
            *(decimal(number[key]) for key in ("value", "low", "high")),
            number["unit"],
            number["qualifier"],
        )
        not in facts
    ]
    assert missed == []


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_no_name_of_the_gold_is_read_as_a_fact(path: Path) -> None:
    gold = gold_of(path)
    numbers = {fold(number["text"]) for number in gold["numbers"]}
    text = read_article(path.stem)
    places = [place for place, char in enumerate(text) if not char.isspace()]
    folded = fold(text)
    wrong = []
    for quantity in scan(text):
        if not quantity.is_fact or fold(quantity.text) in numbers:
            continue
        for name in gold["names"]:
            word = fold(name["text"])
            at = folded.find(word)
            while at >= 0:
                if places[at] < quantity.end and quantity.start <= places[at + len(word) - 1]:
                    wrong.append((name["text"], quantity.text))
                at = folded.find(word, at + 1)
    assert wrong == []


@pytest.mark.parametrize(("name", "count"), [("seed_A", 32), ("seed_C", 5)])
def test_seed_numbers_stand_where_the_gold_says(name: str, count: int) -> None:
    if not SEED.is_dir():
        pytest.skip("the seed lies outside the project")
    gold = gold_of(SEED / "gold" / f"{name}.json")
    text = (SEED / f"{name}.txt").read_text(encoding="utf-8")
    found = {(quantity.start, quantity.end): quantity for quantity in scan(text)}
    numbers = [number for number in gold["numbers"] if count == 32 or not number.get("optional")]
    assert len(numbers) == count
    for number in numbers:
        quantity = found[number["start"], number["end"]]
        assert (quantity.value, quantity.unit, quantity.qualifier) == (
            Decimal(number["value"]),
            number["unit"],
            number["approx"],
        )
        assert quantity.is_fact
    for span in gold["name_numbers"]:
        inside = [
            quantity for quantity in found.values() if quantity.start < span["end"] and span["start"] < quantity.end
        ]
        assert not any(quantity.is_fact for quantity in inside), span["text"]
