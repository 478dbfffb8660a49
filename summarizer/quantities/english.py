"""Numbers in English text: 1.2 million, $43bn, 12 percent, one-third, twenty-two firms.

English needs spaces and word boundaries where Chinese needs none, so it has a grammar of its own; the tables are
shared.
"""

import re
from collections.abc import Iterable
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
_COUNTER = trie((*counters.ENGLISH_COUNTERS, *tables.ENGLISH_MEASURES - {"m"}, *tables.ENGLISH_DURATIONS))
_CURRENCY = trie(tables.ENGLISH_CURRENCIES)
_NO_NOUN = (
    "was|is|as|has|its|this|thus|plus|us|versus|across|towards|besides|always|perhaps|less|yes|overseas|sales|"
    "times|does|sometimes|afterwards|nowadays|upwards|means|hours-long"
)
_NOUN = rf"(?!(?:{_NO_NOUN})(?![A-Za-z-]))[a-z]{{2,20}}(?:-[a-z]{{2,12}})?s(?<!ss)(?<!us)(?<!is)(?![A-Za-z-])"
"""A plural directly behind the number is what it counts; adjectives of English do not end so."""
_UNIT = rf"(?:%|(?:percentage points?|percent|per cent|pct|{_CURRENCY}|{_COUNTER})(?![A-Za-z]))"
_MONTH_BARE = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTH = rf"(?:{_MONTH_BARE}|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"

_SHARE = (
    r"(?:a\s(?:third|quarter|fifth|tenth)|(?<!first\s)(?<!second\s)(?<!latter\s)half)"
    r"(?=\sof\s(?!the\syear|a\s(?:million|billion)|\d|last|this|next))"
    r"|(?:(?<=nearly\s)|(?<=about\s)|(?<=almost\s)|(?<=over\s)|(?<=by\s)|(?<=than\s))a\s(?:third|quarter|fifth"
    r"|tenth)(?=[,.;])"
    r"|(?:(?<=than\s)|(?<=nearly\s)|(?<=almost\s)|(?<=about\s)|(?<=over\s)|(?<=by\s))half(?=[,.;]|\s(?!an?\s|year"
    r"|day|hour))"
)
_HALF_SCALE = r"half\sa\s(?:million|billion|trillion|dozen|thousand)"
DIGIT_TAIL: Final = re.compile(
    rf"(?P<num>{WESTERN})(?:(?P<short>[kmb])(?![A-Za-z/])|{_SPACE}(?P<scale>{_SCALE}))?"
    rf"(?P<odd>-odd|-plus|\+(?=\s[a-z]))?(?:{_SPACE}(?P<unit>{_UNIT})|\s{{1,2}}(?P<noun>{_NOUN}))?"
)
DAY_OR_TIME: Final = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s{{1,2}}{_MONTH_BARE}(?![a-z])(?:\s{{1,2}}{DIGIT_YEAR}(?!\d))?"
    rf"|\d{{1,2}}\s?[ap]\.?m\b\.?"
    rf"|(?:1[89]|20)\d0s\b"
)
"""16 January 2024, 10 a.m., the 1990s."""
DATE: Final = re.compile(rf"(?<=[A-Za-z.]\s)\d{{1,2}}(?:,\s{{1,2}}{DIGIT_YEAR})?(?![\d%]|\s?[a-z]|,\d)")
MONTH_BEFORE: Final = re.compile(rf"{_MONTH}\s{{1,2}}$")
_NAME_WORD = re.compile(r"[A-Z][A-Za-z-]*\s[A-Z][a-z]")
"""A number word and the next word with capitals: Seven Rivers, Ten Measures."""
NAME_BEFORE: Final = re.compile(
    r"[a-z]\s[A-Z][A-Za-z]+\s$|[⺀-￿“‘][A-Za-z][A-Za-z/-]*\s$|^[A-Z]+/[A-Z]\s$|\b[a-z]+[A-Z][A-Za-z]*\s$"
    r"|\b(?:No\.|Nos\.|Phase|Stage|Tier|Level|Grade|Class|Chapter|Article|Section|Line|Gate|Industry|Top|Series"
    r"|Version)\s$"
)
"""A capitalised word inside a sentence, before a bare number: the Global 500 list; a product: iPhone 15."""
PLAN: Final = re.compile(r"\s{1,2}(?:action\s)?(?:plan|programme|program|strategy|campaign)")
"""Words that make a name of the span of time before them: a five-year plan."""
_CLOSING = frozenset('"”’')
_FRACTIONS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "half": 2}


