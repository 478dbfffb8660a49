"""The package as a user gets it: an sdist, the wheel made from it, and that wheel alone in a fresh environment."""

import json
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "fixtures" / "articles" / "annual_results.txt"
OTHERS = {
    *("summarizer/py.typed", "summarizer/prices/prices.json", "summarizer/evaluate/page.html.j2"),
    *("summarizer/report/assets/report.css", "summarizer/report/assets/report.js"),
    *(f"summarizer/report/templates/{name}.html" for name in ("frame", "index", "overview", "page", "parts")),
    *("summarizer/review/assets/desk.css", "summarizer/review/assets/desk.js"),
    *(f"summarizer/review/templates/{name}.html" for name in ("base", "desk", "queue", "rulings")),
}
"""Files of the package that are no modules."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist and the wheel, built without a network: the wheel from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


@pytest.fixture(scope="module")
def wheel_names(built: Path) -> set[str]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def sources(pattern: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern)}


def test_the_wheel_holds_every_module_prompt_and_schema(wheel_names: set[str]) -> None:
    texts = {f"summarizer/{name}" for name in sources("prompts/*.md") | sources("schemas/*.json")}
    assert len(texts) >= 5
    assert texts | sources("summarizer/**/*.py") | OTHERS <= wheel_names


def test_the_wheel_holds_nothing_else(wheel_names: set[str]) -> None:
    tops = {PurePosixPath(name).parts[0] for name in wheel_names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"summarizer"}
    assert not [name for name in wheel_names if "test" in name or "fixture" in name or name.endswith(".pyc")]


def test_the_sdist_holds_what_the_wheel_is_made_of_and_no_tests(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {
            PurePosixPath(*PurePosixPath(member.name).parts[1:]).as_posix() for member in archive if member.isfile()
        }
    wanted = sources("prompts/*.md") | sources("schemas/*.json") | sources("summarizer/**/*.py")
    assert wanted | {"pyproject.toml", "README.md", "LICENSE"} | OTHERS <= names
    assert not [name for name in names if name.startswith(("tests/", "fixtures/", "bench/", "tools/"))]


def test_the_wheel_runs_without_the_checkout(built: Path, tmp_path: Path) -> None:
    home = tmp_path / "empty venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    purelib = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    wheel = str(next(built.glob("*.whl")))
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index", wheel]
    installed = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert installed.returncode == 0, installed.stderr
    # The dependencies, by a plain line: as a path entry, unlike as a site folder, it does not run the .pth file of an
    # editable install there.
    import pydantic

    (purelib / "dependencies.pth").write_text(f"{Path(pydantic.__file__).parent.parent}\n", encoding="utf-8")

    where = Path(run(python, "-c", "import summarizer; print(summarizer.__file__)", cwd=tmp_path).strip())
    assert where.is_relative_to(home)

    brief = json.loads(run(home / "bin" / "summarize", "--extractor", "rules", str(ARTICLE), cwd=tmp_path))
    assert (brief["schema"], brief["source"]["byline"]) == ("brief.v1", "顾南乔")
    assert run(home / "bin" / "summarize", "--version", cwd=tmp_path) == f"summarize {brief['run']['version']}\n"

    (tmp_path / "b.json").write_text(json.dumps(brief), encoding="utf-8")
    run(home / "bin" / "summarize", "report", "b.json", "-o", "r.html", cwd=tmp_path)
    assert (tmp_path / "r.html").read_text(encoding="utf-8").endswith("</html>\n")

    prompts = "from summarizer.resources import read_prompt, read_schema; print(len(read_prompt('extract.v1')) > 500)"
    assert run(python, "-c", prompts, cwd=tmp_path) == "True\n"
    prices = "from summarizer.prices import read_table; print(len(read_table().lists) > 5)"
    assert run(python, "-c", prices, cwd=tmp_path) == "True\n"


def run(program: Path, *arguments: str, cwd: Path | None = None) -> str:
    """Return what a program of the new environment prints; it must succeed, silently, without our PYTHONPATH."""
    command = [str(program), *arguments]
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=cwd, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
