"""Reads plain text in whatever encoding it comes."""

from summarizer.charset import decode
from summarizer.errors import ReadError
from summarizer.read.found import Found


def read_text(content: bytes, shown: str) -> Found:
    """Decode text. Raises ReadError for what is binary or in no encoding that is known here."""
    decoded = decode(content)
    if decoded is None and b"\0" in content:
        raise ReadError(f"{shown} is a binary file (it has NUL bytes) of a kind that is not read: save its text")
    if decoded is None:
        raise ReadError(
            f"cannot tell how {shown} is encoded (tried UTF-8, UTF-16, GB18030, Big5): "
            "it may be damaged; save it anew in UTF-8"
        )
    return Found(decoded.text, decoded.encoding)
