"""Runs over archives, for the command and for Python: live, over a batch API, or only foretold."""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from summarizer.archive.hall import Finished
from summarizer.archive.opening import Orders, close_hall, opened_hall, prices_of
from summarizer.archive.progress import Progress
from summarizer.archive.recipe import recipe_of
from summarizer.archive.rounds import opened_rounds, refuse_conflicts
from summarizer.archive.run import Run
from summarizer.archive.survey import Forecast, survey
from summarizer.errors import SettingsError
from summarizer.extract.extraction import Extractor
from summarizer.extract.model import require_key
from summarizer.settings import Settings, read_settings


def run_archive(
    sources: Sequence[str | os.PathLike[str]] | str | os.PathLike[str],
    store: str | os.PathLike[str],
    *,
    extractor: Extractor | None = None,
    settings: Settings | None = None,
    orders: Orders | None = None,
    on_progress: Callable[[Progress], object] | None = None,
) -> Generator[Finished]:
    """Yield each article of an archive as soon as it is finished and kept in `store`; what is done already is not.

    `sources` are files, folders, patterns and archives; the store is made where there is none. The drafts come from
    `extractor`, whose methods threads then share, else from what `settings` name (by default the environment). The run
    goes on while the caller iterates; to end it early is safe, and what was in flight is done by the next run.
    `on_progress` is called with each article, before it is yielded. Raises SettingsError, StoreError, and Stopped where
    every further question would fail alike.
    """
    named = [sources] if isinstance(sources, str | os.PathLike) else sources
    settings = settings if settings is not None else read_settings(os.environ)
    with opened_run([os.fspath(one) for one in named], Path(store), settings, orders or Orders(), extractor) as run:
        for finished in run.articles():
            if on_progress is not None:
                on_progress(run.progress)
            yield finished


def forecast(sources: Sequence[str], store: Path, settings: Settings, orders: Orders) -> Forecast:
    """Return what a run would do and cost; the archive is read into the store, and nobody is asked.

    Raises SettingsError and StoreError.
    """
    if settings.via == "batch-api":
        refuse_conflicts(settings, orders)
    with opened_hall(sources, store, settings, orders, None) as hall:
        found = survey(hall, recipe_of(settings).asking, settings.split, prices_of(settings, orders, None))
        close_hall(hall, "dry run")
    return found


@contextmanager
def opened_run(
    sources: Sequence[str],
    store_path: Path,
    settings: Settings,
    orders: Orders,
    extractor: Extractor | None = None,
    tell: Callable[[str], object] = lambda _: None,
) -> Iterator[Run]:
    """Yield a run that is ready to go; close behind it whatever happens. Raises SettingsError and StoreError.

    `tell` is called with what is to be said while a run over the batch API goes on, a line each.
    """
    if extractor is None and settings.asks_model:
        require_key(settings)
    if settings.via == "batch-api":
        if extractor is not None:
            raise SettingsError("the batch API is for a model that settings name: leave via='batch-api' out")
        with opened_rounds(sources, store_path, settings, orders, tell) as rounds:
            yield rounds
        return
    with opened_hall(sources, store_path, settings, orders, extractor) as hall:
        run = Run(hall, orders.limit)
        outcome = "broken off"
        try:
            yield run
            outcome = run.outcome
        finally:
            close_hall(hall, outcome)
