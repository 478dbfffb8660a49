"""Numbers in English text: 1.2 million, $43bn, 12 percent, one-third, twenty-two firms.

English needs spaces and word boundaries where Chinese needs none, so it has a grammar of its own; the tables are
shared.
"""

import re
from decimal import Decimal
from typing import Final

from summarizer.quantities import counters, tables
from summarizer.quantities.grammar import DIGIT_YEAR, WESTERN, trie
from summarizer.quantities.numerals import parse_arabic
from summarizer.value import Kind

_SPACE = r"[ \t\u00a0-]?\s{0,2}"
_SCALE = r"(?:thousand|million|billion|trillion|mln|bln|trn|mn|bn|tn)(?![A-Za-z])"
_COUNTER = trie((*counters.ENGLISH_COUNTERS, *tables.ENGLISH_MEASURES - {"m"}, *tables.ENGLISH_DURATIONS))
_CURRENCY = trie(tables.ENGLISH_CURRENCIES)
_NO_NOUN = (
    "was|is|as|has|its|this|thus|plus|us|versus|across|towards|besides|always|perhaps|less|yes|overseas|sales|"
    "times|does|sometimes|afterwards|nowadays|upwards|means|hours-long"
)
NOUN: Final = rf"(?!(?:{_NO_NOUN})(?![A-Za-z-]))[a-z]{{2,20}}(?:-[a-z]{{2,12}})?s(?<!ss)(?<!us)(?<!is)(?![A-Za-z-])"
"""A plural directly behind the number is what it counts; adjectives of English do not end so."""
UNIT: Final = rf"(?:%|(?:percentage points?|percent|per cent|pct|{_CURRENCY}|{_COUNTER})(?![A-Za-z]))"
_MONTH_BARE = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTH = rf"(?:{_MONTH_BARE}|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"

DIGIT_TAIL: Final = re.compile(
    rf"(?P<num>{WESTERN})(?:(?P<short>[kmb])(?![A-Za-z/])|{_SPACE}(?P<scale>{_SCALE}))?"
    rf"(?P<odd>-odd|-plus|\+(?=\s[a-z]))?(?:{_SPACE}(?P<unit>{UNIT})|\s{{1,2}}(?P<noun>{NOUN}))?"
)
DAY_OR_TIME: Final = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s{{1,2}}{_MONTH_BARE}(?![a-z])(?:\s{{1,2}}{DIGIT_YEAR}(?!\d))?"
    rf"|\d{{1,2}}\s?[ap]\.?m\b\.?"
    rf"|(?:1[89]|20)\d0s\b"
)
"""16 January 2024, 10 a.m., the 1990s."""
_NO_COUNTED = (
    "the|a|an|this|that|it|its|he|she|his|her|their|they|we|in|at|on|and|with|by|for|to|when|as|after|before|of|from"
    "|said|will|was|were|is|has|had|during"
)
"""Behind a day of the month; another word in small letters could be what is counted."""
DATE: Final = re.compile(
    rf"(?<=[A-Za-z.]\s)\d{{1,2}}(?:,\s{{1,2}}{DIGIT_YEAR})?(?![\d%]|,\d|[a-z]|\s(?!(?:{_NO_COUNTED})(?![A-Za-z]))[a-z])"
)
MONTH_BEFORE: Final = re.compile(rf"{_MONTH}\s{{1,2}}$")
NAME_BEFORE: Final = re.compile(
    r"[a-z]\s[A-Z][A-Za-z]+\s$|[⺀-￿“‘][A-Za-z][A-Za-z/-]*\s$|^[A-Z]+/[A-Z]\s$|\b[a-z]+[A-Z][A-Za-z]*\s$"
    r"|\b(?:No\.|Nos\.|Phase|Stage|Tier|Level|Grade|Class|Chapter|Article|Section|Line|Gate|Industry|Top|Series"
    r"|Version)\s$"
)
"""A capitalised word inside a sentence, before a bare number: the Global 500 list; a product: iPhone 15."""
PLAN: Final = re.compile(r"\s{1,2}(?:action\s)?(?:plan|programme|program|strategy|campaign)")
"""Words that make a name of the span of time before them: a five-year plan."""


