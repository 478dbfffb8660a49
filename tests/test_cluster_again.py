"""What a further run on a cluster asks nobody for: drafts under an older check, what is done of a page, its split."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from summarizer.archive.governor import Limits
from summarizer.archive.jobs import BriefJob, Job, Outcome, SplitUp
from summarizer.archive.recipe import CHECKING
from summarizer.archive.work import Worker
from summarizer.article import Article
from summarizer.cluster import finished, outcomes
from summarizer.cluster.again import Past
from summarizer.cluster.desk import Begun, Desk, DeskTold
from summarizer.cluster.finished import known_of
from summarizer.cluster.flat import groups_of, make_tables
from summarizer.cluster.journal import Journal, folder_of, rows_of, table_of
from summarizer.cluster.order import Order, keep_order, order_for
from summarizer.cluster.outcomes import Pricing
from summarizer.cluster.parts import parts_of
from summarizer.cluster.reading import Chunk, ReadingTold, Watcher, read_part
from summarizer.cluster.sheet import ChunkSheet
from summarizer.cluster.shelf import Shelf, opened_shelf
from summarizer.errors import Refused, ServiceBusy
from summarizer.extract.extraction import Spent
from summarizer.extract.gate import Attempt
from summarizer.prices import Prices, read_table
from summarizer.settings import Settings
from summarizer.store.work import Again
from tests.archives import Counting
from tests.clusters import RECIPE, kept, steered

NEXT = CHECKING + 1
PAGE = "fixtures/pages/p4_chiqiao.txt"
PRICES = Prices(read_table(), None, "gpt-5-mini")
OF_A_SPLIT = Attempt(0, 200, 0.5, 3000, 300, 0, None, None, None)


class _Worker(Worker):
    """Notes what it is told to do; a split costs a request."""

    def __init__(self, extractor: Counting) -> None:
        super().__init__(extractor, None, Settings())
        self.splits = 0
        self.paid_before: dict[int, Spent] = {}

    def do(self, job: Job) -> Outcome:
        outcome = super().do(job)
        if isinstance(job, BriefJob):
            self.paid_before[job.place[1]] = job.spent
        if isinstance(outcome, SplitUp):
            self.splits += 1
            return outcome._replace(attempts=(OF_A_SPLIT,), spent=Spent(attempts=1, prompt=3000, completion=300))
        return outcome


class _Run:
    """A run over an archive, by one briefer, at most `limit` articles."""

    def __init__(
        self,
        shelf: Shelf,
        source: Path | str,
        interfere: Callable[[Article, int], None] | None = None,
        *,
        again: Again | None = None,
        limit: int | None = None,
    ) -> None:
        order = order_for(shelf, RECIPE, [str(source)], again)
        self.known = known_of(shelf, RECIPE, order)
        if again is not None:
            keep_order(shelf, RECIPE, [str(source)], Order(again, self.known.last_run + 1))
        self._shelf, self._run = shelf, self.known.last_run + 1
        self._extractor = Counting(interfere)
        self.worker = _Worker(self._extractor)
        self.counter = Desk(DeskTold(Limits(1), None, Decimal(0), (), limit, asks=False, parts=1))
        told = ReadingTold(None, None)
        watcher = Watcher(lambda _: Begun(0, None), lambda *_: None, self.counter.found, lambda _: None)
        left_of = Past(shelf, self.known).left_of
        self.chunks = [
            chunk for part in parts_of([str(source)], []).parts for chunk in read_part(part, told, left_of, watcher)
        ]

    def brief(self, begun: Begun | None = None) -> "_Run":
        for chunk in self.chunks:
            self._brief(chunk, begun or Begun(0, None))
        return self

    @property
    def asked(self) -> Counter[str]:
        """How often for each article, by its title."""
        return self._extractor.asked

    def _brief(self, chunk: Chunk, begun: Begun) -> None:
        sheet = ChunkSheet(chunk, Journal(self._shelf, folder_of(RECIPE, self._run), chunk.key), begun)
        steered(sheet, self.counter, lambda _: self.worker, "auto", Pricing(PRICES, self._run))


def articles(shelf: Shelf) -> list[dict[str, Any]]:
    (group,) = groups_of(shelf, RECIPE)
    make_tables(shelf, group)
    rows: list[dict[str, Any]] = shelf.read_table(f"tables/articles/{group.name}.parquet").to_pylist()
    return rows


def check_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (finished, outcomes):
        monkeypatch.setattr(module, "CHECKING", NEXT)


def busy_with(*titles: str) -> Callable[[Article, int], None]:
    def interfere(article: Article, _: int) -> None:
        if any(title in (article.title or "") for title in titles):
            raise ServiceBusy("busy")

    return interfere


def test_under_another_check_briefs_are_proved_anew_and_nobody_is_asked(
    shelf: Shelf, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _Run(shelf, archive).brief()
    assert sum(first.asked.values()) == 5
    before = articles(shelf)
    check_changes(monkeypatch)
    second = _Run(shelf, archive).brief()
    assert not second.asked
    assert second.counter.progress().seen.articles == second.counter.progress().done == 5
    assert second.counter.progress().repeats == 0
    rows = [row for row in kept(shelf) if row["run_id"] == 2]
    assert {row["checking"] for row in rows} == {NEXT}
    assert {row["requests"] for row in rows} == {0}
    after = articles(shelf)
    assert [row["id"] for row in after] == [row["id"] for row in before]
    assert {row["run_id"] for row in after} == {2}
    assert _Run(shelf, archive).chunks == []


def test_what_earlier_checks_cost_counts_in_the_budget(
    shelf: Shelf, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _Run(shelf, archive).brief()
    spent = known_of(shelf, RECIPE, None).spent
    assert spent["USD"] > 0
    check_changes(monkeypatch)
    _Run(shelf, archive).brief()
    assert known_of(shelf, RECIPE, None).spent == spent


def test_a_failure_under_an_older_check_is_asked_about_anew(
    shelf: Shelf, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(article: Article, _: int) -> None:
        if "第3期" in (article.title or ""):
            raise Refused("no")

    _Run(shelf, archive, refuse).brief()
    assert _Run(shelf, archive).chunks == []
    check_changes(monkeypatch)
    second = _Run(shelf, archive).brief()
    assert list(second.asked) == ["青岚高新区第3期快报"]


def test_again_outweighs_an_older_check(shelf: Shelf, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _Run(shelf, archive).brief()
    check_changes(monkeypatch)
    flagged = sum(row["status"] != "verified" for row in kept(shelf))
    assert sum(_Run(shelf, archive, again="flagged").brief().asked.values()) == flagged
    assert sum(_Run(shelf, archive, again="all").brief().asked.values()) == 5


def test_of_a_page_only_what_is_missing_is_done_and_it_is_not_split_again(shelf: Shelf) -> None:
    first = _Run(shelf, PAGE, limit=2).brief()
    assert (first.worker.splits, sum(first.asked.values())) == (1, 2)
    (split,) = [row for row in kept(shelf) if row["kind"] == "split"]
    second = _Run(shelf, PAGE).brief()
    assert second.worker.splits == 0
    assert second.counter.progress().seen.articles == sum(second.asked.values()) == split["articles"] - 2
    assert not first.asked.keys() & second.asked.keys()
    assert _Run(shelf, PAGE).chunks == []
    assert len(articles(shelf)) == split["articles"]


def test_a_page_in_two_runs_gives_the_rows_of_one(shelf: Shelf, tmp_path: Path) -> None:
    _Run(shelf, PAGE, limit=3).brief()
    _Run(shelf, PAGE).brief()
    whole = opened_shelf(str(tmp_path / "whole"))
    _Run(whole, PAGE).brief()
    passing = {"run_id", "made_at"}
    assert [{k: v for k, v in row.items() if k not in passing} for row in articles(shelf)] == [
        {k: v for k, v in row.items() if k not in passing} for row in articles(whole)
    ]


def test_what_a_split_cost_is_borne_once_and_counted_once(shelf: Shelf) -> None:
    first = _Run(shelf, PAGE, busy_with("")).brief()  # nothing but the split comes about
    assert first.worker.splits == 1
    second = _Run(shelf, PAGE).brief()
    assert second.worker.splits == 0
    assert second.worker.paid_before.pop(1).prompt == 3000
    assert {spent.prompt for spent in second.worker.paid_before.values()} == {0}
    in_all = sum((Decimal(row["cost"]) for row in kept(shelf) if row["cost"]), Decimal(0))
    of_split = PRICES.cost(None, Spent(attempts=1, prompt=3000, completion=300))
    assert of_split is not None
    assert Decimal(of_split.amount) < in_all
    known = known_of(shelf, RECIPE, None)
    assert known.spent["USD"] == in_all
    assert ("USD", Decimal(of_split.amount)) not in known.latest


def test_articles_of_a_page_that_failed_for_a_passing_reason_are_done_alone(shelf: Shelf) -> None:
    first = _Run(shelf, PAGE).brief()
    titles = list(first.asked)
    other = opened_shelf(f"{shelf.base}-other")
    _Run(other, PAGE, busy_with(titles[1], titles[3])).brief()
    second = _Run(other, PAGE).brief()
    assert second.worker.splits == 0
    assert sorted(second.asked) == sorted((titles[1], titles[3]))


def test_a_try_of_a_chunk_goes_on_within_a_page(shelf: Shelf) -> None:
    run = _Run(shelf, PAGE, limit=2)
    run.brief()
    more = _Run(opened_shelf(f"{shelf.base}-none"), PAGE)  # the same chunk, as the first run read it
    more._shelf = shelf
    more.brief(Begun(1, None))
    assert more.worker.splits == 0
    assert not run.asked.keys() & more.asked.keys()
    rows = kept(shelf)
    assert len({(row["key"], row["position"]) for row in rows}) == len(rows) == rows[0]["articles"] + 1


def test_a_page_that_kills_is_not_tried_for_ever(shelf: Shelf) -> None:
    _Run(shelf, PAGE, limit=2).brief()
    run = _Run(shelf, PAGE)
    (chunk,) = run.chunks
    run.brief(Begun(3, chunk.items[0].key))
    assert not run.asked
    failed = [row for row in kept(shelf) if row["kind"] == "failure"]
    assert len(failed) == failed[0]["articles"] - 2
    assert _Run(shelf, PAGE).chunks == []
    assert sum(_Run(shelf, PAGE, again="failed").brief().asked.values()) == len(failed)


def test_a_document_that_killed_before_it_was_split_is_split_when_it_is_done_again(shelf: Shelf) -> None:
    run = _Run(shelf, PAGE)
    run.brief(Begun(3, run.chunks[0].items[0].key))
    assert _Run(shelf, PAGE).chunks == []
    second = _Run(shelf, PAGE, again="failed", limit=1).brief()
    assert second.worker.splits == 1
    third = _Run(shelf, PAGE).brief()
    assert third.worker.splits == 0
    assert len(articles(shelf)) == sum(second.asked.values()) + sum(third.asked.values())


def test_a_page_under_another_check_is_neither_split_nor_drafted(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    _Run(shelf, PAGE).brief()
    before = [(row["title"], row["chars"], row["id"]) for row in articles(shelf)]
    check_changes(monkeypatch)
    second = _Run(shelf, PAGE).brief()
    assert (second.worker.splits, sum(second.asked.values())) == (0, 0)
    assert [(row["title"], row["chars"], row["id"]) for row in articles(shelf)] == before
    assert {row["run_id"] for row in articles(shelf)} == {2}


def test_a_page_is_finished_before_the_next_is_split(shelf: Shelf, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(Path(PAGE).read_text(encoding="utf-8"), encoding="utf-8")
    run = _Run(shelf, tmp_path, limit=1).brief()
    assert run.worker.splits == 1
    assert len(run.asked) == 1


def test_what_failed_for_good_once_and_is_flagged_now_is_done_again(shelf: Shelf) -> None:
    def refuse(*_: object) -> None:
        raise Refused("no")

    _Run(shelf, PAGE, refuse).brief()
    _Run(shelf, PAGE, again="failed").brief()
    for name in shelf.names(folder_of(RECIPE, 2)):
        rows = [row._replace(status="flagged") for row in rows_of(shelf.read_table(name))]
        shelf.write_table(name, table_of(rows))
    briefs = sum(row["kind"] == "brief" for row in kept(shelf))
    assert sum(_Run(shelf, PAGE, again="flagged").brief().asked.values()) == briefs > 1
