"""Splits a page into its articles: whose each printed line is, in reading order."""

from summarizer.split.article import article_from
from summarizer.split.layout import Printed
from summarizer.split.numbered import faults_of, misplaced, pieces_of_split
from summarizer.split.owners import Piece, PieceKind
from summarizer.split.page import Sheet, gather, read_sheets, split_page

__all__ = [
    "Piece",
    "PieceKind",
    "Printed",
    "Sheet",
    "article_from",
    "faults_of",
    "gather",
    "misplaced",
    "pieces_of_split",
    "read_sheets",
    "split_page",
]
