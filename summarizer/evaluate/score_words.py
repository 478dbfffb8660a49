"""Counts what a brief has right of one article's parks, policies and quotes, and of the period that it reports on."""

from collections.abc import Callable, Sequence
from typing import Literal

from summarizer.evaluate.alike import same_park, same_period, same_policy, same_quote, same_speaker, verbatim
from summarizer.evaluate.briefs import Told, ToldQuote
from summarizer.evaluate.gold import GoldQuote
from summarizer.evaluate.gold_files import Case
from summarizer.evaluate.match import calendar_of
from summarizer.evaluate.misses import NONE, Difference, Miss
from summarizer.evaluate.printed import Excerpt
from summarizer.evaluate.tally import Tally


def score_words(tally: Tally, case: Case, told: Told | None) -> None:
    """Count parks, period, policies and quotes, those that gold speaks of; None is a brief that is missing."""
    gold = case.gold
    if gold.says("parks"):
        names = [park.name for park in told.parks] if told else []
        _score_list(tally, case, "park", ([park.name for park in gold.parks], names), same_park)
    if gold.says("period"):
        _score_period(tally, case, told)
    if gold.says("policies"):
        names = [policy.name for policy in told.policies] if told else []
        _score_list(tally, case, "policy", ([policy.name for policy in gold.policies], names), same_policy)
    if gold.says("quotes"):
        _score_quotes(tally, case, told.quotes if told else ())


_FIGURES = {"park": "parks", "policy": "policies", "quote": "quotes"}


def _score_list(
    tally: Tally,
    case: Case,
    item: Literal["park", "policy", "quote"],
    words: tuple[Sequence[str], Sequence[str]],
    same: Callable[[str, str], bool],
) -> dict[int, int]:
    """Count the words of gold and brief, each paired at most once, equal ones first; return brief -> gold."""
    wanted, told = words
    ranked = sorted(
        (one != other, place, target)
        for place, other in enumerate(told)
        for target, one in enumerate(wanted)
        if same(one, other)
    )
    pairs: dict[int, int] = {}
    for _, place, target in ranked:
        if place not in pairs and target not in pairs.values():
            pairs[place] = target
    tally.count(f"{_FIGURES[item]} found", len(pairs), len(wanted))
    tally.count(f"{_FIGURES[item]} reported", len(pairs), len(told))
    for target, one in enumerate(wanted):
        if target not in pairs.values():
            tally.misses.append(Miss(kind="missed", item=item, words=one, excerpt=_first_place(case, one)))
    for place, other in enumerate(told):
        if place not in pairs:
            tally.misses.append(Miss(kind="extra", item=item, words=other, excerpt=_first_place(case, other)))
    return pairs


def _first_place(case: Case, words: str) -> Excerpt | None:
    found = case.printed.find(words, number=False) if case.printed else []
    return case.around(found[0].span) if found else None


def _score_period(tally: Tally, case: Case, told: Told | None) -> None:
    wanted, period = case.gold.period, None if told is None else told.period
    words, days = (None, None) if period is None else (period.text, period.days)
    right = told is not None and same_period(wanted, words, calendar_of(case.gold, case.printed), days)
    tally.count("article period", right)
    if not right:
        parted = Difference(field="period", wanted=wanted or NONE, told=words or NONE)
        tally.misses.append(
            Miss(
                kind="wrong",
                item="period",
                words=wanted or NONE,
                differences=(parted,),
                excerpt=_first_place(case, wanted or words or ""),
            )
        )


def _score_quotes(tally: Tally, case: Case, told: Sequence[ToldQuote]) -> None:
    wanted = case.gold.quotes
    words = [one.text for one in wanted], [one.text for one in told]
    for place, target in _score_list(tally, case, "quote", words, same_quote).items():
        _score_quote(tally, case, wanted[target], told[place])


def _score_quote(tally: Tally, case: Case, wanted: GoldQuote, told: ToldQuote) -> None:
    parted = []
    whole = verbatim(wanted.text, told.text)
    tally.count("quotes verbatim", whole)
    if not whole:
        parted.append(Difference(field="words", wanted=wanted.text, told=told.text))
    if "speaker" in wanted.model_fields_set:
        named = same_speaker(wanted.speaker, told.speaker)
        tally.count("speakers", named)
        if not named:
            parted.append(Difference(field="speaker", wanted=wanted.speaker or NONE, told=told.speaker or NONE))
    if parted:
        place = _first_place(case, told.text)
        tally.misses.append(
            Miss(kind="wrong", item="quote", words=wanted.text, differences=tuple(parted), excerpt=place)
        )
