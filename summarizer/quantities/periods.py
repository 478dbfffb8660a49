"""Finds the periods that an article names and resolves them to dates.

Words with a year of their own (2022年, 2022年上半年) resolve by themselves. Words without one (上半年, 1-5月, 今年以来)
resolve only against a publication date and are then marked as inferred; without one they stay words. 同期 and 上年 look
back to the period that stands before. period_grammar.py finds, period_days.py and its neighbours resolve.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from summarizer.quantities import period_english, period_near
from summarizer.quantities.folding import NARROW, fold_text
from summarizer.quantities.period_days import Context, Days, Year, back, part_of_year, read_year
from summarizer.quantities.period_grammar import MENTION

_SENTENCE_END: Final = re.compile(r"[。！？；;!?]|\n\s|\.\s(?=[A-Z])")
_AHEAD: Final = re.compile(
    r"将(?![军近帅])|拟|计划|预计|打算|有望|力争|争取|确保|启幕|开幕|定于|抢在|即将|前完成|前建成|前投[产用]"
    r"|前启动|届时|可望|预期|目标"
    r"|\b(?:will|to be|plans?|planned|expect\w*|due|scheduled|slated|set to|aims?|targets?|by|before|until"
    r"|forecast\w*|would|to open|opens)\b",
    re.IGNORECASE,
)
"""Words of the future: beside them a month still to come is this year's."""


class PeriodMention(NamedTuple):
    """Words of a text that name a period."""

    start: int
    """Offset of the first character in the text searched."""
    end: int
    text: str


class Dates(NamedTuple):
    """First and last day of a period."""

    start: date
    end: date
    inferred: bool
    """Whether the publication date was needed."""


def find_periods(text: str) -> list[PeriodMention]:
    """Return every period that `text` names, in order; linear, pure."""
    folded = fold_text(text)
    return [
        PeriodMention(match.start(), match.end(), text[match.start() : match.end()])
        for match in MENTION.finditer(folded)
    ]


def read_periods(text: str, published: date | None) -> list[tuple[PeriodMention, Dates | None]]:
    """Return every period of `text` with its days, each read in the light of the one before and of its sentence."""
    found: list[tuple[PeriodMention, Dates | None]] = []
    before: Dates | None = None
    for mention in find_periods(text):
        ahead = text.startswith("前", mention.end) or _AHEAD.search(_sentence(text, mention)) is not None
        known = before
        if known is None and published is not None and mention.text == _WHOLE_YEAR:
            known = Dates(published, published, True)
        dates = resolve(mention.text, published, known, ahead=ahead)
        found.append((mention, dates))
        before = dates or before
    return found


_SENTENCE_CHARS: Final = 40


def _sentence(text: str, mention: PeriodMention) -> str:
    """Return the words of the sentence around a mention, some forty characters on either side."""
    left = _SENTENCE_END.split(text[max(0, mention.start - _SENTENCE_CHARS) : mention.start])[-1]
    return left + _SENTENCE_END.split(text[mention.end : mention.end + _SENTENCE_CHARS])[0]


@lru_cache(maxsize=2048)
def resolve(words: str, published: date | None, before: Dates | None = None, *, ahead: bool = False) -> Dates | None:
    """Return the dates that `words` stand for, or None where they (and the publication date) do not settle it.

    `before` is the period that stands before, to which 同期 and 上年 look back; `ahead` says that a word of the future
    stands by the words, so that a month still to come is this year's and not the last one's.
    """
    folded = NARROW.apply(words).strip()
    match = _BARE_YEAR.fullmatch(folded) or MENTION.search(folded)
    if match is None:
        return None
    found = match.group()
    context = Context(published, before[:2] if before else None, ahead)
    if found[0].isascii() and re.search(r"[A-Za-z]", found):
        return _english(" ".join(found.split()), context)
    if found.isdigit() or _BARE_SPAN.fullmatch(found):
        return _dates(*period_english.days_of(found, context))
    return _chinese(_DASHES.sub("-", "".join(found.split())), context)


_WHOLE_YEAR: Final = "全年"
"""Of the year that is spoken of; by itself it names none."""
_BARE_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_DASHES: Final = re.compile(r"——|[—~至到–]")
_BARE_SPAN: Final = re.compile(r"\d{4}\s?[-–]\s?\d{4}")
_SAME: Final = re.compile(r"same (?:period|month|quarter)")
_UNTIL: Final = re.compile(r"^截[-止]{0,2}")


def _dates(days: Days | None, inferred: bool) -> Dates | None:
    return None if days is None else Dates(days[0], days[1], inferred)


def _english(words: str, context: Context) -> Dates | None:
    if not _SAME.search(words.lower()):
        return _dates(*period_english.days_of(words, context))
    if context.before is None:
        return None
    year = re.search(r"\d{4}", words)
    shift = context.before[1].year - int(year.group()) if year else 1
    return Dates(back(context.before[0], shift), back(context.before[1], shift), True)


