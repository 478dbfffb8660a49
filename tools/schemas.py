"""Writes schemas/ from the pydantic models: `python -m tools.schemas`.

The files, not the models, go to providers and into recordings, so their bytes change only when a contract does: titles
that repeat a field's name are left out; descriptions are the fields' docstrings, apart from the two that the repair
prompt already gives.
"""

import ast
import inspect
import json
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from summarizer.brief import Brief
from summarizer.draft import Draft
from summarizer.evaluate import Gold
from summarizer.extract.wire import Additions, Repair
from summarizer.page_split import PageSplit
from summarizer.value import Value

FOLDER = Path(__file__).resolve().parent.parent / "schemas"

MODELS: Mapping[str, type[BaseModel]] = {
    "draft.v1": Draft,
    "repair.v1": Repair,
    "complete.v1": Additions,
    "split.v1": PageSplit,
    "brief.v1": Brief,
    "gold.v1": Gold,
}
"""Published name -> the model whose serialised form it describes."""

_SAID_IN_PROMPT = ("item", "withdraw")


def schema_text(model: type[BaseModel]) -> str:
    """Return the published form of a model's JSON Schema."""
    schema = model.model_json_schema(by_alias=True, mode="serialization")
    classes = {cls.__name__: cls for cls in _below(Value)} | {model.__name__: model}
    for name, part in (*schema.get("$defs", {}).items(), (model.__name__, schema)):
        if name in classes and "properties" in part:
            docs = _field_docs(classes[name])
            part["properties"] = {key: _described(field, docs.get(key)) for key, field in part["properties"].items()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _described(field: dict[str, Any], doc: str | None) -> dict[str, Any]:
    """Return a field's schema without title and with its docstring, its keys in pydantic's order."""
    plain = {key: value for key, value in field.items() if key not in ("title", "description")}
    return dict(sorted((plain | ({"description": doc} if doc else {})).items()))


def _field_docs(model: type[BaseModel]) -> dict[str, str]:
    """Return the docstrings that stand under the fields of a model and of its bases."""
    docs: dict[str, str] = {}
    for cls in reversed(model.__mro__):
        if issubclass(cls, Value):
            [body] = ast.parse(inspect.getsource(cls)).body
            for field, below in pairwise(body.body if isinstance(body, ast.ClassDef) else ()):
                words = below.value if isinstance(below, ast.Expr) else None
                if isinstance(field, ast.AnnAssign) and isinstance(words, ast.Constant):
                    docs[ast.unparse(field.target)] = inspect.cleandoc(str(words.value))
    return {name: doc for name, doc in docs.items() if name not in _SAID_IN_PROMPT}


def _below(cls: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for child in cls.__subclasses__():
        yield child
        yield from _below(child)


def main() -> int:
    """Write every schema and name those that changed on stderr."""
    for name, model in MODELS.items():
        path, text = FOLDER / f"{name}.json", schema_text(model)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stderr.write(f"wrote {path.name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
