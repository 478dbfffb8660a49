"""Splits a page into its articles: whose each printed line is, in reading order."""

from summarizer.split.article import article_from
from summarizer.split.layout import Printed
from summarizer.split.owners import Piece, PieceKind
from summarizer.split.page import split_page

__all__ = ["Piece", "PieceKind", "Printed", "article_from", "split_page"]
