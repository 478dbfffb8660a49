"""The questions of a run over the provider's batch API, their answers, and the batches that carry them.

    waiting ──prepare──▶ sent ──keep──▶ answered          (for good)
       ▲                   │
       └──send_back────────┴──────────▶ exhausted         (for the run that asked; the next one asks anew)

What a batch carries is committed before anything of it is sent. All functions take a connection inside a transaction of
`Store.transaction`, and raise sqlite3.Error; those that only read need no transaction.
"""

import sqlite3
from collections.abc import Iterator
from typing import Final, NamedTuple

from summarizer.store.intake import POSITIONS

_AROUND: Final = 160
"""Bytes of a line of a batch's file beside the question: the name, the method, the address."""


class Asked(NamedTuple):
    """A question."""

    hash: str
    """Of its body."""
    shape: str
    """Hash of the body without its messages."""
    body: str
    tokens: int
    """Of the prompt, about."""


class Answer(NamedTuple):
    """What a question is answered with."""

    status: int
    body: str
    """JSON."""


class BatchRow(NamedTuple):
    """A batch that has not ended."""

    id: int
    key: str
    submitted: bool
    requests: int
    input_file: str | None
    provider_id: str | None
    prepared: int
    """Seconds since 1970."""


class Sent(NamedTuple):
    """A question that is on its way."""

    hash: str
    document_id: int
    position: int
    tries: int


class Bounds(NamedTuple):
    """How much a batch may hold."""

    requests: int
    bytes: int
    """Of its file."""
    tokens: int | None
    """Of its prompts, about; None for any number."""


class Load(NamedTuple):
    """How much there is."""

    requests: int
    bytes: int
    tokens: int


def find_answer(db: sqlite3.Connection, name: str, shape: str, run: int) -> Answer | None:
    """Return the answer to a question, or the one that refuses its shape; None where there is none yet.

    A question that no batch has answered within this run's patience has an answer, too: that there is none.
    """
    row = db.execute(
        "SELECT status, answer FROM requests WHERE hash = ?1 AND (state = 'answered' OR"
        " (state = 'exhausted' AND run_id = ?2))",
        (name, run),
    ).fetchone()
    if row is None:
        row = db.execute("SELECT status, answer FROM requests WHERE shape = ? AND refuses LIMIT 1", (shape,)).fetchone()
    return None if row is None else Answer(*row)


def await_answer(db: sqlite3.Connection, asked: Asked, job: int, run: int) -> bool:
    """Note that a job waits for the answer to a question; return whether it is there already."""
    found = find_answer(db, asked.hash, asked.shape, run)
    if found is None:
        db.execute(
            "INSERT INTO requests (hash, shape, document_id, position, body, bytes, tokens, state, run_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT (hash) DO UPDATE SET"
            " tries = CASE state WHEN 'exhausted' THEN 0 ELSE tries END,"
            " state = CASE state WHEN 'exhausted' THEN 'waiting' ELSE state END, run_id = excluded.run_id",
            (
                *(asked.hash, asked.shape, *divmod(job, POSITIONS)),
                *(asked.body, len(asked.body.encode()) + _AROUND, asked.tokens, run),
            ),
        )
        db.execute("INSERT OR IGNORE INTO awaits VALUES (?, ?)", (job, asked.hash))
    return found is not None


def stop_waiting(db: sqlite3.Connection, job: int) -> None:
    """Forget what a job waited for."""
    db.execute("DELETE FROM awaits WHERE job = ?", (job,))


def waiting(db: sqlite3.Connection, run: int) -> Load:
    """Return what a run has to send."""
    row = db.execute(
        "SELECT count(*), coalesce(sum(bytes), 0), coalesce(sum(tokens), 0) FROM requests"
        " WHERE state = 'waiting' AND run_id = ?",
        (run,),
    ).fetchone()
    return Load(*row)


def jobs_waiting(db: sqlite3.Connection) -> int:
    """Return how many articles, and pages to be split, wait for answers."""
    found: int = db.execute(
        "SELECT count(DISTINCT job) FROM awaits WHERE job / ? IN (SELECT id FROM documents WHERE NOT gone)",
        (POSITIONS,),
    ).fetchone()[0]
    return found


def prepare_batch(db: sqlite3.Connection, run: int, service: str, key: str, bounds: Bounds) -> int:
    """Put as many questions of the run as a batch may hold into a new one, in their order; return how many.

    One that is larger than a batch goes alone.
    """
    chosen: list[str] = []
    size = tokens = 0
    rows = db.execute(
        "SELECT hash, bytes, tokens FROM requests WHERE state = 'waiting' AND run_id = ? ORDER BY rowid", (run,)
    )
    for name, its_bytes, its_tokens in rows:
        size, tokens = size + its_bytes, tokens + its_tokens
        if bounds.tokens is not None and tokens > bounds.tokens:
            break
        if len(chosen) == bounds.requests or (chosen and size > bounds.bytes):
            break
        chosen.append(name)
    if chosen:
        cursor = db.execute(
            "INSERT INTO batches (key, service, state, requests, run_id, prepared_at)"
            " VALUES (?, ?, 'prepared', ?, ?, strftime('%Y-%m-%dT%H:%M:%fZ'))",
            (key, service, len(chosen), run),
        )
        db.executemany(
            "UPDATE requests SET state = 'sent', batch_id = ? WHERE hash = ?",
            [(cursor.lastrowid, name) for name in chosen],
        )
    return len(chosen)


