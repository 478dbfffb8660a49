"""Times what one article costs besides its model's reply: `python -m bench.stages [--save FILE | --against FILE]`.

The median CPU in ms of every stage, for articles of three sizes. Caches are met as a batch meets them: before each run
they are emptied and filled with the evaluation set, so that an article finds what is usual in the genre and nothing of
its own. `--save` keeps the medians; `--against` prints what part of kept ones is left, which a slow hour blurs less
than it does milliseconds: make both in turn.
"""

import argparse
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from bench.true_drafts import ROOT, RUN, Case, cases, eval_paths, true_draft
from summarizer.article import Article
from summarizer.dialogue import brief_article
from summarizer.draft import Draft
from summarizer.extract.extraction import Complaint, Extraction, Spent
from summarizer.pages import whole_article
from summarizer.quantities import scan
from summarizer.read import document_from_text
from summarizer.value import Span
from summarizer.verify import prove

_SIZES: Final[dict[str, tuple[str, ...]]] = {
    "short": ("photo_caption",),
    "usual": ("annual_results",),
    "long": ("investment_half_year", "ip_platform", "talent_day"),
}
"""The fixtures that each article is made of."""
_RUNS: Final = 15

_Result = TypeVar("_Result")
_Times = dict[str, dict[str, float]]
"""Milliseconds by size and stage."""


class _Given:
    """An extractor that has its draft already, and stands by it."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def extract(self, article: Article) -> Extraction:
        return Extraction(draft=self._draft, extractor="rules", model=None, mode=None, prompt=None, spent=Spent())

    def repair(self, article: Article, draft: Draft, complaints: Sequence[Complaint]) -> None:
        return

    def complete(self, article: Article, draft: Draft, left_out: Sequence[Span]) -> None:
        return


class _Sample(NamedTuple):
    """A text as read, and the draft of its gold facts."""

    raw: str
    draft: Draft


def _sample(names: Sequence[str]) -> _Sample:
    raw = "\n".join((ROOT / f"fixtures/articles/{name}.txt").read_text(encoding="utf-8-sig") for name in names)
    golds = [json.loads((ROOT / f"fixtures/gold/{name}.json").read_text(encoding="utf-8")) for name in names]
    gold = {**golds[0], "numbers": [number for one in golds for number in one["numbers"]]}
    return _Sample(raw, true_draft(whole_article(document_from_text(raw)), gold))


def _meet_the_genre(others: Sequence[Case]) -> None:
    """Empty all caches of functions, and fill them with other articles."""
    for name, module in list(sys.modules.items()):
        for kept in vars(module).values() if name.partition(".")[0] == "summarizer" else ():
            if hasattr(kept, "cache_clear"):
                kept.cache_clear()
    for case in others:
        brief_article(whole_article(case.article.document), _Given(case.draft))


class _Stopwatch:
    """Keeps what every stage of one article took."""

    def __init__(self) -> None:
        self.seen: dict[str, list[float]] = defaultdict(list)

    def time(self, stage: str, call: Callable[[], _Result]) -> _Result:
        started = time.process_time()
        result = call()
        self.seen[stage].append(1000 * (time.process_time() - started))
        return result


def _run_stages(sample: _Sample, watch: _Stopwatch) -> None:
    document = watch.time("document", lambda: document_from_text(sample.raw))
    article = watch.time("article", lambda: whole_article(document))
    watch.time("scan", lambda: scan(article.text))
    brief = watch.time("prove", lambda: prove(article, sample.draft, RUN))
    watch.time("json", lambda: brief.model_dump_json(by_alias=True))


def _run_whole(sample: _Sample, watch: _Stopwatch) -> None:
    def whole() -> str:
        article = whole_article(document_from_text(sample.raw))
        return brief_article(article, _Given(sample.draft)).model_dump_json(by_alias=True)

    watch.time("text to json", whole)


def _measure(samples: dict[str, _Sample], runs: int) -> _Times:
    """Return the median milliseconds of every stage of every sample."""
    others = cases(eval_paths())
    watches = {size: _Stopwatch() for size in samples}
    for _ in range(runs):
        for run in (_run_stages, _run_whole):
            _meet_the_genre(others)
            for size, sample in samples.items():
                run(sample, watches[size])
    return {
        size: {stage: statistics.median(times) for stage, times in watch.seen.items()}
        for size, watch in watches.items()
    }


def main() -> None:
    """Print a row for each size, and one of ratios for it where there is something to compare with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep the medians here")
    parser.add_argument("--against", type=Path, metavar="FILE", help="kept medians to compare with")
    parser.add_argument("--runs", type=int, default=_RUNS)
    options = parser.parse_args()
    samples = {size: _sample(names) for size, names in _SIZES.items()}
    times = _measure(samples, options.runs)
    if options.save:
        options.save.write_text(json.dumps(times), encoding="utf-8")
    kept: _Times | None = json.loads(options.against.read_text(encoding="utf-8")) if options.against else None
    print(f"{'CPU in ms':<30}" + "".join(f"{stage:>14}" for stage in times["usual"]))
    for size, taken in times.items():
        told = f"{size}: {len(samples[size].raw)} chars, {len(samples[size].draft.numbers)} numbers"
        print(f"{told:<30}" + "".join(f"{spent:14.3f}" for spent in taken.values()))
        base = kept[size] if kept else times["usual"]
        ratios = "".join(f"{spent / base[stage]:14.2f}" for stage, spent in taken.items())
        print(f"{'  of what was kept' if kept else '  of the usual one':<30}{ratios}")


if __name__ == "__main__":
    main()
