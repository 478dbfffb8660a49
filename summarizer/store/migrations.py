"""The store's tables, as named steps that are applied once each, in order, and never edited after a release.

Each step is applied in a transaction of its own together with the line that says so, so that a crash between two steps
leaves a store that the next start completes. Spans are `[start, end)` in characters of the document's text as read;
decimals are exact text, with a REAL `amount` beside the value for sorting and sums; times are UTC.
"""

import sqlite3
from typing import Final, NamedTuple

from summarizer.store.batch_tables import BATCHES
from summarizer.store.decision_tables import DECISIONS


class Migration(NamedTuple):
    """A step from one layout of the store to the next."""

    name: str
    statements: tuple[str, ...]


_RUNS: Final = (
    """CREATE TABLE recipes (
        id INTEGER PRIMARY KEY,
        asking TEXT NOT NULL,    -- hash of all that shapes the questions: model, prompts, schemas, settings
        checking INTEGER NOT NULL, -- version of reading and check
        extractor TEXT NOT NULL,
        model TEXT,
        details TEXT NOT NULL,   -- JSON
        UNIQUE (asking, checking)
    ) STRICT""",
    """CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        recipe_id INTEGER NOT NULL REFERENCES recipes (id),
        version TEXT NOT NULL,
        sources TEXT NOT NULL,   -- JSON list of what was named
        settings TEXT NOT NULL,  -- JSON, without the key
        started_at TEXT NOT NULL,
        ended_at TEXT,
        outcome TEXT             -- null while it runs, and for good where it was killed
    ) STRICT""",
)

_SOURCES: Final = (
    """CREATE TABLE inputs (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        size INTEGER,
        modified_ns INTEGER,
        reading TEXT,            -- hash of what it was read with: date, names of fields
        state TEXT NOT NULL CHECK (state IN ('reading', 'read', 'skipped')),
        reason TEXT,             -- why it was skipped
        run_id INTEGER NOT NULL REFERENCES runs (id)
    ) STRICT""",
    """CREATE TABLE unreadable (
        input_id INTEGER NOT NULL REFERENCES inputs (id),
        reason TEXT NOT NULL,    -- one line: what cannot be read, why, and what to do
        PRIMARY KEY (input_id, reason)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE documents (
        id INTEGER PRIMARY KEY,
        input_id INTEGER NOT NULL REFERENCES inputs (id),
        path TEXT NOT NULL,      -- news.zip!/a.txt lies in an archive, news.csv#7 is a record
        hash TEXT NOT NULL,      -- of the bytes
        media_type TEXT NOT NULL,
        encoding TEXT NOT NULL,
        title TEXT,
        author TEXT,
        outlet TEXT,
        outlet_from TEXT,
        published TEXT,
        published_from TEXT,
        text TEXT NOT NULL,      -- as read
        split TEXT,              -- how its articles were found; null while they are not
        split_spent TEXT,        -- JSON: what a model cost for it
        claimed_by INTEGER REFERENCES runs (id), -- the run that splits it
        gone INTEGER NOT NULL DEFAULT 0, -- 1: no longer in its input when that was last read
        run_id INTEGER NOT NULL REFERENCES runs (id), -- that last saw it
        UNIQUE (path, hash)
    ) STRICT""",
    "CREATE INDEX documents_by_input ON documents (input_id)",
    "CREATE INDEX documents_gone ON documents (id) WHERE gone",
    "CREATE INDEX documents_claimed ON documents (claimed_by) WHERE claimed_by IS NOT NULL",
)