def _chinese(words: str, context: Context) -> Dates | None:
    """Resolve Chinese words without blanks, whose dashes are all `-`."""
    plain = _UNTIL.sub("", words)
    until = plain != words
    words = plain.removeprefix("-") if until else words
    found = period_near.plan(words, context)
    if found is not None:
        return _dates(*found)
    fixed = period_near.span_of_years(words) or period_near.figures(words) or period_near.century(words)
    if fixed is not None:
        return Dates(*fixed, False)
    if context.published is not None and (stretch := period_near.recent(words, context.published)):
        return Dates(*stretch, True)
    near = period_near.near(words, context)
    if near is not None:
        return Dates(near[1] if until else near[0], near[1], True)
    return _in_year(words, context, until=until)


def _in_year(words: str, context: Context, *, until: bool) -> Dates | None:
    year, rest = read_year(words, context)
    since = rest.endswith("以来")
    rest = rest.removesuffix("以来")
    if rest == "同期":
        return _same_stretch(year, context)
    if words == _WHOLE_YEAR:
        whole = part_of_year(words, context.before[1].year) if context.before else None
        return None if whole is None else Dates(*whole, True)
    if year.number is None or not (rest or year.said):
        return None
    if (span := period_near.span_of_months(words)) is not None:
        return Dates(*span, False)
    days = part_of_year(rest, year.number)
    if days is None:
        return None
    if not year.said and _is_last_year(rest, days, context):
        days = back(days[0], 1), back(days[1], 1)
    if since:
        return Dates(days[0], context.published, True) if context.published else None
    return Dates(days[1] if until else days[0], days[1], year.inferred)


_SOON: Final = 60
"""Days: a day so near ahead is meant, not the one ten months ago (published in April, 5月1日起 is to come)."""
_MONTHS_TOGETHER: Final = re.compile(r"前|首[二两三23]|.{1,3}[-、]")


def _is_last_year(rest: str, days: Days, context: Context) -> bool:
    """Whether a part of the year that names no year is that of the year before, because it is still to come."""
    published = context.published
    if published is None or context.ahead or rest in ("年底", "年末", "底", "末"):
        return False
    if days[0] > published:
        return not (days[0] == days[1] and rest.endswith(("日", "号")) and (days[0] - published).days <= _SOON)
    return _MONTHS_TOGETHER.match(rest) is not None and "日" not in rest and days[1].month > published.month


def _same_stretch(year: Year, context: Context) -> Dates | None:
    """Return the stretch that stands before, in the year that 同期 names, by default the year before."""
    if context.before is None:
        return None
    first, last = context.before
    shift = last.year - year.number if year.said and year.number is not None else 1
    return Dates(back(first, shift), back(last, shift), True)


_SAME_YEAR: Final = re.compile(r"以来|期间|时期|截至|全年|份|the\s|in\s")
STAND_IN: Final = date(2000, 12, 31)
"""A stand-in publication date, to tell words that mean dates (上半年) from words that never do (近年来)."""


def has_dates(words: str) -> bool:
    """Whether the words mean days of the calendar, given a year."""
    return resolve(words, STAND_IN) is not None


def fold_period(words: str) -> str:
    """Return a period's words without blanks, with one kind of dash, without the parts that do not change it."""
    return _fold_short(words) if len(words) <= _SHORT else _fold(words)


_SHORT: Final = 64
"""Longest words whose folded form is kept; a check folds the same few periods for every number."""


def _fold(words: str) -> str:
    plain = _SAME_YEAR.sub("", "".join(NARROW.apply(words).lower().split(" ")))
    return re.sub(r"[-—–~至到]+", "-", "".join(plain.split()).replace("年度", "年"))


_fold_short = lru_cache(maxsize=2048)(_fold)


def agree(one: str, other: str, published: date | None) -> bool:
    """Whether `one` may be told of what the text calls `other`: its words stand there, or both mean the same days.

    A year may be added (2023年上半年 for 上半年), a part may not: 2022年上半年 is more than 2022年 says.
    """
    if _hold(one, other) and (fold_period(one) in fold_period(other) or not _other_days(one, other)):
        return True
    left, right = resolve(one, published), resolve(other, published)
    return left is not None and right is not None and left[:2] == right[:2]


def _hold(one: str, other: str) -> bool:
    """Whether the words of one naming hold those of the other."""
    left, right = fold_period(one), fold_period(other)
    return bool(left and right) and (left in right or right in left)


def _other_days(one: str, other: str) -> bool:
    """Whether the days of `one`, in whichever year, are not those of `other`."""
    left, right = resolve(one, STAND_IN), resolve(other, STAND_IN)
    if left is None or right is None:
        return False
    return [(day.month, day.day) for day in left[:2]] != [(day.month, day.day) for day in right[:2]]


def differ(one: str, other: str) -> bool:
    """Whether two namings certainly mean different days; a missing year is taken as the same year."""
    if _hold(one, other):
        return False
    left, right = resolve(one, None), resolve(other, None)
    if left is not None and right is not None:
        return left[:2] != right[:2]
    return _other_days(one, other)
