"""The main of a worker process, which a run starts and feeds over standard input.

Processes, because one interpreter serves some 90 articles a second whatever the concurrency; started as programs of
their own and not forked, so that they work alike on all systems and in a caller's program that has threads. When the
run dies its pipe ends, and so does this process, whatever it is doing.
"""

import os
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from summarizer.archive.answering import Answering, answering_worker
from summarizer.archive.crew import Message, ThreadCrew
from summarizer.archive.frames import read_frame, write_frame
from summarizer.archive.jobs import Grant, Job, Ready
from summarizer.archive.work import JobGate, Worker
from summarizer.errors import SummarizerError
from summarizer.pipeline import connected, connected_splitter
from summarizer.settings import Settings


def serve(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Do the jobs that come in, until the stream ends; the first message is the run's Settings, or its Answering.

    What is said in return: Ready and then the crew's messages or, where the settings do not suffice, a SummarizerError.
    """
    lock = threading.Lock()

    def tell(message: Message | Ready | SummarizerError) -> None:
        with lock:
            write_frame(outgoing, message)

    told = cast("Settings | Answering", read_frame(incoming))
    crew = ThreadCrew(tell)
    try:
        with answering_worker(told) if isinstance(told, Answering) else _live_worker(told, crew.gate) as worker:
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
def _live_worker(settings: Settings, gate: JobGate) -> Iterator[Worker]:
    with connected(settings, gate) as extractor, connected_splitter(settings, extractor, gate) as splitter:
        yield Worker(extractor, splitter, settings, gate)


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
