"""The public names: few, lazy, and light to import."""

import subprocess
import sys

import pytest

import summarizer
from tests.command import ARTICLE


def modules_after(code: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter holds after `code`."""
    show = "; import sys; sys.stderr.write(' '.join({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code + show], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_there_are_at_most_twelve_public_names_and_all_of_them_work() -> None:
    assert len(summarizer.__all__) <= 12
    assert dir(summarizer) == summarizer.__all__ == sorted(summarizer.__all__)
    assert all(getattr(summarizer, name).__module__.startswith("summarizer.") for name in summarizer.__all__)


def test_any_other_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'summarise'"):
        _ = summarizer.summarise


def test_importing_the_package_imports_nothing_heavy() -> None:
    assert not {"pydantic", "openai", "instructor", "tenacity", "click"} & modules_after("import summarizer")


def test_help_imports_nothing_heavy() -> None:
    code = "from summarizer.cli import main; main(['--help'])"
    assert not {"pydantic", "openai", "instructor", "tenacity", "rich"} & modules_after(code)


def test_json_does_not_pay_for_what_a_table_needs() -> None:
    article = str(ARTICLE)
    code = f"from summarizer.cli import main; main(['--extractor', 'rules', '--format', 'jsonl', {article!r}])"
    assert "rich" not in modules_after(code)


def test_the_rules_need_no_model_library() -> None:
    code = "from summarizer import Settings, summarize; summarize('西安高新区签约114个。', settings=Settings())"
    assert not {"openai", "instructor", "tenacity", "httpx2", "rich"} & modules_after(code)
