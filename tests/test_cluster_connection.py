"""What is said where Ray cannot be reached, and where it breaks off; no Ray is needed for it."""

import os
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest

from summarizer.cluster import connection
from summarizer.cluster.connection import reason_of, set_environment, told_in_one_line
from summarizer.errors import SettingsError, StoreError

FAILED = """\x1b[36mray::MapWorker(MapBatches(B)).submit()\x1b[39m (pid=9884, ip=10.0.0.2)
  File "x.py", line 5, in __call__
    raise OSError(28, "No space left on device")
          ^^^^^^^^^^^
OSError: [Errno 28] No space left on device

The above exception was the direct cause of the following exception:

ray.exceptions.UserCodeException: UDF failed to process a data block.
To change retry attempts, configure `ray.data.DataContext.get_current()` if you believe this to be transient."""
DIED = "The actor died unexpectedly before finishing this task.\n\tclass_name: Desk\n\tpid: 10069"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("RAY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)


class _Line:
    def close(self) -> None:
        """Hang up."""


def listening(*_: object, **__: object) -> _Line:
    return _Line()


@pytest.mark.parametrize(
    ("told", "reason"),
    [(FAILED, "OSError: [Errno 28] No space left on device"), (DIED, DIED.splitlines()[0]), ("", "")],
)
def test_the_reason_is_the_first_error_that_is_named(told: str, reason: str) -> None:
    assert reason_of(told) == reason


@pytest.mark.parametrize(
    ("writes", "words"), [(True, "cannot write to 'out'"), (False, "cannot read what 'out' holds")]
)
def test_what_only_reads_does_not_say_that_it_writes(writes: bool, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "package", lambda _: SimpleNamespace(RayError=ZeroDivisionError))
    with pytest.raises(StoreError, match=words), told_in_one_line("out", writes=writes):
        raise OSError("no such bucket")


@pytest.mark.parametrize("address", ["ray://head:10001", "head", "head:", ":6379", "head:six"])
def test_an_address_that_is_none_is_told_of(address: str) -> None:
    with pytest.raises(SettingsError, match="HOST:PORT"):
        set_environment(address)


def test_an_address_where_nobody_listens_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", refused)
    with pytest.raises(SettingsError, match=r"Connection refused.*ray start --head"):
        set_environment("head:6379")


def test_the_token_of_this_machine_is_shown_where_there_is_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(socket, "create_connection", listening)
    assert set_environment("head:6379") == "head:6379"
    assert "RAY_AUTH_MODE" not in os.environ
    (tmp_path / ".ray").mkdir()
    (tmp_path / ".ray" / "auth_token").write_text("secret", encoding="utf-8")
    set_environment("head:6379")
    assert os.environ["RAY_AUTH_MODE"] == "token"


def test_what_the_user_sets_stays_but_statistics_are_off(monkeypatch: pytest.MonkeyPatch) -> None:
    os.environ["RAY_BACKEND_LOG_LEVEL"] = "debug"
    os.environ["RAY_USAGE_STATS_ENABLED"] = "1"
    assert set_environment(None) is None
    assert os.environ["RAY_BACKEND_LOG_LEVEL"] == "debug"
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
    os.environ["RAY_ADDRESS"] = "auto"
    assert set_environment(None) == "auto"
