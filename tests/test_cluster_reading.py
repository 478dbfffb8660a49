"""Reading where files kill, break off, stand twice, or nobody wants more; in one process and without Ray."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from summarizer.archive.governor import Limits
from summarizer.article import Document
from summarizer.cluster.desk import Desk, DeskTold
from summarizer.cluster.files import Results
from summarizer.cluster.parts import File, Part, parts_of
from summarizer.cluster.prepared import RETRIES
from summarizer.cluster.reading import ReadingTold, Unreadable, Watcher, read_part
from summarizer.cluster.survey import ARTICLE, UNREADABLE, SurveyTold, survey_of, survey_part
from summarizer.read import document_from_text
from tests.archives import news
from tests.test_cluster_work import whole

Done = TypeVar("Done")


class Killed(BaseException):
    """What a process dies of."""


def texts(folder: Path, *serials: int) -> Part:
    """Write an article to a file each; return the part that they are."""
    folder.mkdir(exist_ok=True)
    for serial in serials:
        (folder / f"{serial}.txt").write_text(news(serial), encoding="utf-8")
    (part,) = parts_of([str(folder)], []).parts
    return part


def watcher_of(desk: Desk) -> Watcher:
    return Watcher(desk.begin, desk.announce, desk.found, desk.ended)


def new_desk() -> Desk:
    return Desk(DeskTold(Limits(4), None, Decimal(0), (), None, asks=False, parts=1))


def kills(file: File, *_: object) -> Results:
    """Read a file; those with an odd number kill."""
    serial = int(Path(file.location).stem)
    if serial % 2:
        raise Killed
    yield document_from_text(news(serial), path=file.path)


def tried(do: Callable[[], Done]) -> tuple[Done, int]:
    """Do something as often as it takes; return what came of it, and how many died over it."""
    for deaths in range(RETRIES + 1):
        try:
            return do(), deaths
        except Killed:
            continue
    raise AssertionError("nobody lived")


def test_three_files_of_a_part_that_kill_their_reader_are_three_rows(tmp_path: Path) -> None:
    part = texts(tmp_path / "a", *range(1, 7))
    watcher, told = watcher_of(new_desk()), ReadingTold(None, None, kills)
    surveyed, deaths = tried(lambda: survey_part(part, SurveyTold(told, "auto"), whole, watcher))
    assert deaths == 4
    survey = survey_of([part], [surveyed])
    assert survey.rows["kind"].to_pylist() == [UNREADABLE, ARTICLE] * 3
    assert len(survey.poison[0]) == 3
    chunks, deaths = tried(lambda: list(read_part(part, told, whole, watcher)))
    assert deaths == 4
    found = [item.found for chunk in chunks for item in chunk.items]
    assert [type(one) for one in found] == [Unreadable, Document] * 3