_ARTICLES: Final = (
    """CREATE TABLE articles (
        id INTEGER PRIMARY KEY,  -- document * 10000 + position
        document_id INTEGER NOT NULL REFERENCES documents (id),
        position INTEGER NOT NULL, -- from 1, in the order of the page
        title TEXT,
        byline TEXT,
        published TEXT,
        language TEXT,
        chars INTEGER NOT NULL,
        content TEXT NOT NULL,   -- hash of the text without white space and width
        piece TEXT,              -- JSON: its lines on a page; null where it is the whole document
        text TEXT,               -- clean; null where it is the document's
        same_as INTEGER REFERENCES articles (id), -- the article whose extraction it shares
        likeness TEXT CHECK (likeness IN ('exact', 'near')),
        state TEXT NOT NULL CHECK (state IN ('todo', 'done', 'failed')),
        recipe_id INTEGER REFERENCES recipes (id), -- under which it was last done
        claimed_by INTEGER REFERENCES runs (id),
        UNIQUE (document_id, position)
    ) STRICT""",
    "CREATE INDEX articles_by_content ON articles (content)",
    "CREATE INDEX articles_by_same ON articles (same_as) WHERE same_as IS NOT NULL",
    "CREATE INDEX articles_unfinished ON articles (state) WHERE state <> 'done'",
    "CREATE INDEX articles_claimed ON articles (claimed_by) WHERE claimed_by IS NOT NULL",
    """CREATE TABLE marks (
        mark INTEGER NOT NULL,   -- of a sentence
        article_id INTEGER NOT NULL REFERENCES articles (id),
        PRIMARY KEY (mark, article_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE VIEW article_texts AS
        SELECT a.id, a.title, coalesce(a.text, d.text) AS text
        FROM articles a JOIN documents d ON d.id = a.document_id""",
    """CREATE VIRTUAL TABLE search USING fts5 (
        title, text, content='article_texts', content_rowid='id', tokenize='trigram'
    )""",
)

