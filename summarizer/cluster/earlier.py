"""What earlier runs have left of each document, beside whether it is finished (`finished`): held against a survey.

Documents that their file no longer holds are noted as gone, in one small file for a recipe, and left out of the
tables; their rows stay, so that one that comes back is there again for nothing. So is what could not be read and can
be now. Files that a run did not read stay as they are.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from summarizer.cluster.journal import files_of
from summarizer.cluster.packages import package
from summarizer.cluster.shelf import Shelf, one_array
from summarizer.cluster.survey import Survey
from summarizer.store.ledger import Usual

GONE: Final = "gone"
_COLUMNS: Final = ["document_key", "kind", "input", "same_as"]
_SPENT: Final = ["kind", "chars", "prompt", "completion"]
_LATEST: Final = 1000


class Earlier(NamedTuple):
    """What earlier runs have left under a recipe."""

    rows: Any
    """A pyarrow table of document_key, input, unreadable: a row for each row of `briefs/`."""
    linked: Any
    """The same of document_key and same_as, of those that repeat an article."""
    gone: Any
    """Keys of documents that are gone, a pyarrow array."""

    @property
    def unreadable(self) -> Any:  # noqa: ANN401 - a pyarrow array
        """The keys of what could not be read, which need not be told again."""
        return one_array(self.rows["document_key"].filter(self.rows["unreadable"]))

    def same_as(self, keys: Any) -> dict[bytes, int]:  # noqa: ANN401 - a pyarrow array
        """Return which of the documents with these keys repeat an article, and its id; a later run's word counts."""
        compute = package("pyarrow.compute")
        if not len(self.linked):
            return {}
        linked = self.linked.filter(compute.is_in(self.linked["document_key"], value_set=keys))
        return dict(zip(linked["document_key"].to_pylist(), linked["same_as"].to_pylist(), strict=True))


def earlier_of(shelf: Shelf, recipe: str) -> Earlier:
    """Return what earlier runs have left under a recipe."""
    arrow = package("pyarrow")
    tables = [_columns(table) for table in shelf.read_tables(files_of(shelf, recipe), _COLUMNS)]
    rows = arrow.concat_tables([_columns(_nothing()), *tables])
    linked = rows.filter(package("pyarrow.compute").is_valid(rows["same_as"])).select(["document_key", "same_as"])
    gone = keys_array(gone_in(shelf, recipe))
    return Earlier(rows.drop_columns(["same_as"]).combine_chunks(), linked.combine_chunks(), gone)


def keys_array(keys: Iterable[str]) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return keys as they stand in a survey."""
    arrow = package("pyarrow")
    return arrow.array([bytes.fromhex(key) for key in keys], type=arrow.binary(16))


def gone_in(shelf: Shelf, recipe: str) -> list[str]:
    """Return the keys of the documents that are gone."""
    names = shelf.names(f"{GONE}/recipe={recipe}")
    return [key for name in names for key in shelf.read_table(name)["document_key"].to_pylist()]


def keep_gone(shelf: Shelf, recipe: str, earlier: Earlier, survey: Survey) -> None:
    """Note what is gone by now, after a survey of all parts; one file is replaced whole, where it changes."""
    arrow, compute = package("pyarrow"), package("pyarrow.compute")
    if not len(earlier.rows):
        return
    met = survey.rows["document_key"]

    def unmet(keys: Any) -> Any:  # noqa: ANN401 - pyarrow arrays
        return keys.filter(compute.invert(compute.is_in(keys, value_set=met)))

    inputs = earlier.rows["input"]
    read = compute.is_in(inputs, value_set=arrow.array(sorted(survey.read), type=arrow.string()))
    begun = compute.is_in(inputs, value_set=arrow.array(sorted(survey.begun), type=arrow.string()))
    at_risk = compute.or_(read, compute.and_(earlier.rows["unreadable"], begun))
    left = unmet(one_array(earlier.rows["document_key"].filter(at_risk)))
    now = {key.hex() for keys in (left, unmet(earlier.gone)) for key in keys.to_pylist()}
    if now != {key.hex() for key in earlier.gone.to_pylist()}:
        shelf.write_table(f"{GONE}/recipe={recipe}/gone.parquet", arrow.table({"document_key": sorted(now)}))


class Aside(NamedTuple):
    """What is not finished and yet need not be done, before the repeats are."""

    keys: Any
    """Sorted, a pyarrow array: of repeats, of what could not be read before either."""
    parts: frozenset[int]
    """Those in which there is something to do."""
    copies: dict[int, frozenset[str]]
    """By part, the keys of documents that are to be done in another one; most archives have none."""
    counted: int
    """Their articles, which their parts have counted."""


def put_aside(survey: Survey, earlier: Earlier, repeats: Sequence[int]) -> Aside:
    """Return what is put aside; `repeats` are rows of the survey."""
    arrow, compute = package("pyarrow"), package("pyarrow.compute")
    repeated = survey.rows["key"].take(arrow.array(repeats, type=arrow.int64()))
    keys = arrow.concat_arrays([one_array(repeated), earlier.unreadable])
    keys = keys.take(compute.sort_indices(keys))
    idle = compute.or_(survey.rows["done"], compute.is_in(survey.rows["key"], value_set=keys))
    rest = survey.rows["part"].filter(compute.invert(idle))
    twice = survey.copies.filter(compute.invert(survey.copies["done"]))
    copies: dict[int, set[str]] = {}
    for part, key in zip(twice["part"].to_pylist(), twice["key"].to_pylist(), strict=True):
        copies.setdefault(part, set()).add(key.hex())
    told = {part: frozenset(some) for part, some in copies.items()}
    return Aside(keys, frozenset(rest.unique().to_pylist()), told, sum(twice["articles"].to_pylist()))


def usual_of(shelf: Shelf, recipe: str) -> Usual | None:
    """Return the means of the latest articles that a model drafted under a recipe; None where there are none."""
    found: list[tuple[int, int, int]] = []
    for name in reversed(files_of(shelf, recipe)):
        columns = shelf.read_table(name, _SPENT).to_pydict()
        for kind, *told in zip(*(columns[column] for column in _SPENT), strict=True):
            if kind == "brief" and told[1]:
                found.append((told[0], told[1], told[2]))
        if len(found) >= _LATEST:
            break
    if not found:
        return None
    chars, prompt, completion = (sum(column) / len(found) for column in zip(*found, strict=True))
    return Usual(len(found), chars, prompt, completion)


def _nothing() -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return the columns of a file without rows."""
    arrow = package("pyarrow")
    types = {"document_key": "string", "kind": "string", "input": "string", "same_as": "int64"}
    return arrow.table({name: arrow.array([], kind) for name, kind in types.items()})


def _columns(table: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return what is kept of some columns of a file."""
    arrow, compute = package("pyarrow"), package("pyarrow.compute")
    return arrow.table(
        {
            "document_key": keys_array(table["document_key"].to_pylist()),
            "input": table["input"],
            "unreadable": compute.equal(table["kind"], "unreadable"),
            "same_as": table["same_as"],
        }
    )
