"""Runs over archives of many articles: what is done once for all of them, and what is paid for only once."""
