"""Makes visible what would steer a page instead of being read: control characters, marks that turn text round, halves
of characters. Nothing that a page prints escapes this: it is the templates' `finalize`.
"""

import re
from typing import Final

from markupsafe import Markup, escape

_STEERING: Final = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def named(found: re.Match[str]) -> str:
    """Return what stands for a character that steers: ⟨U+202E⟩."""
    return f"⟨U+{ord(found[0]):04X}⟩"


def plain(value: object) -> object:
    """Return what may be printed: text with every character that steers named, all else as it is.

    Also for attributes. Text that a template has made is let through, as all in it came this way.
    """
    if isinstance(value, str) and not isinstance(value, Markup):
        return _STEERING.sub(named, value)
    return value


def article_text(text: str) -> Markup:
    """Return a stretch of an article as HTML in which every character that steers is an element of its own.

    Such an element (`span.ctl`) stands for one character of the text as read, however long its name is: who counts
    characters in the page counts it as one.
    """
    if _STEERING.search(text) is None:
        return escape(text)
    parts: list[str] = []
    at = 0
    for found in _STEERING.finditer(text):
        parts.append(escape(text[at : found.start()]))
        parts.append(f'<span class="ctl">{named(found)}</span>')
        at = found.end()
    parts.append(escape(text[at:]))
    return Markup("".join(parts))
