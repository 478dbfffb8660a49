"""What a run on Ray knows of its archive beforehand, on this machine. `make test-ray` runs these."""

from pathlib import Path

import pytest

from bench.ray_engine import Told, run, tables
from tests.archives import lines, news

pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("ignore")]  # Ray warns of itself

REPRINT = news(1, lead="本报讯（记者 王明）")


def test_what_repeats_what_is_gone_and_what_there_is_to_do_is_known(tmp_path: Path, joins: tuple[str, str]) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out"
    archive.mkdir()
    lines(archive / "a.jsonl", [news(1), news(2), REPRINT])
    (archive / "b.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    command = Told(archive, None, ("--processes", "2", *joins)).ray(out)
    foretold = run([*command, "--dry-run"])
    assert "3 articles to do, 1 of them repeats another; 1 input" in foretold.stderr
    assert not out.exists()
    first = run(command)
    assert "3 articles in" in first.stderr
    assert "(1 of them repeats another)" in first.stderr
    found = tables(out / "tables")
    assert [row["likeness"] for row in found["articles"]] == [None, None, "near"]
    assert found["articles"][2]["same_as"] == f"{archive}/a.jsonl#1"
    lines(archive / "a.jsonl", [news(1), news(2)])
    (archive / "b.pdf").unlink()
    (archive / "b.txt").write_text(news(3), encoding="utf-8")
    assert "1 article in" in run(command).stderr
    assert len(tables(out / "tables")["articles"]) == 3
    assert len(tables(out / "tables")["unreadable"]) == 1  # nobody has read it
    (archive / "b.pdf").write_text("", encoding="utf-8")
    lines(archive / "a.jsonl", [news(1), news(2), REPRINT])
    assert "0 articles in" in run(command).stderr
    assert tables(out / "tables")["articles"][:3] == found["articles"]