def open_batches(db: sqlite3.Connection, service: str) -> list[BatchRow]:
    """Return the batches at a service that have not ended, the oldest first."""
    rows = db.execute(
        "SELECT id, key, state = 'submitted', requests, input_file, provider_id,"
        " CAST(strftime('%s', prepared_at) AS INTEGER) FROM batches"
        " WHERE service = ? AND state <> 'ended' ORDER BY id",
        (service,),
    )
    return [BatchRow(row[0], row[1], bool(row[2]), *row[3:]) for row in rows]


def elsewhere(db: sqlite3.Connection, service: str) -> list[tuple[str, int]]:
    """Return the other services that have batches under way, with how many."""
    return db.execute(
        "SELECT service, count(*) FROM batches WHERE service <> ? AND state <> 'ended' GROUP BY service", (service,)
    ).fetchall()


def questions(db: sqlite3.Connection, batch: int) -> Iterator[tuple[str, str]]:
    """Yield the questions that a batch carries, by name and body, in their order."""
    yield from db.execute(
        "SELECT hash, body FROM requests WHERE batch_id = ? AND state = 'sent' ORDER BY rowid", (batch,)
    )


def note_file(db: sqlite3.Connection, batch: int, input_file: str | None) -> None:
    """Note under what name the provider has a batch's file; None: it has none (any more)."""
    db.execute("UPDATE batches SET input_file = ? WHERE id = ?", (input_file, batch))


def note_submitted(db: sqlite3.Connection, batch: int, provider_id: str) -> None:
    """Note that the provider has a batch, and under what name."""
    db.execute(
        "UPDATE batches SET state = 'submitted', provider_id = ?, submitted_at = strftime('%Y-%m-%dT%H:%M:%fZ')"
        " WHERE id = ?",
        (provider_id, batch),
    )


def find_sent(db: sqlite3.Connection, batch: int, name: str) -> Sent | None:
    """Return a question that a batch carries; None where it does not, or where the answer is kept already."""
    row = db.execute(
        "SELECT hash, document_id, position, tries FROM requests WHERE hash = ? AND batch_id = ? AND state = 'sent'",
        (name, batch),
    ).fetchone()
    return None if row is None else Sent(*row)


def all_sent(db: sqlite3.Connection, batch: int) -> list[Sent]:
    """Return the questions of a batch to which no line has come."""
    rows = db.execute(
        "SELECT hash, document_id, position, tries FROM requests WHERE batch_id = ? AND state = 'sent'", (batch,)
    )
    return [Sent(*row) for row in rows]


def keep_answer(db: sqlite3.Connection, name: str, answer: Answer, cost_nano: int | None, *, refuses: bool) -> None:
    """Keep an answer for good; `refuses` where it would be the same with whatever messages."""
    db.execute(
        "UPDATE requests SET state = 'answered', status = ?, answer = ?, cost_nano = ?, refuses = ?, body = NULL"
        " WHERE hash = ?",
        (*answer, cost_nano, int(refuses), name),
    )


def send_back(db: sqlite3.Connection, name: str, tries: int) -> None:
    """Have a question sent with the next batch."""
    db.execute("UPDATE requests SET state = 'waiting', batch_id = NULL, tries = ? WHERE hash = ?", (tries, name))


def give_up(db: sqlite3.Connection, name: str, answer: Answer) -> None:
    """Note that a question was sent for the last time in this run, and what the trouble was."""
    db.execute("UPDATE requests SET state = 'exhausted', status = ?, answer = ? WHERE hash = ?", (*answer, name))


def end_batch(
    db: sqlite3.Connection, batch: int, outcome: str, output_file: str | None, error_file: str | None
) -> None:
    """Note that all of a batch is kept."""
    db.execute(
        "UPDATE batches SET state = 'ended', outcome = ?, output_file = ?, error_file = ?,"
        " ended_at = strftime('%Y-%m-%dT%H:%M:%fZ') WHERE id = ?",
        (outcome, output_file, error_file, batch),
    )


def jobs_answered(db: sqlite3.Connection, batch: int) -> list[int]:
    """Return the jobs that can go on with what a batch brought."""
    rows = db.execute(
        "SELECT DISTINCT w.job FROM requests r JOIN awaits w ON w.hash = r.hash"
        " WHERE r.batch_id = ? AND r.state IN ('answered', 'exhausted') ORDER BY w.job",
        (batch,),
    )
    return [job for (job,) in rows]


def cost_so_far(db: sqlite3.Connection) -> tuple[int, int]:
    """Return what priced answers have cost in all (1e-9 of the currency), and the tokens that were guessed for them."""
    row = db.execute(
        "SELECT coalesce(sum(cost_nano), 0), coalesce(sum(tokens), 0) FROM requests WHERE cost_nano IS NOT NULL"
    ).fetchone()
    return row[0], row[1]


def tokens_on_the_way(db: sqlite3.Connection, service: str) -> int:
    """Return the tokens guessed for the questions of all batches that have not ended."""
    found: int = db.execute(
        "SELECT coalesce(sum(r.tokens), 0) FROM batches b JOIN requests r ON r.batch_id = b.id AND r.state = 'sent'"
        " WHERE b.service = ? AND b.state <> 'ended'",
        (service,),
    ).fetchone()[0]
    return found


def forget_answers(db: sqlite3.Connection) -> None:
    """Forget the answers for all that is to be done (again), so that it is asked anew."""
    db.execute(
        "DELETE FROM requests WHERE state IN ('answered', 'exhausted') AND hash NOT IN (SELECT hash FROM awaits) AND"
        " (document_id * ? + position IN (SELECT id FROM articles WHERE state = 'todo')"
        " OR (position = 0 AND document_id IN (SELECT id FROM documents WHERE split IS NULL)))",
        (POSITIONS,),
    )
