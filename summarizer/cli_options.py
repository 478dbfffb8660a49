"""Options that several commands share."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

USUAL_FIELDS = {
    "text": "text, content, body, 正文",
    "title": "title, 标题",
    "date": "date, published, 日期",
    "id": "id",
}


def iso_date(_: click.Context, __: click.Parameter, day: datetime | None) -> str | None:
    """Return the day as YYYY-MM-DD."""
    return None if day is None else day.date().isoformat()


format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl", "text"]),
    help="text on a terminal, jsonl when piped, unless said otherwise.",
)


date_option = click.option(
    "--date",
    "published",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=iso_date,
    metavar="YYYY-MM-DD",
    help="Date of publication, for words like 今年.",
)
split_option = click.option(
    "--split",
    type=click.Choice(["auto", "rules", "none"]),
    default="auto",
    show_default=True,
    help="Split a page into its articles: where it is one, always, never.",
)


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every command with briefs for output shares."""
    for option in (
        click.option("--strict", is_flag=True, help="Exit with 3 where the check flagged something."),
        date_option,
        format_option,
    ):
        command = option(command)
    return command


def field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name the columns of tables."""
    for role, usual in reversed(USUAL_FIELDS.items()):
        told = f"Column or key of a table's {role} ({usual})."
        command = click.option(f"--{role}-field", metavar="NAME", help=told)(command)
    return command
