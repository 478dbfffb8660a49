"""The main of a worker process, which a run starts and feeds over standard input.

Processes, because one interpreter serves some 90 articles a second whatever the concurrency; started as programs of
their own and not forked, so that they work alike on all systems and in a caller's program that has threads. When the
run dies its pipe ends, and so does this process, whatever it is doing.
"""

import os
import pickle
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, cast

from summarizer.archive.answering import Answering, answering_worker
from summarizer.archive.crew import Message, ThreadCrew
from summarizer.archive.frames import read_frame, write_frame
from summarizer.archive.jobs import Grant, Job, Ready
from summarizer.archive.turn import Turn
from summarizer.archive.work import JobGate, Worker
from summarizer.errors import SummarizerError
from summarizer.extract.extraction import Extractor
from summarizer.extract.model import ModelExtractor
from summarizer.extract.rules import RulesExtractor
from summarizer.pages import whole_article
from summarizer.pipeline import brief_with, connected, connected_splitter
from summarizer.read import document_from_text
from summarizer.settings import Settings
from summarizer.store.flatten import flatten

_WORDS: Final = """签约项目86个 完成投资318.6亿元

本报讯（记者 林知远）2023年上半年，云州高新区新签约项目86个，完成投资318.6亿元，同比增长18.4%，力争全年超过600亿元。
其中，制造业项目42个。“项目到了哪一步，干部就跟到哪一步。”云州高新区管委会主任周启明说，《云州高新区重点项目服务办法》让企业少跑三成的路。
"""
"""Holds something of all that is read: numbers of several kinds, a period, a park, a quotation, a policy."""


def serve(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Do the jobs that come in, until the stream ends; the first message is the run's Settings, or its Answering.

    What is said in return: Ready and then the crew's messages or, where the settings do not suffice, a SummarizerError.
    """
    lock = threading.Lock()

    def tell(message: Message | Ready | SummarizerError) -> None:
        with lock:
            write_frame(outgoing, message)

    told = cast("Settings | Answering", read_frame(incoming))
    crew = ThreadCrew(tell, Turn())
    try:
        with answering_worker(told) if isinstance(told, Answering) else live_worker(told, crew.gate) as worker:
            crew.worker = worker
            tell(Ready())
            while True:
                message = read_frame(incoming)
                if isinstance(message, Grant):
                    crew.grant(message)
                else:
                    crew.send(cast("Job", message))
    except SummarizerError as error:
        tell(error)


@contextmanager
def live_worker(settings: Settings, gate: JobGate) -> Iterator[Worker]:
    """Yield a worker that is connected and warm. Raises SettingsError."""
    with connected(settings, gate) as extractor, connected_splitter(settings, extractor, gate) as splitter:
        _warm_up(extractor)
        yield Worker(extractor, splitter, settings, gate)


def _warm_up(extractor: Extractor) -> None:
    """Do once, and for nobody, what a job does: what is read, compiled and imported at first use is then there.

    Some 0.4 s. Left to the first job it took all others with it, which wait for the same.
    """
    article = whole_article(document_from_text(_WORDS))
    pickle.dumps(flatten(brief_with(article, RulesExtractor(), Settings())))
    if isinstance(extractor, ModelExtractor):
        extractor.prepare(article)


def main() -> None:
    """Serve standard input; what anything prints goes to standard error, for standard output is the pipe."""
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        serve(incoming, outgoing)
    except (EOFError, OSError):  # the run is over, or gone
        os._exit(0)  # without waiting for requests that are under way: nobody would hear of their answers
    except BaseException:  # noqa: BLE001  # a thread may wait for ever; the process must not
        traceback.print_exc()
        os._exit(1)
