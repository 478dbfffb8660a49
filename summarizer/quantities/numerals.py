"""Reads numerals: Western digits, Chinese numerals in every writing, English number words. Exact, no floats.

cn2an was tried for the Chinese part; it raises on 二十多 and 半 and reads 一万五千亿 as 500000010000, the best-known
fault of the field, so the reading is done here.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from summarizer.quantities.tables import BIG_SCALES, DIGITS, ENGLISH_NUMERALS, ENGLISH_SCALES, SMALL_SCALES, TENS

_LONGEST: Final = 40
"""Characters; no numeral of the language is longer, and hostile runs stay linear."""


_BEYOND: Final = 10**36
"""No quantity is as large; 兆兆兆兆 is noise."""


class Numeral(NamedTuple):
    """The worth of a numeral: one value, or a range of values for 两三 and 十几."""

    low: Decimal
    high: Decimal

    @property
    def is_range(self) -> bool:
        """Whether it stands for several values."""
        return self.low != self.high


def exactly(value: int | Decimal) -> Numeral:
    """Return the numeral that means `value` and nothing else."""
    worth = Decimal(value)
    return Numeral(worth, worth)


def parse_arabic(text: str) -> Decimal:
    """Return the value of ASCII digits with optional thousands separators and point."""
    return Decimal(text.replace(",", ""))


@lru_cache(maxsize=4096)
def exact_arabic(text: str) -> Numeral:
    """Return the numeral that ASCII digits stand for; kept, since a text says few numbers and each several times."""
    return exactly(parse_arabic(text))


class _Section:
    """A four-digit section of a Chinese numeral: 千百十 and ones."""

    __slots__ = ("digit", "last_scale", "total")

    def __init__(self) -> None:
        self.total = 0
        self.digit: int | None = None
        self.last_scale = 10_000

    def add_digit(self, value: int) -> bool:
        if self.digit is not None:
            return False
        self.digit = value
        return True

    def add_scale(self, scale: int) -> bool:
        if scale >= self.last_scale or self.digit == 0:
            return False
        self.total += (1 if self.digit is None else self.digit) * scale
        self.digit, self.last_scale = None, scale
        return True

    def close(self, spoken_scale: int | None) -> int:
        """Return the section's value; a last digit without 零 before it takes the spoken scale (三百五 = 350)."""
        return self.total + (self.digit or 0) * (spoken_scale or 1)


def _parse_section(text: str) -> int | None:
    """Return the value of a run without 万亿兆; None where it is not well formed."""
    section = _Section()
    seen_zero = False
    for char in text:
        if char in TENS:
            section.total += TENS[char]
            section.last_scale = 10
            continue
        scale = SMALL_SCALES.get(char)
        if scale is not None:
            if (seen_zero and not section.total and section.digit is None) or not section.add_scale(scale):
                return None
            seen_zero = False
            continue
        value = DIGITS[char]
        if value == 0:
            if section.digit is not None:
                return None
            seen_zero = True
            continue
        if not section.add_digit(value):
            return None
    spoken = section.digit is not None and not seen_zero and section.last_scale in (100, 1000)
    return section.close(section.last_scale // 10 if spoken else None)


def _approximate_pair(text: str) -> Numeral | None:
    """Read 两三, 三五, 三四百, 七八十: two ascending digits side by side mean a range."""
    for place in range(len(text) - 1):
        first, second = DIGITS.get(text[place]), DIGITS.get(text[place + 1])
        if first is None or second is None or not 0 < first < second <= first + 2:
            continue
        # Read as they are, without looking for a further pair: that search would double with every pair.
        low = _parse_scaled(text[: place + 1] + text[place + 2 :])
        high = _parse_scaled(text[:place] + text[place + 1 :])
        return None if low is None or high is None else Numeral(Decimal(low), Decimal(high))
    return None


@lru_cache(maxsize=2048)
def parse_chinese(text: str) -> Numeral | None:
    """Return the worth of a run of Chinese numeral characters, or None where it is not well formed.

    Reads plain and formal digits, 十百千, 万亿兆 with their multiples (一万五千亿), the spoken short form (三万五 is
    35000), digit strings (二○二三) and pairs (两三, 七八十) as ranges. A leading 百, 千, 万 or 亿 counts as one of it.
    """
    if not 0 < len(text) <= _LONGEST:
        return None
    if len(text) > 1 and all(char in DIGITS for char in text):
        pair = _approximate_pair(text) if len(text) == 2 else None
        return exactly(int("".join(str(DIGITS[char]) for char in text))) if len(text) > 2 else pair
    scaled = _parse_scaled(text)
    if scaled is not None and scaled >= _BEYOND:
        return None
    return _approximate_pair(text) if scaled is None else exactly(scaled)


def _parse_scaled(text: str) -> int | None:
    """Return the value of a numeral with 十百千万亿兆; None where it is not well formed."""
    total, section, last_big = 0, "", 10**20
    for char in text:
        big = BIG_SCALES.get(char)
        if big is None:
            section += char
            continue
        if not section and total:  # 万亿: the second scale multiplies all before it
            total, last_big = total * big, big * last_big
            continue
        amount = _parse_section(section) if section else 1
        if amount is None:
            return None
        total = (total + amount) * big if big > last_big else total + amount * big  # 一万五千亿 takes in the 一万
        section, last_big = "", big
    if not section:
        return total
    rest = _parse_section(section)
    if rest is None:
        return None
    spoken = total and len(section) == 1 and section in DIGITS  # 三万五 is 35,000
    return total + rest * (last_big // 10 if spoken else 1)


def read_decimal(text: str) -> Decimal | None:
    """Read Western or Chinese digits with an optional point."""
    if text[0].isascii():
        return parse_arabic(text)
    whole, _, point = text.partition("点")
    numeral = parse_chinese(whole)
    return None if numeral is None or numeral.is_range else with_point(numeral.low, point)


def with_point(whole: Decimal, point: str | None) -> Decimal:
    """Append the digits behind 点 to a whole number."""
    if not point:
        return whole
    return whole + Decimal("0." + "".join(str(DIGITS[char]) for char in point))


@lru_cache(maxsize=64)
def scale_of(words: str | None) -> Decimal:
    """Return the factor of 万, 亿, 万亿, 个亿, 百万 …; 1 for None."""
    factor = Decimal(1)
    for char in words or "":
        factor *= BIG_SCALES.get(char) or SMALL_SCALES.get(char) or 1
    return factor


def parse_english(words: str) -> Decimal | None:
    """Return the value of English number words (`twenty-two`, `one hundred and five`), None where they are none."""
    total, current, seen = Decimal(0), Decimal(0), False
    for word in words.lower().replace("-", " ").split():
        if word in ("and", "a"):
            continue
        if word in ENGLISH_NUMERALS:
            current += ENGLISH_NUMERALS[word]
        elif word == "hundred":
            current = (current or Decimal(1)) * 100
        elif word == "dozen":
            current = (current or Decimal(1)) * 12
        elif word in ENGLISH_SCALES:
            total += (current or Decimal(1)) * ENGLISH_SCALES[word]
            current = Decimal(0)
        else:
            return None
        seen = True
    return total + current if seen else None