def number_words(text: str) -> list[re.Match[str]]:
    """Return the numbers of `text` that are written out in English, in order; they do not overlap.

    The engine finds the heads of such words by one class of characters: 11 ms a million characters of Chinese, and of
    English a third of what the whole pattern takes where it is tried at each character.
    """
    found: list[re.Match[str]] = []
    floor = 0
    for head in _HEAD.finditer(text):
        match = _word_start().match(text, head.start()) if head.start() >= floor else None
        if match is not None:
            found.append(match)
            floor = match.end()
    return found


def _either(char: str) -> str:
    return f"[{char.upper()}{char}]" if char.isalpha() else r"\s"


def _heads(words: Iterable[str]) -> str:
    """Return the pattern of the first letter of any of `words`, with the letters behind it looked at."""
    below: dict[str, set[str]] = {}
    for word in words:
        below.setdefault(word[0], set()).add("".join(map(_either, word[1:_HEAD_CHARS])))
    options = "|".join(f"(?<={_either(first)})(?:{'|'.join(sorted(rest))})" for first, rest in sorted(below.items()))
    return f"[{''.join(below).upper()}{''.join(below)}](?<![A-Za-z-].)(?={options})"


_HEAD_CHARS: Final = 3
_HEAD: Final = re.compile(
    _heads([*tables.ENGLISH_NUMERALS, *_LONG_SCALE.split("|"), "half", *(f"a {char}" for char in "htmbdqf")])
)
"""Where a number may begin that is written out: its first letter."""


@cache
def _word_start() -> re.Pattern[str]:
    """Return the pattern of a number written out; compiled when first asked for, which a Chinese text never does."""
    return re.compile(
        rf"(?<![A-Za-z-])(?:{_HALF_SCALE}(?![A-Za-z])|(?:two|three|four|five|six|seven|eight|nine|ten|twenty"
        rf"|hundred)-?fold(?![A-Za-z])|(?:a\s(?=hundred|thousand|million|billion|dozen))?{_WORDS}|{_SHARE})",
        re.IGNORECASE,
    )


