"""What a run has before it: the archive's articles in their order, those that wait for another, those that are claimed.

The order is a temporary table, so that memory stays flat over millions of articles; only the next few jobs are held.
All methods that take a connection need a transaction of `Store.transaction`.
"""

import sqlite3
from collections import deque
from collections.abc import Iterable
from typing import Final, NamedTuple

from summarizer.archive.jobs import BriefJob, Given, SplitJob, SplitUp
from summarizer.archive.reading import Ended, News, Over, Read, Started, Unchanged, Unreadable
from summarizer.archive.telling import same_telling
from summarizer.archive.walk import Skipped
from summarizer.archive.work import NOTHING_SPENT, piece_from
from summarizer.extract.extraction import Spent
from summarizer.store import intake, work
from summarizer.store.intake import POSITIONS
from summarizer.store.work import Todo

_TROUBLES: Final = 3
"""Reasons that a run repeats at its end; the store has them all."""
BY_RULES: Final = "whole"
"""How the article of a document was found that is one article and no page."""


class Seen(NamedTuple):
    """How much of the archive was found so far."""

    articles: int
    """To be done in this run, those included that are done by now."""
    repeats: int
    """Those of them that share another's extraction."""
    unreadable: int
    skipped: int
    complete: bool
    """Whether the archive was walked to its end."""
    troubles: tuple[str, ...] = ()
    """What the first inputs that cannot be read say."""

    def with_trouble(self, reason: str) -> "Seen":
        """Return it with one more input, or part of one, that cannot be read."""
        shown = (*self.troubles, reason)[:_TROUBLES]
        return self._replace(unreadable=self.unreadable + 1, troubles=shown)


