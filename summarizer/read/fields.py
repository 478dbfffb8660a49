"""Which columns of a table, or keys of a JSON record, hold what."""

from collections.abc import Mapping, Sequence
from typing import Final

from summarizer.errors import ReadError
from summarizer.value import Value

_USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "content", "body", "正文"),
    "title": ("title", "标题"),
    "date": ("date", "published", "日期"),
    "id": ("id",),
}
_SHOWN_NAMES: Final = 20


class Fields(Value):
    """Names of columns or keys; None stands for the usual names.

    Usual are text, content, body, 正文; title, 标题; date, published, 日期; id. Case does not matter for these.
    """

    text: str | None = None
    title: str | None = None
    date: str | None = None
    id: str | None = None

    def named(self) -> bool:
        """Whether a name is given, which says that the input is made of records."""
        return any((self.text, self.title, self.date, self.id))


class Columns(Value):
    """Names as they stand in a file; None for what it does not have."""

    text: str
    title: str | None
    date: str | None
    id: str | None


def columns_of(names: Sequence[str], fields: Fields, shown: str) -> Columns:
    """Return which of `names` hold what. Raises ReadError where there is no text, or where a given name is missing."""
    found = {role: _found(names, getattr(fields, role), usual) for role, usual in _USUAL.items()}
    for role in _USUAL:
        wanted = getattr(fields, role)
        if found[role] is None and (wanted is not None or role == "text"):
            missing = repr(wanted) if wanted is not None else " or ".join(_USUAL["text"])
            raise ReadError(
                f"{shown} has no column {missing}, but {_listed(names)}: name the {role} with --{role}-field"
            )
    return Columns.model_validate(found)


def _found(names: Sequence[str], wanted: str | None, usual: Sequence[str]) -> str | None:
    if wanted is not None:
        return wanted if wanted in names else None
    folded = {name.casefold(): name for name in reversed(names)}
    return next((folded[name] for name in usual if name in folded), None)


def _listed(names: Sequence[str]) -> str:
    if not names:
        return "none at all"
    listed = ", ".join(repr(name) for name in names[:_SHOWN_NAMES])
    return f"{listed} and {len(names) - _SHOWN_NAMES} more" if len(names) > _SHOWN_NAMES else listed
