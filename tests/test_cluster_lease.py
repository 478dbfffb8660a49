"""One run at a time writes to an output."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.cluster import lease
from summarizer.cluster.lease import leased
from summarizer.cluster.shelf import Shelf
from summarizer.errors import StoreError

LEASE = "briefs/.running.json"


def held(run: str, beat: int = 0) -> bytes:
    return json.dumps({"run": run, "beat": beat}).encode()


def nobody(*_: object) -> None:
    raise AssertionError("nobody is to be told")


def changing(shelf: Shelf, after: int) -> Callable[[float], None]:
    """Return a sleep during which the other run goes on after so many naps."""
    naps: list[float] = []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == after:
            shelf.write(LEASE, held("other:1", len(naps)))

    return sleep


def test_an_output_that_nobody_holds_is_taken_at_once_and_given_back(shelf: Shelf) -> None:
    with leased(shelf, nobody, nobody, nobody):
        assert json.loads(shelf.read(LEASE))["run"]
        assert shelf.names("briefs") == []
    assert not Path(shelf.base, LEASE).exists()


def test_a_run_that_lives_is_left_alone(shelf: Shelf) -> None:
    shelf.write(LEASE, held("other:1"))
    told: list[str] = []
    with pytest.raises(StoreError, match="other:1"), leased(shelf, told.append, nobody, changing(shelf, after=3)):
        pass
    assert "waiting 10 s" in told[0]
    assert json.loads(shelf.read(LEASE)) == {"run": "other:1", "beat": 3}


def test_a_dead_run_is_waited_for_and_replaced(shelf: Shelf) -> None:
    shelf.write(LEASE, held("other:1"))
    naps: list[float] = []
    with leased(shelf, lambda _: None, nobody, naps.append):
        assert sum(naps) == pytest.approx(10)
        assert "other" not in json.loads(shelf.read(LEASE))["run"]
    assert not Path(shelf.base, LEASE).exists()


def test_one_that_ends_in_the_meantime_is_not_waited_for_any_longer(shelf: Shelf) -> None:
    shelf.write(LEASE, held("other:1"))
    naps: list[float] = []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        shelf.delete(LEASE)

    with leased(shelf, lambda _: None, nobody, sleep):
        assert len(naps) == 1


def test_whoever_is_taken_for_dead_and_is_not_learns_of_it(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "_BEAT_SECONDS", 0.001)
    lost = threading.Event()
    with leased(shelf, nobody, lost.set, nobody):
        while not lost.wait(0.001):  # the two write in turn, as they do in life
            shelf.write(LEASE, held("other:1"))
    assert json.loads(shelf.read(LEASE))["run"] == "other:1"


def test_the_lease_changes_while_it_is_held(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "_BEAT_SECONDS", 0.001)
    with leased(shelf, nobody, nobody, nobody):
        first = shelf.read(LEASE)
        while shelf.read(LEASE) == first:
            pass


def test_what_a_death_has_left_half_written_is_swept(shelf: Shelf) -> None:
    shelf.write("briefs/a.jsonl", b"kept")
    half = Path(shelf.base, "tables", "numbers", ".x.parquet.host-1-2.part")
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    with leased(shelf, nobody, nobody, nobody):
        shelf.sweep()
        assert Path(shelf.base, LEASE).exists()
    assert not half.exists()
    assert shelf.names("briefs") == ["briefs/a.jsonl"]


def test_a_torn_lease_is_taken_for_a_dead_one(shelf: Shelf) -> None:
    shelf.write(LEASE, b"{")
    with leased(shelf, lambda _: None, nobody, lambda _: None):
        assert json.loads(shelf.read(LEASE))["run"]


def test_one_that_slept_while_another_came_and_went_learns_of_it(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "_BEAT_SECONDS", 0.001)
    lost = threading.Event()
    with leased(shelf, nobody, lost.set, nobody):
        for _ in range(2_000):  # again, for it may just be writing
            if lost.wait(0.001):
                break
            Path(shelf.base, LEASE).unlink(missing_ok=True)
    assert lost.is_set()


def test_a_torn_lease_is_written_anew_and_nobody_is_told(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "_BEAT_SECONDS", 0.001)
    with leased(shelf, nobody, nobody, nobody):
        shelf.write(LEASE, b"{")
        while shelf.read(LEASE) == b"{":
            pass
        assert json.loads(shelf.read(LEASE))["run"]
