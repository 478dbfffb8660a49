"""Times the report: a page of 5,000 items made and opened, the index of a store of 20,000 briefs made and opened.

    python -m bench.report [ITEMS] [ARTICLES] [STORE]

The store is that of bench.export (synthetic, ten numbers a brief) with parks, metrics and periods spread as a real
one's are, so that the charts have something to choose from; with STORE it is kept there, and used again where it is
there already. Pages are opened by headless Chromium where one is installed, from the file to the first frame drawn.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bench.export import fill
from summarizer.report.folder import write_index
from summarizer.report.index import Choice, choose, overview_of
from summarizer.report.page import write_page
from summarizer.report.view import view_of
from summarizer.store import Store, open_store
from summarizer.store.lookup import snapshot
from tests.browser import CHROMIUM, Quickness, browser, opened
from tests.reports import crowded

_RUNS = 5
T = TypeVar("T")


def best(act: Callable[[], T]) -> tuple[float, T]:
    """Return the shortest time of some runs, and what the last gave."""
    times = []
    for _ in range(_RUNS):
        started = time.perf_counter()
        made = act()
        times.append(time.perf_counter() - started)
    return min(times), made


def spread(store: Store) -> None:
    """Give the numbers of the synthetic store parks, metrics, units and years of their own."""
    with store.transaction() as db:
        db.execute(
            "UPDATE numbers SET park = '云岭高新区' || (article_id / 10000 % 97), metric = metric || (position % 7),"
            " unit = CASE position % 4 WHEN 0 THEN 'CNY' WHEN 1 THEN '%' WHEN 2 THEN '家' ELSE '个' END,"
            " text = (100 + article_id / 10000 % 13 * 7 + article_id / 10000 % 5) || '亿元',"
            " value = (100 + article_id / 10000 % 13 * 7 + article_id / 10000 % 5) || '00000000',"
            " period_start = (2010 + article_id / 10000 % 13) || '-01-01',"
            " period_end = (2010 + article_id / 10000 % 13) || '-12-31'"
        )
        db.execute(
            "UPDATE briefs SET park = '云岭高新区' || (article_id / 10000 % 97), flagged = article_id / 10000 % 5,"
            " period_start = (2010 + article_id / 10000 % 13) || '-01-01'"
        )


def page(items: int, folder: Path) -> Path:
    """Make the page of many items, and print what that took."""
    text, brief = crowded(items)
    viewed, view = best(lambda: view_of(brief, text))
    path = folder / "page.html"

    def write() -> None:
        with path.open("w", encoding="utf-8") as stream:
            write_page((view,), stream)

    rendered, _ = best(write)
    size = path.stat().st_size / 1e6
    print(f"page of {items:,} items: view {viewed:.2f} s, HTML {rendered:.2f} s, {size:.1f} MB")
    return path


def index(articles: int, kept: Path, folder: Path) -> Path:
    """Make the index of a store, and print what that took."""
    if not kept.exists():
        with open_store(kept, create=True) as store:
            fill(store, articles)
            spread(store)

    def read() -> None:
        with open_store(kept) as store, snapshot(store) as db:
            overview_of(db, kept.name, choose(db, Choice()))

    def write() -> None:
        with open_store(kept) as store, snapshot(store) as db:
            write_index(db, kept.name, folder, choose(db, Choice()))

    first, _ = best(read)
    whole, _ = best(write)
    pages = len(list(folder.glob("index*.html")))
    print(f"index of {kept.stat().st_size / 1e6:,.0f} MB of store: {first:.2f} s to read its first page,", end=" ")
    print(f"{whole:.2f} s for all {pages} pages")
    return folder / "index.html"


def look(*paths: Path) -> None:
    """Open pages in a browser, and print what that took."""
    if CHROMIUM is None:
        print("no chromium is installed: the pages are not opened")
        return
    with browser() as started:
        for path in paths:
            times, reply = [], Quickness(0, 0)
            for _ in range(_RUNS):
                with opened(started, path) as shown:
                    times.append(shown.milliseconds_to_open())
                    reply = shown.quickness()
            told = f"a key {reply.key:.0f} ms, the filter {reply.filter:.0f} ms"
            print(f"{path.name}: open in {min(times):.0f} ms; {told}")


def main() -> None:
    """Make both, then open them."""
    given = dict(enumerate(sys.argv[1:]))
    items, articles = int(given.get(0, "5000")), int(given.get(1, "20000"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = Path(given.get(2, str(folder / "store.db")))
        look(page(items, folder), index(articles, kept, folder))


if __name__ == "__main__":
    main()
