"""What goes over the wire to a model: the messages, and the shape of a repair.

The article is sent as numbered sentences between two tags. Its text is data: the only characters that are changed
on the way are line breaks within a sentence (one line is one sentence) and the tags themselves, which an article
could otherwise close from within.
"""

import json
import re
from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from pydantic import ConfigDict

from summarizer.article import Article, Sentence
from summarizer.draft import Draft, DraftNumber, DraftPark, DraftPolicy, DraftQuote
from summarizer.extract.extraction import Complaint
from summarizer.resources import prompt_tag, read_prompt
from summarizer.value import Span, Value

Message = dict[str, str]
"""One chat message: role and content."""

_TAG = re.compile(r"<(?=\s{0,9}/?\s{0,9}(?:article|page)\b)", re.IGNORECASE)
_LISTS = ("numbers", "quotes", "policies", "parks")
_PROSE = ("summary", "period")
_PATH = re.compile(rf"({'|'.join(_LISTS)})\.(\d{{1,9}})|{'|'.join(_PROSE)}")
_AROUND = 8
"""Characters shown on either side of a quantity whose words its sentence has twice."""

EXTRACT, REPAIR, COMPLETE = "extract.v1", "repair.v1", "complete.v1"
"""The prompts. Chinese for English articles too: an English version, tried on three articles with the same model, found
the same numbers, quotes and policies at the same length, so one is kept."""


class Request(NamedTuple):
    """Messages to send, and the prompt they were made from."""

    messages: list[Message]
    prompt: str
    """Name and hash of the prompt, for the brief's provenance."""


class _Listed(Value):
    model_config = ConfigDict(use_attribute_docstrings=True)

    item: int
    """Number of the item (3 for numbers.3)."""
    withdraw: bool
    """True when the article states no such fact."""


class RepairedNumber(DraftNumber, _Listed):
    """A number after the re-ask."""


class RepairedQuote(DraftQuote, _Listed):
    """A quotation after the re-ask."""


class RepairedPolicy(DraftPolicy, _Listed):
    """A policy after the re-ask."""


class RepairedPark(DraftPark, _Listed):
    """A park after the re-ask."""


class Repair(Value):
    """Answers to the listed items."""

    numbers: tuple[RepairedNumber, ...]
    quotes: tuple[RepairedQuote, ...]
    policies: tuple[RepairedPolicy, ...]
    parks: tuple[RepairedPark, ...]
    summary: str | None
    period: str | None


class Additions(Value):
    """Facts among the listed numbers."""

    numbers: tuple[DraftNumber, ...]
    """The listed numbers that are facts."""


def article_block(article: Article) -> str:
    """Return the article as the model sees it: the date where known, then one numbered sentence a line."""
    return "\n".join([*_dated(article), *_tagged(article.sentences)])


def _dated(article: Article) -> list[str]:
    return [f"发布日期：{article.published}"] if article.published else []


def _tagged(sentences: Sequence[Sentence]) -> list[str]:
    return ["<article>", *(f"[{sentence.number}] {as_data(sentence.text)}" for sentence in sentences), "</article>"]


def extract_request(article: Article) -> Request:
    """Return the request for a first draft."""
    return Request(chat(read_prompt(EXTRACT), article_block(article)), prompt_tag(EXTRACT))


def repair_request(article: Article, draft: Draft, complaints: Sequence[Complaint]) -> Request | None:
    """Return the request for the items complained of; None where no complaint is about an item of the draft.

    It starts with the words of the first request, so that a provider's prompt cache can serve them again.
    """
    flagged = [line for complaint in complaints if (line := _flag(draft, complaint)) is not None]
    if not flagged:
        return None
    system = f"{read_prompt(EXTRACT)}\n\n{read_prompt(REPAIR)}"
    user = "\n".join([article_block(article), "", *flagged])
    return Request(chat(system, user), prompt_tag(REPAIR))


def complete_request(article: Article, draft: Draft, left_out: Sequence[Span]) -> Request | None:
    """Return the request for quantities that the draft left out, given by clean spans; None where no sentence has one.

    The sentences concerned go with it, and the draft's parks and period, without which labels would come out bare. The
    prompt stands alone: it speaks of numbers only, and is half as long as the two of a re-ask.
    """
    places = [(article.sentence_at(span.start), span) for span in left_out]
    listed = [_listed(article, sentence, span) for sentence, span in places if sentence is not None]
    if not listed:
        return None
    concerned = {sentence.number for sentence, _ in places if sentence is not None}
    parks = [f"高新区：{as_data('、'.join(park.name for park in draft.parks))}"] if draft.parks else []
    period = [f"全文主要时期：{as_data(draft.period)}"] if draft.period else []
    lines = [*_dated(article), *parks, *period, *_tagged(_with_context(article, concerned)), "", "清单：", *listed]
    return Request(chat(read_prompt(COMPLETE), "\n".join(lines)), prompt_tag(COMPLETE))


