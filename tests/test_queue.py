"""The queue of a review: most doubt first, what is done apart, and from one article to the next."""

from summarizer.brief import Brief
from summarizer.store.decisions import ARTICLE, Decision, decide
from summarizer.store.queue import Asked, count_queue, next_waiting, parks_waiting, queue
from tests.stores import Filler, brief_of


def doubtful(flagged: int, unreported: int = 0) -> Brief:
    brief = brief_of(status="flagged" if flagged else "verified")
    counts = brief.check.counts.model_copy(update={"flagged": flagged, "unreported": unreported})
    return brief.model_copy(update={"check": brief.check.model_copy(update={"counts": counts})})


def fill(filler: Filler, *briefs: Brief) -> list[int]:
    ids = [filler.document(f"{place}.txt", (f"说法{place}",))[0] for place in range(len(briefs))]
    for article, brief in zip(ids, briefs, strict=True):
        filler.brief(article, brief=brief)
    return ids


def done(filler: Filler, article: int) -> None:
    with filler.store.transaction() as db:
        decide(db, Decision(0, article, ARTICLE, "done", None, "林", ""), 0)


def test_the_most_doubtful_comes_first(filler: Filler) -> None:
    sure, left_out, flagged, worst = fill(filler, doubtful(0), doubtful(0, 4), doubtful(1), doubtful(3))
    assert [one.article for one in queue(filler.store.db, Asked())] == [worst, flagged, left_out, sure]
    assert [one.article for one in queue(filler.store.db, Asked(limit=2, offset=1))] == [flagged, left_out]


def test_a_row_tells_what_there_is_to_know(filler: Filler) -> None:
    [article] = fill(filler, doubtful(2, 1))
    with filler.store.transaction() as db:
        decide(db, Decision(0, article, "numbers:1", "accept", None, "林", ""), 0)
    [row] = queue(filler.store.db, Asked())
    assert (row.title, row.published, row.path) == ("标题", "2023-07-03", "0.txt")
    assert (row.status, row.flagged, row.unreported, row.decided, row.done) == ("flagged", 2, 1, 1, False)


def test_what_is_done_leaves_the_queue_and_stands_in_another(filler: Filler) -> None:
    one, two = fill(filler, doubtful(2), doubtful(1))
    done(filler, one)
    assert [row.article for row in queue(filler.store.db, Asked())] == [two]
    assert [(row.article, row.done) for row in queue(filler.store.db, Asked(reviewed=True))] == [(one, True)]
    assert (count_queue(filler.store.db, Asked()), count_queue(filler.store.db, Asked(reviewed=True))) == (1, 1)


def test_a_queue_can_be_of_one_status_or_one_park(filler: Filler) -> None:
    sure, flagged = fill(filler, doubtful(0), doubtful(1))
    park = brief_of().parks[0].name
    db = filler.store.db
    assert [row.article for row in queue(db, Asked(status="flagged"))] == [flagged]
    assert [row.article for row in queue(db, Asked(park=park))] == [flagged, sure]
    assert queue(db, Asked(park="别处高新区")) == []
    assert parks_waiting(db) == [park]


def test_behind_an_article_comes_the_next_doubtful_one_and_at_the_end_the_first(filler: Filler) -> None:
    low, high, middle = fill(filler, doubtful(0), doubtful(3), doubtful(1))
    db = filler.store.db
    assert [next_waiting(db, article, Asked()) for article in (high, middle, low)] == [middle, low, high]
    done(filler, middle)
    assert next_waiting(db, high, Asked()) == low
    done(filler, low)
    done(filler, high)
    assert next_waiting(db, high, Asked()) is None


def test_the_queue_reads_the_index_and_not_the_briefs(filler: Filler) -> None:
    fill(filler, doubtful(1))
    seen: list[str] = []
    filler.store.db.set_trace_callback(seen.append)
    queue(filler.store.db, Asked())
    filler.store.db.set_trace_callback(None)
    plan = filler.store.db.execute(f"EXPLAIN QUERY PLAN {seen[0]}").fetchall()
    told = " ".join(row[3] for row in plan)
    assert "COVERING INDEX briefs_by_doubt" in told
    assert "TEMP B-TREE" not in told
