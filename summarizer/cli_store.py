"""The commands over a store that a batch run has filled: status, show, export."""

import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from summarizer.cli_base import DONE, FAILED, form_of, say
from summarizer.cli_options import format_option
from summarizer.counted import counted

if TYPE_CHECKING:
    from summarizer.export import Format
    from summarizer.store.lookup import StoredArticle
    from summarizer.tables import Exported, Form, Wanted

_STORE = click.argument("store", type=click.Path(path_type=Path))


@click.command(short_help="Tell what STORE holds: done, failed, spent.")
@_STORE
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text for a person, json: one object.",
)
def status(store: Path, form: Literal["text", "json"]) -> int:
    """Tell what STORE holds: what is done, flagged and failed, and why; what is still to do; what it cost."""
    from summarizer.show_store import write_status
    from summarizer.store import open_store
    from summarizer.store.lookup import snapshot
    from summarizer.store.tally import status_of

    def dead(runs: Sequence[int]) -> Collection[int]:
        from summarizer.archive.alive import dead_runs

        try:
            return dead_runs(store, runs, own=0)
        except OSError:  # a folder that nobody may write to; whether they live cannot be known there
            return ()

    with open_store(store) as opened:
        with snapshot(opened) as db:
            told = status_of(db, dead)
        write_status(told, sys.stdout, form)
    return DONE


@click.command(short_help="Show a brief of STORE, or search its articles.")
@_STORE
@click.argument("wanted", metavar="[ID]", required=False)
@click.option("--search", metavar="WORDS", help="List the articles that hold all these words.")
@click.option("--limit", type=click.IntRange(1), default=20, metavar="N", help="List at most N articles (20).")
@format_option
def show(store: Path, wanted: str | None, search: str | None, limit: int, form: "Format | None") -> int:
    """Show the brief of an article of STORE, or list the articles that hold all of some words.

    ID is an article's id, or its document's path or a part of it that no other path has.
    """
    if (wanted is None) == (search is None):
        raise click.UsageError("name either an ID or --search WORDS")
    if wanted is not None:
        return _show_article(store, wanted, form_of(form))
    return _search(store, search or "", limit, form_of(form))


def _show_article(store: Path, wanted: str, form: "Format") -> int:
    from summarizer.store import open_store
    from summarizer.store.lookup import find_articles, snapshot, text_of

    with open_store(store) as opened, snapshot(opened) as db:
        found = find_articles(db, wanted)
        text = text_of(db, found[0].document_id) if form == "text" else None
    outcomes = [_show_brief(article, form, text) for article in found]
    return max(outcomes)


def _show_brief(article: "StoredArticle", form: "Format", text: str | None) -> int:
    """Write a brief; where it comes from stands before it, in JSON on stderr, so that briefs alone are piped."""
    from pydantic import ValidationError

    from summarizer.brief import Brief
    from summarizer.show_brief import write_brief
    from summarizer.show_store import origin_lines, why_no_brief
    from summarizer.terminal import printable

    if article.brief is None:
        say(f"article {article.id} of {article.path!r} has no brief: {why_no_brief(article)}")
        return FAILED
    try:
        brief = Brief.model_validate_json(article.brief)
    except ValidationError as error:
        say(f"the brief of article {article.id} cannot be read ({error.errors()[0]['msg']}); a newer program wrote it?")
        return FAILED
    for line in origin_lines(article):
        if form == "text":
            sys.stdout.write(f"{printable(line)}\n")
        else:
            say(printable(line))
    write_brief(brief, sys.stdout, form, text=text, dated_by_text=article.published_from == "text")
    return DONE


def _search(store: Path, words: str, limit: int, form: "Format") -> int:
    from summarizer.show_store import write_matches
    from summarizer.store import open_store
    from summarizer.store.lookup import search, snapshot
    from summarizer.store.searchable import index_leftovers

    with open_store(store) as opened:
        index_leftovers(opened)
        with snapshot(opened) as db:
            found = search(db, words, limit + 1)
    write_matches(found[:limit], sys.stdout, form)
    if not found:
        say(f"no article of {str(store)!r} holds {words!r}")
    elif len(found) > limit:
        say(f"the first {limit:,} of more; --limit shows more of them")
    return DONE


@click.command(short_help="Write the tables of STORE into folder DIR.")
@_STORE
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--to", "form", required=True, type=click.Choice(["jsonl", "csv", "parquet", "xlsx"]), help="The form.")
@click.option(
    "--status",
    "wanted",
    type=click.Choice(["verified", "flagged", "all"]),
    default="all",
    help="Only articles whose brief is so (all).",
)
@click.option("--force", is_flag=True, help="Overwrite files of an earlier export.")
def export(store: Path, folder: Path, form: "Form", wanted: "Wanted", force: bool) -> int:
    """Write the tables of STORE into folder DIR: articles, numbers, policies, quotes, parks, findings and more.

    jsonl also has the briefs themselves; xlsx is one workbook, the others have a file for each table.
    """
    from summarizer.store import open_store
    from summarizer.tables import export_tables

    with open_store(store) as opened:
        done = export_tables(opened, folder, form, wanted=wanted, force=force)
    _tell(done, folder)
    return DONE


def _tell(done: "Exported", folder: Path) -> None:
    rows = ", ".join(f"{name} {count:,}" for name, count in done.rows.items())
    say(f"wrote {counted(len(done.files), 'file')} to {str(folder)!r}: {rows}")
    for remark in done.remarks:
        say(remark)


STORE_COMMANDS: tuple[click.Command, ...] = (status, show, export)
"""What people do with a store afterwards."""
