"""Lets `python -m summarizer` do what `summarize` does."""

from summarizer.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