@cache
def _word_tail() -> re.Pattern[str]:
    return re.compile(
        r"(?P<frac>[- ](?:thirds?|quarters?|fifths?|tenths?|half)(?![A-Za-z]))?(?P<half>\sand\sa\shalf)?"
        rf"(?:[ \-]\s{{0,2}}(?:(?P<unit>{_UNIT})|(?P<noun>{_NOUN})))?"
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
_STRETCH: Final = re.compile(r"\b(?:first|past|last|next|previous|coming|final|recent)\s$", re.IGNORECASE)
"""Before a span of time: a stretch of the calendar (the past three years)."""
_HOW_OFTEN: Final = re.compile(r"\s(?:a|per|every|each)\s")
_AGO: Final = re.compile(r"\s(?:ago|earlier)(?![a-z])")
_ONE_IN: Final = re.compile(r"\sin\s(?P<whole>two|three|four|five|six|seven|eight|nine|ten)(?![a-z-])")
"""One in five: a share."""
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
    if (kind == "duration" or unit == "quarters") and _STRETCH.search(text, max(0, start - 10), start):
        return unit, "date"
    if kind == "duration" and _AGO.match(text, end):
        return unit, "date"
    if kind == "count" and text.endswith("top ", 0, start):
        return unit, "ordinal"
    if kind == "count" and _NUMBERED.search(text, max(0, start - 10), start):
        return unit, "name"
    return unit, kind


def read_word_number(text: str, match: re.Match[str]) -> Quantity | None:
    """Return the quantity whose number words `match` (of number_words) found; None where they are an idiom."""
    words = match.group()
    part = _FRACTIONS.get(words.lower().split()[-1])
    if words.lower().endswith("fold"):
        value = parse_english(words[:-4].rstrip("-"))
        return None if value is None else Quantity(*match.span(), words, value, None, None, "倍", "exact", "ratio")
    half = words.lower().startswith("half a")
    if half:
        words = words[len("half ") :]
    if part is not None:  # a third of, half of
        return Quantity(*match.span(), words, _share(Decimal(1), part), None, None, None, "exact", "ratio")
    joined = _read_one_in(text, match) or _read_word_range(text, match)
    if joined is not None:
        return joined
    tail = _word_tail().match(text, match.end())
    fraction = tail.group("frac") if tail else None
    if fraction == " quarters" and _STRETCH.search(text, max(0, match.start() - 10), match.start()):
        end = match.end() + len(fraction)
        return Quantity(match.start(), end, text[match.start() : end], None, None, None, None, "exact", "date")
    value = parse_english(" ".join(words.split()))
    if value is None:
        return None
    if half or (tail and tail.group("half")):
        value = value / 2 if half else value + Decimal("0.5")
    unit_words = (tail.group("unit") or tail.group("noun")) if tail else None
    end = tail.end() if tail and (fraction or unit_words or tail.group("half")) else match.end()
    if fraction:
        share = _share(value, _FRACTIONS[fraction[1:].lower().rstrip("s")])
        return Quantity(match.start(), end, text[match.start() : end], share, None, None, None, "exact", "ratio")
    unit, kind = judged(text, match.start(), end, unit_words, scaled=False) if unit_words else unit_of(None)
    inside_line = match.start() > 0 and text[match.start() - 1] != "\n"
    is_title = unit is None and inside_line and _NAME_WORD.match(text, match.start()) is not None
    if (
        value == 1
        and kind != "ratio"
        and not text[max(0, match.start() - 5) : match.start()].lower().endswith(("from ", " to "))
    ):
        kind = "idiom"
    elif (
        (unit is None and text[end : end + 1] in _CLOSING and text[end : end + 1])
        or is_title
        or (kind == "duration" and PLAN.match(text, end))
    ):
        kind = "name"
    return Quantity(match.start(), end, text[match.start() : end], value, None, None, unit, "exact", kind)


def _read_one_in(text: str, match: re.Match[str]) -> Quantity | None:
    """Read `one in five` as the share that it is."""
    behind = _ONE_IN.match(text, match.end()) if match.group().lower() == "one" else None
    if behind is None:
        return None
    share = _share(Decimal(1), int(parse_english(behind.group("whole")) or 1))
    place = match.start(), behind.end()
    return Quantity(*place, text[place[0] : place[1]], share, None, None, None, "exact", "ratio")


def _read_word_range(text: str, match: re.Match[str]) -> Quantity | None:
    """Read `three to five years`, `two or three firms`, `between two and three firms` as one range."""
    left = text[max(0, match.start() - 40) : match.start()].lower()
    second = _word_range().match(text, match.end())
    if second is None or (left.endswith("from ") and CHANGE.search(left)):
        return None
    if second.group("join") == "and" and not left.endswith("between "):
        return None
    low, high = parse_english(" ".join(match.group().split())), parse_english(" ".join(second.group("last").split()))
    words = second.group("unit") or second.group("noun")
    if low is None or high is None or low >= high or words is None:
        return None
    unit, kind = judged(text, match.start(), second.end(), words)
    place = match.start(), second.end()
    return Quantity(*place, text[place[0] : place[1]], None, low, high, unit, "range", kind)


@cache
def _word_range() -> re.Pattern[str]:
    return re.compile(
        rf"\s(?P<join>to|or|and)\s(?P<last>{_WORDS})(?:[ \-]\s{{0,2}}(?:(?P<unit>{_UNIT})|(?P<noun>{_NOUN})))",
        re.IGNORECASE,
    )


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
