"""Workers of a run over the batch API: they run the dialogues as live ones do, on the answers that the store has."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from summarizer.archive.work import Worker
from summarizer.pipeline import connected_splitter
from summarizer.settings import Settings
from summarizer.store import open_store
from summarizer.store.requests import Answer, find_answer

if TYPE_CHECKING:
    from summarizer.extract.postponing import Named


class Answering(NamedTuple):
    """What a worker needs to know."""

    settings: Settings
    store: str
    """Path."""
    run: int


@contextmanager
def answering_worker(told: Answering) -> Iterator[Worker]:
    """Yield a worker that asks nobody; threads may share it. Raises SettingsError and StoreError.

    It has no gate: requests are counted when their answers come, and not each time a dialogue meets them again.
    """
    from summarizer.extract.gate import OpenGate
    from summarizer.extract.model import ModelExtractor
    from summarizer.extract.postponing import PostponingTransport

    lock = threading.Lock()
    with open_store(Path(told.store)) as store:

        def find(question: "Named") -> Answer | None:
            with lock, store.told():
                return find_answer(store.db, *question, told.run)

        transport = PostponingTransport(find)
        with (
            ModelExtractor(told.settings, transport=transport, gate=OpenGate(lambda _: None)) as extractor,
            connected_splitter(told.settings, extractor) as splitter,
        ):
            yield Worker(extractor, splitter, told.settings)
