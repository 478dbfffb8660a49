"""Threads that take turns: one at a time, in order, those first who want it shortly."""

import queue
import threading
import time
from collections.abc import Callable

from summarizer.archive.turn import Turn
from summarizer.archive.work import JobGate
from tests.test_governor import Reply, attempt

ANSWERED = attempt(Reply(0.1), 0)


def asking(turn: Turn, done: "queue.SimpleQueue[str]", name: str, *, shortly: bool = False) -> threading.Thread:
    """Return a thread that waits for its turn; when this returns, it is in the queue."""

    def work() -> None:
        turn.take(shortly=shortly)
        done.put(name)
        turn.give()

    thread, before = threading.Thread(target=work), turn.waiting
    thread.start()
    while turn.waiting == before:
        time.sleep(0)  # lets the thread run
    return thread


def test_a_turn_is_handed_on_in_order_and_to_those_first_who_want_it_shortly() -> None:
    turn, done = Turn(), queue.SimpleQueue[str]()
    turn.take()
    threads = [
        asking(turn, done, "proof 1"),
        asking(turn, done, "proof 2"),
        asking(turn, done, "question", shortly=True),
        asking(turn, done, "proof 3"),
    ]
    assert done.empty()
    turn.give()
    for thread in threads:
        thread.join()
    assert [done.get() for _ in threads] == ["question", "proof 1", "proof 2", "proof 3"]
    assert not turn.taken


def test_a_job_has_the_turn_but_not_while_it_waits() -> None:
    turn, seen = Turn(), []

    def granted(tokens: int) -> int:
        seen.append(turn.taken)
        return tokens

    gate = JobGate(granted, lambda _: seen.append(turn.taken), turn)
    taken = []
    steps: list[Callable[[], None]] = [
        lambda: gate.begin(0),
        lambda: gate.admit(10),  # the service is at work
        lambda: gate.report(ANSWERED._replace(status=500)),
        lambda: gate.pause(0),
        gate.end,
    ]
    for step in steps:
        step()
        taken.append(turn.taken)
    assert taken == [True, False, True, True, False]
    assert seen == [False, False]  # nor while a grant is waited for, nor while trouble is told


def test_a_job_that_ends_while_it_waits_gives_no_turn_of_another() -> None:
    turn = Turn()
    gate = JobGate(lambda tokens: tokens, lambda _: None, turn)
    gate.begin(100)
    gate.admit(10)
    turn.take()  # another job
    gate.end()  # this one failed in a way that no report tells
    assert turn.taken


def test_without_turns_nobody_waits() -> None:
    gate = JobGate(lambda tokens: tokens, lambda _: None)
    gate.begin(0)
    gate.admit(1)
    gate.report(ANSWERED)
    gate.end()
    assert [one.status for one in gate.attempts()] == [200]
