"""Turns values into HTML that cannot run anything: the templates, their filters, and the page's security policy.

Three walls, one behind the other: everything is escaped by default, everything that steers is made visible, and the
policy in the page's head lets the browser run and style nothing but two texts of this package, known by their hashes.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from summarizer.counted import counted
from summarizer.report import words
from summarizer.report.visible import article_text, plain

_WHOLE: Final = re.compile(r"(?<![\d.])\d+")
_THOUSANDS: Final = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")
_FOLDER: Final = Path(__file__).resolve().parent


@cache
def asset(name: str) -> Markup:
    """Return the text of a file of `assets`, as it goes between tags."""
    return Markup((_FOLDER / "assets" / name).read_text(encoding="utf-8"))


@cache
def policy(*, script: str = "report.js", style: str = "report.css") -> str:
    """Return the Content-Security-Policy of a page with this script and this style."""
    return (
        f"default-src 'none'; script-src '{_digest(asset(script))}'; style-src '{_digest(asset(style))}';"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def figure(value: str | None) -> str:
    """Return a decimal with its thousands parted: 31,860,000,000. Of any length, so by its digits alone."""
    return _WHOLE.sub(lambda found: _THOUSANDS.sub(",", found[0]), (value or "").replace("-", "−"))


@cache
def environment() -> Environment:
    """Return the templates' environment; whoever adds templates of their own adds a loader."""
    made = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=plain,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.globals.update(
        asset=asset,
        policy=policy,
        t=words.told,
        word=words.word,
        both=words.both,
        words=words,
        figure=figure,
        counted=counted,
    )
    made.filters["article_text"] = article_text
    return made


def template(name: str) -> Template:
    """Return a template."""
    return environment().get_template(name)