_BRIEFS: Final = (
    """CREATE TABLE briefs (
        article_id INTEGER PRIMARY KEY REFERENCES articles (id),
        status TEXT NOT NULL CHECK (status IN ('verified', 'flagged', 'failed')),
        park TEXT,               -- the first park that it is about
        about_park INTEGER NOT NULL,
        period TEXT,
        period_start TEXT,
        period_end TEXT,
        summary TEXT NOT NULL,
        numbers INTEGER NOT NULL,
        flagged INTEGER NOT NULL,
        unreported INTEGER NOT NULL,
        contradictions INTEGER NOT NULL,
        extractor TEXT NOT NULL,
        model TEXT,
        prompt TEXT,
        brief TEXT NOT NULL,     -- the published JSON, brief.v1
        run_id INTEGER NOT NULL REFERENCES runs (id),
        made_at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX briefs_by_status ON briefs (status)",
    """CREATE TABLE parks (
        article_id INTEGER NOT NULL REFERENCES articles (id), position INTEGER NOT NULL,
        name TEXT NOT NULL, role TEXT NOT NULL, verdict TEXT NOT NULL,
        PRIMARY KEY (article_id, position)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX parks_by_name ON parks (name)",
    """CREATE TABLE numbers (
        article_id INTEGER NOT NULL REFERENCES articles (id), position INTEGER NOT NULL,
        metric TEXT NOT NULL, text TEXT NOT NULL,
        value TEXT, low TEXT, high TEXT, amount REAL, unit TEXT, qualifier TEXT NOT NULL, status TEXT NOT NULL,
        park TEXT, period TEXT, period_start TEXT, period_end TEXT,
        sentence INTEGER, span_start INTEGER, span_end INTEGER, evidence TEXT,
        verdict TEXT NOT NULL, findings TEXT NOT NULL,
        PRIMARY KEY (article_id, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE policies (
        article_id INTEGER NOT NULL REFERENCES articles (id), position INTEGER NOT NULL,
        name TEXT NOT NULL, detail TEXT,
        sentence INTEGER, span_start INTEGER, span_end INTEGER, verdict TEXT NOT NULL,
        PRIMARY KEY (article_id, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE quotes (
        article_id INTEGER NOT NULL REFERENCES articles (id), position INTEGER NOT NULL,
        speaker TEXT, role TEXT, text TEXT NOT NULL,
        sentence INTEGER, span_start INTEGER, span_end INTEGER, verdict TEXT NOT NULL,
        PRIMARY KEY (article_id, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE findings (
        article_id INTEGER NOT NULL REFERENCES articles (id), position INTEGER NOT NULL,
        code TEXT NOT NULL, severity TEXT NOT NULL, path TEXT, message TEXT NOT NULL,
        span_start INTEGER, span_end INTEGER,
        PRIMARY KEY (article_id, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE unreported (
        article_id INTEGER NOT NULL REFERENCES articles (id), position INTEGER NOT NULL,
        text TEXT NOT NULL, value TEXT, amount REAL, unit TEXT, kind TEXT NOT NULL,
        span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
        PRIMARY KEY (article_id, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE contradictions (
        article_id INTEGER NOT NULL REFERENCES articles (id), position INTEGER NOT NULL,
        message TEXT NOT NULL, spans TEXT NOT NULL, -- JSON
        PRIMARY KEY (article_id, position)
    ) STRICT, WITHOUT ROWID""",
)

_LEDGER: Final = (
    """CREATE TABLE failures (
        document_id INTEGER NOT NULL REFERENCES documents (id),
        position INTEGER NOT NULL, -- of the article; 0 for the document as a whole
        kind TEXT NOT NULL,
        message TEXT NOT NULL,
        passing INTEGER NOT NULL, -- 1: the service's state and not the article was to blame; the next run tries again
        run_id INTEGER NOT NULL REFERENCES runs (id),
        failed_at TEXT NOT NULL,
        PRIMARY KEY (document_id, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE attempts (
        id INTEGER PRIMARY KEY,
        run_id INTEGER NOT NULL REFERENCES runs (id),
        document_id INTEGER NOT NULL REFERENCES documents (id),
        position INTEGER NOT NULL, -- of the article; 0 for the split of the document
        status INTEGER,          -- of HTTP; null where no answer came
        seconds REAL NOT NULL,
        prompt INTEGER NOT NULL, -- tokens, cached ones included
        completion INTEGER NOT NULL,
        cached INTEGER NOT NULL,
        cost_nano INTEGER,       -- 1e-9 of the currency; null where the price is unknown
        currency TEXT,
        made_at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX attempts_by_run ON attempts (run_id)",
    "CREATE INDEX attempts_by_article ON attempts (document_id, position)",
)

_TO_INDEX: Final = (
    """CREATE TABLE to_index (
        article_id INTEGER PRIMARY KEY REFERENCES articles (id) -- whose words are not in `search` yet
    ) STRICT""",
)

MIGRATIONS: Final = (
    Migration("0001-tables", (*_RUNS, *_SOURCES, *_ARTICLES, *_BRIEFS, *_LEDGER)),
    Migration("0002-batches", BATCHES),
    Migration("0003-to-index", _TO_INDEX),
    Migration("0004-decisions", DECISIONS),
)
"""In the order in which they are applied."""


def unknown(db: sqlite3.Connection) -> list[str]:
    """Return the steps that the store has and this program does not know: a newer program made it."""
    known = {migration.name for migration in MIGRATIONS}
    return sorted(applied(db) - known)


def applied(db: sqlite3.Connection) -> set[str]:
    """Return the names of the steps that the store has."""
    has_any = db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'").fetchone()
    return {name for (name,) in db.execute("SELECT name FROM migrations")} if has_any else set()


def migrate(db: sqlite3.Connection) -> None:
    """Apply the steps that the store lacks, each in a transaction; other programs that start at once wait.

    The connection must be in autocommit mode. Raises sqlite3.Error.
    """
    if applied(db) >= {migration.name for migration in MIGRATIONS}:
        return
    for migration in MIGRATIONS:
        db.execute("BEGIN IMMEDIATE")
        try:
            db.execute(
                "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL"
                " DEFAULT CURRENT_TIMESTAMP) STRICT"
            )
            if migration.name not in applied(db):
                for statement in migration.statements:
                    db.execute(statement)
                db.execute("INSERT INTO migrations (name) VALUES (?)", (migration.name,))
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
