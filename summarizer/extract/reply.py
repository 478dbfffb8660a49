"""How a model's reply is read: what can be mended without guessing is mended here, for a re-ask costs a call.

Mended: fences, thoughts and chatter around the JSON; raw line breaks in strings; a wrapper object; unknown keys;
missing or null lists; missing nullable fields; "3" or "[3]" for a sentence number; a number where text was asked for;
a status in other letters or in Chinese. Anything else is the model's to mend.
"""

import functools
import json
import re
from types import NoneType
from typing import Literal, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel

Reply = TypeVar("Reply", bound=BaseModel)

_STARTS = 200
"""Braces tried as the start of the JSON: bounds the work on a reply that is all braces."""

_DECODER = json.JSONDecoder(strict=False, parse_float=str, parse_constant=str)

_SURROGATE = re.compile(r"[\ud800-\udfff]|\\u[dD][89a-fA-F]")
"""A surrogate, or its escape: where there is one, the text takes the way on which lone ones are replaced."""

_NUMBER = re.compile(r"(?:[a-z]{1,9}\.)?[\[［]?\s{0,3}(\d{1,9})(?:\.0{1,9})?\s{0,3}[\]］]?")

_NOTHING = frozenset({"", "null", "none"})
"""What weak models write for null."""

_BLANK_IF_ABSENT = frozenset({"summary"})
"""Required texts that may be empty: a draft without a summary is still a draft."""

_TRUTH = {"true": True, "false": False, "是": True, "否": False}

_WORDS = {
    "实际": "actual",
    "已实现": "actual",
    "目标": "target",
    "计划": "target",
    "预测": "forecast",
    "预计": "forecast",
    "主体": "subject",
    "提及": "mentioned",
}


def bare_json(model: type[BaseModel], text: str) -> str:
    """Return the last JSON object of `text` that looks like a `model`, as plain JSON; else `text` itself.

    The last one, because a thought before it may quote JSON of the article. A decimal number becomes a string, so
    that 12.50 keeps its zero, and a lone surrogate, which no request could carry back, becomes `?`.
    """
    found = _last_object(model, text)
    plain = text if found is None else json.dumps(found, ensure_ascii=False)
    return plain.encode("utf-8", "replace").decode("utf-8")


def read_reply(model: type[Reply], text: str) -> Reply:
    """Return the value that a reply holds; pydantic.ValidationError where it does not fit the schema."""
    value = None if _SURROGATE.search(text) else _last_object(model, text)
    if value is None:
        plain = bare_json(model, text)
        try:
            value = json.loads(plain)
        except (ValueError, RecursionError):
            return model.model_validate_json(plain)  # pydantic says where the JSON breaks
    return model.model_validate(_mended(model, _unwrapped(model, value)))


def _last_object(model: type[BaseModel], text: str) -> object:
    """Return the last JSON object of `text` that looks like a `model`; None where there is none."""
    found: object = None
    place = text.find("{")
    for _ in range(_STARTS):
        if place < 0:
            break
        try:
            value, end = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            end = place + 1
        else:
            found = value if _looks_like(model, value) else found
        place = text.find("{", end)
    return found


def _looks_like(model: type[BaseModel], value: object) -> bool:
    """Tell a draft from an item of a draft that broke off: an item shares one key with it (period), not two."""
    inner, fields = _unwrapped(model, value), model.model_fields.keys()
    return isinstance(inner, dict) and len(inner.keys() & fields) >= min(2, len(fields))


def _unwrapped(model: type[BaseModel], value: object) -> object:
    """Return what a single foreign key wraps: {"draft": {…}} or {"arguments": {…}}."""
    if isinstance(value, dict) and len(value) == 1:
        [(key, inner)] = value.items()
        if isinstance(inner, dict) and key not in model.model_fields:
            return inner
    return value


class _Field(NamedTuple):
    """How a field's value is mended. Worked out once for a model: a reply has hundreds of values."""

    name: str
    annotation: object
    item: type[BaseModel] | None
    """What a list holds."""
    is_word: bool
    nullable: bool


@functools.cache
def _fields(model: type[BaseModel]) -> tuple[_Field, ...]:
    fields = []
    for name, field in model.model_fields.items():
        annotation, origin = field.annotation, get_origin(field.annotation)
        arguments = get_args(annotation)
        item = arguments[0] if origin is tuple else None
        fields.append(_Field(name, annotation, item, origin is Literal, NoneType in arguments))
    return tuple(fields)


def _mended(model: type[BaseModel], value: object) -> object:
    if not isinstance(value, dict):
        return value
    withdrawn = _truth(value.get("withdraw")) is True
    mended: dict[str, object] = {}
    for field in _fields(model):
        name, given = field.name, value.get(field.name)
        if given is not None:
            mended[name] = _mended_value(field, given)
        elif field.item is not None:
            mended[name] = []
        elif field.nullable:
            mended[name] = None
        elif withdrawn:
            mended[name] = _filler(field.annotation)
        elif name in _BLANK_IF_ABSENT:
            mended[name] = ""
        elif name in value:
            mended[name] = None
    return mended


def _mended_value(field: _Field, value: object) -> object:
    if field.item is not None:
        return [_mended(field.item, entry) for entry in value] if isinstance(value, list) else value
    if field.is_word:
        return _word(value)
    if field.annotation is int:
        return _number(value)
    if field.annotation is bool:
        return _truth(value)
    return _text(value, nullable=field.nullable)


def _filler(annotation: object) -> object:
    """Return any value of the type: an item that is withdrawn is dropped, whatever else it says."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)[0]
    return 0 if annotation is int else ""


def _word(value: object) -> object:
    if not isinstance(value, str):
        return value
    word = value.strip().casefold()
    return _WORDS.get(word, word)


def _number(value: object) -> object:
    if isinstance(value, list) and len(value) == 1:
        [value] = value
    if isinstance(value, bool):
        return json.dumps(value)  # pydantic would take true for 1
    if isinstance(value, str) and (found := _NUMBER.fullmatch(value.strip())):
        return int(found[1])
    return value


def _truth(value: object) -> object:
    return _TRUTH.get(value.strip().casefold(), value) if isinstance(value, str) else value


def _text(value: object, *, nullable: bool) -> object:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return repr(value)
    if nullable and isinstance(value, str) and value.strip().casefold() in _NOTHING:
        return None
    return value
