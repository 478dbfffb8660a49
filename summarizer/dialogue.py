"""What is said with an extractor about one article: the draft, one follow-up for what it left out, the re-asks.

The follow-up comes before the re-asks, which costs fewest calls: what it adds is proved with the draft, and its errors
go back in the same re-ask as the draft's, so an article takes at most 1 + 1 + `reasks` questions. The other way round,
what is added would need re-asks of its own, or stay as it came.
"""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from summarizer.article import Article
from summarizer.brief import Brief, Finding, Provenance, Unreported, Usage
from summarizer.draft import Draft, DraftNumber
from summarizer.errors import ModelError
from summarizer.extract.extraction import Complaint, Extraction, Extractor, Spent, spent_on
from summarizer.value import FACT_KINDS, Span
from summarizer.verify import Grounds, prove
from summarizer.version import VERSION

if TYPE_CHECKING:
    from summarizer.prices import Prices

Clock = Callable[[], float]

MOST_ASKED: Final = 60
"""Quantities in one follow-up. A number takes about 60 tokens of a reply (as the recorded ones count them), so that 60
fit into 4,096, the smallest usual limit of a reply; the longest article of the fixtures has 31 facts."""
_SHOWN: Final = 12
"""Added numbers that the note about them shows."""


def brief_article(
    article: Article,
    extractor: Extractor,
    *,
    reasks: int = 2,
    complete: bool = True,
    spent: Spent | None = None,
    prices: "Prices | None" = None,
    clock: Clock = time.monotonic,
) -> Brief:
    """Return the proved brief of one article.

    What the draft left out is asked for once unless `complete` is false; what the check flagged goes back at most
    `reasks` times. Raises ModelError where no draft could be had at all; a follow-up or re-ask that fails leaves the
    brief as it stood. `spent` is what was paid before for this article, as for the split of its page; by `prices` it is
    told what all of it cost, where they know it.
    """
    started = clock()
    dialogue = _Dialogue(article, extractor, spent or Spent(), prices)
    if complete:
        dialogue.complete()
    for _ in range(reasks):
        if not dialogue.reask():
            break
    return timed(dialogue.brief(), started, clock)


def complaints_of(brief: Brief) -> list[Complaint]:
    """Return what a re-ask must say: the errors, each with its item. The source's contradictions are not among them."""
    found = brief.check.findings
    return [
        Complaint(finding.path, f"{finding.code}: {finding.message}")
        for finding in found
        if finding.severity == "error" and finding.path
    ]


def omissions_of(brief: Brief) -> list[Unreported]:
    """Return what a follow-up must ask for: facts left out, apart from those that an error of the draft points at.

    Such an error is a number told wrongly, which a re-ask mends; asked for here, it would be told twice.
    """
    wrong = {finding.span for finding in brief.check.findings if finding.severity == "error"}
    mistaken = {_worth(item) for item in brief.check.unreported if item.span in wrong}
    return [item for item in brief.check.unreported if item.kind in FACT_KINDS and _worth(item) not in mistaken]


def _worth(item: Unreported) -> tuple[str, str | None]:
    """Return what two places share that tell one number, as headline and body do; a range has no value but its text."""
    return item.value or item.text, item.unit


def provenance(extraction: Extraction | None, spent: Spent | None = None, prices: "Prices | None" = None) -> Provenance:
    """Return how a brief came about; without an extraction it was given."""
    spent = spent or Spent()
    model = extraction.model if extraction else None
    return Provenance(
        extractor=extraction.extractor if extraction else "given",
        model=model,
        mode=extraction.mode if extraction else None,
        prompt=extraction.prompt if extraction else None,
        attempts=spent.attempts,
        usage=Usage(prompt=spent.prompt, completion=spent.completion, cached=spent.cached),
        cost=prices.cost(model, spent) if prices else None,
        seconds=0.0,
        version=VERSION,
    )


def timed(brief: Brief, started: float, clock: Clock) -> Brief:
    """Return the brief with the seconds that it took."""
    run = brief.run.model_copy(update={"seconds": round(clock() - started, 3)})
    return brief.model_copy(update={"run": run})


