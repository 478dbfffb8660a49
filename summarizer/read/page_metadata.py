"""Reads what a web page says of itself: title, author, day, outlet; from meta tags, Open Graph and JSON-LD.

Names of meta tags are those of the sites that were looked at: ArticleTitle, PubDate, ContentSource are the standard of
Chinese government sites, publishdate and source are those of the large newspapers.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from summarizer.read.dates import iso_day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLE_NAMES: Final = ("og:title", "articletitle", "twitter:title")
_AUTHOR_NAMES: Final = ("author", "article:author", "og:article:author", "byl", "dc.creator")
_DATE_NAMES: Final = (
    *("article:published_time", "og:published_time", "og:article:published_time", "pubdate", "publishdate"),
    *("publish_date", "publication_date", "datepublished", "article:create_at", "dc.date", "dc.date.issued"),
    *("weibo:article:create_at", "firstpublishedtime", "date"),
)
_OUTLET_NAMES: Final = ("og:site_name", "contentsource", "source", "sitename", "application-name")
_ARTICLE_TYPE: Final = re.compile(r"Article|Report|BlogPosting")
_SITE: Final = re.compile(r"(?:\s*[_|｜]|\s+[-–—]\s+|\s*--)\s*[^_|｜]{2,30}$")
"""What sites put behind a title: 园区提速_云州日报."""
_LABEL: Final = re.compile(r"^\s*(?:来源|來源|作者|记者|記者|文|Source|By|Author)\s*[:：/／]\s*", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://|@|www\.")
_LONGEST_NAME: Final = 60
_LONGEST_TITLE: Final = 300


class PageMetadata(NamedTuple):
    """What a page says of itself; None where it is silent."""

    title: str | None
    author: str | None
    outlet: str | None
    published: str | None


def metadata_of(page: "HtmlElement") -> PageMetadata:
    """Return the metadata of a parsed page."""
    tags = _meta_tags(page)
    linked = _linked_article(page)
    outlet = _name(_first(tags, _OUTLET_NAMES) or _text_of(linked.get("publisher")))
    author = _name(_text_of(linked.get("author")) or _first(tags, _AUTHOR_NAMES))
    return PageMetadata(
        title=_title(page, _first(tags, _TITLE_NAMES) or _text_of(linked.get("headline")), outlet),
        author=None if author == outlet else author,
        outlet=outlet,
        published=_published(page, tags, linked),
    )


def _meta_tags(page: "HtmlElement") -> dict[str, str]:
    tags: dict[str, str] = {}
    for tag in page.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = " ".join((tag.get("content") or "").split())
        if name and content:
            tags.setdefault(name.strip().lower(), content)
    return tags


def _first(tags: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next((tags[name] for name in names if name in tags), None)


def _linked_article(page: "HtmlElement") -> Mapping[str, object]:
    """Return the JSON-LD object of the article; empty where there is none."""
    for script in page.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            linked = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(linked):
            if _ARTICLE_TYPE.search(str(thing.get("@type"))):
                return thing
    return {}


def _things(linked: object) -> Iterator[Mapping[str, object]]:
    if isinstance(linked, list):
        for one in linked:
            yield from _things(one)
    elif isinstance(linked, dict):
        yield linked
        graph = linked.get("@graph")
        if isinstance(graph, list):
            yield from (one for one in graph if isinstance(one, dict))


def _text_of(value: object) -> str | None:
    """Return the words of a JSON-LD value: a string, an object with a name, or several of these."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, dict):
        return _text_of(value.get("name"))
    if isinstance(value, list):
        return "、".join(name for one in value if (name := _text_of(one))) or None
    return None


def _name(words: str | None) -> str | None:
    """Return a person's or outlet's name without its label; None for addresses and whole sentences."""
    bare = _LABEL.sub("", words or "").strip()
    return bare if bare and len(bare) <= _LONGEST_NAME and _ADDRESS.search(bare) is None else None


def _title(page: "HtmlElement", told: str | None, outlet: str | None) -> str | None:
    """Return the headline: the largest heading, where the page's title begins with it, else the title without site."""
    named = told or " ".join("".join(page.xpath("//head/title[1]//text()")).split())
    headings = {" ".join(str(heading.text_content()).split()) for heading in page.iter("h1")}
    for heading in sorted(headings, key=len, reverse=True):
        if heading and (named.startswith(heading) or (not named and len(headings) == 1)):
            return heading[:_LONGEST_TITLE]
    if outlet is not None:
        named = re.sub(rf"\s*[-–—_|｜]+\s*{re.escape(outlet)}\s*$", "", named)
    while _SITE.search(named):  # 园区提速|云州网|新闻
        named = _SITE.sub("", named)
    return named.strip()[:_LONGEST_TITLE] or None


def _published(page: "HtmlElement", tags: Mapping[str, str], linked: Mapping[str, object]) -> str | None:
    told = [_text_of(linked.get("datePublished")), *(tags.get(name) for name in _DATE_NAMES)]
    told += [tag.get("datetime") for tag in page.xpath("//*[@itemprop='datePublished' or @pubdate]")]
    return next((day for words in told if words and (day := iso_day(words)) is not None), None)
