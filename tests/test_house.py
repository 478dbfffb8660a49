"""The rules of the house that no linter holds."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer import cli

PACKAGE = Path(cli.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_FILE_LINES, MAX_FUNCTION_LINES = 300, 50
TABLES = {"quantities/tables.py"}
"""Word lists, one entry a line: long, but nothing to understand."""
EDGES = {
    "cli.py",
    "cli_archive.py",
    "pipeline.py",
    "archive/archive.py",
    "archive/processes.py",
    "cluster/connection.py",
}
"""The command line and the Python API; a worker process gets its parent's environment, and Ray its options."""


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_says_why_it_exists(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


@pytest.mark.parametrize("module", [module for module in MODULES if name_of(module) not in TABLES], ids=name_of)
def test_a_file_can_be_read_in_one_sitting(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MAX_FILE_LINES


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_function_fits_on_a_screen(module: Path) -> None:
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions(module)}
    assert {name: length for name, length in lengths.items() if length > MAX_FUNCTION_LINES} == {}


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_nothing_reads_the_environment_but_the_edge(module: Path) -> None:
    if name_of(module) not in EDGES:
        assert "environ" not in {
            node.attr
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
            if isinstance(node, ast.Attribute)
        }
