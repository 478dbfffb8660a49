"""The command that makes a report: briefs and articles side by side, on a page for a browser."""

import os
import sys
from collections.abc import Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click

from summarizer.cli_base import DONE, say
from summarizer.counted import counted
from summarizer.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summarizer.report.index import Choice

_SQLITE: Final = b"SQLite format 3\0"
_REASONS: Final = 3
_TOLD_EVERY: Final = 1000
"""Pages of a folder after which a word is said of how far it is."""


@click.command(short_help="Make a page to look at BRIEFs, or a STORE, beside their articles.")
@click.argument("inputs", nargs=-1, required=True, metavar="BRIEF...|STORE")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PAGE.html|FOLDER",
    help="The page to write; - is standard output; for a large STORE a folder.",
)
@click.option("--article", "articles", multiple=True, metavar="FILE", help="Where an article of the BRIEFs is.")
@click.option(
    "--status", type=click.Choice(["verified", "flagged", "failed"]), help="Only briefs of STORE that are so."
)
@click.option("--park", metavar="NAME", help="Only briefs of STORE that name this park.")
@click.option("--period", metavar="WORDS", help="Only those of this period: 上半年, or 2024, 2024-01.")
def report(inputs: tuple[str, ...], output: Path, articles: tuple[str, ...], **wanted: str | None) -> int:
    """Make a page on which each item of a brief is lit up in its article, the doubtful ones first.

    BRIEFs are files that summarize has written (JSON, JSON Lines; - is standard input); their articles are looked for
    where the briefs say, from here and beside the brief. STORE is a file that summarize batch has filled: up to 200 of
    its briefs make one page, any number a FOLDER with an index and a page for each article.
    """
    _refuse_inputs(output, (*inputs, *articles))
    stores = [name for name in inputs if _is_store(name)]
    chosen = any(value is not None for value in wanted.values())
    if not stores and chosen:
        raise click.UsageError("--status, --park and --period choose from a STORE; a page has filters for the same")
    if stores and (len(inputs) > 1 or articles):
        raise click.UsageError("a STORE is reported alone and has its articles in it")
    if stores:
        from summarizer.report.index import Choice

        return _report_store(Path(stores[0]), output, Choice(**wanted))
    return _report_briefs(inputs, output, articles)


def _report_briefs(inputs: Sequence[str], output: Path, articles: Sequence[str]) -> int:
    from summarizer.report.files import Articles, read_briefs
    from summarizer.report.folder import MOST
    from summarizer.report.page import write_page

    if _names_folder(output):
        raise ReportError(f"briefs make one page: name a file for it, as -o report.html, and not {str(output)!r}")
    briefs = []
    for name in inputs:
        for given in read_briefs(name):
            briefs.append(given)
            if len(briefs) > MOST:
                raise ReportError(
                    f"there are more than {MOST} briefs, the most that one page holds: name fewer, or report the STORE"
                    " of a `summarize batch` into a folder"
                )
    texts = Articles(briefs, articles)
    views = [texts.view(given) for given in briefs]
    with _opened(output) as stream:
        write_page(views, stream)
    _tell_missing([view.missing for view in views if view.missing])
    return DONE


def _tell_missing(reasons: Sequence[str]) -> None:
    """Say which articles are not on the page, and why; the page says it of each."""
    told = list(dict.fromkeys(reasons))
    for reason in told[:_REASONS]:
        say(f"no article beside a brief: {reason}")
    if len(told) > _REASONS:
        say(f"no article beside {len(reasons)} of the briefs; the page says why of each")


def _report_store(path: Path, output: Path, choice: "Choice") -> int:
    from summarizer.report.folder import write_folder, write_store_page
    from summarizer.store import open_store

    with open_store(path) as store:
        if not _names_folder(output):
            with _opened(output) as stream:
                write_store_page(store, stream, choice)
            return DONE
        try:
            done = of = 0
            for done, of in write_folder(store, output, choice):
                if done % _TOLD_EVERY == 0 and done < of > _TOLD_EVERY:
                    say(f"{done:,} of {counted(of, 'page')}; the index is written: {str(output / 'index.html')!r}")
        except OSError as error:
            raise _unwritable(output, error) from error
    say(f"wrote the index and {counted(done, 'page')}: {str(output / 'index.html')!r}")
    return DONE


def _is_store(name: str) -> bool:
    """Whether a file is a store; what cannot be read is left to whoever reads it in earnest."""
    if name == "-":
        return False
    try:
        with Path(name).open("rb") as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False


def _names_folder(output: Path) -> bool:
    return str(output) != "-" and (output.is_dir() or output.suffix.lower() not in (".html", ".htm"))


def _refuse_inputs(output: Path, inputs: Sequence[str]) -> None:
    """Refuse to write over what is read."""
    for name in inputs:
        with suppress(OSError, ValueError):
            if name != "-" and output.exists() and output.samefile(name):
                raise ReportError(f"{str(output)!r} is an input, and would be written over; name another file with -o")


@contextmanager
def _opened(output: Path) -> "Iterator[IO[str]]":
    """Yield the stream to write a page to; a file appears when it is whole. Raises ReportError."""
    if str(output) == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    partial = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        partial.replace(output)
    except OSError as error:
        raise _unwritable(output, error) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _unwritable(output: Path, error: OSError) -> ReportError:
    reason = error.strerror or error
    return ReportError(f"cannot write the report to {str(output)!r}: {reason}; make room or name another place with -o")


REPORT_COMMANDS: tuple[click.Command, ...] = (report,)
"""What makes pages for people."""
