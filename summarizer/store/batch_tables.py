"""The tables of questions that a provider's batch API answers: the second step of the store's layout.

A question is known by the hash of what is asked, so that whoever asks it again, after whatever happened, meets the
answer that was paid for. Times are UTC.
"""

from typing import Final

BATCHES: Final = (
    """CREATE TABLE batches (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE, -- stands in the provider's metadata of the batch, and in the name of its file
        service TEXT NOT NULL,   -- base URL
        state TEXT NOT NULL CHECK (state IN ('prepared', 'submitted', 'ended')),
        requests INTEGER NOT NULL,
        input_file TEXT,         -- the provider's names of the files and of the batch
        provider_id TEXT,        -- null until the provider has confirmed it
        output_file TEXT,
        error_file TEXT,
        outcome TEXT,            -- the provider's word for how it ended
        run_id INTEGER NOT NULL REFERENCES runs, -- that prepared it
        prepared_at TEXT NOT NULL,
        submitted_at TEXT,
        ended_at TEXT
    ) STRICT""",
    "CREATE INDEX batches_open ON batches (service) WHERE state <> 'ended'",
    """CREATE TABLE requests (
        hash TEXT PRIMARY KEY,   -- of the body
        shape TEXT NOT NULL,     -- hash of the body without its messages
        document_id INTEGER NOT NULL REFERENCES documents,
        position INTEGER NOT NULL, -- of the article that asked first; 0 for the split of the document
        body TEXT,               -- JSON; null once it is answered
        bytes INTEGER NOT NULL,  -- of the body
        tokens INTEGER NOT NULL, -- of the prompt, about
        state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'answered', 'exhausted')),
        tries INTEGER NOT NULL DEFAULT 0, -- batches that brought no answer
        batch_id INTEGER REFERENCES batches, -- that has it, or brought the answer
        status INTEGER,          -- of HTTP
        answer TEXT,             -- JSON; of an exhausted one the last trouble
        refuses INTEGER NOT NULL DEFAULT 0, -- 1: the answer refuses the shape, whatever the messages
        cost_nano INTEGER,       -- of the answer; null where the price is unknown
        run_id INTEGER NOT NULL REFERENCES runs -- that asked last
    ) STRICT""",
    "CREATE INDEX requests_waiting ON requests (run_id) WHERE state = 'waiting'",
    "CREATE INDEX requests_by_batch ON requests (batch_id) WHERE batch_id IS NOT NULL",
    "CREATE INDEX requests_refused ON requests (shape) WHERE refuses",
    """CREATE TABLE awaits (
        job INTEGER NOT NULL,    -- an article's id, or a document's as that of its article 0
        hash TEXT NOT NULL REFERENCES requests,
        PRIMARY KEY (job, hash)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX awaits_by_request ON awaits (hash)",
)
