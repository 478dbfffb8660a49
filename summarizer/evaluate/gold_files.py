"""Reads gold with the articles that it speaks of, and completes what a person left for the program to read."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from summarizer.errors import EvaluationError
from summarizer.evaluate.files import Found, files_of, is_file, values_in
from summarizer.evaluate.gold import Gold, GoldNumber
from summarizer.evaluate.printed import Excerpt, Printed
from summarizer.pages import whole_article
from summarizer.quantities import Quantity, scan
from summarizer.read import read_document
from summarizer.value import Span

_SCHEMA: Final = "gold.v1"
_TEXTS: Final = (".txt", ".html", ".htm", ".pdf", ".docx")
"""Endings under which an article's text is looked for, where gold names no file."""


class Case(NamedTuple):
    """Gold, with the text of its article where there is one."""

    gold: Gold
    printed: Printed | None

    @property
    def id(self) -> str:
        """The article's name."""
        return self.gold.id

    def around(self, span: Span | None) -> Excerpt | None:
        """Return the sentence around a place; None where there is no text, or no such place in it."""
        return None if self.printed is None else self.printed.around(span)


def unfound(cases: Iterable[Case]) -> Iterator[str]:
    """Yield a line for each number of gold whose words stand nowhere in its article: a slip, or another text."""
    for gold, printed in cases:
        for place, number in enumerate(gold.numbers if printed is not None else ()):
            if number.span is None and printed is not None and not printed.find(number.text):
                yield f"gold {gold.id!r}: numbers.{place} {number.text!r} stands nowhere in its article"


def read_gold(location: str) -> list[Case]:
    """Return the gold of a file, a folder or a pattern, in order.

    Raises EvaluationError for what is no gold, for two of one id, and for a number that cannot be read; ReadError for
    an article that gold names and that cannot be read.
    """
    found = [one for path in files_of(location, "gold, JSON files of gold.v1") for one in values_in(path)]
    golds = [(one, gold_from(one.value, one.shown)) for one in found]
    if not golds:
        raise EvaluationError(f"{location!r} holds no gold; it needs at least one article")
    _refuse_twins(golds)
    return [Case(gold, _printed(gold, one.path)) for one, gold in golds]


def gold_from(value: object, shown: str = "gold") -> Gold:
    """Return the gold that a JSON value holds, its numbers completed. Raises EvaluationError, naming file and field."""
    try:
        gold = Gold.model_validate(value)
    except ValidationError as error:
        raise EvaluationError(
            f"{shown} is no {_SCHEMA}: {_what(error)}; schemas/{_SCHEMA}.json says how it is written"
        ) from None
    if not any(not number.says("value", "low", "high") for number in gold.numbers):
        return gold
    numbers = tuple(_completed(number, f"{shown}: numbers.{place}") for place, number in enumerate(gold.numbers))
    return gold.model_copy(update={"numbers": numbers})


def _what(error: ValidationError) -> str:
    """Return the first thing that is wrong, and how many more there are."""
    first, *more = error.errors(include_url=False, include_context=False, include_input=False)
    where = ".".join(map(str, first["loc"])) or "it"
    rest = f" (and {len(more)} more)" if more else ""
    return f"{where}: {first['msg'][:1].lower()}{first['msg'][1:]}{rest}"


def _completed(number: GoldNumber, shown: str) -> GoldNumber:
    """Return a number with what the program reads in its words, where gold says nothing of its value."""
    if number.says("value", "low", "high"):
        return number
    read = [one for one in scan(number.text) if one.is_fact]
    if len(read) != 1:
        count = "no number" if not read else f"{len(read)} numbers"
        raise EvaluationError(
            f"{shown}: the program reads {count} in {number.text!r}; write its value (or null) and unit"
        )
    return number.model_copy(update={field: end for field, end in _fields(read[0]).items() if not number.says(field)})


def _fields(read: Quantity) -> dict[str, str | None]:
    """Return what a quantity says of the fields of gold; an exact one may still be bounded by words outside it."""
    ends = {
        name: None if end is None else format(end, "f")
        for name, end in zip(("value", "low", "high"), read[3:6], strict=True)
    }
    return ends | {"unit": read.unit} | ({} if read.qualifier == "exact" else {"qualifier": read.qualifier})


def _refuse_twins(golds: Iterable[tuple[Found, Gold]]) -> None:
    known: dict[str, Found] = {}
    for one, gold in golds:
        if gold.id in known:
            raise EvaluationError(f"{known[gold.id].shown} and {one.shown} are both gold of {gold.id!r}; leave one out")
        known[gold.id] = one


def _printed(gold: Gold, path: Path) -> Printed | None:
    """Return the article of gold; None where gold names none and none stands where articles stand by convention."""
    if gold.article is not None:
        text = path.parent / gold.article
    else:
        places = [
            folder / f"{gold.id}{end}" for folder in (path.parent.parent / "articles", path.parent) for end in _TEXTS
        ]
        known = next((place for place in places if is_file(place)), None)
        if known is None:
            return None
        text = known
    return Printed(whole_article(read_document(text, published=gold.published)))
