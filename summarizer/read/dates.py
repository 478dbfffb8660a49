"""Reads the day of publication out of metadata, in the ways that pages, files and tables write it."""

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

from summarizer.dateline import PLAUSIBLE_YEARS

_CHINA: Final = timezone(timedelta(hours=8))
_WRITTEN: Final = re.compile(
    r"(?<![0-9])(?P<year>[0-9]{4})(?:[-/.](?P<m1>[0-9]{1,2})[-/.](?P<d1>[0-9]{1,2})"
    r"| ?年 ?(?P<m2>[0-9]{1,2}) ?月 ?(?P<d2>[0-9]{1,2}) ?日?|(?P<m3>[0-9]{2})(?P<d3>[0-9]{2}))"
)
_UTC: Final = re.compile(r"(?:Z|[+-]00:?00)$")
_EPOCH: Final = re.compile(r"[0-9]{10}(?:[0-9]{3})?")


def iso_day(words: str) -> str | None:
    """Return the ISO date that `words` give; None where they give none.

    Times in UTC and seconds since 1970 are told as the day in China, where the reader's paper appeared.
    """
    words = words.strip()
    if _EPOCH.fullmatch(words):
        return _day(datetime.fromtimestamp(int(words[:10]), _CHINA).date())
    if _UTC.search(words):
        try:
            moment = datetime.fromisoformat(words)
        except ValueError:
            moment = None
        if moment is not None:
            return _day(moment.astimezone(_CHINA).date())
    match = _WRITTEN.search(words)
    if match is not None:
        month = match["m1"] or match["m2"] or match["m3"]
        try:
            return _day(date(int(match["year"]), int(month), int(match["d1"] or match["d2"] or match["d3"])))
        except ValueError:
            return None
    return _of_mail(words)


def _of_mail(words: str) -> str | None:
    """Return the day of `Mon, 03 Jul 2023 08:00:00 GMT`."""
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError):
        return None
    return _day(moment.astimezone(_CHINA).date() if moment.tzinfo else moment.date())


def _day(day: date) -> str | None:
    return day.isoformat() if day.year in PLAUSIBLE_YEARS else None
