"""`summarize review`: how it begins, what it says, how it ends."""

import re
import urllib.error
import urllib.request
from pathlib import Path

import click
import pytest

from summarizer.review.server import Serving, serving
from tests.command import Run, refused
from tests.desks import fill


@pytest.fixture
def store(tmp_path: Path) -> Path:
    fill(tmp_path / "briefs.db")
    return tmp_path / "briefs.db"


def test_the_link_is_told_and_an_interrupt_ends_the_desk(
    store: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Serving, "run", lambda _: None)  # as if it was interrupted at once
    said = run("review", store, "--as", "林", "--no-open")
    assert (said.code, said.out) == (0, "")
    assert "decisions are 林's" in said.err
    assert re.search(r"^http://127\.0\.0\.1:\d+/enter\?token=[\w-]{32}$", said.err, flags=re.MULTILINE)


def test_without_a_terminal_no_browser_is_opened(store: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Serving, "run", lambda _: None)
    monkeypatch.setattr(click, "launch", lambda _: pytest.fail("opened a browser"))
    assert run("review", store).code == 0


def test_where_there_is_no_store_nobody_listens(tmp_path: Path, run: Run) -> None:
    assert "there is no store" in refused(run("review", tmp_path / "none.db"))
    (tmp_path / "x.db").write_text("text", encoding="utf-8")
    assert "x.db" in refused(run("review", tmp_path / "x.db"))


def test_a_port_that_is_taken_is_told(store: Path, run: Run) -> None:
    with serving(store, 0, "林") as desk:
        assert f"port {desk.server.port}" in refused(run("review", store, "--port", desk.server.port))


def test_an_interrupt_is_how_it_ends(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(store, 0, "林") as desk:

        def interrupted(**_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(desk.server, "serve_forever", interrupted)
        desk.run()


def test_it_listens_on_this_machine_alone_and_tells_nobody_its_token(
    store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    import threading

    with serving(store, 0, "林") as desk:
        assert desk.server.server_address[0] == "127.0.0.1"
        threading.Thread(target=desk.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(desk.link.partition("/enter")[0])
            with urllib.request.urlopen(desk.link) as answer:
                assert answer.status == 200
                assert answer.headers["Server"] == "summarizer"
        finally:
            desk.server.shutdown()
    assert "token" not in "".join(capfd.readouterr())


def test_the_package_that_is_missing_is_named(store: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "summarizer.review.server", None)
    assert "pip install 'summarizer[review]'" in refused(run("review", store))