class _Dialogue:
    """The draft as it stands, its proof, and what was spent and noted on the way."""

    def __init__(self, article: Article, extractor: Extractor, spent: Spent, prices: "Prices | None") -> None:
        self._article = article
        self._extractor = extractor
        self._extraction = extractor.extract(article)
        self._spent = spent.plus(self._extraction.spent)
        self._prices = prices
        self._withdrawn: tuple[str, ...] = ()
        self._notes: tuple[Finding, ...] = ()
        self._draft = self._extraction.draft
        self._first_added = len(self._draft.numbers)
        """Numbers from this place on were added by the follow-up."""
        self._grounds = Grounds(article)
        self._last: tuple[Draft, tuple[str, ...], Brief] | None = None
        self._proved = self._prove(self._draft)

    def brief(self) -> Brief:
        """Return the brief of the draft as it stands."""
        check = self._proved.check.model_copy(update={"findings": (*self._proved.check.findings, *self._notes)})
        run = provenance(self._extraction, self._spent, self._prices)
        return self._proved.model_copy(update={"check": check, "run": run})

    def complete(self) -> None:
        """Ask once for the facts that the draft leaves out, and add those whose proof is one of them."""
        asked = self._once(omissions_of(self._proved))[:MOST_ASKED]
        if not asked:
            return
        places = [self._article.clean_span(item.span) for item in asked]
        try:
            answered = self._extractor.complete(self._article, self._draft, places)
        except ModelError as error:
            self._fail("completion-failed", error)
            return
        if answered is None:
            return
        self._spent = self._spent.plus(answered.spent)
        offered = answered.draft.numbers[self._first_added :]
        added = self._asked_for(offered, {item.span for item in asked})
        self._note("completed", _told(len(asked), added, len(offered) - len(added)))
        self._settle(_with_numbers(self._draft, (*self._draft.numbers, *added)))

    def reask(self) -> bool:
        """Ask for the items that the check objects to; return whether another re-ask might better the brief."""
        complaints = complaints_of(self._proved)
        if not complaints:
            return False
        try:
            repaired = self._extractor.repair(self._article, self._draft, complaints)
        except ModelError as error:
            self._fail("reask-failed", error)
            return False
        if repaired is None:
            return False
        self._spent = self._spent.plus(repaired.spent)
        self._withdrawn += repaired.withdrawn
        own = {f"numbers.{place}" for place in range(self._first_added)}
        self._first_added -= len(own.intersection(repaired.withdrawn))
        unchanged = repaired.draft == self._draft
        self._settle(repaired.draft)
        return not unchanged  # a model that stands by its words would give the same answer again

    def _once(self, omitted: Sequence[Unreported]) -> list[Unreported]:
        """Return these without the headlines' numbers that stand among them in a text's body too."""
        headed = [self._in_heading(item) for item in omitted]
        in_body = {_worth(item) for item, heading in zip(omitted, headed, strict=True) if not heading}
        return [
            item for item, heading in zip(omitted, headed, strict=True) if not heading or _worth(item) not in in_body
        ]

    def _in_heading(self, item: Unreported) -> bool:
        sentence = self._article.sentence_at(self._article.clean_span(item.span).start)
        return sentence is not None and sentence.heading

    def _prove(self, draft: Draft) -> Brief:
        """Return the draft's proof; a follow-up that adds nothing, or all that it offers, asks the last one again."""
        if self._last is None or self._last[:2] != (draft, self._withdrawn):
            proved = prove(self._article, draft, provenance(self._extraction), self._withdrawn, self._grounds)
            self._last = draft, self._withdrawn, proved
        return self._last[2]

    def _settle(self, draft: Draft) -> None:
        """Make this the draft, without added numbers that stand where another of its numbers stands.

        A re-ask can lead a number of the draft to a place that was taken for left out.
        """
        first, proved = self._first_added, self._prove(draft)
        told = {number.span for number in proved.numbers[:first]}
        kept = []
        for item, number in zip(draft.numbers[first:], proved.numbers[first:], strict=True):
            if number.span is None or number.span not in told:
                told.add(number.span)
                kept.append(item)
        if len(kept) < len(draft.numbers[first:]):
            draft = _with_numbers(draft, (*draft.numbers[:first], *kept))
            proved = self._prove(draft)
        self._draft, self._proved = draft, proved

    def _asked_for(self, offered: Sequence[DraftNumber], asked: set[Span]) -> list[DraftNumber]:
        """Return those of the numbers offered that prove to be a quantity asked for, one for each."""
        proved = self._prove(_with_numbers(self._draft, (*self._draft.numbers, *offered)))
        taken = []
        for item, number in zip(offered, proved.numbers[self._first_added :], strict=True):
            # What is rounded stands there in other words than those asked for.
            if number.span in asked and number.verdict != "rounded":
                asked.remove(number.span)
                taken.append(item)
        return taken

    def _fail(self, code: str, error: ModelError) -> None:
        """Note a question that failed; the brief stays as it stood, the tokens are counted."""
        self._spent = self._spent.plus(spent_on(error))
        self._note(code, str(error))

    def _note(self, code: str, message: str) -> None:
        self._notes += (Finding(code=code, severity="info", path=None, message=message, span=None),)


def _with_numbers(draft: Draft, numbers: tuple[DraftNumber, ...]) -> Draft:
    return draft.model_copy(update={"numbers": numbers})


def _told(asked: int, added: Sequence[DraftNumber], dropped: int) -> str:
    """Say what came of the follow-up; nothing that the model sent is dropped in silence."""
    shown = ", ".join(" ".join(item.text.split()) for item in added[:_SHOWN])
    what = f"{len(added)}: {shown}{', …' if len(added) > _SHOWN else ''}" if added else "none"
    rest = f"; {dropped} more that it sent were not asked for or not in the article, and are dropped" if dropped else ""
    return f"asked for {asked} of the quantities that its draft left out, the model added {what}{rest}"
