"""Joins two numbers into a range: 3-5亿元, 三至五年, between 20 and 30 firms.

A range is what one unit, or one scale, holds together; two numbers that a dash or `to` merely parts stay two.
"""

from summarizer.quantities import english, grammar
from summarizer.quantities.numerals import Numeral
from summarizer.quantities.readings import Reading, read_arabic, read_chinese

_DASHES = frozenset("-—~至到–")


def join_range(text: str, start: int, first: Reading) -> Reading:
    """Join `first` with a second number behind a dash, 至 or `to` into one range, where the two belong together."""
    behind = text[first.end : first.end + 1]
    if behind not in _DASHES and not behind.isspace():  # most numbers
        return first
    dash = grammar.RANGE_DASH.match(text, first.end)
    if dash is None or first.numeral.is_range or not _may_join(text, start, first, dash.group()):
        return first
    place = dash.end() + (text[dash.end()] in "$¥€£")
    second = read_arabic(text, place) if text[place].isascii() else read_chinese(text, place)
    if second is None or not (second.unit or second.factor > 1) or second.numeral.is_range:
        return first
    if first.unit is not None and first.unit != second.unit:
        return first
    low, high = first.numeral.low, second.numeral.high
    if first.unit is None and not first.scaled and second.scaled and low < high:
        low *= second.factor
    return first if low >= high else second._replace(numeral=Numeral(low, high))


def _may_join(text: str, start: int, first: Reading, dash: str) -> bool:
    """Whether English words join two numbers into a range: between … and …, but not it rose from 3 to 5 firms."""
    left = text[max(0, start - 40) : start].rstrip().lower()
    if "and" in dash:  # at the start of a text it is a claim, cut out of its sentence
        return left.endswith("between") or (not start and first.unit is None)
    return not ("to" in dash and left.endswith("from") and english.CHANGE.search(left))
