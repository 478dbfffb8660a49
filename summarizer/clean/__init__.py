"""Turns text as read into clean text, numbered sentences and a language."""

from summarizer.clean.language import detect_language
from summarizer.clean.sentences import split_sentences
from summarizer.clean.text import clean_text

__all__ = ["clean_text", "detect_language", "split_sentences"]
