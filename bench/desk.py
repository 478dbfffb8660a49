"""Times the review desk over a store of 20,000 briefs: its queue, an article, a decision.

    python -m bench.desk [ARTICLES] [STORE]

Each is asked in-process, store and templates included, as often as shown; the store is that of bench.report.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from werkzeug.test import TestResponse

from bench.export import fill
from bench.report import spread
from summarizer.store import open_store
from summarizer.store.queue import Asked, queue
from tests.desks import Visitor
from tests.reports import crowded

_RUNS = 11


def timed(name: str, ask: Callable[[], TestResponse]) -> None:
    """Print the median and the slowest of some requests."""
    ask()  # templates are read at the first
    times, size = [], 0
    for _ in range(_RUNS):
        started = time.perf_counter()
        answer = ask()
        times.append(1000 * (time.perf_counter() - started))
        assert answer.status_code == 200, answer.text[:200]
        size = len(answer.data)
    print(f"{name}: {statistics.median(times):.0f} ms, at most {max(times):.0f} ms; {size / 1000:,.0f} kB")


def crowd(path: Path, article: int, items: int) -> None:
    """Give an article a brief of so many items."""
    text, brief = crowded(items)
    with open_store(path) as store, store.transaction() as db:
        db.execute("UPDATE briefs SET brief = ? WHERE article_id = ?", (brief.to_json(), article))
        db.execute("UPDATE documents SET text = ? WHERE id = ?", (text, article // 10000))


def main() -> None:
    """Time the desk's pages."""
    given = dict(enumerate(sys.argv[1:]))
    articles = int(given.get(0, "20000"))
    with tempfile.TemporaryDirectory() as name:
        path = Path(given.get(1, str(Path(name) / "store.db")))
        if not path.exists():
            with open_store(path, create=True) as store:
                fill(store, articles)
                spread(store)
        with open_store(path) as store:
            first = queue(store.db, Asked())[0]
        desk = Visitor(path).enter()
        print(f"{articles:,} briefs, {path.stat().st_size / 1e6:,.0f} MB")
        timed("queue, first page", lambda: desk.get("/"))
        timed("queue, page 200", lambda: desk.get(f"/?at={min(9950, articles // 2)}"))
        timed("queue, one status", lambda: desk.get("/?status=verified"))
        timed("queue, one park", lambda: desk.get(f"/?park={first.park}"))
        timed("queue, reviewed", lambda: desk.get("/?show=done"))
        for items in (20, 5000):
            crowd(path, first.article, items)
            timed(f"an article of {items:,} items", lambda: desk.get(f"/article/{first.article}"))
            timed("what was decided on it", lambda: desk.get(f"/article/{first.article}/rulings"))


if __name__ == "__main__":
    main()
