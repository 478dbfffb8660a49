"""Shows a run as it goes: a line that changes on a terminal, a plain line now and then elsewhere; and how it ended."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Final, Protocol

from summarizer.archive.progress import AtProvider, Progress
from summarizer.archive.survey import Forecast
from summarizer.counted import counted
from summarizer.terminal import printable

_REFRESH_SECONDS: Final = 0.25
_PLAIN_SECONDS: Final = 10.0
_WIDE: Final = 100


class Watched(Protocol):
    """A run, wherever it takes place."""

    @property
    def progress(self) -> Progress:
        """How it stands."""
        ...

    @property
    def outcome(self) -> str:
        """How it ended: `finished`, or why not."""
        ...

    def stop(self, reason: str) -> None:
        """Finish what is in flight, then end; safe to call from a signal handler."""
        ...


@contextmanager
def watched(run: Watched, stream: IO[str]) -> Iterator[None]:
    """Show the run on `stream` while it goes, and let Ctrl-C (or a request to end) finish what is in flight.

    A second Ctrl-C raises KeyboardInterrupt.
    """
    over = threading.Event()
    shown = threading.Thread(target=_show, args=(run, stream, over), daemon=True, name="progress")
    with _stoppable(run, stream):
        shown.start()
        try:
            yield
        finally:
            over.set()
            shown.join()


def _show(run: Watched, stream: IO[str], over: threading.Event) -> None:
    terminal = stream.isatty()
    line = ""
    try:
        while not over.wait(_REFRESH_SECONDS if terminal else _PLAIN_SECONDS):
            before, line = line, progress_line(run.progress)
            if line == before and not terminal:
                continue
            stream.write(f"\r\x1b[K{line[: _columns() - 1]}" if terminal else f"summarize: {line}\n")
            stream.flush()
        if terminal:
            stream.write("\r\x1b[K")
            stream.flush()
    except (OSError, ValueError):  # nobody looks any more; the run goes on
        return


def _columns() -> int:
    from summarizer.terminal import columns

    return columns()


@contextmanager
def _stoppable(run: Watched, stream: IO[str]) -> Iterator[None]:
    def stop(number: int, _: FrameType | None) -> None:
        if run.outcome == "interrupted":
            raise KeyboardInterrupt
        run.stop("interrupted")
        waits = run.progress.in_flight
        again = "; Ctrl-C again stops at once" if number == signal.SIGINT else ""
        with _quiet():
            stream.write(f"\nsummarize: finishing the {counted(waits, 'article')} in flight{again}\n")
            stream.flush()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _quiet() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, RuntimeError):  # RuntimeError: the handler came in the midst of another write
        return


def progress_line(progress: Progress) -> str:
    """Return how a run stands, in one line."""
    if progress.at_provider is not None:
        return _batches_line(progress, progress.at_provider)
    seen = progress.seen
    found = f"{seen.articles:,}" if seen.complete else f"{seen.articles:,}+"
    parts = [f"{progress.done:,} of {found} done", f"{progress.flagged:,} flagged", f"{progress.failed:,} failed"]
    if progress.repeats:
        parts.append(counted(progress.repeats, "repeat"))
    parts.append(f"{progress.per_second:.1f}/s")
    if progress.prompt or progress.completion:
        parts.append(f"{_tokens(progress.prompt + progress.completion)} tokens")
    if progress.spent is not None:
        parts.append(f"{progress.spent:.2f} {progress.currency}")
    parts.append(f"{progress.in_flight} of {progress.concurrency} in flight")
    if progress.seconds_left is not None:
        parts.append(f"{duration(progress.seconds_left)} left")
    return ", ".join(parts)


def _batches_line(progress: Progress, at_provider: AtProvider) -> str:
    """Return how a run over the batch API stands: nothing that changes while one waits for days."""
    seen = progress.seen
    found = counted(seen.articles, "article") if seen.complete else f"{seen.articles:,}+ articles"
    parts = [
        f"{counted(at_provider.sent, 'question')} submitted",
        f"{at_provider.done:,} done at the provider",
        f"{counted(at_provider.batches, 'batch', 'batches')} under way",
        f"{progress.verified + progress.flagged:,} of {found} briefed",
        f"{progress.failed:,} failed",
    ]
    if progress.spent is not None:
        parts.append(f"{progress.spent:.2f} {progress.currency}")
    return ", ".join(parts)


def closing_lines(progress: Progress, outcome: str, store: Path | str, *, again: bool = False) -> Iterator[str]:
    """Yield what is to be said of a run at its end; `again`: it was told to do what was done, and would begin anew."""
    seen = progress.seen
    told = f"{progress.verified:,} verified, {progress.flagged:,} flagged, {progress.failed:,} failed"
    repeats = f" ({_repeating(progress.repeats)})" if progress.repeats else ""
    yield f"{counted(progress.done, 'article')} in {duration(progress.seconds)}: {told}{repeats}"
    if progress.prompt or progress.completion:
        cost = "price unknown" if progress.spent is None else f"{progress.spent:.4f} {progress.currency}"
        yield f"{progress.prompt:,} + {progress.completion:,} tokens, {cost}"
    if seen.unreadable:
        yield from (printable(trouble) for trouble in seen.troubles)
        if seen.unreadable > len(seen.troubles):
            more = seen.unreadable - len(seen.troubles)
            yield f"{more:,} more cannot be read; {_lister(store)}"
    if progress.last_failure is not None:
        yield f"the last failure: {printable(progress.last_failure)}"
    if progress.at_provider is not None and progress.at_provider.batches:
        batches = counted(progress.at_provider.batches, "batch goes", "batches go")
        yield f"{batches} on at the provider; the same command fetches the answers later"
    if outcome != "finished":
        why = {"budget": "the budget is spent: raise --budget to go on", "limit": "the limit of this run is reached"}
        how = "run the same command without --again" if again else "run the same command again"
        yield f"{why.get(outcome, outcome)}; {how} to go on"


def _lister(store: Path | str) -> str:
    return f"summarize status {store} lists them" if isinstance(store, Path) else f"{store}/tables/unreadable has them"


def forecast_lines(forecast: Forecast) -> Iterator[str]:
    """Yield what is to be said of a run that was only surveyed."""
    seen = forecast.seen
    unreadable = counted(seen.unreadable, "input or part of one", "inputs or parts of them")
    troubles = f"; {unreadable} cannot be read" if seen.unreadable else ""
    yield f"{counted(seen.articles, 'article')} to do, {_repeating(seen.repeats)}{troubles}; nobody was asked"
    if not forecast.prompt:
        yield "the rules write the drafts: no tokens, no cost"
        return
    by = f"the store's latest {forecast.measured:,}" if forecast.measured else "recorded articles: a first guess"
    cost = "price unknown" if forecast.cost is None else f"{forecast.cost:.2f} {forecast.currency}"
    tokens = f"{_tokens(forecast.prompt)} + {_tokens(forecast.completion)} tokens"
    yield f"{counted(forecast.drafts, 'draft')}: about {tokens}, {cost} (by {by})"


def _repeating(repeats: int) -> str:
    return counted(repeats, "of them repeats another", "of them repeat others")


def duration(seconds: float) -> str:
    """Return a span of time for a person."""
    whole = round(seconds)
    if whole < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def _tokens(count: int) -> str:
    return f"{count / 1e6:.1f}M" if count >= 1_000_000 else f"{count / 1e3:.0f}k" if count >= 10_000 else str(count)
