"""The tables of what reviewers decide: the fourth step of the store's layout."""

from typing import Final

DECISIONS: Final = (
    """CREATE TABLE decisions (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles (id),
        item TEXT NOT NULL,      -- what it is about: kind and hash of what the brief says; 'article' for all of it
        verb TEXT NOT NULL CHECK (verb IN ('accept', 'correct', 'reject', 'add', 'done')),
        fields TEXT,             -- JSON: what the item is to say, for 'correct' and 'add'
        who TEXT NOT NULL,
        made_at TEXT NOT NULL,   -- UTC
        undone_by TEXT,          -- null while it holds
        undone_at TEXT
    ) STRICT""",
    "CREATE INDEX decisions_by_article ON decisions (article_id, item)",
    "CREATE INDEX decisions_done ON decisions (article_id) WHERE verb = 'done' AND undone_by IS NULL",
    # All that the queue is sorted by: a row of `briefs` has 20 kB of JSON in it, which no queue page should read.
    "CREATE INDEX briefs_by_doubt ON briefs (flagged DESC, unreported DESC, contradictions DESC, article_id, status)",
)
