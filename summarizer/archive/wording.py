"""Two normal forms of an article's words, and its figures, so that printings of one text can be compared.

Neither form may make two texts equal that say something else: white space stays between two numbers or Latin words
(a table's `12 3` is not `1 23`), punctuation between two figures (1.5, 三、四家), and of signs (%, -3, ?, ~) all.
"""

import re
import string
from itertools import pairwise
from typing import Final

from summarizer.quantities.folding import NARROW, CharTable
from summarizer.quantities.tables import DIGITS, NUMERAL_CHARS

_DASHES: Final = "—–‐‑‒―−﹣－"
_QUOTES: Final = "“”„‟‘’‛'＇＂「」『』〝〞«»"
_UNSEEN: Final = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_PRINTED: Final = CharTable(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        **NARROW.pairs,
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_QUOTES, '"'),
        **dict.fromkeys("[【〔［（", "("),
        **dict.fromkeys("]】〕］）", ")"),
        **dict.fromkeys(_UNSEEN, ""),
        "｡": "。",
    }
)
_FIGURE_CHARS: Final = f"0-9{NUMERAL_CHARS}"
_PARTED: Final[dict[str, int]] = {
    **dict.fromkeys("0123456789", 1),
    **dict.fromkeys(string.ascii_letters, 2),
    **dict.fromkeys(DIGITS, 3),
}
"""Between two characters of one of these sets a blank parts numbers or words; 482.9 亿 and 张 三 it does not part."""
_MARKS: Final = ',。;:、!"…《》〈〉·▶►□▷▲△■◆◇●★☆◎'
_HARMLESS: Final = re.compile(
    rf"(?<![{_FIGURE_CHARS}{_MARKS}])[{_MARKS}]++|[{_MARKS}]++(?![{_FIGURE_CHARS}])|\.(?![0-9])"
    rf"|(?<![{_FIGURE_CHARS}A-Za-z])-++(?![{_FIGURE_CHARS}A-Za-z])"
)
_FIGURE: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def fold_printing(text: str) -> str:
    """Return `text` without what the layout makes of it: white space, width, shapes of quotation marks and dashes."""
    folded = _PRINTED.apply(text)
    words = folded.split()
    for place, (before, behind) in enumerate(pairwise(words)):
        parted = _PARTED.get(before[-1])
        if parted is not None and parted == _PARTED.get(behind[0]):
            words[place] += " "
    folded = "".join(words)
    return folded.replace("--", "-") if "--" in folded else folded


def bare_words(text: str) -> str:
    """Return `text` in that form, and without punctuation wherever it does not stand between two figures."""
    return _HARMLESS.sub("", fold_printing(text))


def figures_of(folded: str) -> list[str]:
    """Return the Western numerals of a text that `fold_printing` gave, in order; numerals cut by a blank as one."""
    return _FIGURE.findall(folded.replace(" ", ""))
