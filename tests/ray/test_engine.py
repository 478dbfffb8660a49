"""The command on Ray, on this machine: what one machine's run does, and what it survives. `make test-ray` runs these.

Most join one Ray by its address; those that kill start their own. A run takes some seconds, so each test asks a run as
much as it can.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from bench.ray_engine import Told, equal, killed, limit, run, tables
from summarizer.archive.opening import Orders
from summarizer.article import Document
from summarizer.cluster.engine import Where, opened_cluster_run
from summarizer.cluster.parts import File
from summarizer.read import document_from_text
from summarizer.settings import Settings
from tests.archives import lines, news

pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("ignore")]  # Ray warns of itself


def test_rows_are_those_of_the_local_run_though_calls_fail(tmp_path: Path, joins: tuple[str, str]) -> None:
    assert equal(tmp_path, articles=100, more=joins)


def test_after_a_worker_and_the_driver_are_killed_nothing_is_lost_or_twice_there(tmp_path: Path) -> None:
    came = killed(tmp_path, ("worker", "driver"), articles=600)
    assert "0 duplicate rows in briefs/" in came.told
    assert "600 articles, 0 twice, 0 lost" in came.told
    assert came.more_calls <= 2 * 32


def test_two_workers_keep_to_one_limit(tmp_path: Path, joins: tuple[str, str]) -> None:
    assert limit(tmp_path, articles=80, more=joins, burst=10) <= 0.01  # a second's worth: machines are busy


def test_all_kinds_are_read_what_cannot_be_costs_its_own_row_and_a_second_run_asks_nobody(
    tmp_path: Path, joins: tuple[str, str]
) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out"
    archive.mkdir()
    lines(archive / "a.jsonl", [news(1), "园区" * 25_000_000, news(2)])
    (archive / "b.csv").write_text(f"id,text\nx,{json.dumps(news(3), ensure_ascii=False)}\n", encoding="utf-8")
    (archive / "c.txt").write_text(news(4), encoding="utf-8")
    pyarrow.parquet.write_table(pyarrow.table({"text": [news(5), news(6)]}), archive / "d.parquet")
    (archive / "e.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    told = Told(archive, None, (archive.as_uri() + "/d.parquet", *joins))
    first = run(told.ray(out))
    assert "8 articles in" in first.stderr
    found = tables(out / "tables")
    assert len(found["articles"]) == 8  # the Parquet file by two names
    assert len(found["unreadable"]) == 2
    again = run(told.ray(out))
    assert "0 articles in" in again.stderr
    assert tables(out / "tables")["articles"] == found["articles"]


def _dies_over_b(file: File, *_: object) -> Iterator[Document]:
    if file.path.endswith("b.txt"):
        os._exit(1)
    yield document_from_text(Path(file.location).read_text(encoding="utf-8"), path=file.path)


def test_a_file_that_kills_its_reader_costs_its_own_row_also_where_the_output_is_a_url(tmp_path: Path) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out"
    archive.mkdir()
    for number, name in enumerate("abc"):
        (archive / f"{name}.txt").write_text(news(number), encoding="utf-8")
    where = Where(out.as_uri(), None, _dies_over_b)
    rules, two = Settings(extractor="rules"), Orders(processes=2)
    with opened_cluster_run([str(archive)], where, rules, two, print) as going:
        assert list(going.articles()) == [3]
        assert going.outcome == "finished"
        assert (going.progress.done, going.progress.seen.unreadable) == (2, 1)
    found = tables(out / "tables")
    assert len(found["articles"]) == 2
    assert "kills the process" in found["unreadable"][0]["reason"]
