"""The store of a news archive: one SQLite file that a run fills and that people open."""

from summarizer.store.connection import Store, open_store

__all__ = ["Store", "open_store"]
