"""Numbers written out in English: twenty-two firms, one-third, half a million, one in five, three to five years."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Final

from summarizer.quantities import tables
from summarizer.quantities.english import CHANGE, NOUN, PLAN, STRETCH, UNIT, judged, unit_of
from summarizer.quantities.grammar import trie
from summarizer.quantities.numerals import parse_english
from summarizer.quantities.quantity import Quantity

_ONES = trie(word for word, value in tables.ENGLISH_NUMERALS.items() if value < 20)
_TENS = trie(word for word, value in tables.ENGLISH_NUMERALS.items() if value >= 20)
_LONG_SCALE = "hundred|thousand|million|billion|trillion|dozen"
_WORD = rf"(?:{_TENS}(?:[- ](?:{_ONES}))?|{_ONES}|{_LONG_SCALE})"
_WORDS = rf"(?:{_WORD}(?:(?:[- ]|\s{{1,2}}|\sand\s){_WORD}){{0,8}})(?![A-Za-z])"
_SHARE = (
    r"(?:a\s(?:third|quarter|fifth|tenth)|(?<!first\s)(?<!second\s)(?<!latter\s)half)"
    r"(?=\sof\s(?!the\syear|a\s(?:million|billion)|\d|last|this|next))"
    r"|(?:(?<=nearly\s)|(?<=about\s)|(?<=almost\s)|(?<=over\s)|(?<=by\s)|(?<=than\s))a\s(?:third|quarter|fifth"
    r"|tenth)(?=[,.;])"
    r"|(?:(?<=than\s)|(?<=nearly\s)|(?<=almost\s)|(?<=about\s)|(?<=over\s)|(?<=by\s))half(?=[,.;]|\s(?!an?\s|year"
    r"|day|hour))"
)
_HALF_SCALE = r"half\sa\s(?:million|billion|trillion|dozen|thousand)"
_ONE_IN: Final = re.compile(r"\sin\s(?P<whole>two|three|four|five|six|seven|eight|nine|ten)(?![a-z-])")
"""One in five: a share."""
_NAME_WORD = re.compile(r"[A-Z][A-Za-z-]*\s[A-Z][a-z]")
"""A number word and the next word with capitals: Seven Rivers, Ten Measures."""
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
        rf"(?:[ \-]\s{{0,2}}(?:(?P<unit>{UNIT})|(?P<noun>{NOUN})))?"
    )


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
    if fraction == " quarters" and STRETCH.search(text, max(0, match.start() - 10), match.start()):
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
        rf"\s(?P<join>to|or|and)\s(?P<last>{_WORDS})(?:[ \-]\s{{0,2}}(?:(?P<unit>{UNIT})|(?P<noun>{NOUN})))",
        re.IGNORECASE,
    )


def _share(value: Decimal, whole: int) -> Decimal:
    return (value / whole).quantize(Decimal("0.0001")).normalize()
