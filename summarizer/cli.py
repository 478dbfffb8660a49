"""The command line: arguments in, briefs out, one-line errors, exit codes.

Only click is imported at the top; everything else is imported by the command that needs it, so that `--help` stays
instant. Briefs go to stdout, everything else to stderr.
"""

import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from summarizer.cli_archive import ARCHIVE_COMMANDS
from summarizer.cli_base import DONE, FAILED, FLAGGED, INTERRUPTED, USAGE, form_of, say, silence, worst
from summarizer.cli_options import (
    USUAL_FIELDS,
    field_options,
    format_option,
    model_options,
    output_options,
    split_option,
)
from summarizer.cli_store import STORE_COMMANDS
from summarizer.errors import HOPELESS, SummarizerError

if TYPE_CHECKING:
    from summarizer.article import Document
    from summarizer.export import Format
    from summarizer.extract.extraction import Extractor, PageSplitter
    from summarizer.settings import Settings


class _DefaultsToBrief(click.Group):
    """A group whose first argument may be a file: `summarize article.txt` is `summarize brief article.txt`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the unwritten verb where none is written."""
        if not args:
            raise click.UsageError("no FILE is named; - is standard input")
        if args[0] not in self.commands and args[0] not in ("--help", "-h", "--version"):
            args = ["brief", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Leave the unwritten verb out of the list."""
        return [name for name in super().list_commands(ctx) if name != "brief"]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the short form first."""
        formatter.write_usage("summarize", "[OPTIONS] FILE...\n       summarize COMMAND [ARGS]...")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the options of the unwritten verb with those of the group."""
        params = (*self.commands["brief"].params, *self.get_params(ctx))
        options = (param for param in params if isinstance(param, click.Option))
        with formatter.section("Options"):
            formatter.write_dl([row for option in options if (row := option.get_help_record(ctx)) is not None])
        self.format_commands(ctx, formatter)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; click itself would exit with 1 where the reader of a pipe has seen enough."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            silence(sys.stdout)
            return DONE
        except KeyboardInterrupt:
            say("interrupted; what was written before stays")
            return INTERRUPTED


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from summarizer.version import VERSION

        click.echo(f"summarize {VERSION}")
        ctx.exit(DONE)


@click.group(cls=_DefaultsToBrief, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=False)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
def cli() -> None:
    """Brief news articles about high-tech parks; every number is proved against the article.

    FILE is a text, web page, PDF or Word file, a table or an archive of them; - is standard input. A file that bears a
    command's name is written ./check.

    Exit codes: 0 done; 1 something could not be read or asked; 2 wrong usage; 3 done, but flagged (with --strict).
    """


@cli.command("brief", hidden=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@output_options
@click.option(
    "--extractor", type=click.Choice(["auto", "model", "rules"]), help="auto: the model if one is named, else rules."
)
@model_options
@click.option(
    "--reasks", "check_reasks", type=click.IntRange(0), metavar="N", help="Re-asks for items that fail the check (2)."
)
@click.option(
    "--complete/--no-complete",
    default=None,
    help="Ask the model once for facts that its draft leaves out (on); or set SUMMARIZER_COMPLETE.",
)
@split_option
@field_options
def brief(
    files: tuple[str, ...],
    form: "Format | None",
    published: str | None,
    strict: bool,
    **flags: object,
) -> int:
    """Write one brief per article (the command may be left out)."""
    from summarizer.pipeline import connected, connected_splitter
    from summarizer.read import Fields, read_documents
    from summarizer.settings import read_settings

    fields = Fields.model_validate({role: flags.pop(f"{role}_field") for role in USUAL_FIELDS})
    settings = read_settings(os.environ, **flags)
    outcomes: set[int] = set()

    def failed(error: SummarizerError) -> None:
        say(str(error))
        outcomes.add(FAILED)

    with connected(settings) as extractor, connected_splitter(settings, extractor) as splitter:
        to_tell = settings.extractor == "auto" and not settings.uses_model and settings.replay is None
        for name in files:
            for document in read_documents(name, published=published, fields=fields, on_error=failed):
                if to_tell:  # once, and not before an input that cannot be read
                    say("no model is set (--model or SUMMARIZER_MODEL): the rules write the draft")
                    to_tell = False
                try:
                    outcomes.add(_brief_document(document, splitter, extractor, settings, form_of(form)))
                except SummarizerError as error:
                    failed(error)
                    if isinstance(error, HOPELESS):
                        return FAILED
    return worst(outcomes, strict)


def _brief_document(
    document: "Document",
    splitter: "PageSplitter | None",
    extractor: "Extractor",
    settings: "Settings",
    form: "Format",
) -> int:
    """Write the briefs of one document; return FLAGGED where the check objects to one of them."""
    from summarizer.pages import priced_articles
    from summarizer.pipeline import brief_with
    from summarizer.show_brief import write_brief

    flagged = False
    for article, spent in priced_articles(document, settings.split, splitter):
        made = brief_with(article, extractor, settings, spent)
        write_brief(made, sys.stdout, form, text=document.text, dated_by_text=document.published_from == "text")
        flagged = flagged or made.check.status != "verified"
    return FLAGGED if flagged else DONE


@cli.command(short_help="Hold anybody's BRIEF against ARTICLE; no model.")
@click.argument("article")
@click.argument("brief")
@output_options
def check(article: str, brief: str, form: "Format | None", published: str | None, strict: bool) -> int:
    """Hold anybody's BRIEF (JSON with numbers: [{metric, text}]) against ARTICLE; no model is asked."""
    from summarizer.pipeline import check_document
    from summarizer.read import read_document, read_plain
    from summarizer.show_brief import write_brief
    from summarizer.verify import read_brief

    if article == brief == "-":
        raise click.UsageError("only one of ARTICLE and BRIEF can be standard input")
    document = read_document(article, published=published)
    made = check_document(document, read_brief(read_plain(brief), brief))
    dated_by_text = document.published_from == "text"
    write_brief(made, sys.stdout, form_of(form), text=document.text, dated_by_text=dated_by_text)
    return worst([DONE if made.check.status == "verified" else FLAGGED], strict)


@cli.command(short_help="Show how PAGE was split into articles.")
@click.argument("page")
@model_options
@split_option
@format_option
def articles(page: str, form: "Format | None", **flags: object) -> int:
    """Show how PAGE was split: coloured by article on a terminal, a line of JSON for each article when piped.

    Ranges of the JSON count characters of the text as read, lines count from 1, both in reading order.
    """
    from summarizer.pages import split_document, whole_article
    from summarizer.pipeline import connected_splitter
    from summarizer.read import read_documents
    from summarizer.settings import read_settings
    from summarizer.show_page import write_article, write_pieces

    settings = read_settings(os.environ, **flags)
    with connected_splitter(settings) as splitter:
        for document in read_documents(page):
            pieces = split_document(document, settings.split, splitter).pieces
            if pieces:
                write_pieces(document, pieces, sys.stdout, form_of(form))
            else:
                write_article(whole_article(document), sys.stdout, form_of(form))
    return DONE


@cli.command(short_help="Show every quantity of FILE, or list them as JSON Lines.")
@click.argument("file")
@format_option
def numbers(file: str, form: "Format | None") -> int:
    """Show every quantity of FILE: marked in the text on a terminal, as JSON Lines when piped.

    Offsets of the JSON count characters of the text as read.
    """
    from summarizer.quantities import scan
    from summarizer.read import read_document
    from summarizer.show import write_numbers

    text = read_document(file).text
    write_numbers(text, scan(text), sys.stdout, form_of(form))
    return DONE


for _command in (*ARCHIVE_COMMANDS, *STORE_COMMANDS):
    cli.add_command(_command)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; `argv` leaves out the program's name."""
    if sys.stdout is None:  # a process without one (pythonw, a closed descriptor)
        say("there is no standard output to write to; run again with one")
        return FAILED
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # JSON is UTF-8; a terminal's own encoding must not cut a run short
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    try:
        return int(
            cli.main(args=None if argv is None else list(argv), prog_name="summarize", standalone_mode=False) or DONE
        )
    except click.ClickException as error:
        say(f"{error.format_message().rstrip('.')}; see summarize --help")
        return USAGE
    except SummarizerError as error:
        say(str(error))
        return FAILED
    except OSError as error:
        silence(sys.stdout)
        say(f"cannot write the output: {error.strerror or error}; make room or write elsewhere, then run again")
        return FAILED
