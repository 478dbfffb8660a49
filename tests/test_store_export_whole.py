"""The files of an export are whole or not there, and what keeps one from being made is told in one line."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import StoreError
from summarizer.tables import Form, Wanted, export_tables
from summarizer.tables import export as export_module
from summarizer.tables.layout import FORMS, rows_of
from tests.command import Run
from tests.stores import Filler, exported


@pytest.mark.parametrize("form", FORMS)
def test_what_is_there_is_not_overwritten_unless_told(filler: Filler, folder: Path, form: Form, run: Run) -> None:
    arguments = ("export", filler.path, folder, "--to", form)
    assert run(*arguments).code == 0
    before = {path: path.stat().st_ino for path in folder.iterdir()}
    said = run(*arguments)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "already; name another folder, or add --force" in said.err
    assert {path: path.stat().st_ino for path in folder.iterdir()} == before
    assert run(*arguments, "--force").code == 0
    assert before.keys() == set(folder.iterdir())
    assert before != {path: path.stat().st_ino for path in folder.iterdir()}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_what_ends_early_leaves_nothing_and_takes_nothing_away(
    filler: Filler, folder: Path, form: Form, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    filler.brief(filler.document("a.txt")[0])
    exported(filler, folder, form)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def broken(db: Any, query: str, wanted: Wanted) -> Iterator[Any]:  # noqa: ANN401 - as it is
        yield from rows_of(db, query, wanted)
        if "FROM quotes" in query:
            raise error

    monkeypatch.setattr(export_module, "rows_of", broken)
    expected = StoreError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        export_tables(filler.store, folder, form, force=True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    with pytest.raises(expected):
        exported(filler, folder / "new" / "one", form)
    assert not (folder / "new" / "one").exists()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are of POSIX")
def test_a_disk_that_fills_up_is_one_line(filler: Filler, folder: Path, form: Form) -> None:
    for article in filler.document("a.txt", [str(place) for place in range(200)]):
        filler.brief(article, os.urandom(20).hex(), title=os.urandom(600).hex())
    filler.end()
    filler.store.close()
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        " from pathlib import Path; from summarizer.store import open_store;"
        " from summarizer.tables import export_tables;"
        " from summarizer.errors import StoreError\n"
        "with open_store(Path(sys.argv[1])) as store:\n"
        "  resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
        "  try: export_tables(store, Path(sys.argv[2]), sys.argv[3])\n"
        "  except StoreError as error: print(error); sys.exit(7)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(filler.path), str(folder), form],
        check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (7, "")
    assert re.fullmatch(r"cannot write the tables to '.*out': (.*)File too large; .*\n", done.stdout)
    assert not folder.exists()


def test_a_file_for_a_folder_is_refused(filler: Filler, folder: Path) -> None:
    folder.write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="is no folder; name another"):
        exported(filler, folder, "csv")


def test_a_file_that_cannot_be_replaced_is_told(filler: Filler, folder: Path) -> None:
    (folder / "parks.csv").mkdir(parents=True)
    with pytest.raises(StoreError, match=r"cannot put '.*parks.csv' in its place: "):
        export_tables(filler.store, folder, "csv", force=True)
    assert not list(folder.glob(".export-*"))


@pytest.mark.parametrize(
    ("form", "module", "message"),
    [
        ("parquet", "pyarrow", "writing Parquet needs the package pyarrow: pip install 'summarizer[parquet]'"),
        ("xlsx", "xlsxwriter", "writing Excel workbooks needs the package XlsxWriter: pip install 'summarizer[xlsx]'"),
    ],
)
def test_a_missing_package_is_told_with_what_installs_it(
    filler: Filler, folder: Path, form: Form, module: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(StoreError, match=re.escape(message)):
        exported(filler, folder, form)
    assert not folder.exists()


def test_what_was_written_is_said_with_its_counts(filler: Filler, folder: Path, run: Run) -> None:
    filler.brief(filler.document("a.txt")[0])
    said = run("export", filler.path, folder, "--to", "csv")
    assert (said.code, said.out, said.err.count("\n")) == (0, "", 1)
    assert said.err.startswith(f"summarize: wrote 9 files to {str(folder)!r}: articles 1, numbers 2, ")


def test_an_export_sees_one_moment_of_a_store_that_a_run_writes(
    filler: Filler, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = filler.document("a.txt", ["一", "二"])
    filler.brief(one)

    def meanwhile(db: Any, query: str, wanted: Wanted) -> Iterator[Any]:  # noqa: ANN401 - as it is
        yield from rows_of(db, query, wanted)
        if "FROM articles" in query:
            with Filler(filler.path) as other:
                other.brief(two)

    monkeypatch.setattr(export_module, "rows_of", meanwhile)
    assert exported(filler, folder, "jsonl").rows["numbers"] == 2
    monkeypatch.undo()
    assert export_tables(filler.store, folder, "jsonl", force=True).rows["numbers"] == 4