class Line:
    """The articles before a run, and the next jobs made of them."""

    def __init__(self, db: sqlite3.Connection, run: int, recipe: int, asks_same: frozenset[int], reading: str) -> None:
        self._db, self._run, self._recipe = db, run, recipe
        self._asks_same = asks_same
        self._reading = reading
        self._input = 0
        self._place = 0
        self._front: deque[Todo | int] = deque()
        """Articles and (as ids) documents that go before the rest: of a page just split, of an original just done."""
        self._queued: set[int] = set()
        """Claimed articles whose jobs were made and not finished."""
        self.seen = Seen(0, 0, 0, 0, complete=False)
        self.closed = False
        """Whether nothing more is to be taken from the archive; what has come back still is."""
        db.execute("CREATE TEMP TABLE line (place INTEGER PRIMARY KEY, article INTEGER, document INTEGER)")

    def heed(self, news: News) -> None:
        """Store a piece of news from the reader. Raises what ended the reader."""
        if isinstance(news, Read):
            self._take_in(news)
        elif isinstance(news, Started):
            self._input = intake.start_input(self._db, news.found.path, self._reading, self._run)
        elif isinstance(news, Ended):
            intake.end_input(self._db, self._input, news.found.size, news.found.modified_ns, self._run)
        elif isinstance(news, Unchanged):
            self._line_up_unchanged(news)
        elif isinstance(news, Unreadable):
            intake.note_unreadable(self._db, self._input, news.reason)
            self.seen = self.seen.with_trouble(news.reason)
        elif isinstance(news, Skipped):
            intake.skip_input(self._db, news.path, news.reason, self._run)
            self.seen = self.seen._replace(skipped=self.seen.skipped + 1)
            if news.is_trouble:
                self.seen = self.seen.with_trouble(f"{news.path!r} {news.reason}")
        elif isinstance(news, Over):
            if news.error is not None:
                raise news.error
            self.seen = self.seen._replace(complete=True)

    def next_job(self) -> BriefJob | SplitJob | None:
        """Claim what comes next and return its job; None where nothing is to do at the moment."""
        while (entry := self._next_entry()) is not None:
            if isinstance(entry, int):
                if work.claim_document(self._db, entry, self._run):
                    return SplitJob(entry, intake.read_stored_document(self._db, entry))
            elif (job := self._job(entry)) is not None:
                return job
        return None

    def split_up(self, outcome: SplitUp) -> None:
        """Store the articles of a document, and put them before the rest."""
        document = outcome.document_id
        self._db.execute(
            "UPDATE documents SET split_spent = ? WHERE id = ?", (outcome.spent.model_dump_json(), document)
        )
        self._db.execute("DELETE FROM failures WHERE document_id = ? AND position = 0", (document,))
        intake.put_articles(self._db, document, outcome.articles, "split", same_telling)
        found = work.todo_of_document(self._db, document, self._recipe, self._run)
        self._front.extendleft(reversed(found))
        self._count(len(found) - 1, sum(todo.same_as is not None for todo in found))

    def finish(self, article: int) -> list[Todo]:
        """Note that an article is finished; return those that repeat it and are to do, which go before the rest."""
        self._queued.discard(article)
        waiting = work.waiting_for(self._db, article, self._recipe, self._run)
        self._front.extendleft(reversed(waiting))
        return waiting

    def fail(self, article: int) -> list[Todo]:
        """Note that an article failed; return those that repeat it and are to do."""
        self._queued.discard(article)
        return work.waiting_for(self._db, article, self._recipe, self._run)

    def set_free(self, article: int) -> None:
        """Let an article have an extraction of its own, before the rest."""
        self._queued.discard(article)
        work.unlink(self._db, article)
        work.release(self._db, [article])
        todo = work.find_todo(self._db, article, self._recipe, self._run)
        if todo is not None:
            self._front.appendleft(todo)

    def postpone(self, key: int) -> None:
        """Put a job aside; its claim stays, and nothing of it is held in memory."""
        self._queued.discard(key)

    def resume(self, keys: Iterable[int]) -> list[int]:
        """Put jobs that were put aside before the rest; return those of them that are this run's and still to do."""
        resumed = []
        for key in keys:
            document, position = divmod(key, POSITIONS)
            if not work.unclaim(self._db, document, position, self._run):
                continue
            entry = work.find_todo(self._db, key, self._recipe, self._run) if position else document
            if entry is not None:
                self._front.append(entry)
                resumed.append(key)
        return resumed

    def leave(self, key: int) -> None:
        """Give back the claim on a job that is not to be done in this run."""
        self._queued.discard(key)
        work.unclaim(self._db, *divmod(key, POSITIONS), self._run)

    def give_back(self) -> None:
        """End the claims on all that was not finished."""
        work.free_claims(self._db, [self._run])

    def _next_entry(self) -> Todo | int | None:
        if self._front:
            return self._front.popleft()
        while not self.closed:
            row = self._db.execute(
                "SELECT place, article, document FROM line WHERE place > ? ORDER BY place LIMIT 1", (self._place,)
            ).fetchone()
            if row is None:
                return None
            self._place, article, document = row
            if article is None:
                return int(document)
            todo = work.find_todo(self._db, article, self._recipe, self._run)
            if todo is not None:  # else another run has done it, or it was done with its like
                return todo
        return None

    def _job(self, todo: Todo) -> BriefJob | None:
        """Claim the article, or the one that it repeats and waits for, and return its job."""
        if todo.id in self._queued:
            return None
        given = self._given(todo)
        if given is None and todo.same_as is not None:
            first = work.find_todo(self._db, todo.same_as, self._recipe, self._run)
            if first is None or first.id in self._queued:
                return None  # under way, here or in another run, which then does this one too
            todo, given = first, self._given(first)
        work.claim(self._db, todo.id, self._run)
        self._queued.add(todo.id)
        document = intake.read_stored_document(self._db, todo.document_id)
        return BriefJob(todo.id, document, piece_from(todo.piece), self._paid(todo), given)

    def _given(self, todo: Todo) -> Given | None:
        """Return the brief whose draft serves the article: its own under the same questions, or that of its like."""
        if todo.state == "done" and todo.recipe != self._recipe and todo.recipe in self._asks_same:
            for _, brief in work.stored_briefs(self._db, [todo.id]):
                return Given(brief, todo.id, None, None)
        if todo.same_as is None:
            return None
        row = self._db.execute(
            "SELECT b.brief, a.document_id, a.piece FROM articles a JOIN briefs b ON b.article_id = a.id"
            " WHERE a.id = ? AND a.state = 'done' AND a.recipe_id = ?",
            (todo.same_as, self._recipe),
        ).fetchone()
        if row is None:
            return None
        brief, document, piece = row
        return Given(brief, todo.same_as, intake.read_stored_document(self._db, document), piece_from(piece))

    def _paid(self, todo: Todo) -> Spent:
        if todo.piece is None or todo.position > 1:
            return NOTHING_SPENT
        row = self._db.execute("SELECT split_spent FROM documents WHERE id = ?", (todo.document_id,)).fetchone()
        return Spent.model_validate_json(row[0]) if row[0] else NOTHING_SPENT

    def _take_in(self, news: Read) -> None:
        document, is_new = intake.put_document(self._db, self._input, news.document, self._run)
        if is_new and news.article is not None:
            ids = intake.put_articles(self._db, document, [news.article], BY_RULES, same_telling)
            found = work.find_todo(self._db, ids[0], self._recipe, self._run)
            self._line_up(ids)
            self._count(1, int(found is not None and found.same_as is not None))
        elif is_new or self._unsplit(document):
            self._db.execute("INSERT INTO line (document) VALUES (?)", (document,))
            self._count(1, 0)
        else:
            todos = work.todo_of_document(self._db, document, self._recipe, self._run)
            self._line_up([todo.id for todo in todos])
            self._count(len(todos), sum(todo.same_as is not None for todo in todos))

    def _unsplit(self, document: int) -> bool:
        row = self._db.execute("SELECT split FROM documents WHERE id = ?", (document,)).fetchone()
        return row[0] is None

    def _line_up_unchanged(self, news: Unchanged) -> None:
        found = intake.find_input(self._db, news.found.path, news.found.size, news.found.modified_ns, self._reading)
        if found is None:
            return
        for document in work.unsplit_of_input(self._db, found.id, self._run):
            self._db.execute("INSERT INTO line (document) VALUES (?)", (document,))
            self._count(1, 0)
        after = 0
        while todos := work.todo_of_input(self._db, found.id, self._recipe, self._run, after):
            self._line_up([todo.id for todo in todos])
            self._count(len(todos), sum(todo.same_as is not None for todo in todos))
            after = todos[-1].id

    def _line_up(self, articles: list[int]) -> None:
        self._db.executemany("INSERT INTO line (article) VALUES (?)", [(article,) for article in articles])

    def _count(self, articles: int, repeats: int) -> None:
        self.seen = self.seen._replace(articles=self.seen.articles + articles, repeats=self.seen.repeats + repeats)
