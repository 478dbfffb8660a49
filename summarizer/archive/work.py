"""Does one job: the one place where a worker meets the pipeline, and where an article's surprise ends.

Its `except Exception` has one like it in `cluster.reading`, where a file's surprise ends.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from summarizer.archive.carry import carried
from summarizer.archive.jobs import Briefed, BriefJob, Failed, Given, Job, Outcome, Postponed, SplitJob, SplitUp, Unfit
from summarizer.archive.telling import marks_of
from summarizer.archive.turn import Turn
from summarizer.article import Article, Document
from summarizer.brief import Brief, Finding, Provenance, Usage
from summarizer.errors import HOPELESS, ModelError, NotYetAnswered, ReadError, ServiceBusy, Stopped, SummarizerError
from summarizer.extract.extraction import Extractor, PageSplitter, Spent
from summarizer.extract.gate import Attempt
from summarizer.pages import articles_from, split_document, whole_article
from summarizer.pipeline import brief_with
from summarizer.settings import Settings
from summarizer.split import Piece
from summarizer.store.flatten import flatten
from summarizer.store.intake import NewArticle, piece_json
from summarizer.store.work import Failure, Known
from summarizer.verify import draft_from, prove


class JobGate:
    """The gate of a worker's threads: each collects the attempts of the job it works on.

    `ask` is called with the tokens of a request and returns, once it may be sent, those that are set aside for it;
    `tell` is called with every attempt that was not answered well. With a `turn`, a thread has it from the beginning of
    its job to the end, but not while it waits for the service.
    """

    def __init__(self, ask: Callable[[int], int], tell: Callable[[Attempt], object], turn: Turn | None = None) -> None:
        self._ask, self._tell = ask, tell
        self._turn = turn
        self._local = threading.local()

    def begin(self, reserved: int) -> None:
        """Begin a job on this thread; `reserved` tokens are granted for its first request already."""
        self._local.attempts, self._local.reserved, self._local.granted = [], 0, reserved
        self._take_turn(shortly=True)

    def end(self) -> None:
        """End this thread's job."""
        self._give_turn()

    def attempts(self) -> tuple[Attempt, ...]:
        """Return the attempts of this thread's job so far."""
        return tuple(getattr(self._local, "attempts", ()))

    def admit(self, tokens: int) -> None:
        """Wait until a request may be sent."""
        granted = getattr(self._local, "granted", 0)
        self._local.granted = 0
        self._give_turn()
        self._local.reserved = granted or self._ask(tokens)

    def report(self, attempt: Attempt) -> None:
        """Note an attempt, with the tokens that were set aside for it in place of its own guess."""
        attempt = attempt._replace(estimate=self._local.reserved)
        if attempt.status == 200:
            self._local.attempts.append(attempt)
        else:  # told at once, and so not a second time with the outcome
            self._local.attempts.append(attempt._replace(estimate=0))
            self._tell(attempt)
        self._take_turn()

    def pause(self, seconds: float) -> None:
        """Wait before the next attempt."""
        self._give_turn()
        time.sleep(seconds)
        self._take_turn()

    def _take_turn(self, *, shortly: bool = False) -> None:
        if self._turn is not None and not getattr(self._local, "computes", False):
            self._turn.take(shortly=shortly)
            self._local.computes = True

    def _give_turn(self) -> None:
        if self._turn is not None and getattr(self._local, "computes", False):
            self._local.computes = False
            self._turn.give()


