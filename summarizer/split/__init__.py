"""Splits a page into its articles: whose each printed line is, in reading order."""

from summarizer.split.article import article_from
from summarizer.split.layout import lay_out
from summarizer.split.page import Piece, PieceKind, split_page

__all__ = ["Piece", "PieceKind", "article_from", "lay_out", "split_page"]
