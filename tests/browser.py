"""A browser for the tests of the report: headless Chromium without a network; they are skipped where there is none."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium is installed (Debian: apt-get install chromium)"
)

_FLAGS: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)

_DRAWN: Final = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
_OPENED: Final = f"() => ({_DRAWN})().then(() => performance.now())"
_KEY: Final = f"""async () => {{
    const times = [];
    for (let step = 0; step < 20; step += 1) {{
        const start = performance.now();
        document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'j', bubbles: true }}));
        await ({_DRAWN})();
        times.push(performance.now() - start);
    }}
    return times.sort((a, b) => a - b)[10];
}}"""
_FILTER: Final = f"""async (wanted) => {{
    const words = document.querySelector('[name=words]'), start = performance.now();
    words.value = wanted;
    words.dispatchEvent(new Event('input', {{ bubbles: true }}));
    await ({_DRAWN})();
    return performance.now() - start;
}}"""


class Quickness(NamedTuple):
    """Milliseconds from an act to the frame that shows what it did."""

    key: float
    filter: float


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield a headless Chromium with a profile of its own."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(_FLAGS))
        try:
            yield opened
        finally:
            opened.close()


class Opened:
    """A page of a file, and all that it did that a report must not do."""

    def __init__(self, page: Page, path: Path, place: str = "") -> None:
        self.page = page
        self.faults: list[str] = []
        self.asked: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("dialog", self._dismiss)
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(f"{path.as_uri()}{place}")

    def _dismiss(self, dialog: Dialog) -> None:
        self.faults.append(dialog.message)
        dialog.dismiss()

    def texts(self, selector: str) -> list[str]:
        """Return the texts of the elements that can be seen."""
        return [one.inner_text() for one in self.page.locator(selector).all() if one.is_visible()]

    def lit(self, kind: str = "mark") -> list[str]:
        """Return the texts of what is lit up."""
        return self.texts(f".brief.on {kind}.lit")

    def milliseconds_to_open(self) -> float:
        """Return the time from the start of loading to a frame drawn with all that was loaded."""
        return float(self.page.evaluate(_OPENED))

    def quickness(self, words: str = "1") -> Quickness:
        """Return how quickly the page answers a key (the median of twenty) and the filter."""
        return Quickness(float(self.page.evaluate(_KEY)), float(self.page.evaluate(_FILTER, words)))

    def held(self) -> str:
        """Return the path of the item that is selected, empty where none is."""
        return str(self.page.evaluate("document.querySelector('[aria-selected=true]')?.dataset.path ?? ''"))


@contextmanager
def opened(
    browser: Browser, path: Path, *, language: str = "zh-CN", width: int = 1360, place: str = "", script: bool = True
) -> Iterator[Opened]:
    """Yield a page of a file in a browser of this language, offline."""
    context = browser.new_context(
        locale=language, viewport={"width": width, "height": 860}, offline=True, java_script_enabled=script
    )
    try:
        yield Opened(context.new_page(), path, place)
    finally:
        context.close()
