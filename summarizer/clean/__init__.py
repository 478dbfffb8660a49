"""Turns text as read into clean text, numbered sentences and a language."""

from summarizer.clean.language import detect_language
from summarizer.clean.sentences import split_sentences
from summarizer.clean.text import Paragraph, clean_text, line_bounds, paragraphs_of

__all__ = ["Paragraph", "clean_text", "detect_language", "line_bounds", "paragraphs_of", "split_sentences"]
