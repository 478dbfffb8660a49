"""`--again` that was cut short: the command without it goes on, with it begins anew, as on one machine; without Ray."""

from pathlib import Path

from summarizer.cluster.order import Order, order_for
from summarizer.cluster.shelf import Shelf
from summarizer.errors import Refused
from tests.archives import lines, news
from tests.clusters import RECIPE
from tests.test_cluster_again import PAGE
from tests.test_cluster_again import _Run as Run


def test_the_plain_command_goes_on_with_what_was_to_be_done_again(shelf: Shelf, archive: Path) -> None:
    Run(shelf, archive).brief()
    first = Run(shelf, archive, again="all", limit=2).brief()
    assert sum(first.asked.values()) == 2
    second = Run(shelf, archive, limit=1).brief()
    third = Run(shelf, archive).brief()
    assert (sum(second.asked.values()), sum(third.asked.values())) == (1, 2)
    assert len(first.asked | second.asked | third.asked) == 5
    assert Run(shelf, archive).chunks == []


def test_so_it_does_within_a_page(shelf: Shelf) -> None:
    whole = sum(Run(shelf, PAGE).brief().asked.values())
    first = Run(shelf, PAGE, again="all", limit=2).brief()
    second = Run(shelf, PAGE).brief()
    assert (sum(first.asked.values()), sum(second.asked.values())) == (2, whole - 2)
    assert not first.asked.keys() & second.asked.keys()
    assert Run(shelf, PAGE).chunks == []


def test_the_same_command_begins_anew(shelf: Shelf, archive: Path) -> None:
    Run(shelf, archive).brief()
    first = Run(shelf, archive, again="all", limit=2).brief()
    assert Run(shelf, archive, again="all", limit=2).brief().asked == first.asked
    assert sum(Run(shelf, archive).brief().asked.values()) == 3


def test_what_fails_for_good_when_it_is_done_again_has_been_done(shelf: Shelf, archive: Path) -> None:
    def refuse(*_: object) -> None:
        raise Refused("no")

    Run(shelf, archive, refuse).brief()
    Run(shelf, archive, refuse, again="failed", limit=2).brief()
    assert sum(Run(shelf, archive).brief().asked.values()) == 3
    assert Run(shelf, archive).chunks == []


def test_it_is_of_its_own_sources_alone(shelf: Shelf, archive: Path, tmp_path: Path) -> None:
    other = lines(tmp_path / "b.jsonl", [news(9)])
    Run(shelf, archive).brief()
    Run(shelf, other).brief()
    Run(shelf, archive, again="all", limit=2).brief()
    assert Run(shelf, other).chunks == []
    assert order_for(shelf, RECIPE, [str(archive)], None) == Order("all", 3)
    assert order_for(shelf, RECIPE, [str(archive)], "failed") == Order("failed")
