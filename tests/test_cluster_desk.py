"""The desk of a cluster: one limit, one budget and one count for all who ask it."""

from decimal import Decimal

from summarizer.archive.governor import Limits
from summarizer.cluster.desk import Begun, Desk, DeskTold, is_suspect, poison_of
from summarizer.cluster.leave import Ended, Leave, Report, Want
from summarizer.extract.gate import Attempt

OK = Attempt(0, 200, 0.5, 100, 10, 0, None, None, None)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def desk_of(
    clock: Clock,
    *,
    concurrency: int | None = 64,
    rpm: float | None = None,
    budget: str | None = None,
    limit: int | None = None,
    asks: bool = True,
    before: tuple[str, ...] = (),
) -> Desk:
    money = None if budget is None else Decimal(budget)
    costs = tuple(map(Decimal, before))
    return Desk(DeskTold(Limits(concurrency, rpm), money, Decimal(0), costs, limit, asks, parts=2), clock)


def ask(desk: Desk, worker: str, *keys: int, ended: tuple[Ended, ...] = (), in_flight: int = 0) -> Leave:
    return desk.exchange(Report(worker, tuple(Want(key, 3000) for key in keys), (), (), ended, in_flight))


def paid(key: int, cost: str) -> Ended:
    return Ended(key, "verified", (OK,), Decimal(cost), "USD")


def test_a_limit_of_requests_holds_for_all_workers_together() -> None:
    clock = Clock()
    desk = desk_of(clock, rpm=600)
    granted = 0
    key = 0
    for _ in range(600):  # a minute
        clock.now += 0.1
        for worker in ("one", "two"):
            keys = range(key, key + 5)
            key += 5
            granted += len(ask(desk, worker, *keys).jobs)
    assert 550 <= granted <= 600


def test_places_are_shared_by_those_who_have_work() -> None:
    desk = desk_of(Clock(), concurrency=5)
    assert ask(desk, "one", 1).places == 5
    assert ask(desk, "two", 2).places == 2
    assert ask(desk, "one", 3).places == 3
    ask(desk, "one")
    assert ask(desk, "two", 4).places == 5


def test_a_worker_that_is_silent_for_long_gives_its_places_and_money_back() -> None:
    clock = Clock()
    desk = desk_of(clock, concurrency=4, budget="1", before=("0.5",) * 20)
    assert len(ask(desk, "one", 1).jobs) == 1
    assert len(ask(desk, "two", 2).jobs) == 1
    assert ask(desk, "two", 3, in_flight=1).jobs == ()  # what the first two may cost is set aside
    clock.now += 15
    ask(desk, "two", in_flight=1)
    clock.now += 15
    assert len(ask(desk, "two", 3, in_flight=1).jobs) == 1
    assert ask(desk, "two", in_flight=2).places == 4


def test_all_workers_together_have_no_more_in_flight_than_is_told() -> None:
    desk = desk_of(Clock(), concurrency=4)
    assert len(ask(desk, "one", 1, 2, 3, 4, 5).jobs) == 4
    for worker in ("two", "three", "four"):
        assert ask(desk, worker, 10).jobs == ()
    assert ask(desk, "one", 5, in_flight=3).jobs == ()  # its share is one now
    assert len(ask(desk, "two", 10).jobs) == 1
    assert ask(desk, "three", 11).jobs == ()


def test_a_worker_that_is_started_again_has_the_places_of_the_dead_one() -> None:
    clock = Clock()
    desk = desk_of(clock, concurrency=2)
    assert len(ask(desk, "a/1", 1, 2).jobs) == 2
    assert ask(desk, "b/1", 3).jobs == ()
    assert len(ask(desk, "a/2", 1).jobs) == 1
    assert len(ask(desk, "b/1", 3).jobs) == 1


def test_what_a_dead_worker_has_finished_counts_once_whether_it_was_told_or_not() -> None:
    desk = desk_of(Clock(), budget="1", before=("0.3",) * 20)
    assert len(ask(desk, "a/1", 1, 2).jobs) == 2
    ask(desk, "a/1", ended=(paid(1, "0.3"),), in_flight=1)
    told = tuple(paid(key, "0.3")._replace(again=True) for key in (1, 2))
    leave = ask(desk, "a/2", 3, ended=told)
    assert (desk.progress().verified, desk.progress().spent) == (2, Decimal("0.6"))
    assert len(leave.jobs) == 1  # nothing is held for the dead
    assert ask(desk, "a/2", 4, ended=(paid(3, "0.3"),)).stop == "budget"


