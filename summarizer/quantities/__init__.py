"""The number grammar: every number of a text, read exactly and given its kind; periods; comparison."""

from summarizer.quantities.compare import Relation, bounds, fold, relate, same_unit
from summarizer.quantities.periods import (
    Dates,
    PeriodMention,
    agree,
    differ,
    find_periods,
    fold_period,
    has_dates,
    read_periods,
    resolve,
)
from summarizer.quantities.quantity import Quantity
from summarizer.quantities.scanner import scan
from summarizer.quantities.yuan import yuan_of

__all__ = [
    "Dates",
    "PeriodMention",
    "Quantity",
    "Relation",
    "agree",
    "bounds",
    "differ",
    "find_periods",
    "fold",
    "fold_period",
    "has_dates",
    "read_periods",
    "relate",
    "resolve",
    "same_unit",
    "scan",
    "yuan_of",
]
