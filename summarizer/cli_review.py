"""The commands about what people say of a store's briefs: review, which serves the desk, and gold."""

import getpass
import sys
from pathlib import Path

import click

from summarizer.cli_base import DONE, FAILED, say
from summarizer.counted import counted
from summarizer.errors import SettingsError


@click.command(short_help="Review the briefs of STORE in a browser.")
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1 (a free one).")
@click.option("--as", "who", metavar="NAME", help="Whose decisions they are (the user's name).")
@click.option("--open/--no-open", "opens", default=True, help="Open the browser (yes, where there is a terminal).")
def review(store: Path, port: int, who: str | None, opens: bool) -> int:
    """Serve the review desk of STORE on 127.0.0.1: a queue with most doubt first; accept, correct, reject, add, undo.

    The link that is printed works once, for one browser. Every decision is in the store as soon as it is made; Ctrl-C
    ends the desk.
    """
    try:
        from summarizer.review.server import serving
    except ImportError as error:
        raise SettingsError(
            f"the review desk needs a package that is not there ({error.name}): pip install 'summarizer[review]'"
        ) from error

    with serving(store, port, who or _user()) as desk:
        say(f"reviewing {str(store)!r}, decisions are {desk.who}'s; Ctrl-C ends")
        click.echo(desk.link, err=True)
        if opens and sys.stderr.isatty():
            click.launch(desk.link)
        desk.run()
    return DONE


def _user() -> str:
    """Return the user's name; a machine may know none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name for the number, as in containers
        return "reviewer"


@click.command(short_help="Write the reviewed articles of STORE as gold into folder DIR.")
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def gold(store: Path, folder: Path) -> int:
    """Write the articles of STORE whose review is done as gold into folder DIR, for `summarize eval`.

    What nobody has decided on counts as accepted there. A file for each article, as schemas/gold.v1.json says, and its
    text in DIR/articles.
    """
    from summarizer.review.gold import write_gold
    from summarizer.store import open_store

    with open_store(store) as opened:
        count = sum(1 for _ in write_gold(opened, folder))
    if not count:
        say(f"no article of {str(store)!r} is reviewed yet; go through some with `summarize review`")
        return FAILED
    articles = counted(count, "reviewed article is", "reviewed articles are")
    say(f"{articles} gold in {str(folder)!r}; measure briefs by it with `summarize eval`")
    return DONE


REVIEW_COMMANDS: tuple[click.Command, ...] = (review, gold)
