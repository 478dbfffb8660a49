"""Options that several commands share."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
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
    type=click.Choice(["auto", "rules", "model", "none"]),
    help="Split a page into its articles: where it is one (auto), always by rules, always by the model, never.",
)


_MODEL_OPTIONS = (
    click.option("--model", metavar="NAME", help="Language model; or set SUMMARIZER_MODEL."),
    click.option("--base-url", metavar="URL", help="OpenAI-compatible service; or set SUMMARIZER_BASE_URL."),
    click.option(
        "--mode",
        type=click.Choice(["auto", "strict-schema", "tools", "json", "fenced-json"]),
        help="How the model is made to write JSON; auto finds out.",
    ),
    click.option(
        "--timeout",
        "timeout_seconds",
        type=click.FloatRange(0, min_open=True),
        metavar="SECONDS",
        help="For one request (120).",
    ),
    click.option("--max-tokens", type=click.IntRange(1), metavar="N", help="Upper bound of a reply."),
    click.option("--record", type=click.Path(path_type=Path), metavar="FILE", help="Keep the exchange with the model."),
    click.option(
        "--replay", type=click.Path(path_type=Path), metavar="FILE", help="Answer from a kept exchange, offline."
    ),
    click.option(
        "--prices",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Prices of tokens, before our own; or set SUMMARIZER_PRICES.",
    ),
)


def model_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name a model and how it is asked."""
    for option in reversed(_MODEL_OPTIONS):
        command = option(command)
    return command


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
