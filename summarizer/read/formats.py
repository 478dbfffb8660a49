"""Tells what a file is: by its first bytes, then by its name, never by the name against the bytes."""

import re
from pathlib import PurePosixPath
from typing import Final, Literal

from summarizer.errors import ReadError
from summarizer.read.source import Source

Format = Literal["text", "html", "pdf", "zip", "gzip", "bzip2", "xz", "tar", "warc", "jsonl", "csv"]

_SIGNATURES: Final[tuple[tuple[bytes, Format], ...]] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),  # without members
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ\0", "xz"),
    (b"WARC/1.", "warc"),
    (b"WARC/0.", "warc"),
)
_REFUSED: Final = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (doc, xls, ppt)", "save it as docx"),
    (b"{\\rtf", "an RTF document", "save it as docx"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", "run OCR on it"),
    (b"\xff\xd8\xff", "a JPEG image", "run OCR on it"),
    (b"GIF8", "a GIF image", "run OCR on it"),
    (b"II*\0", "a TIFF image", "run OCR on it"),
    (b"MM\0*", "a TIFF image", "run OCR on it"),
    (b"Rar!\x1a\x07", "a RAR archive", "pack it anew as zip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "pack it anew as zip"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "pack it anew as gz"),
    (b"SQLite format 3\0", "an SQLite database", "save its text as CSV"),
)
_NAMES: Final[dict[str, Format]] = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "html"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
}
_PLAIN: Final = (".txt", ".text", ".md")
"""Names that are not taken for tables, also where columns are named: an archive may hold both."""
_PROMISES: Final = {
    ".pdf": "PDF file",
    ".docx": "Word document",
    ".zip": "ZIP archive",
    **dict.fromkeys((".gz", ".tgz"), "gzip archive"),
    ".bz2": "bzip2 archive",
    ".xz": "xz archive",
    ".tar": "TAR archive",
    ".warc": "WARC file",
}
"""Names whose bytes must have a signature; without it, the file is something else (often a server's error page)."""
_PACKED: Final = (".gz", ".bz2", ".xz")
_MARKUP: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_TAG: Final = re.compile(rb"</?[a-zA-Z][^<>]*>|<!--")
_BLOCK: Final = 512
_CHECKSUM: Final = slice(148, 156)
_OCTAL: Final = re.compile(rb"[0-7]{1,7}")
_BZIP2: Final = re.compile(rb"BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)")


def format_of(source: Source, *, records: bool = False, inside: bool = False) -> Format:
    """Return the format of a source; `records` says that names of fields were given, `inside` that it was packed.

    Raises ReadError for what is not read.
    """
    head = source.head
    for signature, form in _SIGNATURES:
        if head.startswith(signature):
            return form
    if _BZIP2.match(head):
        return "bzip2"
    for signature, kind, advice in _REFUSED:
        if head.startswith(signature):
            raise ReadError(f"{source.shown} is {kind}, which is not read: {advice}, or save its text in UTF-8")
    suffix = _suffix(source.path, inside=inside)
    if suffix == ".pdf" and b"%PDF-" in head[:1024]:  # some servers put a line before it
        return "pdf"
    if _is_tar(head, named=suffix == ".tar"):
        return "tar"
    if head and suffix in _PROMISES:
        what = "; it holds a web page, maybe a server's error" if _MARKUP.match(head) else ""
        raise ReadError(f"{source.shown} is no {_PROMISES[suffix]}, despite its name{what}: fetch or save it again")
    return _text_format(head, suffix, records=records)


def _text_format(head: bytes, suffix: str, *, records: bool) -> Format:
    named = _NAMES.get(suffix)
    if named == "html":
        # Without a tag it is text; NUL bytes may be UTF-16, whose tags are not looked for.
        return "html" if _TAG.search(head) or b"\0" in head else "text"
    if named is not None:
        return named
    if _MARKUP.match(_bare(head)):
        return "html"
    if records and suffix not in _PLAIN:
        return "jsonl" if _bare(head).lstrip().startswith(b"{") else "csv"
    return "text"


def _bare(head: bytes) -> bytes:
    """Return the first bytes without a mark of UTF-8, and without the zeros of UTF-16."""
    return head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")


def _suffix(path: str, *, inside: bool) -> str:
    """Return a path's extension; of what was packed on its own, the one before `.gz`."""
    name = PurePosixPath(path.replace("\\", "/").lower())
    if inside:
        if name.suffix == ".tgz":
            return ".tar"
        return PurePosixPath(name.stem).suffix if name.suffix in _PACKED else ""
    return name.suffix


def _is_tar(head: bytes, *, named: bool) -> bool:
    """Tell whether a header of TAR opens the file; its checksum proves it also for the oldest form, without a magic."""
    block, told = head[:_BLOCK], head[_CHECKSUM].strip(b" \0")
    if len(block) < _BLOCK:
        return False
    if not any(block):
        return named  # nothing but zeros: an archive without files, where the name says that it is one
    if _OCTAL.fullmatch(told) is None:
        return False
    return int(told, 8) == sum(block) - sum(block[_CHECKSUM]) + 8 * ord(" ")
