"""Times the check: an article of 2,000 characters and 40 numbers, the parts of that time, and articles of up to 5 MB.

    python -m bench.check

The article is composed of fixtures. The seed article is timed too where it lies beside the project. A part is what its
outermost call takes; what the rest is made of (words, parks, the brief itself) is told as the rest.
"""

import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from bench.eval_set import passages
from bench.quantity_speed import bytes_of, text_of
from bench.true_drafts import ROOT, RUN, SEED, Case, case_of, true_draft
from summarizer.draft import Draft, DraftNumber
from summarizer.pages import articles_of
from summarizer.quantities import scan
from summarizer.read import document_from_text
from summarizer.verify import grounds, prove
from summarizer.verify.binding import Binding
from summarizer.verify.evidence import Evidence
from summarizer.verify.numbers import NumberCheck

_SOURCES: Final = ("annual_results", "investment_half_year", "ip_platform")
_CHARS: Final = 2_000
_NUMBERS: Final = 40
_METRIC: Final = 8
"""Characters before a number that name it where a draft is made without gold."""
_RUNS: Final = 20
_SIZES: Final = {"10 kB": 10_000, "100 kB": 100_000, "1 MB": 1_000_000, "5 MB": 5_000_000}
_ONCE: Final = 1_000_000
"""Bytes from which an article is checked once, not thrice."""
_ASSEMBLY: Final = sys.modules["summarizer.verify.prove"]
"""The module; the package's own name `prove` is the function."""
_PARTS: Final = (
    (Evidence, "__init__", "evidence: numbers of the article"),
    (Evidence, "periods", "evidence: periods"),
    (Evidence, "parks", "evidence: parks"),
    (NumberCheck, "locate_all", "numbers"),
    (Binding, "objections", "binding"),
    (_ASSEMBLY, "judge_summary", "summary"),
    (grounds, "find_contradictions", "contradictions"),
    (_ASSEMBLY, "find_unreported", "omissions"),
)


def composed() -> Case:
    """Return the article of fixtures and the draft of the first numbers of their gold."""
    texts, golds = [], []
    for name in _SOURCES:
        golds.append(json.loads((ROOT / f"fixtures/gold/{name}.json").read_text(encoding="utf-8")))
        raw = (ROOT / f"fixtures/articles/{name}.txt").read_text(encoding="utf-8")
        texts.append(articles_of(document_from_text(raw))[0].text)
    [article] = articles_of(document_from_text("\n".join(texts)[:_CHARS]))
    numbers = [number for gold in golds for number in gold["numbers"]][:_NUMBERS]
    return Case("composed of fixtures", article, true_draft(article, {**golds[0], "numbers": numbers}))


def grown(text: str, draft: Draft, filler: list[str], size: int) -> Case:
    """Return the article with the evaluation set behind it, `size` bytes in all; the draft stays."""
    [article] = articles_of(document_from_text(bytes_of(text + "\n" + text_of(filler, size), size)))
    return Case("grown", article, draft)


def with_every_number(case: Case) -> Case:
    """Return the case with a draft that has every fact of its article, each named by the words before it."""
    text, numbers = case.article.text, []
    for quantity in scan(text):
        if quantity.is_fact:
            sentence = case.article.sentence_at(quantity.start)
            metric = text[max(0, quantity.start - _METRIC) : quantity.start].strip() or quantity.text
            at = sentence.number if sentence else 0
            numbers.append(
                DraftNumber(metric=metric, text=quantity.text, park=None, period=None, status="actual", at=at)
            )
    return Case("every number", case.article, case.draft.model_copy(update={"numbers": tuple(numbers)}))


class Clock:
    """Charges the time of nested calls to the innermost part, so that parts add up."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._running: list[str] = []
        self._since = 0.0

    def enter(self, part: str) -> None:
        """Begin a part; the one that is running stands still."""
        self._charge()
        self._running.append(part)

    def leave(self) -> None:
        """End the part that is running."""
        self._charge()
        self._running.pop()

    def _charge(self) -> None:
        now = time.perf_counter()
        if self._running:
            self.spent[self._running[-1]] += now - self._since
        self._since = now


def _timed(call: Callable[..., Any], part: str, clock: Clock) -> Callable[..., Any]:
    def measured(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (whatever the call takes and returns)
        clock.enter(part)
        try:
            return call(*args, **kwargs)
        finally:
            clock.leave()

    return measured


@contextmanager
def _watched(clock: Clock) -> Iterator[None]:
    """Let the clock see the parts of a check."""
    kept = []
    for owner, name, part in _PARTS:
        found = vars(owner)[name]
        kept.append((owner, name, found))
        if callable(found):
            setattr(owner, name, _timed(found, part, clock))
        else:
            found.func, inner = _timed(found.func, part, clock), found.func
            kept[-1] = (found, "func", inner)
    try:
        yield
    finally:
        for owner, name, found in kept:
            setattr(owner, name, found)


def _milliseconds(case: Case, runs: int) -> float:
    seen = []
    for _ in range(runs):
        started = time.perf_counter()
        prove(case.article, case.draft, RUN)
        seen.append(time.perf_counter() - started)
    return 1000 * statistics.median(seen)


def _print_parts(case: Case) -> None:
    """Print the whole and its parts, measured in turn: a machine whose speed drifts slows both alike."""
    seen: dict[str, list[float]] = defaultdict(list)
    whole = []
    for _ in range(_RUNS):
        whole.append(_milliseconds(case, 1))
        clock = Clock()
        with _watched(clock):
            clock.enter("the rest")
            prove(case.article, case.draft, RUN)
            clock.leave()
        for part, spent in clock.spent.items():
            seen[part].append(1000 * spent)
    told = f"{len(case.article.text)} characters, {len(case.draft.numbers)} numbers"
    print(f"  {case.name:<24}{told:<30}{statistics.median(whole):8.2f} ms, best {min(whole):.2f}, {_RUNS} runs")
    for part, times in sorted(seen.items(), key=lambda entry: -statistics.median(entry[1])):
        print(f"    {part:<36}{statistics.median(times):26.2f} ms, best {min(times):.2f}")


def _print_growth(case: Case, filler: list[str]) -> None:
    """Print what longer articles take with the same draft, and with one that grows as they do."""
    print("  longer articles (linear where microseconds a character stay)")
    for name, size in _SIZES.items():
        longer = grown(case.article.text, case.draft, filler, size)
        for one in (longer, with_every_number(longer)):
            taken, length = _milliseconds(one, 1 if size >= _ONCE else 3), len(one.article.text)
            told = f"{name:<8}{length:>11,} characters{len(one.draft.numbers):>9,} numbers"
            print(f"    {told}{taken:12,.1f} ms{1000 * taken / length:8.2f} µs a character")


def main() -> None:
    """Print the tables."""
    case = composed()
    cases = [case]
    if (SEED / "gold/seed_A.json").exists():
        cases.append(case_of(SEED / "seed_A.txt", SEED / "gold/seed_A.json"))
    for one in cases:
        prove(one.article, one.draft, RUN)
        _print_parts(one)
    filler = [passage.text for passage in passages()]
    if not filler:
        print("the evaluation set is not there: no longer articles")
        return
    _print_growth(case, filler)


if __name__ == "__main__":
    main()
