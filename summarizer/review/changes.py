"""What the desk's pages send: decisions, and decisions taken back. Each is kept before it is answered."""

import json
from collections.abc import Mapping
from typing import Any, Final

from flask import Response, jsonify, request

from summarizer.errors import BriefError
from summarizer.review.correct import (
    ADDED,
    Correction,
    added_key,
    added_number,
    corrected_number,
    read_correction,
)
from summarizer.review.items import Keyed, keyed
from summarizer.review.looking import Desk, Found, found_article, state_of
from summarizer.store.decisions import ARTICLE, Decision, Verb, decide, holding, latest, undo

_VERBS: Final[tuple[Verb, ...]] = ("accept", "correct", "reject", "add", "done")


class Changes:
    """What a browser may change."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def decided(self, article: int) -> Response:
        """Keep a decision, and tell what holds then."""
        told = _told()
        with self._desk.looking() as store:
            found = found_article(store, article)
            said = _said(found, told, Decision(0, article, "", "accept", None, self._desk.who, ""))
            with store.transaction() as db:
                decide(db, said, _number(told.get("seen")))
                return jsonify(state_of(found, holding(db, article)))

    def undone(self, article: int) -> Response:
        """Take back a decision that is named, else the latest that this person has made on the article."""
        told = _told()
        with self._desk.looking() as store:
            found = found_article(store, article)
            with store.transaction() as db:
                last = latest(db, article, self._desk.who)
                wanted = _number(told.get("decision")) or (last.id if last else 0)
                taken = undo(db, wanted, self._desk.who)
                state = state_of(found, holding(db, article))
        return jsonify(state | {"undone": taken.item if taken else None})


def _told() -> dict[str, Any]:
    """Return what a request says. Raises BriefError."""
    told = request.get_json(silent=True)
    if not isinstance(told, dict):
        raise BriefError("a decision is a JSON object")
    return told


def _number(told: object) -> int:
    """Return the id of a decision, 0 for none. Raises BriefError."""
    if told is None or (isinstance(told, int) and 0 <= told < 2**63):
        return int(told or 0)
    raise BriefError(f"{told!r} is no decision's number; reload the page")


def _said(found: Found, told: Mapping[str, Any], blank: Decision) -> Decision:
    """Return a decision that fits the brief. Raises BriefError for one that does not."""
    verb, item = told.get("verb"), str(told.get("item") or "")
    if verb not in _VERBS:
        raise BriefError(f"{verb!r} is no decision; say {', '.join(_VERBS)}")
    known = {one.key: one for one in keyed(found.brief)}
    fields = read_correction(json.dumps(told.get("fields") or {}))
    if verb == "add" and not item:
        item = added_key(fields)
    _refuse_unfit(verb, item, known)
    if verb not in ("add", "correct"):
        return blank._replace(item=item, verb=verb)
    _try(found, item, known, fields)
    return blank._replace(item=item, verb=verb, fields=fields.model_dump_json(exclude_none=True))


def _refuse_unfit(verb: Verb, item: str, known: Mapping[str, Keyed]) -> None:
    if item != ARTICLE and not item.startswith(ADDED) and item not in known:
        raise BriefError("this item is no longer in the brief; reload the page")
    if (item == ARTICLE) != (verb == "done"):
        raise BriefError(f"{verb!r} cannot be said of {item!r}")
    if item.startswith("unreported:") and verb != "reject":
        raise BriefError("what was left out is added as a number (n), or was rightly left out (x)")


def _try(found: Found, item: str, known: Mapping[str, Keyed], fields: Correction) -> None:
    """Apply a correction, so that one that cannot be is refused before it is kept. Raises BriefError."""
    if fields.span is not None and not 0 <= fields.span.start < fields.span.end <= len(found.text):
        raise BriefError("the place is not in the article")
    published = found.brief.source.published
    if item.startswith(ADDED):
        added_number(fields, found.text, published)
    elif known[item].kind == "numbers":
        place = known[item].place
        corrected_number(found.brief.numbers[place], fields, found.text, published)
