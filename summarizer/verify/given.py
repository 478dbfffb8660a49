"""Reads anybody's brief: a brief.v1, a draft, or any JSON object with `numbers: [{metric, text}]`.

Everything but metric and text may be missing; the order of the items is kept; keys that the check does not know are
ignored.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, cast

from summarizer.draft import Draft, DraftNumber, DraftPark, DraftPolicy, DraftQuote
from summarizer.errors import BriefError
from summarizer.value import Role, Status

_STATUSES: Final = frozenset({"actual", "target", "forecast"})
_LONE: Final = re.compile("[\ud800-\udfff]")
"""Halves of characters, which JSON can hold and text cannot."""
NOT_CITED: Final = 0
"""Stands for a missing citation; sentences are numbered from 1."""


def read_brief(text: str, name: str) -> Draft:
    """Return the draft that the JSON `text` holds; `name` is what errors call it. Raises BriefError."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = "nested too deeply" if isinstance(error, RecursionError) else "a number of it is too long"
        if isinstance(error, json.JSONDecodeError):
            where = f"line {error.lineno}: {error.msg}"
        raise BriefError(
            f"{name!r} is not JSON ({where}); give a brief, a draft, or an object with a list `numbers`"
        ) from error
    return draft_from(value, name)


def draft_from(value: object, name: str = "brief") -> Draft:
    """Return the draft that a JSON value holds. Raises BriefError where it is no object with a list `numbers`."""
    if not isinstance(value, Mapping) or not isinstance(value.get("numbers"), list | tuple):
        raise BriefError(f"{name!r} is no brief: it needs an object with a list `numbers` of {{metric, text}}")
    return Draft(
        about_park=value.get("about_park") if isinstance(value.get("about_park"), bool) else True,
        parks=tuple(_park(item) for item in _items(value, "parks", name, ("name",))),
        period=_words_of(value.get("period")),
        summary=_words_of(value.get("summary")) or "",
        numbers=tuple(_number(item) for item in _items(value, "numbers", name, ("metric", "text"))),
        policies=tuple(_policy(item) for item in _items(value, "policies", name, ("name",))),
        quotes=tuple(_quote(item) for item in _items(value, "quotes", name, ("text",))),
    )


def _items(value: Mapping[str, Any], key: str, name: str, needed: tuple[str, ...]) -> list[Mapping[str, Any]]:
    """Return the objects of a list, a bare string standing for its first field. Raises BriefError for anything else."""
    found = value.get(key)
    if found is None:
        return []
    if not isinstance(found, list | tuple):
        raise BriefError(f"{name!r} is no brief: `{key}` must be a list")
    items: list[Mapping[str, Any]] = []
    for place, item in enumerate(found):
        item = {needed[0]: item} if isinstance(item, str) and len(needed) == 1 else item
        if not isinstance(item, Mapping) or any(_words_of(item.get(field)) is None for field in needed):
            raise BriefError(f"{name!r} is no brief: {key}[{place}] needs {' and '.join(needed)}")
        items.append(item)
    return items


def _words_of(value: object) -> str | None:
    """Return a string, the `text` of an object, or a number as printed in JSON; None for anything else."""
    if isinstance(value, Mapping):
        value = value.get("text")
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float | Decimal):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return format(number, "f") if number.is_finite() else None
    return _LONE.sub("\ufffd", value) if isinstance(value, str) else None


def _cited(item: Mapping[str, Any]) -> int:
    for key in ("at", "sentence"):
        number = item.get(key)
        if isinstance(number, int) and not isinstance(number, bool) and number > 0:
            return number
    return NOT_CITED


def _park(item: Mapping[str, Any]) -> DraftPark:
    role = item.get("role")
    return DraftPark(
        name=_words_of(item["name"]) or "", role=cast(Role, role if role in ("subject", "mentioned") else "mentioned")
    )


def _number(item: Mapping[str, Any]) -> DraftNumber:
    status = item.get("status")
    return DraftNumber(
        metric=_words_of(item["metric"]) or "",
        text=_words_of(item["text"]) or "",
        park=_words_of(item.get("park")),
        period=_words_of(item.get("period")),
        status=cast(Status, status if status in _STATUSES else "actual"),
        at=_cited(item),
    )


def _policy(item: Mapping[str, Any]) -> DraftPolicy:
    return DraftPolicy(name=_words_of(item["name"]) or "", detail=_words_of(item.get("detail")), at=_cited(item))


def _quote(item: Mapping[str, Any]) -> DraftQuote:
    return DraftQuote(
        speaker=_words_of(item.get("speaker")),
        role=_words_of(item.get("role")),
        text=_words_of(item["text"]) or "",
        at=_cited(item),
    )