def unit_of(words: str | None) -> tuple[str | None, Kind]:
    """Return the unit and kind that English unit words stand for; None means a bare count."""
    if words is None:
        return None, "count"
    plain = " ".join(words.split())
    if plain in tables.ENGLISH_CURRENCIES:
        return tables.ENGLISH_CURRENCIES[plain], "money"
    if plain in ("%", "percent", "per cent", "pct"):
        return "%", "ratio"
    if plain.startswith("percentage"):
        return "percentage_point", "percentage_point"
    if plain.startswith("basis"):
        return "basis_point", "percentage_point"
    if plain in tables.ENGLISH_MEASURES:
        return plain, "measure"
    if plain in tables.ENGLISH_DURATIONS:
        return plain, "duration"
    return ("倍", "ratio") if plain in ("times", "fold") else (plain, "count")


CHANGE: Final = re.compile(
    r"\b(?:rose|risen|grew|grown|grow|increas\w+|up|down|fell|fallen|expand\w+|cut|jump\w+|drop\w+|rais\w+)\b"
)
"""Verbs behind which `from 3 to 5` tells two numbers."""
NAME_BEHIND: Final = re.compile(r"\s(?:Program|Programme|Project|Plan|List|Index|Initiative|Scheme|Campaign)\b")
"""What makes a name of the number before it: the 863 Program."""
_NUMBERED: Final = re.compile(
    r"\b(?:No\.|Phase|Stage|Tier|Level|Grade|Class|Industry|Version|Web|Line|Gate|Fortune|Global|Forbes)\s$"
)
STRETCH: Final = re.compile(r"\b(?:first|past|last|next|previous|coming|final|recent)\s$", re.IGNORECASE)
"""Before a span of time: a stretch of the calendar (the past three years)."""
_HOW_OFTEN: Final = re.compile(r"\s(?:a|per|every|each)\s")
_AGO: Final = re.compile(r"\s(?:ago|earlier)(?![a-z])")
_BEHIND: Final = re.compile(r"\sor\s(?:more|above|less|fewer|below|so)(?![a-z])")


def is_glued(text: str, start: int) -> bool:
    """Whether Latin letters that are no currency touch the digits: CO2, PM2.5, Covid-19."""
    left = text[max(0, start - 4) : start]
    letter = left[-1:] if left[-1:] != "-" else left[-2:-1]
    return letter.isascii() and letter.isalpha() and not left.endswith(tuple(tables.CURRENCY_PREFIXES))


def bound_behind(text: str, end: int) -> str | None:
    """Return the words behind an English number that bound it: five patents or more."""
    match = _BEHIND.match(text, end)
    if match is None:
        return None
    word = match.group().split()[-1]
    return {"more": "以上", "above": "以上", "so": "左右"}.get(word, "以下")


def judged(text: str, start: int, end: int, words: str, *, scaled: bool = False) -> tuple[str | None, Kind]:
    """Return unit and kind of a number with the English unit `words`, by the words around it."""
    unit, kind = unit_of(words)
    if unit == "倍" and words != "fold" and (scaled or _HOW_OFTEN.match(text, end)):
        return "times", "count"
    if kind == "measure" and unit in tables.ENGLISH_SPECIFICATIONS and text[end - len(words) - 1] == "-":
        return unit, "name"
    if (kind == "duration" or unit == "quarters") and STRETCH.search(text, max(0, start - 10), start):
        return unit, "date"
    if kind == "duration" and _AGO.match(text, end):
        return unit, "date"
    if kind == "count" and text.endswith("top ", 0, start):
        return unit, "ordinal"
    if kind == "count" and _NUMBERED.search(text, max(0, start - 10), start):
        return unit, "name"
    return unit, kind


def digit_value(match: re.Match[str], *, money: bool) -> tuple[Decimal, int]:
    """Return the value of a DIGIT_TAIL match and the end of what was used; m, b and k are scales of money only."""
    value = parse_arabic(match.group("num"))
    scale, short = match.group("scale"), match.group("short")
    if scale:
        return value * tables.ENGLISH_SCALES[scale.lower()], match.end()
    if short and (money or match.group("noun") or match.group("unit")):  # 45k people; 20m alone is metres
        return value * tables.ENGLISH_SCALES[short], match.end()
    return value, match.end("num") if short else match.end()
