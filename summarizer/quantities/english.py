"""Numbers in English text: 1.2 million, $43bn, 12 percent, one-third, twenty-two firms.

English needs spaces and word boundaries where Chinese needs none, so it has a grammar of its own; the tables are
shared.
"""

import re
from decimal import Decimal
from functools import cache
from typing import Final

from summarizer.quantities import counters, tables
from summarizer.quantities.grammar import DIGIT_YEAR, WESTERN, trie
from summarizer.quantities.numerals import parse_arabic, parse_english
from summarizer.quantities.quantity import Quantity
from summarizer.value import Kind

_SPACE = r"[ \t\u00a0-]?\s{0,2}"
_ONES = trie(word for word, value in tables.ENGLISH_NUMERALS.items() if value < 20)
_TENS = trie(word for word, value in tables.ENGLISH_NUMERALS.items() if value >= 20)
_LONG_SCALE = "hundred|thousand|million|billion|trillion|dozen"
_WORD = rf"(?:{_TENS}(?:[- ](?:{_ONES}))?|{_ONES}|{_LONG_SCALE})"
_WORDS = rf"(?:{_WORD}(?:(?:[- ]|\s{{1,2}}|\sand\s){_WORD}){{0,8}})(?![A-Za-z])"
_SCALE = r"(?:thousand|million|billion|trillion|mln|bln|trn|mn|bn|tn)(?![A-Za-z])"
_COUNTER = trie(counters.ENGLISH_COUNTERS)
_CURRENCY = trie(tables.ENGLISH_CURRENCIES)
_STOP = "of|and|or|in|to|the|from|for|with|at|on|by|as|than|per|a|an|is|are|was|were|out|more|less|such"
_LOWER = rf"(?!(?:{_STOP})\s)[a-z][a-z-]{{1,17}}\s{{1,2}}"
_UNIT = rf"(?:%|(?:percentage points?|percent|per cent|pct|{_CURRENCY}|{_COUNTER})(?![A-Za-z]))"
_MONTH_BARE = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTH = rf"(?:{_MONTH_BARE}|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"

_SHARE = (
    r"(?:a\s(?:third|quarter|fifth|tenth)|(?<!first\s)(?<!second\s)(?<!latter\s)half)"
    r"(?=\sof\s(?!the\syear|\d|last|this|next))"
)
_DESCRIBED = rf"(?:(?:such\s{{1,2}})?(?:{_LOWER}){{0,3}}?(?P<noun>{_COUNTER})(?![A-Za-z]))"
"""Up to three describing words between number and noun: 500 certified high-tech enterprises."""
DIGIT_TAIL: Final = re.compile(
    rf"(?P<num>{WESTERN})(?:(?P<short>[kmb])(?![A-Za-z/])|{_SPACE}(?P<scale>{_SCALE}))?"
    rf"(?:{_SPACE}(?P<unit>{_UNIT})|\s{{1,2}}{_DESCRIBED})?"
)
DAY_OR_TIME: Final = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s{{1,2}}{_MONTH_BARE}(?![a-z])(?:\s{{1,2}}{DIGIT_YEAR}(?!\d))?|\d{{1,2}}\s?[ap]\.?m\b\.?"
    rf"|(?:1[89]|20)\d0s\b"
)
"""16 January 2024, 10 a.m., the 1990s."""
DATE: Final = re.compile(rf"(?<=[A-Za-z.]\s)\d{{1,2}}(?:,\s{{1,2}}{DIGIT_YEAR})?(?![\d%]|\s?[a-z]|,\d)")
MONTH_BEFORE: Final = re.compile(rf"{_MONTH}\s{{1,2}}$")
_NAME_WORD = re.compile(r"[A-Z][A-Za-z-]*\s[A-Z][a-z]")
"""A number word and the next word with capitals: Seven Rivers, Ten Measures."""
NAME_BEFORE: Final = re.compile(
    r"[a-z]\s[A-Z][A-Za-z]+\s$|[⺀-￿“‘][A-Za-z][A-Za-z/-]*\s$|^[A-Z]+/[A-Z]\s$|\b[a-z]+[A-Z][A-Za-z]*\s$"
    r"|\b(?:No\.|Nos\.|Phase|Stage|Tier|Level|Grade|Class|Chapter|Article|Section|Line|Gate|Industry|Top|Series|Version)\s$"
)
"""A capitalised word inside a sentence, before a bare number: the Global 500 list; a product: iPhone 15."""
PLAN: Final = re.compile(r"\s{1,2}(?:action\s)?(?:plan|programme|program|strategy|campaign)")
"""Words that make a name of the span of time before them: a five-year plan."""
_FRACTIONS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "half": 2}


@cache
def word_start() -> re.Pattern[str]:
    """Return the pattern of a number written out; compiled when first asked for, which a Chinese text never does."""
    return re.compile(
        rf"(?<![A-Za-z-])(?:(?:a\s(?=hundred|thousand|million|billion|dozen))?{_WORDS}|{_SHARE})", re.IGNORECASE
    )


@cache
def _word_tail() -> re.Pattern[str]:
    return re.compile(
        r"(?P<frac>[- ](?:thirds?|quarters?|fifths?|tenths?|half)(?![A-Za-z]))?"
        rf"(?:[ \-]\s{{0,2}}(?:(?P<unit>{_UNIT})|{_DESCRIBED}))?"
    )


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
    return plain, "ratio" if plain in ("times", "fold") else "count"


def read_word_number(text: str, match: re.Match[str]) -> Quantity | None:
    """Return the quantity whose number words `match` (of word_start) found; None where they are an idiom."""
    words = match.group()
    part = _FRACTIONS.get(words.lower().split()[-1])
    if part is not None:  # a third of, half of
        return Quantity(*match.span(), words, _share(Decimal(1), part), None, None, None, "exact", "ratio")
    tail = _word_tail().match(text, match.end())
    fraction = tail.group("frac") if tail else None
    value = parse_english(" ".join(words.split()))
    if value is None:
        return None
    unit_words = (tail.group("unit") or tail.group("noun")) if tail else None
    end = tail.end() if tail and (fraction or unit_words) else match.end()
    if fraction:
        share = _share(value, _FRACTIONS[fraction[1:].lower().rstrip("s")])
        return Quantity(match.start(), end, text[match.start() : end], share, None, None, None, "exact", "ratio")
    unit, kind = unit_of(unit_words)
    inside_line = match.start() > 0 and text[match.start() - 1] != "\n"
    is_title = unit is None and inside_line and _NAME_WORD.match(text, match.start()) is not None
    if value == 1 and kind != "ratio":
        kind = "idiom"
    elif is_title or (kind == "duration" and PLAN.match(text, end)):
        kind = "name"
    return Quantity(match.start(), end, text[match.start() : end], value, None, None, unit, "exact", kind)


def _share(value: Decimal, whole: int) -> Decimal:
    return (value / whole).quantize(Decimal("0.0001")).normalize()


def digit_value(match: re.Match[str], *, money: bool) -> tuple[Decimal, int]:
    """Return the value of a DIGIT_TAIL match and the end of what was used; m, b and k are scales of money only."""
    value = parse_arabic(match.group("num"))
    scale, short = match.group("scale"), match.group("short")
    if scale:
        return value * tables.ENGLISH_SCALES[scale.lower()], match.end()
    if short and (money or match.group("noun") or match.group("unit")):  # 45k people; 20m alone is metres
        return value * tables.ENGLISH_SCALES[short], match.end()
    return value, match.end("num") if short else match.end()