def _with_context(article: Article, concerned: set[int]) -> list[Sentence]:
    """Return these sentences, each with the one before it and the headings above, from which it may take its period."""
    shown = {1} if article.sentences and article.sentences[0].heading else set()
    heading = 0
    for sentence in article.sentences:
        heading = sentence.number if sentence.heading else heading
        if sentence.number in concerned:
            shown |= {sentence.number, sentence.number - 1, heading}
    return [sentence for sentence in article.sentences if sentence.number in shown]


def _listed(article: Article, sentence: Sentence, span: Span) -> str:
    """Return the line that names a quantity, with the words around it where its own would not tell which it is."""
    words = article.text[span.start : span.end]
    if sentence.text.count(words) > 1:
        around = article.text[max(sentence.start, span.start - _AROUND) : min(sentence.end, span.end + _AROUND)]
        words = f"{words}（“{around}”）"
    return f"[{sentence.number}] {as_data(words)}"


def apply_additions(draft: Draft, additions: Additions) -> Draft:
    """Return the draft with the added numbers behind its own, each once; a copy of one that it has adds nothing."""
    known = set(draft.numbers)
    added = tuple(number for number in dict.fromkeys(additions.numbers) if number not in known)
    return draft.model_copy(update={"numbers": (*draft.numbers, *added)})


def apply_repair(draft: Draft, repair: Repair, complaints: Sequence[Complaint]) -> tuple[Draft, tuple[str, ...]]:
    """Return the draft with the repair's answers in their places, and the paths of what was withdrawn.

    Only items that were complained of change, whatever else the model sends: a re-ask must not undo what was proved.
    The first answer to an item counts. A period complained of and answered with null is withdrawn; a summary cannot
    be, so null leaves it as it was.
    """
    asked = {complaint.path for complaint in complaints}
    numbers = _settled("numbers", draft.numbers, repair.numbers, asked)
    quotes = _settled("quotes", draft.quotes, repair.quotes, asked)
    policies = _settled("policies", draft.policies, repair.policies, asked)
    parks = _settled("parks", draft.parks, repair.parks, asked)
    period = repair.period if "period" in asked else draft.period
    summary = repair.summary if "summary" in asked and repair.summary else draft.summary
    withdrawn = [*numbers.withdrawn, *quotes.withdrawn, *policies.withdrawn, *parks.withdrawn]
    if period is None and draft.period is not None:
        withdrawn.append("period")
    mended = Draft(
        about_park=draft.about_park,
        parks=parks.items,
        period=period,
        summary=summary,
        numbers=numbers.items,
        policies=policies.items,
        quotes=quotes.items,
    )
    return mended, tuple(withdrawn)


Item = TypeVar("Item", bound=Value)


class _Settled(NamedTuple, Generic[Item]):
    items: tuple[Item, ...]
    withdrawn: list[str]


def _settled(kind: str, items: tuple[Item, ...], answers: Sequence[_Listed], asked: set[str]) -> _Settled[Item]:
    first: dict[int, _Listed] = {}
    for answer in answers:
        first.setdefault(answer.item, answer)
    kept: list[Item] = []
    withdrawn: list[str] = []
    for place, item in enumerate(items):
        path = f"{kind}.{place}"
        answered = first.get(place) if path in asked else None
        if answered is None:
            kept.append(item)
        elif answered.withdraw:
            withdrawn.append(path)
        else:
            kept.append(type(item).model_validate(answered.model_dump(exclude={"item", "withdraw"})))
    return _Settled(tuple(kept), withdrawn)


def _flag(draft: Draft, complaint: Complaint) -> str | None:
    """Return the line that shows the item and what is wrong with it; None where the draft has no such item."""
    found = _PATH.fullmatch(complaint.path)
    if found is None:
        return None
    shown: object
    if found[1] is None:
        shown = getattr(draft, complaint.path)
    else:
        items: tuple[Value, ...] = getattr(draft, found[1])
        if int(found[2]) >= len(items):
            return None
        shown = items[int(found[2])].model_dump()
    item = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return as_data(f"{complaint.path} {item} {complaint.message}")


def as_data(text: str) -> str:
    """Return text that is fit to be one line of the message.

    `<article>`, `</article>`, `<page>` and `</page>` get a full-width `＜`: as long as before, and equal to `<` for a
    check that folds width, but no tag. A lone surrogate, which no request could carry, becomes `?`.
    """
    line = " ".join(text.splitlines())
    return _TAG.sub("＜", line).encode("utf-8", "replace").decode("utf-8")


def chat(system: str, user: str) -> list[Message]:
    """Return the messages of one question."""
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]
