"""schemas/ says what the models say, and the briefs that the program writes keep to it."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from summarizer import summarize
from summarizer.brief import Brief
from summarizer.extract.rules import RulesExtractor
from summarizer.resources import read_schema
from tests.build import NEWS
from tools.schemas import MODELS, main, schema_text

ARTICLES = sorted((Path(__file__).parent.parent / "fixtures" / "articles").glob("*.txt"))
KEYS = {
    "": [
        "schema",
        "source",
        "about_park",
        "parks",
        "period",
        "summary",
        "numbers",
        "policies",
        "quotes",
        "check",
        "run",
    ],
    "source": ["document", "path", "title", "byline", "published", "language", "ranges", "article"],
    "parks": ["name", "role", "span", "verdict"],
    "period": ["text", "start", "end", "inferred"],
    "summary": ["text", "numbers"],
    "numbers": [
        *("metric", "text", "value", "low", "high", "unit", "qualifier", "status", "park", "period"),
        *("sentence", "span", "evidence", "verdict", "findings"),
    ],
    "policies": ["name", "detail", "sentence", "span", "verdict"],
    "quotes": ["speaker", "role", "text", "sentence", "span", "verdict"],
    "check": ["status", "counts", "findings", "unreported", "contradictions"],
    "run": ["extractor", "model", "mode", "prompt", "attempts", "usage", "cost", "seconds", "version"],
}
"""The contract of DESIGN, in its order."""


class Drifted(Brief):
    """A brief with one field more."""

    mood: str
    """How it feels."""


def wordless(schema: object, *, names: bool = False) -> object:
    """Return a schema without titles and descriptions, whose text changes between pydantic's releases."""
    if isinstance(schema, dict):
        return {
            key: wordless(value, names=key in ("properties", "$defs"))
            for key, value in schema.items()
            if names or key not in ("title", "description")
        }
    return [wordless(entry) for entry in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize(("name", "model"), MODELS.items(), ids=str)
def test_a_published_schema_is_that_of_its_model(name: str, model: type[BaseModel]) -> None:
    assert wordless(json.loads(read_schema(name))) == wordless(json.loads(schema_text(model)))


def test_a_drift_would_be_seen() -> None:
    assert wordless(json.loads(read_schema("brief.v1"))) != wordless(json.loads(schema_text(Drifted)))


def test_only_what_changed_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.schemas.FOLDER", tmp_path)
    assert main() == 0
    assert capsys.readouterr().err.split() == [
        "wrote",
        "draft.v1.json",
        "wrote",
        "repair.v1.json",
        "wrote",
        "complete.v1.json",
        "wrote",
        "split.v1.json",
        "wrote",
        "brief.v1.json",
        "wrote",
        "gold.v1.json",
    ]
    (tmp_path / "draft.v1.json").write_text("{}", encoding="utf-8")
    main()
    main()
    assert capsys.readouterr().err.split() == ["wrote", "draft.v1.json"]
    assert (tmp_path / "draft.v1.json").read_text(encoding="utf-8") == read_schema("draft.v1")


def test_every_field_of_a_brief_is_required_and_no_other_is_allowed() -> None:
    schema = json.loads(read_schema("brief.v1"))
    for part in (schema, *schema["$defs"].values()):
        if part["type"] == "object":
            assert part["additionalProperties"] is False
            assert part["required"] == list(part["properties"])


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_brief_keeps_to_the_schema(path: Path) -> None:
    [brief] = summarize(path, extractor=RulesExtractor(), published="2024-03-01")
    text = brief.to_json()
    assert Brief.model_validate_json(text) == brief
    value = json.loads(text)
    assert list(value) == KEYS[""]
    for name, keys in KEYS.items():
        part = value[name] if name else value
        for entry in part if isinstance(part, list) else [part]:
            assert entry is None or list(entry) == keys


def test_decimals_are_text_and_offsets_count_characters_as_read() -> None:
    [brief] = summarize(NEWS, extractor=RulesExtractor(), published="2023-07-03")
    value: dict[str, Any] = json.loads(brief.to_json())
    money = next(number for number in value["numbers"] if number["unit"] == "CNY")
    assert money["value"] == "56060000000"
    assert NEWS[slice(*money["span"])] == "560.6亿元"
    assert value["run"]["cost"] is None


def test_words_that_no_encoding_carries_are_written_as_escapes() -> None:
    [brief] = summarize(NEWS, extractor=RulesExtractor())
    summary = brief.summary.model_copy(update={"text": "half of a pair: \ud83d"})
    assert json.loads(brief.model_copy(update={"summary": summary}).to_json())["summary"]["text"][-1] == "\ud83d"
