"""Tells by its name alone that a file or folder is not news, so that a walk through folders need not open it.

An archive of news has its pictures, style sheets and spreadsheets beside it, often more of them than texts; to open
each and have the reader refuse it would cost a line of error for every one. Names that might be news are not here: no
extension, an unknown one, those of servers' pages (php, asp, jsp), and old Word files, RTF and RAR archives, for which
the reader says what to do.
"""

from collections.abc import Mapping
from typing import Final

_PICTURE, _RECORDING, _FONT = "a picture", "sound or video", "a font"
_PROGRAM, _DATA, _SHEET = "part of a program or a web page", "a database or a data file", "a spreadsheet or slides"
_SETTINGS, _CHECK, _SHORTCUT = "settings, a log or an index", "a checksum or a signature", "a shortcut"
_ONE_JSON: Final = "one JSON document (JSON Lines end in .jsonl)"
_XML: Final = "XML that is no page"
_EXTENSIONS: Final[Mapping[str, str]] = {
    "jpg jpeg jpe jfif png gif bmp tif tiff webp avif svg svgz ico cur heic heif psd ai eps raw cr2 nef jp2": _PICTURE,
    "mp3 wav flac m4a aac ogg oga opus wma amr mid mp4 m4v avi mov mkv wmv flv webm mpg mpeg 3gp rm rmvb": _RECORDING,
    "ttf otf ttc woff woff2 eot": _FONT,
    "py pyc pyo pyd whl js mjs cjs jsx ts tsx css scss less map c cc cpp cs h hpp java class jar go rs rb pl": _PROGRAM,
    "lua sh bash bat cmd ps1 exe dll so dylib a o bin msi apk ipa deb rpm dmg iso img swf wasm vue ipynb sql": _PROGRAM,
    "db db3 sqlite sqlite3 mdb accdb dbf parquet feather arrow avro orc pickle pkl npy npz h5 hdf5 mat rdata": _DATA,
    "db-wal db-shm db-journal sqlite-wal sqlite-shm sqlite-journal safetensors gguf onnx pt pth": _DATA,
    "xls xlsx xlsm xlsb xlt xltx ods et numbers ppt pptx pptm pps ppsx odp dps key": _SHEET,
    "yaml yml toml ini cfg conf properties env lock log idx cdx cdxj": _SETTINGS,
    "md5 sha1 sha256 sha512 sig asc crc torrent": _CHECK,
    "url lnk webloc desktop": _SHORTCUT,
    "json geojson": _ONE_JSON,
    "xml rss atom xsl xslt xsd dtd": _XML,
}
_REFUSED: Final = {extension: kind for names, kind in _EXTENSIONS.items() for extension in names.split()}
_LITTER: Final = frozenset(
    {
        *("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "__pycache__", "node_modules", "lost+found"),
        *("$recycle.bin", "system volume information", "recycler", "@eadir", "#recycle"),
    }
)
"""Files and folders that systems leave behind, in lower case; most others begin with a dot, and are hidden."""
_LITTER_STARTS: Final = ("~$", "~wrl", "#")
"""Names that Word gives to its locks and drafts, and Emacs to its own."""
_LITTER_ENDS: Final = ("~", ".tmp", ".temp", ".bak", ".swp", ".swo", ".part", ".partial", ".crdownload", ".download")
"""Names of editors' copies and of downloads that were not finished."""


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder is hidden: its name begins with a dot, on every system."""
    return name.startswith(".")


def is_litter(name: str) -> bool:
    """Tell whether systems or editors left a file or folder there."""
    folded = name.lower()
    if folded in _LITTER or folded.endswith(_LITTER_ENDS):
        return True
    return folded.startswith(_LITTER_STARTS[:2]) or (folded.startswith("#") and folded.endswith("#"))


def refused_kind(name: str) -> str | None:
    """Return what a file is by its extension where that is never news, in words; None where it may be."""
    return _REFUSED.get(extension_of(name))


def extension_of(name: str) -> str:
    """Return what stands behind the last dot, in lower case; empty where there is none."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem else ""
