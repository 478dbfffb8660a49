"""What ships with the program is found, and named by its content."""

import hashlib
import re

import pytest

from summarizer.resources import prompt_tag, read_prompt, read_schema


def test_prompts_and_schemas_are_found() -> None:
    assert "<article>" in read_prompt("extract.v1")
    assert read_schema("draft.v1").startswith("{")


def test_a_prompt_is_named_by_its_content() -> None:
    digest = hashlib.sha256(read_prompt("extract.v1").encode()).hexdigest()
    assert prompt_tag("extract.v1") == f"extract.v1@sha256:{digest[:16]}"
    assert re.fullmatch(r"repair\.v1@sha256:[0-9a-f]{16}", prompt_tag("repair.v1"))


def test_a_name_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        read_prompt("extract.v0")
