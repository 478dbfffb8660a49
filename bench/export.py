"""Times the export of a store in each form, beside `status` and a search: rows a second and peak memory.

    python -m bench.export [ARTICLES] [STORE]

The store is synthetic, made by SQL: ARTICLES (100,000) with ten numbers each, a text of 800 characters and a brief of
4 KB; with STORE it is kept there, and used again where it is there already. Each form is written by a process of its
own, whose CPU time and peak memory are told; `none` is a process that only opens the store. Linux alone counts the
peak in kilobytes, as is assumed here.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from summarizer.store import Store, open_store
from summarizer.store.lookup import search, snapshot
from summarizer.store.tally import status_of
from summarizer.tables import export_tables
from summarizer.tables.layout import FORMS

_TEXT = "云岭高新区上半年签约项目114个，总投资501亿元，同比增长12.5%。园区企业在技术创新和产业发展上取得新的成绩。" * 14
_METRIC = "上半年规模以上工业增加值"


def fill(store: Store, articles: int) -> None:
    """Put the synthetic articles in, with the index of their texts."""
    counted = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
    with store.transaction() as db:
        db.execute("INSERT INTO recipes VALUES (1, 'ask', 1, 'model', 'qwen-plus', '{}')")
        db.execute("INSERT INTO runs VALUES (1, 1, '0.1', '[]', '{}', '2024-01-01T00:00:00.000Z', NULL, NULL)")
        db.execute("INSERT INTO inputs VALUES (1, 'news.jsonl', 1, 1, '', 'read', NULL, 1)")
        db.execute(
            f"{counted} INSERT INTO documents SELECT i, 1, 'news.jsonl#' || i, 'sha256:' || i, 'text/plain', 'utf-8',"
            " NULL, NULL, '云州日报', 'text', date('2015-01-01', (i % 3000) || ' days'), 'text', ? || i, 'whole', NULL,"
            " NULL, i % 1000 = 0, 1 FROM n",
            (articles, _TEXT),
        )
        db.execute(
            "INSERT INTO articles SELECT id * 10000 + 1, id, 1, '云岭高新区签约项目' || id, '记者 张三', published,"
            " 'zh-Hans', length(text), hash, NULL, NULL, NULL, NULL, iif(id % 100, 'done', 'todo'), 1, NULL"
            " FROM documents"
        )
        db.execute(
            "INSERT INTO briefs SELECT id, iif(id / 10000 % 3, 'verified', 'flagged'), '云岭高新区', 1, '上半年',"
            " '2023-01-01', '2023-06-30', substr(?, 1, 60), 10, 0, 3, 0, 'model', 'qwen-plus', 'extract.v1',"
            " '{\"summary\": \"' || substr(?, 1, 1300) || '\"}', 1, '2024-01-01T00:00:00.000Z' FROM articles",
            (_TEXT, _TEXT * 2),
        )
        db.execute("INSERT INTO parks SELECT id, 0, '云岭高新区' || id % 97, 'subject', 'exact' FROM articles")
        db.execute(
            f"{counted} INSERT INTO numbers SELECT a.id, i - 1, ?, i || '.5亿元', (i * 50000000) || '', NULL, NULL,"
            " i * 5e7, 'CNY', 'exact', 'actual', '云岭高新区', '上半年', '2023-01-01', '2023-06-30', i, 10, 20,"
            " substr(?, 1, 60), 'exact', '' FROM articles a, n",
            (10, _METRIC, _TEXT),
        )
        db.execute("INSERT INTO search (search) VALUES ('rebuild')")


def _make(articles: int, path: Path) -> None:
    if not path.exists():
        with open_store(path, create=True) as store:
            fill(store, articles)


def _export(form: str, path: Path) -> None:
    """Write one form (`none`: only open the store), and print what that took."""
    started = time.process_time()
    rows = size = 0
    with open_store(path) as store, tempfile.TemporaryDirectory(dir=path.parent) as folder:
        if form != "none":
            done = export_tables(store, Path(folder), form)  # type: ignore[arg-type]  # one of FORMS
            rows = sum(done.rows.values())
            size = sum((Path(folder) / name).stat().st_size for name in done.files)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    speed = f"{seconds:7.1f} s {rows / seconds:9,.0f} rows/s"
    print(f"{form:8} {rows:10,} rows {speed} {peak:6.0f} MB peak {size / 1e6:8.0f} MB")


def _look(path: Path) -> None:
    """Print what `status` and searches take."""
    with open_store(path) as store:
        started = time.perf_counter()
        with snapshot(store) as db:
            status_of(db, lambda runs: runs)
        print(f"status   {time.perf_counter() - started:7.2f} s; store of {path.stat().st_size / 1e6:,.0f} MB")
        for words in ("高新区", "签约项目99999", "区上", "没有这个", "没有"):
            started = time.perf_counter()
            with snapshot(store) as db:
                found = search(db, words, 20)
            print(f"search {words}: {len(found)} found in {time.perf_counter() - started:.3f} s")


def main() -> None:
    """Make the store, then look at it and write it in each form, each in a process of its own."""
    if sys.argv[1:2] == ["--one"]:
        what, path = sys.argv[2], Path(sys.argv[3])
        if what.isdecimal():
            _make(int(what), path)
        elif what == "look":
            _look(path)
        else:
            _export(what, path)
        return
    articles = sys.argv[1] if len(sys.argv) > 1 else "100000"
    with tempfile.TemporaryDirectory() as folder:
        kept = sys.argv[2] if len(sys.argv) > 2 else str(Path(folder) / "store.db")
        for what in (articles, "look", "none", *FORMS):
            subprocess.run([sys.executable, "-m", "bench.export", "--one", what, kept], check=True)


if __name__ == "__main__":
    main()
