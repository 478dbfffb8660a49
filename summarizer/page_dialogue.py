"""What is said with a model about one page: how it is split, and once more where a line has no place or two.

It costs one question a page, two at most; what is wrong after that the rules settle.
"""

from typing import NamedTuple

from summarizer.errors import ModelError
from summarizer.extract.extraction import PageSplitter, Spent, SplitRefused, spent_on
from summarizer.page_split import PageSplit
from summarizer.split import Piece, Printed, Sheet, faults_of, misplaced, pieces_of_split


class SplitSheet(NamedTuple):
    """The pieces of a sheet, and what their split cost."""

    pieces: tuple[Piece, ...]
    spent: Spent


def split_by_model(sheet: Sheet, printed: Printed, splitter: PageSplitter) -> SplitSheet:
    """Return how the model splits a sheet; raises ModelError where it gives no usable answer at all."""
    lines = [printed.line(number) for number in sheet.lines]
    split, spent = splitter.group_lines(lines)
    faults = faults_of(split, len(lines))
    if faults:
        split, more = _asked_again(lines, split, faults, splitter)
        spent = spent.plus(more)
    return SplitSheet(tuple(pieces_of_split(split, sheet, printed)), spent)


def _asked_again(
    lines: list[str], split: PageSplit, faults: list[str], splitter: PageSplitter
) -> tuple[PageSplit, Spent]:
    """Return the better of the answer and its mending; a mending that fails leaves the answer as it was."""
    try:
        again, spent = splitter.group_lines(lines, SplitRefused(split, faults))
    except ModelError as error:
        return split, spent_on(error)
    return (again if misplaced(again, len(lines)) <= misplaced(split, len(lines)) else split), spent
