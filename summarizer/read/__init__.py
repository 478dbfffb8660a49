"""Reads files of many formats into Documents: bytes in, text and metadata out, or one line that says why not."""

from summarizer.read.documents import (
    document_from_bytes,
    document_from_text,
    read_document,
    read_documents,
    read_plain,
    read_results,
)
from summarizer.read.fields import Fields
from summarizer.read.limits import MAX_BYTES

__all__ = [
    "MAX_BYTES",
    "Fields",
    "document_from_bytes",
    "document_from_text",
    "read_document",
    "read_documents",
    "read_plain",
    "read_results",
]
