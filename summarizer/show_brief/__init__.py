"""Shows briefs: JSON for programs, for people a table in which every number has its verdict and its words beside it.

rich is imported with the table alone, for it takes 100 ms that JSON output need not pay.
"""

from typing import IO

from summarizer.brief import Brief
from summarizer.export import Format


def write_brief(
    brief: Brief, stream: IO[str], form: Format, *, text: str | None = None, dated_by_text: bool = False
) -> None:
    """Write one brief to `stream` and flush it: indented JSON, one line of JSON, or a table for a person.

    `text` is the document's text as read, in which spans count; with it the table shows the words that a contradiction
    and a left-out quantity stand in. The table says so where `dated_by_text`, the day having been found in the text.
    """
    if form == "text":
        from summarizer.show_brief.sections import write_sections

        write_sections(brief, stream, text, dated_by_text=dated_by_text)
    else:
        stream.write(brief.to_json(indent=2 if form == "json" else None) + "\n")
    stream.flush()
