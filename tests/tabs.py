"""The desk in a browser's tabs, for its tests: served, used by keyboard, and what the store holds afterwards."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import BrowserContext, Dialog, Page, expect

from summarizer.review.items import keyed
from summarizer.review.server import Serving, serving
from summarizer.store import open_store
from summarizer.store.decisions import holding


@contextmanager
def listening(store: Path, who: str = "林") -> Iterator[Serving]:
    """Serve the desk of a store."""
    with serving(store, 0, who) as desk:
        thread = threading.Thread(target=desk.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield desk
        finally:
            desk.server.shutdown()
            thread.join()


class Tab:
    """A page of the desk, and all that went wrong in it."""

    def __init__(self, context: BrowserContext, base: str, article: int) -> None:
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", self._dismiss)
        self.page.goto(f"{base}/article/{article}")
        expect(self.page.locator(".item[aria-selected=true]")).to_have_count(1)

    def _dismiss(self, dialog: Dialog) -> None:
        self.faults.append(dialog.message)
        dialog.dismiss()

    def press(self, *keys: str) -> "Tab":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def choose(self, path: str) -> "Tab":
        self.page.locator(f".item[data-path='{path}']").click()
        return self

    def lit(self) -> list[str]:
        return self.page.locator("mark.lit").all_inner_texts()

    def held(self) -> str:
        return str(self.page.evaluate("document.querySelector('[aria-selected=true]')?.dataset.path ?? ''"))

    def says(self, path: str, verb: str) -> None:
        """Wait until the page shows what was decided of an item."""
        ruling = self.page.locator(f".item[data-path='{path}'] .ruling")
        expect(ruling).to_have_attribute("data-verb", verb)


def base(desk: Serving) -> str:
    """Return the address of a desk."""
    return desk.link.partition("/enter")[0]


def kept(store: Path, article: int) -> dict[str, str]:
    """Return what the store holds: verbs by the items' kinds and words."""
    with open_store(store) as opened:
        holds = holding(opened.db, article)
        from summarizer.brief import Brief

        row = opened.db.execute("SELECT brief FROM briefs WHERE article_id = ?", (article,)).fetchone()
        paths = {one.key: one.path for one in keyed(Brief.model_validate_json(row[0]))}
    return {paths.get(item, item.partition(":")[0]): one.verb for item, one in holds.items()}


SELECT = """(words) => {
    const walker = document.createTreeWalker(document.querySelector('.source'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        return;
    }
    throw new Error('not in the article');
}"""


@contextmanager
def foreign(html: str) -> Iterator[str]:
    """Serve a page of somebody else."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