class Worker:
    """Does jobs; threads may share one."""

    def __init__(
        self, extractor: Extractor, splitter: PageSplitter | None, settings: Settings, gate: JobGate | None = None
    ) -> None:
        self._extractor, self._splitter = extractor, splitter
        self._settings, self._gate = settings, gate

    def do(self, job: Job) -> Outcome:
        """Return what came of a job; only what ends the whole run is raised (Stopped)."""
        if self._gate is not None:
            self._gate.begin(job.reserved if isinstance(job, BriefJob) else 0)
        try:
            return self._brief(job) if isinstance(job, BriefJob) else self._split(job)
        except Stopped:
            raise
        except NotYetAnswered as waiting:
            return Postponed(*job.place, waiting.body)
        except SummarizerError as error:
            failure, hopeless = _failure(error), isinstance(error, HOPELESS)
        except Exception as error:  # noqa: BLE001  # one article's surprise must not end a run over a million
            failure = Failure("internal", f"{type(error).__name__}: {error}"[:500], passing=False)
            hopeless = False
        finally:
            if self._gate is not None:
                self._gate.end()
        return Failed(*job.place, failure, hopeless, self._attempts())

    def _attempts(self) -> tuple[Attempt, ...]:
        return () if self._gate is None else self._gate.attempts()

    def _brief(self, job: BriefJob) -> Outcome:
        article = _article(job.document, job.piece)
        if job.given is not None:
            brief = _brief_given(article, job.given)
            if brief is None:
                return Unfit(job.article)
        else:
            brief = brief_with(article, self._extractor, self._settings, job.spent)
        attempts = self._attempts() or _counted(brief.run, job)
        text = None if article.text == job.document.text else article.text
        known = Known(article.title, article.byline, article.published, article.language, text)
        return Briefed(job.article, known, flatten(brief), attempts)

    def _split(self, job: SplitJob) -> SplitUp:
        pieces, spent = split_document(job.document, self._settings.split, self._splitter)
        told = [piece for piece in pieces if piece.kind != "furniture"]
        found: list[NewArticle] = []
        for position, piece in enumerate(told or [None], start=1):
            text = _article(job.document, piece).text if piece is not None else job.document.text
            found.append(new_article(text, position, piece))
        return SplitUp(job.document_id, tuple(found), spent, self._attempts())


def new_article(text: str, position: int = 1, piece: Piece | None = None) -> NewArticle:
    """Return an article as the store takes it in; without a piece it is its document."""
    exact, marks = marks_of(text)
    lines = None if piece is None else piece_json(*piece)
    return NewArticle(position, piece.title if piece else None, len(text), exact, marks, lines, text)


def piece_from(text: str | None) -> Piece | None:
    """Return a page's piece as `piece_json` wrote it."""
    if text is None:
        return None
    kind, title, byline, lines, confidence = json.loads(text)
    return Piece(kind, title, byline, tuple(lines), confidence)


def _article(document: Document, piece: Piece | None) -> Article:
    return whole_article(document) if piece is None else articles_from(document, [piece])[0]


def _brief_given(article: Article, given: Given) -> Brief | None:
    """Return the article's brief from another's draft; None where its proof is worse than that of its own article."""
    stored: Mapping[str, Any] = json.loads(given.brief)
    draft = draft_from(stored)
    run = Provenance.model_validate(stored["run"])
    if given.document is None:
        return prove(article, draft, run)
    source = _article(given.document, given.piece)
    free = run.model_copy(
        update={"attempts": 0, "usage": Usage(prompt=0, completion=0, cached=0), "cost": None, "seconds": 0.0}
    )
    brief = prove(article, carried(draft, source, article), free)
    if brief.check.status != stored["check"]["status"]:
        return None
    words = f"the draft is that of article {given.article} ({given.document.path!r}), which tells the same"
    note = Finding(code="same-telling", severity="info", path=None, message=words, span=None)
    check = brief.check.model_copy(update={"findings": (*brief.check.findings, note)})
    return brief.model_copy(update={"check": check})


def _counted(run: Provenance, job: BriefJob) -> tuple[Attempt, ...]:
    """Return what an extractor without a gate has spent, as one attempt."""
    if job.given is not None or not run.attempts:
        return ()
    usage, before = run.usage, job.spent
    return (
        Attempt(
            estimate=0,
            status=200,
            seconds=run.seconds,
            prompt=usage.prompt - before.prompt,
            completion=usage.completion - before.completion,
            cached=usage.cached - before.cached,
            asked_wait=None,
            limit_tokens=None,
            limit_requests=None,
        ),
    )


def _failure(error: SummarizerError) -> Failure:
    if isinstance(error, ModelError):
        return Failure(error.outcome, str(error), passing=isinstance(error, ServiceBusy))
    return Failure("unreadable" if isinstance(error, ReadError) else "failed", str(error), passing=False)


NOTHING_SPENT: Final = Spent()