def test_a_repeat_that_needs_a_draft_of_its_own_counts_as_one() -> None:
    desk = desk_of(Clock(), limit=1)
    given = Report("one", tuple(Want(key, 3000, "given") for key in (1, 2)), (), (), (), 0)
    assert desk.exchange(given).jobs == (0, 0)
    assert len(ask(desk, "one", 1, in_flight=1).jobs) == 1
    assert ask(desk, "one", 2, in_flight=1).stop == "limit"


def test_a_page_is_not_split_where_there_is_no_money_for_an_article() -> None:
    desk = desk_of(Clock(), budget="1", before=("0.5",) * 20)
    split = Report("one", tuple(Want(key, 3000, "split") for key in (1, 2, 3)), (), (), (), 0)
    assert desk.exchange(split).jobs == (0, 0)


def test_a_budget_ends_the_run_before_it_is_overdrawn() -> None:
    desk = desk_of(Clock(), budget="1.00")
    assert len(ask(desk, "one", 1, 2).jobs) == 1  # nothing is known of costs: one alone
    assert len(ask(desk, "one", 2, 3, ended=(paid(1, "0.40"),)).jobs) == 1
    leave = ask(desk, "two", 3, ended=(paid(2, "0.40"),))
    assert leave.jobs == ()
    assert leave.stop == "budget"
    assert desk.progress().spent == Decimal("0.80")


def test_an_article_that_is_tried_again_holds_no_money_twice() -> None:
    desk = desk_of(Clock(), budget="10")
    ask(desk, "one", 1)
    ask(desk, "one", ended=(paid(1, "4"),))
    assert len(ask(desk, "one", 2).jobs) == 1
    assert len(ask(desk, "two", 2).jobs) == 1


def test_a_limit_of_articles_ends_the_run() -> None:
    desk = desk_of(Clock(), limit=3, asks=False)
    leave = ask(desk, "one", 1, 2, 3, 4)
    assert len(leave.jobs) == 3
    assert desk.outcome() == ("limit", None)


def test_a_service_that_is_down_ends_the_run() -> None:
    desk = desk_of(Clock(), concurrency=3)
    busy = Ended(1, "failed", message="busy", passing=True)
    assert ask(desk, "one", ended=(busy, busy, busy)).stop == "given up"
    assert "3 articles in a row" in (desk.outcome()[1] or "")


def test_a_wrong_key_ends_the_run() -> None:
    desk = desk_of(Clock())
    assert ask(desk, "one", ended=(Ended(1, "failed", message="no such key", hopeless=True),)).stop == "given up"
    assert desk.outcome() == ("given up", "no such key")
    assert desk.progress().failed == 0


def test_chunks_and_parts_count_once_however_often_they_are_read() -> None:
    desk = desk_of(Clock())
    for _ in range(2):
        assert desk.found("chunk", 10, ("a.txt cannot be read",))
        desk.ended(0)
    seen = desk.progress().seen
    assert (seen.articles, seen.unreadable, seen.complete) == (10, 1, False)
    desk.split(2)
    desk.ended(1)
    assert desk.progress().seen.articles == 12
    assert desk.progress().seen.complete


def test_what_kills_whoever_does_it_is_found_out() -> None:
    desk = desk_of(Clock())
    assert desk.begin("chunk") == Begun(0, None)
    assert not is_suspect(desk.begin("chunk"))
    third = desk.begin("chunk")
    assert is_suspect(third)
    assert poison_of(third) == ()
    desk.announce("chunk", "an article")
    assert poison_of(desk.begin("chunk")) == ("an article",)
    desk.announce("chunk", "another")
    desk.announce("chunk", None)
    assert poison_of(desk.begin("chunk")) == ("an article",)
    desk.announce("chunk", "a third")
    assert poison_of(desk.begin("chunk")) == ("an article", "a third")
    assert poison_of(desk.begin("chunk")) == ("an article", "a third")
    assert poison_of(desk.begin("another chunk")) == ()


def test_nothing_is_begun_while_nobody_asks_how_the_run_stands() -> None:
    clock = Clock()
    desk = desk_of(clock)
    desk.progress()
    assert len(ask(desk, "one", 1).jobs) == 1
    clock.now += 6
    assert ask(desk, "one", 2) == Leave((), (), 64, 0.25, None)
    assert desk.exchange(Report("one", (), (3000,), (), (), 1)).asks == ()
    desk.progress()
    assert len(ask(desk, "one", 2).jobs) == 1
